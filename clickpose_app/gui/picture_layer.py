"""The picture below the people: scaled calmly, brightened on request, darkened around somebody."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPainterPath

from clickpose_app.gui import palette
from clickpose_app.gui.image_look import ImageLook
from clickpose_app.gui.pyramid import Pyramid

_BLOCKY_FROM = 4.0  # beyond this scale single pixels are shown as they are


class PictureLayer:
    """Paints a picture in image pixels.

    Attributes:
        pyramid: the picture; None for none.
        look: how its pixels are shown.
        spotlight: the part that stays bright while all else is darkened; None for all.
    """

    def __init__(self) -> None:
        """Start with no picture."""
        self.pyramid: Pyramid | None = None
        self.look = ImageLook()
        self.spotlight: QRectF | None = None

    @property
    def size(self) -> QSize:
        """Of the picture; empty while there is none."""
        return QSize() if self.pyramid is None else self.pyramid.size

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what is exposed: the surround, the picture, the darkening.

        Args:
            painter: in image pixels; scaled and moved, but not turned.
            exposed: what has to be painted, in image pixels.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(exposed, palette.current().surround)
        if self.pyramid is None:
            return
        size = self.pyramid.size
        visible = exposed & QRectF(0, 0, size.width(), size.height())
        if visible.isEmpty():
            return
        if self.look.neutral:
            self._draw(painter, self.pyramid)
        else:
            self._draw_changed(painter, self.pyramid, visible)
        if self.spotlight is not None:
            around = QPainterPath()
            around.addRect(visible)
            around.addRect(self.spotlight & visible)
            painter.fillPath(around, palette.SHADE)

    def _draw(self, painter: QPainter, pyramid: Pyramid) -> None:
        """Draw all of it; the painter's clip keeps the work to what is exposed."""
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
        level = pyramid.level(scale)
        size = pyramid.size
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _BLOCKY_FROM)
        painter.scale(size.width() / level.width(), size.height() / level.height())
        painter.drawImage(QPointF(0, 0), level)
        painter.restore()

    def _draw_changed(self, painter: QPainter, pyramid: Pyramid, visible: QRectF) -> None:
        """Draw what is visible as the screen shows it, change those few pixels, copy them."""
        transform = painter.worldTransform()
        place = transform.mapRect(visible).toRect()
        if place.isEmpty():
            return
        ratio = painter.device().devicePixelRatioF()
        buffer = QImage(place.size() * ratio, QImage.Format.Format_RGB32)
        buffer.setDevicePixelRatio(ratio)
        inner = QPainter(buffer)
        inner.translate(-place.left(), -place.top())
        inner.setTransform(transform, True)
        self._draw(inner, pyramid)
        inner.end()
        self.look.change(buffer)
        painter.save()
        painter.resetTransform()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(place.topLeft(), buffer)
        painter.restore()
