"""The models that were taught from a project, kept in its settings with their figures."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from clickpose_app.gui.teaching_events import TaughtFigures
from clickpose_app.gui.teaching_run import Asked
from clickpose_app.storage.project import Project

T = TypeVar("T")

_MODELS, _IN_USE = "teach.models", "teach.weights"
_RUN, _WAITING = "teach.run", "teach.waiting"


class TaughtModel(msgspec.Struct, frozen=True):
    """One model that can be gone back to.

    Attributes:
        name: of its weights file, beside the project.
        day: on which it was taught, as ISO 8601 says it.
        labels: images that it was taught from, held-out ones included.
        figures: on the held-out ones.
    """

    name: str
    day: str
    labels: int
    figures: TaughtFigures


class TaughtModels:
    """What a project remembers of its own networks; writes nothing where it may not.

    Attributes:
        models: oldest first.
        in_use: name of the weights that the project opens with; empty for those of the settings.
    """

    def __init__(self, project: Project) -> None:
        """Read from a project.

        Raises:
            ProjectError: if that is not possible.
        """
        self._project = project
        self.models = _read(project.setting(_MODELS), list[TaughtModel]) or []
        self.in_use = project.setting(_IN_USE)

    def path(self, name: str) -> Path:
        """Where weights of that name lie."""
        return self._project.path.parent / name

    def find(self, name: str) -> TaughtModel | None:
        """The model of that name, if it is known."""
        return next((model for model in self.models if model.name == name), None)

    def next_out(self) -> Path:
        """A weights file that is not there yet: NAME-teach-N.safetensors."""
        stem = self._project.path.stem
        number = re.compile(rf"{re.escape(stem)}-teach-(\d+)")
        there = [path.name for path in self._project.path.parent.glob("*-teach-*")]
        names = [*there, *(model.name for model in self.models)]
        used = [int(found[1]) for name in names if (found := number.match(name))]
        return self.path(f"{stem}-teach-{max(used, default=0) + 1}.safetensors")

    def note(self, path: Path, labels: int, figures: TaughtFigures) -> None:
        """Keep a model with its figures; a better one of the same run takes its place."""
        model = TaughtModel(path.name, date.today().isoformat(), labels, figures)
        names = [known.name for known in self.models]
        if model.name in names:
            self.models[names.index(model.name)] = model
        else:
            self.models.append(model)
        self._write(_MODELS, msgspec.json.encode(self.models).decode())

    def use(self, name: str) -> None:
        """Open the project with these weights from now on."""
        self.in_use = name
        self._write(_IN_USE, name)

    @property
    def run(self) -> Asked | None:
        """The run that was begun and can be gone on with, if there is one."""
        asked = _read(self._project.setting(_RUN), Asked)
        if asked is None:
            return None
        # The project may have moved, together with what lies beside it.
        return msgspec.structs.replace(asked, out=str(self.path(Path(asked.out).name)))

    @run.setter
    def run(self, asked: Asked | None) -> None:
        self._write(_RUN, "" if asked is None else msgspec.json.encode(asked).decode())

    @property
    def waiting(self) -> set[int]:
        """Images whose predictions are another network's."""
        return set(_read(self._project.setting(_WAITING), list[int]) or ())

    @waiting.setter
    def waiting(self, image_ids: set[int]) -> None:
        self._write(_WAITING, msgspec.json.encode(sorted(image_ids)).decode() if image_ids else "")

    def _write(self, key: str, value: str) -> None:
        if not self._project.read_only:
            self._project.set_setting(key, value)


def _read(stored: str, kind: type[T]) -> T | None:
    """What a setting holds; None for nothing, and for what a newer version may have written."""
    try:
        return msgspec.json.decode(stored, type=kind) if stored else None
    except msgspec.DecodeError:
        return None
