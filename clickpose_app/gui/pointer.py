"""Where the cursor is over the picture, for those who act there without being its tool."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from clickpose_app.gui.zoom_view import ZoomView


class Pointer(QObject):
    """Watches the mouse over a view and takes nothing of it away."""

    moved = Signal(object)
    """Where the cursor is now, a QPointF in image pixels; None when it has left."""

    def __init__(self, view: ZoomView) -> None:
        """Watch that view."""
        super().__init__(view)
        self._view = view
        self._at: QPointF | None = None
        view.viewport().installEventFilter(self)

    @property
    def spot(self) -> QPointF | None:
        """Where the cursor is, in image pixels; None if it is elsewhere."""
        return None if self._at is None else self._view.to_image(self._at)

    @property
    def pixel(self) -> float:
        """How many image pixels one screen pixel covers."""
        return self._view.pixel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Note where the mouse goes."""
        if event.type() == QEvent.Type.Leave:
            self._at = None
            self.moved.emit(None)
        elif isinstance(event, QMouseEvent):
            self._at = event.position()
            if event.type() == QEvent.Type.MouseMove:
                self.moved.emit(self.spot)
        return super().eventFilter(watched, event)
