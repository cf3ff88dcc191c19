"""One open project database: queries and transactions, with errors that name the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage import schema
from clickpose_app.storage.project_lock import LockHeldError, ProjectLock
from clickpose_app.storage.vanished import FileWatch, gone, rescue_path, write_anew


def annotation_of(image_id: int) -> Words:
    """How an error calls what is annotated on an image."""
    return Words("the annotation of image {id}", id=image_id)


class Database:
    """A connection, the lock that allows it to write, and the path that its errors name."""

    def __init__(self, path: Path, lock: ProjectLock | None) -> None:
        """Open an existing project file.

        Args:
            path: the file, resolved.
            lock: the right to write, released by close(); None to read only.

        Raises:
            ProjectError: as schema.open_for_writing and schema.open_for_reading.
        """
        self._path = path
        self._lock = lock
        self._connection = (
            schema.open_for_reading(path) if lock is None else schema.open_for_writing(path)
        )
        self._watch = FileWatch(path)

    @property
    def path(self) -> Path:
        """The file that is written to."""
        return self._path

    @property
    def read_only(self) -> bool:
        """Whether transactions are refused."""
        return self._lock is None

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query."""
        try:
            return self._connection.execute(query, values).fetchall()
        except schema.QUERY_ERRORS as error:
            raise schema.database_error(self._path, error) from error

    def each(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """The rows of a query one by one: very many at once would set off Python's collector."""
        try:
            # Not "yield from": that would close the cursor when nobody reads on, perhaps after
            # the database was closed.
            for row in self._connection.execute(query, values):  # noqa: UP028
                yield row
        except schema.QUERY_ERRORS as error:
            raise schema.database_error(self._path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens, durably, or nothing does.

        Raises:
            ProjectError: if the project is read-only or the disk fails.
        """
        if self.read_only:
            raise ProjectError(
                Words("{path} is open read-only, so nothing can be changed.", path=self._path),
                Words("Open it for writing once nobody else has it open."),
            )
        self._stay_in_place()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise schema.database_error(self._path, error) from error

    @contextmanager
    def decoding(self, what: Words) -> Iterator[None]:
        """Turn a value that cannot be read inside into a ProjectError naming what it is."""
        try:
            yield
        except (ValueError, TypeError, KeyError) as error:
            raise ProjectError(
                Words(
                    "{path} is damaged: {what} cannot be read ({error}).",
                    path=self._path,
                    what=what,
                    error=error,
                ),
                Words("Restore it from a copy."),
            ) from error

    @contextmanager
    def encoding(self, what: Words) -> Iterator[None]:
        """Turn a value that cannot be stored inside into a ProjectError naming what it is."""
        try:
            yield
        except ValueError as error:
            raise ProjectError(
                Words(
                    "{path}: {what} cannot be stored ({error}).",
                    path=self._path,
                    what=what,
                    error=error,
                )
            ) from error

    def _stay_in_place(self) -> None:
        """Make good what happened to the file behind our back: nothing may go into the void.

        Raises:
            ProjectError: if it cannot be made good now, or is, but under another name.
        """
        self._keep_lock()
        if self._watch.in_place:
            return
        # What waits in the log goes into the file, wherever that is: no program may find the
        # log of one file beside another.
        try:
            ((busy, _, _),) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise schema.database_error(self._path, error) from error
        if busy:
            raise schema.database_error(self._path, sqlite3.OperationalError("database is locked"))
        if self._watch.replaced:
            self._go_on_elsewhere()
        if self._watch.lost:
            write_anew(self._connection, self._path, self._path)
        self._reopen()

    def _reopen(self) -> None:
        # The old one first: two in one process would share the index of a log that is gone.
        self._connection.close()
        self._connection = schema.open_for_writing(self._path)
        self._watch = FileWatch(self._path)

    def _go_on_elsewhere(self) -> None:
        """Leave the other file alone; everything from here on goes into a copy beside it."""
        replaced, rescued = self._path, rescue_path(self._path)
        write_anew(self._connection, rescued, replaced)
        lock, self._lock = self._lock, ProjectLock(rescued)
        self._path = rescued
        self._reopen()
        if lock is not None:
            lock.release()
        raise ProjectError(
            Words("{path} was replaced by another file while it was open.", path=replaced),
            Words("Nothing is lost: your work goes on in {rescued}.", rescued=rescued.name),
        )

    def _keep_lock(self) -> None:
        """Take the lock anew where somebody has deleted its file."""
        if self._lock is None or self._lock.in_place:
            return
        try:
            self._lock.take_again()
        except LockHeldError as error:
            raise ProjectError(
                Words("{path} was opened by somebody else meanwhile.", path=self._path),
                Words("Its lock file was deleted. Close it there."),
            ) from error
        except OSError as error:
            raise gone(self._path) from error

    def close(self) -> None:
        """Close the file and let others write it; a second call does nothing."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()
