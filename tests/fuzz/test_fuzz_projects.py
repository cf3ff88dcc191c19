"""Project files, damaged or from another ClickPose: read, or refused without a byte changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import Project
from clickpose_app.storage.schema import SCHEMA_VERSION
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fuzz.damage import damaged_bytes, hostile_values
from tests.fuzz.harness import examples, survived

# Or the length of a whole project in what Hypothesis says would hide what fell.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

PERSON = Person("one", (Keypoint(1, 2),) * 17, Box(0, 0, 9, 9), extra={"a": 1})
_BACK_TO_FIRST = (
    "DROP TABLE work",
    "ALTER TABLE image DROP COLUMN need",
    "ALTER TABLE image DROP COLUMN note",
    "PRAGMA user_version = 1",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("projects")


@pytest.fixture(scope="module")
def project_bytes(folder: Path) -> bytes:
    path = folder / "seed.clickpose"
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        ids = project.add_images([(f"{n}.jpg", 640, 480) for n in range(20)])
        project.write_many((n, ImageAnnotation((PERSON,))) for n in ids)
    return path.read_bytes()


@pytest.fixture(scope="module")
def older_bytes(folder: Path, project_bytes: bytes) -> bytes:
    path = folder / "older.clickpose"
    path.write_bytes(project_bytes)
    assert change(path, _BACK_TO_FIRST) == list(_BACK_TO_FIRST)
    return path.read_bytes()


def change(path: Path, statements: Sequence[str]) -> list[str]:
    """Carry out what the database takes of some statements, and say what that was."""
    done = []
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            try:
                database.execute(statement).fetchall()
            except sqlite3.Error:
                continue  # what the database itself refuses is in no file
            done.append(statement)
    return done


def use(path: Path) -> None:
    """Open to read, then to write, and look at everything."""
    for read_only in (True, False):
        with Project.open(path, read_only=read_only) as project:
            look_at_all(project)


def look_at_all(project: Project) -> None:
    for record in project.images():
        project.annotation(record.id)
        project.image_extra(record.id)
    assert isinstance(project.coco_header, dict)


def fresh(folder: Path) -> Path:
    """A project's name with nothing beside it: no log and no lock of the one before."""
    place = folder / "project"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place / "fuzzed.clickpose"


def opened_or_left(path: Path) -> bool:
    """Open to write and work; False if it was refused, when nothing may have changed."""
    before = path.read_bytes()

    def open_and_close() -> bool:
        Project.open(path).close()
        return True

    if survived(path, open_and_close):
        return True
    assert path.read_bytes() == before, "refused, and changed all the same"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return False


@examples(40)
@given(st.data())
def test_projects_of_any_bytes(folder: Path, project_bytes: bytes, data: st.DataObject) -> None:
    path = fresh(folder)
    path.write_bytes(data.draw(damaged_bytes(project_bytes)))
    survived(path, lambda: use(path))


@examples(40)
@given(st.data())
def test_projects_with_values_of_any_kind(
    folder: Path, project_bytes: bytes, data: st.DataObject
) -> None:
    path = fresh(folder)
    path.write_bytes(project_bytes)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        tables = [
            r[0] for r in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        table = data.draw(st.sampled_from(sorted(tables)))
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        column = data.draw(st.sampled_from(columns))
        text = hostile_values.map(lambda value: json.dumps(value))
        value = data.draw(text | st.binary(max_size=20) | st.integers(-(2**63), 2**63 - 1))
        database.execute("PRAGMA foreign_keys = OFF")
        try:
            database.execute(f"UPDATE {table} SET {column} = ?", (value,))
        except sqlite3.IntegrityError:
            return  # what the table itself refuses is not in any file
    survived(path, lambda: use(path))


_TABLES = ("setting", "image", "annotation", "image_extra", "work")
_COLUMNS = (
    *("key", "value", "id", "file_name", "width", "height", "state", "need", "note"),
    *("image_id", "people", "fields", "person_id", "ended", "seconds", "clicks", "placed"),
)
_KEYS = ("project.skeleton", "project.image_root", "project.image_root_relative", "project.x")

tables = st.sampled_from(_TABLES)
columns = st.sampled_from(_COLUMNS)
versions = st.sampled_from((-(2**31), -1, 0, 1, 2, 3, 4, 999, 2**31 - 1))
types = st.sampled_from(("BLOB NOT NULL", "INTEGER", "TEXT NOT NULL DEFAULT 'x'", "REAL", ""))


def quoted(value: object) -> str:
    return "'" + json.dumps(value).replace("'", "''").replace("\0", "") + "'"


losses = st.one_of(
    st.builds("ALTER TABLE {} DROP COLUMN {}".format, tables, columns),
    st.builds("ALTER TABLE {} RENAME COLUMN {} TO renamed".format, tables, columns),
    st.builds("DROP TABLE {}".format, tables),
    st.builds("ALTER TABLE {} RENAME TO elsewhere".format, tables),
    st.builds("CREATE TABLE IF NOT EXISTS {} ({} {})".format, tables, columns, types),
    st.builds("CREATE VIEW IF NOT EXISTS {} AS SELECT 1 AS {}".format, tables, columns),
    st.builds("DELETE FROM setting WHERE key = '{}'".format, st.sampled_from(_KEYS)),
    st.builds("PRAGMA application_id = {}".format, st.integers(-(2**31), 2**31 - 1)),
)
"""What makes less of a project."""

additions = st.one_of(
    st.builds("CREATE TABLE later_{} (a PRIMARY KEY, b)".format, st.integers(0, 9)),
    st.builds("ALTER TABLE {} ADD COLUMN later {}".format, tables, st.sampled_from(("", "REAL"))),
    st.builds(
        "INSERT OR REPLACE INTO setting VALUES ('later.{}', {})".format,
        st.integers(0, 9),
        hostile_values.map(quoted),
    ),
    st.just("CREATE INDEX later_index ON image (state)"),
    st.just("CREATE VIEW later_view AS SELECT id FROM image"),
)
"""What a ClickPose of the future may keep beside what this one knows."""

retyped = st.builds(
    "INSERT OR REPLACE INTO setting VALUES ('{}', {})".format,
    st.sampled_from((*_KEYS, "project.coco_header")),
    hostile_values.map(quoted),
)


@examples(60)
@given(
    st.booleans(),
    st.lists(losses | losses | additions | retyped, min_size=1, max_size=4),
    st.none() | versions,
)
def test_projects_that_lack_something_are_refused_unchanged_or_open(
    folder: Path,
    project_bytes: bytes,
    older_bytes: bytes,
    older: bool,
    statements: list[str],
    version: int | None,
) -> None:
    path = fresh(folder)
    path.write_bytes(older_bytes if older else project_bytes)
    change(path, statements)
    if version is not None:
        change(path, [f"PRAGMA user_version = {version}"])
    if opened_or_left(path):
        survived(path, lambda: use(path))


@examples(30)
@given(st.booleans(), st.lists(additions, min_size=1, max_size=5))
def test_projects_that_hold_more_open_and_keep_it(
    folder: Path,
    project_bytes: bytes,
    older_bytes: bytes,
    older: bool,
    statements: list[str],
) -> None:
    path = fresh(folder)
    path.write_bytes(older_bytes if older else project_bytes)
    change(path, statements)
    before = added(path)
    assert survived(path, lambda: use(path)) is None
    with Project.open(path) as project:
        assert project.annotation(20) == ImageAnnotation((PERSON,))
        edited = ImageAnnotation((replace(PERSON, id="two"),), ImageState.EDITED)
        project.write(1, edited)
        assert project.annotation(1) == edited
    assert added(path) == before


def added(path: Path) -> list[Any]:
    """Tables, columns and settings that this ClickPose does not know."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute(
            "SELECT type, name FROM sqlite_master WHERE name LIKE 'later%' ORDER BY name"
        ).fetchall()
        settings = database.execute("SELECT * FROM setting WHERE key LIKE 'later%'").fetchall()
        found = {
            table: [r[1] for r in database.execute(f"PRAGMA table_info({table})")]
            for table in _TABLES
        }
    return [names, settings, sorted(t for t, columns in found.items() if "later" in columns)]


@examples(30)
@given(st.booleans(), st.data())
def test_projects_that_are_cut_off_are_refused_unchanged(
    folder: Path, project_bytes: bytes, older_bytes: bytes, older: bool, data: st.DataObject
) -> None:
    content = older_bytes if older else project_bytes
    path = fresh(folder)
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    assert not opened_or_left(path)


@pytest.mark.parametrize("version", [-(2**31), -1, 0, *range(3, 7), 999, 2**31 - 1])
def test_projects_of_unknown_versions_are_refused_unchanged(
    folder: Path, project_bytes: bytes, version: int
) -> None:
    assert SCHEMA_VERSION == 2  # the versions above are none of ours
    path = fresh(folder)
    path.write_bytes(project_bytes)
    change(path, [f"PRAGMA user_version = {version}"])
    assert not opened_or_left(path)


@pytest.mark.parametrize("setting", ["no such setting", "[", "{}", '{"name": 3}', "", "null"])
def test_an_older_project_without_a_skeleton_is_refused_before_it_is_brought_up_to_date(
    folder: Path, older_bytes: bytes, setting: str
) -> None:
    path = fresh(folder)
    path.write_bytes(older_bytes)
    change(path, [f"UPDATE setting SET value = '{setting}' WHERE key = 'project.skeleton'"])
    assert not opened_or_left(path)


@pytest.mark.parametrize("read_only", [True, False])
def test_what_a_project_lacks_is_named(folder: Path, project_bytes: bytes, read_only: bool) -> None:
    path = fresh(folder)
    path.write_bytes(project_bytes)
    change(path, ["ALTER TABLE annotation RENAME COLUMN people TO persons"])
    with pytest.raises(ProjectError, match=r"fuzzed\.clickpose is damaged: .*annotation.*people"):
        Project.open(path, read_only=read_only)
