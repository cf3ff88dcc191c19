"""What an evaluation came to: figures with intervals, as JSON and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.core.geometry import FloatArray
from clickpose_app.evaluation.bootstrap import Interval, interval, resampled_means
from clickpose_app.formats.atomic_file import atomic_file

LEVEL_KEYS = ("85", "90", "95")
"""Of OKS, or of AP, in percent: the keys of every count of clicks."""

# In the order in which people read them.
_TITLES = {
    "noc_person": "with refinement",
    "noc_person_manual": "by hand",
    "noc_person_saved": "saved",
    "noc_official": "published, with refinement",
    "noc_official_manual": "published, by hand",
}


@dataclass
class Report:
    """Figures of one evaluation.

    Attributes:
        figures: COCO's, by name; -1 where there is nobody to find.
        clicks: by protocol, then by level.
        ci95: 95 % intervals, under the same names.
        counts: how many people there are, and how many of them were found.
    """

    figures: dict[str, float] = field(default_factory=dict)
    clicks: dict[str, dict[str, float]] = field(default_factory=dict)
    ci95: dict[str, Interval | dict[str, Interval]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add_figures(
        self, figures: Mapping[str, float], resampled: Mapping[str, FloatArray]
    ) -> None:
        """Add COCO's figures, and their values on the resamples [R]."""
        self.figures |= figures
        self.ci95 |= {name: interval(values) for name, values in resampled.items()}

    def add_clicks(self, name: str, per_image: Sequence[FloatArray], resamples: FloatArray) -> None:
        """Add the mean of a count of clicks.

        Args:
            name: of the protocol.
            per_image: for each image the clicks of those whom it has [N, T].
            resamples: how often each image is there [R, I].
        """
        sums, counts = _totals(per_image)
        means = sums.sum(axis=0) / counts.sum() if counts.sum() else np.full(len(LEVEL_KEYS), -1.0)
        self.clicks[name] = _by_level(means)
        self.ci95[name] = {
            key: interval(resampled_means(sums[:, i], counts, resamples))
            for i, key in enumerate(LEVEL_KEYS)
        }

    def add_saved(
        self,
        name: str,
        refined: Sequence[FloatArray],
        manual: Sequence[FloatArray],
        resamples: FloatArray,
    ) -> None:
        """Add the part of the manual clicks that refinement saves; arguments as add_clicks().

        The same resample counts for both, since both correct the same predictions.
        """
        ours, theirs = _totals(refined)[0], _totals(manual)[0]
        self.clicks[name] = _by_level(_saved(ours.sum(axis=0), theirs.sum(axis=0), -1.0))
        drawn = _saved(resamples @ ours, resamples @ theirs, np.nan)
        self.ci95[name] = {key: interval(drawn[:, i]) for i, key in enumerate(LEVEL_KEYS)}

    def as_json(self) -> dict[str, Any]:
        """Everything under the names that the README documents."""
        return {**self.figures, **self.clicks, **self.counts, "ci95": self.ci95}

    def as_text(self) -> str:
        """A table for people, 95 % intervals in brackets."""
        lines = [
            f"{name:5} {value:.4f}{_brackets(self.ci95.get(name))}"
            for name, value in self.figures.items()
        ]
        if self.clicks:
            lines += ["", f"{'clicks':28}" + "".join(f"{'at ' + k + ' %':>22}" for k in LEVEL_KEYS)]
        for name in (name for name in _TITLES if name in self.clicks):
            levels, intervals = self.clicks[name], self.ci95[name]
            assert isinstance(intervals, dict)
            cells = (f"{levels[k]:.2f}{_brackets(intervals[k], 2)}" for k in LEVEL_KEYS)
            lines.append(f"{_TITLES[name]:28}" + "".join(f"{c:>22}" for c in cells))
        if self.counts:
            lines += ["", "{people_found:,} of {people:,} people found.".format(**self.counts)]
        return "\n".join(lines)


def write_report(path: Path, report: Report) -> None:
    """Write a report as a JSON object; FormatError if the file cannot be written."""
    with atomic_file(path) as file:
        file.write(json.dumps(report.as_json(), indent=2).encode() + b"\n")


def _totals(per_image: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Clicks of each image [I, T], and how many count there [I]."""
    sums = np.array([clicks.sum(axis=0) for clicks in per_image]).reshape(-1, len(LEVEL_KEYS))
    return sums, np.array([len(clicks) for clicks in per_image], dtype=np.float64)


def _saved(refined: FloatArray, manual: FloatArray, nothing: float) -> FloatArray:
    """1 - refined / manual; what stands for nothing where no click was needed at all."""
    ratio = np.divide(refined, manual, out=np.full(manual.shape, np.nan), where=manual > 0)
    return np.where(np.isnan(ratio), nothing, 1 - ratio)


def _by_level(values: FloatArray) -> dict[str, float]:
    return {key: float(value) for key, value in zip(LEVEL_KEYS, values, strict=True)}


def _brackets(ends: object, digits: int = 4) -> str:
    if not isinstance(ends, tuple):
        return ""
    return f" [{ends[0]:.{digits}f}, {ends[1]:.{digits}f}]"
