"""Reference cycles are collected on the main thread, wherever memory is asked for."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clickpose_app.gui.cycles import CycleCollector


class Cycle(QObject):
    """Something of Qt that holds itself, and tells which thread lets go of it."""

    ended_on: ClassVar[list[threading.Thread]] = []

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        ended_on = self.ended_on
        weakref.finalize(self, lambda: ended_on.append(threading.current_thread()))


@pytest.fixture
def collector(qapp: QObject) -> Iterator[CycleCollector]:
    Cycle.ended_on.clear()
    collector = CycleCollector(qapp)
    yield collector
    collector.stop()
    collector.setParent(None)
    gc.unfreeze()


def allocate_in_another_thread() -> list[list[None]]:
    """More than Python lets pass without collecting."""
    held: list[list[None]] = []
    thread = threading.Thread(target=lambda: held.extend([None] for _ in range(200_000)))
    thread.start()
    thread.join()
    return held


@pytest.mark.usefixtures("collector")
def test_another_thread_never_destroys_what_is_qts(qtbot: QtBot) -> None:
    Cycle()
    held = allocate_in_another_thread()
    assert Cycle.ended_on == []
    qtbot.waitUntil(lambda: Cycle.ended_on != [], timeout=60_000)
    assert Cycle.ended_on == [threading.main_thread()]
    assert held


def test_what_is_made_later_is_collected_too(collector: CycleCollector, qtbot: QtBot) -> None:
    collector.settle()
    Cycle()
    held = allocate_in_another_thread()
    qtbot.waitUntil(lambda: Cycle.ended_on != [], timeout=60_000)
    assert Cycle.ended_on == [threading.main_thread()]
    assert held
