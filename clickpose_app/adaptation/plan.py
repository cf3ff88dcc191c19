"""What a run of teaching is asked to do, and what it tells on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Event = Mapping[str, object]
"""Something to tell, as JSON would hold it. "event" says what; the other fields go with it:

- anew: because (a state on disk was of no use);
- started: images, held_out, creatures, keypoints, skeleton, turns, resumed;
- encoding: done, of (batches of windows);
- step: stage, step, share (of the run, 0..1), spent and left (seconds), loss, parts;
- measured: step, share, better, figures (Figures.to_mapping());
- unlabelled: looked_at, sure, failures;
- pictures: images (of a run without labels, instead of started);
- agreed: step, share, with_base, steadiness (Agreement), taken (of such a run, likewise measured);
- saved: weights (the file, complete), figures;
- finished: reason (done or stopped), weights (None if nothing was written), figures.

The command line adds error: message, hint, and either as words (template and fields), so that
they can be said in another language.
"""

Tell = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do.

    Attributes:
        base: weights to start from.
        out: the weights file to write; it appears as soon as there is a useful model, and is
            replaced by better ones.
        minutes: how long to learn, all measuring included.
        steps: optimiser steps instead of minutes, for a run that comes out the same on every
            machine; None for minutes.
        seed: of everything random.
        unlabelled: folder of pictures without labels to learn from besides, or alone
            (source_free.py); None for none.
        held_out: share of the labelled images that is measured on and never learned from.
        clock: seconds that count against the minutes.
        stop: asked after each step; True ends the run, which writes its best and can be gone
            on with.
    """

    base: Path
    out: Path
    minutes: float = 15.0
    steps: int | None = None
    seed: int = 1
    unlabelled: Path | None = None
    held_out: float = 0.12
    clock: Callable[[], float] = time.monotonic
    stop: Callable[[], bool] = lambda: False

    @property
    def folder(self) -> Path:
        """Where the run keeps what it goes on from, beside the weights."""
        return self.out.with_name(f"{self.out.stem}.adapt")


@dataclass(slots=True)
class Course:
    """How far a run has come.

    Attributes:
        plan: of the run.
        step: optimiser steps taken.
        spent: seconds spent, those of earlier sittings included.
    """

    plan: Plan
    step: int = 0
    spent: float = 0.0
    _since: float | None = None

    def begin(self) -> None:
        """Start the clock of this sitting."""
        self._since = self.plan.clock() - self.spent

    def look(self) -> float:
        """The share of the run that is done, 1 when it is over."""
        if self._since is not None:
            self.spent = self.plan.clock() - self._since
        if self.plan.steps is not None:
            return min(1.0, self.step / self.plan.steps)
        return min(1.0, self.spent / max(1e-9, 60 * self.plan.minutes))

    @property
    def left(self) -> float:
        """Seconds that are probably left."""
        if self.plan.steps is None:
            return max(0.0, 60 * self.plan.minutes - self.spent)
        return self.spent / max(1, self.step) * max(0, self.plan.steps - self.step)
