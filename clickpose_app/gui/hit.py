"""What lies under the cursor: joints first, boxes last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clickpose_app.core.annotation import Person


@dataclass(frozen=True)
class Hit:
    """A person, and one of their keypoints unless only the box was hit."""

    person_id: str
    keypoint: int | None = None


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
    people = list(people)
    own = [person for person in people if person.id == selected]
    return (
        _nearest_joint(own, x, y, reach)
        or _nearest_joint(people, x, y, reach)
        or _smallest_box(people, x, y)
    )


def _nearest_joint(people: list[Person], x: float, y: float, reach: float) -> Hit | None:
    best, hit = reach, None
    for person in people:
        if not person.keypoints:
            continue
        distance = np.hypot(*(person.xy - (x, y)).T)
        distance[~person.labelled] = np.inf
        k = int(distance.argmin())
        if distance[k] <= best:
            best, hit = float(distance[k]), Hit(person.id, k)
    return hit


def _smallest_box(people: list[Person], x: float, y: float) -> Hit | None:
    around = [person for person in people if person.box.contains(x, y)]
    if not around:
        return None
    return Hit(min(around, key=lambda person: person.box.area).id)
