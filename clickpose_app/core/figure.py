"""A skeleton's standing figure, put where a person is: a first guess for joints nobody placed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.skeleton import Skeleton


@lru_cache(maxsize=32)
def figure_of(skeleton: Skeleton) -> FloatArray:
    """Where each keypoint is on the figure [K, 2], in 0..1; a ring for a skeleton without one.

    The array is shared and read-only.
    """
    figure: FloatArray
    if skeleton.figure:
        figure = np.array(skeleton.figure, dtype=np.float64).reshape(-1, 2)
    else:
        angle = np.linspace(0, 2 * np.pi, len(skeleton), endpoint=False)
        figure = np.stack([0.5 + 0.4 * np.sin(angle), 0.5 - 0.4 * np.cos(angle)], axis=1)
    figure.flags.writeable = False
    return figure


def figure_in_box(skeleton: Skeleton, box: Box) -> FloatArray:
    """The figure [K, 2] in image pixels, stretched so that its joints just fill a box."""
    figure = figure_of(skeleton)
    low = figure.min(axis=0)
    extent = np.maximum(figure.max(axis=0) - low, 1e-9)
    placed: FloatArray = (figure - low) / extent * (box.width, box.height) + (box.x1, box.y1)
    return placed


def figure_onto(skeleton: Skeleton, xy: FloatArray, known: BoolArray, box: Box) -> FloatArray:
    """The figure laid over the joints that are known: moved, turned and scaled to fit them.

    Args:
        skeleton: whose figure.
        xy: keypoints [K, 2] in image pixels.
        known: which of them mean anything [K].
        box: of the person; where fewer than two joints are known, it holds the figure.

    Returns:
        All keypoints [K, 2] in image pixels; those known exactly where they are.
    """
    figure = figure_of(skeleton)
    if known.sum() < 2 or np.ptp(figure[known], axis=0).max() < 1e-9:
        placed = figure_in_box(skeleton, box)
    else:
        # Complex numbers: one factor turns and scales, least squares gives it in closed form.
        source, target = figure @ (1, 1j), xy @ (1, 1j)
        a, b = source[known].mean(), target[known].mean()
        offset = source[known] - a
        factor = (offset.conj() @ (target[known] - b)) / (abs(offset) ** 2).sum()
        fitted = (source - a) * factor + b
        placed = np.stack([fitted.real, fitted.imag], axis=1)
    placed[known] = xy[known]
    return placed
