"""Teach a network a new skeleton: first its pose layers alone, then the whole of it.

In the first part backbone and encoder rest: windows are encoded once (memories.py) and the
heads, the heat maps and the pose layers learn from what was kept, so that a first model is
there within minutes. In the second part everything learns. After each stretch the averaged
weights are measured on held-out labels, and the best so far are written.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from clickpose_app.adaptation.figures import Figures
from clickpose_app.adaptation.labels import Labels
from clickpose_app.adaptation.memories import (
    MOST_BYTES,
    bytes_each,
    encode_windows,
    remove_encodings,
)
from clickpose_app.adaptation.plan import Course, Plan, Tell
from clickpose_app.adaptation.recipe import Recipe, study, training_config
from clickpose_app.adaptation.reducing import reduced
from clickpose_app.adaptation.shipping import Shelf
from clickpose_app.adaptation.stages import LearningStage, Meter, learning_stages
from clickpose_app.adaptation.state import load_state, new_learner, save_state
from clickpose_app.adaptation.unlabelled import MOST_AT_ONCE, look_at, unlabelled_images
from clickpose_app.errors import ClickPoseError, Words
from clickpose_app.network.clickpose import Memory
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data import Targets, TrainingWindows, normalise
from clickpose_app.training.data_samples import Sample
from clickpose_app.training.losses import Losses
from clickpose_app.training.objective import Objective

# What encoding may take of a stage, where minutes count.
_ENCODING_SHARE = 0.25
# What looking at pictures without labels may take of a run each time, likewise.
_LOOKING_SHARE = 0.05
_SAVE_EVERY = 100
_CHECKS = (0.2, 0.5, 0.8)
"""Shares of the run after which the averaged weights are measured, beside the end."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a run.

    Attributes:
        figures: of the weights that were written, with clicks if the run was not stopped; None
            where it was stopped before the first step and nothing was written.
        finished: False where the run was stopped and can be gone on with.
    """

    figures: Figures | None
    finished: bool


def split(samples: Sequence[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """Images to learn from, and at least two, at most forty, that are held out."""
    count = int(np.clip(round(share * len(samples)), 2, 40))
    order = np.random.default_rng([seed, 0]).permutation(len(samples))
    return [samples[i] for i in order[count:]], [samples[i] for i in order[:count]]


def teach(labels: Labels, plan: Plan, tell: Tell, recipe: Recipe | None = None) -> Outcome:
    """Teach a network the skeleton of labels, and write it to the plan's file.

    Args:
        labels: labelled images.
        plan: what is asked.
        tell: told of everything on the way.
        recipe: how it is learned; None for the one that is known best.

    Raises:
        ClickPoseError: naming what is wrong with the labels, the base or the folder.
    """
    run = _Run(labels, plan, tell, recipe if recipe is not None else Recipe())
    return run.run()


class _Run:
    """One sitting of a run."""

    def __init__(self, labels: Labels, plan: Plan, tell: Tell, recipe: Recipe) -> None:
        self._plan, self._tell, self._recipe = plan, tell, recipe
        self._skeleton = labels.skeleton
        self._train, held = split(labels.samples, plan.held_out, plan.seed)
        creature = study(self._train)
        self._small = reduced(self._train, plan.folder / "photos")
        self._pictures: list[Path] = []
        if plan.unlabelled is not None:
            self._pictures = unlabelled_images(plan.unlabelled, labels.samples)
        self._sure: list[Sample] = []
        self._config = training_config(creature, recipe, plan.seed)
        self._course = Course(plan)
        self._learner = new_learner(plan, labels.skeleton, creature, recipe)
        guard = self._learner.guard
        if guard is not None:
            # Nothing learns that an image is encoded with.
            self._recipe = recipe = replace(recipe, first_share=1.0, last_share=0.0)
        self._resumed = load_state(self._learner, self._course, labels, tell)
        self._shelf = Shelf(labels, plan, held, self._train, tell, guard)
        if self._resumed:
            self._shelf.recall()
        self._stages = learning_stages(self._config, labels.skeleton, recipe)
        self._labels = labels
        tell(
            {
                "event": "started",
                "images": len(self._train),
                "held_out": len(held),
                "creatures": sum(len(s.boxes) for s in self._train),
                "keypoints": len(labels.skeleton),
                "skeleton": labels.skeleton.name,
                "turns": creature.turns,
                "resumed": self._resumed,
            }
        )

    def run(self) -> Outcome:
        """Learn until the time is up or somebody stops it."""
        self._course.begin()
        self._learner.model.train()
        stopped = False
        checks = [c for c in (*_CHECKS, 1.0) if c > self._course.look()]
        for stage in self._stages:
            if not stopped and self._course.look() < stage.end:
                stopped = self._learn(stage, checks)
        if stopped:
            return self._leave()
        self._measure(1.0)
        figures = self._shelf.finish()
        self._learner.forget(self._plan)
        self._tell(self._ending("done", figures))
        return Outcome(figures, True)

    def _leave(self) -> Outcome:
        """Keep what was learned so far, quickly: somebody waits for the processor."""
        save_state(self._learner, self._course, self._labels)
        remove_encodings(self._plan.folder)
        if self._shelf.figures is None and self._course.step:
            self._measure(self._course.look())
        self._tell(self._ending("stopped", self._shelf.figures))
        return Outcome(self._shelf.figures, False)

    def _ending(self, reason: str, figures: Figures | None) -> dict[str, object]:
        return {
            "event": "finished",
            "reason": reason,
            "weights": None if figures is None else str(self._plan.out),
            "figures": {} if figures is None else figures.to_mapping(),
        }

    def _learn(self, stage: LearningStage, checks: list[float]) -> bool:
        """Steps of one stage until its share of the run is done; whether somebody stopped it."""
        self._learner.choose(stage.alone, self._recipe)
        memories = self._kept(stage.end) if stage.alone else self._encoded()
        if memories is None:
            return True
        first, meter = self._course.step, Meter(stage.name, self._course, self._tell)
        while (done := self._course.look()) < stage.end:
            if self._plan.stop():
                return True
            memory, targets = next(memories)
            warm = min(1.0, (self._course.step - first + 1) / self._recipe.warmup)
            rate = warm * stage.rate(done)
            meter.add(self._step(memory, targets, rate, stage.objective))
            if self._course.step % _SAVE_EVERY == 0:
                save_state(self._learner, self._course, self._labels)
            while checks and self._course.look() >= checks[0] and checks[0] < 1:
                self._measure(checks.pop(0))
                if self._pictures and not stage.alone:
                    self._look_at_unlabelled()
                    memories = self._encoded()
        return False

    def _look_at_unlabelled(self) -> None:
        """Let the averaged weights label some of the pictures that nobody has labelled."""
        seed = [self._plan.seed, 3, self._course.step]
        order = np.random.default_rng(seed).permutation(len(self._pictures))[:MOST_AT_ONCE]
        teacher = self._shelf.predictor(self._shelf.ready(self._learner.average))
        pictures = [self._pictures[i] for i in order]
        self._sure = look_at(teacher, pictures, self._course, _LOOKING_SHARE, self._tell)

    def _measure(self, share: float) -> None:
        self._shelf.offer(self._learner.average, share, self._course)

    def _kept(self, end: float) -> Iterator[tuple[Memory, list[Targets]]] | None:
        """Memories of windows that were encoded before; None if somebody stopped it."""
        config, recipe, model = self._config, self._recipe, self._learner.model
        room = MOST_BYTES // (bytes_each(model, recipe.size) * recipe.batch)
        wanted = math.ceil(recipe.variants * len(self._train) / recipe.batch)
        longest = math.ceil(recipe.most_variants / recipe.batch)
        batches = max(1, min(wanted, room, longest))

        def progress(done: int, of: int) -> bool:
            self._tell({"event": "encoding", "done": done, "of": of})
            return self._plan.stop()

        begun = self._course.look()

        def enough(done: int) -> bool:
            del done
            late = self._course.look() - begun > _ENCODING_SHARE * (end - begun)
            return late and self._plan.steps is None

        windows = self._windows(config, recipe.batch)
        kept = encode_windows(model, windows, batches, self._plan.folder, progress, enough)
        if kept is None:
            return None
        # Windows that were seen before a stop come in another order after it.
        batches_of = kept.batches(recipe.batch, self._plan.seed + self._course.step)
        return ((model.remember(features), targets) for features, targets in batches_of)

    def _encoded(self) -> Iterator[tuple[Memory, list[Targets]]]:
        """Memories of new windows, through which backbone and encoder learn."""
        windows = self._windows(self._config, self._recipe.batch)
        for batch in windows.batches(self._course.step):
            images = normalise(batch.images).contiguous(memory_format=torch.channels_last)
            yield self._learner.model.encode(images, None), batch.targets

    def _windows(self, config: TrainingConfig, batch: int) -> TrainingWindows:
        return TrainingWindows(
            [*self._small, *self._sure],
            size=self._recipe.size,
            batch=batch,
            seed=self._plan.seed,
            skeleton=self._skeleton,
            options=config.windows,
            workers=0,
        )

    def _step(
        self, memory: Memory, targets: list[Targets], rate: float, objective: Objective
    ) -> Losses:
        seed = self._plan.seed * 1_000_003 + self._course.step
        generator = torch.Generator().manual_seed(seed)
        terms = objective.of_memory(self._learner.model, memory, targets, generator)
        if not math.isfinite(float(terms["total"].detach())):
            raise ClickPoseError(
                Words("The loss stopped being a number at step {step}.", step=self._course.step),
                Words("Look for labels that are far outside their images."),
            )
        clip, ema = self._config.clip, self._recipe.ema
        return self._learner.learn(terms, rate, clip, self._course.step, ema)
