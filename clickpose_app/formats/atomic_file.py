"""Write a file so that, whatever happens, either the old or the complete new one is there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from clickpose_app.errors import FormatError, Words


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Open a sibling temporary file that takes the path's place when the block ends well.

    Args:
        path: where the content shall be; a link is followed, so that it stays a link.

    Raises:
        FormatError: naming the file, if it cannot be written; what was there before stays.
    """
    target = Path(os.path.realpath(path))
    growing = target.with_name(f"{_growing_prefix(target)}{secrets.token_hex(8)}.tmp")
    try:
        if target.exists() and not target.is_file():
            raise FormatError(
                Words("{path} is not a file that can be replaced.", path=path),
                Words("Choose another name."),
            )
        try:
            # "x" and no own mode: the person's umask decides, as for any other new file.
            with growing.open("xb", buffering=1 << 20) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                growing.chmod(target.stat().st_mode & 0o777)
            growing.replace(target)
        except BaseException:
            with suppress(OSError):
                growing.unlink()
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise FormatError(
            Words("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error),
            Words("What was there before is unchanged."),
        ) from error


def remove_leftovers(path: Path) -> None:
    """Take away what writers of this file left when they were killed; nobody may write it now."""
    target = Path(os.path.realpath(path))
    prefix = _growing_prefix(target)
    for other in target.parent.iterdir():
        if other.name.startswith(prefix) and other.suffix == ".tmp":
            other.unlink(missing_ok=True)


def _growing_prefix(target: Path) -> str:
    # File systems allow 255 bytes, and a character may take four.
    return f".{target.name[:50]}-"


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where folders can be synced (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
