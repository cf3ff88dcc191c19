"""How a network learns from what its own average is sure of, in pictures that nobody labelled.

The windows are turned, recoloured, spoilt and covered in part, so that to say the same of them is
harder than it was for the average. How sure it may be of a joint, and which joints are hidden, is
not learned: a network's own answers say nothing new of that.
"""

from __future__ import annotations

import copy
import dataclasses
import math
from collections.abc import Iterator, Sequence

import msgspec
import torch
from torch import nn

from clickpose_app.adaptation.plan import Course, Tell
from clickpose_app.adaptation.recipe import Recipe, study, training_config
from clickpose_app.adaptation.reducing import reduced
from clickpose_app.adaptation.stages import Meter
from clickpose_app.adaptation.state import Learner
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data import Batch, TrainingWindows, normalise
from clickpose_app.training.data_samples import Sample
from clickpose_app.training.losses import Losses
from clickpose_app.training.objective import Objective

GENTLE = Recipe(rate=1.5e-4, backbone_rate=5e-5, slots=1, rounds=1)
"""Much smaller steps than for a new skeleton: nearly all is known already."""

_STRONG = {"colour": 1.5, "grey": 0.1, "blur": 0.2, "noise": 0.2, "jpeg": 0.1, "occlusion": 0.3}


class SelfTeaching:
    """The network that learns, and its average.

    Args:
        base: where it starts; left as it is.
        skeleton: of the base.
        recipe: how it is learned.
        course: of the run, whose steps are counted.
        tell: told of the steps.
        people: whom the network looks for in a window while it learns; as it is used it looks
            for as many as the base.
    """

    def __init__(
        self,
        base: ClickPose,
        skeleton: Skeleton,
        recipe: Recipe,
        course: Course,
        tell: Tell,
        people: int,
    ) -> None:
        self._base, self._skeleton, self._recipe = base, skeleton, recipe
        self._course, self._tell = course, tell
        model = copy.deepcopy(base)
        _look_for(model, min(people, base.config.groups))
        average = copy.deepcopy(model).eval().requires_grad_(False)
        parts: dict[bool, list[nn.Parameter]] = {True: [], False: []}
        for name, parameter in model.named_parameters():
            parts[name.startswith("backbone.")].append(parameter)
        rates = {True: recipe.backbone_rate, False: recipe.rate}
        groups = [{"params": parts[part], "peak": rates[part]} for part in rates]
        optimiser = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.0)
        self._learner = Learner(model.train(), average, optimiser)
        self._learner.choose(pose_layers_alone=False, recipe=recipe)

    def learn(self, samples: Sequence[Sample], end: float) -> bool:
        """Learn until a share of the run is done; False where somebody stopped it."""
        course = self._course
        config = self._config(samples)
        sigmas = torch.tensor(self._skeleton.sigmas)
        objective = Objective(config, self._skeleton.pairs, sigmas, config.stages[0])
        batches = self._batches(samples, config)
        meter = Meter("own pictures", course, self._tell)
        while course.look() < end:
            if course.plan.stop():
                return False
            meter.add(self._step(objective, next(batches)))
        return True

    def usable(self) -> ClickPose:
        """A copy of the average as it is used."""
        model = copy.deepcopy(self._learner.average).eval()
        _look_for(model, self._base.config.groups)
        # Errors against its own answers are no errors.
        model.decoder.expected_errors = copy.deepcopy(self._base.decoder.expected_errors)
        return model

    def _step(self, objective: Objective, batch: Batch) -> Losses:
        course, learner = self._course, self._learner
        warm = min(1.0, (course.step + 1) / self._recipe.warmup)
        rate = warm * 0.5 * (1 + math.cos(math.pi * course.look()))
        generator = torch.Generator().manual_seed(course.plan.seed * 1_000_003 + course.step)
        images = normalise(batch.images).contiguous(memory_format=torch.channels_last)
        terms = objective(learner.model, images, batch.targets, generator)
        return learner.learn(terms, rate, 1.0, course.step, self._recipe.ema)

    def _config(self, samples: Sequence[Sample]) -> TrainingConfig:
        config = training_config(study(samples), self._recipe, self._course.plan.seed)
        windows = msgspec.structs.replace(config.windows, **_STRONG)
        losses = dataclasses.replace(config.losses, quality=0.0, visibility=0.0)
        return msgspec.structs.replace(config, windows=windows, losses=losses)

    def _batches(self, samples: Sequence[Sample], config: TrainingConfig) -> Iterator[Batch]:
        plan = self._course.plan
        windows = TrainingWindows(
            reduced(samples, plan.folder / "photos"),
            size=self._recipe.size,
            batch=self._recipe.batch,
            seed=plan.seed,
            skeleton=self._skeleton,
            options=config.windows,
            workers=0,
        )
        return windows.batches(self._course.step)


def _look_for(model: ClickPose, people: int) -> None:
    model.config = dataclasses.replace(model.config, groups=people)
    model.decoder.groups = people
