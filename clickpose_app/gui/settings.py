"""What a person has chosen for good, in one place and with types; kept by QSettings."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

DEVICES = ("auto", "cpu", "cuda", "mps")
LANGUAGES = ("system", "en", "de")
THEMES = ("system", "light", "dark")


class ProjectPlace(enum.Enum):
    """Where the project files of opened folders and COCO files are put."""

    BESIDE = "beside"
    OWN = "own"
    FOLDER = "folder"


class Settings(QObject):
    """Typed access to the settings; every change is written at once.

    A value that is none of those possible, as a newer version may have written it, counts as
    not chosen.
    """

    changed = Signal(str)
    """Name of the property that has another value now."""
    theme_chosen = Signal(str)
    """One of THEMES."""

    def __init__(self, store: QSettings, parent: QObject | None = None) -> None:
        """Read from and write to that store."""
        super().__init__(parent)
        self._store = store
        self._given: dict[str, str] = {}

    @classmethod
    def of_user(cls) -> Settings:
        """The settings of the person who runs this, in a text file of their own."""
        store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ClickPose", "clickpose"
        )
        return cls(store)

    @property
    def path(self) -> Path:
        """The file that they are kept in."""
        return Path(self._store.fileName())

    # What the command line says wins for this run and is not kept

    def give(self, *, weights: Path | None = None, device: str | None = None) -> None:
        """Take these from the command line: they win for this run, and are not written."""
        if weights is not None:
            self._given["weights"] = str(weights)
        if device is not None:
            self._given["device"] = device

    def is_given(self, name: str) -> bool:
        """Whether the command line has decided that property for this run."""
        return name in self._given

    # The network

    @property
    def device(self) -> str:
        """Where the network runs, one of DEVICES."""
        return self._given.get("device") or self._one_of("network/device", DEVICES)

    @device.setter
    def device(self, value: str) -> None:
        self._set("device", "network/device", value)

    @property
    def weights(self) -> Path | None:
        """The weights file; None for the shipped one."""
        value = self._given.get("weights") or self._text("network/weights")
        return Path(value) if value else None

    @weights.setter
    def weights(self, value: Path | None) -> None:
        self._set("weights", "network/weights", "" if value is None else str(value))

    @property
    def search(self) -> bool:
        """Whether large pictures are searched part by part for small people."""
        return self._one_of("network/search", ("on", "off")) == "on"

    @search.setter
    def search(self, value: bool) -> None:
        self._set("search", "network/search", "on" if value else "off")

    # Where projects are kept

    @property
    def project_place(self) -> ProjectPlace:
        """Where new project files are put."""
        names = [place.value for place in ProjectPlace]
        return ProjectPlace(self._one_of("files/project_place", names))

    @project_place.setter
    def project_place(self, value: ProjectPlace) -> None:
        self._set("project_place", "files/project_place", value.value)

    @property
    def project_folder(self) -> Path | None:
        """The folder for ProjectPlace.FOLDER; None while none was chosen."""
        value = self._text("files/project_folder")
        return Path(value) if value else None

    @project_folder.setter
    def project_folder(self, value: Path) -> None:
        used = [str(folder) for folder in self.project_folders_used if folder != value]
        self._store.setValue("files/project_folders_used", json.dumps([str(value), *used]))
        self._set("project_folder", "files/project_folder", str(value))

    @property
    def project_folders_used(self) -> tuple[Path, ...]:
        """Every folder that was ever chosen, so that projects there are found again."""
        names = self._json("files/project_folders_used", list)
        return tuple(Path(name) for name in names if isinstance(name, str))

    # How the window looks

    @property
    def language(self) -> str:
        """One of LANGUAGES."""
        return self._one_of("window/language", LANGUAGES)

    @language.setter
    def language(self, value: str) -> None:
        self._set("language", "window/language", value)

    @property
    def theme(self) -> str:
        """One of THEMES."""
        return self._one_of("window/theme", THEMES)

    @theme.setter
    def theme(self, value: str) -> None:
        if value != self.theme:
            self._set("theme", "window/theme", value)
            self.theme_chosen.emit(value)

    @property
    def tour_seen(self) -> bool:
        """Whether the tour was shown, to its end or not."""
        return self._text("window/tour_seen") == "yes"

    @tour_seen.setter
    def tour_seen(self, value: bool) -> None:
        self._set("tour_seen", "window/tour_seen", "yes" if value else "no")

    # Keys, and what was open

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Keys of the actions that do not have those of the table any more, by name."""
        changes = self._json("keys/changed", dict)
        return {
            name: tuple(str(key) for key in keys)
            for name, keys in changes.items()
            if isinstance(keys, list)
        }

    @keys.setter
    def keys(self, value: Mapping[str, tuple[str, ...]]) -> None:
        self._set("keys", "keys/changed", json.dumps({n: list(k) for n, k in value.items()}))

    @property
    def recent(self) -> list[dict[str, Any]]:
        """The projects that were open, newest first, as recent.py writes them."""
        return [entry for entry in self._json("recent/projects", list) if isinstance(entry, dict)]

    @recent.setter
    def recent(self, value: list[dict[str, Any]]) -> None:
        self._set("recent", "recent/projects", json.dumps(value))

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def _one_of(self, key: str, possible: tuple[str, ...] | list[str]) -> str:
        value = self._text(key)
        return value if value in possible else possible[0]

    def _json(self, key: str, kind: type) -> Any:
        try:
            value = json.loads(self._text(key) or "null")
        except (ValueError, RecursionError):
            value = None
        return value if isinstance(value, kind) else kind()

    def _set(self, name: str, key: str, value: str) -> None:
        if self._store.value(key) == value:
            return
        self._store.setValue(key, value)
        # Another window, or a crash, must not find an older choice.
        self._store.sync()
        self.changed.emit(name)
