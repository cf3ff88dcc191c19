"""Marks that get out of each other's way where a skeleton has many joints."""

from __future__ import annotations

import numpy as np

from clickpose_app.core.geometry import FloatArray

MANY_JOINTS = 30
"""Skeletons with more keypoints than this have faces or hands in which marks would overlap."""

_SMALLEST = 1.6  # screen pixels; a smaller mark cannot be seen


def nearest_gaps(xy: FloatArray) -> FloatArray:
    """How far each point [K, 2] is from the one nearest to it [K]; K >= 2."""
    gaps = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    nearest: FloatArray = gaps.min(axis=1)
    return nearest


def largest_radius(gap: float) -> float:
    """The radius in screen pixels of a mark whose neighbour is so many screen pixels away."""
    return max(0.5 * gap - 0.5, _SMALLEST)
