"""The folder that a project's images lie in, and which names stay inside it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from clickpose_app.errors import ProjectError, Words
from clickpose_app.presence import is_file, is_folder

# Harmless on every system, and told apart a hundred times faster than by PurePath.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ -]*([./][A-Za-z0-9_][A-Za-z0-9_ -]*)*").fullmatch

_TRIED_NAMES = 20  # enough of a data set's images to see where they lie


def relative_root(project: Path, image_root: Path) -> str:
    """The image root as seen from the project's folder; empty if there is no such path."""
    try:
        return PurePath(os.path.relpath(image_root, project.parent)).as_posix()
    except ValueError:
        return ""  # on another drive of Windows


def find_root(project: Path, absolute: str, relative: str) -> Path:
    """The image root where it is now: moved along with the project, or where it was."""
    if relative:
        moved_along = (project.parent / relative).resolve()
        if is_folder(moved_along):
            return moved_along
    return Path(absolute)


def root_near(annotations: Path, file_names: Sequence[str]) -> Path | None:
    """Where the images of an annotation file or folder lie, as far as one can see.

    That is in it, beside it, up to three folders above it (DeepLabCut's tables lie two below
    what their names are relative to) or in a folder ``images`` there; None if nowhere.
    """
    folder = annotations if annotations.is_dir() else annotations.parent
    tried = file_names[:_TRIED_NAMES]
    near = (folder, folder / "images", folder.parent, folder.parent / "images")
    for candidate in (*near, *folder.absolute().parents[1:3]):
        if not tried or any(is_file(candidate / name) for name in tried):
            return candidate
    return None


def check_file_name(project: Path, file_name: str) -> None:
    """Raise ProjectError for an image name that leaves the root or that cannot be stored."""
    if _PLAIN_NAME(file_name):
        return
    pure = PurePath(file_name)
    if not file_name or "\0" in file_name or pure.anchor or ".." in pure.parts:
        raise ProjectError(
            Words(
                "{project}: the image {file_name!r} lies outside the image folder.",
                project=project,
                file_name=file_name,
            ),
            Words("Name images relative to their folder."),
        )
    try:
        file_name.encode()
    except UnicodeEncodeError as error:
        raise ProjectError(
            Words(
                "{project}: the image name {file_name!r} is not valid Unicode.",
                project=project,
                file_name=file_name,
            ),
            Words("Rename the file."),
        ) from error
