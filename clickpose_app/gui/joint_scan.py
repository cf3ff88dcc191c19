"""Reads the joints of all people of a project, on a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from clickpose_app.core.annotation import Person
from clickpose_app.core.joint_table import JointTable
from clickpose_app.gui.texts import tr
from clickpose_app.gui.worker import Worker
from clickpose_app.storage.project import Project

_SAID_EVERY = 1000  # images


class JointScan(QObject):
    """Makes the JointTable of a project without holding the window up."""

    progressed = Signal(int)
    """How many images have been read."""
    finished = Signal(object)
    """The JointTable."""
    failed = Signal(str, object)
    """What was attempted, and the exception."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread; nothing is read yet."""
        super().__init__(parent)
        self._worker = Worker("joints")
        self._worker.failed.connect(self.failed)
        self._stopping = Event()

    def start(self, project: Path) -> None:
        """Read a project file; it is opened a second time, to read along."""
        self._stopping.set()
        self._stopping = stopping = Event()
        self._worker.submit(
            tr("reading the people of {name}…").format(name=project.name),
            lambda: self._read(project, stopping),
            lambda table: None if stopping.is_set() else self.finished.emit(table),
            key="scan",
        )

    def stop(self) -> bool:
        """Stop; True if the thread has ended."""
        self._stopping.set()
        return self._worker.close(5.0)

    def _read(self, path: Path, stopping: Event) -> JointTable:
        with Project.open(path, read_only=True) as project:
            return JointTable.of(self._told(project, stopping), len(project.skeleton))

    def _told(self, project: Project, stopping: Event) -> Iterator[tuple[int, tuple[Person, ...]]]:
        for count, image in enumerate(project.people(), start=1):
            if stopping.is_set():
                return
            if count % _SAID_EVERY == 0:
                self.progressed.emit(count)
            yield image
