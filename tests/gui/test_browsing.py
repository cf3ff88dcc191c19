"""From image to image, decoded and encoded ahead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.cursor_label import CursorLabel
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key


def test_predictions_are_stored_for_an_untouched_image(desk: Desk) -> None:
    assert desk.annotation.state is ImageState.PREDICTED
    assert desk.stored() == desk.annotation
    assert not desk.session.history.can_undo


@pytest.mark.parametrize(
    ("onward", "back"), [(Key.Key_D, Key.Key_A), (Key.Key_Right, Key.Key_Left)]
)
def test_letters_and_arrows_go_from_image_to_image(desk: Desk, onward: Key, back: Key) -> None:
    names = [desk.file_name]
    for key in (onward, onward, onward, back):
        desk.press(key)
        names.append(desk.file_name)
    first, second, third = "bild 1.png", "bild 2.png", "bild 10.png"
    assert names == [first, second, third, third, second]


def test_a_click_in_the_image_list_opens_the_image(desk: Desk) -> None:
    view = desk.window.images.view
    place = view.visualRect(desk.window.images.model.index(2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.file_name == "bild 10.png"


def test_the_list_shows_the_state_of_each_image(desk: Desk) -> None:
    model = desk.window.images.model
    role = Qt.ItemDataRole.AccessibleTextRole
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    assert [model.data(model.index(row), role) for row in range(2)] == [
        "bild 1.png, edited",
        "bild 2.png, new",
    ]


def test_the_next_image_is_encoded_before_it_is_asked_for(desk: Desk) -> None:
    desk.wait(lambda: desk.predictor.calls.count("detect") == 2)
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.wait(lambda: desk.predictor.calls.count("detect") == 3)
    assert desk.predictor.calls.count("encode") == 3


def test_an_image_is_encoded_once_however_often_it_is_shown(desk: Desk) -> None:
    for key in (Key.Key_D, Key.Key_A, Key.Key_D, Key.Key_A):
        desk.press(key)
        desk.wait_for_people(2)
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    assert desk.predictor.calls.count("encode") <= 3


def test_only_the_worker_thread_calls_the_network(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    assert desk.predictor.threads == {"network"}


def test_work_goes_on_where_it_was_left(desk: Desk, make_desk: Callable[[], Desk]) -> None:
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    left, project = desk.annotation, desk.project_path
    desk.close()
    again = make_desk()
    again.open(project)
    again.wait_for_people(2)
    assert again.file_name == "bild 2.png"
    assert again.annotation == left


def test_the_wheel_zooms_at_the_cursor(desk: Desk) -> None:
    place = QPointF(200, 150)
    before = desk.canvas.to_image(place)
    pixel = desk.canvas.pixel
    event = QWheelEvent(
        place,
        desk.canvas.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    desk.canvas.wheelEvent(event)
    after = desk.canvas.to_image(place)
    assert desk.canvas.pixel < pixel / 1.9
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=pixel)


def test_space_and_the_middle_button_pan_and_f_fits(desk: Desk) -> None:
    before = desk.annotation
    fitted = desk.spot(10, 10)
    start = desk.joint_spot(0, NOSE)
    QTest.keyPress(desk.canvas, Key.Key_Space)
    desk.drag(start, start + QPoint(40, 30))
    QTest.keyRelease(desk.canvas, Key.Key_Space)
    assert desk.spot(10, 10) == fitted + QPoint(40, 30)
    desk.drag(start, start + QPoint(-15, 5), Qt.MouseButton.MiddleButton)
    assert desk.spot(10, 10) == fitted + QPoint(25, 35)
    desk.press(Key.Key_F)
    assert desk.spot(10, 10) == fitted
    assert desk.annotation == before


def test_holding_h_hides_all_poses(desk: Desk) -> None:
    start = desk.joint_spot(0, NOSE)
    QTest.keyPress(desk.canvas, Key.Key_H)
    desk.click(start)
    assert desk.session.keypoint is None
    QTest.keyRelease(desk.canvas, Key.Key_H)
    desk.click(start)
    assert desk.session.keypoint == NOSE


def test_the_joint_under_the_cursor_is_named(desk: Desk) -> None:
    (label,) = desk.canvas.findChildren(CursorLabel)
    QTest.mouseMove(desk.canvas.viewport(), desk.joint_spot(0, LEFT_WRIST))
    assert label.isVisible()
    assert label.text().startswith("left wrist · ")
    QTest.mouseMove(desk.canvas.viewport(), desk.spot(200, 5))
    assert not label.isVisible()
