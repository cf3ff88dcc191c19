"""Joint by joint: each click places the next joint, and the network places the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageState, Source, Visibility
from clickpose_app.core.placing import is_unplaced
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.cursor_label import CursorLabel
from tests.fake_predictor import FakePredictor
from tests.gui.desk import NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT_EYE, RIGHT_EYE, LEFT_EAR = 1, 2, 3

# Where nobody stands: between the two people of the fake network.
SPOTS = [(200, 20), (204, 16), (196, 16), (208, 18), (192, 18)]


def begin(desk: Desk) -> None:
    desk.press(Key.Key_J, SHIFT)
    assert desk.window.placing.active


def place(desk: Desk, count: int, start: int = 0) -> None:
    for x, y in SPOTS[start : start + count]:
        desk.click(desk.spot(x, y))


def test_the_first_click_makes_a_person_with_one_joint(desk: Desk) -> None:
    begin(desk)
    place(desk, 1)
    person = desk.people[2]
    nose = person.keypoints[NOSE]
    assert (nose.x, nose.y) == pytest.approx((200, 20), abs=desk.canvas.pixel)
    assert nose.pinned
    assert all(is_unplaced(k) for k in person.keypoints[1:])
    assert person.box.contains(nose.x, nose.y)
    assert person.box.area > 0
    assert desk.session.person_id == person.id
    assert not desk.session.waiting
    assert desk.stored() == desk.annotation


def test_the_name_of_the_next_joint_is_at_the_cursor(desk: Desk) -> None:
    begin(desk)
    seen = []
    for x, y in SPOTS[:3]:
        QTest.mouseMove(desk.canvas.viewport(), desk.spot(x, y))
        (label,) = (w for w in desk.canvas.findChildren(CursorLabel) if w.isVisible())
        seen.append(label.text().split(" · ")[0])
        desk.click(desk.spot(x, y))
    assert seen == ["Click: nose", "Click: left eye", "Click: right eye"]


def test_from_the_second_joint_on_the_network_places_the_rest(desk: Desk) -> None:
    begin(desk)
    place(desk, 2)
    assert all(is_unplaced(k) for k in desk.people[2].keypoints[2:])
    desk.wait_for_calm()
    person = desk.people[2]
    assert person.labelled.all()
    assert list(person.pinned) == [True, True] + [False] * 15
    assert all(k.confidence is not None for k in person.keypoints[2:])
    assert person.box_source is Source.PREDICTED
    assert person.box.area > 100
    assert desk.stored() == desk.annotation
    assert desk.window.placing.next_joint == RIGHT_EYE


def test_placed_joints_stay_where_they_were_put(desk: Desk) -> None:
    begin(desk)
    placed = []
    for n in range(4):
        place(desk, 1, n)
        placed.append(desk.joint(2, n))
        desk.wait_for_calm()
    assert [desk.joint(2, n) for n in range(4)] == placed
    assert [k.pinned for k in desk.people[2].keypoints] == [True] * 4 + [False] * 13


def test_joints_placed_before_the_answer_are_part_of_the_question(desk: Desk) -> None:
    desk.predictor.gate.clear()
    begin(desk)
    place(desk, 4)
    desk.predictor.gate.set()
    desk.wait_for_calm()
    assert list(desk.people[2].pinned) == [True] * 4 + [False] * 13
    assert desk.people[2].labelled.all()


def test_each_joint_is_one_step_of_undo(desk: Desk) -> None:
    start = desk.annotation
    states = [start]
    begin(desk)
    for n in range(4):
        place(desk, 1, n)
        desk.wait_for_calm()
        states.append(desk.annotation)
    for expected in reversed(states[:-1]):
        desk.press(Key.Key_Z, CTRL)
        assert desk.annotation == expected
    assert desk.window.placing.next_joint == NOSE
    for expected in states[1:]:
        desk.press(Key.Key_Z, CTRL | SHIFT)
        assert desk.annotation == expected
    assert desk.window.placing.next_joint == 4


def test_backspace_takes_back_a_joint_and_deletes_nobody(desk: Desk) -> None:
    start = desk.people
    begin(desk)
    place(desk, 2)
    desk.wait_for_calm()
    desk.press(Key.Key_Backspace)
    assert desk.window.placing.next_joint == LEFT_EYE
    assert len(desk.people) == 3
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Backspace)
    assert desk.people == start
    place(desk, 1)
    assert desk.joint(2, NOSE).pinned


@pytest.mark.parametrize("by", ["key", "right click"])
def test_a_joint_that_is_left_out_stays_out(desk: Desk, by: str) -> None:
    begin(desk)
    place(desk, 1)
    if by == "key":
        desk.press(Key.Key_S)
    else:
        desk.click(desk.spot(200, 30), Qt.MouseButton.RightButton)
    place(desk, 2, 2)
    desk.wait_for_calm()
    assert not desk.joint(2, LEFT_EYE).labelled
    assert desk.joint(2, RIGHT_EYE).pinned
    assert desk.joint(2, LEFT_EAR).pinned
    assert desk.people[2].labelled.sum() == 16
    assert desk.window.poses.keypoints.index(LEFT_EYE, 2).data() == "left out"
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert not desk.joint(2, LEFT_EYE).labelled


def test_the_first_joint_can_be_left_out_too(desk: Desk) -> None:
    begin(desk)
    desk.press(Key.Key_S)
    assert desk.window.placing.next_joint == LEFT_EYE
    desk.press(Key.Key_Backspace)
    assert desk.window.placing.next_joint == NOSE
    desk.press(Key.Key_S)
    place(desk, 2)
    desk.wait_for_calm()
    labelled = desk.people[2].labelled
    assert not labelled[NOSE]
    assert labelled[1:].all()
    assert len([p for p in desk.people if p.pinned.any()]) == 1


def test_q_says_that_the_next_joint_is_occluded(desk: Desk) -> None:
    begin(desk)
    desk.press(Key.Key_Q)
    assert "occluded" in desk.window.placing.words
    place(desk, 2)
    assert desk.joint(2, NOSE).visibility is Visibility.OCCLUDED
    assert desk.joint(2, LEFT_EYE).visibility is Visibility.VISIBLE


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return])
def test_escape_and_enter_end_it_and_keep_the_person(desk: Desk, key: Key) -> None:
    begin(desk)
    place(desk, 2)
    desk.wait_for_calm()
    person = desk.people[2]
    desk.press(key)
    assert not desk.window.placing.active
    assert desk.people[2] == person
    assert (desk.session.person_id, desk.session.keypoint) == (person.id, None)
    desk.drag_joint(2, 16, 10, 0)
    desk.wait_for_calm()
    assert desk.joint(2, 16).pinned


def test_it_ends_after_the_last_joint(desk: Desk) -> None:
    desk.press(Key.Key_R, SHIFT)
    begin(desk)
    for n in range(17):
        desk.click(desk.spot(180 + 3 * n, 10 + 5 * n))
    assert not desk.window.placing.active
    assert desk.people[2].pinned.all()
    assert desk.predictor.calls.count("refine") == 0


def test_a_click_at_another_persons_joint_places_and_does_not_select(desk: Desk) -> None:
    before = desk.people[:2]
    begin(desk)
    desk.click(desk.joint_spot(0, 16))
    assert desk.people[:2] == before
    assert desk.session.person_id == desk.people[2].id


def test_zoom_and_pan_work_while_placing(desk: Desk) -> None:
    begin(desk)
    place(desk, 1)
    before = desk.people
    start = desk.spot(100, 100)
    desk.drag(start, start + QPoint(40, 30), Qt.MouseButton.MiddleButton)
    assert desk.spot(100, 100) == start + QPoint(40, 30)
    QTest.keyPress(desk.canvas, Key.Key_Space)
    desk.drag(start, start + QPoint(-15, 5))
    QTest.keyRelease(desk.canvas, Key.Key_Space)
    assert desk.people == before
    assert desk.window.placing.active


def test_another_tool_person_or_image_ends_it(desk: Desk) -> None:
    enders: list[Callable[[], object]] = [
        lambda: desk.press(Key.Key_N),
        lambda: desk.press(Key.Key_1),
        lambda: desk.press(Key.Key_Delete),
        lambda: desk.press(Key.Key_D),
    ]
    for ender in enders:
        begin(desk)
        place(desk, 1)
        ender()
        assert not desk.window.placing.active


def test_missing_joints_of_a_person_are_placed_one_after_another(desk: Desk) -> None:
    person = desk.people[0]
    desk.session.set_visibility(person.id, LEFT_EYE, Visibility.UNLABELLED)
    desk.session.set_visibility(person.id, LEFT_EAR, Visibility.UNLABELLED)
    desk.session.select(person.id)
    desk.press(Key.Key_P, SHIFT)
    assert desk.window.placing.next_joint == LEFT_EYE
    for x, y in ((90, 40), (96, 42)):
        desk.click(desk.spot(x, y))
    desk.wait_for_calm()
    assert not desk.window.placing.active
    assert [k for k in range(17) if desk.joint(0, k).pinned] == [LEFT_EYE, LEFT_EAR]


def test_a_person_who_lacks_nothing_is_gone_through_from_the_start(desk: Desk) -> None:
    desk.session.select(desk.people[0].id)
    desk.press(Key.Key_P, SHIFT)
    assert desk.window.placing.next_joint == NOSE
    desk.press(Key.Key_S)
    assert not desk.joint(0, NOSE).labelled
    assert desk.window.placing.next_joint == LEFT_EYE


def test_without_a_network_a_drawn_box_is_followed_by_its_joints(
    make_desk: Callable[[], Desk], predictor: FakePredictor, folder: Path
) -> None:
    predictor.failing.add("load")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message and not desk.canvas.image_size.isEmpty())
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    assert desk.window.placing.active
    for n in range(17):
        desk.click(desk.spot(160 + 4 * n, 70 + 10 * n))
    assert not desk.window.placing.active
    assert desk.people[0].pinned.all()
    assert desk.people[0].box_source is Source.HUMAN
    assert desk.stored() == desk.annotation


def test_a_network_that_cannot_be_loaded_after_all_leaves_the_joints_to_the_hand(
    make_desk: Callable[[], Desk], predictor: FakePredictor, folder: Path
) -> None:
    predictor.failing.add("load")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait(lambda: desk.window.placing.active)
    desk.wait_for_calm()
    assert len(desk.people) == 1


def test_a_pose_that_could_not_be_found_leaves_the_joints_to_the_hand(desk: Desk) -> None:
    desk.predictor.failing.add("pose_in_box")
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait(lambda: desk.window.placing.active)
    desk.click(desk.spot(200, 70))
    assert desk.joint(2, NOSE).pinned
    assert desk.window.placing.next_joint == LEFT_EYE


def test_another_skeleton_is_placed_by_hand(
    make_desk: Callable[[], Desk], predictor: FakePredictor, folder: Path
) -> None:
    predictor._skeleton = Skeleton("bee", ("head", "tail"), ((0, 1),), (), (0.1, 0.1))
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    begin(desk)
    for n in range(17):
        desk.click(desk.spot(160 + 4 * n, 70 + 10 * n))
    assert desk.people[0].pinned.all()
    box = desk.people[0].box
    assert all(box.contains(x, y) for x, y in desk.people[0].xy)
    assert desk.annotation.state is ImageState.EDITED
    assert desk.predictor.calls.count("refine") == 0


def test_a_lost_pose_is_asked_for_again_with_r(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.press(Key.Key_D)
    desk.press(Key.Key_A)
    desk.predictor.gate.set()
    assert not desk.people[2].labelled.any()
    desk.press(Key.Key_3)
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert desk.people[2].labelled.all()
