"""What a run has found, in figures that take no more room for a million images than for ten."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.need import need_of
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.dataset import DatasetImage

LEAST_CERTAIN = 20
"""Images that are kept to be looked at."""

SCORE_BINS = 20
"""Equal parts of 0..1 in which scores are counted."""

_OCTAVE_PARTS = 2


@dataclass(frozen=True)
class Doubtful:
    """An image of which the network is unsure.

    Attributes:
        need: how much it needs a person's eyes in 0..1 (core.need).
        path: of its file.
        image: who was found on it.
    """

    need: float
    path: Path
    image: DatasetImage


@dataclass
class Summary:
    """Counts over a run; fed image by image.

    Attributes:
        skeleton: of the people.
        images: looked at.
        empty: images without people.
        people: found.
        per_image: number of people -> number of images.
        scores: part of 0..1 (0 to SCORE_BINS - 1) -> number of people.
        heights: half octave of the box's height in pixels -> number of people (see height_of).
        joints: for each keypoint how often it is not labelled, occluded and visible.
        confidences: for each keypoint the sum of its confidences, and how many there are.
        tracks: ids of people that were followed through frames.
    """

    skeleton: Skeleton
    images: int = 0
    empty: int = 0
    people: int = 0
    per_image: Counter[int] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)
    heights: Counter[int] = field(default_factory=Counter)
    joints: list[list[int]] = field(default_factory=list)
    confidences: list[list[float]] = field(default_factory=list)
    tracks: int = 0
    _doubtful: list[tuple[float, int, Doubtful]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self.joints = [[0] * len(Visibility) for _ in self.skeleton.keypoints]
        self.confidences = [[0.0, 0.0] for _ in self.skeleton.keypoints]

    def add(self, path: Path, image: DatasetImage) -> None:
        """Count one image."""
        annotation = image.annotation
        people = [person for person in annotation.people if not person.is_crowd]
        self.images += 1
        self.empty += not people
        self.people += len(people)
        self.per_image[len(people)] += 1
        for person in people:
            self._count(person)
        need = need_of(annotation)
        if people and need is not None:
            # Of equally doubtful ones the first; the number keeps images from being compared.
            entry = need, -self.images, Doubtful(need, path, image)
            if len(self._doubtful) < LEAST_CERTAIN:
                heapq.heappush(self._doubtful, entry)
            else:
                heapq.heappushpop(self._doubtful, entry)

    @property
    def least_certain(self) -> list[Doubtful]:
        """The images of which the network is least certain, the least first; with people only."""
        return [doubtful for _, _, doubtful in sorted(self._doubtful, key=lambda e: (-e[0], -e[1]))]

    def _count(self, person: Person) -> None:
        if person.score is not None:
            self.scores[min(int(person.score * SCORE_BINS), SCORE_BINS - 1)] += 1
        self.heights[height_bin(person.box.height)] += 1
        track = person.extra.get("track_id")
        if type(track) is int:
            self.tracks = max(self.tracks, track)  # ids count from 1, none left out
        for k, keypoint in enumerate(person.keypoints):
            self.joints[k][keypoint.visibility] += 1
            if keypoint.confidence is not None:
                self.confidences[k][0] += keypoint.confidence
                self.confidences[k][1] += 1


def height_bin(height: float) -> int:
    """The half octave that a height in pixels falls into."""
    return math.floor(math.log2(max(height, 1.0)) * _OCTAVE_PARTS)


def height_of(half_octave: int) -> float:
    """The lower end of a half octave, in pixels."""
    return float(2.0 ** (half_octave / _OCTAVE_PARTS))
