"""Small drawn marks for the lists: the state of an image, the kind of a joint."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from clickpose_app.core.annotation import ImageState, Keypoint, Visibility
from clickpose_app.gui import palette

_SIZE = 64  # drawn large and scaled down, so that it is sharp on any screen

STATE_NAMES = {
    ImageState.NEW: "new",
    ImageState.PREDICTED: "predicted",
    ImageState.EDITED: "edited",
    ImageState.REVIEWED: "reviewed",
    ImageState.REJECTED: "rejected",
}

VISIBILITY_NAMES = {
    Visibility.VISIBLE: "visible",
    Visibility.OCCLUDED: "occluded",
    Visibility.UNLABELLED: "not labelled",
}


@cache
def state_icon(state: ImageState) -> QIcon:
    """A mark that differs in shape as well as in colour."""
    pixmap, painter = _canvas()
    ring = QRectF(14, 14, 36, 36)
    if state is ImageState.NEW:
        painter.setPen(QPen(palette.FAINT_TEXT, 4))
        painter.drawEllipse(ring)
    elif state is ImageState.PREDICTED:
        painter.setPen(QPen(palette.LEFT, 4))
        painter.drawEllipse(ring)
        painter.setBrush(palette.LEFT)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif state is ImageState.REJECTED:
        painter.setPen(QPen(palette.RIGHT, 7))
        painter.drawLine(QPointF(16, 16), QPointF(48, 48))
        painter.drawLine(QPointF(48, 16), QPointF(16, 48))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.RIGHT if state is ImageState.EDITED else palette.LEFT)
        painter.drawEllipse(QRectF(10, 10, 44, 44))
        painter.setPen(QPen(QColor(0, 0, 0), 6))
        if state is ImageState.REVIEWED:
            painter.drawLine(QPointF(20, 32), QPointF(29, 42))
            painter.drawLine(QPointF(29, 42), QPointF(45, 23))
    painter.end()
    return _icon(pixmap)


def joint_icon(side: str, keypoint: Keypoint, own_colour: str = "") -> QIcon:
    """The joint as the canvas draws it; nothing but a dot for one that is not labelled."""
    return _joint_icon(side, keypoint.visibility, keypoint.pinned, own_colour)


@cache
def _joint_icon(side: str, visibility: Visibility, pinned: bool, own_colour: str) -> QIcon:
    pixmap, painter = _canvas()
    colour = QColor(own_colour) if own_colour else palette.SIDES[side]
    rect = QRectF(16, 16, 32, 32)
    if visibility is Visibility.UNLABELLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.FAINT_TEXT)
        painter.drawEllipse(QRectF(27, 27, 10, 10))
    else:
        hollow = visibility is Visibility.OCCLUDED
        painter.setPen(QPen(palette.PINNED if pinned and not hollow else colour, 6))
        if not hollow:
            painter.setBrush(colour)
        if pinned:
            painter.drawRect(rect)
        else:
            painter.drawEllipse(rect)
    painter.end()
    return _icon(pixmap)


def _icon(pixmap: QPixmap) -> QIcon:
    """An icon that keeps its colours in a selected row, where Qt would tint it."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _canvas() -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(_SIZE, _SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter
