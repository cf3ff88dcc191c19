"""What is drawn over the picture: people, ghosts and a box being drawn."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette, sprites
from clickpose_app.gui.crowding import MANY_JOINTS, largest_radius, nearest_gaps
from clickpose_app.gui.skeleton_colours import joint_colours, limb_strokes
from clickpose_app.gui.strokes import Strokes, uncertain
from clickpose_app.gui.widgets import rect_of

JOINT_RADIUS = 5.0  # screen pixels, of a joint that the network is certain of
_UNSURE_RADIUS = 3.0
_LARGE = 260.0  # screen pixels; people smaller than this have smaller marks
_REACH = 40.0  # screen pixels that drawing may stick out of the joints
_ARM = 14  # screen pixels, of the corner of a box
_DIMMED = 0.55  # opacity of those who are not selected while somebody is


class PersonItem(QGraphicsItem):
    """One person: box, limbs and joints, in sizes of the screen, not of the image.

    Colour and dashes are the side; small in a halo is uncertain; a square is pinned; hollow is
    occluded.
    """

    def __init__(self, skeleton: Skeleton, person: Person) -> None:
        """Draw a person of that skeleton."""
        super().__init__()
        self._skeleton = skeleton
        self._joint_colours = joint_colours(skeleton)
        self._limb_strokes = limb_strokes(skeleton)
        self._person = person
        self._xy = person.xy
        self._strokes: Strokes | None = None
        self._gaps: FloatArray | None = None
        self._pixel = 1.0
        self._number = 0
        self._selected = False
        self._dimmed = False
        self._quick = False
        self._bounds: QRectF | None = None
        self._made: dict[object, list[tuple[int, QPixmap, int]]] = {}
        self._keypoint: int | None = None
        self._hovered: int | None = None

    @property
    def person(self) -> Person:
        """Who is drawn."""
        return self._person

    @property
    def number(self) -> int:
        """As which one in the list they are drawn."""
        return self._number

    @property
    def shown_xy(self) -> FloatArray:
        """Where the joints are drawn now [K, 2], in image pixels."""
        return self._xy

    @property
    def dimmed(self) -> bool:
        """Whether the person is drawn faintly, because somebody else is selected."""
        return self._dimmed

    def show_person(self, person: Person, number: int) -> None:
        """Draw this state of the person, numbered as in the list."""
        self._person, self._number = person, number
        self.show_xy(person.xy)

    def show_xy(self, xy: FloatArray) -> None:
        """Draw the joints elsewhere [K, 2], while dragging or gliding."""
        self.prepareGeometryChange()
        self._xy = xy
        self._strokes, self._bounds = None, None
        self._made.clear()
        self._gaps = nearest_gaps(xy) if len(xy) > MANY_JOINTS else None
        self.update()

    def show_selection(self, selected: bool, keypoint: int | None, *, dimmed: bool = False) -> None:
        """Draw the person, and one joint, as selected or not; dimmed if somebody else is."""
        self._selected, self._keypoint, self._dimmed = selected, keypoint, dimmed
        self.setZValue(2 if selected else 1)
        self.setOpacity(_DIMMED if dimmed else 1.0)
        self.update()

    def show_hover(self, keypoint: int | None) -> None:
        """Draw one joint as grabbable."""
        if keypoint != self._hovered:
            self._hovered = keypoint
            self.update()

    def set_quick(self, quick: bool) -> None:
        """Draw less prettily while the picture moves, if people are many."""
        if quick != self._quick:
            self._quick = quick
            self.update()

    def set_pixel(self, pixel: float) -> None:
        """Tell how many image pixels one screen pixel covers."""
        self.prepareGeometryChange()
        self._pixel = pixel

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """Box and joints, with room for what is drawn around them."""
        if self._bounds is None:
            box = self._person.box.grown_to(self._xy)
            self._bounds = rect_of(box)
        reach = _REACH * self._pixel
        return self._bounds.adjusted(-reach, -reach, reach, reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Draw from the back to the front: limbs, box, joints."""
        if self._person.is_crowd:
            box = self._person.box
            self._paint_hatch(painter, rect_of(box))
        if self._person.keypoints:  # a crowd region is a box and nothing else
            if self._strokes is None:
                self._strokes = Strokes(self._skeleton, self._limb_strokes, self._person, self._xy)
            prominence = self._prominence()
            width = (3.0 if self._selected else 2.0) * prominence
            casing = not self._dimmed and not self._quick
            self._strokes.paint(painter, width, casing=casing, smooth=not self._quick)
        self._paint_marks(painter)

    def _paint_hatch(self, painter: QPainter, rect: QRectF) -> None:
        """Light stripes between dark ones, to show on any ground: nothing in here counts."""
        for colour, alpha, shift in ((palette.CASING, 130, 0.0), (palette.BOX, 170, 1.0)):
            stripes = QColor(colour)
            stripes.setAlpha(alpha if self._selected else alpha * 2 // 3)
            brush = QBrush(stripes, Qt.BrushStyle.BDiagPattern)
            scale = QTransform.fromScale(1.5 * self._pixel, 1.5 * self._pixel)
            brush.setTransform(scale.translate(shift, 0.0))
            painter.fillRect(rect, brush)

    def _paint_marks(self, painter: QPainter) -> None:
        """Box, number and joints, on whole physical pixels: crisp, and merely copied."""
        ratio, transform = painter.device().devicePixelRatioF(), painter.worldTransform()
        scale, dx, dy = transform.m11() * ratio, transform.dx() * ratio, transform.dy() * ratio
        painter.save()
        painter.resetTransform()
        painter.scale(1 / ratio, 1 / ratio)
        box = self._person.box
        left, top = round(box.x1 * scale + dx), round(box.y1 * scale + dy)
        self._paint_box(painter, left, top, round(box.width * scale), round(box.height * scale))
        tag = sprites.number(self._number, self._selected, ratio)
        painter.drawPixmap(left, top - tag.height(), tag)
        spots = np.floor(self._xy * scale + (dx, dy)).astype(int).tolist()
        for k, picture, half in self._pictures(ratio):
            x, y = spots[k]
            painter.drawPixmap(x - half, y - half, picture)
        painter.restore()

    def _paint_box(self, painter: QPainter, left: int, top: int, wide: int, high: int) -> None:
        """All of the box for who is selected, its corners for others; in physical pixels."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        shade, line = _box_brushes(self._selected)
        unit = max(round(painter.device().devicePixelRatioF()), 1)
        painter.translate(left, top)
        if not self._quick:
            painter.setBrush(shade)
            painter.drawRects(_frame(wide, high, 3 * unit, self._selected))
        painter.setBrush(line)
        painter.drawRects(_frame(wide, high, unit, self._selected))
        painter.translate(-left, -top)

    def _pictures(self, ratio: float) -> list[tuple[int, QPixmap, int]]:
        """Joint, its picture and half of that picture's width, from the back to the front."""
        prominence = self._prominence() * (1.0 if self._selected else 0.85)
        key = (
            prominence,
            self._keypoint,
            self._hovered,
            ratio,
            self._pixel if self._gaps is not None else 0.0,
            id(palette.current()),
        )
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = []
            for k in self._order():
                if self._person.keypoints[k].labelled:
                    picture = sprites.joint(self._mark(k, prominence), ratio)
                    found.append((k, picture, picture.width() // 2))
        return found

    def _order(self) -> list[int]:
        """Joints from the back to the front: the selected one, then the hovered one, on top."""
        top = list(dict.fromkeys(k for k in (self._keypoint, self._hovered) if k is not None))
        return [k for k in range(len(self._person.keypoints)) if k not in top] + top

    def _mark(self, k: int, prominence: float) -> sprites.JointMark:
        keypoint = self._person.keypoints[k]
        unsure = uncertain(self._person, k)
        radius = (_UNSURE_RADIUS if unsure else JOINT_RADIUS) * prominence
        if self._gaps is not None:
            radius = min(radius, largest_radius(self._gaps[k] / self._pixel))
        if k == self._hovered:
            radius += 1.5
        return sprites.JointMark(
            colour=self._joint_colours[k].rgba(),
            radius=max(round(radius * 2) / 2, 2.0),
            pinned=keypoint.pinned,
            hollow=keypoint.visibility is Visibility.OCCLUDED,
            uncertain=unsure,
            chosen=self._selected and k == self._keypoint,
        )

    def _prominence(self) -> float:
        """1 for a person who is large on the screen; less for one in a crowd, whom marks hide."""
        longer = max(self._person.box.width, self._person.box.height) / self._pixel
        return min(max(round(longer / _LARGE, 1), 0.6), 1.0)


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
        return rect_of(box).adjusted(-reach, -reach, reach, reach)

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


@cache
def _box_brushes(selected: bool) -> tuple[QColor, QColor]:
    """What lies below the line of a box, and the line."""
    shade, line = QColor(palette.CASING), QColor(palette.BOX)
    shade.setAlpha(150 if selected else 90)
    line.setAlpha(255 if selected else 170)
    return shade, line


@lru_cache(maxsize=256)  # of the people of one image: nobody else's box has their size
def _frame(wide: int, high: int, thick: int, whole: bool) -> list[QRect]:
    """The edges of a rectangle, or only its corners, as bars; filling them is the fastest."""
    x, y = -(thick // 2), -(thick // 2)
    wide, high = wide + thick, high + thick
    if whole:
        across = [(x, wide)]
        down = [(y + thick, high - 2 * thick)]
    else:
        arm = min(_ARM, wide // 3, high // 3)
        across = [(x, arm), (x + wide - arm, arm)]
        down = [(y + thick, arm - thick), (y + high - arm, arm - thick)]
    bars = [QRect(a, b, length, thick) for a, length in across for b in (y, y + high - thick)]
    return bars + [QRect(a, b, thick, length) for b, length in down for a in (x, x + wide - thick)]
