"""Drag a joint: it is pinned, the others follow, one undo takes back both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from clickpose_app.core.annotation import ImageState, Source, Visibility
from clickpose_app.gui.tools import Tool
from tests.gui.desk import LEFT_WRIST, NOSE, RIGHT_WRIST, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_drag_pins_the_joint_and_the_others_follow(desk: Desk) -> None:
    before = desk.people[0]
    pixel = desk.canvas.pixel
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    after = desk.people[0]
    wrist = after.keypoints[LEFT_WRIST]
    assert wrist.source is Source.HUMAN
    assert wrist.x == pytest.approx(before.keypoints[LEFT_WRIST].x + 40 * pixel, abs=pixel)
    assert wrist.y == pytest.approx(before.keypoints[LEFT_WRIST].y + 20 * pixel, abs=pixel)
    moved = after.xy - before.xy
    assert moved[NOSE] == pytest.approx(moved[LEFT_WRIST], abs=1e-6)
    assert after.keypoints[NOSE].source is Source.PREDICTED
    assert desk.annotation.state is ImageState.EDITED
    assert desk.stored() == desk.annotation


def test_the_dragged_joint_is_stored_before_the_network_answers(desk: Desk) -> None:
    before = desk.people[0]
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    assert desk.stored().people[0].keypoints[LEFT_WRIST].pinned
    assert desk.stored().people[0].keypoints[NOSE] == before.keypoints[NOSE]


def test_other_people_stay_where_they_are(desk: Desk) -> None:
    other = desk.people[1]
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    assert desk.people[1] == other


def test_one_undo_takes_back_the_drag_and_what_followed(desk: Desk) -> None:
    before = desk.annotation
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    after = desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before
    assert desk.stored() == before
    desk.press(Key.Key_Z, CTRL | SHIFT)
    assert desk.annotation == after
    assert desk.stored() == after


def test_undo_survives_a_change_of_image(desk: Desk) -> None:
    before = desk.annotation
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    assert not desk.session.history.can_undo
    desk.press(Key.Key_A)
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before
    assert desk.stored() == before


def test_undo_before_the_answer_drops_the_answer(desk: Desk) -> None:
    before = desk.annotation
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait(lambda: "refine" in desk.predictor.calls)
    desk.press(Key.Key_Z, CTRL)
    desk.predictor.gate.set()
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.press(Key.Key_A)
    assert desk.annotation == before


def test_an_answer_for_another_image_is_dropped(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    dragged = desk.annotation
    desk.wait(lambda: "refine" in desk.predictor.calls)
    desk.press(Key.Key_D)
    desk.predictor.gate.set()
    desk.wait_for_people(2)
    assert not any(person.pinned.any() for person in desk.people)
    desk.press(Key.Key_A)
    assert desk.annotation == dragged


def test_a_newer_drag_wins_over_the_answer_to_an_older_one(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait(lambda: "refine" in desk.predictor.calls)
    desk.drag_joint(0, RIGHT_WRIST, -20, 30)
    pinned = [desk.joint(0, k) for k in (LEFT_WRIST, RIGHT_WRIST)]
    desk.predictor.gate.set()
    desk.wait_for_calm()
    assert [desk.joint(0, k) for k in (LEFT_WRIST, RIGHT_WRIST)] == pinned
    assert desk.predictor.calls.count("refine") == 2


def test_an_edit_of_somebody_else_does_not_cost_the_first_person_their_answer(desk: Desk) -> None:
    before = desk.people[0]
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait(lambda: "refine" in desk.predictor.calls)
    desk.click(desk.joint_spot(1, NOSE), Qt.MouseButton.RightButton)
    desk.predictor.gate.set()
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).x != before.keypoints[NOSE].x
    assert desk.joint(1, NOSE).visibility is Visibility.OCCLUDED


def test_what_a_person_placed_is_never_moved(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    placed = desk.joint(0, LEFT_WRIST)
    for k, dx in ((RIGHT_WRIST, -33), (NOSE, 17)):
        desk.drag_joint(0, k, dx, 9)
        desk.wait_for_calm()
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert desk.joint(0, LEFT_WRIST) == placed


def test_with_ctrl_only_the_joint_moves(desk: Desk) -> None:
    before = desk.people[0]
    start = desk.joint_spot(0, LEFT_WRIST)
    desk.drag(start, start + QPoint(40, 20), modifier=CTRL)
    assert not desk.session.waiting
    assert desk.joint(0, LEFT_WRIST).pinned
    assert desk.joint(0, NOSE) == before.keypoints[NOSE]


def test_the_switch_turns_following_off_and_r_asks_for_it(desk: Desk) -> None:
    before = desk.people[0]
    desk.press(Key.Key_R, SHIFT)
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    assert not desk.session.waiting
    assert desk.joint(0, NOSE) == before.keypoints[NOSE]
    alone = desk.annotation
    desk.press(Key.Key_R)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).x != before.keypoints[NOSE].x
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == alone


def test_unpinning_gives_the_joint_back_to_the_network(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    desk.drag_joint(0, RIGHT_WRIST, -10, 60)
    desk.wait_for_calm()
    placed = desk.joint(0, RIGHT_WRIST)
    desk.press(Key.Key_U)
    desk.wait_for_calm()
    assert not desk.joint(0, RIGHT_WRIST).pinned
    assert desk.joint(0, RIGHT_WRIST).y != placed.y
    assert desk.joint(0, LEFT_WRIST).pinned


def test_q_goes_round_the_visibilities(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    place = desk.people[0].xy[NOSE]
    seen = []
    for _ in range(3):
        desk.press(Key.Key_Q)
        seen.append(desk.joint(0, NOSE).visibility)
        assert desk.stored() == desk.annotation
    assert seen == [Visibility.OCCLUDED, Visibility.UNLABELLED, Visibility.VISIBLE]
    assert (desk.people[0].xy[NOSE] == place).all()
    assert not desk.joint(0, NOSE).pinned


def test_a_right_click_goes_round_the_visibilities_too(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    assert desk.joint(0, NOSE).visibility is Visibility.OCCLUDED
    assert (desk.session.person_id, desk.session.keypoint) == (desk.people[0].id, NOSE)


def test_an_unlabelled_joint_is_listed_and_can_be_put_back(desk: Desk) -> None:
    for _ in range(2):
        desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    assert desk.joint(0, NOSE).visibility is Visibility.UNLABELLED
    poses = desk.window.poses
    cell = poses.keypoints.index(NOSE, poses.keypoints.VISIBILITY_COLUMN)
    assert cell.data() == "not labelled"
    poses.keypoint_view.clicked.emit(cell)
    assert desk.joint(0, NOSE).visibility is Visibility.VISIBLE


def test_a_joint_chosen_in_the_list_is_placed_by_the_next_click(desk: Desk) -> None:
    desk.session.select(desk.people[0].id)
    poses = desk.window.poses
    poses.keypoint_view.selectRow(NOSE)
    poses.keypoint_view.doubleClicked.emit(poses.keypoints.index(NOSE, 0))
    assert desk.uses(Tool.PLACE)
    desk.click(desk.spot(120, 80))
    assert desk.uses(Tool.SELECT)
    assert (desk.joint(0, NOSE).x, desk.joint(0, NOSE).y) == pytest.approx((120, 80), abs=1)
    assert desk.joint(0, NOSE).pinned


def test_shift_click_places_the_selected_joint(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.click(desk.spot(120, 80), modifier=SHIFT)
    assert (desk.joint(0, NOSE).x, desk.joint(0, NOSE).y) == pytest.approx((120, 80), abs=1)


def test_a_joint_dragged_out_of_the_picture_stays_at_its_edge(desk: Desk) -> None:
    start = desk.joint_spot(0, NOSE)
    desk.drag(start, QPoint(start.x(), desk.spot(0, 0).y() - 9))
    assert desk.joint(0, NOSE).y == 0.0


def test_escape_gives_up_a_drag(desk: Desk) -> None:
    before = desk.annotation
    start = desk.joint_spot(0, NOSE)
    desk.drag_begin(start, start + QPoint(50, 50))
    desk.press(Key.Key_Escape)
    assert desk.annotation == before
    assert not desk.session.history.can_undo


def test_a_click_without_a_drag_changes_nothing(desk: Desk) -> None:
    before = desk.annotation
    start = desk.joint_spot(0, NOSE)
    desk.drag(start, start + QPoint(1, 1))
    assert desk.annotation == before
    assert desk.session.keypoint == NOSE


def test_a_refinement_that_arrives_during_the_next_drag_leaves_the_hand_alone(desk: Desk) -> None:
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    start = desk.joint_spot(0, NOSE)
    end = start + QPoint(25, 35)
    desk.drag_begin(start, end)
    desk.predictor.gate.set()
    desk.wait_for_calm()
    shown = desk.canvas.shown_xy(desk.people[0].id)[NOSE]
    held = desk.canvas.to_image(end.toPointF())
    assert shown == pytest.approx((held.x(), held.y()), abs=2 * desk.canvas.pixel)


def test_swapping_sides_exchanges_left_and_right(desk: Desk) -> None:
    left, right = desk.joint(0, LEFT_WRIST), desk.joint(0, RIGHT_WRIST)
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_X)
    assert (desk.joint(0, LEFT_WRIST), desk.joint(0, RIGHT_WRIST)) == (right, left)
