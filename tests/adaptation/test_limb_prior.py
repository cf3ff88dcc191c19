"""What a network has seen of bodies says which limbs are too long to learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clickpose_app.adaptation.limb_prior import LimbPrior
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.training.data_samples import PhotoFile, Sample

ARM = Skeleton(
    "arm", ("neck", "elbow", "wrist", "finger"), ((0, 1), (1, 2), (2, 3)), (), (0.05,) * 4
)


def arms(*lengths: tuple[float, float, float], scale: float = 1.0) -> Sample:
    """People with one arm each along x, by the lengths of its limbs."""
    count = len(lengths)
    ends = np.concatenate([np.zeros((count, 1)), np.cumsum(lengths, 1)], 1)
    keypoints = scale * np.stack([ends, np.zeros_like(ends)], -1)
    return Sample(
        name="arms",
        source="",
        photo=PhotoFile(Path("arms.png")),
        width=1000,
        height=1000,
        boxes=np.tile(np.array([[0, 0, 90, 90]], np.float32), (count, 1)),
        keypoints=keypoints.astype(np.float32),
        visibility=np.full((count, 4), 2, np.uint8),
        human=np.zeros((count, 4), np.bool_),
        ignore=np.zeros((0, 4), np.float32),
    )


@pytest.fixture
def prior() -> LimbPrior:
    return LimbPrior.of([arms(*[(10, 10, 10)] * 9, (10, 10, 11))], ARM)


def test_a_joint_at_the_end_of_a_limb_that_nobody_has_is_not_learned(prior: LimbPrior) -> None:
    kept = prior.plausible(arms((10, 10, 40), (10, 10, 10)))
    assert kept is not None
    # The finger on somebody else's hand; the wrist is at as many wrong limbs as right ones.
    assert kept.visibility.tolist() == [[2, 2, 2, 2]] and len(kept.ignore) == 1


def test_how_large_a_person_is_in_the_picture_says_nothing(prior: LimbPrior) -> None:
    for scale in (0.2, 8.0):
        kept = prior.plausible(arms((10, 10, 10), (8, 10, 3), scale=scale))
        assert kept is not None and (kept.visibility == 2).all() and len(kept.boxes) == 2


def test_nothing_is_said_of_limbs_that_were_hardly_seen() -> None:
    prior = LimbPrior.of([arms((10, 10, 10), (10, 10, 10))], ARM)
    assert np.isinf(prior.longest).all()
    assert prior.all_plausible([arms((10, 10, 400))])


def test_a_picture_on_which_nobody_is_left_is_left_out(prior: LimbPrior) -> None:
    assert prior.all_plausible([arms((10, 10, 40)), arms((10, 10, 10))])[0].ignore.size == 0
    assert len(prior.all_plausible([arms((10, 10, 40)), arms((10, 10, 10))])) == 1


def test_one_wrong_joint_of_a_whole_body_is_left_out_alone() -> None:
    long = Skeleton("chain", tuple("abcdef"), tuple((i, i + 1) for i in range(5)), (), (0.05,) * 6)
    chain = arms(*[(10, 10, 10)] * 10)
    ends = np.arange(6) * 10.0
    points = np.stack([ends, np.zeros(6)], -1)[None].repeat(10, 0).astype(np.float32)
    seen = np.full((10, 6), 2, np.uint8)
    whole = Sample(
        chain.name, "", chain.photo, 1000, 1000, chain.boxes, points, seen, seen > 2, chain.ignore
    )
    prior = LimbPrior.of([whole], long)
    points = points.copy()
    points[0, 5, 0] = 120
    wrong = Sample(
        chain.name, "", chain.photo, 1000, 1000, chain.boxes, points, seen, seen > 2, chain.ignore
    )
    kept = prior.plausible(wrong)
    assert kept is not None and len(kept.boxes) == 10
    assert kept.visibility[0].tolist() == [2, 2, 2, 2, 0, 0] and (kept.visibility[1:] == 2).all()
