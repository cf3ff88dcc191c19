"""The hand slips, the window interferes: nothing is lost and nothing is left half done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Source, Visibility
from clickpose_app.core.pose_edits import Similarity, transform_pose
from clickpose_app.gui.handles import Handle
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import LEFT_WRIST, NOSE, RIGHT_WRIST, Desk, make_photo
from tests.gui.test_coco import export

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MIDDLE, RIGHT = Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
LEFT_ELBOW = 7
MakeDesk = Callable[[], Desk]


def begin(desk: Desk, dx: int = 40, dy: int = 20) -> QPoint:
    """Take the first person's nose that far; where the hand is now."""
    start = desk.joint_spot(0, NOSE)
    desk.drag_begin(start, start + QPoint(dx, dy))
    return start + QPoint(dx, dy)


def release(desk: Desk, at: QPoint) -> None:
    QTest.mouseRelease(desk.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def held(desk: Desk) -> list[float]:
    x, y = desk.canvas.shown_xy(desk.people[0].id)[NOSE]
    return [float(x), float(y)]


def under(desk: Desk, at: QPoint) -> list[float]:
    place = desk.canvas.to_image(at.toPointF())
    return [place.x(), place.y()]


def wheel(desk: Desk, at: QPoint, notches: int) -> None:
    viewport = desk.canvas.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


# Something comes between press and release


def test_the_wheel_zooms_around_the_joint_in_the_hand(desk: Desk) -> None:
    at = begin(desk)
    place, pixel = held(desk), desk.canvas.pixel
    wheel(desk, at, 3)
    assert desk.canvas.pixel < pixel / 1.5
    assert held(desk) == pytest.approx(place, abs=pixel)
    release(desk, at)
    assert [desk.joint(0, NOSE).x, desk.joint(0, NOSE).y] == pytest.approx(place, abs=pixel)


def test_zooming_by_key_keeps_the_joint_under_the_cursor(desk: Desk) -> None:
    at = begin(desk)
    desk.press(Key.Key_Plus)
    assert held(desk) == pytest.approx(under(desk, at), abs=2 * desk.canvas.pixel)


def test_a_box_that_is_drawn_keeps_its_first_corner_while_zooming(desk: Desk) -> None:
    desk.press(Key.Key_N)
    desk.drag_begin(desk.spot(150, 60), desk.spot(200, 150))
    at = desk.spot(200, 150)
    wheel(desk, at, 3)
    release(desk, at)
    box = desk.people[2].box
    assert (box.x1, box.y1) == pytest.approx((150, 60), abs=1.5)
    assert (box.x2, box.y2) == pytest.approx((200, 150), abs=1.5)


def test_the_middle_button_moves_the_picture_under_the_joint_in_the_hand(desk: Desk) -> None:
    at = begin(desk)
    QTest.mousePress(desk.canvas.viewport(), MIDDLE, pos=at)
    QTest.mouseMove(desk.canvas.viewport(), at + QPoint(30, 10))
    QTest.mouseRelease(desk.canvas.viewport(), MIDDLE, pos=at + QPoint(30, 10))
    assert held(desk) == pytest.approx(under(desk, at + QPoint(30, 10)), abs=desk.canvas.pixel)
    place = held(desk)
    release(desk, at + QPoint(30, 10))
    assert [desk.joint(0, NOSE).x, desk.joint(0, NOSE).y] == pytest.approx(place)
    assert desk.joint(0, NOSE).pinned


def test_the_right_button_does_not_disturb_the_hand(desk: Desk) -> None:
    at = begin(desk)
    desk.click(at, RIGHT)
    assert desk.joint(0, NOSE).visibility is Visibility.VISIBLE
    release(desk, at)
    assert desk.joint(0, NOSE).pinned
    assert desk.session.history.depth == 1


def test_losing_the_focus_gives_the_drag_up(desk: Desk) -> None:
    before = desk.annotation
    at = begin(desk)
    lost = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(desk.canvas, lost)
    assert held(desk) == [desk.joint(0, NOSE).x, desk.joint(0, NOSE).y]
    release(desk, at)
    assert desk.annotation == before


def test_the_next_image_gives_the_drag_up(desk: Desk) -> None:
    before = desk.annotation
    at = begin(desk)
    desk.press(Key.Key_D)
    release(desk, at)
    desk.wait_for_people(2)
    assert not desk.session.history.can_undo
    desk.press(Key.Key_A)
    assert desk.annotation == before


def test_deleting_the_person_in_the_hand_ends_the_drag(desk: Desk) -> None:
    at = begin(desk)
    desk.press(Key.Key_Delete)
    release(desk, at)
    assert len(desk.people) == 1
    assert desk.session.history.depth == 1


def test_closing_the_window_gives_the_drag_up(desk: Desk) -> None:
    before, path = desk.annotation, desk.project_path
    record = desk.window.browser.record
    assert record is not None
    begin(desk)
    desk.close()
    with Project.open(path, read_only=True) as project:
        assert project.annotation(record.id) == before


def test_a_double_click_on_a_joint_selects_it_and_changes_nothing(desk: Desk) -> None:
    before = desk.annotation
    spot = desk.joint_spot(0, NOSE)
    QTest.mouseDClick(desk.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseMove(desk.canvas.viewport(), spot + QPoint(50, 50))
    assert desk.annotation == before
    assert desk.session.keypoint == NOSE


def test_a_late_answer_moves_the_others_and_not_the_joint_in_the_hand(desk: Desk) -> None:
    before = desk.people[0]
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    at = begin(desk)
    desk.predictor.gate.set()
    desk.wait_for_calm()
    assert desk.joint(0, RIGHT_WRIST).x != before.keypoints[RIGHT_WRIST].x
    assert held(desk) == pytest.approx(under(desk, at), abs=2 * desk.canvas.pixel)
    followed = desk.annotation
    release(desk, at)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).pinned
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == followed
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


# Beside the picture


@pytest.fixture
def outside(make_desk: MakeDesk, folder: Path) -> Desk:
    """A person whose upper half an import placed above the picture."""
    make_photo(folder / "outside.png")
    path = folder / "outside.clickpose"
    desk = make_desk()
    desk.open(folder)
    desk.wait_for_people(2)
    person = replace(desk.people[0], id="outside")
    annotation = transform_pose(ImageAnnotation((person,)), "outside", Similarity(dy=-80))
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        (image_id,) = project.add_images([("outside.png", None, None)])
        project.write(image_id, replace(annotation, state=ImageState.EDITED))
    desk.open(path)
    desk.wait(lambda: [p.id for p in desk.people] == ["outside"])
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    return desk


def test_joints_beside_the_picture_are_on_the_screen_and_can_be_grabbed(outside: Desk) -> None:
    desk = outside
    before = desk.annotation
    assert desk.joint(0, NOSE).y < 0
    assert desk.canvas.viewport().rect().contains(desk.joint_spot(0, NOSE))
    desk.click(desk.joint_spot(0, NOSE))
    assert desk.session.keypoint == NOSE
    assert desk.annotation == before


def test_a_joint_from_beside_the_picture_may_stay_there_and_may_come_in(outside: Desk) -> None:
    desk = outside
    y = desk.joint(0, NOSE).y
    desk.drag_joint(0, NOSE, 10, -5)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).y < y
    desk.drag(desk.joint_spot(0, NOSE), desk.spot(100, 40))
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).y == pytest.approx(40, abs=1)
    desk.drag(desk.joint_spot(0, NOSE), desk.spot(100, -20))
    assert desk.joint(0, NOSE).y == 0


def test_refining_leaves_imported_joints_beside_the_picture(outside: Desk) -> None:
    desk = outside
    eyes = [desk.joint(0, k) for k in (1, 2)]
    desk.drag_joint(0, LEFT_WRIST, 5, 5)
    desk.wait_for_calm()
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert [desk.joint(0, k) for k in (1, 2)] == eyes
    assert desk.joint(0, 1).y < 0


# Regions to ignore


def test_a_crowd_region_is_drawn_and_exported(desk: Desk, tmp_path: Path) -> None:
    before = desk.annotation
    desk.press(Key.Key_N, SHIFT)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    region = desk.people[2]
    assert (region.is_crowd, region.keypoints, region.box_source) == (True, (), Source.HUMAN)
    assert desk.session.person_id == region.id
    assert desk.stored() == desk.annotation
    assert "pose_in_box" not in desk.predictor.calls
    written = export(desk, tmp_path / "out.json")
    entry = written["annotations"][2]
    assert (entry["iscrowd"], entry["num_keypoints"]) == (1, 0)
    assert entry["bbox"] == pytest.approx(region.box.xywh)
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


def test_a_crowd_region_is_moved_and_resized_by_its_handles(desk: Desk) -> None:
    desk.press(Key.Key_N, SHIFT)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    before = desk.people[2].box
    assert desk.canvas.handle_spot(Handle.ROTATE) is None
    move = desk.canvas.handle_spot(Handle.MOVE)
    assert move is not None
    desk.drag(move.toPoint(), move.toPoint() + QPoint(30, 0))
    after = desk.people[2].box
    assert after.width == pytest.approx(before.width)
    assert after.x1 > before.x1
    desk.press(Key.Key_X, SHIFT)
    assert "Select a joint first" in desk.window.statusBar().currentMessage()
    desk.press(Key.Key_B, SHIFT)
    assert "no joints" in desk.window.statusBar().currentMessage()
    assert desk.people[2].box == after


# Nudges


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of nudges that never end by themselves, however slow the machine."""
    monkeypatch.setattr("clickpose_app.gui.nudging.PAUSE_MS", 10**7)


@pytest.mark.usefixtures("no_pause")
def test_nudges_in_succession_are_one_step(desk: Desk) -> None:
    before = desk.annotation
    desk.session.select(desk.people[0].id, NOSE)
    for key, keys in (
        (Key.Key_Left, ALT),
        (Key.Key_Left, ALT),
        (Key.Key_Up, ALT),
        (Key.Key_Down, ALT | SHIFT),
        (Key.Key_Right, ALT | SHIFT),
    ):
        desk.press(key, keys)
        assert desk.stored() == desk.annotation
    nose, old = desk.joint(0, NOSE), before.people[0].keypoints[NOSE]
    assert (nose.x - old.x, nose.y - old.y) == pytest.approx((8, 9))
    assert nose.pinned
    assert desk.file_name == "bild 1.png"
    assert desk.session.history.depth == 1
    assert "refine" not in desk.predictor.calls
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


@pytest.mark.usefixtures("no_pause")
def test_another_joint_or_another_edit_begins_another_step(desk: Desk) -> None:
    desk.session.select(desk.people[0].id, NOSE)
    desk.press(Key.Key_Left, ALT)
    desk.session.select(desk.people[0].id, LEFT_WRIST)
    desk.press(Key.Key_Left, ALT)
    assert desk.session.history.depth == 2
    desk.press(Key.Key_Q)
    desk.press(Key.Key_Left, ALT)
    assert desk.session.history.depth == 4


@pytest.mark.usefixtures("no_pause")
def test_an_undone_nudge_is_not_gone_on_with(desk: Desk) -> None:
    before = desk.joint(0, NOSE)
    desk.session.select(desk.people[0].id, NOSE)
    desk.press(Key.Key_Left, ALT)
    desk.press(Key.Key_Z, CTRL)
    desk.press(Key.Key_Left, ALT)
    assert desk.joint(0, NOSE).x == before.x - 1
    assert desk.session.history.depth == 1


def test_after_a_pause_the_others_follow_within_the_same_step(desk: Desk) -> None:
    before = desk.annotation
    desk.session.select(desk.people[0].id, NOSE)
    for _ in range(3):
        desk.press(Key.Key_Down, ALT | SHIFT)
    nose = desk.joint(0, NOSE)
    desk.wait(lambda: desk.joint(0, LEFT_WRIST) != before.people[0].keypoints[LEFT_WRIST])
    desk.wait_for_calm()
    assert desk.joint(0, NOSE) == nose
    while desk.session.history.can_undo:
        desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


def test_nudges_end_at_the_edge_of_the_picture(desk: Desk) -> None:
    desk.session.select(desk.people[0].id, NOSE)
    for _ in range(6):
        desk.press(Key.Key_Up, ALT | SHIFT)
    assert desk.joint(0, NOSE).y == 0


# Limbs


def test_shift_x_swaps_the_limb_that_hangs_from_the_joint(desk: Desk) -> None:
    before = desk.people[0]
    desk.session.select(before.id, LEFT_ELBOW)
    desk.press(Key.Key_X, SHIFT)
    after = desk.people[0]
    mirrored = builtin_skeleton().mirrored
    for k in range(17):
        swapped = k in (LEFT_ELBOW, LEFT_WRIST, LEFT_ELBOW + 1, RIGHT_WRIST)
        assert after.keypoints[k] == before.keypoints[mirrored[k] if swapped else k]
    assert "left elbow, left wrist" in desk.window.statusBar().currentMessage()
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


def test_a_joint_without_another_side_says_so(desk: Desk) -> None:
    before = desk.annotation
    desk.session.select(desk.people[0].id, NOSE)
    desk.press(Key.Key_X, SHIFT)
    assert "no other side" in desk.window.statusBar().currentMessage()
    assert desk.annotation == before
