"""A mouse button that is down on the canvas."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

from clickpose_app.gui.drag import Gesture
from clickpose_app.gui.hit import Hit

_DRAG_FROM = 3.0  # screen pixels that make a click a drag


@dataclass
class Press:
    """A left button that is down: where it went down, on what, and what a drag would do."""

    at: QPointF
    hit: Hit | None
    gesture: Gesture | None
    last: QPointF
    keys: Qt.KeyboardModifier
    dragging: bool = False

    @property
    def person_id(self) -> str | None:
        """Who is in the hand."""
        if self.gesture is not None:
            return self.gesture.person_id
        return self.hit.person_id if self.hit is not None else None

    @property
    def far(self) -> bool:
        """Whether the hand has moved so far that this is no click any more."""
        moved = self.last - self.at
        return max(abs(moved.x()), abs(moved.y())) >= _DRAG_FROM
