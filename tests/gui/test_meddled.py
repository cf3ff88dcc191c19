"""Others change the files while they are open: images, weights, and the project itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt

from clickpose_app.cli import main
from clickpose_app.core.annotation import ImageState
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.project import Project
from tests.gui.desk import LEFT_WRIST, NOSE, Desk, grey, make_photo

Key = Qt.Key
MakeDesk = Callable[[], Desk]


def replace_photo(path: Path, width: int, height: int, shade: int) -> None:
    """Another picture under the same name, as a program that edits images would leave it."""
    pixels = np.full((height, width, 3), grey(shade), dtype=np.uint8)
    part = path.with_name("part.tmp")
    part.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    part.replace(path)


def to_and_fro(desk: Desk) -> None:
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.press(Key.Key_A)
    desk.wait(lambda: desk.file_name == "bild 1.png")


# Images


def test_a_replaced_image_is_read_anew_and_its_other_size_is_said(desk: Desk, folder: Path) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    done = desk.annotation
    replace_photo(folder / "bild 1.png", 200, 150, shade=7)
    to_and_fro(desk)
    desk.wait(lambda: desk.canvas.image_size == QSize(200, 150))
    assert "bild 1.png is 200 x 150 pixels now; it was 400 x 300" in desk.message
    assert desk.annotation == done == desk.stored()  # nobody has touched the joints
    assert desk.window.browser.record is not None
    assert desk.window.browser.record.width == 200


def test_the_network_looks_at_the_image_that_is_there_now(desk: Desk, folder: Path) -> None:
    replace_photo(folder / "bild 1.png", 400, 300, shade=7)
    to_and_fro(desk)
    # People of an image that was predicted are looked for again: in the new picture.
    desk.wait(lambda: grey(7) in desk.predictor.searched)
    assert desk.message == ""


def test_the_image_that_is_shown_can_be_worked_on_when_its_file_is_gone(
    desk: Desk, folder: Path
) -> None:
    (folder / "bild 1.png").unlink()
    nose = desk.joint(0, NOSE)
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE) != nose  # the others follow
    assert desk.stored() == desk.annotation
    done = desk.annotation
    to_and_fro(desk)
    desk.wait(lambda: desk.message)
    assert "bild 1.png" in desk.message
    assert desk.annotation == done


def test_a_renamed_image_is_new_and_the_work_stays_with_the_old_name(
    desk: Desk, folder: Path
) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    done = desk.annotation
    (folder / "bild 1.png").rename(folder / "neu.png")
    make_photo(folder / "more.png", shade=9)
    desk.open(folder)
    desk.wait(lambda: len(desk.window.browser.records) == 5)
    desk.wait(lambda: desk.message)
    assert "bild 1.png" in desk.message
    assert desk.annotation == done
    (folder / "neu.png").rename(folder / "bild 1.png")
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.press(Key.Key_A)
    desk.wait_for_people(2)
    assert desk.annotation == done
    assert desk.message == ""


# The project in two windows, and in a window and a command


def test_a_second_window_looks_on_and_sees_what_was_stored(
    desk: Desk, make_desk: MakeDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = make_desk()
    monkeypatch.setattr(second.window.files, "ask_read_only", lambda *_: True)
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    second.open(folder)
    second.wait_for_people(2)
    assert second.annotation == desk.annotation
    second.drag_joint(0, NOSE, 20, 20)
    assert second.annotation == desk.annotation == desk.stored()
    assert "read-only" in second.window.statusBar().currentMessage()


def test_commands_beside_the_window_read_and_do_not_write(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    out = tmp_path / "out.json"
    assert main(["export", str(desk.project_path), "--out", str(out)]) == 0
    exported = read_coco(out).images[0].annotation
    assert exported.people[0].xy.tolist() == desk.people[0].xy.tolist()
    capsys.readouterr()
    assert main(["prelabel", "--into", str(desk.project_path)]) == 1
    said = capsys.readouterr().err
    assert "is already open" in said and "Traceback" not in said
    assert desk.stored() == desk.annotation


# The project file


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file go")
def test_a_project_file_that_was_deleted_is_there_again_after_the_next_edit(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    path = desk.project_path
    for tail in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + tail).unlink()
    desk.drag_joint(0, NOSE, 10, 10)
    desk.wait_for_calm()
    assert desk.stored() == desk.annotation
    assert desk.message == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file go")
def test_a_project_file_that_was_replaced_is_said_and_work_goes_on_beside_it(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    path, other = desk.project_path, tmp_path / "other.clickpose"
    assert desk.window.browser.project is not None
    skeleton = desk.window.browser.project.skeleton
    with Project.create(other, image_root=folder, skeleton=skeleton):
        pass
    other.replace(path)
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    assert "was replaced by another file" in desk.message
    assert "annotations rescued 1.clickpose" in desk.message
    desk.wait_for_calm()
    desk.drag_joint(0, NOSE, 10, 10)
    desk.wait_for_calm()
    assert desk.project_path.name == "annotations rescued 1.clickpose"
    assert desk.stored() == desk.annotation
    assert desk.annotation.state is ImageState.EDITED
    with Project.open(path) as project:
        assert project.images() == []
