"""What a hand can move between press and release: one class a gesture.

A gesture shows what it would do while the hand moves, and tells it once, when it is dropped.
Places are image pixels, so that zooming or panning in the middle of a gesture does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsRectItem

from clickpose_app.core.geometry import Box
from clickpose_app.gui import palette
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.people_layer import PeopleLayer
from clickpose_app.gui.texts import tr
from clickpose_app.gui.widgets import rect_of

_SMALLEST_BOX = 8.0  # image pixels; a smaller box was a slip of the hand

Keys = Qt.KeyboardModifier
Inside = Callable[[QPointF], QPointF]
"""Moves a place to the nearest one inside the picture."""


def kept(inside: Inside, start: QPointF, spot: QPointF) -> QPointF:
    """Where something that lay at start may go: not out of the picture, unless it was there."""
    return inside(spot) if inside(start) == start else spot


class Gesture(Protocol):
    """Something under way between press and release."""

    person_id: str | None
    """Whom it moves; the gesture ends when they are gone."""
    words: str
    """How far it has come, for the words at the cursor; empty for nothing to say."""
    target: QPointF | None
    """What is to be seen exactly, in image pixels, for the magnifier; None for nothing."""

    def move(self, spot: QPointF, keys: Keys) -> None:
        """Show what dropping here would do."""

    def drop(self, spot: QPointF, keys: Keys) -> None:
        """Tell what was done."""


class JointDrag:
    """One joint in the hand."""

    def __init__(
        self,
        layer: PeopleLayer,
        hit: Hit,
        spot: QPointF,
        inside: Inside,
        tell: Callable[[str, int, float, float, bool], object],
    ) -> None:
        """Take hold of a joint beside its centre, so that it does not jump there.

        Args:
            layer: where it is shown.
            hit: whose joint and which; keypoint is not None.
            spot: where the hand is.
            inside: keeps it in the picture, unless it lies outside already.
            tell: gets person id, keypoint, x, y and whether the others may follow.
        """
        assert hit.keypoint is not None
        self.person_id: str | None = hit.person_id
        self.words = ""
        self.target: QPointF | None = None
        self._id, self._k = hit.person_id, hit.keypoint
        self._layer, self._inside, self._tell = layer, inside, tell
        self._start = QPointF(*layer.shown_xy(self._id)[self._k])
        self._offset = self._start - spot

    def move(self, spot: QPointF, keys: Keys) -> None:  # noqa: ARG002 (only dropping asks)
        """The joint goes with the hand, whatever the network does meanwhile."""
        place = self.target = self._place(spot)
        self._layer.show_joint(self._id, self._k, place.x(), place.y())

    def drop(self, spot: QPointF, keys: Keys) -> None:
        """With Ctrl the others stay."""
        place, alone = self._place(spot), bool(keys & Keys.ControlModifier)
        self._tell(self._id, self._k, place.x(), place.y(), not alone)

    def _place(self, spot: QPointF) -> QPointF:
        return kept(self._inside, self._start, spot + self._offset)


class Band:
    """A box that is being drawn from corner to corner."""

    person_id: str | None = None
    words = ""
    target: QPointF | None = None

    def __init__(
        self,
        item: QGraphicsRectItem,
        spot: QPointF,
        inside: Inside,
        pixel: Callable[[], float],
        tell: Callable[[Box], object],
    ) -> None:
        """Begin at a corner.

        Args:
            item: shows the box.
            spot: where the hand is.
            inside: keeps the box in the picture.
            pixel: how many image pixels a screen pixel covers.
            tell: gets the box, unless it was a slip of the hand.
        """
        self._item, self._start, self._inside = item, inside(spot), inside
        self._pixel, self._tell = pixel, tell

    def move(self, spot: QPointF, keys: Keys) -> None:  # noqa: ARG002 (no key changes a box)
        """Draw the box up to the hand."""
        box = self._box(spot)
        self._item.setPen(QPen(palette.RIGHT, 1.5 * self._pixel()))
        self._item.setRect(rect_of(box))
        self._item.show()
        self.words = tr("{width:.0f} x {height:.0f}").format(width=box.width, height=box.height)

    def drop(self, spot: QPointF, keys: Keys) -> None:  # noqa: ARG002 (no key changes a box)
        """The box is done."""
        box = self._box(spot)
        if min(box.width, box.height) >= _SMALLEST_BOX:
            self._tell(box)

    def _box(self, spot: QPointF) -> Box:
        end = self._inside(spot)
        return Box.from_corners(self._start.x(), self._start.y(), end.x(), end.y())
