"""Where one left off, kept in the user's own folder: the window's shape, and what a crash left.

A project that is open is noted in a marker file, which is removed when it is closed in peace.
The marker is locked through the operating system, so that one without a living owner tells of
a crash, while other windows of the same person keep theirs.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import platformdirs
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QSplitter

from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.texts import tr
from clickpose_app.storage.project_lock import LockHeldError, ProjectLock

if TYPE_CHECKING:
    from clickpose_app.gui.main_window import MainWindow

log = logging.getLogger(__name__)

_SETTLED_MS = 300
_SAID_MS = 15_000
_MARKERS = "open-*.json"


def state_folder() -> Path:
    """The user's own folder for what is kept between starts; made if it is not there."""
    folder = platformdirs.user_state_path("clickpose", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class _Marker(msgspec.Struct, frozen=True):
    """The text of a marker: the project file that was open."""

    project: str


class CrashMarker(QObject):
    """Notes which project this process has open, until it is closed in peace."""

    def __init__(self, browser: Browser, parent: QObject | None = None) -> None:
        """Follow the browser."""
        super().__init__(parent)
        self._browser = browser
        self._path: Path | None = None
        self._lock: ProjectLock | None = None
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.closing.connect(self._on_browser_closing)

    def _on_browser_project_opened(self) -> None:
        project = self._browser.project
        if project is None:
            return
        text = msgspec.json.encode(_Marker(str(project.path)))
        with _not_worth_an_error("noting the open project"):
            self._path = state_folder() / f"open-{uuid.uuid4().hex}.json"
            self._lock = ProjectLock(self._path)
            with atomic_file(self._path) as file:
                file.write(text)

    def _on_browser_closing(self) -> None:
        with _not_worth_an_error("forgetting the open project"):
            if self._path is not None:
                self._path.unlink(missing_ok=True)
            if self._lock is not None:
                self._lock.release()
        self._path = self._lock = None


def crashed_project() -> Path | None:
    """The project that was open when the application last ended without being closed.

    Asking takes the marker away, so that a project that brings the application down is not
    opened again and again.

    Returns:
        The newest one that is still there; None after an orderly end.
    """
    found: list[tuple[float, Path]] = []
    with _not_worth_an_error("looking for what was open"):
        for path in state_folder().glob(_MARKERS):
            with suppress(LockHeldError):  # another window that is alive
                lock = ProjectLock(path)
                try:
                    found.append((path.stat().st_mtime, _project_of(path)))
                    path.unlink(missing_ok=True)
                finally:
                    lock.release()
    there = [(time, project) for time, project in found if project.is_file()]
    return max(there)[1] if there else None


def keep(window: MainWindow, crashed: Path | None) -> None:
    """Give a window its shape, keep it from now on, and note what is open there.

    Args:
        window: not shown yet.
        crashed: the project that will be opened because of a crash; said when it is there.
    """
    WindowKeeper(window)
    CrashMarker(window.browser, window)

    def say() -> None:
        project = window.browser.project
        if project is not None and project.path == crashed:
            window.statusBar().showMessage(
                tr("ClickPose was not closed in peace. Everything is here, as you left it."),
                _SAID_MS,
            )

    if crashed is not None:
        once = Qt.ConnectionType.SingleShotConnection
        window.browser.project_opened.connect(say, once)


class WindowKeeper(QObject):
    """Keeps the size and place of the window and of its panels between starts."""

    def __init__(self, window: QMainWindow) -> None:
        """Give the window the shape that it had, and note what it becomes.

        Splitters are known by their object names; those without one are left alone.
        """
        super().__init__(window)
        self._window = window
        self._splitters = {s.objectName(): s for s in window.findChildren(QSplitter)}
        self._splitters.pop("", None)
        self._restore()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        for splitter in self._splitters.values():
            splitter.splitterMoved.connect(self._on_shape_changed)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 (Qt's)
        """Notice that the window was moved or resized."""
        kind = QEvent.Type
        if event.type() in (kind.Resize, kind.Move, kind.WindowStateChange):
            self._on_shape_changed()
        elif event.type() == kind.Close:
            self.write()
        return False

    def write(self) -> None:
        """Write the shape down."""
        self._timer.stop()
        window = self._window
        shape = _Shape(
            bytes(window.saveGeometry().data()),
            {name: bytes(s.saveState().data()) for name, s in self._splitters.items()},
        )
        with (
            _not_worth_an_error("noting the shape of the window"),
            atomic_file(state_folder() / "window.json") as file,
        ):
            file.write(msgspec.json.encode(shape))

    def _restore(self) -> None:
        with suppress(OSError, msgspec.DecodeError):
            text = (state_folder() / "window.json").read_bytes()
            shape = msgspec.json.decode(text, type=_Shape)
            self._window.restoreGeometry(QByteArray(shape.geometry))
            for name, state in shape.splitters.items():
                if name in self._splitters:
                    self._splitters[name].restoreState(QByteArray(state))

    def _on_shape_changed(self) -> None:
        self._timer.start(_SETTLED_MS)


class _Shape(msgspec.Struct, frozen=True):
    """What Qt says of the window and of its splitters, by name."""

    geometry: bytes
    splitters: dict[str, bytes]


def _project_of(marker: Path) -> Path:
    try:
        return Path(msgspec.json.decode(marker.read_bytes(), type=_Marker).project)
    except msgspec.DecodeError:
        return Path()  # killed while writing it


@contextmanager
def _not_worth_an_error(what: str) -> Iterator[None]:
    """Go on when the user's folder cannot be used: it holds nothing but comfort."""
    try:
        yield
    except (OSError, ClickPoseError):
        log.info("%s failed", what, exc_info=True)
