"""Image files by their names, for formats that find their images in folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from clickpose_app.formats.coco_records import unreadable

# What Ultralytics takes for an image. One that ClickPose cannot read is named when its size
# is asked for, rather than passed over here.
_SUFFIXES = frozenset(
    {
        *(".avif", ".bmp", ".dng", ".heic", ".heif", ".jp2", ".jpeg", ".jpeg2000", ".jpg"),
        *(".mpo", ".png", ".tif", ".tiff", ".webp"),
    }
)


def is_image_name(name: str) -> bool:
    """Whether a file name ends like that of an image; hidden files are none."""
    return Path(name).suffix.lower() in _SUFFIXES and not name.startswith(".")


def images_below(folder: Path) -> Iterator[Path]:
    """All images in a folder and in the folders in it, in the order of their names.

    Raises:
        FormatError: if the folder cannot be read.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise unreadable(folder, error) from error
    for entry in entries:
        if entry.is_dir():
            yield from images_below(Path(entry.path))
        elif is_image_name(entry.name):
            yield Path(entry.path)
