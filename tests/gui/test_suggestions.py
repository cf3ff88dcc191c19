"""People whom the network is not sure of: offered faintly, stored only when accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageState, Source
from clickpose_app.core.transfer import without
from clickpose_app.gui.cursor_label import CursorLabel
from tests.gui.desk import NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def offered(desk: Desk) -> list[float]:
    return [pose.score for pose in desk.window.suggestions.shown]


def hints(desk: Desk) -> list[str]:
    """What stands at the cursor."""
    labels = desk.canvas.viewport().findChildren(CursorLabel)
    return [label.text() for label in labels if label.isVisible()]


def shin(desk: Desk) -> QPoint:
    """Between the left knee and ankle of the suggestion, on its limb."""
    (pose,) = desk.window.suggestions.shown
    x, y = (pose.keypoints[13] + pose.keypoints[15]) / 2
    return desk.spot(x, y)


def test_who_is_below_the_threshold_is_offered_and_not_stored(desk: Desk) -> None:
    desk.wait(lambda: offered(desk) == [0.10])
    assert [person.score for person in desk.stored().people] == [0.95, 0.80]
    assert desk.window.poses.people.rowCount() == 2


@pytest.mark.parametrize("how", ["click", "key", "key under the cursor"])
def test_one_gesture_accepts_a_suggestion_as_one_step(desk: Desk, how: str) -> None:
    desk.wait(lambda: offered(desk))
    before = desk.annotation
    (pose,) = desk.window.suggestions.shown
    if how == "click":
        desk.click(shin(desk))
    else:
        if how != "key":
            QTest.mouseMove(desk.canvas.viewport(), shin(desk))
        desk.press(Key.Key_Y)
    person = desk.people[2]
    assert person.xy == pytest.approx(pose.keypoints)
    assert all(k.source is Source.PREDICTED for k in person.keypoints)
    assert desk.session.person_id == person.id
    assert offered(desk) == []
    assert desk.annotation.state is ImageState.EDITED
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before
    assert offered(desk) == [0.10]


def test_a_drag_over_a_suggestion_moves_the_view_and_accepts_nobody(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    start = shin(desk)
    desk.drag(start, start + QPoint(30, 20))
    assert len(desk.people) == 2
    assert offered(desk) == [0.10]


def test_a_real_joint_wins_over_a_suggestion(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    (pose,) = desk.window.suggestions.shown
    x, y = pose.keypoints[15]
    person = desk.people[0]
    desk.session.move_keypoint(person.id, NOSE, float(x), float(y), refine=False)
    desk.click(desk.spot(float(x), float(y)))
    assert len(desk.people) == 2
    assert (desk.session.person_id, desk.session.keypoint) == (person.id, NOSE)


def test_a_click_in_a_persons_box_selects_them_unless_the_suggestion_is_smaller(
    desk: Desk,
) -> None:
    desk.wait(lambda: offered(desk))
    (pose,) = desk.window.suggestions.shown
    x, y = pose.box.x1 + 2, pose.box.y1 + 2  # in the box of person 1 as well
    assert desk.people[0].box.contains(x, y)
    assert pose.box.area < desk.people[0].box.area
    desk.session.set_box(desk.people[0].id, pose.box)
    desk.click(desk.spot(x, y))
    assert len(desk.people) == 2
    assert desk.session.person_id == desk.people[0].id


def test_suggestions_can_be_switched_off(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.press(Key.Key_Y, SHIFT)
    assert offered(desk) == []
    desk.press(Key.Key_Y)
    desk.click(desk.spot(200, 200))
    assert len(desk.people) == 2
    desk.press(Key.Key_Y, SHIFT)
    assert offered(desk) == [0.10]


def test_holding_h_hides_suggestions_too(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    QTest.keyPress(desk.canvas, Key.Key_H)
    assert offered(desk) == []
    QTest.keyRelease(desk.canvas, Key.Key_H)
    assert offered(desk) == [0.10]


def test_an_image_that_was_predicted_in_another_session_has_suggestions(
    desk: Desk, make_desk: Callable[[], Desk]
) -> None:
    project = desk.project_path
    desk.drag_joint(0, NOSE, 5, 5)
    desk.wait_for_calm()
    desk.close()
    again = make_desk()
    again.open(project)
    again.wait_for_people(2)
    again.wait(lambda: offered(again) == [0.10])


def test_each_image_has_its_own_suggestions(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.press(Key.Key_Y)
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.wait(lambda: offered(desk) == [0.10])
    desk.press(Key.Key_A)
    desk.wait_for_people(3)
    assert offered(desk) == []


def test_a_deleted_person_is_not_offered_again(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_Delete)
    assert offered(desk) == [0.10]


def test_somebody_whom_the_annotation_lacks_is_offered(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.session.apply(without(desk.annotation, [desk.people[0].id]), "Import another annotation")
    assert offered(desk) == [0.95, 0.10]
    desk.press(Key.Key_Y)
    assert desk.people[1].score == 0.95
    assert offered(desk) == [0.10]


def test_y_says_when_there_is_nothing_to_accept(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.press(Key.Key_Y)
    desk.press(Key.Key_Y)
    assert len(desk.people) == 3
    assert "no suggestion" in desk.window.statusBar().currentMessage()


def test_a_joint_in_the_hand_is_not_offered_a_suggestion(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    QTest.mouseMove(desk.canvas.viewport(), shin(desk))
    assert hints(desk) == ["Suggestion, 10% · Click or Y: accept"]
    desk.drag_begin(desk.joint_spot(0, NOSE), shin(desk))
    assert hints(desk) == []
    QTest.mouseRelease(
        desk.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    desk.wait_for_calm()


def test_nobody_is_suggested_beside_the_one_who_is_isolated(desk: Desk) -> None:
    desk.wait(lambda: offered(desk))
    desk.press(Key.Key_1)
    desk.press(Key.Key_I)
    assert offered(desk) == []
    desk.session.select(None)
    assert offered(desk) == [0.10]
    desk.press(Key.Key_2)
    assert offered(desk) == []
    desk.press(Key.Key_I)
    assert offered(desk) == [0.10]
