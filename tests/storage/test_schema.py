from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.errors import ProjectError
from clickpose_app.storage import schema
from clickpose_app.storage.project import Project
from clickpose_app.storage.schema import open_for_writing
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.storage.permissions import read_only

both_ways = pytest.mark.parametrize("reading", [False, True], ids=["to write", "read-only"])


def opening_says(path: Path, complaint: str, reading: bool) -> None:
    with pytest.raises(ProjectError, match=complaint) as caught:
        Project.open(path, read_only=reading)
    assert path.name in caught.value.message
    # Whatever was wrong, nothing keeps the file.
    assert not path.with_name(path.name + ".lock").exists()


@both_ways
def test_a_missing_file_is_named(tmp_path: Path, reading: bool) -> None:
    opening_says(tmp_path / "p.clickpose", "does not exist", reading)
    assert list(tmp_path.iterdir()) == []


@both_ways
def test_a_folder_is_no_project(tmp_path: Path, reading: bool) -> None:
    folder = tmp_path / "p.clickpose"
    folder.mkdir()
    opening_says(folder, "is a folder", reading)


@both_ways
@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b"x", "not a ClickPose project"),
        (b"hello world\n" * 1000, "not a ClickPose project"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5000), "not a ClickPose project"),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, content: bytes, complaint: str, reading: bool
) -> None:
    path = tmp_path / "p.clickpose"
    path.write_bytes(content)
    opening_says(path, complaint, reading)
    assert path.read_bytes() == content


@both_ways
def test_the_database_of_another_program_is_no_project(tmp_path: Path, reading: bool) -> None:
    path = tmp_path / "browser.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE setting (key, value)")
    before = path.read_bytes()
    opening_says(path, "not a ClickPose project", reading)
    assert path.read_bytes() == before


@both_ways
def test_a_newer_project_says_so(project_path: Path, reading: bool) -> None:
    with closing(sqlite3.connect(project_path)) as database:
        database.execute("PRAGMA user_version = 99")
    opening_says(project_path, r"newer ClickPose \(format 99", reading)


@both_ways
@pytest.mark.parametrize(
    ("statement", "lack"),
    [
        ("DROP TABLE annotation", "it lacks annotation"),
        ("ALTER TABLE image DROP COLUMN note", r"it lacks image\.note"),
        ("ALTER TABLE setting RENAME TO settings", "it lacks setting"),
        ("PRAGMA user_version = 0", "it lacks user_version"),
    ],
)
def test_what_every_project_has_is_missed_at_once(
    project_path: Path, statement: str, lack: str, reading: bool
) -> None:
    with closing(sqlite3.connect(project_path, isolation_level=None)) as database:
        database.execute(statement)
    content = project_path.read_bytes()
    opening_says(project_path, lack, reading)
    assert project_path.read_bytes() == content


@both_ways
@pytest.mark.parametrize("kept", [1, 50, 99, 100, 512, 4095, 4096, 8192, -4096, -1])
def test_a_file_that_is_cut_short_says_so(project_path: Path, kept: int, reading: bool) -> None:
    content = project_path.read_bytes()
    project_path.write_bytes(content[:kept])
    opening_says(project_path, "damaged|not a ClickPose project", reading)


@both_ways
def test_an_overwritten_file_is_a_project_error(project_path: Path, reading: bool) -> None:
    content = project_path.read_bytes()
    project_path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    opening_says(project_path, "damaged", reading)


@both_ways
def test_a_project_whose_tables_are_no_text_is_damaged(project_path: Path, reading: bool) -> None:
    content = project_path.read_bytes()
    assert b"CREATE TABLE setting" in content
    project_path.write_bytes(content.replace(b"CREATE TABLE setting", b"CREATE TABL\xcb setting"))
    opening_says(project_path, "damaged", reading)


def test_every_commit_is_flushed_to_the_disk(project_path: Path) -> None:
    with closing(open_for_writing(project_path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_the_file_says_what_it_is(project_path: Path) -> None:
    header = project_path.read_bytes()[:100]
    assert header[68:72] == b"ClPS"
    assert header[60:64] == (2).to_bytes(4, "big")


def make_project(folder: Path) -> Path:
    path = folder / "p.clickpose"
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        project.add_images([("a.jpg", 1, 1)])
    return path


def test_a_project_in_a_read_only_folder_can_be_read(open_folder: Path) -> None:
    path = make_project(open_folder)
    with read_only(open_folder, path), Project.open(path, read_only=True) as project:
        assert len(project.images()) == 1


def test_a_project_in_a_read_only_folder_cannot_be_opened_to_write(open_folder: Path) -> None:
    path = make_project(open_folder)
    with read_only(open_folder, path):
        opening_says(path, "cannot be written. Open it read-only", reading=False)


def test_a_read_only_file_cannot_be_opened_to_write(open_folder: Path) -> None:
    path = make_project(open_folder)
    open_folder.chmod(0o777)
    with read_only(path):
        opening_says(path, "cannot be written. Open it read-only", reading=False)


def test_no_project_is_made_in_a_read_only_folder(open_folder: Path) -> None:
    path = open_folder / "p.clickpose"
    with read_only(open_folder), pytest.raises(ProjectError, match=r"p\.clickpose cannot be"):
        Project.create(path, image_root=open_folder, skeleton=builtin_skeleton())


@pytest.mark.parametrize("writable", [True, False])
def test_commits_that_wait_in_the_log_are_read(
    project_path: Path, open_folder: Path, writable: bool
) -> None:
    copy = open_folder / project_path.name
    log = copy.with_name(copy.name + "-wal")
    with Project.open(project_path) as project:
        project.write(1, ImageAnnotation((), ImageState.REVIEWED))
        # What a power cut, or a copy to a read-only disk, leaves: the file and its log.
        shutil.copyfile(project_path, copy)
        shutil.copyfile(project_path.with_name(log.name), log)
    with ExitStack() as stack:
        if not writable:
            stack.enter_context(read_only(open_folder, copy, log))
        reader = stack.enter_context(Project.open(copy, read_only=True))
        assert reader.images()[0].state is ImageState.REVIEWED


def first_version(path: Path, folder: Path) -> None:
    """A project as the first release wrote it, with one image and its note on settings."""
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        (image_id,) = project.add_images([("a.jpg", 4, 3)])
        project.write(image_id, ImageAnnotation(state=ImageState.EDITED))
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(
            "DROP TABLE work; ALTER TABLE image DROP COLUMN need; "
            "ALTER TABLE image DROP COLUMN note; PRAGMA user_version = 1"
        )


@both_ways
def test_a_project_of_the_first_version_opens_with_everything(
    tmp_path: Path, reading: bool
) -> None:
    path = tmp_path / "p.clickpose"
    first_version(path, tmp_path)
    with Project.open(path, read_only=reading) as project:
        assert project.annotation(1) == ImageAnnotation(state=ImageState.EDITED)
        assert [record.file_name for record in project.images()] == ["a.jpg"]
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        columns = [row[1] for row in database.execute("PRAGMA table_info(image)")]
    assert (version == 1) is reading
    assert ("need" in columns) is not reading


def test_a_project_of_the_first_version_is_left_whole_when_it_cannot_be_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.clickpose"
    first_version(path, tmp_path)
    broken = (*schema._VERSIONS[:1], schema._VERSIONS[1] + "; THIS IS NO SQL")
    monkeypatch.setattr(schema, "_VERSIONS", broken)
    with pytest.raises(ProjectError):
        Project.open(path)
    monkeypatch.undo()
    with Project.open(path) as project:
        assert project.annotation(1).state is ImageState.EDITED
