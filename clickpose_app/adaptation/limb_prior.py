"""Which poses are those of a body, by how long its limbs are: what a network has seen itself.

Two views that agree may be wrong in the same way: an arm that ends on somebody else's hand. But a
limb, compared with the others of the same person, looks shorter at times and hardly ever longer
than on other people. So the poses of which the network is sure tell how long each limb may be, and
joints at the end of a longer one are not learned from.

Shapes: P people, K keypoints, L limbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from clickpose_app.core.geometry import BoolArray, FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.training.data_samples import LEAST_JOINTS, Sample

# A limb may be so much longer than nearly all that were seen.
_SLACK, _NEARLY_ALL = 1.25, 0.95
# Of fewer nothing is said.
_LEAST_PEOPLE, _LEAST_LIMBS = 8, 3


@dataclass(frozen=True, slots=True, eq=False)
class LimbPrior:
    """How long the limbs of a body may be.

    Attributes:
        limbs: keypoints at their ends [L, 2].
        longest: in median limb lengths of the same person [L]; infinite where too few were seen.
    """

    limbs: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    longest: FloatArray

    @classmethod
    def of(cls, samples: Sequence[Sample], skeleton: Skeleton) -> LimbPrior:
        """What the sure joints of some people say."""
        limbs = np.array(skeleton.limbs, np.int64).reshape(-1, 2)
        rows = [_lengths(sample, limbs) for sample in samples]
        lengths = np.concatenate([*rows, np.zeros((0, len(limbs)))])
        longest = np.full(len(limbs), np.inf)
        for limb, seen in enumerate(lengths.T):
            known = seen[np.isfinite(seen)]
            if len(known) >= _LEAST_PEOPLE:
                longest[limb] = _SLACK * np.quantile(known, _NEARLY_ALL)
        return cls(limbs, longest)

    def plausible(self, sample: Sample) -> Sample | None:
        """A sample without joints at the end of limbs that are too long; None if nobody is left.

        A joint goes if half of its limbs are too long; whoever keeps too few of them becomes a
        region of which nothing is known.
        """
        long = _lengths(sample, self.limbs) > self.longest
        known = np.isfinite(_lengths(sample, self.limbs))
        count = sample.visibility.shape[1]
        wrong = _at_joints(long, self.limbs, count) >= 0.5 * np.maximum(
            _at_joints(known, self.limbs, count), 1
        )
        visibility = np.where(wrong, 0, sample.visibility).astype(np.uint8)
        left = (visibility > 0).sum(1) >= min(LEAST_JOINTS, count)
        if not left.any():
            return None
        return replace(
            sample,
            boxes=sample.boxes[left],
            keypoints=sample.keypoints[left],
            visibility=visibility[left],
            human=sample.human[left],
            ignore=np.concatenate([sample.ignore, sample.boxes[~left]]),
        )

    def all_plausible(self, samples: Sequence[Sample]) -> list[Sample]:
        """The same of all, without those on which nobody is left."""
        return [kept for sample in samples if (kept := self.plausible(sample)) is not None]


def _lengths(sample: Sample, limbs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> FloatArray:
    """Of limbs in median limb lengths of the same person [P, L]; NaN where that is not known."""
    xy = sample.keypoints.astype(np.float64)
    known = (sample.visibility[:, limbs] > 0).all(-1)
    lengths: FloatArray = np.hypot(*np.moveaxis(xy[:, limbs[:, 0]] - xy[:, limbs[:, 1]], -1, 0))
    lengths[~known] = np.nan
    for person in lengths:
        seen = person[np.isfinite(person)]
        median = np.median(seen) if len(seen) >= _LEAST_LIMBS else np.nan
        person /= median if median > 0 else np.nan
    return lengths


def _at_joints(
    limbs_so: BoolArray, limbs: np.ndarray[tuple[int, int], np.dtype[np.int64]], joints: int
) -> FloatArray:
    """At how many limbs of a kind each joint lies [P, K], of limbs [P, L]."""
    ends = np.zeros((len(limbs), joints))
    np.add.at(ends, (np.arange(len(limbs))[:, None], limbs), 1.0)
    counted: FloatArray = limbs_so.astype(np.float64) @ ends
    return counted
