"""A loupe beside the joint that is dragged, so that the hand sees what it aims at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion, QTransform
from PySide6.QtWidgets import QWidget

from clickpose_app.gui import palette
from clickpose_app.gui.picture_layer import PictureLayer

SIZE = 164  # screen pixels across
_TIMES = 4.0  # as large as the picture around it
_CLOSEST = 60.0  # screen pixels for one of the image: more shows nothing more
_ASIDE = 44  # screen pixels between the joint and the loupe, when it takes its place
_NEAR, _FAR = 24, 150  # screen pixels; it stays where it is while the joint is between these


class Magnifier(QWidget):
    """A round part of the picture, enlarged, a crosshair in its middle; lets clicks through.

    Attributes:
        wanted: whether it is to be shown at all.
    """

    def __init__(self, parent: QWidget, picture: PictureLayer) -> None:
        """Start hidden, over the viewport that shows that picture."""
        super().__init__(parent)
        self._parent, self._picture = parent, picture
        self._spot, self._scale = QPointF(), 1.0
        self.wanted = True
        self.resize(SIZE, SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Opaque and cut out, so that what lies below is not painted with every move.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))
        self.hide()

    @property
    def spot(self) -> QPointF:
        """The image point under the crosshair."""
        return self._spot

    def look_at(self, spot: QPointF, at: QPoint, scale: float) -> None:
        """Enlarge what lies around a point.

        Args:
            spot: the joint, in image pixels.
            at: the joint, in pixels of the parent.
            scale: screen pixels of one image pixel around the loupe.
        """
        if not self.wanted:
            return
        self._spot, self._scale = spot, min(scale * _TIMES, max(scale, _CLOSEST))
        if not self.isVisible() or not self._well_placed(at):
            self.move(self._place(at))
            self.show()
            self.raise_()
        self.update()

    def _well_placed(self, at: QPoint) -> bool:
        """Whether it may stay: beside the joint, not on it, and not far away."""
        near, far = (
            self.geometry().adjusted(-reach, -reach, reach, reach) for reach in (_NEAR, _FAR)
        )
        return far.contains(at) and not near.contains(at) and self._inside(self.pos())

    def _inside(self, place: QPoint) -> bool:
        return self._parent.rect().contains(QRect(place, self.size()))

    def _place(self, at: QPoint) -> QPoint:
        """Above and right of the joint; on the other side where the window ends."""
        right, up = at.x() + _ASIDE, at.y() - _ASIDE - SIZE
        x = right if right + SIZE <= self._parent.width() else at.x() - _ASIDE - SIZE
        y = up if up >= 0 else at.y() + _ASIDE
        # In a narrow window neither side has room for all of the distance.
        x = min(max(x, 0), max(self._parent.width() - SIZE, 0))
        return QPoint(x, min(y, max(self._parent.height() - SIZE, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 (Qt's name)
        """The picture, the crosshair with a gap for the joint, the rim."""
        painter = QPainter(self)
        middle = QPointF(SIZE / 2, SIZE / 2)
        painter.save()
        transform = QTransform.fromTranslate(middle.x(), middle.y())
        transform.scale(self._scale, self._scale)
        transform.translate(-self._spot.x(), -self._spot.y())
        painter.setTransform(transform, True)
        inverse, _ = transform.inverted()
        self._picture.paint(painter, inverse.mapRect(QRectF(self.rect())))
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for colour, width in ((palette.CASING, 3.0), (palette.PINNED, 1.0)):
            painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.FlatCap))
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(dx, dy)
                painter.drawLine(middle + way * 6, middle + way * 26)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((palette.EDGE, 6.0), (palette.PINNED, 1.6)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(middle, SIZE / 2 - 2.5, SIZE / 2 - 2.5)
        painter.end()
