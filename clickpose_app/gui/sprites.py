"""Joints and numbers as small ready-made pictures.

A crowd of a hundred people has thousands of marks; drawing each anew in every frame is what
makes zooming stutter, while copying a picture costs next to nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from clickpose_app.gui import palette


class JointMark(NamedTuple):
    """How a joint is drawn; a tuple, because a crowd looks up thousands in a frame.

    Attributes:
        colour: its own or that of its side, as 0xAARRGGBB.
        radius: in screen pixels, without its edge.
        pinned: a square with a white edge: a person placed it.
        hollow: a ring: it is occluded.
        uncertain: in a soft halo: the network is not sure.
        chosen: in a ring: it is selected.
    """

    colour: int
    radius: float
    pinned: bool = False
    hollow: bool = False
    uncertain: bool = False
    chosen: bool = False


@lru_cache(maxsize=1024)
def joint(mark: JointMark, ratio: float) -> QPixmap:
    """The picture of a joint, its place in the middle pixel; an odd number of physical pixels.

    Args:
        mark: what to draw.
        ratio: physical pixels of one screen pixel.
    """
    reach = mark.radius + (9.0 if mark.chosen else 6.0 if mark.uncertain else 3.0)
    half = int(reach * ratio) + 1
    pixmap = QPixmap(2 * half + 1, 2 * half + 1)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(half + 0.5, half + 0.5)
    painter.scale(ratio, ratio)
    paint_joint(painter, mark)
    painter.end()
    return pixmap


def paint_joint(painter: QPainter, mark: JointMark) -> None:
    """Draw a joint around the origin, in screen pixels."""
    colour, radius = QColor.fromRgba(mark.colour), mark.radius
    if mark.uncertain:
        halo = QColor(colour)
        halo.setAlpha(95)
        _shape(painter, False, radius * 1.3 + 3, None, 0, halo)
        rim = QColor(colour)
        rim.setAlpha(190)
        _shape(painter, False, radius * 1.3 + 3, rim, 1.0, None)
    if mark.chosen:
        for line, width in ((palette.CASING, 4.0), (palette.CENTRE, 2.0)):
            _shape(painter, False, radius + 5, line, width, None)
    if mark.hollow:
        # A dark ring on both sides of the coloured one, so that it shows on any ground.
        _shape(painter, mark.pinned, radius + 0.5, palette.CASING, 3.6, None)
        _shape(painter, mark.pinned, radius + 0.5, colour, 2.0, None)
        if mark.pinned:
            _shape(painter, True, radius + 2.2, palette.PINNED, 1.2, None)
        return
    if mark.pinned:
        _shape(painter, True, radius + 1.4, palette.CASING, 1.2, None)
    line = palette.PINNED if mark.pinned else palette.CASING
    _shape(painter, mark.pinned, radius, line, 1.8, colour)


@lru_cache(maxsize=512)
def number(value: int, chosen: bool, ratio: float) -> QPixmap:
    """The tag with a person's number, to stand on the corner of their box; in physical pixels."""
    font = QFont()
    font.setPixelSize(12 if chosen else 10)
    font.setBold(chosen)
    text, height = str(value), 18 if chosen else 14
    width = max(height, QFontMetrics(font).horizontalAdvance(text) + 8)
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.fill(palette.TAG if chosen else palette.CASING)
    painter = QPainter(pixmap)
    painter.scale(ratio, ratio)
    painter.setFont(font)
    painter.setPen(palette.LABEL_TEXT)
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return pixmap


def _shape(
    painter: QPainter,
    square: bool,
    radius: float,
    line: QColor | None,
    width: float,
    fill: QColor | None,
) -> None:
    """A circle, or a square of the same presence, around the origin."""
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, width))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else QBrush(fill))
    if square:
        painter.drawRect(QRectF(-radius, -radius, 2 * radius, 2 * radius))
    else:
        painter.drawEllipse(QPointF(0, 0), radius, radius)
