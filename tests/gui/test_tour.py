"""The tour: three stops, once, and again when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar, QWidget

from clickpose_app.gui.settings import Settings
from clickpose_app.gui.tour import Tour
from tests.gui.desk import NOSE, Desk

MakeDesk = Callable[[], Desk]


def tour_of(desk: Desk) -> Tour:
    tour = desk.window.shell.tour
    assert tour is not None
    return tour


def onward(desk: Desk) -> None:
    QTest.mouseClick(tour_of(desk).bubble.next, Qt.MouseButton.LeftButton)


def place_of(desk: Desk, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(desk.window, QPoint()), widget.size())


def button_of(desk: Desk, name: str) -> QWidget:
    bar = desk.window.findChildren(QToolBar)[0]
    return bar.widgetForAction(desk.window.actions_by_name[name])


def test_it_shows_a_joint_then_the_buttons_then_the_list(desk: Desk) -> None:
    desk.window.actions_by_name["tour"].trigger()
    tour = tour_of(desk)
    nose = desk.canvas.viewport().mapTo(desk.window, desk.joint_spot(0, NOSE))
    assert [hole.contains(nose) for hole in tour.holes] == [True]
    onward(desk)
    for name in ("undo", "refining"):
        button = place_of(desk, button_of(desk, name))
        assert any(hole.contains(button) for hole in tour.holes)
    assert "Ctrl+Z" in tour.bubble.text
    onward(desk)
    images = place_of(desk, desk.window.images).topLeft()
    assert any(hole.contains(images + QPoint(5, 5)) for hole in tour.holes)
    onward(desk)
    assert desk.window.shell.tour is None


def test_the_joint_that_it_shows_can_be_dragged(desk: Desk) -> None:
    desk.window.actions_by_name["tour"].trigger()
    tour = tour_of(desk)
    spot = desk.canvas.viewport().mapTo(desk.window, desk.joint_spot(0, NOSE))
    assert not tour.mask().contains(spot)
    assert tour.mask().contains(spot + QPoint(0, 150))
    desk.drag_joint(0, NOSE, 30, 0)
    desk.wait_for_calm()
    assert desk.joint(0, NOSE).pinned
    moved = desk.canvas.viewport().mapTo(desk.window, desk.joint_spot(0, NOSE))
    desk.wait(lambda: tour.holes[0].contains(moved))


def test_escape_skips_it_and_changes_nothing_else(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.window.actions_by_name["tour"].trigger()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Escape)
    assert desk.window.shell.tour is None
    assert desk.session.keypoint == NOSE


def test_after_it_keys_go_to_the_picture(desk: Desk) -> None:
    desk.window.actions_by_name["tour"].trigger()
    bubble = tour_of(desk).bubble
    for _ in range(3):
        bubble.next.setFocus()
        QTest.mouseClick(bubble.next, Qt.MouseButton.LeftButton)
    assert desk.window.shell.tour is None
    assert desk.canvas.hasFocus()


def test_it_comes_with_the_first_people_and_never_again(make_desk: MakeDesk, folder: Path) -> None:
    first = make_desk()
    first.window.shell.offer_tour()
    assert first.window.shell.tour is None
    first.open(folder)
    first.wait(lambda: first.window.shell.tour is not None)
    QTest.keyClick(tour_of(first).bubble.next, Qt.Key.Key_Escape)
    assert Settings.of_user().tour_seen
    first.close()
    again = make_desk()
    again.window.shell.offer_tour()
    again.open(folder)
    again.wait_for_people(2)
    again.qtbot.wait(50)
    assert again.window.shell.tour is None


def test_it_goes_back_and_follows_the_window(desk: Desk) -> None:
    desk.window.actions_by_name["tour"].trigger()
    tour = tour_of(desk)
    onward(desk)
    QTest.mouseClick(tour.bubble.before, Qt.MouseButton.LeftButton)
    assert tour.number == 0
    desk.window.resize(1200, 800)
    desk.wait(lambda: tour.size() == desk.window.size())
    nose = desk.canvas.viewport().mapTo(desk.window, desk.joint_spot(0, NOSE))
    desk.wait(lambda: tour.holes[0].contains(nose))


def test_without_a_picture_it_opens_the_demo_first(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    desk = make_desk()
    desk.window.actions_by_name["tour"].trigger()
    desk.wait(lambda: desk.window.shell.tour is not None)
    assert desk.file_name == "astronaut.jpg"
