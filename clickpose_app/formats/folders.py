"""Make folders, and write into them so that nothing is half there, whatever happens."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
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
        raise _unwritable(path, error) from error


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside path, whose files move into path when the block ends well.

    A new folder appears whole or not at all, whatever happens. Where path is there already,
    other files in it stay, and those of the same name are replaced one by one.

    Raises:
        FormatError: naming the folder, if it cannot be written; files in it are unchanged then,
            unless it is the moving itself that fails.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_dir():
            raise FormatError(
                Words("{path} is there already and no folder.", path=path),
                Words("Choose another name."),
            )
        stage = Path(tempfile.mkdtemp(prefix=f".{path.name[:50]}-", dir=path.parent))
        try:
            yield stage
            if not path.exists() and not path.is_symlink():
                # mkdtemp lets nobody else in; a new folder has what its folder's files allow.
                stage.chmod(0o777 & ~_umask())
                stage.rename(path)
                return
            for file in sorted(each for each in stage.rglob("*") if each.is_file()):
                target = path / file.relative_to(stage)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
            path.mkdir(exist_ok=True)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it is in, where they are not there; FormatError if not so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormatError(
            Words(
                "The folder {folder} cannot be made: {reason}.",
                folder=folder,
                reason=error.strerror or error,
            ),
            Words("Choose another folder."),
        ) from error


def _unwritable(path: Path, error: OSError) -> FormatError:
    return FormatError(
        Words("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error),
        Words("Choose another folder."),
    )


def _umask() -> int:
    """What the person takes from new files' permissions; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
