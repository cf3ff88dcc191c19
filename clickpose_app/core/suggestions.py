"""People whom a network is not sure of, or whom an annotation lacks: offered, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import BoolArray, Box, FloatArray, oks
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.thresholds import SCORE_THRESHOLD

LEAST_SCORE = 0.1
"""Less certain ones are not offered: on 42 photos of the evaluation set half of those from here
up were people, but only a quarter of those between 0.05 and here."""

MOST = 12
"""Suggestions on one image; more would hide the picture."""

_SAME_BOX = 0.5  # intersection over union from which two boxes are one person's
_SAME_POSE = 0.3  # object keypoint similarity from which two poses are one person's
_COVERED = 0.5  # part of a box in a crowd region from which it belongs to the crowd


def suggestions(
    poses: Iterable[PredictedPose],
    people: Sequence[Person],
    sigmas: FloatArray,
    dismissed: Sequence[Person] = (),
) -> tuple[PredictedPose, ...]:
    """The poses that belong to nobody of the annotation, most certain first.

    Args:
        poses: everything that the network found.
        people: who is annotated.
        sigmas: of the skeleton [K].
        dismissed: people who were deleted; what looks like them is not offered again.
    """
    offered: list[PredictedPose] = []
    taken = [*people, *dismissed]
    for pose in sorted(poses, key=lambda pose: -pose.score):
        if pose.score < LEAST_SCORE or len(offered) == MOST:
            break
        if any(is_same(pose, person, sigmas) for person in taken):
            continue
        if any(_alike(pose, other, sigmas) for other in offered):
            continue
        offered.append(pose)
    return tuple(offered)


def with_found(
    annotation: ImageAnnotation, poses: Iterable[PredictedPose], sigmas: FloatArray
) -> ImageAnnotation | None:
    """A prediction with the people who were found since; None where nobody is new.

    Args:
        annotation: of a network alone; its people stay as they are, and come first.
        poses: everything that the network has found by now.
        sigmas: of the skeleton [K].
    """
    people = list(annotation.people)
    for pose in sorted(poses, key=lambda pose: -pose.score):
        known = any(is_same(pose, person, sigmas) for person in people)
        if pose.score >= SCORE_THRESHOLD and not known:
            people.append(edits.person_from_pose(pose))
    if len(people) == len(annotation.people):
        return None
    return replace(annotation, people=tuple(people))


def is_same(pose: PredictedPose, person: Person, sigmas: FloatArray) -> bool:
    """Whether a pose shows a person who is annotated, or lies in a crowd region."""
    if person.is_crowd:
        return _share(pose.box, person.box) >= _COVERED
    if pose.box.iou(person.box) >= _SAME_BOX:
        return True
    if len(person.keypoints) != len(pose.keypoints):
        return False
    return _similar(pose.keypoints, person.xy, person.labelled, person.box, sigmas)


def unclaimed(
    poses: Iterable[PredictedPose], people: Iterable[Person], sigmas: FloatArray
) -> tuple[PredictedPose, ...]:
    """The poses that none of the people has; people may stand close together."""
    taken = [person for person in people if person.keypoints]
    return tuple(
        pose
        for pose in poses
        if not any(
            _similar(pose.keypoints, person.xy, person.labelled, person.box, sigmas)
            for person in taken
        )
    )


def _alike(pose: PredictedPose, other: PredictedPose, sigmas: FloatArray) -> bool:
    everything = other.confidence >= 0
    return pose.box.iou(other.box) >= _SAME_BOX or _similar(
        pose.keypoints, other.keypoints, everything, other.box, sigmas
    )


def _similar(
    a: FloatArray, b: FloatArray, labelled: BoolArray, box: Box, sigmas: FloatArray
) -> bool:
    return oks(a, b, labelled, max(box.area, 1.0), sigmas) >= _SAME_POSE


def _share(box: Box, region: Box) -> float:
    return box.shared_area(region) / max(box.area, 1e-9)
