from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.core import edits
from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PredictedPose
from tests.strategies import boxes, image_annotations, numbers, people, poses

BOX = Box(0, 0, 10, 10)
OTHER = Person("other", (Keypoint(7, 7),), BOX)
PERSON = Person(
    "anna",
    (
        Keypoint(1, 2, Visibility.VISIBLE, Source.PREDICTED, 0.9),
        Keypoint(3, 4, Visibility.OCCLUDED, Source.HUMAN),
        Keypoint(5, 6, Visibility.UNLABELLED, Source.PREDICTED, 0.1),
    ),
    BOX,
    score=0.8,
    extra={"id": 12},
)
IMAGE = ImageAnnotation((PERSON, OTHER), ImageState.PREDICTED)
POSE = PredictedPose(
    np.array([[10.0, 20.0], [30.0, 40.0], [50.0, 60.0]]),
    np.array([0.5, 0.6, 0.7]),
    Box(5, 5, 60, 70),
    0.4,
)

# Every edit by a person, on keypoint k of the person of that id.
HUMAN_EDITS: dict[str, Callable[[ImageAnnotation, str, int], ImageAnnotation]] = {
    "move": lambda image, who, k: edits.move_keypoint(image, who, k, 8.5, 9.5),
    "see": lambda image, who, k: edits.set_visibility(image, who, k, Visibility.OCCLUDED),
    "cycle": edits.cycle_visibility,
    "unpin": edits.unpin_keypoint,
    "box": lambda image, who, _: edits.set_box(image, who, Box(1, 1, 2, 2)),
    "swap": lambda image, who, _: edits.swap_sides(image, who, (1, 0, 2)),
    "delete": lambda image, who, _: edits.delete_person(image, who),
}
KEYPOINT_EDITS = ("move", "see", "cycle", "unpin")


def bits(keypoint: Keypoint) -> bytes:
    return struct.pack("<2d", keypoint.x, keypoint.y)


def test_a_moved_keypoint_is_pinned_where_it_was_dropped() -> None:
    moved = edits.move_keypoint(IMAGE, "anna", 0, 8.5, 9.5).person("anna").keypoints
    assert moved[0] == Keypoint(8.5, 9.5, Visibility.VISIBLE, Source.HUMAN, None)
    assert moved[1:] == PERSON.keypoints[1:]


def test_a_moved_keypoint_stays_occluded() -> None:
    moved = edits.move_keypoint(IMAGE, "anna", 1, 8.5, 9.5).person("anna").keypoints[1]
    assert moved.visibility is Visibility.OCCLUDED


def test_placing_an_unlabelled_keypoint_makes_it_visible() -> None:
    moved = edits.move_keypoint(IMAGE, "anna", 2, 8.5, 9.5).person("anna").keypoints[2]
    assert moved.visibility is Visibility.VISIBLE


def test_a_moved_keypoint_holds_plain_floats() -> None:
    keypoint = edits.move_keypoint(IMAGE, "anna", 0, np.float64(8), 9).person("anna").keypoints[0]
    assert (type(keypoint.x), type(keypoint.y)) == (float, float)


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("k", range(3))
def test_visibility_changes_nothing_but_itself(visibility: Visibility, k: int) -> None:
    changed = edits.set_visibility(IMAGE, "anna", k, visibility).person("anna").keypoints[k]
    assert changed == replace(PERSON.keypoints[k], visibility=visibility)


def test_visibility_cycles_through_all_three() -> None:
    image, seen = IMAGE, []
    for _ in range(4):
        seen.append(image.person("anna").keypoints[0].visibility)
        image = edits.cycle_visibility(image, "anna", 0)
    assert seen == [
        Visibility.VISIBLE,
        Visibility.OCCLUDED,
        Visibility.UNLABELLED,
        Visibility.VISIBLE,
    ]


def test_an_unpinned_keypoint_stays_until_the_network_moves_it() -> None:
    unpinned = edits.unpin_keypoint(IMAGE, "anna", 1)
    assert unpinned.person("anna").keypoints[1] == replace(
        PERSON.keypoints[1], source=Source.PREDICTED
    )
    refined = edits.apply_refinement(unpinned, "anna", POSE)
    assert refined.person("anna").keypoints[1].x == 30


@given(boxes)
def test_a_drawn_box_leaves_the_keypoints(box: Box) -> None:
    changed = edits.set_box(IMAGE, "anna", box).person("anna")
    assert changed == replace(PERSON, box=box, box_source=Source.HUMAN)


@given(image_annotations(), people())
def test_adding_then_deleting_a_person_leaves_the_others(
    image: ImageAnnotation, person: Person
) -> None:
    added = edits.add_person(image, person)
    assert added.people == (*image.people, person)
    assert edits.delete_person(added, person.id).people == image.people


def test_adding_a_person_is_an_edit() -> None:
    assert edits.add_person(ImageAnnotation(), PERSON).state is ImageState.EDITED


def test_a_second_person_of_the_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="anna"):
        edits.add_person(IMAGE, PERSON)


def test_swapping_sides_exchanges_whole_keypoints() -> None:
    a, b, c = PERSON.keypoints
    assert edits.swap_sides(IMAGE, "anna", (1, 0, 2)).person("anna").keypoints == (b, a, c)


@given(image_annotations(min_people=1))
def test_swapping_sides_twice_changes_nothing(image: ImageAnnotation) -> None:
    who = image.people[0].id
    once = edits.swap_sides(image, who, (1, 0, 3, 2))
    assert edits.swap_sides(once, who, (1, 0, 3, 2)).people == image.people


@pytest.mark.parametrize("mirrored", [(1, 0), (1, 2, 0), (0, 1, 3), (-3, 1, 2), (0, 0, 0)])
def test_what_does_not_pair_the_keypoints_is_refused(mirrored: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="does not pair 3 keypoints"):
        edits.swap_sides(IMAGE, "anna", mirrored)


@given(image_annotations(min_people=1), poses())
def test_a_refinement_never_moves_what_a_human_placed(
    image: ImageAnnotation, pose: PredictedPose
) -> None:
    person = image.people[0]
    refined = edits.apply_refinement(image, person.id, pose).people[0]
    for before, after, xy, confidence in zip(
        person.keypoints, refined.keypoints, pose.keypoints, pose.confidence, strict=True
    ):
        if before.source is Source.HUMAN:
            assert after == before and bits(after) == bits(before)
        else:
            assert bits(after) == struct.pack("<2d", *xy)
            assert after == replace(before, x=xy[0], y=xy[1], confidence=confidence)


@given(image_annotations(min_people=2), poses())
def test_a_refinement_touches_one_person_only(image: ImageAnnotation, pose: PredictedPose) -> None:
    first = image.people[0]
    refined = edits.apply_refinement(image, first.id, pose)
    assert refined.people[1:] == image.people[1:]
    assert refined.state is image.state
    kept = replace(refined.people[0], keypoints=first.keypoints, box=first.box)
    assert kept == first


@given(image_annotations(min_people=1), st.integers(0, 3), numbers, numbers, poses())
def test_a_drop_survives_any_refinement(
    image: ImageAnnotation, k: int, x: float, y: float, pose: PredictedPose
) -> None:
    who = image.people[0].id
    refined = edits.apply_refinement(edits.move_keypoint(image, who, k, x, y), who, pose)
    assert bits(refined.people[0].keypoints[k]) == struct.pack("<2d", x, y)


@pytest.mark.parametrize(("source", "box"), [(Source.HUMAN, BOX), (Source.PREDICTED, POSE.box)])
def test_a_refinement_moves_only_a_predicted_box(source: Source, box: Box) -> None:
    image = ImageAnnotation((replace(PERSON, box_source=source),))
    refined = edits.apply_refinement(image, "anna", POSE).person("anna")
    assert (refined.box, refined.box_source) == (box, source)


def test_a_refined_keypoint_holds_plain_floats() -> None:
    keypoint = edits.apply_refinement(IMAGE, "anna", POSE).person("anna").keypoints[0]
    assert {type(keypoint.x), type(keypoint.y), type(keypoint.confidence)} == {float}


def test_a_pose_of_another_skeleton_is_refused() -> None:
    short = replace(POSE, keypoints=POSE.keypoints[:2], confidence=POSE.confidence[:2])
    with pytest.raises(ValueError, match="zip"):
        edits.apply_refinement(IMAGE, "anna", short)


@pytest.mark.parametrize("state", ImageState)
def test_the_state_changes_alone(state: ImageState) -> None:
    assert edits.with_state(IMAGE, state) == ImageAnnotation(IMAGE.people, state)


def test_a_person_from_a_pose_is_all_predicted() -> None:
    person = edits.person_from_pose(POSE)
    assert person.xy.tolist() == POSE.keypoints.tolist()
    assert [k.confidence for k in person.keypoints] == [0.5, 0.6, 0.7]
    assert person.labelled.all() and not person.pinned.any()
    assert (person.box, person.box_source, person.score) == (POSE.box, Source.PREDICTED, 0.4)


def test_what_a_network_says_of_visibility_is_believed() -> None:
    person = edits.person_from_pose(replace(POSE, visibility=np.array([0, 1, 2])))
    seen = [keypoint.visibility for keypoint in person.keypoints]
    assert seen == [Visibility.UNLABELLED, Visibility.OCCLUDED, Visibility.VISIBLE]
    assert person.xy.tolist() == POSE.keypoints.tolist()


def test_uncertain_keypoints_start_unlabelled_but_placed() -> None:
    person = edits.person_from_pose(POSE, keypoint_threshold=0.6)
    assert person.labelled.tolist() == [False, True, True]
    assert person.xy.tolist() == POSE.keypoints.tolist()


def test_a_pose_in_a_drawn_box_keeps_the_box_human() -> None:
    assert edits.person_from_pose(POSE, box_source=Source.HUMAN).box_source is Source.HUMAN


def test_a_prediction_leaves_out_low_scores() -> None:
    found = edits.predicted_annotation(
        [replace(POSE, score=0.9), replace(POSE, score=0.29), replace(POSE, score=0.3)],
        score_threshold=0.3,
        keypoint_threshold=0.65,
    )
    assert [person.score for person in found.people] == [0.9, 0.3]
    assert len({person.id for person in found.people}) == 2
    assert found.people[0].labelled.tolist() == [False, False, True]
    assert found.state is ImageState.PREDICTED


@pytest.mark.parametrize("edit", HUMAN_EDITS)
def test_an_edit_leaves_everybody_else_and_marks_the_image(edit: str) -> None:
    changed = HUMAN_EDITS[edit](IMAGE, "anna", 0)
    assert changed.person("other") is OTHER
    assert changed.state is ImageState.EDITED
    assert ImageAnnotation((PERSON, OTHER), ImageState.PREDICTED) == IMAGE


@pytest.mark.parametrize("edit", HUMAN_EDITS)
def test_an_edit_of_an_unknown_person_is_a_key_error(edit: str) -> None:
    with pytest.raises(KeyError, match="nobody"):
        HUMAN_EDITS[edit](IMAGE, "nobody", 0)


def test_a_refinement_of_an_unknown_person_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        edits.apply_refinement(IMAGE, "nobody", POSE)


@pytest.mark.parametrize("k", [-1, 3])
@pytest.mark.parametrize("edit", KEYPOINT_EDITS)
def test_an_edit_of_a_keypoint_that_is_not_there_is_an_index_error(edit: str, k: int) -> None:
    with pytest.raises(IndexError, match="among 3"):
        HUMAN_EDITS[edit](IMAGE, "anna", k)
