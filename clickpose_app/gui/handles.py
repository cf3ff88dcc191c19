"""The handles of the selected person: eight of the box, and three that take the whole pose."""

from __future__ import annotations

import enum
import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import Box
from clickpose_app.gui import palette
from clickpose_app.gui.texts import text

# All in screen pixels.
_SQUARE = 4.0  # half the side of a box handle
_DISC = 11.0  # radius of a pose handle
_APART = 27.0  # between the centres of two pose handles
_ABOVE = 20.0  # of their centres over the box
_TAG = 18.0  # height of the number at the corner, which a row over a narrow box must clear
_REACH = 8.0  # around a box handle that still grabs it
_ROOM_FOR_EDGES = 44.0  # a shorter side has no handle in its middle
_INSET = 16.0  # of the pose handles from the edge of the window
_OPACITY = 0.85  # others' joints show through, and go first under the cursor


class Handle(enum.Enum):
    """What can be grabbed besides joints."""

    MOVE = "move"
    ROTATE = "rotate"
    SCALE = "scale"
    TOP_LEFT = "top left"
    TOP = "top"
    TOP_RIGHT = "top right"
    RIGHT = "right"
    BOTTOM_RIGHT = "bottom right"
    BOTTOM = "bottom"
    BOTTOM_LEFT = "bottom left"
    LEFT = "left"


SIDES = {
    Handle.TOP_LEFT: (-1, -1),
    Handle.TOP: (0, -1),
    Handle.TOP_RIGHT: (1, -1),
    Handle.RIGHT: (1, 0),
    Handle.BOTTOM_RIGHT: (1, 1),
    Handle.BOTTOM: (0, 1),
    Handle.BOTTOM_LEFT: (-1, 1),
    Handle.LEFT: (-1, 0),
}
"""For each handle of the box, which sides it moves: -1 is left or top, 1 is right or bottom."""

_CORNER_WORDS = text("Drag: resize the box · with Alt: scale the pose")
_EDGE_WORDS = text("Drag: resize the box · with Alt: move the box alone")
WORDS = {
    Handle.MOVE: text("Drag: move the whole pose"),
    Handle.ROTATE: text("Drag: turn the pose · with Shift: in steps of 15°"),
    Handle.SCALE: text("Drag: scale the pose"),
} | {handle: _CORNER_WORDS if all(sides) else _EDGE_WORDS for handle, sides in SIDES.items()}
"""What a handle does, for the words at the cursor."""

_FALLING, _RISING = Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeBDiagCursor
CURSORS = {
    Handle.MOVE: Qt.CursorShape.SizeAllCursor,
    Handle.ROTATE: Qt.CursorShape.PointingHandCursor,
    Handle.SCALE: _RISING,
} | {
    handle: (_FALLING if x == y else _RISING)
    if x and y
    else (Qt.CursorShape.SizeHorCursor if x else Qt.CursorShape.SizeVerCursor)
    for handle, (x, y) in SIDES.items()
}


def place_handles(box: Box, pixel: float, seen: QRectF, *, pose: bool) -> dict[Handle, QPointF]:
    """Where the handles of a person lie, in image pixels.

    Args:
        box: the person's.
        pixel: how many image pixels a screen pixel covers.
        seen: what of the scene the window shows: pose handles stay in it while the box is.
        pose: whether there are joints to turn and to scale.
    """
    middle_x, middle_y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
    row = box.y1 - _ABOVE * pixel
    count = 3 if pose else 1
    half = (count - 1) / 2 * _APART * pixel
    if middle_x - half - _DISC * pixel < box.x1 + (_TAG + 6) * pixel:
        row -= _TAG * pixel
    inset = _INSET * pixel
    shown = QRectF(box.x1, box.y1, max(box.width, pixel), max(box.height, pixel))
    centre = middle_x
    if seen.intersects(shown):
        row = max(row, seen.top() + inset)
        centre = min(max(centre, seen.left() + inset + half), seen.right() - inset - half)
    kinds = (Handle.ROTATE, Handle.MOVE, Handle.SCALE) if pose else (Handle.MOVE,)
    places = {
        kind: QPointF(centre - half + i * _APART * pixel, row) for i, kind in enumerate(kinds)
    }
    xs, ys = (box.x1, middle_x, box.x2), (box.y1, middle_y, box.y2)
    room = _ROOM_FOR_EDGES * pixel
    for handle, (x, y) in SIDES.items():
        if (x == 0 and box.width < room) or (y == 0 and box.height < room):
            continue
        places[handle] = QPointF(xs[x + 1], ys[y + 1])
    return places


class HandlesItem(QGraphicsItem):
    """Draws the handles of one person, and finds the one under the cursor."""

    def __init__(self) -> None:
        """Start with nobody's."""
        super().__init__()
        self._places: dict[Handle, QPointF] = {}
        self._pixel = 1.0
        self._hovered: Handle | None = None
        self._held: frozenset[Handle] = frozenset()
        self.setZValue(4)
        self.setOpacity(_OPACITY)

    def show_for(self, person: Person | None, pixel: float, seen: QRectF) -> None:
        """Show the handles of a person, or none; arguments as for place_handles."""
        places: dict[Handle, QPointF] = {}
        if person is not None:
            places = place_handles(person.box, pixel, seen, pose=bool(person.keypoints))
        if (places, pixel) != (self._places, self._pixel):
            self.prepareGeometryChange()
            self._places, self._pixel = places, pixel
            self.update()

    def show_hover(self, handle: Handle | None) -> None:
        """Draw one handle as grabbable."""
        if handle is not self._hovered:
            self._hovered = handle
            self.update()

    def show_held(self, handles: frozenset[Handle]) -> None:
        """Draw some handles as grabbed: keys move them."""
        if handles != self._held:
            self._held = handles
            self.update()

    def at(self, spot: QPointF) -> Handle | None:
        """The handle at a place in image pixels; pose handles before those of the box."""
        best, found = 1.0, None
        for handle, place in self._places.items():
            reach = (_REACH if handle in SIDES else _DISC) * self._pixel
            distance = math.hypot(place.x() - spot.x(), place.y() - spot.y()) / reach
            if distance <= best and (found is None or found in SIDES):
                best, found = distance, handle
        return found

    def place(self, handle: Handle) -> QPointF | None:
        """Where a handle lies in image pixels; None where it is not shown."""
        return self._places.get(handle)

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """All handles with their outlines."""
        if not self._places:
            return QRectF()
        rect = QPolygonF(list(self._places.values())).boundingRect()
        reach = (_DISC + 4) * self._pixel
        return rect.adjusted(-reach, -reach, reach, reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Squares on the box, discs with a sign above it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for handle, place in self._places.items():
            painter.save()
            painter.translate(place)
            painter.scale(self._pixel, self._pixel)
            held = handle in self._held
            if handle in SIDES:
                self._paint_square(painter, handle is self._hovered, held)
            else:
                self._paint_disc(painter, handle, handle is self._hovered, held)
            painter.restore()

    def _paint_square(self, painter: QPainter, hovered: bool, held: bool) -> None:
        half = _SQUARE + (2.5 if held else 1.5 if hovered else 0.0)
        painter.setPen(QPen(palette.BOX, 2.5) if held else QPen(palette.CASING, 1.5))
        painter.setBrush(QBrush(palette.ACCENT if hovered or held else palette.BOX))
        painter.drawRect(QRectF(-half, -half, 2 * half, 2 * half))

    def _paint_disc(self, painter: QPainter, handle: Handle, hovered: bool, held: bool) -> None:
        ground, sign = (palette.BOX, palette.TAG) if held else (palette.ACCENT, palette.BOX)
        painter.setPen(QPen(palette.BOX if hovered else palette.CASING, 1.5))
        painter.setBrush(QBrush(ground))
        painter.drawEllipse(QPointF(), _DISC, _DISC)
        pen = QPen(sign, 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if handle is Handle.MOVE:
            for turn in range(4):
                painter.save()
                painter.rotate(90 * turn)
                _arrow(painter, 7.0)
                painter.restore()
        elif handle is Handle.SCALE:
            for turn in (45, 225):
                painter.save()
                painter.rotate(turn)
                _arrow(painter, 7.5)
                painter.restore()
        else:
            painter.drawArc(QRectF(-5.5, -5.5, 11, 11), 60 * 16, -285 * 16)
            painter.translate(2.75, -4.76)
            painter.rotate(-68)
            painter.drawPolyline([QPointF(-3.4, 2.2), QPointF(0, -0.6), QPointF(3.4, 2.2)])


def _arrow(painter: QPainter, length: float) -> None:
    """From the centre upwards."""
    painter.drawLine(QPointF(0, 0), QPointF(0, -length))
    head = [QPointF(-2.4, 2.6 - length), QPointF(0, -length), QPointF(2.4, 2.6 - length)]
    painter.drawPolyline(head)
