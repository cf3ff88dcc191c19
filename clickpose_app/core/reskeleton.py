"""People follow a change of skeleton in the middle of a project, keypoint by keypoint, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.core.figure import figure_onto
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton

REMOVED = "clickpose_removed_keypoints"
"""Field of Person.extra that keeps labelled keypoints which the skeleton has no longer, by name."""


@dataclass(frozen=True, slots=True)
class Reskeleton:
    """A change from one skeleton to another.

    Attributes:
        old: the skeleton that people have, K keypoints.
        new: the skeleton that they get, N keypoints.
        places: for each of the N its place among the K, or None for a new one.
    """

    old: Skeleton
    new: Skeleton
    places: tuple[int | None, ...]

    @classmethod
    def between(
        cls, old: Skeleton, new: Skeleton, renamed: Mapping[str, str] | None = None
    ) -> Reskeleton:
        """Match by name, and by what was renamed.

        Args:
            old: the skeleton that people have.
            new: the skeleton that they get.
            renamed: new names of keypoints by their old ones.

        Raises:
            ValueError: if a rename speaks of a keypoint that is not there, or two become one.
        """
        renamed = renamed or {}
        origins = {new_name: old_name for old_name, new_name in renamed.items()}
        for old_name, new_name in renamed.items():
            if old_name not in old.keypoints or new_name not in new.keypoints:
                raise ValueError(f"there is no {old_name} that could become {new_name}")
            if origins[new_name] != old_name:
                raise ValueError(f"{old_name} and {origins[new_name]} both become {new_name}")
        places: list[int | None] = []
        for name in new.keypoints:
            origin = origins.get(name, "" if name in renamed else name)
            places.append(old.index(origin) if origin in old.keypoints else None)
        return cls(old, new, tuple(places))

    @property
    def keeps_all(self) -> bool:
        """Whether every person stays as they are: the same keypoints in the same order."""
        same = self.places == tuple(range(len(self.old)))
        return same and self.old.keypoints == self.new.keypoints

    @property
    def removed(self) -> tuple[int, ...]:
        """Which of the K keypoints go."""
        return tuple(k for k in range(len(self.old)) if k not in self.places)

    @property
    def added(self) -> tuple[str, ...]:
        """Names of keypoints that come."""
        return tuple(
            name
            for name, place in zip(self.new.keypoints, self.places, strict=True)
            if place is None
        )

    def person(self, person: Person) -> Person:
        """A person with the new skeleton.

        Kept keypoints are kept bit for bit. Those that go stay in Person.extra where they were
        labelled or placed, and come back from there when their name does. New ones are not
        labelled and lie where the standing figure has them. A crowd region without keypoints
        stays without.

        Raises:
            ValueError: if the person has another number of keypoints than the old skeleton.
        """
        if not person.keypoints:
            return person
        if len(person.keypoints) != len(self.old):
            raise ValueError(f"{len(person.keypoints)} keypoints instead of {len(self.old)}")
        stored = person.extra.get(REMOVED)
        put_away: dict[str, Any] = dict(stored) if isinstance(stored, Mapping) else {}
        keypoints: list[Keypoint | None] = []
        for name, place in zip(self.new.keypoints, self.places, strict=True):
            if place is not None:
                keypoints.append(person.keypoints[place])
            else:
                keypoints.append(_taken_out(put_away, name))
        for k in self.removed:
            keypoint = person.keypoints[k]
            if keypoint.labelled or keypoint.pinned:
                put_away[self.old.keypoints[k]] = _put_in(keypoint)
        extra = {key: value for key, value in person.extra.items() if key != REMOVED}
        if put_away or (stored is not None and not isinstance(stored, Mapping)):
            extra[REMOVED] = put_away or stored
        return replace(person, keypoints=_filled(self.new, keypoints, person.box), extra=extra)


def _put_in(keypoint: Keypoint) -> list[Any]:
    return [
        keypoint.x,
        keypoint.y,
        int(keypoint.visibility),
        keypoint.source.value,
        keypoint.confidence,
    ]


def _taken_out(put_away: dict[str, Any], name: str) -> Keypoint | None:
    """A keypoint that was put away under this name; None if there is none that makes sense."""
    try:
        x, y, visibility, source, confidence = put_away[name]
        keypoint = Keypoint(
            float(x),
            float(y),
            Visibility(visibility),
            Source(source),
            None if confidence is None else float(confidence),
        )
    except (KeyError, TypeError, ValueError):
        return None
    del put_away[name]
    return keypoint


def _filled(skeleton: Skeleton, keypoints: list[Keypoint | None], box: Box) -> tuple[Keypoint, ...]:
    """The keypoints, with unlabelled ones in place of None."""
    if None not in keypoints:
        return tuple(keypoint for keypoint in keypoints if keypoint is not None)
    known = np.array([keypoint is not None and keypoint.labelled for keypoint in keypoints])
    xy = np.array([(0.0, 0.0) if k is None else (k.x, k.y) for k in keypoints])
    guess = figure_onto(skeleton, xy, known, box)
    return tuple(
        keypoint or Keypoint(float(x), float(y), Visibility.UNLABELLED)
        for keypoint, (x, y) in zip(keypoints, guess, strict=True)
    )
