"""A picture that can be zoomed at the cursor and panned."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from clickpose_app.core.geometry import Box
from clickpose_app.gui.image_look import ImageLook
from clickpose_app.gui.picture_layer import PictureLayer
from clickpose_app.gui.pyramid import Pyramid
from clickpose_app.gui.widgets import rect_of

_STEP = 1.25  # zoom of one notch of the wheel
_CLOSEST = 40.0  # screen pixels for one of the image
_MARGIN = 12.0  # screen pixels around a fitted picture
_ROOM = 0.12  # of a box, around it when it is zoomed to


@dataclass(frozen=True)
class Outlook:
    """What part of a picture is seen.

    Attributes:
        scale: screen pixels for one of the image.
        x: the image point in the middle of the view, in image pixels.
        y: as x.
    """

    scale: float
    x: float
    y: float


class ZoomView(QGraphicsView):
    """Shows one picture; scene coordinates are image pixels."""

    pixel_changed = Signal(float)
    """How many image pixels one screen pixel covers now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.picture = PictureLayer()
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.keep_zoom = False
        self._fitted = True
        self._last_size = QSize()
        self._pan_from: QPointF | None = None
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
        return self.picture.size

    def show_image(self, image: QImage | Pyramid | None) -> None:
        """Show another picture, or none; fitted, unless the zoom is kept."""
        self.picture.pyramid = Pyramid(image) if isinstance(image, QImage) else image
        size = self.image_size
        if self.keep_zoom and not self._fitted and not self._last_size.isEmpty():
            if not size.isEmpty():
                self._keep_place(size)
        else:
            self.fit()
        if not size.isEmpty():
            self._last_size = size
        self.viewport().update()

    def show_look(self, look: ImageLook) -> None:
        """Show pixels brighter, darker, with more or less contrast."""
        self.picture.look = look
        self.viewport().update()

    def show_spotlight(self, box: Box | None) -> None:
        """Darken the picture outside of a box, with a little around it; None for nothing."""
        if box is None:
            spotlight = None
        else:
            dx, dy = _ROOM * box.width, _ROOM * box.height
            spotlight = rect_of(box).adjusted(-dx, -dy, dx, dy)
        if spotlight != self.picture.spotlight:
            self.picture.spotlight = spotlight
            self.viewport().update()

    def fit_rect(self) -> QRectF:
        """What a fitted view shows, in image pixels: the picture."""
        return QRectF(QPointF(), self.image_size.toSizeF())

    def fit(self) -> None:
        """Show all of the picture, as large as it goes."""
        self._fitted = True
        size = self.image_size
        if size.isEmpty() or self.viewport().width() < 2 or self.viewport().height() < 2:
            return
        self._make_room(size)
        across = max(self.viewport().width() - 2 * _MARGIN, 1.0)
        down = max(self.viewport().height() - 2 * _MARGIN, 1.0)
        shown = self.fit_rect()
        self._set_scale(min(across / shown.width(), down / shown.height()))
        self.centerOn(shown.center())

    def refit(self) -> None:
        """Fit again a view that is fitted: the window or what is to be seen has changed."""
        if self._fitted:
            self.fit()

    def zoom_to(self, box: Box, room: float = _ROOM) -> None:
        """Show a part of the picture as large as it goes, with a little around it.

        Args:
            box: the part, in image pixels; one without extent changes nothing.
            room: on each side of it, in its own sides.
        """
        if self.image_size.isEmpty() or min(box.width, box.height) <= 0:
            return
        self._fitted = False
        across = self.viewport().width() / (box.width * (1 + 2 * room))
        down = self.viewport().height() / (box.height * (1 + 2 * room))
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

    @property
    def outlook(self) -> Outlook | None:
        """What part of the picture is seen; None while it is fitted or there is none."""
        if self._fitted or self.image_size.isEmpty():
            return None
        middle = self.to_image(QPointF(self.viewport().rect().center()))
        return Outlook(self.transform().m11(), middle.x(), middle.y())

    def show_outlook(self, outlook: Outlook) -> None:
        """Show that part of the picture again, as near as whole screen pixels allow."""
        if self.image_size.isEmpty():
            return
        self._fitted = False
        self._set_scale(min(max(outlook.scale, 0.001), _CLOSEST))
        middle = QPointF(self.viewport().rect().center())
        self._scroll(self.viewportTransform().map(QPointF(outlook.x, outlook.y)) - middle)

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
        self.refit()

    def drawBackground(  # noqa: N802 (Qt's name)
        self, painter: QPainter, rect: QRectF | QRect
    ) -> None:
        """The picture lies below everything."""
        self.picture.paint(painter, QRectF(rect))

    def _keep_place(self, size: QSize) -> None:
        """Show the same part of another picture, whatever its size."""
        middle = self.to_image(QPointF(self.viewport().rect().center()))
        last = self._last_size
        x, y = middle.x() / last.width(), middle.y() / last.height()
        scale = self.transform().m11() * last.width() / size.width()
        w, h = self._make_room(size)
        self._set_scale(min(scale, _CLOSEST))
        self.centerOn(x * w, y * h)

    def _make_room(self, size: QSize) -> tuple[float, float]:
        """Let any point of the picture come under the cursor; gives width and height."""
        w, h = float(size.width()), float(size.height())
        self.setSceneRect(QRectF(-4 * w, -4 * h, 9 * w, 9 * h))
        return w, h

    def _set_scale(self, scale: float) -> None:
        self.resetTransform()
        self.scale(scale, scale)
        self.pixel_changed.emit(self.pixel)

    def _scroll(self, by: QPointF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(by.x()))
        down.setValue(down.value() + round(by.y()))
