"""Handles of the selected person: the box by itself, the pose as a whole, never by accident."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from clickpose_app.core.annotation import Source
from clickpose_app.core.geometry import Box
from clickpose_app.gui.handles import SIDES, Handle
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def handle(desk: Desk, which: Handle) -> QPoint:
    spot = desk.canvas.handle_spot(which)
    assert spot is not None, which
    return spot.toPoint()


def corners(box: Box) -> list[float]:
    return [box.x1, box.y1, box.x2, box.y2]


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """A desk with the first person selected, and none of their joints."""
    desk.session.select(desk.people[0].id)
    return desk


@pytest.mark.parametrize("which", SIDES)
def test_a_handle_moves_its_sides_of_the_box_and_nothing_else(chosen: Desk, which: Handle) -> None:
    desk = chosen
    before = desk.people[0]
    start = handle(desk, which)
    dx, dy = -12, 10
    desk.drag(start, start + QPoint(dx, dy))
    after, pixel = desk.people[0], desk.canvas.pixel
    x, y = SIDES[which]
    expected = corners(before.box)
    if x:
        expected[0 if x < 0 else 2] += dx * pixel
    if y:
        expected[1 if y < 0 else 3] += dy * pixel
    assert corners(after.box) == pytest.approx(expected, abs=pixel)
    assert after.box != before.box
    assert after.box_source is Source.HUMAN
    assert after.keypoints == before.keypoints
    assert desk.stored() == desk.annotation
    assert not desk.session.waiting


def test_a_resized_box_ends_at_the_edge_and_keeps_an_extent(chosen: Desk) -> None:
    desk = chosen
    desk.drag(handle(desk, Handle.LEFT), desk.spot(-30, 100))
    assert desk.people[0].box.x1 == 0.0
    desk.drag(handle(desk, Handle.RIGHT), desk.spot(-30, 100))
    assert 0 < desk.people[0].box.width < 5


def test_a_joint_goes_before_the_handle_that_it_lies_on(chosen: Desk) -> None:
    desk = chosen
    start = handle(desk, Handle.TOP_LEFT)
    desk.drag(desk.joint_spot(0, NOSE), start, modifier=CTRL)
    before = desk.people[0]
    desk.session.select(before.id)
    desk.drag(handle(desk, Handle.TOP_LEFT), start + QPoint(40, 40))
    assert desk.people[0].keypoints[NOSE] != before.keypoints[NOSE]
    assert desk.people[0].box_source is Source.PREDICTED


def test_only_the_selected_person_has_handles(desk: Desk) -> None:
    assert desk.canvas.handle_spot(Handle.MOVE) is None
    desk.session.select(desk.people[1].id)
    spot = desk.canvas.handle_spot(Handle.TOP_LEFT)
    assert spot is not None
    place = desk.canvas.to_image(spot)
    box = desk.people[1].box
    assert (place.x(), place.y()) == pytest.approx((box.x1, box.y1))
    desk.press(Key.Key_N)
    assert desk.canvas.handle_spot(Handle.MOVE) is None


def test_alt_at_an_edge_moves_the_box_alone(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    start = handle(desk, Handle.RIGHT)
    desk.drag(start, start + QPoint(20, 10), modifier=ALT)
    after, pixel = desk.people[0], desk.canvas.pixel
    assert after.box.x1 - before.box.x1 == pytest.approx(20 * pixel, abs=pixel)
    assert after.box.width == pytest.approx(before.box.width)
    assert after.keypoints == before.keypoints
    desk.drag(handle(desk, Handle.RIGHT), desk.spot(-500, 100), modifier=ALT)
    assert desk.people[0].box.x1 == pytest.approx(0)


def test_shift_b_fits_the_box_to_the_joints(chosen: Desk) -> None:
    desk = chosen
    desk.drag(handle(desk, Handle.BOTTOM_RIGHT), desk.spot(300, 299))
    before = desk.people[0]
    desk.press(Key.Key_B, SHIFT)
    after = desk.people[0]
    assert after.keypoints == before.keypoints
    assert after.box_source is Source.HUMAN
    assert all(after.box.contains(x, y) for x, y in after.xy)
    assert after.box.x2 < 200
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


def test_the_move_handle_moves_the_whole_pose_in_one_step(chosen: Desk) -> None:
    desk = chosen
    before = desk.annotation
    start = handle(desk, Handle.MOVE)
    desk.drag(start, start + QPoint(30, 20))
    after, pixel = desk.people[0], desk.canvas.pixel
    moved = after.xy - before.people[0].xy
    assert moved == pytest.approx(np.tile((30 * pixel, 20 * pixel), (17, 1)), abs=pixel)
    assert after.pinned.all()
    assert after.box.x1 - before.people[0].box.x1 == pytest.approx(moved[0][0])
    assert desk.people[1] == before.people[1]
    assert desk.stored() == desk.annotation
    assert not desk.session.waiting
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


@pytest.mark.parametrize("at", ["joint", "box"])
def test_alt_drag_anywhere_in_a_person_moves_their_pose(desk: Desk, at: str) -> None:
    before = desk.people[1]
    box = before.box
    start = desk.joint_spot(1, NOSE) if at == "joint" else desk.spot(box.x1 + 4, box.y2 - 4)
    desk.drag(start, start + QPoint(-25, 10), modifier=ALT)
    after, pixel = desk.people[1], desk.canvas.pixel
    moved = after.xy - before.xy
    assert moved == pytest.approx(np.tile((-25 * pixel, 10 * pixel), (17, 1)), abs=pixel)
    assert desk.session.person_id == before.id


def test_alt_drag_moves_the_selected_person_even_over_anothers_joint(chosen: Desk) -> None:
    desk = chosen
    other = desk.people[1]
    wrist = desk.joint_spot(1, 10)  # their right wrist, which the box below will cover
    desk.drag(handle(desk, Handle.RIGHT), desk.spot(300, 150))
    before = desk.people[0]
    desk.drag(wrist, wrist + QPoint(5, 10), modifier=ALT)
    assert desk.people[1] == other
    assert desk.people[0].keypoints != before.keypoints


def test_a_box_drawn_by_hand_stays_when_the_pose_is_moved(chosen: Desk) -> None:
    desk = chosen
    desk.press(Key.Key_B, SHIFT)
    before = desk.people[0]
    start = handle(desk, Handle.MOVE)
    desk.drag(start, start + QPoint(30, 20))
    assert desk.people[0].box == before.box
    assert desk.people[0].keypoints != before.keypoints


def test_the_turning_handle_turns_about_the_middle(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    middle = (before.xy.min(axis=0) + before.xy.max(axis=0)) / 2
    start = handle(desk, Handle.ROTATE)
    place = desk.canvas.to_image(start.toPointF())
    arm = np.array([place.x(), place.y()]) - middle
    quarter = middle + np.array((-arm[1], arm[0]))
    desk.drag(start, desk.spot(*quarter), modifier=SHIFT)
    after = desk.people[0]
    turned = (before.xy - middle) @ np.array([(0, 1), (-1, 0)]) + middle
    assert after.xy == pytest.approx(turned, abs=1e-6)
    assert desk.session.history.undo_label == "Turn pose"


def test_the_scaling_handle_scales_about_the_middle(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    middle = (before.xy.min(axis=0) + before.xy.max(axis=0)) / 2
    start = handle(desk, Handle.SCALE)
    place = desk.canvas.to_image(start.toPointF())
    arm = np.array([place.x(), place.y()]) - middle
    desk.drag(start, desk.spot(*(middle + arm / 2)))
    after = desk.people[0]
    assert after.xy == pytest.approx((before.xy - middle) / 2 + middle, abs=2 * desk.canvas.pixel)
    assert after.box.width == pytest.approx(before.box.width / 2, rel=0.05)
    assert desk.session.history.undo_label == "Scale pose"


def test_alt_at_a_corner_scales_the_pose_and_the_corner_opposite_stays(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    start = handle(desk, Handle.BOTTOM_RIGHT)
    box = before.box
    desk.drag(start, desk.spot((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2), modifier=ALT)
    after = desk.people[0]
    assert (after.box.x1, after.box.y1) == pytest.approx((box.x1, box.y1), abs=1e-6)
    assert after.box.width == pytest.approx(box.width / 2, rel=0.05)
    assert after.pinned.all()


def test_a_pose_is_shown_live_and_escape_puts_it_back(chosen: Desk) -> None:
    desk = chosen
    before = desk.annotation
    start = handle(desk, Handle.MOVE)
    desk.drag_begin(start, start + QPoint(30, 20))
    shown = desk.canvas.shown_xy(desk.people[0].id)
    assert shown[NOSE][0] == pytest.approx(desk.joint(0, NOSE).x + 30 * desk.canvas.pixel, abs=1)
    desk.press(Key.Key_Escape)
    assert (desk.canvas.shown_xy(desk.people[0].id) == desk.people[0].xy).all()
    assert desk.annotation == before
    assert not desk.session.history.can_undo


def test_the_middle_of_a_pose_stays_in_the_picture(chosen: Desk) -> None:
    desk = chosen
    start = handle(desk, Handle.MOVE)
    desk.drag(start, start + QPoint(-2000, 0))
    xy = desk.people[0].xy
    assert (xy.min(axis=0)[0] + xy.max(axis=0)[0]) / 2 == pytest.approx(0)
    assert xy.min() < 0


def test_a_click_on_a_handle_changes_nothing(chosen: Desk) -> None:
    desk = chosen
    before = desk.annotation
    for which in (Handle.MOVE, Handle.ROTATE, Handle.SCALE, Handle.TOP_LEFT):
        desk.click(handle(desk, which))
    assert desk.annotation == before
    assert desk.session.person_id == desk.people[0].id
    assert not desk.session.history.can_undo


def test_a_refinement_that_arrives_while_a_pose_is_moved_moves_it_in_the_hand(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    wrist = desk.joint(0, LEFT_WRIST)
    start = handle(desk, Handle.MOVE)
    desk.drag_begin(start, start + QPoint(0, 20))
    desk.predictor.gate.set()
    desk.wait_for_calm()
    person = desk.people[0]
    pixel = desk.canvas.pixel
    assert person.keypoints[LEFT_WRIST] == wrist
    shift = desk.canvas.shown_xy(person.id) - person.xy
    assert shift == pytest.approx(np.tile((0, 20 * pixel), (17, 1)), abs=pixel)


def test_handles_stay_in_the_window_when_the_top_of_the_box_is_not(chosen: Desk) -> None:
    desk = chosen
    for _ in range(5):
        desk.press(Key.Key_Plus)
    desk.canvas.centerOn(100, 250)
    assert desk.spot(100, 30).y() < 0
    spot = desk.canvas.handle_spot(Handle.MOVE)
    assert spot is not None
    assert desk.canvas.viewport().rect().contains(spot.toPoint())
