"""Add, select and delete people."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from clickpose_app.core.annotation import ImageState, Source, Visibility
from clickpose_app.gui.tools import Tool
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_people_below_the_threshold_are_not_shown(desk: Desk) -> None:
    assert [person.score for person in desk.people] == [0.95, 0.80]


def test_a_drawn_box_adds_a_person_with_a_pose_in_it(desk: Desk) -> None:
    desk.press(Key.Key_N)
    assert desk.uses(Tool.NEW_PERSON)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait_for_calm()
    person = desk.people[2]
    box = (person.box.x1, person.box.y1, person.box.x2, person.box.y2)
    assert box == pytest.approx((150, 60, 250, 260), abs=1.5)
    assert person.box_source is Source.HUMAN
    assert person.labelled.all()
    assert all(person.box.contains(x, y) for x, y in person.xy)
    assert desk.session.person_id == person.id
    assert desk.uses(Tool.SELECT)
    assert desk.stored() == desk.annotation


def test_one_undo_takes_back_the_new_person_and_their_pose(desk: Desk) -> None:
    before = desk.annotation
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait_for_calm()
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


def test_a_box_over_others_is_drawn_and_grabs_no_joint(desk: Desk) -> None:
    before = desk.people
    desk.press(Key.Key_N)
    start = desk.joint_spot(0, NOSE)
    desk.drag(start, start + QPoint(120, 150))
    desk.wait_for_calm()
    assert desk.people[:2] == before
    assert len(desk.people) == 3


def test_a_slip_of_the_hand_adds_nobody(desk: Desk) -> None:
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(155, 62))
    assert len(desk.people) == 2
    assert desk.annotation.state is ImageState.PREDICTED


def test_escape_leaves_the_tool_then_the_joint_then_the_person(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_N)
    for expected in (
        (Tool.SELECT, desk.people[0].id, NOSE),
        (Tool.SELECT, desk.people[0].id, None),
        (Tool.SELECT, None, None),
    ):
        desk.press(Key.Key_Escape)
        assert (desk.canvas.tool, desk.session.person_id, desk.session.keypoint) == expected


def test_delete_removes_the_selected_person_and_undo_brings_them_back(desk: Desk) -> None:
    first, second = desk.people
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_Delete)
    assert [person.id for person in desk.people] == [second.id]
    assert desk.session.person_id is None
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.people == (first, second)


def test_an_image_whose_people_were_all_deleted_is_not_predicted_again(desk: Desk) -> None:
    for _ in range(2):
        desk.click(desk.joint_spot(0, NOSE))
        desk.press(Key.Key_Delete)
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.press(Key.Key_A)
    assert desk.people == ()
    assert desk.annotation.state is ImageState.EDITED


def test_a_click_in_a_box_selects_the_person(desk: Desk) -> None:
    box = desk.people[1].box
    desk.click(desk.spot(box.x1 + 4, box.y2 - 4))
    assert (desk.session.person_id, desk.session.keypoint) == (desk.people[1].id, None)


def test_a_click_beside_everybody_selects_nobody(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.click(desk.spot(200, 5))
    assert desk.session.person_id is None


def test_tab_and_digits_select_people(desk: Desk) -> None:
    ids = [person.id for person in desk.people]
    chosen = []
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_2, Key.Key_1, Key.Key_9):
        desk.press(key)
        chosen.append(ids.index(desk.session.person_id or ""))
    assert chosen == [0, 1, 0, 1, 0, 0]


def test_dragging_beside_a_joint_moves_the_view_and_nobody(desk: Desk) -> None:
    before, box = desk.annotation, desk.people[1].box
    start = desk.spot(box.x1 + 4, box.y2 - 4)
    desk.drag(start, start + QPoint(30, 20))
    assert desk.annotation == before
    assert desk.spot(box.x1 + 4, box.y2 - 4) == start + QPoint(30, 20)


def test_b_draws_the_box_anew_and_leaves_the_joints(desk: Desk) -> None:
    before = desk.people[0]
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_B)
    desk.drag(desk.spot(10, 20), desk.spot(200, 290))
    after = desk.people[0]
    assert after.keypoints == before.keypoints
    assert after.box_source is Source.HUMAN
    assert after.box.x1 == pytest.approx(10, abs=1.5)


def test_keys_that_need_a_person_say_so(desk: Desk) -> None:
    before = desk.annotation
    for key, word in ((Key.Key_Delete, "person"), (Key.Key_X, "person"), (Key.Key_Q, "joint")):
        desk.press(key)
        assert f"Select a {word} first" in desk.window.statusBar().currentMessage()
    assert desk.annotation == before


def test_the_lists_show_what_the_canvas_shows(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    poses = desk.window.poses
    assert [poses.people.index(row, 1).data() for row in range(2)] == ["95%", "80%"]
    assert poses.people.index(0, 2).data() == "1 of 17"
    assert poses.keypoints.index(LEFT_WRIST, 0).data() == "left wrist"
    assert poses.keypoints.index(LEFT_WRIST, 2).data() == "placed"
    assert poses.keypoints.index(NOSE, 2).data() == "90%"
    rows = poses.keypoint_view.selectionModel().selectedRows()
    assert [index.row() for index in rows] == [LEFT_WRIST]


def test_choosing_in_the_lists_selects_on_the_canvas(desk: Desk) -> None:
    poses = desk.window.poses
    poses.people_view.selectRow(1)
    poses.keypoint_view.selectRow(LEFT_WRIST)
    assert (desk.session.person_id, desk.session.keypoint) == (desk.people[1].id, LEFT_WRIST)


def test_a_new_person_without_a_network_can_be_placed_by_hand(desk: Desk) -> None:
    desk.predictor.failing.add("pose_in_box")
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait(lambda: desk.message)
    person = desk.people[2]
    assert all(k.visibility is Visibility.UNLABELLED for k in person.keypoints)
    desk.session.select(person.id, NOSE)
    desk.press(Key.Key_P)
    desk.click(desk.spot(200, 70))
    assert desk.joint(2, NOSE).visibility is Visibility.VISIBLE


@pytest.mark.parametrize("height", [720, 1000])
def test_all_joints_of_a_body_are_listed_without_scrolling(desk: Desk, height: int) -> None:
    desk.session.select(desk.people[0].id)
    desk.window.resize(1280, height)
    joints, people = desk.window.poses.keypoint_view, desk.window.poses.people_view
    desk.wait(lambda: desk.window.height() == height)
    desk.wait(lambda: not joints.verticalScrollBar().isVisible())
    assert joints.viewport().height() >= 17 * joints.verticalHeader().defaultSectionSize()
    assert people.viewport().height() >= 4 * people.verticalHeader().defaultSectionSize()


def test_a_line_between_the_lists_that_a_hand_has_moved_stays(desk: Desk) -> None:
    poses = desk.window.poses
    poses.moveSplitter(300, 1)
    poses.splitterMoved.emit(300, 1)  # as the handle does under a hand
    first = poses.sizes()[0]
    desk.window.resize(1200, desk.window.height())
    desk.wait(lambda: desk.window.width() == 1200)
    assert poses.sizes()[0] == first


@pytest.mark.parametrize("width", [800, 1280])
def test_the_picture_keeps_its_share_of_a_narrow_window(desk: Desk, width: int) -> None:
    desk.window.resize(width, 600)
    desk.wait(lambda: desk.window.width() <= max(width, desk.window.minimumSizeHint().width()))
    desk.wait(lambda: desk.canvas.width() >= 0.4 * desk.window.width())


@pytest.mark.parametrize(("width", "confident"), [(760, False), (1400, True)])
def test_joints_have_their_names_in_a_narrow_window(
    desk: Desk, width: int, confident: bool
) -> None:
    desk.session.select(desk.people[0].id)
    joints = desk.window.poses.keypoint_view
    words = joints.fontMetrics().horizontalAdvance("right shoulder")
    desk.window.resize(width, 600)
    desk.wait(lambda: joints.isColumnHidden(2) is not confident)
    desk.wait(lambda: joints.columnWidth(0) >= joints.iconSize().width() + words)
