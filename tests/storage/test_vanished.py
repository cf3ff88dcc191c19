"""Somebody deletes, moves or replaces the files of a project while it is open."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import Project, ProjectInUseError
from clickpose_app.storage.project_lock import lock_path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file go")

EDITED, REVIEWED = (ImageAnnotation(state=s) for s in (ImageState.EDITED, ImageState.REVIEWED))


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    with Project.open(project_path) as project:
        project.write(1, EDITED)
        yield project


def after_a_crash(project: Project, path: Path, tmp_path: Path) -> list[ImageState]:
    """The states of the images as whoever opens the files finds them without our closing."""
    copy = tmp_path / "found" / path.name
    copy.parent.mkdir()
    for tail in ("", "-wal"):
        shutil.copyfile(path.with_name(path.name + tail), copy.with_name(copy.name + tail))
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Project.open(copy, read_only=True) as found:
        assert found.skeleton == project.skeleton
        return [record.state for record in found.images()]


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@pytest.mark.parametrize("tails", [[""], ["-wal"], ["-shm"], ["", "-wal", "-shm"], ["", ".lock"]])
def test_a_deleted_file_is_written_anew_with_the_next_edit(
    project: Project, project_path: Path, tmp_path: Path, tails: list[str]
) -> None:
    for tail in tails:
        project_path.with_name(project_path.name + tail).unlink()
    project.write(2, REVIEWED)
    project.write(3, EDITED)
    states = after_a_crash(project, project_path, tmp_path)
    assert states == [ImageState.EDITED, ImageState.REVIEWED, ImageState.EDITED]
    with pytest.raises(ProjectInUseError):
        Project.open(project_path)


def test_a_moved_file_keeps_what_was_done_and_the_rest_is_where_it_was(
    project: Project, project_path: Path, tmp_path: Path
) -> None:
    moved = project_path.with_name("moved.clickpose")
    project_path.rename(moved)
    project.write(2, REVIEWED)
    assert after_a_crash(project, project_path, tmp_path)[:2] == [
        ImageState.EDITED,
        ImageState.REVIEWED,
    ]
    with Project.open(moved, read_only=True) as other:
        assert [r.state for r in other.images()][:2] == [ImageState.EDITED, ImageState.NEW]


def test_work_goes_on_beside_a_file_that_took_its_place(
    project: Project, project_path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.clickpose"
    with Project.create(other, image_root=tmp_path, skeleton=project.skeleton) as foreign:
        foreign.add_images([("x.png", None, None)])
    other.replace(project_path)
    with pytest.raises(ProjectError, match="was replaced by another file") as caught:
        project.write(2, REVIEWED)
    rescued = project.path
    assert rescued.name == "lauf rescued 1.clickpose" and rescued.name in caught.value.hint
    project.write(2, REVIEWED)
    states = after_a_crash(project, rescued, tmp_path)
    assert states[:2] == [ImageState.EDITED, ImageState.REVIEWED]
    with Project.open(project_path) as found:  # nobody holds it, nothing of ours is in it
        assert [record.file_name for record in found.images()] == ["x.png"]


def test_a_folder_that_went_away_is_named_and_the_work_goes_on_when_it_is_back(
    project: Project, project_path: Path, tmp_path: Path
) -> None:
    folder, away = project_path.parent, tmp_path.with_name(tmp_path.name + " away")
    folder.rename(away)
    with pytest.raises(ProjectError, match="is gone, and cannot be written anew"):
        project.write(2, REVIEWED)
    away.rename(folder)
    project.write(2, REVIEWED)
    assert after_a_crash(project, project_path, tmp_path)[1] is ImageState.REVIEWED


def test_without_its_lock_file_a_project_is_still_locked_after_the_next_edit(
    project: Project, project_path: Path
) -> None:
    lock_path(project_path).unlink()
    project.write(2, REVIEWED)
    with pytest.raises(ProjectInUseError):
        Project.open(project_path)
    project.close()
    assert not lock_path(project_path).exists()


def test_who_comes_in_through_a_deleted_lock_file_is_told_of(
    project: Project, project_path: Path
) -> None:
    lock_path(project_path).unlink()
    with Project.open(project_path) as second:
        with pytest.raises(ProjectError, match="was opened by somebody else meanwhile"):
            project.write(2, REVIEWED)
        second.write(3, REVIEWED)
        project.close()
        assert lock_path(project_path).exists()  # that of the second
    with Project.open(project_path, read_only=True) as found:
        assert [r.state for r in found.images()] == [
            ImageState.EDITED,
            ImageState.NEW,
            ImageState.REVIEWED,
        ]


def test_a_closed_project_does_not_come_back(project: Project, project_path: Path) -> None:
    project.close()
    with pytest.raises(ProjectError):
        project.write(2, REVIEWED)
    assert not lock_path(project_path).exists()


def test_other_journals_are_left_alone(project_path: Path) -> None:
    with closing(sqlite3.connect(project_path)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    reopened: list[object] = []
    with Project.open(project_path) as project:
        before = project.database
        project.write(1, EDITED)
        reopened.append(before)
        assert not log_of(project_path).exists()
        assert project.annotation(1) == EDITED


@pytest.mark.parametrize(
    ("complaint", "said"),
    [("disk I/O error", "its disk reports an error"), ("database is locked", "another program")],
)
def test_what_sqlite_says_of_a_disk_is_said_in_words(
    project: Project, complaint: str, said: str, fail_begin: Callable[[Project, str], None]
) -> None:
    fail_begin(project, complaint)
    with pytest.raises(ProjectError, match=said):
        project.write(1, EDITED)


@pytest.fixture
def fail_begin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Project, str], None]:
    """Let SQLite refuse every transaction with that text."""

    def fail(project: Project, complaint: str) -> None:
        class Refusing:
            in_transaction = False

            def execute(self, *_: object) -> None:
                raise sqlite3.OperationalError(complaint)

            def close(self) -> None:
                connection.close()

        connection = project.database._connection
        monkeypatch.setattr(project.database, "_connection", Refusing())

    return fail
