"""One background thread with a queue; results and failures come back on the main thread."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    what: str = field(compare=False)
    run: Callable[[], Any] = field(compare=False)
    done: Callable[[Any], None] = field(compare=False)
    key: Hashable | None = field(compare=False, default=None)
    brief: Callable[[], bool] | None = field(compare=False, default=None)


@dataclass(frozen=True)
class _Outcome:
    job: _Job
    value: Any = None
    error: Exception | None = None


class Worker(QObject):
    """Runs jobs one at a time on a thread of its own, the most urgent first.

    A job that raises reaches ``failed`` without anyone having to remember to show it.
    After ``close`` nothing is delivered any more.
    """

    failed = Signal(str, object)
    """What was attempted, and the exception."""
    activity_changed = Signal(str)
    """What is running now; empty when nothing is."""
    _finished = Signal(object)

    def __init__(self, name: str) -> None:
        """Start the thread; name is for the debugger."""
        # No parent: the thread holds this object, so Qt must not delete it first.
        super().__init__()
        self._queue: list[_Job] = []
        self._numbers = itertools.count()
        self._condition = threading.Condition()
        self._closing = False
        self._least_urgent: int | None = None
        self._running = ""
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        what: str,
        run: Callable[[], T],
        done: Callable[[T], None],
        *,
        key: Hashable | None = None,
        priority: int = 0,
        brief: Callable[[], bool] | None = None,
    ) -> None:
        """Queue a job.

        Args:
            what: for the status line, e.g. ``encoding``.
            run: called on the worker thread.
            done: called on the main thread with what run returned.
            key: a queued job of the same key is replaced by this one.
            priority: lower numbers run first; equal ones in the order they came.
            brief: asked on the worker thread whether it may run in the middle of a job that gives
                way; None for never.
        """
        with self._condition:
            if self._closing:
                return
            if key is not None:
                self._queue = [job for job in self._queue if job.key != key]
            self._queue.append(_Job(priority, next(self._numbers), what, run, done, key, brief))
            self._condition.notify()

    def cancel(self, key: Hashable) -> None:
        """Forget a queued job; one that runs already is not stopped."""
        with self._condition:
            self._queue = [job for job in self._queue if job.key != key]

    def hold_back(self, priority: int | None) -> None:
        """Start no job of this priority or a less urgent one until called with None."""
        with self._condition:
            self._least_urgent = priority
            self._condition.notify()

    def give_way(self) -> None:
        """Run the brief jobs that are queued; for long jobs to call now and then as they run."""
        running = self._running
        while (job := self._brief()) is not None:
            self._do(job)
            self._running = running
            self._emit(self.activity_changed, running)

    def must_give_way(self, priority: int) -> bool:
        """Whether a job of this priority that runs now keeps something more urgent waiting.

        To be asked by the job itself, on the worker thread, so that it can drop what it does.
        """
        with self._condition:
            urgent = any(job.priority < priority for job in self._queue)
            return self._closing or self._held(priority) or urgent

    def close(self, timeout_s: float) -> bool:
        """Drop what is queued, wait for what runs; True if the thread has ended."""
        with self._condition:
            self._closing = True
            self._queue.clear()
            self._condition.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _next(self) -> _Job | None:
        """Wait for a job that may start; None when closing."""
        with self._condition:
            while not self._closing:
                job = self._take(lambda _: True)
                if job is not None:
                    return job
                self._condition.wait()
        return None

    def _brief(self) -> _Job | None:
        """The most urgent brief job that may start now."""
        with self._condition:
            if self._closing:
                return None
            return self._take(lambda job: job.brief is not None and job.brief())

    def _take(self, wanted: Callable[[_Job], bool]) -> _Job | None:
        """The most urgent wanted job that may start now, queued no longer; with the lock held."""
        ready = [job for job in self._queue if not self._held(job.priority) and wanted(job)]
        if not ready:
            return None
        job = min(ready)
        self._queue.remove(job)
        return job

    def _held(self, priority: int) -> bool:
        return self._least_urgent is not None and priority >= self._least_urgent

    def _run(self) -> None:
        while (job := self._next()) is not None:
            self._do(job)

    def _do(self, job: _Job) -> None:
        self._running = job.what
        self._emit(self.activity_changed, job.what)
        try:
            outcome = _Outcome(job, value=job.run())
        except Exception as error:
            outcome = _Outcome(job, error=error)
        except BaseException as error:
            # A library's panic, say: the thread must live on, or nothing is ever answered.
            wrapped = RuntimeError(f"{type(error).__name__}: {error}")
            outcome = _Outcome(job, error=wrapped)
        self._emit(self.activity_changed, "")
        self._emit(self._finished, outcome)

    def _emit(self, signal: Any, value: object) -> None:
        # At the end of the application Qt may be gone while the last job still ran.
        if not self._closing:
            signal.emit(value)

    def _deliver(self, outcome: _Outcome) -> None:
        if self._closing:
            return
        if outcome.error is not None:
            self.failed.emit(outcome.job.what, outcome.error)
        else:
            outcome.job.done(outcome.value)
