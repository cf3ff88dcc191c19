"""A picture that can be zoomed at the cursor and panned."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from clickpose_app.core.geometry import Box
from clickpose_app.gui import palette

_STEP = 1.25  # zoom of one notch of the wheel
_CLOSEST = 40.0  # screen pixels for one of the image
_BLOCKY_FROM = 4.0  # beyond this scale single pixels are shown as they are
_MARGIN = 12.0  # screen pixels around a fitted picture


class ZoomView(QGraphicsView):
    """Shows one picture; scene coordinates are image pixels."""

    pixel_changed = Signal(float)
    """How many image pixels one screen pixel covers now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._picture = QGraphicsPixmapItem()
        self._picture.setZValue(-1)
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        scene.addItem(self._picture)
        self.setScene(scene)
        self._fitted = True
        self._pan_from: QPointF | None = None
        self.setBackgroundBrush(palette.BACKGROUND)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The cursor is kept in place by hand: Qt's own anchor gives up at the scene's edge.
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)

    @property
    def pixel(self) -> float:
        """How many image pixels one screen pixel covers."""
        return 1.0 / self.transform().m11()

    @property
    def image_size(self) -> QSize:
        """Size of the picture in pixels; empty while there is none."""
        return self._picture.pixmap().size()

    def show_image(self, image: QImage | None) -> None:
        """Show another picture, fitted, or none."""
        self._picture.setPixmap(QPixmap() if image is None else QPixmap.fromImage(image))
        self.fit()

    def fit(self) -> None:
        """Show all of the picture, as large as it goes."""
        self._fitted = True
        size = self.image_size
        if size.isEmpty() or self.viewport().width() < 2 or self.viewport().height() < 2:
            return
        # Room all around, so that any point of the picture can come under the cursor.
        w, h = float(size.width()), float(size.height())
        self.setSceneRect(QRectF(-4 * w, -4 * h, 9 * w, 9 * h))
        across = max(self.viewport().width() - 2 * _MARGIN, 1.0)
        down = max(self.viewport().height() - 2 * _MARGIN, 1.0)
        self._set_scale(min(across / w, down / h))
        self.centerOn(w / 2, h / 2)

    def look_at(self, box: Box) -> None:
        """Show a box in image pixels as large as it goes, in the middle."""
        if self.image_size.isEmpty():
            return
        self._fitted = False
        across = self.viewport().width() / max(box.width, 1.0)
        down = self.viewport().height() / max(box.height, 1.0)
        self._set_scale(min(across, down, _CLOSEST))
        self.centerOn((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor, keeping the image point under a viewport position where it is."""
        if self.image_size.isEmpty():
            return
        place = QPointF(self.viewport().rect().center()) if at is None else at
        scale = self.transform().m11()
        smallest = min(0.02, scale)
        wanted = max(smallest, min(scale * factor, _CLOSEST))
        before = self.to_image(place)
        self._fitted = False
        self._set_scale(wanted)
        self._scroll(self.mapFromScene(before).toPointF() - place)

    def to_image(self, position: QPointF) -> QPointF:
        """The image point under a viewport position, without rounding to screen pixels."""
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(position)

    def start_pan(self, position: QPointF) -> None:
        """Take hold of the picture at a viewport position."""
        self._pan_from = position
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def pan_to(self, position: QPointF) -> bool:
        """Drag the picture along; False if it is not held."""
        if self._pan_from is None:
            return False
        self._fitted = False
        moved = self._pan_from - position
        # The remainder of a fraction of a pixel stays with the hand.
        whole = QPointF(round(moved.x()), round(moved.y()))
        self._scroll(whole)
        self._pan_from -= whole
        return True

    def end_pan(self) -> None:
        """Let go of the picture."""
        self._pan_from = None
        self.viewport().unsetCursor()

    @property
    def panning(self) -> bool:
        """Whether the picture is held."""
        return self._pan_from is not None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom at the cursor, by notches or smoothly."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if turn:
            self.zoom(_STEP ** (turn / 120.0), event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """A fitted picture stays fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def _set_scale(self, scale: float) -> None:
        self.resetTransform()
        self.scale(scale, scale)
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        self.setRenderHint(smooth, scale < _BLOCKY_FROM)
        mode = Qt.TransformationMode
        self._picture.setTransformationMode(
            mode.SmoothTransformation if scale < _BLOCKY_FROM else mode.FastTransformation
        )
        self.pixel_changed.emit(self.pixel)

    def _scroll(self, by: QPointF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(by.x()))
        down.setValue(down.value() + round(by.y()))
