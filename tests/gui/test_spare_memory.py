from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from clickpose_app.app import make_window
from clickpose_app.gui import spare_memory
from clickpose_app.gui.spare_memory import (
    GROWN_BYTES,
    HURRIED_SECONDS,
    SpareMemory,
    give_back,
    resident_bytes,
)
from tests.fake_predictor import FakePredictor

_PIECE = 64 * 1024  # far below what the C library asks of the system one by one
_PIECES = 2000


def resident() -> int:
    """Bytes of anonymous memory of this process."""
    status = Path("/proc/self/status").read_text().splitlines()
    (found,) = (line for line in status if line.startswith("RssAnon"))
    return int(found.split()[1]) * 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others are not asked")
def test_what_was_freed_goes_back_to_the_system() -> None:
    if not give_back():
        pytest.skip("this C library is never asked")
    pieces = [bytearray(_PIECE) for _ in range(_PIECES)]
    last = bytearray(_PIECE)  # nothing above it, or the library would give all back by itself
    full = resident()
    del pieces
    assert give_back()
    assert full - resident() > _PIECE * _PIECES / 2
    assert len(last) == _PIECE


def test_memory_is_given_back_once_the_network_rests(qtbot: QtBot) -> None:
    given = threading.Event()
    spare = SpareMemory(give=given.set)
    timer = spare.findChild(QTimer)
    assert timer is not None
    timer.setInterval(0)
    spare.watch("encoding…")
    qtbot.wait(20)
    assert not given.is_set()
    spare.watch("")
    qtbot.waitUntil(given.is_set)


def test_whoever_goes_on_before_is_not_disturbed(qtbot: QtBot) -> None:
    given = threading.Event()
    spare = SpareMemory(give=given.set)
    spare.watch("")
    spare.watch("encoding…")
    timer = spare.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
    qtbot.wait(20)
    assert not given.is_set()


class Process:
    """One whose memory grows as it is told to, and that counts how often some is given back."""

    def __init__(self, qtbot: QtBot, settled: int = 10 * GROWN_BYTES) -> None:
        self._qtbot = qtbot
        self.settled = self.bytes = self.peak = settled
        self.given, self.seconds = 0, 0.0
        self._spare = SpareMemory(
            give=self.give, held=lambda: self.bytes, clock=lambda: self.seconds
        )

    def work(self, grown: int, seconds: float) -> None:
        """Encode an image."""
        self._spare.watch("encoding…")
        self.bytes += grown
        self.seconds += seconds
        self.peak = max(self.peak, self.bytes)
        self._spare.watch("")
        # A thread gives it back; nothing grows meanwhile.
        self._qtbot.waitUntil(lambda: not self._spare._giving.locked())

    def give(self) -> None:
        self.given += 1
        self.bytes = self.settled


def test_whoever_never_rests_keeps_no_more_than_a_bound(qtbot: QtBot) -> None:
    process = Process(qtbot)
    for _ in range(200):
        process.work(GROWN_BYTES // 10, HURRIED_SECONDS / 4)
    assert process.peak < process.settled + 1.2 * GROWN_BYTES
    assert process.given == 18  # at first, and then with every eleventh image


def test_whoever_hurries_is_not_disturbed_again_and_again(qtbot: QtBot) -> None:
    process = Process(qtbot)
    for _ in range(100):
        process.work(2 * GROWN_BYTES, HURRIED_SECONDS / 10)
    assert process.given == 10


def test_memory_that_does_not_grow_is_left_in_peace(qtbot: QtBot) -> None:
    process = Process(qtbot, settled=0)
    for _ in range(20):
        process.work(GROWN_BYTES // 100, HURRIED_SECONDS)
    assert process.given == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others do not say")
def test_the_process_knows_how_much_it_has() -> None:
    assert resident_bytes() > resident() > 0


def test_the_window_watches_its_network(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(SpareMemory, "watch", lambda _, activity: told.append(activity))
    window = make_window(FakePredictor)
    qtbot.addWidget(window)
    window.warm_up()
    qtbot.waitUntil(lambda: told[-1:] == [""] and len(told) >= 2)
    assert told[0]
    assert spare_memory.RESTS_AFTER_MS > 0
