"""What a pre-labelling run has done so far, so that it can be stopped and gone on with.

One SQLite file beside the result, one transaction an image: a run that is killed loses the
image that it was looking at. It goes away when the result is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.annotation_json import decode_people, encode_people
from clickpose_app.storage.schema import QUERY_ERRORS

_APPLICATION_ID = 0x436C5057
_TABLES = """
CREATE TABLE IF NOT EXISTS run (settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS done (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    people TEXT NOT NULL
) WITHOUT ROWID;
"""


class Journal:
    """Predictions by image file; see open_journal()."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """Wrap an open database."""
        self._path, self._database = path, database

    def __len__(self) -> int:
        """How many images are done."""
        with self._errors():
            return int(self._database.execute("SELECT count(*) FROM done").fetchone()[0])

    def has(self, image: Path) -> bool:
        """Whether this very file is done; one that was changed since is not."""
        query = "SELECT 1 FROM done WHERE path = ? AND stamp = ?"
        with self._errors():
            return self._database.execute(query, (str(image), _stamp(image))).fetchone() is not None

    def names(self) -> list[str]:
        """The paths of all images that are done, as they were given, whatever became of them."""
        with self._errors():
            rows = self._database.execute("SELECT path FROM done").fetchall()
        return [Path(row[0]).as_posix() for row in rows]

    def add(self, image: Path, width: int, height: int, annotation: ImageAnnotation) -> None:
        """Note what was found on an image, and its upright size in pixels."""
        row = (str(image), _stamp(image), width, height, encode_people(annotation))
        with self._errors():
            self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?)", row)

    def forget(self, image: Path) -> None:
        """Take back what is noted of an image, which is another one now."""
        with self._errors():
            self._database.execute("DELETE FROM done WHERE path = ?", (str(image),))

    def get(self, image: Path) -> tuple[int, int, ImageAnnotation] | None:
        """Width, height and what was found; None if the image is not done."""
        query = "SELECT width, height, people FROM done WHERE path = ?"
        with self._errors():
            row = self._database.execute(query, (str(image),)).fetchone()
        if row is None:
            return None
        return row[0], row[1], ImageAnnotation(decode_people(row[2]), ImageState.PREDICTED)

    def remove(self) -> None:
        """Close it and take its files away: the result is there."""
        self._database.close()
        for tail in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + tail).unlink(missing_ok=True)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except QUERY_ERRORS as error:
            damaged = not isinstance(error, sqlite3.OperationalError)
            reason = "it is damaged" if damaged else error
            raise ClickPoseError(
                f"{self._path}, where finished work is kept, cannot be used: {reason}.",
                "Delete it to start afresh."
                if damaged
                else "Make room or the folder writable, and start again: what is done stays done.",
            ) from error


def journal_path(out: Path) -> Path:
    """Where the work on a result is kept until the result is there."""
    return out.with_name(f"{out.name}.work")


@contextmanager
def open_journal(out: Path, settings: str) -> Iterator[Journal]:
    """The journal of a result, new or gone on with; it is left behind if the block fails.

    Args:
        out: the result.
        settings: what the predictions depend on; those of other settings are not mixed in.

    Raises:
        ClickPoseError: if it was begun with other settings, or cannot be used.
    """
    path = journal_path(out)
    try:
        database = sqlite3.connect(path, isolation_level=None)
    except sqlite3.Error as error:
        raise ClickPoseError(
            f"{path} cannot be written: {error}.", "Choose another place for the result."
        ) from error
    journal = Journal(path, database)
    try:
        with journal._errors():
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            database.executescript(_TABLES)
            known = database.execute("SELECT settings FROM run").fetchone()
            if known is None:
                database.execute("INSERT INTO run VALUES (?)", (settings,))
        if known is not None and known[0] != settings:
            raise ClickPoseError(
                f"{path} holds unfinished work of other settings: {known[0]}.",
                "Go on with those, or delete that file to start afresh.",
            )
        yield journal
    finally:
        with suppress(sqlite3.Error):
            database.close()


def _stamp(image: Path) -> str:
    try:
        facts = image.stat()
    except OSError:
        return ""
    return f"{facts.st_size} {facts.st_mtime_ns}"
