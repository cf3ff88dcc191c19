"""Placing the joints of a person one after another, as pure functions.

A joint that nobody has come to yet is *unplaced*: not labelled, of source PREDICTED, and no
network has said how sure it is of it. One that was passed over is HUMAN and not labelled, so
that no network puts it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from clickpose_app.core import edits
from clickpose_app.core.annotation import (
    ImageAnnotation,
    Keypoint,
    Person,
    Source,
    Visibility,
    new_person_id,
)
from clickpose_app.core.geometry import BoolArray, Box
from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.predictor import PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.suggestions import unclaimed
from clickpose_app.core.template import box_of_joints, fitted_pose, matching_pose

LEAST_PLACED = 2
"""Joints that must be placed before a network can tell where the others are."""


def unplaced_person(count: int, box: Box, box_source: Source = Source.PREDICTED) -> Person:
    """A new person of whose keypoints nobody knows anything yet; all wait amid the box."""
    x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
    return Person(
        new_person_id(), (Keypoint(x, y, Visibility.UNLABELLED),) * count, box, box_source
    )


def is_unplaced(keypoint: Keypoint) -> bool:
    """Whether nobody has come to the keypoint yet, neither a person nor a network."""
    return not keypoint.labelled and not keypoint.pinned and keypoint.confidence is None


def unplaced(person: Person) -> BoolArray:
    """Which keypoints nobody has come to yet [K]."""
    return np.array([is_unplaced(k) for k in person.keypoints], dtype=np.bool_)


def wants_filling(person: Person) -> bool:
    """Whether enough joints are placed for a network to place those that nobody has come to."""
    return bool(unplaced(person).any()) and _by_hand(person).sum() >= LEAST_PLACED


def begun_by_hand(person: Person) -> bool:
    """Whether joints were placed first and a network placed the others.

    With every further joint such a person is looked for anew among all that was found: the
    first joints, close together in the face, may have meant somebody else.
    """
    free = [k for k in person.keypoints if k.labelled and not k.pinned]
    return (
        person.score is None
        and bool(free)
        and all(k.confidence is not None for k in free)
        and _by_hand(person).sum() >= LEAST_PLACED
    )


def joints_to_place(person: Person) -> tuple[int, ...]:
    """Which keypoints to go through, in order: missing ones, else those not placed by hand."""
    missing = [k for k, keypoint in enumerate(person.keypoints) if not keypoint.labelled]
    return tuple(missing) or tuple(int(k) for k in np.flatnonzero(~person.pinned))


def place_joint(
    annotation: ImageAnnotation,
    person_id: str,
    k: int,
    x: float,
    y: float,
    *,
    occluded: bool = False,
) -> ImageAnnotation:
    """Put keypoint k at (x, y) in image pixels by hand, seen or hidden.

    As long as nothing but a hand placed anything, the person's box goes around the joints,
    unless it was drawn.
    """
    changed = edits.move_keypoint(annotation, person_id, k, x, y)
    seen = Visibility.OCCLUDED if occluded else Visibility.VISIBLE
    changed = edits.set_visibility(changed, person_id, k, seen)
    return _fit_box(changed, person_id)


def skip_joint(annotation: ImageAnnotation, person_id: str, k: int) -> ImageAnnotation:
    """Leave keypoint k out: it is not labelled, and that is a person's word."""
    changed = edits.set_visibility(annotation, person_id, k, Visibility.UNLABELLED)
    return changed.with_person(_left_out(changed.person(person_id), k))


def start_of(
    person: Person,
    others: Sequence[Person],
    skeleton: Skeleton,
    poses: Sequence[PredictedPose],
    pose_in_box: Callable[[Box], PredictedPose],
) -> PoseQuery:
    """Where a network should begin with a person of whom only some joints are placed.

    The least certain people that it found count too: if one of them has its joints where
    these were placed, that is where it begins. Otherwise it looks closer at a box: of an
    average pose laid onto them or, for a skeleton without one, just around them.

    Args:
        person: with at least two joints placed.
        others: who else is annotated; the poses of those are taken.
        skeleton: of the person.
        poses: what the network found on the image.
        pose_in_box: the network's pose in a box.

    Returns:
        The query, whose ``before`` is where the network itself would have begun.
    """
    placed = _by_hand(person)
    free = unclaimed(poses, others, skeleton.sigma_array)
    found = matching_pose(free, person.xy, placed, skeleton.sigma_array)
    fitted = fitted_pose(skeleton.keypoints, person.xy, placed)
    if found is not None:
        start, box = found.keypoints, found.box
    else:
        box = box_of_joints(person.xy[placed] if fitted is None else fitted)
        start = pose_in_box(box).keypoints
    if person.box_source is Source.HUMAN:
        box = person.box
    return PoseQuery(np.where(placed[:, None], person.xy, start), placed, box, start)


def network_start(
    person: Person,
    others: Sequence[Person],
    known: KeypointMap,
    poses: Sequence[PredictedPose],
    pose_in_box: Callable[[Box], PredictedPose],
) -> PoseQuery:
    """start_of() in the keypoints of the network: its poses come in, its query goes out."""
    query = start_of(
        person,
        others,
        known.project,
        [known.pose(pose) for pose in poses],
        lambda box: known.pose(pose_in_box(box)),
    )
    return known.query(query, person.labelled)


def fill_in(annotation: ImageAnnotation, person_id: str, pose: PredictedPose) -> ImageAnnotation:
    """Give the keypoints that nobody has come to the places that a network found for them."""
    before = annotation.person(person_id)
    new = unplaced(before)
    changed = edits.apply_refinement(annotation, person_id, pose)
    seen = [Visibility.VISIBLE] * len(new)
    if pose.visibility is not None:
        seen = [Visibility(int(v)) for v in pose.visibility]
    after = changed.person(person_id)
    keypoints = tuple(
        replace(keypoint, visibility=visibility) if is_new else keypoint
        for keypoint, visibility, is_new in zip(after.keypoints, seen, new, strict=True)
    )
    return changed.with_person(replace(after, keypoints=keypoints))


def found_in_box(
    annotation: ImageAnnotation, person_id: str, pose: PredictedPose
) -> ImageAnnotation:
    """Give a person the pose found in the box that was drawn for them; what is placed stays."""
    person = annotation.person(person_id)
    found = edits.person_from_pose(pose, box_source=Source.HUMAN)
    keypoints = tuple(
        old if old.pinned or (old.labelled and new.confidence is None) else new
        for old, new in zip(person.keypoints, found.keypoints, strict=True)
    )
    return annotation.with_person(replace(person, keypoints=keypoints, score=found.score))


def _by_hand(person: Person) -> BoolArray:
    return np.asarray(person.pinned & person.labelled, dtype=np.bool_)


def _left_out(person: Person, k: int) -> Person:
    keypoints = list(person.keypoints)
    keypoints[k] = replace(keypoints[k], source=Source.HUMAN)
    return replace(person, keypoints=tuple(keypoints))


def _fit_box(annotation: ImageAnnotation, person_id: str) -> ImageAnnotation:
    person = annotation.person(person_id)
    by_hand = _by_hand(person)
    if person.box_source is Source.HUMAN or (person.labelled & ~by_hand).any():
        return annotation
    return annotation.with_person(replace(person, box=box_of_joints(person.xy[by_hand])))
