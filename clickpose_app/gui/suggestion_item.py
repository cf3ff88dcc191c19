"""A suggested person: faint dashes under the real people, and what lies under a click on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
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
        self._lines = _limb_ends(pose, skeleton)
        self._strokes = [QLineF(*start, *end) for start, end in self._lines.tolist()]
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
            painter.drawLines(self._strokes)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the nearest limb, in image pixels."""
        if not len(self._lines):
            return float("inf")
        starts, ends = self._lines[:, 0], self._lines[:, 1]
        along = ends - starts
        length = np.maximum((along**2).sum(axis=1), 1e-9)
        point = np.array([x, y])
        part = np.clip(((point - starts) * along).sum(axis=1) / length, 0, 1)
        return float(np.hypot(*(starts + part[:, None] * along - point).T).min())


def _limb_ends(pose: PredictedPose, skeleton: Skeleton) -> FloatArray:
    """Both ends of each limb that is in the picture [L, 2, 2], in image pixels."""
    limbs = np.array(skeleton.limbs, dtype=int).reshape(-1, 2)
    if pose.visibility is not None:
        limbs = limbs[(pose.visibility[limbs] > 0).all(axis=1)]
    ends: FloatArray = pose.keypoints[limbs]
    return ends


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
