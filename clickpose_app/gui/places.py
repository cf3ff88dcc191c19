"""Where the project file of an opened folder or COCO file is, or is to be put."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from clickpose_app.errors import ProjectError
from clickpose_app.gui.settings import ProjectPlace, Settings
from clickpose_app.gui.texts import tr
from clickpose_app.storage.project import PROJECT_SUFFIX


@dataclass(frozen=True)
class Places:
    """Where project files are put, and where they may have been put before.

    Attributes:
        folder: for new ones; None: beside the images or the COCO file.
        known: other folders that may hold projects of earlier choices.
    """

    folder: Path | None = None
    known: tuple[Path, ...] = ()


BESIDE = Places()


def own_folder() -> Path:
    """The person's own folder for projects that are not beside their images."""
    return platformdirs.user_data_path("clickpose", appauthor=False) / "projects"


def places_of(settings: Settings) -> Callable[[], Places]:
    """The places that the settings say, whenever asked."""

    def places() -> Places:
        chosen = {
            ProjectPlace.BESIDE: None,
            ProjectPlace.OWN: own_folder(),
            ProjectPlace.FOLDER: settings.project_folder,
        }
        return Places(chosen[settings.project_place], settings.project_folders_used)

    return places


def placed(beside: Path, places: Places) -> tuple[Path, str]:
    """The project file for a folder or COCO file: the one that is there, else a new one.

    Args:
        beside: where it would be beside the images.
        places: where new ones are put.

    Returns:
        The file, and what the person should know of its place; empty if it is where they
        expect it.

    Raises:
        ProjectError: if there is no folder that can be written to.
    """
    wanted = beside.parent if places.folder is None else places.folder
    # What was begun in one place must not seem lost when another is chosen.
    folders = dict.fromkeys((beside.parent, wanted, own_folder(), *places.known))
    found = next((p for p in (_file_in(f, beside) for f in folders) if p.exists()), None)
    if found is not None and (found == beside or found.parent == wanted):
        return found, ""
    if found is None and _writable(wanted, beside):
        return _file_in(wanted, beside), ""
    path = found or _file_in(own_folder(), beside)
    if found is None and not _writable(own_folder(), beside):
        raise ProjectError(
            tr("Neither {folder} nor {own} can be written to.").format(
                folder=wanted, own=own_folder()
            ),
            tr("Choose another folder for projects in the settings (Ctrl+,)."),
        )
    if found is None or not _writable(wanted, beside):
        sentence = tr("{folder} cannot be written to, so the project is kept in {path}.")
        return path, sentence.format(folder=wanted, path=path)
    return path, tr("The project is in {path}, where it was begun.").format(path=path)


def _file_in(folder: Path, beside: Path) -> Path:
    """The project file in a folder; elsewhere than beside its images it needs a name of its own."""
    if folder == beside.parent:
        return beside
    digest = hashlib.sha256(str(beside).encode()).hexdigest()[:12]
    return folder / f"{beside.parent.name}-{beside.stem}-{digest}{PROJECT_SUFFIX}"


def _writable(folder: Path, beside: Path) -> bool:
    """Whether a project can be put there; a folder of ours is made if it is not there yet."""
    if folder != beside.parent:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)
