"""The images that nobody has touched get the predictions of the project's own network."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import ImageSource, Inference
from clickpose_app.gui.pixels import PictureLoader
from clickpose_app.gui.session import Session

QUIET_MS = 3000
"""How long hands must rest before another image is looked at; a click would wait for it."""

_BREATH_MS = 20  # between two images, so that what waits for the window comes first


class Remaining(QObject):
    """Predicts one image after another while nobody works; begins with begin().

    Attributes:
        quiet_ms: how long hands must rest.
    """

    changed = Signal(int)
    """How many images are left."""

    def __init__(
        self, session: Session, browser: Browser, inference: Inference, loader: PictureLoader
    ) -> None:
        """Rest; begin() starts."""
        super().__init__(session)
        self._session, self._browser = session, browser
        self._inference, self._loader = inference, loader
        self.quiet_ms = QUIET_MS
        self._left: list[int] = []
        self._round = 0
        self._asked = False
        self._moved = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._predict_next)
        session.annotation_changed.connect(self._on_hands_moved)
        session.selection_changed.connect(self._on_hands_moved)
        browser.project_opened.connect(self.stop)

    @property
    def left(self) -> int:
        """How many images are to be looked at."""
        return len(self._left)

    def begin(self) -> None:
        """Look at every image that is new, or whose prediction is another network's."""
        outdated = self._session.outdated
        # The next ones in the list come first.
        self._left = [
            record.id
            for record in reversed(self._browser.records)
            if record.state is ImageState.NEW
            or (record.state is ImageState.PREDICTED and record.id in outdated)
        ]
        self._round += 1
        self._asked = False
        self.changed.emit(self.left)
        self._wait()

    def stop(self) -> None:
        """Look at no further image."""
        self._left = []
        self._round += 1
        self._timer.stop()

    def _wait(self) -> None:
        if self._left and not self._asked:
            rested_ms = int(1000 * (time.monotonic() - self._moved))
            self._timer.start(max(_BREATH_MS, self.quiet_ms - rested_ms))

    def _on_hands_moved(self) -> None:
        self._moved = time.monotonic()
        if self._timer.isActive():
            self._wait()

    def _predict_next(self) -> None:
        shown = self._browser.record
        while self._left:
            image_id = self._left.pop()
            row = self._browser.row_of(image_id)
            record, path = self._browser.records[row], self._browser.path_of(row)
            due = record.state is ImageState.NEW or image_id in self._session.outdated
            if path is not None and due and (shown is None or shown.id != image_id):
                self._ask(image_id, path)
                return
        self.changed.emit(0)

    def _ask(self, image_id: int, path: Path) -> None:
        source = ImageSource(path, lambda: self._loader.read(path).array)
        this_round, self._asked = self._round, True

        def done(poses: tuple[PredictedPose, ...] | None) -> None:
            if this_round != self._round:
                return
            self._asked = False
            if poses is not None:
                self._session.keep_prediction(image_id, poses)
            self.changed.emit(self.left)
            self._wait()

        self._inference.predict_quietly(source, done)
