"""What is drawn over the picture: people, ghosts and a box being drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.crowding import MANY_JOINTS, largest_radius, nearest_gaps
from clickpose_app.gui.skeleton_colours import joint_colours, limb_colours

JOINT_RADIUS = 5.0  # screen pixels, of a joint that the network is certain of
_LARGE = 260.0  # screen pixels; people smaller than this have smaller marks
_REACH = 40.0  # screen pixels that drawing may stick out of the joints


class PersonItem(QGraphicsItem):
    """One person: box, limbs and joints, in sizes of the screen, not of the image.

    Colour is the side; size is the confidence; a square is pinned; hollow is occluded.
    """

    def __init__(self, skeleton: Skeleton, person: Person) -> None:
        """Draw a person of that skeleton."""
        super().__init__()
        self._skeleton = skeleton
        self._joint_colours = joint_colours(skeleton)
        self._limb_colours = limb_colours(skeleton)
        self._person = person
        self._xy = person.xy
        self._gaps: FloatArray | None = None
        self._pixel = 1.0
        self._number = 0
        self._selected = False
        self._keypoint: int | None = None
        self._hovered: int | None = None

    @property
    def person(self) -> Person:
        """Who is drawn."""
        return self._person

    @property
    def shown_xy(self) -> FloatArray:
        """Where the joints are drawn now [K, 2], in image pixels."""
        return self._xy

    def show_person(self, person: Person, number: int) -> None:
        """Draw this state of the person, numbered as in the list."""
        self._person, self._number = person, number
        self.show_xy(person.xy)

    def show_xy(self, xy: FloatArray) -> None:
        """Draw the joints elsewhere [K, 2], while dragging or gliding."""
        self.prepareGeometryChange()
        self._xy = xy
        self._gaps = nearest_gaps(xy) if len(xy) > MANY_JOINTS else None
        self.update()

    def show_selection(self, selected: bool, keypoint: int | None) -> None:
        """Draw the person, and one joint, as selected or not."""
        self._selected, self._keypoint = selected, keypoint
        self.setZValue(2 if selected else 1)
        self.update()

    def show_hover(self, keypoint: int | None) -> None:
        """Draw one joint as grabbable."""
        if keypoint != self._hovered:
            self._hovered = keypoint
            self.update()

    def set_pixel(self, pixel: float) -> None:
        """Tell how many image pixels one screen pixel covers."""
        self.prepareGeometryChange()
        self._pixel = pixel

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """Box and joints, with room for what is drawn around them."""
        box = self._person.box.grown_to(self._xy)
        reach = _REACH * self._pixel
        return QRectF(box.x1, box.y1, box.width, box.height).adjusted(-reach, -reach, reach, reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Draw from the back to the front: box, limbs, joints."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        if not self._person.keypoints:
            return  # a crowd region is a box and nothing else
        self._paint_limbs(painter)
        order = sorted(
            range(len(self._xy)), key=lambda k: (k == self._hovered, k == self._keypoint)
        )
        for k in order:
            if self._person.keypoints[k].labelled:
                self._paint_joint(painter, k)

    def _paint_box(self, painter: QPainter) -> None:
        box = self._person.box
        rect = QRectF(box.x1, box.y1, box.width, box.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shade, line = QColor(palette.CASING), QColor(palette.BOX)
        shade.setAlpha(170 if self._selected else 70)
        line.setAlpha(255 if self._selected else 110)
        painter.setPen(QPen(shade, 3 * self._pixel))
        painter.drawRect(rect)
        pen = QPen(line, (1.5 if self._selected else 1.0) * self._pixel)
        if not self._selected:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawRect(rect)
        self._paint_number(painter, rect.topLeft())

    def _paint_number(self, painter: QPainter, corner: QPointF) -> None:
        painter.save()
        painter.translate(corner)
        painter.scale(self._pixel, self._pixel)
        font = QFont(painter.font())
        font.setPixelSize(12 if self._selected else 10)
        font.setBold(self._selected)
        painter.setFont(font)
        text = str(self._number)
        height = 18 if self._selected else 14
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + 8)
        tag = QRectF(0, -height, width, height)
        painter.fillRect(tag, palette.ACCENT if self._selected else palette.CASING)
        painter.setPen(palette.CENTRE)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_limbs(self, painter: QPainter) -> None:
        width = (3.0 if self._selected else 2.0) * self._prominence()
        keypoints = self._person.keypoints
        for (a, b), own in zip(self._skeleton.limbs, self._limb_colours, strict=True):
            if not (keypoints[a].labelled and keypoints[b].labelled):
                continue
            certain = min(_certainty(self._person, a), _certainty(self._person, b))
            colour = QColor(own)
            colour.setAlphaF((0.4 + 0.6 * certain) * (1.0 if self._selected else 0.9))
            start, end = QPointF(*self._xy[a]), QPointF(*self._xy[b])
            casing = QColor(palette.CASING)
            casing.setAlphaF(0.3 + 0.3 * certain)
            painter.setPen(self._limb_pen(casing, width + 2.0))
            painter.drawLine(start, end)
            painter.setPen(self._limb_pen(colour, width))
            painter.drawLine(start, end)

    def _prominence(self) -> float:
        """1 for a person who is large on the screen; less for one in a crowd, whom marks hide."""
        longer = max(self._person.box.width, self._person.box.height) / self._pixel
        return float(np.clip(longer / _LARGE, 0.55, 1.0))

    def _limb_pen(self, colour: QColor, width: float) -> QPen:
        return QPen(colour, width * self._pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    def _paint_joint(self, painter: QPainter, k: int) -> None:
        keypoint = self._person.keypoints[k]
        colour = self._joint_colours[k]
        radius = JOINT_RADIUS * (0.55 + 0.45 * _certainty(self._person, k))
        radius *= self._prominence() * (1.0 if self._selected else 0.85)
        if self._gaps is not None:
            radius = min(radius, largest_radius(self._gaps[k] / self._pixel))
        if k == self._hovered:
            radius += 1.5
        centre = QPointF(*self._xy[k])
        if self._selected and k == self._keypoint:
            self._paint_halo(painter, centre, radius + 5)
        hollow = keypoint.visibility is Visibility.OCCLUDED
        line = palette.PINNED if keypoint.pinned and not hollow else palette.CASING
        if hollow:
            # A dark ring on both sides of the coloured one, so that it shows on any ground.
            radius += 0.5
            self._shape(painter, keypoint.pinned, centre, radius, palette.CASING, 3.6, None)
            self._shape(painter, keypoint.pinned, centre, radius, colour, 2.0, None)
            return
        if keypoint.pinned:
            self._shape(painter, True, centre, radius + 1.4, palette.CASING, 1.2, None)
        self._shape(painter, keypoint.pinned, centre, radius, line, 1.8, colour)

    def _paint_halo(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        for colour, width in ((palette.CASING, 4.0), (palette.CENTRE, 2.0)):
            self._shape(painter, False, centre, radius, colour, width, None)

    def _shape(
        self,
        painter: QPainter,
        square: bool,
        centre: QPointF,
        radius: float,
        line: QColor,
        width: float,
        fill: QColor | None,
    ) -> None:
        """A circle, or a square of the same presence; radius and width in screen pixels."""
        reach = radius * self._pixel
        painter.setPen(QPen(line, width * self._pixel))
        painter.setBrush(QBrush(fill) if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
        if square:
            painter.drawRect(QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach))
        else:
            painter.drawEllipse(centre, reach, reach)


class GhostItem(QGraphicsItem):
    """The pose that was, fading away while the new one glides into place."""

    def __init__(self, skeleton: Skeleton, person: Person, pixel: float) -> None:
        """Draw the limbs of a person as pale dashes."""
        super().__init__()
        self._skeleton = skeleton
        self._person = person
        self._pixel = pixel
        self.setZValue(0.5)

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """The limbs, with room for their width."""
        box = self._person.box.grown_to(self._person.xy)
        reach = _REACH * self._pixel
        return QRectF(box.x1, box.y1, box.width, box.height).adjusted(-reach, -reach, reach, reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Dashes in a neutral colour: sides are told by the pose itself."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labelled, xy = self._person.labelled, self._person.xy
        for colour, width, dash in ((palette.CASING, 4.0, 1.5), (palette.CENTRE, 2.0, 3.0)):
            pen = QPen(colour, width * self._pixel, c=Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([dash, dash])
            painter.setPen(pen)
            for a, b in self._skeleton.limbs:
                if labelled[a] and labelled[b]:
                    painter.drawLine(QPointF(*xy[a]), QPointF(*xy[b]))


def _certainty(person: Person, k: int) -> float:
    confidence = person.keypoints[k].confidence
    return 1.0 if confidence is None else float(np.clip(confidence, 0.0, 1.0))
