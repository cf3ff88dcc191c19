"""The stretches of a run, and the mean losses in them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.adaptation.plan import Course, Tell
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.losses import Losses
from clickpose_app.training.objective import Objective

# The last stage starts from this share of the recipe's rates.
_LAST_RATE = 0.5
_TELL_EVERY = 10


@dataclass(frozen=True, slots=True, eq=False)
class LearningStage:
    """A stretch of a run.

    Attributes:
        name: for whom it is told to.
        alone: whether the pose layers learn alone, from features kept on disk.
        end: share of the run at which it ends.
        wave: shares of the run between which the rate falls along a cosine.
        peak: share of the recipe's rates that it falls from.
        objective: what is minimised.
    """

    name: str
    alone: bool
    end: float
    wave: tuple[float, float]
    peak: float
    objective: Objective

    def rate(self, done: float) -> float:
        """Share of the recipe's rates when a share of the run is done."""
        first, last = self.wave
        share = min(1.0, max(0.0, (done - first) / max(1e-9, last - first)))
        return self.peak * 0.5 * (1 + math.cos(math.pi * share))


def learning_stages(
    config: TrainingConfig, skeleton: Skeleton, recipe: Recipe
) -> list[LearningStage]:
    """The pose layers alone, the whole, and the pose layers once more, as the recipe has them."""
    sigmas = torch.tensor(skeleton.sigmas)
    usual, clicks = (Objective(config, skeleton.pairs, sigmas, each) for each in config.stages)
    tuned = 1.0 - recipe.last_share
    return [
        LearningStage("pose layers", True, recipe.first_share, (0.0, tuned), 1.0, usual),
        LearningStage("whole", False, tuned, (0.0, tuned), 1.0, usual),
        LearningStage("clicks", True, 1.0, (tuned, 1.0), _LAST_RATE, clicks),
    ]


class Meter:
    """Counts the steps of a stage, and tells their mean losses now and then.

    Args:
        stage: its name, for whom it is told to.
        course: of the run.
        tell: told of every tenth step.
    """

    def __init__(self, stage: str, course: Course, tell: Tell) -> None:
        self._stage, self._course, self._tell = stage, course, tell
        self._sums: dict[str, Tensor] = {}
        self._steps = 0

    def add(self, terms: Losses) -> None:
        """Count one step of these losses."""
        for name, value in terms.items():
            self._sums[name] = self._sums[name] + value if name in self._sums else value
        self._steps += 1
        course = self._course
        course.step += 1
        if course.step % _TELL_EVERY == 0:
            self._tell(
                {
                    "event": "step",
                    "stage": self._stage,
                    "step": course.step,
                    "share": round(course.look(), 4),
                    "spent": round(course.spent, 1),
                    "left": round(course.left, 1),
                    **self._means(),
                }
            )

    def _means(self) -> dict[str, object]:
        """The mean loss, and those of its parts; begins anew."""
        means = {n: round(float(v) / max(1, self._steps), 4) for n, v in self._sums.items()}
        self._sums, self._steps = {}, 0
        loss = means.pop("total", 0.0)
        return {"loss": loss, "parts": means}
