"""Accept an image, send it back with a note, and walk through what is left to judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.image_list import Show
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def hold_space(desk: Desk, milliseconds: int) -> None:
    """Press Space and let go of it so much later, by the clock of the events."""
    desk.canvas.setFocus()
    for kind, time in ((QEvent.Type.KeyPress, 1000), (QEvent.Type.KeyRelease, 1000 + milliseconds)):
        event = QKeyEvent(kind, Key.Key_Space, PLAIN, " ")
        event.setTimestamp(time)
        QApplication.sendEvent(desk.canvas, event)


def send_back(desk: Desk, note: str) -> None:
    desk.press(Key.Key_Space, SHIFT)
    field = desk.window.review.bar.note
    assert field.hasFocus()
    field.clear()
    QTest.keyClicks(field, note)
    QTest.keyClick(field, Key.Key_Return)


def shown_kind(desk: Desk) -> Show:
    return desk.window.browser.images.view.show


def state_of(desk: Desk, row: int) -> ImageState:
    project = desk.window.browser.project
    assert project is not None
    return project.images()[row].state


def test_space_accepts_and_shows_the_next_image(desk: Desk) -> None:
    people = desk.people
    desk.press(Key.Key_Space)
    assert desk.file_name == "bild 2.png"
    assert state_of(desk, 0) is ImageState.REVIEWED
    desk.press(Key.Key_A)
    assert desk.people == people
    assert desk.annotation.state is ImageState.REVIEWED


def test_undo_takes_back_that_an_image_was_accepted(desk: Desk) -> None:
    before = desk.annotation
    desk.press(Key.Key_Space)
    desk.press(Key.Key_A)
    assert desk.window.actions_by_name["undo"].text() == "&Undo Accept"
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before == desk.stored()


def test_holding_space_pans_and_accepts_nothing(desk: Desk) -> None:
    hold_space(desk, 900)
    assert desk.file_name == "bild 1.png"
    start = desk.joint_spot(0, NOSE)
    QTest.keyPress(desk.canvas, Key.Key_Space)
    desk.drag(start, start + QPoint(40, 30))
    QTest.keyRelease(desk.canvas, Key.Key_Space)
    assert desk.file_name == "bild 1.png"
    assert desk.annotation.state is ImageState.PREDICTED
    hold_space(desk, 90)
    assert desk.file_name == "bild 2.png"


def test_space_in_the_image_list_accepts_as_well(desk: Desk) -> None:
    view = desk.window.images.view
    view.setFocus()
    QTest.keyClick(view, Key.Key_Space)
    assert (state_of(desk, 0), desk.file_name) == (ImageState.REVIEWED, "bild 2.png")


def test_space_on_a_button_presses_the_button(desk: Desk) -> None:
    desk.press(Key.Key_R, CTRL)
    button = next(b for b in desk.window.review.bar.findChildren(QPushButton) if b.isVisible())
    button.setFocus()
    pressed: list[bool] = []
    button.pressed.connect(lambda: pressed.append(True))
    QTest.keyPress(button, Key.Key_Space)
    assert pressed == [True]
    assert desk.file_name == "bild 1.png"


def test_an_image_whose_people_are_still_looked_for_is_not_accepted(
    make_desk: Callable[[], Desk], folder: Path
) -> None:
    desk = make_desk()
    desk.predictor.gate.clear()
    desk.open(folder)
    desk.wait(lambda: desk.window.browser.picture is not None)
    desk.press(Key.Key_Space)
    assert desk.file_name == "bild 1.png"
    assert "Wait until the people" in desk.window.statusBar().currentMessage()
    desk.predictor.gate.set()
    desk.wait_for_people(2)
    desk.press(Key.Key_Space)
    assert state_of(desk, 0) is ImageState.REVIEWED


def test_without_a_network_images_can_be_accepted(
    make_desk: Callable[[], Desk], folder: Path
) -> None:
    desk = make_desk()
    desk.predictor.failing.add("detect")
    desk.open(folder)
    desk.wait(lambda: desk.message)
    desk.press(Key.Key_Space)
    assert state_of(desk, 0) is ImageState.REVIEWED


def test_what_is_sent_back_carries_a_note_that_is_read_there(desk: Desk) -> None:
    send_back(desk, "left and right are swapped")
    assert desk.file_name == "bild 2.png"
    assert desk.canvas.hasFocus()
    desk.wait_for_people(2)
    assert not desk.window.review.bar.isVisible()
    desk.press(Key.Key_A)
    assert desk.annotation.state is ImageState.REJECTED
    assert desk.stored() == desk.annotation
    assert desk.window.review.bar.isVisible()
    assert desk.window.review.bar.text == "Note: left and right are swapped"
    record = desk.window.browser.record
    assert record is not None
    assert (record.note, record.need) == ("left and right are swapped", 1.0)


def test_a_note_stays_while_it_is_worked_on_and_goes_when_accepted(desk: Desk) -> None:
    send_back(desk, "nose")
    desk.press(Key.Key_A)
    desk.drag_joint(0, NOSE, 20, 0)
    assert (desk.annotation.state, desk.annotation.note) == (ImageState.EDITED, "nose")
    desk.wait_for_calm()
    desk.press(Key.Key_Space)
    desk.press(Key.Key_A)
    assert desk.annotation.note == ""
    assert not desk.window.review.bar.isVisible()
    desk.press(Key.Key_Z, CTRL)
    assert desk.window.review.bar.text == "Note: nose"


def test_escape_gives_a_note_up(desk: Desk) -> None:
    before = desk.annotation
    desk.press(Key.Key_Space, SHIFT)
    field = desk.window.review.bar.note
    QTest.keyClicks(field, "a dead end")
    QTest.keyClick(field, Key.Key_Escape)
    assert not field.isVisible()
    assert desk.canvas.hasFocus()
    assert (desk.annotation, desk.file_name) == (before, "bild 1.png")


def test_letters_of_a_note_do_nothing_else_even_when_the_mouse_moves(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_Space, SHIFT)
    field = desk.window.review.bar.note
    QTest.mouseMove(desk.canvas.viewport(), desk.spot(200, 100))
    QTest.keyClicks(field, "xdq n")
    assert field.text() == "xdq n"
    assert field.hasFocus()
    assert desk.file_name == "bild 1.png"
    assert desk.annotation.state is ImageState.PREDICTED


def test_review_mode_lists_what_is_to_be_judged_and_counts_down(desk: Desk) -> None:
    for _ in range(2):
        desk.press(Key.Key_D)
        desk.wait_for_people(2)
    desk.press(Key.Key_A)
    send_back(desk, "blurred")
    desk.press(Key.Key_R, CTRL)
    browser, bar = desk.window.browser, desk.window.review.bar
    assert shown_kind(desk) is Show.TO_REVIEW
    assert [browser.records[row].file_name for row in browser.images.shown] == [
        "bild 1.png",
        "bild 10.png",
    ]
    assert bar.text == "Review: 2 to go."
    assert desk.file_name == "bild 10.png"
    desk.press(Key.Key_A)
    assert desk.file_name == "bild 1.png"
    desk.press(Key.Key_Space)
    assert desk.file_name == "bild 10.png"
    assert bar.text == "Review: 1 to go."
    desk.press(Key.Key_Space)
    assert "last image" in desk.window.statusBar().currentMessage()
    desk.press(Key.Key_R, CTRL)
    assert shown_kind(desk) is Show.ALL
    assert not bar.isVisible()


def test_buttons_of_the_review_do_the_same(desk: Desk) -> None:
    desk.press(Key.Key_R, CTRL)
    accept, refuse = desk.window.review.bar.findChildren(QPushButton)
    QTest.mouseClick(refuse, Qt.MouseButton.LeftButton)
    QTest.keyClicks(desk.window.review.bar.note, "no")
    QTest.keyClick(desk.window.review.bar.note, Key.Key_Return)
    assert state_of(desk, 0) is ImageState.REJECTED
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert state_of(desk, 0) is ImageState.REVIEWED


def test_a_read_only_project_takes_no_verdict(
    make_desk: Callable[[], Desk], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = make_desk()
    monkeypatch.setattr(second.window.files, "ask_read_only", lambda *_: True)
    second.open(desk.project_path)
    second.wait_for_people(2)
    second.press(Key.Key_Space)
    send_back(second, "no")
    assert second.file_name == "bild 1.png"
    assert state_of(desk, 0) is ImageState.PREDICTED


def test_histories_are_kept_only_where_there_is_something_to_undo(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    for _ in range(2):
        desk.press(Key.Key_D)
        desk.wait_for_people(2)
    # The image that was edited, and the one that is shown.
    assert len(desk.session.ledger.histories) == 2
    desk.press(Key.Key_A)
    desk.press(Key.Key_A)
    assert desk.session.history.can_undo
