"""How a new skeleton is learned: what the labels say of it, and the choices that follow.

Nobody is asked for a learning rate. Whether a creature turns in all directions, how large it
is in its images and how many there are is read from the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from clickpose_app.core.geometry import FloatArray
from clickpose_app.engine.input_size import SMALL_SIZE
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.data_samples import Sample
from clickpose_app.training.losses import LossWeights
from clickpose_app.training.pose_errors import PoseErrorRates
from clickpose_app.training.simulation import ErrorRates
from clickpose_app.training.windows import Augmentation

# Below this length of the mean direction creatures face everywhere.
_FREE = 0.85
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a skeleton is learned; benchmarks/adapt.py --recipe measures other choices.

    Attributes:
        size: side of the training windows in pixels.
        batch: windows a step.
        first_share: share of the run in which the pose layers learn alone.
        last_share: share at its end in which they learn alone once more, from what the tuned
            encoder sees and with more clicks.
        last_rounds: of simulated clicks there.
        variants: encoded windows an image for either.
        most_variants: encoded windows in all, whatever the number of images.
        rate: learning rate of what the base knows already.
        new_rate: of what belongs to the new keypoints.
        backbone_rate: of the backbone.
        frozen_stride: backbone layers up to this stride rest.
        warmup: steps over which the rate rises in each stage.
        ema: decay of the averaged weights.
        slots: spoilt poses a window that the pose layers mend ...
        slot_joints: ... at most, and no more than hold so many joints, but at least one: of many
            joints each pose teaches much, and costs much.
        rounds: of simulated clicks; one where a pose has more than half of slot_joints.
        heat: weight of the heat maps' loss.
        guard: whether a base keeps all that it knows where a skeleton only adds keypoints to
            its own (see guard.py).
        skeleton_attention: whether joints attend to each other by the limbs between them.
        expected_errors: whether joints of strange creatures follow corrections as the errors go
            together.
    """

    size: int = 192
    batch: int = 4
    first_share: float = 0.2
    last_share: float = 0.0
    last_rounds: int = 4
    variants: int = 8
    most_variants: int = 400
    rate: float = 6e-4
    new_rate: float = 1.8e-3
    backbone_rate: float = 2e-4
    frozen_stride: int = 4
    warmup: int = 20
    ema: float = 0.985
    slots: int = 3
    slot_joints: int = 100
    rounds: int = 2
    heat: float = 1.0
    guard: bool = True
    skeleton_attention: bool = False
    expected_errors: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Creature:
    """What the labels say of who is labelled.

    Attributes:
        mean_pose: in box units around the centre of the box [K, 2].
        direction: length of the mean direction, 1 if all poses stand alike, 0 if they face
            everywhere.
        first_look: the 10th and 90th percentile of the long side in pixels of the network's
            first look.
        most: creatures on one image at most.
    """

    mean_pose: FloatArray
    direction: float
    first_look: tuple[float, float]
    most: int

    @property
    def turns(self) -> bool:
        """Whether it faces in all directions, as animals do that are seen from above."""
        return self.direction < _FREE


def study(samples: Sequence[Sample]) -> Creature:
    """What labelled photos say of the creatures on them; at least one must be labelled."""
    shapes, weights, sides = [], [], []
    for sample in samples:
        scale = min(1.0, SMALL_SIZE.long / max(sample.width, sample.height))
        for box, xy, v in zip(sample.boxes, sample.keypoints, sample.visibility, strict=True):
            size = np.maximum(box[2:] - box[:2], 1.0)
            shapes.append((xy - (box[:2] + box[2:]) / 2) / size)
            weights.append(v > 0)
            sides.append(scale * size.max())
    poses, known = np.array(shapes, np.float64), np.array(weights, np.float64)[..., None]
    mean = (poses * known).sum(0) / np.maximum(known.sum(0), 1e-9)
    low, high = np.percentile(sides, [10, 90])
    return Creature(
        mean,
        mean_direction(poses, known[..., 0]),
        (float(low), float(high)),
        max(len(s.boxes) for s in samples),
    )


def mean_direction(poses: FloatArray, known: FloatArray) -> float:
    """Length of the mean direction of poses, each turned to fit their mean best, in 0..1.

    Args:
        poses: [P, K, 2].
        known: which keypoints count [P, K].
    """
    z = (poses[..., 0] + 1j * poses[..., 1]) * known
    z = (z - z.sum(1, keepdims=True) / np.maximum(known.sum(1, keepdims=True), 1)) * known
    z = z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-9)
    mean = z[known.sum(1).argmax()]
    turn = np.ones(len(z), complex)
    for _ in range(_ROUNDS):
        fit = (z.conj() * mean).sum(1)
        turn = fit / np.maximum(np.abs(fit), 1e-9)
        mean = (z * turn[:, None]).mean(0)
        mean = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return float(np.abs(turn.mean()))


def window_options(creature: Creature, size: int) -> Augmentation:
    """How windows are drawn: at the sizes at which the looks of the engine show the creature.

    Args:
        creature: who is in them.
        size: side of a window in pixels.
    """
    closer = SMALL_SIZE.closer
    assert closer is not None
    least = min(0.75 * closer.known[0], 0.9 * creature.first_look[0]) / size
    most = max(1.15 * closer.known[1], 1.1 * creature.first_look[1]) / size
    return Augmentation(
        people=0.9,
        filled=0.5,
        group=0.1,
        least_person=float(np.clip(least, 0.1, 0.6)),
        most_person=float(np.clip(most, 0.7, 1.15)),
        magnify=4.0,
        rotation=15.0,
        tumble=1.0 if creature.turns else 0.1,
        tumble_angle=180.0 if creature.turns else 40.0,
        whole_scale=(0.7, 1.2),
        grey=0.05,
        blur=0.1,
        noise=0.1,
        jpeg=0.05,
        occlusion=0.1,
    )


def training_config(creature: Creature, recipe: Recipe, seed: int) -> TrainingConfig:
    """The choices of the training objective and of the windows; the last stage comes last."""
    joints = len(creature.mean_pose)
    whole = Stage(steps=1, size=recipe.size, batch=recipe.batch)
    last = msgspec.structs.replace(whole, pose_only=True, rounds=recipe.last_rounds)
    return TrainingConfig(
        name="adapted",
        stages=[whole, last],
        refine_slots=max(1, min(recipe.slots, recipe.slot_joints // joints)),
        refine_rounds=recipe.rounds if joints <= recipe.slot_joints / 2 else 1,
        seed=seed,
        losses=LossWeights(heat=recipe.heat),
        errors=ErrorRates(
            template=0.15,
            poses=PoseErrorRates(jitter=0.35, miss=0.1, inversion=0.04, swap=0.02),
        ),
        windows=window_options(creature, recipe.size),
    )
