"""Pictures of every kind that people have, small, and how their files go wrong."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image

_PIXELS = np.add.outer(np.arange(12), np.arange(20)).astype(np.uint8)
_COLOUR = Image.fromarray(np.dstack([_PIXELS, _PIXELS * 3, 255 - _PIXELS]))


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _saved(_COLOUR, "JPEG", exif=exif)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_says(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG file whose header declares a size that its few pixels do not have."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + chunks + _chunk(b"IEND", b"")


def bmp_that_says(width: int, height: int) -> bytes:
    """A BMP file whose header declares a size that its few pixels do not have."""
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 64, 0, 0, 54) + info + bytes(64)


def tiff_that_says(width: int, height: int) -> bytes:
    """A TIFF file whose header declares a size that its few pixels do not have."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 200), (277, 1)]
    tags += [(278, height), (279, 64)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    ifd = struct.pack("<H", len(tags)) + entries + bytes(4)
    return (b"II*\0" + struct.pack("<I", 8) + ifd).ljust(200, b"\0") + bytes(64)


def png_with_a_chunk_of(length: int) -> bytes:
    """A sound PNG file but for how long it says that its pixels are."""
    content = _saved(_COLOUR, "PNG")
    begin = content.index(b"IDAT") - 4
    return content[:begin] + struct.pack(">I", length) + content[begin + 4 :]


_FRAMES = [_COLOUR, _COLOUR.rotate(90)]

SEEDS: dict[str, bytes] = {
    "plain.jpg": _saved(_COLOUR, "JPEG"),
    "progressive.jpg": _saved(_COLOUR, "JPEG", progressive=True),
    "cmyk.jpg": _saved(_COLOUR.convert("CMYK"), "JPEG"),
    "grey.jpg": _saved(_COLOUR.convert("L"), "JPEG"),
    "plain.png": _saved(_COLOUR, "PNG"),
    "alpha.png": _saved(_COLOUR.convert("RGBA"), "PNG"),
    "one_bit.png": _saved(_COLOUR.convert("1"), "PNG"),
    "palette.png": _saved(_COLOUR.convert("P"), "PNG"),
    "sixteen_bit.png": _saved(Image.fromarray(_PIXELS.astype(np.uint16) * 257), "PNG"),
    "animated.png": _saved(_FRAMES[0], "PNG", save_all=True, append_images=_FRAMES[1:]),
    "plain.webp": _saved(_COLOUR, "WEBP"),
    "animated.webp": _saved(_FRAMES[0], "WEBP", save_all=True, append_images=_FRAMES[1:]),
    "plain.tif": _saved(_COLOUR, "TIFF"),
    "lzw.tif": _saved(_COLOUR, "TIFF", compression="tiff_lzw"),
    "cmyk.tif": _saved(_COLOUR.convert("CMYK"), "TIFF"),
    "one_bit.tif": _saved(_COLOUR.convert("1"), "TIFF"),
    "floats.tif": _saved(Image.fromarray(_PIXELS.astype(np.float32)), "TIFF"),
    "pages.tif": _saved(_FRAMES[0], "TIFF", save_all=True, append_images=_FRAMES[1:]),
    "plain.bmp": _saved(_COLOUR, "BMP"),
    **{f"turned_{n}.jpg": _turned(n) for n in range(1, 9)},
    # Five entries are announced, and less than one is there.
    "cut_exif.jpg": _saved(_COLOUR, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0\x12\x01\3\0"),
    # Named as what they are not.
    "really_a_png.jpg": _saved(_COLOUR, "PNG"),
    "really_a_gif.png": _saved(_COLOUR.convert("P"), "GIF"),
    "really_text.jpg": b"not a picture at all",
    "empty.jpg": b"",
}
"""File names and contents."""

BOMBS: dict[str, bytes] = {
    "wide.png": png_that_says(65_535, 65_535),
    "widest.png": png_that_says(2**31 - 1, 2**31 - 1),
    "line.png": png_that_says(65_535, 1),
    "nothing.png": png_that_says(0, 0),
    "deep.png": png_that_says(60_000, 3_000, 16, 6),
    "long_chunk.png": png_with_a_chunk_of(0x800004C7),
    "longest_chunk.png": png_with_a_chunk_of(2**32 - 1),
    "wide.bmp": bmp_that_says(65_535, 65_535),
    "upside_down.bmp": bmp_that_says(10, -2147483648),
    "wide.tif": tiff_that_says(65_535, 65_535),
    "widest.tif": tiff_that_says(2**32 - 1, 2**32 - 1),
    "tall.tif": tiff_that_says(1, 2**31),
}
"""Files of a few bytes that claim more than any memory holds, or nothing."""
