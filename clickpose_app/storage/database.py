"""One open project database: queries and transactions, with errors that name the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage import schema
from clickpose_app.storage.project_lock import ProjectLock


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

    @property
    def read_only(self) -> bool:
        """Whether transactions are refused."""
        return self._lock is None

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise schema.database_error(self._path, error) from error

    def each(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """The rows of a query one by one: very many at once would set off Python's collector."""
        try:
            # Not "yield from": that would close the cursor when nobody reads on, perhaps after
            # the database was closed.
            for row in self._connection.execute(query, values):  # noqa: UP028
                yield row
        except sqlite3.Error as error:
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

    def close(self) -> None:
        """Close the file and let others write it; a second call does nothing."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()
