"""Undo and redo: without limit, for each image on its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clickpose_app.core.annotation import Visibility
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_five_hundred_edits_are_undone_and_redone(desk: Desk) -> None:
    person_id = desk.people[0].id
    states = [desk.annotation]
    for n in range(500):
        desk.session.move_keypoint(person_id, n % 17, 50.0 + n / 4, 60.0, refine=False)
        states.append(desk.annotation)
    for expected in reversed(states[:-1]):
        desk.session.undo()
        assert desk.annotation == expected
    assert not desk.session.history.can_undo
    assert desk.stored() == states[0]
    for expected in states[1:]:
        desk.session.redo()
        assert desk.annotation == expected
    assert not desk.session.history.can_redo
    assert desk.stored() == states[-1]


def test_undo_never_reaches_into_another_image(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    first = desk.annotation
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    second = desk.annotation
    for _ in range(3):
        desk.press(Key.Key_Z, CTRL)
    assert desk.file_name == "bild 2.png"
    assert desk.annotation == second
    desk.press(Key.Key_A)
    assert desk.annotation == first


def test_both_images_keep_their_own_steps(desk: Desk) -> None:
    start = {}
    for key in (Key.Key_D, Key.Key_A):
        start[desk.file_name] = desk.annotation
        desk.drag_joint(0, LEFT_WRIST, 30, 0)
        desk.wait_for_calm()
        desk.drag_joint(0, NOSE, 0, 10)
        desk.wait_for_calm()
        desk.press(key)
        desk.wait_for_people(2)
    for key in (Key.Key_D, Key.Key_A):
        for _ in range(2):
            desk.press(Key.Key_Z, CTRL)
        assert desk.annotation == start[desk.file_name]
        assert desk.stored() == start[desk.file_name]
        desk.press(key)


def test_redo_waits_for_the_return_to_the_image(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    after = desk.annotation
    desk.press(Key.Key_Z, CTRL)
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.press(Key.Key_Z, CTRL | SHIFT)
    desk.press(Key.Key_A)
    desk.press(Key.Key_Z, CTRL | SHIFT)
    assert desk.annotation == after
    assert desk.stored() == after


def test_every_kind_of_edit_of_people_is_one_step(desk: Desk) -> None:
    states = [desk.annotation]

    def done() -> None:
        desk.wait_for_calm()
        states.append(desk.annotation)

    desk.press(Key.Key_Y)
    done()
    desk.session.set_visibility(desk.people[0].id, NOSE, Visibility.OCCLUDED)
    done()
    desk.press(Key.Key_C, CTRL)
    desk.press(Key.Key_V, CTRL)
    done()
    desk.press(Key.Key_X)
    done()
    desk.press(Key.Key_Delete)
    done()
    desk.window.actions_by_name["delete_untouched"].trigger()
    done()
    assert len({id(state) for state in states}) == 7
    for expected in reversed(states[:-1]):
        desk.press(Key.Key_Z, CTRL)
        assert desk.annotation == expected
        assert desk.stored() == expected


@pytest.mark.parametrize("presses", [1, 2, 3])
def test_shift_tab_goes_back_through_the_people(desk: Desk, presses: int) -> None:
    ids = [person.id for person in desk.people]
    for _ in range(presses):
        desk.press(Key.Key_Backtab, SHIFT)
    assert desk.session.person_id == ids[(len(ids) - presses) % 2]


def test_a_new_person_is_the_last_in_the_order_of_tab(desk: Desk) -> None:
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.wait_for_calm()
    new = desk.people[2].id
    assert desk.session.person_id == new
    desk.press(Key.Key_Tab)
    assert desk.session.person_id == desk.people[0].id
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.session.person_id == new
