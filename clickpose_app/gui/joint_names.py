"""The names of all joints of one person, beside the joints and never over each other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.widgets import rect_of

_FONT = 11  # screen pixels
_ASIDE = 14.0  # screen pixels between a joint and its name
_PAD = 3.0
_REACH = 220.0  # screen pixels that names may stick out of the joints


@dataclass(frozen=True)
class _Name:
    """A name and where it stands, in screen pixels from the origin of the picture."""

    words: str
    side: str
    joint: QPointF
    rect: QRectF


class JointNames(QGraphicsItem):
    """Drawn above everybody; in sizes of the screen.

    Attributes:
        wanted: whether names are to be shown at all.
    """

    def __init__(self) -> None:
        """Start with no names, unwanted."""
        super().__init__()
        self.wanted = False
        self._names: list[_Name] = []
        self._pixel = 1.0
        self._bounds = QRectF()
        self.setZValue(2.5)

    @property
    def words(self) -> list[str]:
        """The names that are shown."""
        return [name.words for name in self._names] if self.isVisible() else []

    def show_person(self, skeleton: Skeleton, person: Person, xy: FloatArray, pixel: float) -> None:
        """Name the labelled joints of a person who is drawn at xy [K, 2] in image pixels."""
        self.setVisible(self.wanted)
        if not self.wanted:
            return
        self.prepareGeometryChange()
        self._pixel = pixel
        self._names = _arranged(skeleton, person, xy / pixel)
        reach = _REACH * pixel
        box = person.box.grown_to(xy)
        self._bounds = rect_of(box)
        self._bounds.adjust(-reach, -reach, reach, reach)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """The joints, with room for their names."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 (Qt's signature)
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """A dark plate with the name, and a thin line to its joint."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._pixel, self._pixel)
        painter.setFont(_font())
        for name in self._names:
            near = name.rect.left() if name.rect.left() > name.joint.x() else name.rect.right()
            painter.setPen(QPen(palette.SIDES[name.side], 1.0))
            painter.drawLine(name.joint, QPointF(near, name.rect.center().y()))
        for name in self._names:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.LABEL)
            painter.drawRoundedRect(name.rect, 2, 2)
            painter.setPen(palette.SIDES[name.side])
            painter.drawText(name.rect, Qt.AlignmentFlag.AlignCenter, name.words)


def _arranged(skeleton: Skeleton, person: Person, spots: FloatArray) -> list[_Name]:
    """Names left or right of their joints [K, 2], from the top, pushed down where they touch."""
    metrics = QFontMetricsF(_font())
    height = metrics.height() + 2
    labelled = [k for k in range(len(spots)) if person.keypoints[k].labelled]
    if not labelled:
        return []
    middle = sum(float(spots[k][0]) for k in labelled) / len(labelled)
    lowest = {False: float("-inf"), True: float("-inf")}
    names = []
    for k in sorted(labelled, key=lambda k: float(spots[k][1])):
        x, y = float(spots[k][0]), float(spots[k][1])
        words = joint_name(skeleton.keypoints[k])
        width = metrics.horizontalAdvance(words) + 2 * _PAD
        rightwards = x >= middle
        top = max(y - height / 2, lowest[rightwards])
        lowest[rightwards] = top + height + 1
        left = x + _ASIDE if rightwards else x - _ASIDE - width
        rect = QRectF(left, top, width, height)
        names.append(_Name(words, skeleton.side(k), QPointF(x, y), rect))
    return names


def _font() -> QFont:
    font = QFont()
    font.setPixelSize(_FONT)
    return font
