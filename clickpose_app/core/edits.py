"""Edits as pure functions: an annotation goes in, the changed annotation comes out.

Nothing here mutates what it is given, so undo needs no more than the values before.
An edit by a person sets the image's state to EDITED; what a network says does not.
Every function raises KeyError for an unknown person id and IndexError for a keypoint
that the person does not have (negative ones included).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isnan

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
from clickpose_app.core.predictor import PredictedPose

_NEXT_VISIBILITY = {
    Visibility.VISIBLE: Visibility.OCCLUDED,
    Visibility.OCCLUDED: Visibility.UNLABELLED,
    Visibility.UNLABELLED: Visibility.VISIBLE,
}


def move_keypoint(
    annotation: ImageAnnotation, person_id: str, k: int, x: float, y: float
) -> ImageAnnotation:
    """Put keypoint k at (x, y) in image pixels, where a person wants it: it becomes pinned.

    An unlabelled keypoint becomes visible; otherwise the visibility stays.
    """

    def moved(keypoint: Keypoint) -> Keypoint:
        visibility = keypoint.visibility if keypoint.labelled else Visibility.VISIBLE
        return Keypoint(float(x), float(y), visibility, Source.HUMAN)

    return _edit_keypoint(annotation, person_id, k, moved)


def set_visibility(
    annotation: ImageAnnotation, person_id: str, k: int, visibility: Visibility
) -> ImageAnnotation:
    """Say how keypoint k is seen; its position and who placed it stay, even when unlabelled."""
    return _edit_keypoint(annotation, person_id, k, lambda p: replace(p, visibility=visibility))


def cycle_visibility(annotation: ImageAnnotation, person_id: str, k: int) -> ImageAnnotation:
    """Visible, then occluded, then not labelled, then visible again."""
    return _edit_keypoint(
        annotation,
        person_id,
        k,
        lambda p: replace(p, visibility=_NEXT_VISIBILITY[p.visibility]),
    )


def unpin_keypoint(annotation: ImageAnnotation, person_id: str, k: int) -> ImageAnnotation:
    """Give keypoint k back to the network, which may move it from now on."""
    return _edit_keypoint(annotation, person_id, k, lambda p: replace(p, source=Source.PREDICTED))


def set_box(annotation: ImageAnnotation, person_id: str, box: Box) -> ImageAnnotation:
    """Replace the person's box by one that a person drew; the keypoints stay where they are."""
    return _edit_person(
        annotation, person_id, lambda p: replace(p, box=box, box_source=Source.HUMAN)
    )


def add_person(annotation: ImageAnnotation, person: Person) -> ImageAnnotation:
    """Append a person, on top of those already there.

    Raises:
        ValueError: if the image already has a person of that id.
    """
    if any(other.id == person.id for other in annotation.people):
        raise ValueError(f"the image already has a person {person.id}")
    return replace(annotation, people=(*annotation.people, person), state=ImageState.EDITED)


def delete_person(annotation: ImageAnnotation, person_id: str) -> ImageAnnotation:
    """Remove one person."""
    gone = annotation.person(person_id)
    rest = tuple(person for person in annotation.people if person is not gone)
    return replace(annotation, people=rest, state=ImageState.EDITED)


def swap_sides(
    annotation: ImageAnnotation, person_id: str, mirrored: tuple[int, ...]
) -> ImageAnnotation:
    """Exchange left and right: keypoint k takes over everything that mirrored[k] was.

    Args:
        annotation: the image.
        person_id: whose sides are swapped.
        mirrored: for each of the K keypoints the index of its twin (Skeleton.mirrored, or a
            tuple that exchanges just one limb).

    Raises:
        ValueError: if mirrored is not a pairing of the person's K keypoints.
    """
    count = len(annotation.person(person_id).keypoints)
    if len(mirrored) != count or any(
        not 0 <= twin < count or mirrored[twin] != k for k, twin in enumerate(mirrored)
    ):
        raise ValueError(f"{mirrored} does not pair {count} keypoints")
    return _edit_person(
        annotation,
        person_id,
        lambda p: replace(p, keypoints=tuple(p.keypoints[twin] for twin in mirrored)),
    )


def apply_refinement(
    annotation: ImageAnnotation, person_id: str, pose: PredictedPose
) -> ImageAnnotation:
    """Let a person follow what the network says, except where a human placed something.

    Keypoints and the box of source HUMAN come back bit for bit, whatever the pose holds, and so
    do labelled keypoints of which the network knows nothing (a confidence of NaN).
    Visibilities, the person's score and the image's state stay.

    Raises:
        ValueError: if the pose has another number of keypoints than the person.
    """
    person = annotation.person(person_id)
    keypoints = tuple(
        keypoint
        if keypoint.pinned or (keypoint.labelled and isnan(confidence))
        else replace(keypoint, x=float(x), y=float(y), confidence=_confidence(confidence))
        for keypoint, (x, y), confidence in zip(
            person.keypoints, pose.keypoints, pose.confidence, strict=True
        )
    )
    box = person.box if person.box_source is Source.HUMAN else pose.box
    return annotation.with_person(replace(person, keypoints=keypoints, box=box))


def with_state(annotation: ImageAnnotation, state: ImageState) -> ImageAnnotation:
    """Say how far the work on the image has come."""
    return replace(annotation, state=state)


def person_from_pose(
    pose: PredictedPose,
    *,
    keypoint_threshold: float = 0.0,
    box_source: Source = Source.PREDICTED,
) -> Person:
    """A new person from what the network sees.

    Args:
        pose: the network's view; what it says of visibility is believed. A keypoint of which it
            knows nothing starts unlabelled.
        keypoint_threshold: keypoints less certain than this start unlabelled.
        box_source: HUMAN if the box was drawn and the pose found in it.
    """
    seen = [Visibility.VISIBLE] * len(pose.keypoints)
    if pose.visibility is not None:
        seen = [Visibility(int(v)) for v in pose.visibility]
    keypoints = tuple(
        Keypoint(
            float(x),
            float(y),
            visibility if confidence >= keypoint_threshold else Visibility.UNLABELLED,
            Source.PREDICTED,
            _confidence(confidence),
        )
        for (x, y), confidence, visibility in zip(
            pose.keypoints, pose.confidence, seen, strict=True
        )
    )
    return Person(new_person_id(), keypoints, pose.box, box_source, float(pose.score))


def predicted_annotation(
    poses: Iterable[PredictedPose], *, score_threshold: float, keypoint_threshold: float = 0.0
) -> ImageAnnotation:
    """The annotation of an image that only the network has seen.

    Args:
        poses: all that were found.
        score_threshold: people less certain than this are left out.
        keypoint_threshold: as for person_from_pose.
    """
    people = tuple(
        person_from_pose(pose, keypoint_threshold=keypoint_threshold)
        for pose in poses
        if pose.score >= score_threshold
    )
    return ImageAnnotation(people, ImageState.PREDICTED)


def only_predicted(annotation: ImageAnnotation) -> bool:
    """Whether all of it is a network's: nobody placed, drew, judged or noted anything."""
    return (
        annotation.state is ImageState.PREDICTED
        and not annotation.note
        and not any(
            person.is_crowd or person.box_source is Source.HUMAN or person.pinned.any()
            for person in annotation.people
        )
    )


def _confidence(confidence: float) -> float | None:
    return None if isnan(confidence) else float(confidence)


def _edit_person(
    annotation: ImageAnnotation, person_id: str, edit: Callable[[Person], Person]
) -> ImageAnnotation:
    changed = annotation.with_person(edit(annotation.person(person_id)))
    return with_state(changed, ImageState.EDITED)


def _edit_keypoint(
    annotation: ImageAnnotation, person_id: str, k: int, edit: Callable[[Keypoint], Keypoint]
) -> ImageAnnotation:
    def edited(person: Person) -> Person:
        if not 0 <= k < len(person.keypoints):
            raise IndexError(f"no keypoint {k} among {len(person.keypoints)}")
        keypoints = list(person.keypoints)
        keypoints[k] = edit(keypoints[k])
        return replace(person, keypoints=tuple(keypoints))

    return _edit_person(annotation, person_id, edited)
