from __future__ import annotations

import getpass
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import Project, ProjectInUseError
from clickpose_app.storage.project_lock import ProjectLock, lock_path
from clickpose_app.storage.skeletons import builtin_skeleton

Start = Callable[..., "subprocess.Popen[str]"]

# Opens a project, says so, and holds it until it is told to close, or killed.
HOLD = """
import sys
from pathlib import Path
from clickpose_app.storage.project import Project
with Project.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""

# Writes a new state to image after image, each time telling when write() has returned.
WRITE_FOREVER = """
import sys
from pathlib import Path
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.geometry import Box
from clickpose_app.storage.project import Project
project = Project.open(Path(sys.argv[1]))
count = 0
while True:
    person = Person(str(count), (), Box(0, 0, count, count))
    project.write(count % 3 + 1, ImageAnnotation((person,), ImageState.EDITED))
    print(count, flush=True)
    count += 1
"""


def hold(start: Start, path: Path) -> subprocess.Popen[str]:
    process = start(HOLD, path)
    assert process.stdout is not None and process.stdout.readline() == "open\n"
    return process


def test_a_second_process_learns_who_has_the_project(
    project_path: Path, other_process: Start
) -> None:
    holder = hold(other_process, project_path)
    with pytest.raises(ProjectInUseError, match=r"lauf\.clickpose is already open") as caught:
        Project.open(project_path)
    owner = caught.value.owner
    assert owner.startswith(f"{getpass.getuser()} on {socket.gethostname()} ")
    assert f"(process {holder.pid}) since 2" in owner
    assert "read-only" in caught.value.hint


def test_a_second_process_may_read_along(project_path: Path, other_process: Start) -> None:
    hold(other_process, project_path)
    with Project.open(project_path, read_only=True) as reader:
        assert len(reader.images()) == 3


def test_a_reader_sees_what_the_writer_has_committed(project_path: Path) -> None:
    with (
        Project.open(project_path) as writer,
        Project.open(project_path, read_only=True) as reader,
    ):
        for state in ImageState:
            writer.write(1, ImageAnnotation((), state))
            assert reader.annotation(1).state is state


def test_readers_do_not_keep_a_writer_out(project_path: Path) -> None:
    with (
        Project.open(project_path, read_only=True),
        Project.open(project_path, read_only=True),
        Project.open(project_path) as writer,
    ):
        writer.write(1, ImageAnnotation((), ImageState.REVIEWED))


def test_the_project_is_free_once_the_other_closes_it(
    project_path: Path, other_process: Start
) -> None:
    holder = hold(other_process, project_path)
    holder.communicate("\n")
    assert not lock_path(project_path).exists()
    Project.open(project_path).close()


def test_a_killed_process_leaves_nothing_that_blocks(
    project_path: Path, other_process: Start
) -> None:
    holder = hold(other_process, project_path)
    holder.kill()
    holder.wait()
    assert lock_path(project_path).exists()
    Project.open(project_path).close()


def test_no_committed_edit_is_lost_when_the_process_is_killed(
    project_path: Path, other_process: Start
) -> None:
    for rounds in (1, 2, 50):
        writer = other_process(WRITE_FOREVER, project_path)
        assert writer.stdout is not None
        for _ in range(rounds):
            writer.stdout.readline()
        writer.kill()
        # Also what it still managed to tell before it died.
        told = writer.communicate()[0].split("\n")[:-1]
        last = int(told[-1]) if told else rounds - 1
        with Project.open(project_path, read_only=True) as reader:
            newest = [int(reader.annotation(i).people[0].id) for i in (1, 2, 3) if i <= last + 1]
        with Project.open(project_path) as project:
            again = [int(project.annotation(i).people[0].id) for i in (1, 2, 3) if i <= last + 1]
        assert newest == again
        # The write that was under way may have made it as well.
        assert max(newest) in (last, last + 1)
        for image, count in enumerate(newest):
            assert count % 3 == image and count > last - 3


def test_the_same_process_cannot_open_it_twice_to_write(project_path: Path) -> None:
    with (
        Project.open(project_path),
        pytest.raises(ProjectInUseError, match=f"process {os.getpid()}"),
    ):
        Project.open(project_path)


def test_a_project_that_is_being_made_elsewhere_is_in_use(tmp_path: Path) -> None:
    path = tmp_path / "p.clickpose"
    lock = ProjectLock(path)
    with pytest.raises(ProjectInUseError):
        Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton())
    lock.release()
    Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()).close()


def test_another_name_for_the_file_does_not_get_around_the_lock(project_path: Path) -> None:
    link = project_path.with_name("link.clickpose")
    try:
        link.symlink_to(project_path)
    except OSError:
        pytest.skip("no permission to make links")
    with Project.open(project_path), pytest.raises(ProjectInUseError):
        Project.open(link)


def test_an_unreadable_owner_is_another_process(project_path: Path) -> None:
    with Project.open(project_path):
        lock_path(project_path).write_text("{")
        with pytest.raises(ProjectInUseError, match="another process"):
            Project.open(project_path)


ELSEWHERE = '{"user":"eva","host":"far away","pid":7,"since":"2026-01-02T03:04:05+01:00"}'


def test_reading_along_with_another_computer_is_refused(project_path: Path) -> None:
    with Project.open(project_path):
        lock_path(project_path).write_text(ELSEWHERE)
        with pytest.raises(ProjectInUseError) as caught:
            Project.open(project_path, read_only=True)
    assert caught.value.owner == "eva on far away (process 7) since 2026-01-02 03:04:05"
    assert "read-only" not in caught.value.hint


def test_a_crash_on_another_computer_does_not_keep_readers_out(project_path: Path) -> None:
    lock_path(project_path).write_text(ELSEWHERE)
    with Project.open(project_path, read_only=True) as reader:
        assert len(reader.images()) == 3


def test_a_lock_removed_under_a_waiting_opener_is_taken_anew(
    project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The moment when another process removes its lock file just before we lock it.
    real_open, opened = os.open, []

    def open_then_vanish(path: Path, *arguments: int) -> int:
        descriptor = real_open(path, *arguments)
        opened.append(descriptor)
        if len(opened) == 1:
            path.unlink()
        return descriptor

    if os.name == "nt":
        pytest.skip("Windows removes no open file")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", open_then_vanish)
        lock = ProjectLock(project_path)
    assert len(opened) == 2
    with pytest.raises(ProjectInUseError):
        Project.open(project_path)
    lock.release()


def test_a_user_without_a_name_can_open_a_project(
    project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    with Project.open(project_path), pytest.raises(ProjectError, match="unknown user on"):
        Project.open(project_path)
