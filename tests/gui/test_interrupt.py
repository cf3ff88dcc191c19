"""Ctrl+C in the terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from clickpose_app.app import close_on_interrupt
from clickpose_app.storage.project import Project
from tests.gui.desk import LEFT_WRIST, Desk


@pytest.fixture
def interruptible(desk: Desk) -> Iterator[Desk]:
    before = signal.getsignal(signal.SIGINT)
    close_on_interrupt(desk.window)
    yield desk
    signal.signal(signal.SIGINT, before)


def test_it_closes_the_window_after_the_edit_that_it_interrupts(interruptible: Desk) -> None:
    desk = interruptible
    path = desk.project_path
    open_then: list[bool] = []

    def interrupt() -> None:
        if not open_then:
            os.kill(os.getpid(), signal.SIGINT)
            open_then.append(desk.window.isVisible())

    desk.session.annotation_changed.connect(interrupt)
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    moved = desk.people[0]
    desk.wait(lambda: not desk.window.isVisible())
    assert open_then == [True]
    with Project.open(path, read_only=True) as project:
        (record, *_) = project.images()
        assert project.annotation(record.id).person(moved.id).pinned[LEFT_WRIST]
