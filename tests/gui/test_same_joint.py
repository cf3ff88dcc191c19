"""One joint of all people on all listed images, a click each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from clickpose_app.gui.tools import Tool
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def said(desk: Desk) -> str:
    bar = desk.window.same_joint.bar
    return bar.said.text() if bar.isVisible() else ""


def start(desk: Desk) -> None:
    """Select the left wrist of the first person, and begin."""
    desk.click(desk.joint_spot(0, LEFT_WRIST))
    desk.press(Key.Key_S, SHIFT)


def chosen(desk: Desk) -> tuple[str, int, int | None]:
    """File name, number of the selected person, selected joint."""
    ids = [person.id for person in desk.people]
    return desk.file_name, ids.index(desk.session.person_id or ""), desk.session.keypoint


def arrive(desk: Desk, words: str) -> None:
    desk.wait(lambda: words in said(desk))


def test_clicks_walk_through_people_and_images(desk: Desk) -> None:
    start(desk)
    assert said(desk).startswith("Click the left wrist: person 1 of 2, image 1 of 3.")
    for image in (1, 2, 3):
        arrive(desk, f"person 1 of 2, image {image}")
        for person in (0, 1):
            assert chosen(desk)[1:] == (person, LEFT_WRIST)
            assert desk.uses(Tool.PLACE)
            desk.click(desk.spot(100 + 20 * person, 150))
    assert said(desk) == ""
    assert desk.uses(Tool.SELECT)
    assert "last person of the last image" in desk.window.statusBar().currentMessage()
    desk.wait_for_calm()
    for _ in range(3):
        for person in (0, 1):
            joint = desk.joint(person, LEFT_WRIST)
            assert joint.pinned
            assert (joint.x, joint.y) == pytest.approx((100 + 20 * person, 150), abs=1.5)
        desk.press(Key.Key_A)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Right, Key.Key_Tab])
def test_a_key_skips_a_person_and_then_an_image(desk: Desk, key: Key) -> None:
    start(desk)
    desk.press(key)
    assert chosen(desk) == ("bild 1.png", 1, LEFT_WRIST)
    desk.press(key)
    arrive(desk, "person 1 of 2, image 2")
    assert chosen(desk) == ("bild 2.png", 0, LEFT_WRIST)
    assert not any(person.pinned.any() for person in desk.people)


def test_left_goes_back_to_the_last_person_of_the_image_before(desk: Desk) -> None:
    start(desk)
    for _ in range(2):
        desk.press(Key.Key_Right)
    arrive(desk, "person 1 of 2, image 2")
    desk.press(Key.Key_Left)
    arrive(desk, "person 2 of 2, image 1")
    assert chosen(desk) == ("bild 1.png", 1, LEFT_WRIST)


def test_escape_leaves_and_keeps_what_was_placed(desk: Desk) -> None:
    start(desk)
    desk.click(desk.spot(100, 150))
    desk.press(Key.Key_Escape)
    assert (said(desk), desk.canvas.tool) == ("", Tool.SELECT)
    assert desk.joint(0, LEFT_WRIST).pinned
    desk.press(Key.Key_Right)
    assert desk.file_name == "bild 2.png"


def test_the_key_that_began_it_ends_it(desk: Desk) -> None:
    start(desk)
    desk.press(Key.Key_S, SHIFT)
    assert said(desk) == ""


def test_another_tool_ends_it(desk: Desk) -> None:
    start(desk)
    desk.press(Key.Key_N)
    desk.wait(lambda: said(desk) == "")
    assert desk.uses(Tool.NEW_PERSON)


def test_it_needs_a_joint_to_begin_with(desk: Desk) -> None:
    desk.press(Key.Key_S, SHIFT)
    assert "Select the joint first" in desk.window.statusBar().currentMessage()
    assert said(desk) == ""


def test_images_without_people_are_passed_over(desk: Desk) -> None:
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    for _ in range(2):
        desk.click(desk.joint_spot(0, NOSE))
        desk.press(Key.Key_Delete)
    desk.press(Key.Key_A)
    start(desk)
    for _ in range(2):
        desk.press(Key.Key_Return)
    arrive(desk, "person 1 of 2, image 3")


def test_it_begins_with_the_person_who_is_selected(desk: Desk) -> None:
    desk.click(desk.joint_spot(1, NOSE))
    desk.press(Key.Key_S, SHIFT)
    assert chosen(desk) == ("bild 1.png", 1, NOSE)


def test_it_zooms_to_the_joint_if_asked(desk: Desk) -> None:
    start(desk)
    fitted = desk.canvas.pixel
    (zooming,) = desk.window.same_joint.bar.findChildren(QCheckBox)
    zooming.setFocus()
    QTest.keyClick(zooming, Key.Key_Space)
    assert zooming.isChecked()
    assert desk.canvas.pixel < fitted / 1.5
    desk.press(Key.Key_Return)
    middle = desk.canvas.viewport().rect().center()
    offset = desk.joint_spot(1, LEFT_WRIST) - middle
    assert max(abs(offset.x()), abs(offset.y())) <= 2


def test_another_project_ends_it(desk: Desk) -> None:
    start(desk)
    desk.window.browser.shut()
    assert said(desk) == ""
