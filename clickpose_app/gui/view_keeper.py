"""Keeps with the project where its person was: zoom, place and selection."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import told_error
from clickpose_app.gui.zoom_view import Outlook

SETTLED_MS = 300
"""How long nothing has changed when the view is written down."""

_VIEW = "window.view"


class _View(msgspec.Struct, frozen=True):
    """What is written down: of which image (file name), where, and who is selected."""

    image: str
    outlook: Outlook | None = None
    person_id: str | None = None
    keypoint: int | None = None


class ViewKeeper(QObject):
    """Writes the view of the current image with the project, and shows it again on opening."""

    failed = Signal(str, str)
    """A sentence and a way out."""

    def __init__(self, canvas: Canvas, browser: Browser, session: Session) -> None:
        """Follow the canvas; to be made after whoever shows pictures there is connected."""
        super().__init__(canvas)
        self._canvas, self._browser, self._session = canvas, browser, session
        self._wanted: _View | None = None
        self._written: _View | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        for changed in (
            canvas.pixel_changed,
            canvas.horizontalScrollBar().valueChanged,
            canvas.verticalScrollBar().valueChanged,
            session.selection_changed,
        ):
            changed.connect(self._on_view_changed)
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)
        browser.closing.connect(self._on_browser_closing)

    def write(self) -> None:
        """Write down what is seen now, unless that is written already."""
        project, view = self._browser.project, self._view()
        if project is None or project.read_only or view is None or view == self._written:
            return
        self._written = view
        try:
            project.set_setting(_VIEW, msgspec.json.encode(view).decode())
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))

    def _view(self) -> _View | None:
        """What is seen; None before the picture is there and what was wanted is shown."""
        record = self._browser.record
        if record is None or self._browser.picture is None or self._wanted is not None:
            return None
        session = self._session
        return _View(record.file_name, self._canvas.outlook, session.person_id, session.keypoint)

    def _on_view_changed(self) -> None:
        self._timer.start(SETTLED_MS)

    def _on_timer_timeout(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(SETTLED_MS)  # never in the way of a hand that drags
        else:
            self.write()

    def _on_browser_project_opened(self) -> None:
        self._wanted = self._written = None
        project = self._browser.project
        if project is not None:
            # Where none was kept, nothing is missing.
            with suppress(ClickPoseError, msgspec.DecodeError):
                self._wanted = msgspec.json.decode(project.setting(_VIEW, "null"), type=_View)

    def _on_browser_picture_ready(self) -> None:
        wanted, self._wanted = self._wanted, None
        record = self._browser.record
        if wanted is None or record is None or wanted.image != record.file_name:
            return
        if wanted.outlook is not None:
            self._canvas.show_outlook(wanted.outlook)
        person = next(
            (p for p in self._session.annotation.people if p.id == wanted.person_id), None
        )
        if person is not None and (wanted.keypoint or 0) < len(person.keypoints):
            self._session.select(person.id, wanted.keypoint)
        # Rounded to screen pixels; written once more, it would wander with every start.
        self._written = self._view()

    def _on_browser_closing(self) -> None:
        self._timer.stop()
        self.write()
