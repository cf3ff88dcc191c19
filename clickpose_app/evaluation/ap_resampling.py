"""COCO AP counted again on resampled images, from matches that were made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from clickpose_app.core.geometry import FloatArray

# The recalls at which COCO looks up the precision.
_RECALLS = np.linspace(0.0, 1.0, 101)


class Matches:
    """Which detections hit somebody, for people of one range of sizes.

    Images share no people, so a data set in which an image is there twice has each of its
    matches twice. That needs no new matching, only a new count.
    """

    def __init__(self, records: Sequence[Any]) -> None:
        """Take over what COCOeval found.

        Args:
            records: its evalImgs, one an image; None where there is nothing at all.
        """
        present = [(i, record) for i, record in enumerate(records) if record is not None]
        scores = [np.asarray(record["dtScores"], dtype=np.float64) for _, record in present]
        order = np.argsort(-_joined(scores), kind="mergesort")
        lengths = [len(each) for each in scores]
        self._image = np.repeat([i for i, _ in present], lengths).astype(np.intp)[order]
        hit = _beside([record["dtMatches"] for _, record in present])[:, order] > 0
        ignored = _beside([record["dtIgnore"] for _, record in present])[:, order] > 0
        self._right = (hit & ~ignored).astype(np.float64)
        self._wrong = (~hit & ~ignored).astype(np.float64)
        self._wanted = np.zeros(len(records))
        for i, record in present:
            self._wanted[i] = np.count_nonzero(np.asarray(record["gtIgnore"]) == 0)

    def count(self, times: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Average precision and recall at each OKS level, images taken so many times.

        Args:
            times: how often each image is there [I].

        Returns:
            Two arrays [T], for OKS 0.5:0.95; NaN if there is nobody to find.
        """
        levels, wanted = len(self._right), float(times @ self._wanted)
        if wanted == 0:
            return np.full(levels, np.nan), np.full(levels, np.nan)
        weights = times[self._image]
        right = np.cumsum(self._right * weights, axis=1)
        wrong = np.cumsum(self._wrong * weights, axis=1)
        recall = right / wanted
        precision = right / np.maximum(right + wrong, np.spacing(1.0))
        # The best precision at this recall or a higher one.
        precision = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
        mean = np.zeros(levels)
        for level in range(levels):
            places = np.searchsorted(recall[level], _RECALLS, side="left")
            mean[level] = precision[level, places[places < len(weights)]].sum() / len(_RECALLS)
        return mean, recall[:, -1] if len(weights) else np.zeros(levels)


def resampled_figures(matches: Sequence[Matches], resamples: FloatArray) -> dict[str, FloatArray]:
    """COCO's figures on each resample.

    Args:
        matches: for all, medium and large people.
        resamples: how often each image is there [R, I].

    Returns:
        R numbers for each of coco_ap.METRICS; NaN where a resample has nobody to find.
    """
    everybody, medium, large = ([each.count(times) for times in resamples] for each in matches)
    precision = np.array([p for p, _ in everybody])
    return {
        "AP": precision.mean(axis=1),
        "AP50": precision[:, 0],
        "AP75": precision[:, 5],
        "APM": np.array([p.mean() for p, _ in medium]),
        "APL": np.array([p.mean() for p, _ in large]),
        "AR": np.array([r.mean() for _, r in everybody]),
    }


def _joined(parts: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate(parts) if parts else np.zeros(0)


def _beside(parts: Sequence[Any]) -> FloatArray:
    """Arrays [T, D] side by side; the ten OKS levels also where there is none."""
    return np.concatenate([np.zeros((10, 0)), *(np.asarray(part) for part in parts)], axis=1)
