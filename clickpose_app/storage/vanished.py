"""A project file that is deleted, moved or replaced while it is open is noticed and made good.

SQLite would go on writing into what has no name any more, and everything would be gone at the
end. Its open connection still holds all that was committed, so that can be written anew.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage import schema


class FileWatch:
    """Knows which file a connection has opened, and whether it is still the one of that name."""

    def __init__(self, path: Path) -> None:
        """Remember what lies at that path now."""
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._known, self._logs = _identity(path), self._log.exists()

    @property
    def in_place(self) -> bool:
        """Whether the file has its name, and its log beside it: one look, a few microseconds."""
        return _identity(self._path) == self._known and self._log.exists() == self._logs

    @property
    def replaced(self) -> bool:
        """Whether another file has the name now."""
        return _identity(self._path) not in (None, self._known)

    @property
    def lost(self) -> bool:
        """Whether nothing has the name now."""
        return _identity(self._path) is None


def write_anew(connection: sqlite3.Connection, path: Path, named: Path) -> None:
    """Write all that a connection has committed into a file, which appears whole or not at all.

    Args:
        connection: of a file that has lost its name.
        path: where to; a log that was left there, emptied, is taken away.
        named: the file that the error speaks of.

    Raises:
        ProjectError: if that is not possible now; the connection is as it was.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        unfinished.replace(path)
        # Emptied before; what SQLite does not find it makes anew.
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise gone(named) from error
    schema.flush_folder(path.parent)


def gone(path: Path) -> ProjectError:
    """The error for a file that is not there any more, and cannot be made anew either."""
    return ProjectError(
        Words("{path} is gone, and cannot be written anew.", path=path),
        Words("Bring its folder back, connect its disk, or make room there."),
    )


def rescue_path(path: Path) -> Path:
    """A name beside a project that nothing has yet."""
    numbers = range(1, 1000)
    names = (path.with_name(f"{path.stem} rescued {n}{path.suffix}") for n in numbers)
    return next(name for name in names if not name.exists())


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
