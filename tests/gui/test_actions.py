"""The table of actions holds together, and the cheat sheet shows all of it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from clickpose_app.gui.actions import ACTIONS, GESTURES, MARKS, cheat_sheet
from clickpose_app.gui.sheet import CheatSheet
from tests.gui.desk import Desk


def test_no_key_has_two_meanings(desk: Desk) -> None:
    del desk  # keys are known only where there is an application
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


def test_every_action_does_something_and_is_in_a_menu(desk: Desk) -> None:
    assert set(desk.window.actions_by_name) == {spec.name for spec in ACTIONS}
    menus = desk.window.menuBar().findChildren(QMenu)
    listed = {action for menu in menus for action in menu.actions()}
    assert listed >= set(desk.window.actions_by_name.values())


def test_the_cheat_sheet_shows_every_action_gesture_and_mark(desk: Desk) -> None:
    del desk
    text = cheat_sheet()
    for spec in ACTIONS:
        assert spec.text.replace("&", "").rstrip("…") in text
    for left, right in (*GESTURES, *MARKS):
        assert right in text, left


def test_the_cheat_sheet_opens(desk: Desk) -> None:
    sheet = CheatSheet(desk.window)
    sheet.show()
    assert sheet.isVisible()
    sheet.close()


def test_undo_says_what_it_would_take_back(desk: Desk) -> None:
    undo = desk.window.actions_by_name["undo"]
    assert not undo.isEnabled()
    desk.drag_joint(0, 9, 30, 0)
    assert undo.isEnabled()
    assert undo.text() == "&Undo Move left wrist"
