"""Write a folder so that, whatever happens, the whole of it is there or nothing."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickpose_app.errors import FormatError, Words


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the path's place when the block ends well.

    Args:
        path: where the folder shall be; nothing or an empty folder may be there, because what
            somebody else put into a folder is never taken away.

    Raises:
        FormatError: if something is there, or the folder cannot be written.
    """
    target = Path(os.path.realpath(path))
    growing = target.with_name(f".{target.name[:50]}-{secrets.token_hex(8)}.tmp")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise FormatError(
                Words("{path} is there already and not empty.", path=path),
                Words("Name a folder that is not there yet."),
            )
        growing.mkdir(parents=True)
        try:
            yield growing
            if target.exists():
                target.rmdir()
            growing.replace(target)
        except BaseException:
            shutil.rmtree(growing, ignore_errors=True)
            raise
    except OSError as error:
        raise FormatError(
            Words("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error)
        ) from error
