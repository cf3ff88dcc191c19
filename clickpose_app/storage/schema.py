"""The tables of a project file, and how a file is recognised, made and opened.

An edit is durable once its transaction has ended: the write-ahead log is flushed to the disk
at each commit (synchronous = FULL), so neither kill -9 nor a power cut takes it back.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage.tables import first_lack, run_scripts

APPLICATION_ID = 0x436C5053
"""Marks an SQLite file as ours ("ClPS"), in the file's own header."""

QUERY_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading raises; the latter where SQLite's complaint quotes a damaged file."""

# One script a version: the first makes an empty project, each of the others what it has become.
# Annotations live apart from the images, so that listing 100,000 images reads none of them.
_VERSIONS = (
    """
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE image (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL UNIQUE,
    width INTEGER,
    height INTEGER,
    state TEXT NOT NULL DEFAULT 'new'
);
CREATE TABLE annotation (
    image_id INTEGER PRIMARY KEY REFERENCES image (id),
    people TEXT NOT NULL
);
CREATE TABLE image_extra (
    image_id INTEGER PRIMARY KEY REFERENCES image (id),
    fields TEXT NOT NULL
);
""",
    """
ALTER TABLE image ADD COLUMN need REAL;
ALTER TABLE image ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    image_id INTEGER NOT NULL REFERENCES image (id),
    person_id TEXT NOT NULL DEFAULT '',
    ended REAL NOT NULL,
    seconds REAL NOT NULL,
    clicks INTEGER NOT NULL,
    placed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX work_on_image ON work (image_id);
""",
)

SCHEMA_VERSION = len(_VERSIONS)
"""SQLite's user_version of the files that this program writes.

Older files are brought up to it when they are opened to write; read-only, a copy in memory is.
"""


def create_database(path: Path, settings: Mapping[str, str]) -> None:
    """Write an empty project; it appears under its name complete or not at all.

    Raises:
        ProjectError: if it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _bring_up_to_date(database)
            database.executemany("INSERT INTO setting VALUES (?, ?)", settings.items())
            database.execute("PRAGMA journal_mode = WAL")
        unfinished.replace(path)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise ProjectError(
            Words("{path} cannot be created: {error}.", path=path, error=error)
        ) from error
    flush_folder(path.parent)


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open an existing project file to read and write.

    Raises:
        ProjectError: if the file is none of ours, newer, damaged or may not be written.
    """
    database: sqlite3.Connection | None = None
    try:
        database = _connect(path, "mode=rw")
        _check_is_project(database, path)
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA foreign_keys = ON")
        # SQLite opens a file that it may not write all the same, and says so at the first change.
        _bring_up_to_date(database)
    except QUERY_ERRORS as error:
        _close(database)
        raise database_error(path, error) from error
    except ProjectError:
        _close(database)
        raise
    return database


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing project file without changing anything, even in a read-only folder.

    Raises:
        ProjectError: if the file is none of ours, newer or damaged.
    """
    database: sqlite3.Connection | None = None
    try:
        try:
            database = _connect(path, "mode=ro")
            _check_is_project(database, path)
        except sqlite3.OperationalError:
            # The log of a WAL database needs a writable folder, or at least its index file.
            _close(database)
            database = _connect_in_read_only_folder(path)
            _check_is_project(database, path)
        if _version(database) < SCHEMA_VERSION:
            database = _copy_in_memory(database)
    except QUERY_ERRORS as error:
        _close(database)
        raise database_error(path, error) from error
    except ProjectError:
        _close(database)
        raise
    return database


@contextmanager
def older(path: Path) -> Iterator[bool]:
    """Whether opening a project to write changes it, because it is of an older version.

    Whoever reads it inside leaves no log behind: this connection, which may write, takes it away.

    Raises:
        ProjectError: as open_for_writing.
    """
    try:
        with closing(_connect(path, "mode=rw")) as database:
            _check_is_project(database, path)
            yield _version(database) < SCHEMA_VERSION
    except QUERY_ERRORS as error:
        raise database_error(path, error) from error


def database_error(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> ProjectError:
    """What SQLite's complaint means for the person at the desk."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(path)
    # Told apart by SQLite's fixed texts, because Python 3.10 does not give the result code.
    text = str(error)
    if "not a database" in text:
        return not_a_project(path)
    if "malformed" in text:
        return damaged(path)
    if "disk is full" in text:
        return ProjectError(
            Words("{path} cannot be written: the disk is full.", path=path),
            Words("Free some space on it."),
        )
    if "readonly" in text:
        return not_writable(path)
    if "disk I/O error" in text or "unable to open" in text:
        return ProjectError(
            Words("{path} cannot be reached: its disk reports an error.", path=path),
            Words("Check that the disk or network drive is connected and has room."),
        )
    if "locked" in text:
        return ProjectError(
            Words("{path} is being written by another program.", path=path),
            Words("Close the other program."),
        )
    return ProjectError(Words("{path} cannot be used: {text}.", path=path, text=text))


def not_a_project(path: Path) -> ProjectError:
    """The error for a file of another kind."""
    return ProjectError(
        Words("{path} is not a ClickPose project.", path=path),
        Words("Open a file ending in .clickpose."),
    )


def damaged(path: Path) -> ProjectError:
    """The error for a project file that was cut short or overwritten."""
    return ProjectError(
        Words("{path} is damaged: part of the file is missing or overwritten.", path=path),
        Words("Restore it from a copy."),
    )


def lacking(path: Path, what: str) -> ProjectError:
    """The error for a file without something that every project of its version has."""
    return ProjectError(
        Words("{path} is damaged: it lacks {what}.", path=path, what=what),
        Words("Restore it from a copy."),
    )


def not_writable(path: Path) -> ProjectError:
    """The error for a file or folder without permission to write."""
    return ProjectError(
        Words("{path} cannot be written.", path=path),
        Words("Open it read-only, or copy it to a folder of your own."),
    )


def check_is_file(path: Path) -> None:
    """Raise ProjectError for a path that no project can be at."""
    if path.is_dir():
        raise ProjectError(Words("{path} is a folder, not a project file.", path=path))
    if not path.exists():
        raise ProjectError(Words("{path} does not exist.", path=path))
    if path.stat().st_size == 0:
        raise ProjectError(Words("{path} is empty, so it is not a ClickPose project.", path=path))


def _check_is_project(database: sqlite3.Connection, path: Path) -> None:
    # The first access that reads the file: SQLite notices here if it is foreign or cut short.
    (application,) = database.execute("PRAGMA application_id").fetchone()
    version = _version(database)
    (page_size,) = database.execute("PRAGMA page_size").fetchone()
    database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID:
        raise not_a_project(path)
    if version > SCHEMA_VERSION:
        raise ProjectError(
            Words(
                "{path} was written by a newer ClickPose (format {version}, "
                "this one knows {known}).",
                path=path,
                version=version,
                known=SCHEMA_VERSION,
            ),
            Words("Install the newest version."),
        )
    # SQLite counts pages, but reads zeros for the missing end of the last one.
    if path.stat().st_size % page_size and not _log_holds_commits(path):
        raise damaged(path)
    if version < 1:
        raise lacking(path, "user_version")
    lack = first_lack(database, _VERSIONS[:version])
    if lack:
        raise lacking(path, lack)


def _connect(path: Path, query: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?{query}", uri=True, isolation_level=None)


def _connect_in_read_only_folder(path: Path) -> sqlite3.Connection:
    if not _log_holds_commits(path):
        return _connect(path, "mode=ro&immutable=1")
    # Commits wait in the log, which an immutable database would leave out: read a copy of both.
    with tempfile.TemporaryDirectory(prefix="clickpose-") as folder:
        copy = Path(folder).resolve() / "copy.clickpose"
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(_log(path), copy.with_name("copy.clickpose-wal"))
        except OSError as error:
            raise ProjectError(
                Words("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
            ) from error
        return _copy_in_memory(_connect(copy, "mode=rw"))


def _copy_in_memory(database: sqlite3.Connection) -> sqlite3.Connection:
    """A copy to read, up to date whatever the file is; the file's own connection is closed."""
    in_memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(database):
        database.backup(in_memory)
    _bring_up_to_date(in_memory)
    in_memory.execute("PRAGMA query_only = ON")
    return in_memory


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(database: sqlite3.Connection) -> None:
    """Run the scripts that the file lacks: all of them or, on an error, none."""
    database.execute("BEGIN IMMEDIATE")
    try:
        missing = _VERSIONS[_version(database) :]
        run_scripts(database, missing)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        database.execute("COMMIT" if missing else "ROLLBACK")
    except BaseException:
        database.rollback()
        raise


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _log_holds_commits(path: Path) -> bool:
    log = _log(path)
    return log.exists() and log.stat().st_size > 0


def _close(database: sqlite3.Connection | None) -> None:
    if database is not None:
        database.close()


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where that is possible."""
    # Windows knows no descriptor of a folder; there the file's own flush must do.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
