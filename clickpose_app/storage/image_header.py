"""What an image file declares, read by Pillow before anything of it is decoded."""

from __future__ import annotations

import io
import logging
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import (
    BmpImagePlugin,
    ExifTags,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from clickpose_app.errors import ImageError, Words

# Named by their modules, so that Pillow has them all loaded. JPEG stands for MPO as well: more
# pictures behind the first, as some telephones write.
_FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        TiffImagePlugin.TiffImageFile,
        BmpImagePlugin.BmpImageFile,
    )
)

_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257

# What Pillow raises for a header that makes no sense, besides its own error.
_PILLOW_ERRORS = (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error, EOFError)

# Our own limit, which can be set and names the file, replaces Pillow's.
Image.MAX_IMAGE_PIXELS = None

# What Pillow warns of in damaged headers concerns nobody: either the pixels can be read, or our
# own error says so. A filter for all threads, as a passing one is not safe among them.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
logging.getLogger("PIL").setLevel(logging.CRITICAL)  # the same, where it logs instead


@dataclass(frozen=True, slots=True)
class Header:
    """What a file declares: stored (width, height), Pillow's format and mode, orientation 1..8."""

    size: tuple[int, int]
    format: str
    mode: str
    orientation: int

    @property
    def upright_size(self) -> tuple[int, int]:
        """As the image is shown, its orientation applied."""
        width, height = self.size
        return (height, width) if self.orientation >= 5 else (width, height)


def read_header(path: Path) -> Header:
    """What the file at a path declares; ImageError, naming it, if that is not an image."""
    check_is_file(path)
    return parse_header(path, path)


def parse_header(path: Path, source: Path | io.BytesIO) -> Header:
    """What an image file declares; errors name the path, whatever it is read from."""
    try:
        with Image.open(source, formats=_FORMATS) as image:
            # The base class's own method: PNG's would decode the image to look behind its pixels.
            orientation = Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
            size, kind, mode = image.size, image.format or "", image.mode
            if isinstance(image, TiffImagePlugin.TiffImageFile):
                # Some versions of Pillow turn a TIFF's size already, others do not.
                size = (int(image.tag_v2[_TIFF_WIDTH]), int(image.tag_v2[_TIFF_HEIGHT]))
    except UnidentifiedImageError as error:
        length = path.stat().st_size if isinstance(source, Path) else len(source.getbuffer())
        if length == 0:
            raise ImageError(
                Words("{path} is empty.", path=path), Words("Copy it again from where it came.")
            ) from error
        raise ImageError(
            Words("{path} is not an image that can be read.", path=path),
            Words("JPEG, PNG, WebP, TIFF and BMP are."),
        ) from error
    except _PILLOW_ERRORS as error:
        raise unreadable(path, error) from error
    if orientation not in range(1, 9):
        orientation = 1
    return Header(size, kind, mode, orientation)


def check_is_shown(path: Path, header: Header, max_pixels: int) -> None:
    """Raise ImageError for what is too large, or of a kind of pixel that we do not show."""
    width, height = header.size
    if width * height > max_pixels:
        raise ImageError(
            Words(
                "{path} is too large: {width} x {height} pixels, more than {millions:g} million.",
                path=path,
                width=width,
                height=height,
                millions=max_pixels / 1000000.0,
            ),
            Words("Scale it down first."),
        )
    if header.mode.startswith(("I;32", "F")) or header.mode == "I":
        raise ImageError(
            Words("{path} has 32-bit pixels, which have no one way to be shown.", path=path),
            Words("Convert it to 8 or 16 bits first."),
        )


def check_is_file(path: Path) -> None:
    """Raise ImageError if there is no file at the path."""
    try:
        if path.is_dir():
            raise ImageError(Words("{path} is a folder, not an image.", path=path))
        if not path.exists():
            raise ImageError(Words("{path} does not exist.", path=path))
        if not path.is_file():
            raise ImageError(Words("{path} is not a file.", path=path))
    except (OSError, ValueError) as error:
        raise ImageError(
            Words("{path} cannot be read: {error}.", path=path, error=error)
        ) from error


def damaged(path: Path) -> ImageError:
    """The error for content that does not decode."""
    return ImageError(
        Words("{path} is damaged or cut short.", path=path),
        Words("Copy it again from where it came."),
    )


def unreadable(path: Path, error: BaseException) -> ImageError:
    """The error for whatever went wrong while a file was read or decoded."""
    # Only the system's own errors have a number; those of a decoder are about the content.
    if isinstance(error, OSError) and error.errno is not None:
        return ImageError(
            Words("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
        )
    if isinstance(error, MemoryError):
        return ImageError(
            Words("{path} needs more memory than there is.", path=path),
            Words("Scale it down first."),
        )
    return damaged(path)
