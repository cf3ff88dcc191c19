"""A pose that travels as text: to another image, another window or another project."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
    new_person_id,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.skeleton import Skeleton

_MARK = "clickpose_pose"
_LONGEST = 1_000_000  # characters; a pose has a few thousand


@dataclass(frozen=True)
class CopiedPose:
    """A pose on its way.

    Attributes:
        person: with a new id; every joint is PREDICTED, because elsewhere it is but a start,
            which a network may move until somebody places it there.
        origin: which image it comes from; empty if nobody said.
    """

    person: Person
    origin: str = ""


def pose_to_text(person: Person, skeleton: Skeleton, origin: str) -> str:
    """A person's joints by name, and their box; nothing else of them travels."""
    box = person.box
    return json.dumps(
        {
            _MARK: 1,
            "origin": origin,
            "box": [box.x1, box.y1, box.x2, box.y2],
            "keypoints": {
                name: [k.x, k.y, int(k.visibility)]
                for name, k in zip(skeleton.keypoints, person.keypoints, strict=True)
            },
        }
    )


def pose_from_text(text: str, skeleton: Skeleton) -> CopiedPose | None:
    """The pose in a text, its joints matched by name; None if the text is no pose.

    Joints that the other skeleton lacks are not labelled.

    Raises:
        ValueError: if it is a pose, but damaged or of a skeleton without common joints.
    """
    record = _record(text)
    if record is None:
        return None
    try:
        x1, y1, x2, y2 = _numbers(record["box"], 4)
        keypoints = {name: _keypoint(row) for name, row in record["keypoints"].items()}
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("the copied pose is damaged") from error
    box = Box.from_corners(x1, y1, x2, y2)
    places = match_names(skeleton.keypoints, list(keypoints))
    if all(place is None for place in places):
        raise ValueError("the copied pose has no joint of this project's skeleton")
    lost = Keypoint((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED)
    found = list(keypoints.values())
    ours = tuple(lost if place is None else found[place] for place in places)
    return CopiedPose(Person(new_person_id(), ours, box), str(record.get("origin", "")))


def moved(person: Person, dx: float, dy: float) -> Person:
    """The person somewhere else, by so many pixels."""
    box = person.box
    return replace(
        person,
        keypoints=tuple(replace(k, x=k.x + dx, y=k.y + dy) for k in person.keypoints),
        box=Box(box.x1 + dx, box.y1 + dy, box.x2 + dx, box.y2 + dy),
    )


def inside(person: Person, width: float, height: float) -> Person:
    """The person moved as little as possible for the middle of their box to lie in an image."""
    x, y = (person.box.x1 + person.box.x2) / 2, (person.box.y1 + person.box.y2) / 2
    return moved(person, float(np.clip(x, 0, width)) - x, float(np.clip(y, 0, height)) - y)


def untouched(person: Person, least_score: float) -> bool:
    """Whether a person is as a network found them, as far as can be told.

    Args:
        person: anybody.
        least_score: who is less certain was accepted by a person, for networks show them not.
    """
    return (
        person.score is not None
        and person.score >= least_score
        and not person.is_crowd
        and person.box_source is Source.PREDICTED
        and not person.pinned.any()
    )


def without(annotation: ImageAnnotation, person_ids: Sequence[str]) -> ImageAnnotation:
    """The annotation without some people, deleted by a person."""
    rest = tuple(person for person in annotation.people if person.id not in person_ids)
    return replace(annotation, people=rest, state=ImageState.EDITED)


def _record(text: str) -> dict[str, Any] | None:
    if len(text) > _LONGEST or _MARK not in text:
        return None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and _MARK in record else None


def _keypoint(row: Sequence[float]) -> Keypoint:
    x, y, visibility = _numbers(row, 3)
    return Keypoint(x, y, Visibility(int(visibility)))


def _numbers(values: Sequence[float], count: int) -> list[float]:
    numbers = [float(value) for value in values]
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise ValueError("the copied pose is damaged")
    return numbers
