from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clickpose_app.errors import ProjectError
from clickpose_app.storage.database import Database
from clickpose_app.storage.project_lock import ProjectLock


@pytest.fixture
def database(project_path: Path) -> Iterator[Database]:
    database = Database(project_path, ProjectLock(project_path))
    yield database
    database.close()


def count(database: Database) -> int:
    return int(database.rows("SELECT count(*) FROM annotation")[0][0])


def test_a_transaction_that_fails_only_at_its_end_writes_nothing(database: Database) -> None:
    with pytest.raises(ProjectError, match="FOREIGN KEY"), database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO annotation VALUES (99, '[]')")
    assert count(database) == 0
    with database.transaction() as connection:
        connection.execute("INSERT INTO annotation VALUES (1, '[]')")
    assert count(database) == 1


def test_a_full_disk_is_said_and_writes_nothing(database: Database) -> None:
    ((pages,),) = database.rows("PRAGMA page_count")
    database.rows(f"PRAGMA max_page_count = {pages}")
    with (
        pytest.raises(ProjectError, match=r"lauf\.clickpose cannot be written: the disk is full"),
        database.transaction() as connection,
    ):
        connection.execute("INSERT INTO annotation VALUES (1, ?)", ("x" * 100_000,))
    assert count(database) == 0
    database.rows(f"PRAGMA max_page_count = {pages + 100}")
    with database.transaction() as connection:
        connection.execute("INSERT INTO annotation VALUES (1, ?)", ("x" * 100_000,))
    assert count(database) == 1


def test_a_query_that_fails_names_the_file(database: Database, project_path: Path) -> None:
    with pytest.raises(ProjectError, match="no such table") as caught:
        database.rows("SELECT * FROM nowhere")
    assert str(project_path) in caught.value.message
