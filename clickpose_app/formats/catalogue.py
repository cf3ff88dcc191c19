"""All formats, by name; a format's module is imported when the format is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from clickpose_app.errors import FormatError, Words

if TYPE_CHECKING:
    from clickpose_app.formats.format import Format

# Name on the command line: module and its Format. In the order in which formats are offered,
# and asked whether a file is theirs: COCO, which claims most, stays last.
_MODULES = {
    "label-studio": ("label_studio_format", "LABEL_STUDIO"),
    "labelme": ("labelme_format", "LABELME"),
    "cvat": ("cvat_format", "CVAT"),
    "datumaro": ("datumaro_format", "DATUMARO"),
    "coco-results": ("coco_results", "COCO_RESULTS"),
    "coco-wholebody": ("whole_body", "WHOLE_BODY_FORMAT"),
    "crowdpose": ("crowd_pose", "CROWD_POSE"),
    "yolo-pose": ("yolo_pose", "YOLO_POSE"),
    "deeplabcut": ("deeplabcut", "DEEPLABCUT"),
    "sleap": ("sleap", "SLEAP"),
    "coco": ("coco_format", "COCO"),
}

NAMES = tuple(_MODULES)
"""Of all formats, for the command line."""

MODULES = tuple(f"clickpose_app.formats.{module}" for module, _ in _MODULES.values())
"""Of all formats: nobody imports them by name, so whoever freezes the program must be told."""


def format_named(name: str) -> Format:
    """The format of that name; KeyError if there is none."""
    module, attribute = _MODULES[name]
    found: Format = getattr(import_module(f"clickpose_app.formats.{module}"), attribute)
    return found


def formats() -> Iterator[Format]:
    """All formats."""
    return map(format_named, NAMES)


def recognised_around(path: Path) -> tuple[Path, Format]:
    """The readable format of a path or, if it has none, of the folder that it is in.

    Raises:
        FormatError: as recognised(), about the path.
    """
    try:
        return path, recognised(path)
    except FormatError:
        for each in formats():
            if each.read is not None and each.is_folder and each.claims(path.parent):
                return path.parent, each
        raise


def recognised(path: Path) -> Format:
    """The readable format of a file or folder.

    Raises:
        FormatError: if the path is not there, or looks like none of them.
    """
    if not path.exists():
        raise FormatError(Words("{path} does not exist.", path=path), Words("Check the name."))
    for each in formats():
        if each.read is not None and each.claims(path):
            return each
    raise FormatError(
        Words("{path} looks like none of the formats that ClickPose reads.", path=path),
        Words("Say which one it is with --from; clickpose import --help lists them."),
    )
