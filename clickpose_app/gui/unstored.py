"""Edits that the disk has refused: they wait here, and are stored as soon as that works."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.texts import told, told_error, tr

_AGAIN_AFTER_MS = 5000


class Unstored(QObject):
    """Stores annotations, and keeps those that cannot be stored now, by image.

    While any wait it tries again by itself, with every edit, and when the project is closed.
    """

    failed = Signal(str, str)
    """A sentence and a way out."""
    recovered = Signal()
    """All that waited is stored."""

    def __init__(self, browser: Browser, parent: QObject) -> None:
        """Write into the browser's project; nothing waits."""
        super().__init__(parent)
        self._browser = browser
        self._waiting: dict[int, ImageAnnotation] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.try_again)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.closing.connect(self._on_browser_closing)
        browser.may_leave = self.may_leave

    def __len__(self) -> int:
        """How many images have edits that are not stored."""
        return len(self._waiting)

    def get(self, image_id: int) -> ImageAnnotation | None:
        """What waits of an image, which is newer than what the project file says of it."""
        return self._waiting.get(image_id)

    def store(self, image_id: int, annotation: ImageAnnotation) -> None:
        """Write an annotation into the project, in one transaction, or keep it for later."""
        waited = bool(self._waiting)
        # The newest first: it is what the person has just seen.
        self._waiting = {image_id: annotation, **self._without(image_id)}
        error = self._write()
        if error is not None:
            self._say(error)
        elif waited:
            self.recovered.emit()

    def try_again(self) -> None:
        """Store what waits, if that works now; otherwise say so, and try later."""
        if self._waiting:
            error = self._write()
            if error is not None:
                self._say(error)
            else:
                self.recovered.emit()

    def may_leave(self) -> bool:
        """Whether the project may be closed: all is stored, or the person gives the rest up."""
        while self._waiting:
            error = self._write()
            if error is not None and not self.ask_again(error):
                return not self._waiting
        return True

    def ask_again(self, error: ClickPoseError) -> bool:
        """Say what would be lost; True to try once more. Whoever gives the edits up drops them."""
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Some edits are not stored"))
        box.setText(told(error.said[0]))
        waiting = tr("The last edits on %n image(s) would be lost.", len(self._waiting))
        box.setInformativeText(f"{told(error.said[1])}\n{waiting}".strip())
        again = box.addButton(tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
        lose = box.addButton(tr("Lose these edits"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Stay here"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(again)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is lose:
            self._waiting.clear()
        return clicked is again

    def _without(self, image_id: int) -> dict[int, ImageAnnotation]:
        return {i: waiting for i, waiting in self._waiting.items() if i != image_id}

    def _write(self) -> ClickPoseError | None:
        """Store what waits until the disk refuses; what it says then."""
        project = self._browser.project
        if project is None:
            return None
        self._timer.stop()
        for image_id, annotation in list(self._waiting.items()):
            try:
                project.write(image_id, annotation)
            except ClickPoseError as error:
                self._timer.start(_AGAIN_AFTER_MS)
                return error
            del self._waiting[image_id]
            self._browser.note_annotation(image_id, annotation)
        return None

    def _say(self, error: ClickPoseError) -> None:
        message, hint = told_error(error)
        waiting = tr(
            "The edits on %n image(s) wait here and are stored as soon as that works: leave the "
            "window open.",
            len(self._waiting),
        )
        self.failed.emit(message, f"{hint} {waiting}".strip())

    def _on_browser_image_opened(self) -> None:
        if self._waiting:
            self._timer.start(0)  # the message of the image before has just been hidden

    def _on_browser_closing(self) -> None:
        self._write()
        self._waiting.clear()
        self._timer.stop()
