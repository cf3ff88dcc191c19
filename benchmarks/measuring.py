"""How everything here is measured: calls timed on two clocks, medians with their spread, a table.

The wall's clock says what a person waits, and on a machine that does other things also what they
take. The processor's clock counts this process alone, all its threads together, so that work on
several threads may show more of it than of the wall's.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from clickpose_app.errors import ClickPoseError

Clock = Literal["wall", "cpu"]
CLOCKS: tuple[Clock, Clock] = ("wall", "cpu")


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds that one call took.

    Attributes:
        wall: on the clock.
        cpu: of processors, by this process.
    """

    wall: float
    cpu: float

    def on(self, clock: Clock) -> float:
        """Those of one clock."""
        return self.wall if clock == "wall" else self.cpu


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table.

    Attributes:
        name: what was measured.
        taken: by each call.
        images: that one call looks at; the table shows milliseconds an image.
        gflop: arithmetic of one call in 10^9 operations; None where nobody counted it.
        floor: what that arithmetic takes at the rate of a large matrix product; likewise.
        failure: why there is nothing, in a sentence.
    """

    name: str
    taken: list[Taken]
    images: int = 1
    gflop: float | None = None
    floor: Taken | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of a row in milliseconds an image."""

    low: float
    median: float
    high: float


class Asked(msgspec.Struct):
    """A row to be measured for so many seconds; 0 only prepares and warms it up."""

    row: str
    seconds: float


class Answer(msgspec.Struct):
    """What each call took, or why there is nothing."""

    taken: list[Taken] = []
    failure: str = ""


def take(work: Callable[[], object]) -> Taken:
    """Do some work once, and say what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Taken((time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3)


def take_often(
    work: Callable[[], object], seconds: float, *, least: int = 3, most: int = 1000
) -> list[Taken]:
    """Do some work again and again; whoever wants it warm has done it before.

    Args:
        work: what is measured.
        seconds: after so many no other call is begun.
        least: calls in any case.
        most: calls at most.
    """
    end = time.perf_counter() + seconds
    taken: list[Taken] = []
    while len(taken) < least or (len(taken) < most and time.perf_counter() < end):
        taken.append(take(work))
    return taken


def spread(row: Measured, clock: Clock) -> Spread:
    """The quartiles of a row that has been measured."""
    times = np.array([taken.on(clock) for taken in row.taken]) / row.images
    low, median, high = (float(q) for q in np.quantile(times, [0.25, 0.5, 0.75]))
    return Spread(low, median, high)


HEADER = (
    f"{'milliseconds an image':<46}{'median':>9}{'quartiles':>19}{'other clock':>12}"
    f"{'GFLOP':>8}{'floor':>9}{'times it':>9}{'share':>7}"
)


def line(row: Measured, clock: Clock) -> str:
    """One line of the table under HEADER: the share is that of the floor in the median."""
    if row.failure or not row.taken:
        return f"{row.name:<46}{'-':>9}  {row.failure or 'nothing was measured'}"
    here = spread(row, clock)
    other = spread(row, "cpu" if clock == "wall" else "wall").median
    quartiles = f"{_ms(here.low)} - {_ms(here.high)}"
    text = f"{row.name:<46}{_ms(here.median):>9}{quartiles:>19}{_ms(other):>12}"
    if row.gflop is None:
        return text
    text += f"{row.gflop / row.images:>8.2f}"
    if row.floor is None:
        return text
    floor = row.floor.on(clock) / row.images
    return f"{text}{_ms(floor):>9}{here.median / floor:>9.1f}{floor / here.median:>7.0%}"


def table(rows: Iterable[Measured], clock: Clock) -> str:
    """All lines under their header."""
    return "\n".join([HEADER, *(line(row, clock) for row in rows)])


def chosen(names: Iterable[str], only: Sequence[str]) -> list[str]:
    """Those names that contain one of the given parts; all if none is given.

    Raises:
        ClickPoseError: a part is in no name.
    """
    names = list(names)
    for part in only:
        if not any(part in name for name in names):
            raise ClickPoseError(f"No row has {part!r} in its name.", "--list shows their names.")
    return [name for name in names if not only or any(part in name for part in only)]


def in_own_process(script: Path, arguments: Sequence[str]) -> list[Taken]:
    """What another script's ``--json`` says on its last line, measured in a process of its own.

    Raises:
        ClickPoseError: the process failed; with the last line that it said.
    """
    done = subprocess.run(
        [sys.executable, str(script), *arguments, "--json"], capture_output=True, text=True
    )
    if done.returncode:
        said = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise ClickPoseError(f"{script.name} failed: {said}")
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=list[Taken])


def _ms(value: float) -> str:
    """Three figures are all that a busy machine is good for."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
