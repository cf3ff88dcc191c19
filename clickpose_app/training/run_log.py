"""The numbers of a run by step: log.csv, and curves.png drawn from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from clickpose_app.errors import ClickPoseError
from clickpose_app.training.run_state import writing

LOG_FILE, CURVES_FILE = "log.csv", "curves.png"
STEP = "step"
FIGURES = ("AP", "AP50", "AP75")
"""Columns of what was measured that are drawn."""

_SMOOTH = 0.9
"""What a curve keeps of its past from line to line."""

Curve = tuple[list[int], list[float]]


class RunLog:
    """A table with one row a step that was logged or measured.

    Args:
        folder: for both files.
        step: that the run has reached; a killed run may have logged later ones, which it is
            going to take again, so they are removed.

    Raises:
        ClickPoseError: naming the log, which cannot be read or written.
    """

    def __init__(self, folder: Path, step: int) -> None:
        self._path, self._curves = folder / LOG_FILE, folder / CURVES_FILE
        self._rows: dict[int, dict[str, float]] = {}
        self._columns: list[str] = [STEP]
        if self._path.exists():
            complete = self._read()
            if max(self._rows, default=0) > step or not complete:
                self._rows = {n: row for n, row in self._rows.items() if n <= step}
                self._rewrite()

    def add(self, step: int, numbers: Mapping[str, float]) -> None:
        """Put numbers into a step's row, in the file at once."""
        new = [name for name in numbers if name not in self._columns]
        known = step in self._rows
        self._columns += new
        self._rows.setdefault(step, {}).update(numbers)
        if new or known or not self._path.exists():
            self._rewrite()
            return
        try:
            with self._path.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(self._line(step))
        except OSError as error:
            raise ClickPoseError(
                f"{self._path} cannot be written: {error.strerror or error}.",
                "Make room there, then start the same command again.",
            ) from error

    def draw(self) -> None:
        """Draw the curves anew."""
        if not self._rows:
            return
        measured = [name for name in FIGURES if name in self._columns]
        figure = Figure(figsize=(9, 9.5 if measured else 6.5), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(3 if measured else 2, 1, sharex=True, squeeze=False)[:, 0]
        parts, kinds = self._losses()
        _plot_losses(axes[0], parts, "loss by part")
        _plot_losses(axes[1], kinds, "loss by kind")
        if measured:
            for name in measured:
                axes[2].plot(*self._column(name), marker="o", markersize=3, label=name)
            axes[2].set_ylabel("averaged weights")
            axes[2].legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
            axes[2].grid(alpha=0.3)
        axes[-1].set_xlabel("step")
        content = io.BytesIO()
        figure.savefig(content, format="png", dpi=110)
        with writing(self._curves) as file:
            file.write(content.getvalue())

    def _losses(self) -> tuple[dict[str, Curve], dict[str, Curve]]:
        """The curves of the parts of the network, and of the kinds of loss over all parts."""
        names = [name for name in self._columns if "/" in name]
        parts = list(dict.fromkeys(["total", *(name.partition("/")[0] for name in names)]))
        kinds = list(dict.fromkeys(name.partition("/")[2] for name in names))
        rows = {n: row for n, row in self._rows.items() if "total" in row}
        by_kind = {
            kind: [
                sum(v for name, v in row.items() if name.partition("/")[2] == kind)
                for row in rows.values()
            ]
            for kind in kinds
        }
        return (
            {part: self._column(part) for part in parts if part in self._columns},
            {kind: (list(rows), values) for kind, values in by_kind.items()},
        )

    def _column(self, name: str) -> Curve:
        rows = [(step, row[name]) for step, row in self._rows.items() if name in row]
        return [step for step, _ in rows], [value for _, value in rows]

    def _line(self, step: int) -> list[str]:
        row = self._rows[step]
        numbers = (row.get(name) for name in self._columns[1:])
        return [str(step), *("" if n is None else f"{n:.5g}" for n in numbers)]

    def _read(self) -> bool:
        """Take the file's rows; whether its last one was written to the end."""
        try:
            text = self._path.read_text(encoding="utf-8")
            lines = list(csv.reader(text.splitlines()))
            self._columns = lines[0] if lines else [STEP]
            for line in lines[1:]:
                numbers = zip(self._columns[1:], line[1:], strict=False)
                self._rows[int(line[0])] = {name: float(n) for name, n in numbers if n}
        except (OSError, ValueError, IndexError, csv.Error) as error:
            raise ClickPoseError(
                f"{self._path} is not the log of a run: {error}.",
                "Move it away, or train into another folder.",
            ) from error
        return text.endswith("\n")

    def _rewrite(self) -> None:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self._columns)
        writer.writerows(self._line(step) for step in self._rows)
        with writing(self._path) as file:
            file.write(text.getvalue().encode())


def _plot_losses(axes: Axes, curves: Mapping[str, Curve], label: str) -> None:
    for name, (steps, values) in curves.items():
        (line,) = axes.plot(steps, values, alpha=0.25, linewidth=0.8)
        axes.plot(steps, _smoothed(values), color=line.get_color(), label=name)
    axes.set_yscale("log")
    axes.set_ylabel(label)
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _smoothed(values: list[float]) -> list[float]:
    """Running means that follow closely at first."""
    out: list[float] = []
    for n, value in enumerate(values):
        keep = min(_SMOOTH, n / (n + 1))
        out.append(keep * out[-1] + (1 - keep) * value if out else value)
    return out
