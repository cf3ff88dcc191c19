"""Everything in the window can be reached by keyboard, and says what it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QToolButton,
    QWidget,
)

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.image_list import Show
from tests.gui.desk import Desk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier

_WORKED_WITH = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit)


def worked_with(desk: Desk) -> list[QWidget]:
    """What a mouse can press, type into or choose from now."""
    return [
        widget
        for kind in _WORKED_WITH
        for widget in desk.window.findChildren(kind)
        if widget.isVisible()
        and widget.window() is desk.window
        and not isinstance(widget, QScrollBar)
        # Parts that Qt builds its own widgets of, such as the headings of a table.
        and not isinstance(widget.parent(), QAbstractItemView | QLineEdit)
        and not widget.objectName().startswith("qt_")
    ]


def walk(
    desk: Desk, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[QWidget]:
    """What has the keyboard in turn while F6 is pressed, until it comes round."""
    desk.canvas.setFocus()
    seen: list[QWidget] = []
    while True:
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Key.Key_F6, modifier)
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            return seen
        seen.append(now)


@pytest.mark.parametrize("action", ["", "reviewing", "same_joint"])
def test_f6_reaches_all_that_has_no_key_of_its_own(desk: Desk, action: str) -> None:
    desk.session.select(desk.people[0].id, 0)
    if action:
        desk.window.actions_by_name[action].trigger()
    reached = walk(desk)
    # Buttons of the tool bar are entries of the menus, too.
    missed = [w for w in worked_with(desk) if w not in reached and not isinstance(w, QToolButton)]
    assert missed == []
    assert {*reached} >= {desk.canvas, desk.window.images.view, desk.window.poses.keypoint_view}


def test_shift_f6_goes_the_other_way(desk: Desk) -> None:
    forward = walk(desk)
    backward = walk(desk, SHIFT)
    assert backward[:-1] == forward[-2::-1]


def test_everything_has_a_name_for_those_who_hear_it(desk: Desk) -> None:
    nameless = [
        widget
        for widget in worked_with(desk)
        if not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_which_images_are_listed_is_chosen_by_keys(desk: Desk) -> None:
    desk.window.actions_by_name["search"].trigger()
    QTest.keyClick(desk.window.images.search, Key.Key_F6)
    box = desk.window.images.show_box
    assert QApplication.focusWidget() is box
    while box.currentData() != Show.PREDICTED.value:
        QTest.keyClick(box, Key.Key_Down)
    listed = [desk.window.browser.records[row] for row in desk.window.browser.images.shown]
    assert listed
    assert {record.state for record in listed} == {ImageState.PREDICTED}


def test_a_person_is_chosen_by_keys_in_the_list(desk: Desk) -> None:
    view = desk.window.poses.people_view
    while QApplication.focusWidget() is not view:
        QTest.keyClick(QApplication.focusWidget() or desk.canvas, Key.Key_F6)
    QTest.keyClick(view, Key.Key_Home)
    QTest.keyClick(view, Key.Key_Down)
    assert desk.session.person_id == desk.people[1].id


@pytest.mark.parametrize("action", ["numbers", "review_grid", "cheat_sheet", "about", "settings"])
def test_no_dialog_is_larger_than_the_screen(desk: Desk, action: str) -> None:
    sizes: list[QSize] = []

    def look() -> None:
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                sizes.append(top.frameGeometry().size())
                top.close()

    desk.session.select(desk.people[0].id, 0)
    QTimer.singleShot(0, look)  # those that wait for an answer
    desk.window.actions_by_name[action].trigger()
    look()
    (size,) = sizes
    screen = desk.window.screen().availableSize()
    assert size.width() <= screen.width()
    assert size.height() <= screen.height()
