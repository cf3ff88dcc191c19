"""How sure a figure is: percentile bootstrap over images (Efron and Tibshirani, 1993)."""

from __future__ import annotations

import numpy as np

from clickpose_app.core.geometry import FloatArray

RESAMPLES = 1000
CONFIDENCE = 0.95

Interval = tuple[float, float]
"""Low and high end of a confidence interval; (-1, -1) where there is nothing to measure."""


def resample_images(count: int) -> FloatArray:
    """How often each of so many images is drawn [R, count]; the same at each call.

    Images rather than people are drawn, because people of one image are not independent.
    """
    if not count:
        return np.zeros((RESAMPLES, 0))
    chances = np.full(count, 1 / count)
    drawn = np.random.default_rng(0).multinomial(count, chances, size=RESAMPLES)
    return drawn.astype(np.float64)


def interval(values: FloatArray) -> Interval:
    """The middle 95 % of a figure's values on the resamples; NaN values are left out."""
    known = values[np.isfinite(values)]
    if not known.size:
        return (-1.0, -1.0)
    low, high = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return (float(low), float(high))


def resampled_means(sums: FloatArray, counts: FloatArray, resamples: FloatArray) -> FloatArray:
    """The mean over people on each resample of images.

    Args:
        sums: total of a quantity on each image [I].
        counts: how many people each image has [I].
        resamples: from resample_images() [R, I].

    Returns:
        R means; NaN where a resample has nobody.
    """
    people: FloatArray = resamples @ counts
    means = np.full(len(people), np.nan)
    np.divide(resamples @ sums, people, out=means, where=people > 0)
    return means
