"""The table of actions holds together, and the cheat sheet shows all of it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from clickpose_app.gui.actions import ACTIONS, GESTURES, MARKS, cheat_sheet
from clickpose_app.gui.sheet import CheatSheet
from tests.gui.desk import Desk


def menus_of(desk: Desk) -> dict[str, QMenu]:
    """The menus of the bar by title, from left to right."""
    bar = desk.window.menuBar()
    of_action = {menu.menuAction(): menu for menu in bar.findChildren(QMenu)}
    return {a.text().replace("&", ""): of_action[a] for a in bar.actions() if a in of_action}


def test_no_key_has_two_meanings(desk: Desk) -> None:
    del desk  # keys are known only where there is an application
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


def test_every_action_does_something_and_is_in_a_menu(desk: Desk) -> None:
    assert set(desk.window.actions_by_name) == {spec.name for spec in ACTIONS}
    menus = desk.window.menuBar().findChildren(QMenu)
    listed = {action for menu in menus for action in menu.actions()}
    assert listed >= set(desk.window.actions_by_name.values())


def test_menus_are_in_the_order_of_the_work(desk: Desk) -> None:
    assert list(menus_of(desk)) == ["File", "Edit", "Person", "Joint", "View", "Review", "Help"]


def test_no_menu_has_more_than_a_handful_of_entries_without_a_line(desk: Desk) -> None:
    for menu in menus_of(desk).values():
        kinds = "".join("|" if action.isSeparator() else "." for action in menu.actions())
        assert max(len(group) for group in kinds.split("|")) <= 5, menu.title()
        assert not kinds.startswith("|") and not kinds.endswith("|") and "||" not in kinds


def test_nudges_are_in_a_menu_of_their_own(desk: Desk) -> None:
    (nudges,) = menus_of(desk)["Joint"].findChildren(QMenu)
    assert len(nudges.actions()) == 8
    assert desk.window.actions_by_name["nudge_far_down"] in nudges.actions()


def test_the_tool_bar_divides_menus_and_ends_with_a_button(desk: Desk) -> None:
    (bar,) = desk.window.findChildren(QToolBar)
    assert [a.objectName() for a in bar.actions()][-1] == "accept"
    menu_of = {spec.name: spec.menu for spec in ACTIONS}
    for before, after in pairwise(bar.actions()):
        if not before.isSeparator() and not after.isSeparator():
            assert menu_of[before.objectName()] == menu_of[after.objectName()]


@pytest.mark.parametrize(("width", "words"), [(1800, True), (700, False)])
def test_a_narrow_window_keeps_every_button_and_drops_the_words(
    desk: Desk, width: int, words: bool
) -> None:
    (bar,) = desk.window.findChildren(QToolBar)
    accept = bar.widgetForAction(desk.window.actions_by_name["accept"])
    for step in (1200, 700, width):
        desk.window.resize(step, 700)
    with_words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    desk.wait(lambda: (bar.toolButtonStyle() == with_words) is words)
    desk.wait(lambda: accept.isVisible() and bar.rect().contains(accept.geometry()))


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
