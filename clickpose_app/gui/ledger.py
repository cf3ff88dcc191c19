"""The annotation of the image that is shown, step by step, as the project file has it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.history import History
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.histories import Histories
from clickpose_app.gui.unstored import Unstored


class Ledger(QObject):
    """Keeps the steps of each image, and stores where they have led; the session's alone.

    Attributes:
        histories: of the images that were worked on.
        history: of the image that is shown.
        unstored: what could not be written yet.
    """

    failed = Signal(str, str)
    """A sentence and a way out."""

    def __init__(self, browser: Browser, parent: QObject) -> None:
        """Write into the browser's project; nothing is annotated yet."""
        super().__init__(parent)
        self._browser = browser
        self.histories = Histories()
        self.history = History(ImageAnnotation())
        self.unstored = Unstored(browser, self)
        self.unstored.failed.connect(self.failed)

    @property
    def current(self) -> ImageAnnotation:
        """The annotation after the newest step."""
        return self.history.current

    def start_afresh(self) -> None:
        """Forget all steps of all images: another project is open."""
        self.histories.clear()
        self.history = History(ImageAnnotation())

    def turn_page(self) -> bool:
        """Go on with the image that is shown now; False if there is none."""
        project, record = self._browser.project, self._browser.record
        if project is None or record is None:
            return False
        if record.id not in self.histories:
            waiting = self.unstored.get(record.id)
            self.histories[record.id] = History(waiting or project.annotation(record.id))
        self.history = self.histories[record.id]
        return True

    def begin_with(self, found: ImageAnnotation) -> None:
        """Take what the network found on the image that is shown for its state before any step."""
        record = self._browser.record
        assert record is not None  # what is found on another image is told to nobody
        self.history = self.histories[record.id] = History(found)

    def has_steps(self, image_id: int) -> bool:
        """Whether somebody has worked on an image since the project was opened."""
        if image_id not in self.histories:
            return False
        history = self.histories.peek(image_id)
        return history.can_undo or history.can_redo

    def keep_found(self, image_id: int, poses: Sequence[PredictedPose]) -> None:
        """Store who was found on an image that is not shown and has no steps.

        Raises:
            ProjectError: if it cannot be stored.
        """
        project = self._browser.project
        assert project is not None
        found = edits.predicted_annotation(poses, score_threshold=SCORE_THRESHOLD)
        project.write(image_id, found)
        self.histories.drop(image_id)
        self._browser.note_annotation(image_id, found)

    def store(self) -> None:
        """Write what is current into the project file, in one transaction."""
        project, record = self._browser.project, self._browser.record
        if project is not None and record is not None and not project.read_only:
            self.unstored.store(record.id, self.current)
