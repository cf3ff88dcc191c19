"""Whatever fails, the person is told, and the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clickpose_app.core.annotation import ImageState
from clickpose_app.errors import ProjectError
from tests.fake_predictor import FakePredictor
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
MakeDesk = Callable[[], Desk]


def test_a_failing_refinement_is_said_and_the_drag_stays(desk: Desk) -> None:
    desk.predictor.failing.add("refine")
    desk.drag_joint(0, LEFT_WRIST, 40, 0)
    desk.wait(lambda: desk.message)
    assert "refine failed on purpose" in desk.message
    assert desk.joint(0, LEFT_WRIST).pinned
    assert not desk.session.waiting
    desk.predictor.failing.clear()
    nose = desk.joint(0, NOSE)
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE) != nose


def test_a_failing_detection_is_said_and_the_next_image_works(
    make_desk: MakeDesk, folder: Path, predictor: FakePredictor
) -> None:
    predictor.failing.add("detect")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    assert "detect failed on purpose" in desk.message
    assert desk.annotation.state is ImageState.NEW
    predictor.failing.clear()
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    assert desk.message == ""


def test_without_a_network_the_work_is_by_hand(
    make_desk: MakeDesk, folder: Path, predictor: FakePredictor
) -> None:
    predictor.failing.add("load")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    assert "load failed on purpose" in desk.message
    assert predictor.calls.count("load") == 1
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    assert len(desk.people) == 1
    desk.session.select(desk.people[0].id, NOSE)
    desk.press(Key.Key_P)
    desk.click(desk.spot(200, 70))
    assert desk.joint(0, NOSE).pinned
    assert desk.stored() == desk.annotation
    assert predictor.calls.count("load") == 1


def test_a_damaged_image_is_named_and_the_next_one_works(make_desk: MakeDesk, folder: Path) -> None:
    (folder / "bild 1.png").write_bytes(b"not a picture")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    assert "bild 1.png" in desk.message
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    assert desk.message == ""


def test_a_full_disk_is_said_and_the_edit_stays_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ProjectError("annotations.clickpose cannot be written: the disk is full.", "Free it.")

    monkeypatch.setattr("clickpose_app.storage.project.Project.write", full)
    desk.drag_joint(0, LEFT_WRIST, 40, 0)
    assert "the disk is full" in desk.message
    assert desk.joint(0, LEFT_WRIST).pinned


def test_closing_while_the_network_works_is_clean(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 0)
    desk.wait(lambda: "refine" in desk.predictor.calls)
    path = desk.project_path
    desk.qtbot.wait(10)
    desk.predictor.gate.set()
    desk.close()
    from clickpose_app.storage.project import Project

    with Project.open(path) as project:
        stored = project.annotation(project.images()[0].id)
    assert stored.people[0].keypoints[LEFT_WRIST].pinned
