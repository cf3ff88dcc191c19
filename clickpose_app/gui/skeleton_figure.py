"""A skeleton drawn as a standing figure, to look at or to change by hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clickpose_app.core.figure import figure_of
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.skeleton_colours import joint_colours, limb_strokes
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr

_MARGIN = 26.0  # screen pixels around the figure
_REACH = 12.0  # screen pixels around a joint that still grab it
_STEP, _LEAP = 0.005, 0.03  # how far an arrow key moves a joint, without and with Shift
_FARTHEST, _CLOSEST = 0.5, 12.0

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SkeletonFigure(QWidget):
    """Draws a skeleton; where it may be changed, tells what the person does to it."""

    joint_clicked = Signal(int)
    """Keypoint index."""
    joint_dropped = Signal(int, float, float)
    """Keypoint index and its new place, 0..1."""
    limb_drawn = Signal(int, int)
    """Two keypoint indices that were chosen one after the other to be joined or parted."""

    def __init__(self, *, editable: bool = False, parent: QWidget | None = None) -> None:
        """Start with no skeleton.

        Args:
            editable: whether joints can be chosen, dragged and joined.
            parent: Qt owner.
        """
        super().__init__(parent)
        self._editable = editable
        self._skeleton: Skeleton | None = None
        self._places: FloatArray = np.zeros((0, 2))
        self.selected: int | None = None
        self._hovered: int | None = None
        self._limb_from: int | None = None
        self._dragged: int | None = None
        self._pan_from: QPointF | None = None
        self.drawing_limbs = False
        self._fitted: QRectF | None = None
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self.setAccessibleName(tr("Figure"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for a figure."""
        return QSize(420, 480)

    def show_skeleton(self, skeleton: Skeleton | None) -> None:
        """Draw another skeleton, or the same one after a change."""
        self._skeleton = skeleton
        count = 0 if skeleton is None else len(skeleton)
        self._places = np.zeros((0, 2)) if skeleton is None else figure_of(skeleton).copy()
        if self._dragged is not None and self._dragged >= count:
            self._dragged = None
        self._hovered = None
        if self._fitted is None and count > 1:
            # Fitted once: the view must not jump while a joint is dragged.
            self._fitted = self._joint_extent()
            self._centre = self._fitted.center()
        if self._limb_from is not None and self._limb_from >= count:
            self._limb_from = None
        self.update()

    def select(self, joint: int | None) -> None:
        """Draw a joint as selected, or none."""
        self.selected = joint
        self.update()

    def draw_limbs(self, drawing: bool) -> None:
        """Let two clicks join two joints, instead of moving them."""
        self.drawing_limbs, self._limb_from = drawing, None
        self.update()

    def spot(self, joint: int) -> QPointF:
        """Where a joint is drawn, in pixels of this widget."""
        return self._to_screen(*self._places[joint])

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The ground, the limbs, the joints and the name of the one that matters."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), palette.BACKGROUND)
        if self._editable:
            painter.setPen(QPen(palette.FAINT_TEXT, 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self._to_screen(0, 0), self._to_screen(1, 1)))
        if self._skeleton is None:
            return
        spots = [self._to_screen(x, y) for x, y in self._places]
        radius = self._joint_radius()
        strokes = limb_strokes(self._skeleton)
        for (a, b), (rgba, dashed) in zip(self._skeleton.limbs, strokes, strict=True):
            painter.setPen(QPen(palette.CASING, radius + 2))
            painter.drawLine(spots[a], spots[b])
            line = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor.fromRgba(rgba), max(1.2, 0.7 * radius), line))
            painter.drawLine(spots[a], spots[b])
        for k, colour in enumerate(joint_colours(self._skeleton)):
            painter.setPen(QPen(palette.CASING, 1))
            painter.setBrush(colour)
            painter.drawEllipse(spots[k], radius, radius)
        for marked in (self.selected, self._limb_from):
            if marked is None:
                continue
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.ACCENT if marked == self._limb_from else palette.PINNED, 2))
            painter.drawEllipse(spots[marked], radius + 4, radius + 4)
        named = self._hovered if self._hovered is not None else self.selected
        if named is not None:
            self._paint_name(painter, spots[named], self._skeleton.keypoints[named])

    def _paint_name(self, painter: QPainter, spot: QPointF, name: str) -> None:
        text = joint_name(name)
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        height = painter.fontMetrics().height() + 6
        x = min(max(spot.x() - width / 2, 0), self.width() - width)
        y = spot.y() - 14 - height
        tag = QRectF(x, y if y > 0 else spot.y() + 14, width, height)
        painter.fillRect(tag, palette.CASING)
        painter.setPen(palette.CENTRE)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)

    def _joint_radius(self) -> float:
        """Smaller where many joints are close to each other."""
        if len(self._places) < 2:
            return 6.0
        gaps = np.hypot(*(self._places[:, None] - self._places[None]).transpose(2, 0, 1))
        np.fill_diagonal(gaps, np.inf)
        typical = float(np.median(gaps.min(axis=1))) * self._scale()
        return float(np.clip(0.45 * typical, 1.8, 6.0))

    # Where things are

    def _extent(self) -> QRectF:
        """The part of the figure's square that is shown when it is not zoomed."""
        if self._editable:
            return self._fitted or QRectF(0, 0, 1, 1)
        return self._joint_extent()

    def _joint_extent(self) -> QRectF:
        if len(self._places) == 0:
            return QRectF(0, 0, 1, 1)
        (x1, y1), (x2, y2) = self._places.min(axis=0), self._places.max(axis=0)
        return QRectF(x1, y1, max(x2 - x1, 0.05), max(y2 - y1, 0.05))

    def _scale(self) -> float:
        extent = self._extent()
        room_x, room_y = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        fitted = min(room_x / extent.width(), room_y / extent.height())
        return max(fitted, 1.0) * self._zoom

    def _middle(self) -> QPointF:
        return self._centre if self._editable else self._extent().center()

    def _to_screen(self, x: float, y: float) -> QPointF:
        offset = QPointF(x, y) - self._middle()
        return QPointF(self.width() / 2, self.height() / 2) + offset * self._scale()

    def _to_figure(self, spot: QPointF) -> QPointF:
        offset = spot - QPointF(self.width() / 2, self.height() / 2)
        return self._middle() + offset / self._scale()

    def _joint_at(self, spot: QPointF) -> int | None:
        if len(self._places) == 0:
            return None
        at = self._to_figure(spot)
        far = np.hypot(*(self._places - (at.x(), at.y())).T) * self._scale()
        nearest = int(far.argmin())
        return nearest if far[nearest] <= _REACH else None

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose a joint, begin to drag it, or move the view."""
        if not self._editable or event.button() != Qt.MouseButton.LeftButton:
            return
        joint = self._joint_at(event.position())
        if joint is None:
            self._pan_from = event.position()
            return
        self.joint_clicked.emit(joint)
        if self.drawing_limbs:
            self._choose_limb_end(joint)
        else:
            self._dragged = joint

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drag, move the view, or say what lies under the cursor."""
        spot = event.position()
        if self._dragged is not None:
            at = self._to_figure(spot)
            self._places[self._dragged] = np.clip((at.x(), at.y()), 0, 1)
        elif self._pan_from is not None:
            self._centre -= (spot - self._pan_from) / self._scale()
            self._pan_from = spot
        else:
            self._hovered = self._joint_at(spot)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drop what was dragged."""
        del event
        joint, self._dragged, self._pan_from = self._dragged, None, None
        if joint is not None:
            x, y = self._places[joint]
            self.joint_dropped.emit(joint, float(x), float(y))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom at the cursor."""
        if self._editable:
            self._zoom_at(event.position(), 1.15 ** (event.angleDelta().y() / 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows move the joint, Page Up and Down choose one, L joins, plus and minus zoom."""
        key = Qt.Key(event.key())
        joint, count = self.selected, len(self._places)
        if not self._editable or count == 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self.joint_clicked.emit((0 if joint is None else joint + step) % count)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            middle = self.rect().center().toPointF() if joint is None else self.spot(joint)
            self._zoom_at(middle, 1.25 if key == Qt.Key.Key_Plus else 0.8)
        elif joint is not None and key == Qt.Key.Key_L:
            self._choose_limb_end(joint)
        elif joint is not None and key in _ARROWS:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            x, y = self._places[joint] + np.array(_ARROWS[key]) * (_LEAP if shift else _STEP)
            self.joint_dropped.emit(joint, float(x), float(y))
        else:
            super().keyPressEvent(event)

    def _choose_limb_end(self, joint: int) -> None:
        start, self._limb_from = self._limb_from, None
        if start is None:
            self._limb_from = joint
        elif start != joint:
            self.limb_drawn.emit(start, joint)
        self.update()

    def _zoom_at(self, spot: QPointF, factor: float) -> None:
        before = self._to_figure(spot)
        self._zoom = min(max(self._zoom * factor, _FARTHEST), _CLOSEST)
        self._centre += before - self._to_figure(spot)
        self.update()
