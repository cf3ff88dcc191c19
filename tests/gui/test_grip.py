"""What a hand does with the handles of a person, keys do as well."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import Source
from clickpose_app.core.geometry import Box
from clickpose_app.core.pose_edits import pose_centre
from clickpose_app.gui.grip import HANDLES, WORDS, Grip
from tests.gui.desk import LEFT_WRIST, SIZE, Desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
ALT_SHIFT = ALT | Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def chosen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The first person is selected by a key; runs of nudges never end by themselves."""
    monkeypatch.setattr("clickpose_app.gui.grip.PAUSE_MS", 10**7)
    desk.press(Key.Key_1)
    return desk


def take(desk: Desk, grip: Grip) -> None:
    """Press G until the keys hold it."""
    for _ in Grip:
        desk.press(Key.Key_G)
        if desk.window.gestures.grip.held is grip:
            return
    raise AssertionError(f"{grip} cannot be taken")


def said(desk: Desk) -> str:
    return desk.window.statusBar().currentMessage()


def corners(box: Box) -> list[float]:
    return [box.x1, box.y1, box.x2, box.y2]


def test_a_pose_is_moved_by_keys_in_one_step(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, Grip.MOVE)
    for _ in range(3):
        desk.press(Key.Key_Right, ALT)
    desk.press(Key.Key_Down, ALT_SHIFT)
    after = desk.people[0]
    assert np.allclose(after.xy - before.xy, (3, 10))
    assert all(keypoint.source is Source.HUMAN for keypoint in after.keypoints)
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


def test_a_pose_is_turned_by_keys_about_its_middle(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, Grip.ROTATE)
    desk.press(Key.Key_Right, ALT_SHIFT)
    desk.press(Key.Key_Left, ALT)
    after, centre = desk.people[0], np.array(pose_centre(before))
    (dx, dy), (to_x, to_y) = before.xy[LEFT_WRIST] - centre, after.xy[LEFT_WRIST] - centre
    turned = math.degrees(math.atan2(to_y, to_x) - math.atan2(dy, dx))
    assert math.hypot(to_x, to_y) == pytest.approx(math.hypot(dx, dy))
    assert turned == pytest.approx(9)
    for _ in range(9):
        desk.press(Key.Key_Left, ALT)
    assert np.allclose(desk.people[0].xy, before.xy)


def test_a_pose_is_scaled_by_keys(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, Grip.SCALE)
    desk.press(Key.Key_Up, ALT)
    larger = desk.people[0]
    assert np.allclose(np.ptp(larger.xy, axis=0), 1.01 * np.ptp(before.xy, axis=0))
    desk.press(Key.Key_Down, ALT_SHIFT)
    assert np.ptp(desk.people[0].xy) < np.ptp(before.xy)


@pytest.mark.parametrize(
    ("grip", "side", "key", "by"),
    [
        (Grip.LEFT, 0, Key.Key_Right, 1),
        (Grip.TOP, 1, Key.Key_Up, -1),
        (Grip.RIGHT, 2, Key.Key_Left, -1),
        (Grip.BOTTOM, 3, Key.Key_Up, -1),
    ],
)
def test_each_edge_of_a_box_is_moved_by_keys(
    chosen: Desk, grip: Grip, side: int, key: Qt.Key, by: int
) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, grip)
    desk.press(key, ALT)
    desk.press(key, ALT_SHIFT)
    after, expected = desk.people[0], corners(before.box)
    expected[side] += 11 * by
    assert corners(after.box) == pytest.approx(expected)
    assert after.box_source is Source.HUMAN
    assert after.keypoints == before.keypoints
    across = Key.Key_Left if side % 2 else Key.Key_Down
    desk.press(across, ALT)
    assert desk.people[0] == after
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


def test_an_edge_stops_at_the_edge_of_the_picture(chosen: Desk) -> None:
    desk = chosen
    take(desk, Grip.RIGHT)
    for _ in range(SIZE[0] // 10):
        desk.press(Key.Key_Right, ALT_SHIFT)
    assert desk.people[0].box.x2 == SIZE[0]


def test_a_box_alone_is_moved_by_keys(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, Grip.BOX)
    desk.press(Key.Key_Down, ALT)
    after = desk.people[0]
    assert after.box.y1 - before.box.y1 == pytest.approx(1)
    assert after.box.height == pytest.approx(before.box.height)
    assert after.keypoints == before.keypoints


def test_what_the_keys_hold_is_shown_and_said(chosen: Desk) -> None:
    desk = chosen
    before = desk.canvas.viewport().grab().toImage()
    take(desk, Grip.TOP)
    assert said(desk) == WORDS[Grip.TOP]
    assert desk.canvas.viewport().grab().toImage() != before
    desk.press(Key.Key_Escape)
    assert desk.window.gestures.grip.held is None
    assert desk.session.person_id == desk.people[0].id
    assert desk.canvas.viewport().grab().toImage() == before
    assert set(WORDS) == set(HANDLES) == set(Grip)


def test_shift_g_takes_the_handle_before_and_g_ends_with_none(chosen: Desk) -> None:
    desk = chosen
    grip = desk.window.gestures.grip
    desk.press(Key.Key_G, SHIFT)
    assert grip.held is Grip.BOTTOM
    desk.press(Key.Key_G)
    assert grip.held is None
    desk.press(Key.Key_Right, ALT)
    assert "Select a joint first" in said(desk)


def test_another_selection_lets_go(chosen: Desk) -> None:
    desk = chosen
    take(desk, Grip.MOVE)
    before = desk.people
    desk.click(desk.joint_spot(0, LEFT_WRIST))
    desk.press(Key.Key_Right, ALT)
    assert desk.joint(0, LEFT_WRIST).x == before[0].keypoints[LEFT_WRIST].x + 1
    assert desk.joint(0, 0) == before[0].keypoints[0]
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Right, ALT)
    assert desk.people[1] == before[1]


def test_without_a_person_there_is_nothing_to_take(desk: Desk) -> None:
    desk.press(Key.Key_G)
    assert desk.window.gestures.grip.held is None
    assert "Select a person first" in said(desk)


def test_a_region_to_ignore_is_a_box_in_the_keys(desk: Desk) -> None:
    desk.press(Key.Key_N, SHIFT)
    desk.drag(desk.spot(20, 20), desk.spot(80, 90))
    before = desk.people[-1]
    assert before.is_crowd
    desk.press(Key.Key_G)
    assert desk.window.gestures.grip.held is Grip.BOX
    desk.press(Key.Key_Right, ALT)
    assert desk.people[-1].box.x1 == pytest.approx(before.box.x1 + 1)


def test_an_undone_nudge_is_not_gone_on_with(chosen: Desk) -> None:
    desk = chosen
    before = desk.people[0]
    take(desk, Grip.MOVE)
    desk.press(Key.Key_Right, ALT)
    desk.press(Key.Key_Z, CTRL)
    desk.press(Key.Key_Right, ALT)
    desk.press(Key.Key_Z, CTRL)
    assert desk.people[0] == before


@pytest.mark.parametrize("where", ["picture", "list"])
def test_digits_of_the_number_pad_choose_a_person(desk: Desk, where: str) -> None:
    target = desk.canvas if where == "picture" else desk.window.poses.people_view
    target.setFocus()
    QTest.keyClick(target, Key.Key_2, KEYPAD)
    assert desk.session.person_id == desk.people[1].id
