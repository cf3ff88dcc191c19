"""Clicks and active time go to the person whom they were spent on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.work import PersonWork, Spell, people_of
from clickpose_app.gui import stopwatch
from clickpose_app.gui.stopwatch import PAUSE_S
from clickpose_app.storage.project import Project
from clickpose_app.storage.work import record_work, worked_images
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The desk's clock, at rest; nothing has been counted yet."""
    clock = Clock()
    watch = desk.window.stopwatch
    monkeypatch.setattr(watch, "_clock", clock)
    desk.window.stopwatch.note_input()
    watch.write()
    return clock


def spells(desk: Desk) -> list[Spell]:
    """Everything in the project file, read from the outside."""
    with Project.open(desk.project_path, read_only=True) as project:
        return [spell for image in worked_images(project) for spell in image.spells]


def work(desk: Desk, person_id: str) -> PersonWork:
    """What somebody on the only image that was worked on has cost by now."""
    desk.window.stopwatch.write()
    with Project.open(desk.project_path, read_only=True) as project:
        (image,) = worked_images(project)
    (found,) = (work for work in people_of(image) if work.person_id == person_id)
    return found


@pytest.mark.usefixtures("clock")
def test_a_drag_is_one_click_whatever_follows_from_it(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    anna = work(desk, desk.people[0].id)
    assert (anna.clicks, anna.pinned, anna.by_hand, anna.saved) == (1, 1, 17, 16)


@pytest.mark.usefixtures("clock")
def test_undo_and_redo_are_clicks_too(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    desk.press(Key.Key_Z, CTRL)
    assert work(desk, desk.people[0].id).clicks == 2
    desk.press(Key.Key_Y, CTRL)
    anna = work(desk, desk.people[0].id)
    assert (anna.clicks, anna.by_hand) == (3, 17)


@pytest.mark.usefixtures("clock")
def test_visibility_boxes_and_deletion_are_clicks_of_the_person(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    assert work(desk, desk.people[0].id).clicks == 1
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 100), desk.spot(220, 280))
    desk.wait_for_calm()
    carl = desk.people[-1].id
    assert work(desk, carl).clicks == 1
    desk.press(Key.Key_Delete)
    assert (work(desk, carl).clicks, work(desk, carl).number) == (2, 0)


@pytest.mark.usefixtures("clock")
def test_what_changes_nothing_is_no_click(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    desk.press(Key.Key_Tab)
    start = desk.joint_spot(0, NOSE)
    desk.drag_begin(start, start + QPoint(40, 40))
    desk.press(Key.Key_Escape)
    desk.window.stopwatch.write()
    assert spells(desk) == []


def test_time_goes_to_the_selected_person_and_else_to_the_image(desk: Desk, clock: Clock) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    anna = desk.people[0].id
    for _ in range(3):
        clock.seconds += 5
        desk.drag_joint(0, LEFT_WRIST, 10, 0)
    clock.seconds += 2
    desk.session.select(None)
    clock.seconds += 7
    desk.window.stopwatch.note_input()
    assert work(desk, anna).seconds == pytest.approx(17)
    assert work(desk, "").seconds == pytest.approx(7)


def test_a_pause_does_not_count(desk: Desk, clock: Clock) -> None:
    desk.click(desk.joint_spot(0, NOSE))
    clock.seconds += PAUSE_S
    desk.drag_joint(0, LEFT_WRIST, 10, 0)
    clock.seconds += PAUSE_S + 1
    desk.drag_joint(0, LEFT_WRIST, 10, 0)
    assert work(desk, desk.people[0].id).seconds == pytest.approx(PAUSE_S)


def test_input_that_changes_nothing_is_work_nevertheless(desk: Desk, clock: Clock) -> None:
    handle = desk.window.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, QPoint(400, 300))
    clock.seconds += 20
    QTest.mouseMove(handle, QPoint(420, 310))
    desk.wait(lambda: desk.window.stopwatch._spent)
    assert work(desk, "").seconds == pytest.approx(20)


def test_leaving_the_image_writes_what_was_counted(desk: Desk, clock: Clock) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    anna = desk.people[0].id
    desk.wait_for_calm()
    clock.seconds += 3
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    (spell,) = spells(desk)
    assert (spell.person_id, spell.clicks, spell.placed) == (anna, 1, 1)
    assert spell.seconds == pytest.approx(3)
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.window.stopwatch.write()
    assert spells(desk)[-1].image_id != spell.image_id


@pytest.mark.usefixtures("clock")
def test_leaving_a_person_and_waiting_write_without_being_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopwatch, "_WRITE_AFTER_MS", 1)
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait(lambda: [spell.clicks for spell in spells(desk)] == [1])
    monkeypatch.setattr(stopwatch, "_WRITE_AFTER_MS", 10**9)
    monkeypatch.setattr(stopwatch, "_LEAVE_AFTER_MS", 1)
    desk.drag_joint(0, LEFT_WRIST, -40, 20)
    desk.press(Key.Key_Tab)
    desk.wait(lambda: [spell.clicks for spell in spells(desk)] == [1, 1])


@pytest.mark.usefixtures("clock")
def test_closing_the_window_writes_what_was_counted(desk: Desk) -> None:
    path = desk.project_path
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.close()
    with Project.open(path) as project:
        (image,) = worked_images(project)
    assert [spell.clicks for spell in image.spells] == [1]


def test_a_disk_that_refuses_is_told_of(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()

    def full(*_: object) -> None:
        with Project.open(desk.project_path, read_only=True) as project:
            record_work(project, [Spell(1, "", clock(), 1, 1, 0)])

    monkeypatch.setattr(stopwatch, "record_work", full)
    desk.window.stopwatch.write()
    assert "read-only" in desk.message


def test_a_project_that_is_only_looked_at_counts_nothing(
    make_desk: Callable[[], Desk], desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_desk()
    monkeypatch.setattr(other.window.files, "ask_read_only", lambda *_: True)
    other.open(folder)
    other.wait_for_people(2)
    other.click(other.joint_spot(0, NOSE))
    other.window.stopwatch.note_input()
    other.window.stopwatch.write()
    assert other.message == ""
    assert spells(desk) == []
