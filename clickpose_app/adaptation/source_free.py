"""Make a network at home in somebody's own kind of pictures, without any label.

Source-free domain adaptation: there are only the weights and the pictures; nothing of what the
network learned from. As in a mean teacher (Tarvainen and Valpola, NIPS 2017) the averaged weights
say where joints are of which they are sure, in two views, and the network that learns has to say
the same of windows that are turned, recoloured, spoilt and covered in part. What a body looks like
(limb_prior.py) the base says once, before anything changes (self_teaching.py has the steps).

A network that teaches itself can talk itself into anything. So some pictures are held out, and
weights are taken only if they still say what the base was sure of there, and contradict themselves
on no more joints than the base did.
"""

from __future__ import annotations

import copy
import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from clickpose_app.adaptation.agreement import Agreement, agreement
from clickpose_app.adaptation.limb_prior import LimbPrior
from clickpose_app.adaptation.plan import Course, Plan, Tell
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.self_teaching import GENTLE, SelfTeaching
from clickpose_app.adaptation.shipping import TAUGHT_FIELD, write_taught
from clickpose_app.adaptation.state import teachable
from clickpose_app.adaptation.unlabelled import MOST_AT_ONCE, Sureness, look_at
from clickpose_app.engine.loading import small_predictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.network.checkpoint import read_metadata
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.storage.images import find_images
from clickpose_app.training.data_samples import Sample

LEAST_PICTURES = 8
"""With fewer there is nothing to learn from and nothing to hold out."""

# Of the pictures on which the base is sure of somebody, these are held out.
_HELD_OUT, _MOST_HELD_OUT = 0.2, 12
_LEAST_SURE = 4
# Scores are low in pictures of another kind; that two views agree says more.
_SURENESS = Sureness(0.25, 0.1)
_CHECKS = (0.4, 0.7)
# Room for people beside those of whom it is sure.
_SPARE = 1
_LOOKING_SHARE, _LOOKING_AGAIN_SHARE = 0.25, 0.1


def adapt_to_pictures(plan: Plan, tell: Tell, recipe: Recipe | None = None) -> bool:
    """Adapt the base to the pictures in the plan's folder, and write it to the plan's file.

    Args:
        plan: what is asked; ``unlabelled`` names the folder.
        tell: told of everything on the way.
        recipe: how it is learned; None for the one that is known best.

    Returns:
        Whether it came to its end; False where somebody stopped it.

    Raises:
        ClickPoseError: there is nothing to learn from, or nothing better than the base came of it;
            no file is written then.
    """
    return _Run(plan, tell, GENTLE if recipe is None else recipe).run()


class _Run:
    """One run, from the first look to the last."""

    def __init__(self, plan: Plan, tell: Tell, recipe: Recipe) -> None:
        assert plan.unlabelled is not None
        self._plan, self._tell, self._recipe = plan, tell, recipe
        self._base, self._skeleton = teachable(plan.base)
        pictures = find_images(plan.unlabelled, recursive=True)
        if len(pictures) < LEAST_PICTURES:
            raise ClickPoseError(
                f"{plan.unlabelled} holds {len(pictures)} pictures; at least {LEAST_PICTURES} are "
                "needed.",
                "A hundred and more make sense.",
            )
        self._pictures, self._held = pictures, list[Path]()
        self._course = Course(plan)
        self._best: Agreement | None = None
        tell({"event": "pictures", "images": len(pictures)})

    def run(self) -> bool:
        """Learn until the time is up or somebody stops it; whether it came to its end."""
        self._course.begin()
        try:
            finished = self._learn()
        finally:
            shutil.rmtree(self._plan.folder, ignore_errors=True)
        if finished and self._best is None:
            raise ClickPoseError(
                f"Nothing better than {self._plan.base} came of these pictures; no weights were "
                "written.",
                "Go on with the base, or label some of them: clickpose adapt LABELS.",
            )
        self._tell(
            {
                "event": "finished",
                "reason": "done" if finished else "stopped",
                "weights": None if self._best is None else str(self._plan.out),
                "figures": {},
            }
        )
        return finished

    def _learn(self) -> bool:
        teacher = self._predictor(self._base)
        sure = self._looked(teacher, self._some(), _LOOKING_SHARE)
        if self._plan.stop():
            return False
        if len(sure) < _LEAST_SURE:
            raise ClickPoseError(
                f"{self._plan.base} is sure of people on {len(sure)} of the pictures in "
                f"{self._plan.unlabelled}; at least {_LEAST_SURE} are needed.",
                "Label some of the pictures by hand: clickpose adapt LABELS.",
            )
        held = int(np.clip(round(_HELD_OUT * len(sure)), 2, _MOST_HELD_OUT))
        reference, sure = sure[:held], sure[held:]
        self._held = [Path(sample.name) for sample in reference]
        prior = LimbPrior.of([*reference, *sure], self._skeleton)
        samples = prior.all_plausible(sure) or sure
        people = max(len(sample.boxes) for sample in samples) + _SPARE
        pupil = SelfTeaching(
            self._base, self._skeleton, self._recipe, self._course, self._tell, people
        )
        for end in (*_CHECKS, 1.0):
            if not pupil.learn(samples, end):
                return False
            average = pupil.usable()
            self._offer(average, reference)
            if end < 1.0:
                sure = self._looked(self._predictor(average), self._some(), _LOOKING_AGAIN_SHARE)
                samples = prior.all_plausible(sure) or samples
        return not self._plan.stop()

    def _offer(self, average: ClickPose, reference: Sequence[Sample]) -> None:
        """Write weights if they hold, and contradict themselves least so far."""
        own = self._looked(self._predictor(average), self._held, 1.0)
        found = agreement(reference, own, self._skeleton.sigmas)
        better = self._best is None or found.steadiness >= self._best.steadiness
        taken = found.holds and better
        self._tell(
            {
                "event": "agreed",
                "step": self._course.step,
                "share": round(self._course.look(), 4),
                "with_base": round(found.with_base, 4),
                "steadiness": round(found.steadiness, 4),
                "taken": taken,
            }
        )
        if taken:
            self._best = found
            self._write(average)

    def _write(self, average: ClickPose) -> None:
        plan, path = self._plan, self._plan.out
        assert self._best is not None
        taught = {
            "base": plan.base.name,
            "labels": "none",
            "images": len(self._pictures),
            "seed": plan.seed,
            "steps": self._course.step,
            "minutes": round(self._course.spent / 60, 2),
            **dataclasses.asdict(self._best),
        }
        kept = {name: text for name, text in read_metadata(plan.base).items() if name != "figures"}
        metadata = {**kept, "name": path.stem, TAUGHT_FIELD: msgspec.json.encode(taught).decode()}
        write_taught(path, average, metadata)

    def _looked(
        self, predictor: TorchPredictor, pictures: Sequence[Path], share: float
    ) -> list[Sample]:
        """What weights are sure of on pictures, as far as a share of the run allows."""
        return look_at(predictor, pictures, self._course, share, self._tell, _SURENESS)

    def _some(self) -> list[Path]:
        """Some of the pictures, others each time."""
        dice = np.random.default_rng([self._plan.seed, 3, self._course.step])
        left = [picture for picture in self._pictures if picture not in self._held]
        return [left[i] for i in dice.permutation(len(left))[:MOST_AT_ONCE]]

    def _predictor(self, model: ClickPose) -> TorchPredictor:
        return small_predictor(copy.deepcopy(model), self._skeleton, self._plan.out.stem)
