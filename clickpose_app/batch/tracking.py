"""Who is who from frame to frame: track ids by OKS and IoU.

Our own, because what libraries there are compares boxes alone (motpy, ByteTrack), needs another
OpenCV than ours (trackers) or an old numpy world (norfair). The best assignment comes from scipy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import AREA_OF_BOX, Box, FloatArray, keypoint_similarity
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError

FIELD = "track_id"
"""The field of a COCO annotation that says which track a person belongs to."""

PATIENCE = 8
"""Frames that a person may be out of sight and still keep the id."""

SAME = 0.2
"""Mean of OKS and IoU from which two poses may be of one person."""

_MEMORY = 0.5  # share of the old velocity in the new one


@dataclass(slots=True)
class _Track:
    """One person through the frames: last pose, and pixels a frame that it moves."""

    id: int
    person: Person
    velocity: FloatArray
    unseen: int = 0

    @property
    def step(self) -> FloatArray:
        """How far the person has probably moved since last seen [2], in pixels."""
        return self.velocity * (self.unseen + 1)


class TrackIds:
    """Gives out ids that no two people of a data set share, from 1."""

    def __init__(self) -> None:
        """Begin with 1."""
        self._last = 0

    def new(self) -> int:
        """The next one."""
        self._last += 1
        return self._last


class Tracker:
    """Follows the people of one video; frames come in order.

    A person is compared with where each track was and with where it would be had it moved on;
    the better of the two counts, so that neither a pan nor a sudden stop loses anybody.
    """

    def __init__(self, skeleton: Skeleton, ids: TrackIds) -> None:
        """Begin with nobody.

        Args:
            skeleton: of the people.
            ids: where new ids come from, shared by the trackers of a data set.

        Raises:
            ClickPoseError: if scipy is missing.
        """
        _assignment()
        self._sigmas = skeleton.sigma_array
        self._ids = ids
        self._tracks: list[_Track] = []

    def follow(self, annotation: ImageAnnotation) -> ImageAnnotation:
        """The next frame, each person with a track id; crowd regions have none."""
        people = [person for person in annotation.people if not person.is_crowd]
        tracks = {person.id: track for track, person in self._matches(people)}
        for track in self._tracks:
            track.unseen += 1
        for person in people:
            if person.id in tracks:
                _move_on(tracks[person.id], person)
            else:
                tracks[person.id] = _Track(self._ids.new(), person, np.zeros(2))
                self._tracks.append(tracks[person.id])
        self._tracks = [track for track in self._tracks if track.unseen <= PATIENCE]
        return replace(
            annotation,
            people=tuple(
                replace(p, extra={**p.extra, FIELD: tracks[p.id].id}) if p.id in tracks else p
                for p in annotation.people
            ),
        )

    def _matches(self, people: list[Person]) -> list[tuple[_Track, Person]]:
        if not people or not self._tracks:
            return []
        likeness = np.array([[self._alike(t, p) for p in people] for t in self._tracks])
        rows, columns = _assignment()(likeness, maximize=True)
        return [
            (self._tracks[row], people[column])
            for row, column in zip(rows, columns, strict=True)
            if likeness[row, column] >= SAME
        ]

    def _alike(self, track: _Track, person: Person) -> float:
        """How alike a track and a person are: the mean of OKS and IoU, in 0..1."""
        return max(
            _similarity(track.person, person, step, self._sigmas)
            for step in (track.step, np.zeros(2))
        )


def _similarity(before: Person, now: Person, step: FloatArray, sigmas: FloatArray) -> float:
    dx, dy = float(step[0]), float(step[1])
    old = before.box
    overlap = Box(old.x1 + dx, old.y1 + dy, old.x2 + dx, old.y2 + dy).iou(now.box)
    both = before.labelled & now.labelled if len(before.keypoints) else np.zeros(0, np.bool_)
    if not both.any():
        return overlap
    # Neither pose is the truth, so neither area alone decides.
    area = max(AREA_OF_BOX * (old.area * now.box.area) ** 0.5, 1.0)
    similar = keypoint_similarity(before.xy + step, now.xy, area, sigmas)
    return (overlap + float(similar[both].mean())) / 2


def _move_on(track: _Track, person: Person) -> None:
    moved = (_centre(person.box) - _centre(track.person.box)) / track.unseen
    first = not track.velocity.any()
    track.velocity = moved if first else _MEMORY * track.velocity + (1 - _MEMORY) * moved
    track.person, track.unseen = person, 0


def _centre(box: Box) -> FloatArray:
    return np.array([(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2])


def _assignment() -> Callable[..., tuple[NDArray[np.intp], NDArray[np.intp]]]:
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise ClickPoseError(
            "Following people from frame to frame needs scipy, which is not installed.",
            "Install clickpose-app[video], or give --no-track.",
        ) from error
    return linear_sum_assignment
