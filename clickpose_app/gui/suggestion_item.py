"""A suggested person: faint dashes under the real people, and what lies under a click on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.widgets import rect_of

_Z = 0.3  # under real people (1 and 2) and ghosts (0.5)
_ROOM = 4.0  # screen pixels around it that drawing may take
_REACH = 8.0  # screen pixels from its limbs that still mean it


class SuggestionItem(QGraphicsItem):
    """One pose that nobody has accepted; brighter, with its box, while the cursor is over it."""

    def __init__(self, skeleton: Skeleton, pose: PredictedPose) -> None:
        """Draw that pose."""
        super().__init__()
        self.pose = pose
        self._limbs = skeleton.limbs
        self._pixel = 1.0
        self._hovered = False
        self.setZValue(_Z)

    def set_pixel(self, pixel: float) -> None:
        """Tell how many image pixels one screen pixel covers."""
        self.prepareGeometryChange()
        self._pixel = pixel

    def show_hover(self, hovered: bool) -> None:
        """Draw it as what a click would accept, or not."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """Box and limbs, with room for their width."""
        box = self.pose.box.grown_to(self.pose.keypoints)
        room = _ROOM * self._pixel
        return rect_of(box).adjusted(-room, -room, room, room)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Box and limbs in neutral dashes, so that nobody takes it for a person."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = self.pose.box
        rect = rect_of(box)
        strength = 0.95 if self._hovered else 0.5
        for ground, colour, width in ((True, palette.CASING, 3.0), (False, palette.CENTRE, 1.4)):
            tone = QColor(colour)
            tone.setAlphaF(strength * (0.5 if ground else 1.0))
            pen = QPen(tone, width * self._pixel, c=Qt.PenCapStyle.FlatCap)
            if not ground:
                pen.setDashPattern([2.5, 3.5])
            painter.setPen(pen)
            if self._hovered:
                painter.drawRect(rect)
            for start, end in self._lines():
                painter.drawLine(QPointF(*start), QPointF(*end))

    def _lines(self) -> list[tuple[FloatArray, FloatArray]]:
        xy, seen = self.pose.keypoints, self.pose.visibility
        return [
            (xy[a], xy[b]) for a, b in self._limbs if seen is None or (seen[a] > 0 and seen[b] > 0)
        ]

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the nearest limb, in image pixels."""
        lines = self._lines()
        if not lines:
            return float("inf")
        starts, ends = np.array([a for a, _ in lines]), np.array([b for _, b in lines])
        along = ends - starts
        length = np.maximum((along**2).sum(axis=1), 1e-9)
        point = np.array([x, y])
        part = np.clip(((point - starts) * along).sum(axis=1) / length, 0, 1)
        return float(np.hypot(*(starts + part[:, None] * along - point).T).min())


def suggestion_at(
    items: Sequence[SuggestionItem], x: float, y: float, pixel: float, real_area: float
) -> SuggestionItem | None:
    """The suggestion that a click beside all real joints means.

    Its limbs win over boxes; of boxes the smallest one around the point counts, real or
    suggested, so that a large guess never takes a click from a person inside it.

    Args:
        items: those that are drawn.
        x: in image pixels.
        y: in image pixels.
        pixel: image pixels in one screen pixel.
        real_area: of the smallest box of a real person around the point; infinite without one.
    """
    near = [(item.distance(x, y), i) for i, item in enumerate(items)]
    if near and min(near)[0] <= _REACH * pixel:
        return items[min(near)[1]]
    around = [item for item in items if item.pose.box.contains(x, y)]
    smallest = min(around, key=lambda item: item.pose.box.area, default=None)
    if smallest is None or smallest.pose.box.area > real_area:
        return None
    return smallest
