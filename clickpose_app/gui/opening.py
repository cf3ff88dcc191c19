"""What a person opens (folder, image, COCO file, project) becomes a project file.

Everything here may take long, so it runs on a worker thread and leaves a closed project file
behind, which the main thread then opens.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clickpose_app.core.natural_order import natural_order
from clickpose_app.errors import ClickPoseError, ProjectError
from clickpose_app.gui.places import BESIDE, Places, placed
from clickpose_app.gui.texts import tr
from clickpose_app.storage.image_root import root_near
from clickpose_app.storage.project import PROJECT_SUFFIX, Project
from clickpose_app.storage.project_from import project_from
from clickpose_app.storage.skeletons import builtin_skeleton

FOLDER_PROJECT_NAME = f"annotations{PROJECT_SUFFIX}"
_PATIENCE_S = 0.5  # then the first image is shown, and the others follow
_AT_FIRST = 5000  # images of a new project; more would keep the first of them from the screen


@dataclass(frozen=True)
class Prepared:
    """A project file that is ready to be opened.

    Attributes:
        project: the file.
        file_name: the image to show first, relative to the image root; may be empty.
        notice: what the person should know; may be empty.
        scan: a folder that may hold images which the project does not list yet.
        partial: whether the project is new and what it lists does not come first in its folder.
    """

    project: Path
    file_name: str = ""
    notice: str = ""
    scan: Path | None = None
    partial: bool = False


class ImageRootUnknownError(ClickPoseError):
    """A COCO file's images lie neither beside it nor in a folder ``images``."""


def prepare(path: Path, *, image_root: Path | None = None, places: Places = BESIDE) -> Prepared:
    """Make whatever path names ready to be opened as a project.

    Args:
        path: a folder of images, an image, a COCO JSON or a project.
        image_root: where the images of a COCO JSON lie, when that was asked for.
        places: where a new project file is put.

    Raises:
        ImageRootUnknownError: when that has to be asked for.
        ClickPoseError: naming the file and what is wrong with it.
    """
    from clickpose_app.storage.images import is_image_path  # OpenCV is slow to import

    if path.is_dir():
        return prepare_folder(path, places=places)
    if not path.exists():
        raise ProjectError(
            tr("{path} does not exist.").format(path=path),
            tr("Check the name, or open a folder instead."),
        )
    if path.suffix.lower() == PROJECT_SUFFIX:
        return Prepared(path)
    if path.suffix.lower() == ".json":
        return prepare_coco(path, image_root, places=places)
    if is_image_path(path):
        return prepare_folder(path.parent, shown=path, places=places)
    raise ProjectError(
        tr("{name} is neither an image, a COCO JSON file nor a ClickPose project.").format(
            name=path.name
        ),
        tr("Open a folder of images instead."),
    )


def project_file_of(path: Path, places: Places = BESIDE) -> Path:
    """The project file that opening this path leads to."""
    if path.is_dir():
        return placed(path.resolve() / FOLDER_PROJECT_NAME, places)[0]
    if path.suffix.lower() == PROJECT_SUFFIX:
        return path
    if path.suffix.lower() == ".json":
        return placed(path.resolve().with_suffix(PROJECT_SUFFIX), places)[0]
    return placed(path.resolve().parent / FOLDER_PROJECT_NAME, places)[0]


def prepare_folder(folder: Path, *, shown: Path | None = None, places: Places = BESIDE) -> Prepared:
    """Create the project of a folder of images; no image is decoded for that.

    What is new in the folder of a project that is there already is left to new_names, and so
    is the rest of a folder that takes long to read or holds very many images.

    Raises:
        ProjectInUseError: if another process writes to it.
        ProjectError: if there is nothing to annotate, or the project cannot be written.
    """
    folder = folder.resolve()
    path, notice = placed(folder / FOLDER_PROJECT_NAME, places)
    file_name = shown.name if shown is not None else ""
    if path.exists():
        if file_name and not _knows(path, file_name):
            with Project.open(path) as project:
                project.add_images([(file_name, None, None)])
        return Prepared(path, file_name, notice, scan=folder)
    names, complete = _first_names(folder)
    if not names:
        raise ProjectError(
            tr("{folder} holds no images that ClickPose can read.").format(folder=folder),
            tr("Choose a folder with JPEG, PNG, WebP, TIFF or BMP files."),
        )
    first, listed = names[:_AT_FIRST], complete and len(names) <= _AT_FIRST
    # What is asked for is listed at once, even if it is found later or comes later.
    late = bool(file_name) and file_name not in first
    if late:
        first.append(file_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        project.add_images((name, None, None) for name in first)
    return Prepared(
        path, file_name, notice, None if listed else folder, partial=late or not complete
    )


def new_names(folder: Path, known: Container[str], stopped: Callable[[], bool]) -> list[str]:
    """The images of a folder that are not known yet, in order; its folders as prepare_folder.

    Args:
        folder: where to look.
        known: names that are listed already.
        stopped: whether nobody wants to know any more; asked again and again.

    Raises:
        ImageError: if the folder cannot be read.
    """
    found = []
    for name in _names(folder):
        if stopped():
            return []
        if name not in known:
            found.append(name)
    return _sorted(found)


def _first_names(folder: Path) -> tuple[list[str], bool]:
    """The images of a folder in order, and whether those are all: patience has an end."""
    started, names = time.monotonic(), []
    for name in _names(folder):
        names.append(name)
        if time.monotonic() - started > _PATIENCE_S:
            return _sorted(names), False
    return _sorted(names), True


def _names(folder: Path) -> Iterator[str]:
    from clickpose_app.storage.images import image_names

    # A folder of folders is meant as a whole; beside images, other folders are not.
    names = image_names(folder)
    first = next(names, None)
    if first is None:
        yield from image_names(folder, recursive=True)
    else:
        yield first
        yield from names


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (natural_order(name), name))


def prepare_coco(
    path: Path, image_root: Path | None = None, *, places: Places = BESIDE
) -> Prepared:
    """Create the project of a COCO file, beside it if not wanted elsewhere, unless it is there.

    Raises:
        ImageRootUnknownError: if no image root was given and none is found.
        FormatError: naming what is wrong in the file.
        ProjectError: if the project cannot be written.
    """
    from clickpose_app.formats.coco import read_coco

    path = path.resolve()
    target, notice = placed(path.with_suffix(PROJECT_SUFFIX), places)
    if target.exists():
        return Prepared(
            target,
            notice=tr("{name} was there already, so it was opened as you left it.").format(
                name=target.name
            ),
        )
    dataset = read_coco(path)
    root = image_root or _image_root_of(path, [image.file_name for image in dataset.images])
    project_from(dataset, target, image_root=root)
    return Prepared(target, notice=notice)


def _knows(path: Path, file_name: str) -> bool:
    with Project.open(path, read_only=True) as project:
        return any(record.file_name == file_name for record in project.images())


def _image_root_of(path: Path, names: list[str]) -> Path:
    root = root_near(path, names)
    if root is not None:
        return root
    raise ImageRootUnknownError(
        tr("The images of {name} lie neither beside it nor in a folder “images”.").format(
            name=path.name
        ),
        tr("Say where they are."),
    )
