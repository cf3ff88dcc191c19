"""An error that nobody foresaw: it is logged and said, and the person goes on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from clickpose_app.gui.texts import tr

log = logging.getLogger(__name__)


class UnexpectedErrors(QObject):
    """Shows what was raised in a slot or an event, where otherwise only a terminal would see it.

    Annotations are stored edit by edit, each in one transaction, so whatever was raised has
    left either the whole edit or none of it.
    """

    copy_wanted = Signal()
    """The person wants to tell somebody: the diagnostics are to go to the clipboard."""
    _raised = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        """Say it over the window; install() begins."""
        super().__init__(window)
        self._window = window
        self._box: QMessageBox | None = None
        self._said: set[str] = set()
        # Queued: it may have been raised while something was painted, on any thread.
        self._raised.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over what Python does with errors that nobody catches."""
        sys.excepthook = self.note
        threading.excepthook = lambda args: self.note(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an error; show it unless it has been shown before."""
        sys.__excepthook__(kind, error, trace)
        if not isinstance(error, Exception):
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        where = "".join(traceback.format_tb(trace))
        self._raised.emit(f"{kind.__name__}: {error}", where)

    def _show(self, what: str, where: str) -> None:
        # One that comes with each mouse move is said once.
        if where in self._said or self._box is not None:
            return
        self._said.add(where)
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Something unexpected happened"))
        box.setText(tr("ClickPose made a mistake: {error}").format(error=what))
        box.setInformativeText(
            tr(
                "Your annotations are safe: each edit is stored as soon as it is made. You can go "
                "on; if it happens again, copy the diagnostics and send them to us."
            )
        )
        box.setDetailedText(where)
        go_on = box.addButton(tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton(tr("Copy diagnostics"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_wanted)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.finished.connect(self._on_finished)
        self._box = box
        box.open()

    def _on_finished(self) -> None:
        self._box = None
