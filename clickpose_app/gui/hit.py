"""What lies under the cursor: joints first, boxes last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import Box, FloatArray

REACH = 11.0
"""Screen pixels around a joint that still grab it."""


@dataclass(frozen=True)
class Hit:
    """A person, and one of their keypoints unless only the box was hit."""

    person_id: str
    keypoint: int | None = None


class HitIndex:
    """All joints and boxes of an image in arrays, so that a crowd costs no more than a person.

    Built once for an annotation; asked at every move of the mouse.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        """Take note of the people who are drawn."""
        people = tuple(people)
        self._ids = [person.id for person in people]
        # Flat numbers, no tuples: a thousand of those wake the garbage collector.
        flat = [
            number
            for row, person in enumerate(people)
            for k, joint in enumerate(person.keypoints)
            if joint.labelled
            for number in (joint.x, joint.y, row, k)
        ]
        table = np.array(flat, dtype=np.float64).reshape(-1, 4)
        self._x, self._y = table[:, 0].copy(), table[:, 1].copy()
        self._row, self._keypoint = table[:, 2].astype(np.intp), table[:, 3].astype(np.intp)
        boxes = [(p.box.x1, p.box.y1, p.box.x2, p.box.y2, p.box.area) for p in people]
        self._boxes = np.array(boxes, dtype=np.float64).reshape(-1, 5)

    def at(self, selected: str | None, x: float, y: float, reach: float) -> Hit | None:
        """What a click at (x, y) means; see hit_test."""
        distance = np.hypot(self._x - x, self._y - y)
        if selected in self._ids:
            own = np.where(self._row == self._ids.index(selected), distance, np.inf)
            hit = self._nearest(own, reach)
            if hit is not None:
                return hit
        return self._nearest(distance, reach) or self._smallest_box(x, y)

    def extent(self, box: Box) -> Box:
        """The smallest box around that box and all labelled joints."""
        return box.grown_to(np.stack([self._x, self._y], axis=1))

    def _nearest(self, distance: FloatArray, reach: float) -> Hit | None:
        if not len(distance):
            return None
        # Of joints on the same spot the one that is drawn on top.
        best = len(distance) - 1 - int(distance[::-1].argmin())
        if distance[best] > reach:
            return None
        return Hit(self._ids[self._row[best]], int(self._keypoint[best]))

    def _smallest_box(self, x: float, y: float) -> Hit | None:
        x1, y1, x2, y2, area = self._boxes.T
        around = (x1 <= x) & (x <= x2) & (y1 <= y) & (y <= y2)
        if not around.any():
            return None
        return Hit(self._ids[int(np.where(around, area, np.inf).argmin())])


def hit_test(
    people: Iterable[Person], selected: str | None, x: float, y: float, reach: float
) -> Hit | None:
    """What a click at (x, y) means.

    The selected person's joints win over all others, then the nearest joint of anybody, then
    the smallest box around the point: a box never takes a click that a joint could have.

    Args:
        people: those who are drawn.
        selected: id of the selected person, or None.
        x: in image pixels.
        y: in image pixels.
        reach: how far from a joint still counts, in image pixels.
    """
    return HitIndex(people).at(selected, x, y, reach)
