"""Gestures that take a whole pose or its box; shown live by the edits that dropping makes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.pose_edits import Similarity, transform_pose
from clickpose_app.gui.drag import Inside, Keys, kept
from clickpose_app.gui.handles import Handle
from clickpose_app.gui.texts import tr

_STEP = math.radians(15)
_SCALES = (0.05, 20.0)
_LEAST_SIDE = 2.0  # image pixels; a box keeps an extent


@dataclass(frozen=True)
class Held:
    """A person in the hand.

    Attributes:
        person_id: who.
        annotation: gives the annotation as it is now, for it may change during a gesture.
        show: draws the person as they would be.
        inside: keeps things in the picture.
    """

    person_id: str
    annotation: Callable[[], ImageAnnotation]
    show: Callable[[Person], object]
    inside: Inside

    @property
    def person(self) -> Person:
        """The person as they are now."""
        return self.annotation().person(self.person_id)


class PoseDrag:
    """A pose that is moved, turned or scaled as a whole."""

    def __init__(
        self,
        held: Held,
        kind: Handle,
        spot: QPointF,
        about: QPointF,
        tell: Callable[[str, Similarity], object],
    ) -> None:
        """Take hold of a pose.

        Args:
            held: whose.
            kind: MOVE, ROTATE or SCALE.
            spot: where the hand is.
            about: what stays in place while turning or scaling, and in the picture while moving.
            tell: gets person id and what was done to the pose.
        """
        self.person_id: str | None = held.person_id
        self.words = ""
        self.target: QPointF | None = None
        self._held, self._kind, self._tell = held, kind, tell
        self._start, self._about = spot, about

    def move(self, spot: QPointF, keys: Keys) -> None:
        """Show the whole pose where it would be."""
        similarity = self._similarity(spot, keys)
        changed = transform_pose(self._held.annotation(), self._held.person_id, similarity)
        self._held.show(changed.person(self._held.person_id))
        if self._kind is Handle.ROTATE:
            self.words = f"{math.degrees(similarity.angle):+.0f}°"
        elif self._kind is Handle.SCALE:
            self.words = f"{similarity.scale:.0%}"
        else:
            self.words = f"{similarity.dx:+.0f}, {similarity.dy:+.0f}"

    def drop(self, spot: QPointF, keys: Keys) -> None:
        """Tell how it was moved, turned or scaled; a pose back in its place was not."""
        similarity = self._similarity(spot, keys)
        if similarity.angle or similarity.scale != 1.0 or similarity.dx or similarity.dy:
            self._tell(self._held.person_id, similarity)

    def _similarity(self, spot: QPointF, keys: Keys) -> Similarity:
        x, y = self._about.x(), self._about.y()
        if self._kind is Handle.MOVE:
            place = kept(self._held.inside, self._about, self._about + spot - self._start)
            return Similarity(dx=place.x() - x, dy=place.y() - y)
        before, now = self._start - self._about, spot - self._about
        if self._kind is Handle.SCALE:
            reach = math.hypot(before.x(), before.y())
            scale = math.hypot(now.x(), now.y()) / reach if reach > 0 else 1.0
            return Similarity(x, y, scale=min(max(scale, _SCALES[0]), _SCALES[1]))
        angle = math.atan2(now.y(), now.x()) - math.atan2(before.y(), before.x())
        angle = math.remainder(angle, math.tau)
        if keys & Keys.ShiftModifier:
            angle = round(angle / _STEP) * _STEP
        return Similarity(x, y, angle=angle)


class BoxDrag:
    """A box whose sides are moved; the joints stay where they are."""

    def __init__(
        self,
        held: Held,
        sides: tuple[int, int] | None,
        spot: QPointF,
        tell: Callable[[str, Box], object],
    ) -> None:
        """Take hold of a side, a corner or all of a box.

        Args:
            held: whose.
            sides: as handles.SIDES; None for all of it.
            spot: where the hand is.
            tell: gets person id and the new box.
        """
        self.person_id: str | None = held.person_id
        self.words = ""
        self.target: QPointF | None = None
        self._held, self._sides, self._tell = held, sides, tell
        self._start, self._before = spot, held.person.box

    def move(self, spot: QPointF, keys: Keys) -> None:  # noqa: ARG002 (no key changes a box)
        """Show the box as it would be."""
        box = self._box(spot)
        changed = edits.set_box(self._held.annotation(), self._held.person_id, box)
        self._held.show(changed.person(self._held.person_id))
        self.words = tr("{width:.0f} x {height:.0f}").format(width=box.width, height=box.height)

    def drop(self, spot: QPointF, keys: Keys) -> None:  # noqa: ARG002 (no key changes a box)
        """Tell the new box, unless it is the old one."""
        box = self._box(spot)
        if box != self._before:
            self._tell(self._held.person_id, box)

    def _box(self, spot: QPointF) -> Box:
        box, moved = self._before, spot - self._start
        if self._sides is None:
            return self._shifted(moved)
        x, y = self._sides
        sides = [box.x1, box.y1, box.x2, box.y2]
        if x:
            at = 0 if x < 0 else 2
            sides[at] = self._kept_x(sides[at], moved.x())
        if y:
            at = 1 if y < 0 else 3
            sides[at] = self._kept_y(sides[at], moved.y())
        # A side that reaches the one opposite waits there.
        x1 = min(sides[0], box.x2 - _LEAST_SIDE) if x < 0 else sides[0]
        y1 = min(sides[1], box.y2 - _LEAST_SIDE) if y < 0 else sides[1]
        x2 = max(sides[2], box.x1 + _LEAST_SIDE) if x > 0 else sides[2]
        y2 = max(sides[3], box.y1 + _LEAST_SIDE) if y > 0 else sides[3]
        return Box(x1, y1, x2, y2)

    def _shifted(self, moved: QPointF) -> Box:
        """The box elsewhere; the side that goes ahead stops at the edge of the picture."""
        box = self._before
        ahead_x = box.x2 if moved.x() > 0 else box.x1
        ahead_y = box.y2 if moved.y() > 0 else box.y1
        dx = self._kept_x(ahead_x, moved.x()) - ahead_x
        dy = self._kept_y(ahead_y, moved.y()) - ahead_y
        return Box(box.x1 + dx, box.y1 + dy, box.x2 + dx, box.y2 + dy)

    def _kept_x(self, side: float, by: float) -> float:
        return kept(self._held.inside, QPointF(side, 0), QPointF(side + by, 0)).x()

    def _kept_y(self, side: float, by: float) -> float:
        return kept(self._held.inside, QPointF(0, side), QPointF(0, side + by)).y()
