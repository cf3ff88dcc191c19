"""Whether a network that taught itself may take the place of the one that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clickpose_app.adaptation.figures import labelled_creatures
from clickpose_app.training.data_samples import Sample

# Least mean OKS with what the base was sure of, on pictures that are held out. Of pictures of
# another kind the base's own sure joints have no more than 0.7 to 0.8 with labels.
_LEAST = 0.7


@dataclass(frozen=True, slots=True)
class Agreement:
    """What weights say of the held-out pictures, compared with the base.

    Attributes:
        with_base: mean OKS with the joints of which the base was sure; 0 for who was missed.
        steadiness: joints on which picture and mirror image agree, for each such one of the base.
    """

    with_base: float
    steadiness: float

    @property
    def holds(self) -> bool:
        """Whether the weights may take the place of the base."""
        return self.with_base >= _LEAST and self.steadiness >= 1.0


def agreement(base: Sequence[Sample], own: Sequence[Sample], sigmas: Sequence[float]) -> Agreement:
    """How what weights are sure of compares with what the base was sure of, by picture."""
    answers = {sample.name: sample for sample in own}
    oks: list[float] = []
    for sample in base:
        poses = answers[sample.name].keypoints if sample.name in answers else np.zeros((0, 1, 2))
        for person in labelled_creatures(sample, np.array(sigmas)):
            oks.append(max((person.similarity(p.astype(np.float64)) for p in poses), default=0.0))
    joints = [sum(int((s.visibility > 0).sum()) for s in part) for part in (base, own)]
    return Agreement(float(np.mean(oks)), joints[1] / max(1, joints[0]))
