"""Poses travel between the network's skeleton and the project's, keypoint by keypoint."""

from __future__ import annotations

import numpy as np
import pytest

from clickpose_app.core import edits
from clickpose_app.core.annotation import (
    ImageAnnotation,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.keypoint_map import KeypointMap, match_names, meaning
from clickpose_app.core.predictor import PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton

BOX = Box(10.0, 20.0, 110.0, 220.0)
COCO = builtin_skeleton()
SHARED = {
    "coco-17": 17,
    "lsp-14": 12,
    "crowdpose-14": 12,
    "mpii-16": 12,
    "human-art-21": 17,
    "halpe-26": 17,
    "coco-wholebody-133": 17,
    "hand-21": 0,
    "face-68": 0,
}


def skeleton_of(*names: str) -> Skeleton:
    return Skeleton("own", names, (), (), (0.1,) * len(names))


def pose_of(skeleton: Skeleton, visibility: bool = True) -> PredictedPose:
    count = len(skeleton)
    xy: FloatArray = np.arange(2 * count, dtype=np.float64).reshape(-1, 2) ** 1.1
    seen = np.arange(count) % 3 if visibility else None
    return PredictedPose(xy, np.linspace(0.1, 0.9, count), BOX, 0.8, seen)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("left_ankle", "LeftAnkle"),
        ("left_ankle", "Left Ankle"),
        ("left_ankle", "left-ankle"),
        ("left_ankle", "LAnkle"),
        ("left_ankle", "l_ankle"),
        ("left_ankle", "ankle_left"),
        ("head_top", "top_head"),
        ("nose", "NOSE"),
    ],
)
def test_another_spelling_means_the_same(one: str, other: str) -> None:
    assert meaning(one) == meaning(other)


def test_another_joint_means_another() -> None:
    names = [name for shipped in BUILTIN_NAMES for name in builtin_skeleton(shipped).keypoints]
    assert len({meaning(name) for name in names}) == len(set(names))
    assert meaning("ключ_1") != meaning("глаз_1")
    assert meaning("?") != meaning("!")


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_the_network_knows_what_coco_knows(name: str) -> None:
    between = KeypointMap.between(builtin_skeleton(name), COCO)
    assert between.shared == SHARED[name]
    assert len(between.unknown) == len(between.project) - between.shared
    assert not set(between.unknown) & set(COCO.keypoints)
    assert between.identical == (name == "coco-17")


def test_the_same_name_wins_over_the_same_meaning_and_nothing_is_given_twice() -> None:
    assert match_names(("Nose", "nose", "NOSE"), ("nose",)) == (None, 0, None)
    assert match_names(("Nose", "NOSE"), ("nose",)) == (0, None)


def test_for_the_networks_own_skeleton_nothing_is_touched() -> None:
    between = KeypointMap.between(COCO, COCO)
    pose = pose_of(COCO)
    query = PoseQuery(pose.keypoints, np.zeros(17, dtype=np.bool_), BOX)
    assert between.pose(pose) is pose
    assert between.query(query, np.ones(17, dtype=np.bool_)) is query


def test_a_reordered_skeleton_gets_each_joint_in_its_place() -> None:
    between = KeypointMap.between(skeleton_of(*COCO.keypoints[::-1]), COCO)
    pose = pose_of(COCO)
    mapped = between.pose(pose)
    assert (mapped.keypoints == pose.keypoints[::-1]).all()
    assert (mapped.confidence == pose.confidence[::-1]).all()
    assert mapped.visibility is not None
    assert pose.visibility is not None
    assert (mapped.visibility == pose.visibility[::-1]).all()


@pytest.mark.parametrize("visibility", [True, False])
def test_what_the_network_does_not_know_starts_unlabelled(visibility: bool) -> None:
    mpii = builtin_skeleton("mpii-16")
    between = KeypointMap.between(mpii, COCO)
    pose = pose_of(COCO, visibility)
    person = edits.person_from_pose(between.pose(pose))
    for k, name in enumerate(mpii.keypoints):
        keypoint = person.keypoints[k]
        if name in COCO.keypoints:
            there = COCO.index(name)
            assert (keypoint.x, keypoint.y) == tuple(pose.keypoints[there])
            assert keypoint.confidence == pose.confidence[there]
            expected = 2 if pose.visibility is None else pose.visibility[there]
            assert keypoint.visibility == expected
        else:
            assert keypoint.visibility is Visibility.UNLABELLED
            assert keypoint.confidence is None
            assert np.isfinite((keypoint.x, keypoint.y)).all()
            assert not keypoint.pinned


def test_unknown_joints_wait_where_the_figure_has_them() -> None:
    mpii = builtin_skeleton("mpii-16")
    between = KeypointMap.between(mpii, COCO)
    standing = np.array(COCO.figure) * 400 + (30, 40)
    pose = PredictedPose(standing, np.ones(17), BOX, 0.9)
    np.testing.assert_allclose(
        between.pose(pose).keypoints, np.array(mpii.figure) * 400 + (30, 40), atol=1e-6
    )


def test_a_question_carries_what_is_shared_and_pinned() -> None:
    lsp = builtin_skeleton("lsp-14")
    between = KeypointMap.between(lsp, COCO)
    xy = np.array(lsp.figure) * 400
    pinned = np.zeros(14, dtype=np.bool_)
    pinned[[lsp.index("left_wrist"), lsp.index("neck")]] = True
    asked = between.query(PoseQuery(xy, pinned, BOX, xy + 1), np.ones(14, dtype=np.bool_))
    assert [COCO.keypoints[k] for k in np.flatnonzero(asked.pinned)] == ["left_wrist"]
    assert asked.before is not None
    for k, name in enumerate(lsp.keypoints):
        if name in COCO.keypoints:
            assert (asked.keypoints[COCO.index(name)] == xy[k]).all()
            assert (asked.before[COCO.index(name)] == xy[k] + 1).all()
    # Where the network's other joints start is guessed from the figure.
    np.testing.assert_allclose(asked.keypoints[0], np.array(COCO.figure[0]) * 400, atol=1e-6)


def test_a_joint_placed_by_hand_is_left_alone_when_the_others_move() -> None:
    own = skeleton_of("left_wrist", "right_wrist", "tail", "horn")
    between = KeypointMap.between(own, COCO)
    tail = Keypoint(1.5, 2.5, Visibility.OCCLUDED, Source.PREDICTED, 0.25)
    person = Person(
        "p", (Keypoint(0, 0), Keypoint(0, 0), tail, Keypoint(0, 0, Visibility.UNLABELLED)), BOX
    )
    pose = pose_of(COCO)
    moved = edits.apply_refinement(ImageAnnotation((person,)), "p", between.pose(pose)).people[0]
    assert (moved.keypoints[0].x, moved.keypoints[0].y) == tuple(pose.keypoints[9])
    assert moved.keypoints[2] == tail
    horn = moved.keypoints[3]
    assert horn.visibility is Visibility.UNLABELLED
    assert horn.confidence is None
    assert (horn.x, horn.y) != (0, 0)  # a joint that nobody placed goes along
