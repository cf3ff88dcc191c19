from __future__ import annotations

import pytest

from clickpose_app.core.limbs import hanging_from, limb_mirrored
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.storage.skeletons import builtin_skeleton

COCO = builtin_skeleton()


def names(keypoint: str) -> set[str]:
    return {COCO.keypoints[k] for k in hanging_from(COCO, COCO.index(keypoint))}


@pytest.mark.parametrize(
    ("joint", "limb"),
    [
        ("left_shoulder", {"left_shoulder", "left_elbow", "left_wrist"}),
        ("right_elbow", {"right_elbow", "right_wrist"}),
        ("left_wrist", {"left_wrist"}),
        ("right_hip", {"right_hip", "right_knee", "right_ankle"}),
        ("left_eye", {"left_eye", "left_ear"}),
        ("nose", set()),
    ],
)
def test_from_a_joint_hangs_its_limb_and_no_other(joint: str, limb: set[str]) -> None:
    assert names(joint) == limb


def test_only_the_limb_and_its_twin_are_exchanged() -> None:
    order = limb_mirrored(COCO, COCO.index("left_elbow"))
    moved = {COCO.keypoints[k] for k, twin in enumerate(order) if k != twin}
    assert moved == {"left_elbow", "left_wrist", "right_elbow", "right_wrist"}
    assert order[COCO.index("left_wrist")] == COCO.index("right_wrist")


@pytest.mark.parametrize("k", range(len(COCO)))
def test_twice_exchanged_is_as_before(k: int) -> None:
    order = limb_mirrored(COCO, k)
    assert tuple(order[twin] for twin in order) == tuple(range(len(COCO)))


def test_a_joint_of_neither_side_exchanges_nothing() -> None:
    assert limb_mirrored(COCO, COCO.index("nose")) == tuple(range(len(COCO)))


def test_a_limb_that_no_line_joins_to_the_body_hangs_from_its_first_joint() -> None:
    hands = Skeleton(
        "hands",
        ("left_palm", "left_tip", "right_palm", "right_tip", "left_dot", "right_dot"),
        limbs=((0, 1), (2, 3)),
        pairs=((0, 2), (1, 3), (4, 5)),
        sigmas=(0.1,) * 6,
    )
    assert hanging_from(hands, 0) == (0, 1)
    assert hanging_from(hands, 3) == (3,)
    assert hanging_from(hands, 4) == (4,)


def test_a_ring_of_joints_comes_to_an_end() -> None:
    ring = Skeleton(
        "ring",
        ("middle", "l0", "l1", "l2", "r0", "r1", "r2"),
        limbs=((0, 1), (1, 2), (2, 3), (3, 1)),
        pairs=((1, 4), (2, 5), (3, 6)),
        sigmas=(0.1,) * 7,
    )
    assert hanging_from(ring, 1) == (1, 2, 3)
    assert hanging_from(ring, 2) == (2,)


@pytest.mark.parametrize("k", [-1, 17])
def test_a_keypoint_that_is_not_there_is_refused(k: int) -> None:
    with pytest.raises(IndexError):
        hanging_from(COCO, k)
