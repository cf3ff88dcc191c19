"""Where the other joints of a person may be, from the few that are placed: a start for a network.

The average pose comes from 2,828 upright people, seen from the front, whose joints were all
labelled; it is made symmetric, with the middle of the hips at (0, 0) and a height of 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import BoolArray, Box, FloatArray, oks
from clickpose_app.core.predictor import PredictedPose

MEAN_POSE = {
    "nose": (0.0, -0.474),
    "left_eye": (0.022, -0.497),
    "left_ear": (0.054, -0.486),
    "left_shoulder": (0.107, -0.358),
    "left_elbow": (0.152, -0.189),
    "left_wrist": (0.136, -0.097),
    "left_hip": (0.064, 0.0),
    "left_knee": (0.064, 0.25),
    "left_ankle": (0.061, 0.48),
}
"""Joints of a person who faces us, by name; a right one is the mirror image of the left."""

_UPRIGHT = 0.05  # joints closer together than this part of a body say little of how it is turned
_LEAST_MARGIN = 8.0  # pixels, so that even one joint has a box that can be seen
_MARGIN = 0.06  # part of a body by which its box is larger than its joints
_SAME = 0.35  # mean similarity of placed joints from which a found pose is taken to be theirs


def mean_pose(names: Sequence[str]) -> FloatArray | None:
    """The average pose [K, 2] in the order of the names; None if one of them is not known."""
    mirrored = {k.replace("left", "right"): (-x, y) for k, (x, y) in MEAN_POSE.items()}
    known = {**mirrored, **MEAN_POSE}
    if not set(names) <= set(known):
        return None
    return np.array([known[name] for name in names], dtype=np.float64)


def fitted_pose(names: Sequence[str], xy: FloatArray, placed: BoolArray) -> FloatArray | None:
    """The average pose, turned, scaled and moved onto the placed joints.

    It may be a mirror image, for people seen from behind; of two poses that suit as well the
    more upright one is taken, for two shoulders alone would also suit somebody on their head.

    Args:
        names: of the K joints.
        xy: where the placed ones are [K, 2], in pixels; the others are ignored.
        placed: which ones are placed [K].

    Returns:
        All joints [K, 2], the placed ones where they were; None if the average pose does not
        know these names, or fewer than two places differ.
    """
    average = mean_pose(names)
    if average is None or len(np.unique(xy[placed], axis=0)) < 2:
        return None
    fits = [_similar(average * (side, 1.0), xy, placed) for side in (1.0, -1.0)]
    best = min(fits, key=lambda fit: fit[1])[0]
    return np.where(placed[:, None], xy, best)


def _similar(model: FloatArray, xy: FloatArray, placed: BoolArray) -> tuple[FloatArray, float]:
    """The model moved onto the placed joints [K, 2], and how badly it suits them."""
    points = _complex(xy[placed])
    parts = _complex(model[placed])
    there, here = points.mean(), parts.mean()
    points, parts = points - there, parts - here
    spread = float((np.abs(parts) ** 2).sum())
    turn = complex((parts.conj() * points).sum() / max(spread, 1e-12))
    size = float(np.sqrt((np.abs(points) ** 2).sum() / max(spread, 1e-12)))
    # People mostly stand upright, and joints that are close together show it badly.
    direction = turn / max(size, 1e-12) * spread + _UPRIGHT**2
    turn = size * direction / max(abs(direction), 1e-12)
    moved = (_complex(model) - here) * turn + there
    missed = float((np.abs(parts * turn - points) ** 2).sum()) / max(size**2, 1e-12)
    tilt = 1 - turn.real / max(abs(turn), 1e-12)
    return np.stack([moved.real, moved.imag], axis=1), missed + _UPRIGHT**2 * tilt


def _complex(xy: FloatArray) -> NDArray[np.complex128]:
    return np.asarray(xy[:, 0] + 1j * xy[:, 1], dtype=np.complex128)


def box_of_joints(xy: FloatArray) -> Box:
    """A box for a person of whom these joints [N, 2], N >= 1, are known; never without area."""
    tight = Box.around(xy)
    return Box.around(xy, max(_MARGIN * max(tight.width, tight.height), _LEAST_MARGIN))


def matching_pose(
    poses: Sequence[PredictedPose], xy: FloatArray, placed: BoolArray, sigmas: FloatArray
) -> PredictedPose | None:
    """The found pose that has its joints where the placed ones are, or None.

    Args:
        poses: what the network found, least certain people included.
        xy: where joints were placed [K, 2].
        placed: which ones [K]; at least one.
        sigmas: of the skeleton [K].
    """
    best, likest = None, _SAME
    for pose in poses:
        similar = oks(pose.keypoints, xy, placed, max(pose.box.area, 1.0), sigmas)
        if similar > likest:
            best, likest = pose, similar
    return best
