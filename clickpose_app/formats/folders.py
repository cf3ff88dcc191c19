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
from clickpose_app.formats.exchange import exchange, finish_exchanges_in


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
    other files in it stay, and those of the same name are exchanged: after a kill in the middle
    the next start, or the next who writes there, goes on to the end.

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
        finish_exchanges_in(path.parent)
        stage = Path(tempfile.mkdtemp(prefix=f".{path.name[:50]}-", dir=path.parent))
        with _gone_if_unfinished(stage):
            yield stage
            if not path.exists() and not path.is_symlink():
                # mkdtemp lets nobody else in; a new folder has what its folder's files allow.
                stage.chmod(0o777 & ~_umask())
                stage.rename(path)
                return
            files = sorted(each for each in stage.rglob("*") if each.is_file())
        exchange(stage, [(file, path / file.relative_to(stage)) for file in files])
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def staged_files(path: Path, *others: Path) -> Iterator[Path]:
    """An empty folder beside path, for new files of these names, which belong together.

    They move to their places when the block ends well, all of them or none, as staged_folder().

    Args:
        path: the first of them, which errors name.
        others: in the same folder.

    Raises:
        FormatError: naming path, if they cannot be written.
    """
    targets = [Path(os.path.realpath(each)) for each in (path, *others)]
    home = targets[0].parent
    try:
        for target in targets:
            if target.exists() and not target.is_file():
                raise FormatError(
                    Words("{path} is not a file that can be replaced.", path=target),
                    Words("Choose another name."),
                )
        finish_exchanges_in(home)
        stage = Path(tempfile.mkdtemp(prefix=f".{path.name[:50]}-", dir=home))
        with _gone_if_unfinished(stage):
            yield stage
            moves = [(stage / p.name, t) for p, t in zip((path, *others), targets, strict=True)]
            for new, target in moves:
                _sync(new)
                if target.exists():
                    new.chmod(target.stat().st_mode & 0o777)
        exchange(stage, moves)
    except OSError as error:
        raise FormatError(
            Words("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error),
            Words("What was there before is unchanged."),
        ) from error


@contextmanager
def _gone_if_unfinished(stage: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


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
