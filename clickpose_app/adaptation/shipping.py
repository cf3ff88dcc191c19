"""Weights that are good enough to be written: measured, calibrated, with all that they need."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from safetensors import SafetensorError

from clickpose_app.adaptation.figures import Figures, measure
from clickpose_app.adaptation.guard import Guard
from clickpose_app.adaptation.labels import Labels
from clickpose_app.adaptation.plan import Course, Plan, Tell
from clickpose_app.engine.input_size import PEOPLE_SIZE, SMALL_SIZE, InputSize
from clickpose_app.engine.loading import MIRROR_FIELD, SKELETON_FIELD, small_predictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import CheckpointError, ClickPoseError, Words
from clickpose_app.evaluation.noc_person import PersonRules
from clickpose_app.network.checkpoint import load_checkpoint, read_metadata, save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.storage.skeletons import encode_skeleton
from clickpose_app.training.calibration import calibrate
from clickpose_app.training.data_samples import Sample

FIGURES_FIELD = "figures"
"""Where the metadata of weights hold what was measured on held-out labels."""

TAUGHT_FIELD = "taught"
"""Where they hold from what, and how long."""

_CHECKED = 16
_CALIBRATED, _BRIEFLY = 24, 6
_LEAST_PEOPLE = 10
# OKS on held-out photos from which a network knows its work: below, two photos say little.
_KNOWS = 0.6
# What scores mean comes last; before, the best pose answers, however unsure it is.
_ANYBODY = PersonRules(score_threshold=0.0)


class _Taught(msgspec.Struct):
    oks: float


class Shelf:
    """Keeps the best weights so far, in the plan's file.

    Attributes:
        figures: of what was written; None as long as nothing was.

    Args:
        labels: what is learned.
        plan: of the run.
        held: photos that are measured on.
        train: photos that are learned from; scores are calibrated on some of them.
        tell: told what was measured and written.
        guard: of a network that keeps what its base knows, its scores and how many people it
            looks for, too; None for another one.
    """

    def __init__(
        self,
        labels: Labels,
        plan: Plan,
        held: Sequence[Sample],
        train: Sequence[Sample],
        tell: Tell,
        guard: Guard | None = None,
    ) -> None:
        self._guard = guard
        # As load_predictor() takes the size of what was written.
        self._size = SMALL_SIZE if guard is None else PEOPLE_SIZE
        self._labels, self._plan, self._tell = labels, plan, tell
        self._held = list(held)
        self._calibration = [*held, *train][:_CALIBRATED]
        self._best: ClickPose | None = None
        self._details: dict[str, float] = {}
        self.figures: Figures | None = None

    def recall(self) -> None:
        """Take the weights that an earlier sitting has written for the best so far."""
        path = self._plan.out
        try:
            metadata = read_metadata(path)
            details = msgspec.json.decode(metadata[TAUGHT_FIELD], type=_Taught)
            figures = msgspec.json.decode(metadata[FIGURES_FIELD], type=Figures)
            self._best = load_checkpoint(path)
        except (CheckpointError, KeyError, msgspec.DecodeError):
            return  # nothing was written yet, or somebody has put another file there
        self.figures, self._details = figures, {"oks": details.oks}

    def offer(self, average: ClickPose, share: float, course: Course) -> None:
        """Measure weights, and write them if they are the best so far."""
        model = self.ready(average)
        checked = self._held[:_CHECKED]
        figures = measure(self.predictor(model), checked, clicks=False, rules=_ANYBODY)
        better = self._best is None or figures.oks >= self._details["oks"]
        self._tell(
            {
                "event": "measured",
                "step": course.step,
                "share": share,
                "better": better,
                "figures": figures.to_mapping(),
            }
        )
        if better:
            self._best = model
            self._details = {
                "oks": figures.oks,
                "steps": course.step,
                "minutes": round(course.spent / 60, 2),
            }
            self._calibrate(model, self._held[:_BRIEFLY])
            self._write(figures)

    def finish(self) -> Figures:
        """Count the clicks of the best weights on all held-out photos, and write them so.

        Whether they are asked in the mirror from now on, these photos decide, too: what was
        taught for a minute sees other creatures there, what was taught well sees more exactly.
        """
        assert self._best is not None
        self._calibrate(self._best, self._calibration)
        if self._guard is None and self._mirror_helps():
            self._size = PEOPLE_SIZE
        figures = measure(self.predictor(self._best), self._held)
        self._write(figures)
        return figures

    def ready(self, average: ClickPose) -> ClickPose:
        """A copy as it is used: looking for more than were labelled on one image."""
        model = copy.deepcopy(average).eval()
        people = max(_LEAST_PEOPLE, 2 * model.config.groups)
        if self._guard is not None:
            people = self._guard.people
        model.config = dataclasses.replace(model.config, groups=people)
        model.decoder.groups = people
        return model

    def predictor(self, model: ClickPose, size: InputSize | None = None) -> TorchPredictor:
        """Weights as they are used, at the size at which images enter; or at another."""
        name, skeleton = self._plan.out.stem, self._labels.skeleton
        return small_predictor(model, skeleton, name, self._size if size is None else size)

    def _mirror_helps(self) -> bool:
        """Whether a network that knows its work does better if it is asked in the mirror, too.

        Whom the mirror makes too unsure to be shown counts as missed.
        """
        plain = self._oks_of_best(SMALL_SIZE)
        return plain >= _KNOWS and self._oks_of_best(PEOPLE_SIZE) > plain

    def _oks_of_best(self, size: InputSize) -> float:
        """On the held-out photos, if it looked so."""
        assert self._best is not None
        return measure(self.predictor(self._best, size), self._held, clicks=False).oks

    def _calibrate(self, model: ClickPose, samples: Sequence[Sample]) -> None:
        if self._guard is None:
            calibrate(model, samples, self._labels.skeleton)

    def _write(self, figures: Figures) -> None:
        assert self._best is not None
        path, samples = self._plan.out, self._labels.samples
        taught = {
            "base": self._plan.base.name,
            "labels": self._labels.source,
            "images": len(samples),
            "seed": self._plan.seed,
            **self._details,
        }
        metadata = {
            "name": path.stem,
            SKELETON_FIELD: encode_skeleton(self._labels.skeleton).decode(),
            FIGURES_FIELD: msgspec.json.encode(figures.to_mapping()).decode(),
            TAUGHT_FIELD: msgspec.json.encode(taught).decode(),
        }
        if self._guard is None and self._size == PEOPLE_SIZE:
            metadata[MIRROR_FIELD] = "helps"
        write_taught(path, self._best, metadata)
        self.figures = figures
        self._tell({"event": "saved", "weights": str(path), "figures": figures.to_mapping()})


def write_taught(path: Path, model: ClickPose, metadata: Mapping[str, str]) -> None:
    """Write taught weights; what was there before stays until they are whole.

    Raises:
        ClickPoseError: naming the file, if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_checkpoint(path, model, metadata)
    except (OSError, SafetensorError) as error:
        path.with_name(path.name + ".part").unlink(missing_ok=True)
        raise ClickPoseError(
            Words("{path} cannot be written: {error}.", path=path, error=error),
            Words("Choose another --out, or make room there."),
        ) from error
