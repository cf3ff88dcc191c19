"""Images in tar shards, read in one stream and never more than fits into memory."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

import numpy as np

from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.images import is_image_path

MOST_BYTES = 1 << 30
"""Of one image file: the largest picture that is read takes less, also without compression."""

_AT_ONCE = 256 << 20  # bytes after which what has been read is handed on

# What tarfile lets through of damaged headers and of the compression around them.
_DAMAGED = (
    tarfile.TarError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    zlib.error,
    lzma.LZMAError,
)


def images_in_shard(file: IO[bytes], address: str, at_a_time: int) -> Iterator[dict[str, Any]]:
    """Columns of names and bytes, some images at a time: a shard may be larger than the memory.

    Args:
        file: of the shard, compressed or not.
        address: how errors call it.
        at_a_time: as many images, or fewer where they are large.

    Raises:
        ClickPoseError: if it is damaged, or holds what cannot be an image.
    """
    names: list[str] = []
    data: list[bytes] = []
    try:
        with _opened(file) as members:
            for member in members:
                content = _content(members, member, address)
                if content is None:
                    continue
                names.append(clean_name(member.name, address))
                data.append(content)
                if len(names) == at_a_time or sum(map(len, data)) >= _AT_ONCE:
                    yield _columns(names, data)
                    names, data = [], []
    except _DAMAGED as error:
        raise ClickPoseError(f"{in_a_line(address)} cannot be read: {in_a_line(error)}.") from error
    if names:
        yield _columns(names, data)


def _opened(file: IO[bytes]) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r|*")
    except TypeError as error:  # its own, where a compressed file ends within the first bytes
        raise tarfile.ReadError("it is cut short") from error


def _content(members: tarfile.TarFile, member: tarfile.TarInfo, address: str) -> bytes | None:
    """Of an image; None for anything else."""
    if member.isdir() or not is_image_path(PurePosixPath(member.name)):
        return None
    if member.size > MOST_BYTES:
        # Perhaps a few bytes that are the rim of a hole, which reading would fill.
        raise ClickPoseError(
            f"{in_a_line(address)} cannot be read: {in_a_line(member.name)} in it claims "
            f"{member.size} bytes."
        )
    content = members.extractfile(member)
    return None if content is None else content.read()


def _columns(names: list[str], data: list[bytes]) -> dict[str, Any]:
    encoded = np.empty(len(data), dtype=object)
    encoded[:] = data
    return {"name": np.array(names), "bytes": encoded}


def clean_name(name: str, where: str) -> str:
    """A name as a data set may have it: relative, without ways out of its folder, in Unicode.

    Raises:
        ClickPoseError: if nothing is left of it.
    """
    text = name.encode("utf-8", "replace").decode().replace("\0", "")
    parts = [p for p in PurePosixPath(text).parts if p not in ("/", "//", "..", ".")]
    if not parts:
        raise ClickPoseError(f"{in_a_line(where)} holds an image without a name: {name!r:.100}.")
    return "/".join(parts)


def in_a_line(value: object) -> str:
    """What a file or a library says, not endless and on one line."""
    text = " ".join(str(value).split())[:1000]
    return text.rstrip(".") if isinstance(value, Exception) else text
