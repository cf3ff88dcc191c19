"""All formats, by name; a format's module is imported when the format is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from clickpose_app.errors import FormatError

if TYPE_CHECKING:
    from clickpose_app.formats.format import Format

# Name on the command line: module and its Format. In the order in which formats are offered,
# and asked whether a file is theirs: COCO, which claims most, stays last.
_MODULES = {
    "deeplabcut": ("deeplabcut", "DEEPLABCUT"),
    "sleap": ("sleap", "SLEAP"),
    "coco": ("coco_format", "COCO"),
}

NAMES = tuple(_MODULES)
"""Of all formats, for the command line."""


def format_named(name: str) -> Format:
    """The format of that name; KeyError if there is none."""
    module, attribute = _MODULES[name]
    found: Format = getattr(import_module(f"clickpose_app.formats.{module}"), attribute)
    return found


def formats() -> Iterator[Format]:
    """All formats."""
    return map(format_named, NAMES)


def recognised(path: Path) -> Format:
    """The readable format of a file or folder.

    Raises:
        FormatError: if the path is not there, or looks like none of them.
    """
    if not path.exists():
        raise FormatError(f"{path} does not exist.", "Check the name.")
    for each in formats():
        if each.read is not None and each.claims(path):
            return each
    raise FormatError(
        f"{path} looks like none of the formats that ClickPose reads.",
        "Say which one it is with --from; clickpose import --help lists them.",
    )
