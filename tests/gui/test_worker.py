"""One thread, most urgent first, nothing lost and nothing delivered twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from clickpose_app.gui.worker import Worker
from tests.gui.desk import PATIENCE_MS


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    del qtbot  # needed for its QApplication
    worker = Worker("test")
    yield worker
    assert worker.close(10)


class Gate:
    """Keeps the worker busy until opened."""

    def __init__(self, worker: Worker) -> None:
        self.event = threading.Event()
        worker.submit("waiting", self.event.wait, lambda _: None)


def test_results_arrive_on_the_main_thread(worker: Worker, qtbot: QtBot) -> None:
    threads: list[str] = []

    def run() -> str:
        return threading.current_thread().name

    worker.submit("x", run, lambda name: threads.extend((name, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(threads), timeout=PATIENCE_MS)
    assert threads == ["test", threading.main_thread().name]


def test_the_most_urgent_job_runs_first(worker: Worker, qtbot: QtBot) -> None:
    order: list[int] = []
    gate = Gate(worker)
    for priority in (2, 0, 1, 0):
        worker.submit("x", partial(int, priority), order.append, priority=priority)
    gate.event.set()
    qtbot.waitUntil(lambda: len(order) == 4, timeout=PATIENCE_MS)
    assert order == [0, 0, 1, 2]


def test_a_newer_job_replaces_a_queued_one_of_its_key(worker: Worker, qtbot: QtBot) -> None:
    got: list[str] = []
    gate = Gate(worker)
    for value in ("old", "new"):
        worker.submit("x", partial(str, value), got.append, key="same")
    worker.submit("x", lambda: "last", got.append)
    gate.event.set()
    qtbot.waitUntil(lambda: "last" in got, timeout=PATIENCE_MS)
    assert got == ["new", "last"]


def test_a_cancelled_job_does_not_run(worker: Worker, qtbot: QtBot) -> None:
    got: list[str] = []
    gate = Gate(worker)
    worker.submit("x", lambda: "cancelled", got.append, key="k")
    worker.cancel("k")
    worker.submit("x", lambda: "last", got.append)
    gate.event.set()
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert got == ["last"]


def test_jobs_held_back_wait_until_they_are_let_go(worker: Worker, qtbot: QtBot) -> None:
    got: list[int] = []
    worker.hold_back(1)
    for priority in (2, 1, 0):
        worker.submit("x", partial(int, priority), got.append, priority=priority)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert got == [0]
    worker.hold_back(None)
    qtbot.waitUntil(lambda: len(got) == 3, timeout=PATIENCE_MS)
    assert got == [0, 1, 2]


def test_a_failure_is_told_and_the_next_job_runs(worker: Worker, qtbot: QtBot) -> None:
    failures: list[tuple[str, str]] = []
    got: list[int] = []
    worker.failed.connect(lambda what, error: failures.append((what, str(error))))
    worker.submit("dividing", lambda: 1 / 0, lambda _: None)
    worker.submit("x", lambda: 1, lambda value: got.append(value))
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert failures == [("dividing", "division by zero")]


def test_it_says_what_it_does_and_when_it_rests(worker: Worker, qtbot: QtBot) -> None:
    said: list[str] = []
    worker.activity_changed.connect(said.append)
    worker.submit("reading", lambda: None, lambda _: None)
    qtbot.waitUntil(lambda: said == ["reading", ""], timeout=PATIENCE_MS)


def test_nothing_is_delivered_after_closing(qtbot: QtBot) -> None:
    worker = Worker("test")
    got: list[int] = []
    worker.submit("x", lambda: 1, got.append)
    assert worker.close(10)
    worker.submit("x", lambda: 2, got.append)
    qtbot.wait(20)
    assert got == []
