"""What an annotation is: frozen values for keypoints, people and images."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from clickpose_app.core.geometry import BoolArray, Box, FloatArray


class Visibility(enum.IntEnum):
    """COCO's v: whether a keypoint is labelled, and whether it can be seen."""

    UNLABELLED = 0
    OCCLUDED = 1
    VISIBLE = 2


class Source(enum.Enum):
    """Who said where a keypoint (or a box) is. What a HUMAN placed is never moved by a network."""

    PREDICTED = "predicted"
    HUMAN = "human"


class ImageState(enum.Enum):
    """How far the work on one image has come."""

    NEW = "new"
    PREDICTED = "predicted"
    EDITED = "edited"
    REVIEWED = "reviewed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Keypoint:
    """One keypoint of one person, in image pixels.

    Attributes:
        x: continuous pixel coordinate (see core.geometry); kept while unlabelled, so that
            a keypoint that is put back returns to where it was.
        y: as x.
        visibility: COCO's v.
        source: who placed it.
        confidence: the network's certainty in 0..1, or None if no network said any.
    """

    x: float
    y: float
    visibility: Visibility = Visibility.VISIBLE
    source: Source = Source.PREDICTED
    confidence: float | None = None

    @property
    def labelled(self) -> bool:
        """Whether COCO counts the keypoint (v > 0)."""
        return self.visibility is not Visibility.UNLABELLED

    @property
    def pinned(self) -> bool:
        """Whether a person placed it, so that no network may move it."""
        return self.source is Source.HUMAN


def new_person_id() -> str:
    """A fresh id that no other person in any project has."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Person:
    """One annotated person (instance).

    Attributes:
        id: unique and stable for the life of the person, across saves and sessions.
        keypoints: K keypoints in skeleton order.
        box: the person's box, independent of the keypoints.
        box_source: who drew the box.
        score: the detector's score in 0..1, or None for a person drawn by hand.
        is_crowd: an ignore region (COCO's iscrowd), with no keypoints of its own.
        extra: fields of an imported file that ClickPose does not know, kept as they came
            (JSON values; treat as read-only).
    """

    id: str
    keypoints: tuple[Keypoint, ...]
    box: Box
    box_source: Source = Source.PREDICTED
    score: float | None = None
    is_crowd: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def xy(self) -> FloatArray:
        """Keypoint coordinates [K, 2] in pixels."""
        return np.array([(k.x, k.y) for k in self.keypoints], dtype=np.float64).reshape(-1, 2)

    @property
    def labelled(self) -> BoolArray:
        """Which keypoints count [K]."""
        return np.array([k.labelled for k in self.keypoints], dtype=np.bool_)

    @property
    def pinned(self) -> BoolArray:
        """Which keypoints a person placed [K]."""
        return np.array([k.pinned for k in self.keypoints], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class ImageAnnotation:
    """Everything annotated on one image.

    Attributes:
        people: in drawing order; ids are unique.
        state: how far the work on the image has come.
        note: what a reviewer wrote to whoever corrects it; empty for nothing.
    """

    people: tuple[Person, ...] = ()
    state: ImageState = ImageState.NEW
    note: str = ""

    def find(self, person_id: str | None) -> Person | None:
        """The person of that id, or None if there is none."""
        return next((person for person in self.people if person.id == person_id), None)

    def person(self, person_id: str) -> Person:
        """The person of that id; KeyError if there is none."""
        person = self.find(person_id)
        if person is None:
            raise KeyError(person_id)
        return person

    def with_person(self, changed: Person) -> ImageAnnotation:
        """The same people, the one of that id changed."""
        people = tuple(changed if p.id == changed.id else p for p in self.people)
        return replace(self, people=people)
