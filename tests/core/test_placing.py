"""Placing joints one after another, and where a network begins with them."""

from __future__ import annotations

import numpy as np
import pytest

from clickpose_app.core import edits, placing
from clickpose_app.core.annotation import ImageAnnotation, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.template import box_of_joints, fitted_pose, matching_pose, mean_pose
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import STANDING

SKELETON = builtin_skeleton()
NAMES = SKELETON.keypoints
LEFT_SHOULDER, RIGHT_SHOULDER = 5, 6


def standing(x: float = 0.0, y: float = 0.0, size: float = 100.0) -> PredictedPose:
    box = Box(x, y, x + size, y + 2 * size)
    points = np.array([x, y]) + STANDING * (size, 2 * size)
    return PredictedPose(points, np.full(17, 0.5), box, 0.2)


def placed(*joints: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.isin(np.arange(17), joints)


def person_with(pose: PredictedPose, *joints: int) -> tuple[ImageAnnotation, str]:
    person = placing.unplaced_person(17, Box(0, 0, 0, 0))
    annotation = edits.add_person(ImageAnnotation(), person)
    for k in joints:
        x, y = pose.keypoints[k]
        annotation = placing.place_joint(annotation, person.id, k, x, y)
    return annotation, person.id


def nowhere(box: Box) -> PredictedPose:
    raise AssertionError(f"nobody looks in {box}")


def test_the_average_pose_is_laid_onto_two_joints() -> None:
    average = mean_pose(NAMES)
    assert average is not None
    wanted = average * 200 + (50, 70)
    found = fitted_pose(NAMES, wanted, placed(0, 15))
    assert found == pytest.approx(wanted, abs=2)


def test_two_shoulders_seen_from_behind_turn_nobody_upside_down() -> None:
    xy = np.zeros((17, 2))
    xy[LEFT_SHOULDER], xy[RIGHT_SHOULDER] = (100, 100), (150, 100)
    found = fitted_pose(NAMES, xy, placed(LEFT_SHOULDER, RIGHT_SHOULDER))
    assert found is not None
    assert found[0, 1] < 100 < found[15, 1]
    assert found[11, 0] < found[12, 0]


def test_placed_joints_stay_in_a_fitted_pose() -> None:
    xy = np.random.default_rng(0).uniform(0, 300, (17, 2))
    some = placed(0, 5, 9)
    found = fitted_pose(NAMES, xy, some)
    assert found is not None
    assert (found[some] == xy[some]).all()
    assert np.isfinite(found).all()


def test_unknown_joints_and_a_single_place_have_no_fitted_pose() -> None:
    xy = np.ones((17, 2))
    assert fitted_pose(NAMES, xy, placed(0, 1)) is None
    assert fitted_pose(("head", "tail"), np.eye(2), np.array([True, True])) is None


def test_the_found_pose_with_its_joints_there_is_taken() -> None:
    poses = [standing(0), standing(130), standing(260, size=40)]
    for pose in poses:
        assert matching_pose(poses, pose.keypoints, placed(0, 1), SKELETON.sigma_array) is pose
    nobody = np.full((17, 2), 1000.0)
    assert matching_pose(poses, nobody, placed(0, 1), SKELETON.sigma_array) is None


def test_a_network_begins_with_a_found_pose_and_what_was_placed() -> None:
    pose = standing(130)
    annotation, person_id = person_with(pose, 0, 1)
    query = placing.start_of(
        annotation.person(person_id), [], SKELETON, [standing(), pose], nowhere
    )
    assert query.keypoints == pytest.approx(pose.keypoints)
    assert list(query.pinned) == [True, True] + [False] * 15
    assert query.box == pose.box


def test_without_a_found_pose_the_network_looks_into_the_box_of_an_average_one() -> None:
    pose = standing(130)
    annotation, person_id = person_with(pose, 0, LEFT_SHOULDER, 15)
    asked: list[Box] = []

    def look(box: Box) -> PredictedPose:
        asked.append(box)
        return pose

    query = placing.start_of(annotation.person(person_id), [], SKELETON, [], look)
    assert query.box == asked[0]
    assert query.box.iou(pose.box) > 0.4
    assert query.before is not None
    assert query.before == pytest.approx(pose.keypoints)


def test_a_drawn_box_stays_the_box() -> None:
    pose = standing(130)
    annotation, person_id = person_with(pose, 0, 1)
    annotation = edits.set_box(annotation, person_id, Box(1, 2, 3, 4))
    query = placing.start_of(annotation.person(person_id), [], SKELETON, [pose], nowhere)
    assert query.box == Box(1, 2, 3, 4)


def test_filling_in_places_what_nobody_has_come_to_and_nothing_else() -> None:
    pose = standing(130)
    annotation, person_id = person_with(pose, 0, 1)
    annotation = placing.skip_joint(annotation, person_id, 2)
    before = annotation.person(person_id)
    assert placing.wants_filling(before)
    seen = np.full(17, 2)
    seen[16] = 0
    shifted = PredictedPose(pose.keypoints + 5, pose.confidence, pose.box, 0.9, seen)
    after = placing.fill_in(annotation, person_id, shifted).person(person_id)
    assert after.keypoints[:3] == before.keypoints[:3]
    assert after.xy[3:] == pytest.approx(pose.keypoints[3:] + 5)
    assert all(k.visibility is Visibility.VISIBLE for k in after.keypoints[3:16])
    assert not after.keypoints[16].labelled
    assert after.box == pose.box
    assert not placing.wants_filling(after)
    assert placing.begun_by_hand(after)


def test_the_box_follows_the_joints_while_only_a_hand_places_them() -> None:
    pose = standing(130)
    annotation, person_id = person_with(pose, 0, 5, 16)
    person = annotation.person(person_id)
    assert all(person.box.contains(x, y) for x, y in pose.keypoints[[0, 5, 16]])
    assert person.box_source is Source.PREDICTED


def test_one_joint_has_a_box() -> None:
    assert box_of_joints(np.array([[5.0, 6.0]])).area > 0


def test_missing_joints_come_first_then_those_of_the_network() -> None:
    person = edits.person_from_pose(standing())
    annotation = edits.add_person(ImageAnnotation(), person)
    assert placing.joints_to_place(person) == tuple(range(17))
    annotation = edits.move_keypoint(annotation, person.id, 3, 1, 1)
    assert 3 not in placing.joints_to_place(annotation.person(person.id))
    annotation = edits.set_visibility(annotation, person.id, 7, Visibility.UNLABELLED)
    assert placing.joints_to_place(annotation.person(person.id)) == (7,)


def test_a_person_whom_the_network_found_is_not_looked_for_anew() -> None:
    person: Person = edits.person_from_pose(standing())
    annotation = edits.add_person(ImageAnnotation(), person)
    for k in (0, 1, 2):
        annotation = placing.place_joint(annotation, person.id, k, 1, k)
    assert not placing.begun_by_hand(annotation.person(person.id))
