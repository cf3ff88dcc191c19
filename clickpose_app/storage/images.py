"""Image files: find them, and decode them to upright RGB within limits.

Pillow reads the header, so that what a file declares is known before anything is decoded;
OpenCV decodes the pixels. Both go by content, not by the file's suffix.

Pixels are those that training code gets from the same file: alpha is dropped rather than
composited, 16 bits become 8, of several pictures the first counts, colour profiles are
ignored. Only EXIF orientation is always applied.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path, PurePath

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from clickpose_app.core.natural_order import natural_order
from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError, Words
from clickpose_app.storage.image_header import (
    Header,
    check_is_file,
    check_is_shown,
    damaged,
    parse_header,
    read_header,
    unreadable,
)
from clickpose_app.storage.png_chunks import chunks_fit

SUPPORTED_SUFFIXES = frozenset(
    {".bmp", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
)
"""File name endings of the images that we read, in lower case."""

DEFAULT_MAX_PIXELS = 200_000_000
"""About 600 MB of RGB; larger than any camera's picture."""

_REDUCED = {
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
# What OpenCV prints about damaged files, our errors say with the file's name.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def is_image_path(path: PurePath) -> bool:
    """Whether the name ends like that of an image; hidden files are none."""
    return _is_image_name(path.name)


def find_images(path: Path, recursive: bool = False) -> list[Path]:
    """The images at a path, in the order in which a person would number them.

    Args:
        path: a folder, or one image file.
        recursive: also look into folders in the folder (links followed, hidden ones left out).

    Raises:
        ImageError: if there is nothing at the path, or a single file is no image.
    """
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name that is too long, say
        raise unreadable(path, error) from error
    if is_folder:
        try:
            found = [here / name for here, name in _image_files(path, recursive)]
        except OSError as error:
            raise unreadable(path, error) from error
        return sorted(found, key=lambda file: (natural_order(file.as_posix()), str(file)))
    if exists and not is_image_path(path):
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        raise ImageError(
            Words("{path} is not an image.", path=path),
            Words("These are read: {kinds}.", kinds=kinds),
        )
    check_is_file(path)
    return [path]


def image_names(folder: Path, recursive: bool = False) -> Iterator[str]:
    """Names of the images in a folder, relative to it, with forward slashes, as they are found.

    No file is opened, so that 100,000 are named in an instant.

    Raises:
        ImageError: if the folder cannot be read.
    """
    prefixes: dict[Path, str] = {}
    try:
        for here, name in _image_files(folder, recursive):
            if here not in prefixes:
                inside = here.relative_to(folder).as_posix()
                prefixes[here] = "" if inside == "." else f"{inside}/"
            yield prefixes[here] + name
    except OSError as error:
        raise unreadable(folder, error) from error


def image_size(path: Path) -> tuple[int, int]:
    """Upright (width, height) in pixels, from the header alone.

    Raises:
        ImageError: naming the file, if it is missing, no image, or its header is damaged.
    """
    return read_header(path).upright_size


def read_image(path: Path, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> ImageArray:
    """Upright RGB pixels [H, W, 3] of an image file.

    Args:
        path: any name, also outside ASCII.
        max_pixels: an image that declares more is refused before it is decoded.

    Raises:
        ImageError: naming the file, if it is missing, no image, damaged, cut short, too large
            or of a kind of pixel that we do not show.
    """
    header = read_header(path)
    check_is_shown(path, header, max_pixels)
    return _decode(path, header)


def decode_image(data: bytes, name: str, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> ImageArray:
    """Upright RGB pixels [H, W, 3] of the content of an image file.

    Args:
        data: the whole file.
        name: how errors call it.
        max_pixels: as for read_image.

    Raises:
        ImageError: as read_image.
    """
    path = Path(name)
    header = parse_header(path, io.BytesIO(data))
    check_is_shown(path, header, max_pixels)
    return _decode(path, header, np.frombuffer(data, dtype=np.uint8))


def read_image_reduced(
    path: Path, width: float, height: float, *, max_pixels: int = DEFAULT_MAX_PIXELS
) -> ImageArray:
    """Upright RGB pixels of an image scaled down to a half, a quarter or an eighth.

    JPEG is decoded at that scale, many times faster than in full; others are scaled afterwards.

    Args:
        path: as for read_image.
        width: as small as still reaches this upright width ...
        height: ... or this upright height.
        max_pixels: as for read_image.

    Returns:
        Pixels [H', W', 3]; in full size where that is smaller than was asked for.

    Raises:
        ImageError: as read_image.
    """
    header = read_header(path)
    full_width, full_height = header.upright_size
    room = max(full_width / width, full_height / height)
    factor = next((f for f in (8, 4, 2) if f <= room), 1)
    if factor == 1 or header.format != "JPEG":
        full = read_image(path, max_pixels=max_pixels)
        size = (max(full_width // factor, 1), max(full_height // factor, 1))
        return np.asarray(cv2.resize(full, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    check_is_shown(path, header, max_pixels)
    try:
        encoded = np.fromfile(path, dtype=np.uint8)
        pixels = cv2.imdecode(encoded, _REDUCED[factor] | cv2.IMREAD_IGNORE_ORIENTATION)
    except (OSError, cv2.error, MemoryError) as error:
        raise unreadable(path, error) from error
    if pixels is None:
        raise damaged(path)
    # OpenCV gives BGR here.
    return np.ascontiguousarray(_upright(pixels, header.orientation)[..., ::-1], dtype=np.uint8)


def _decode(path: Path, header: Header, encoded: NDArray[np.uint8] | None = None) -> ImageArray:
    try:
        if encoded is None:
            # From bytes, because OpenCV opens no path outside ASCII on Windows.
            encoded = np.fromfile(path, dtype=np.uint8)
        if header.format == "PNG" and not chunks_fit(encoded):
            raise damaged(path)
        pixels = cv2.imdecode(encoded, cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION)
    except (OSError, cv2.error, MemoryError) as error:
        raise unreadable(path, error) from error
    if pixels is None:
        raise damaged(path)
    # OpenCV turns a TIFF upright whatever it is told.
    if header.format != "TIFF":
        pixels = _upright(pixels, header.orientation)
    width, height = header.upright_size
    if pixels.shape != (height, width, 3):
        raise damaged(path)
    return np.ascontiguousarray(pixels, dtype=np.uint8)


def _upright(pixels: MatLike, orientation: int) -> MatLike:
    """Undo an EXIF orientation: mirrored across the diagonal first, then along the axes."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels


def _is_image_name(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in SUPPORTED_SUFFIXES and name[0] != "."  # noqa: PTH122


def _image_files(folder: Path, recursive: bool) -> Iterator[tuple[Path, str]]:
    """(folder, name) of each image: found one by one, because a network drive takes its time."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        status = here.stat()
        # Links may lead in circles.
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir():
                    if recursive and not entry.name.startswith("."):
                        waiting.append(here / entry.name)
                elif _is_image_name(entry.name):
                    yield here, entry.name
