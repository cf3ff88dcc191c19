"""Small drawn marks for the lists: the state of an image, the kind of a joint."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from clickpose_app.core.annotation import ImageState, Keypoint, Visibility
from clickpose_app.gui import icons, palette, sprites
from clickpose_app.gui.texts import text

_SIZE = 64  # drawn large and scaled down, so that it is sharp on any screen

STATE_NAMES = {
    ImageState.NEW: text("new"),
    ImageState.PREDICTED: text("predicted"),
    ImageState.EDITED: text("edited"),
    ImageState.REVIEWED: text("reviewed"),
    ImageState.REJECTED: text("rejected"),
}

# Icon, and colour of the theme.
_STATES = {
    ImageState.NEW: ("circle-dashed", "faint_text"),
    ImageState.PREDICTED: ("circle-half", "left"),
    ImageState.EDITED: ("pencil-simple", "right"),
    ImageState.REVIEWED: ("check-circle", "good"),
    ImageState.REJECTED: ("x-circle", "bad"),
}

VISIBILITY_NAMES = {
    Visibility.VISIBLE: text("visible"),
    Visibility.OCCLUDED: text("occluded"),
    Visibility.UNLABELLED: text("not labelled"),
}


def forget() -> None:
    """Draw all marks anew: the colours are others now."""
    icons.forget()
    _joint_icon.cache_clear()
    sprites.joint.cache_clear()
    sprites.number.cache_clear()


def state_icon(state: ImageState) -> QIcon:
    """A mark that differs in shape as well as in colour; blank until icons are loaded."""
    name, colour = _STATES[state]
    return icons.icon(name, getattr(palette.current(), colour))


def joint_icon(side: str, keypoint: Keypoint, own_colour: str = "") -> QIcon:
    """The joint as the canvas draws it; nothing but a dot for one that is not labelled."""
    return _joint_icon(side, keypoint.visibility, keypoint.pinned, own_colour)


@cache
def _joint_icon(side: str, visibility: Visibility, pinned: bool, own_colour: str) -> QIcon:
    pixmap, painter = _canvas()
    theme = palette.current()
    colour = QColor(own_colour or getattr(theme, side))
    rect = QRectF(17, 17, 30, 30)
    if visibility is Visibility.UNLABELLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faint_text)
        painter.drawEllipse(QRectF(27, 27, 10, 10))
    else:
        painter.setPen(QPen(colour, 6))
        if visibility is not Visibility.OCCLUDED:
            painter.setBrush(colour)
        if pinned:
            painter.drawRect(rect)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.text, 4))
            painter.drawRect(rect.adjusted(-7, -7, 7, 7))
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
