"""Says it when the network takes so long that it may never come to an end."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from clickpose_app.gui.inference import Inference
from clickpose_app.gui.texts import tr

PATIENCE_MS = 60_000
"""Loading and the largest photo take a tenth of it on a slow computer."""


class Patience(QObject):
    """Watches what the network does; nothing is stopped, since a thread cannot be."""

    lost = Signal(str, str)
    """A sentence and a way out, once for each thing that takes too long."""

    def __init__(self, inference: Inference, parent: QObject) -> None:
        """Follow the network of that window."""
        super().__init__(parent)
        self._doing = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        inference.activity_changed.connect(self._on_inference_activity_changed)

    def _on_inference_activity_changed(self, what: str) -> None:
        self._doing = what
        if what:
            self._timer.start(PATIENCE_MS)
        else:
            self._timer.stop()

    def _on_timer_timeout(self) -> None:
        self.lost.emit(
            tr("The network does not answer ({doing}).").format(doing=self._doing.rstrip("…")),
            tr(
                "Every edit is stored, and you can go on by hand; if it stays so, close ClickPose "
                "and open it again."
            ),
        )
