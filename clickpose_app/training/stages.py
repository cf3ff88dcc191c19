"""What the stages of a run change from one to the next: the rate, what learns, and from what."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.mobilenet import MobileNetPyramid
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import Losses
from clickpose_app.training.objective import Objective
from clickpose_app.training.published.objective import PublishedObjective

AnyObjective = Callable[[ClickPose, Tensor, list[Targets], torch.Generator], Losses]

# Parts of the decoder that only the pose layers use, beside the layers themselves.
_POSE_PARTS = (
    "pose_heads",
    "pose_size_head",
    "keypoint_size",
    "keypoint_content",
    "keypoint_label_content",
    "label_content",
    "pin_content",
    "moved_content",
    "quality_head",
    "visibility_head",
    "frame_head",
    "heat_readers",
    "linked_corrections",
)
# Parts with one entry a decoder layer.
_BY_LAYER = ("layers", "class_heads", "box_heads")


def stage_at(config: TrainingConfig, step: int) -> tuple[Stage, int]:
    """The stage that a step belongs to, and its first step; the last one goes on for ever."""
    first = 0
    for stage in config.stages[:-1]:
        if step < first + stage.steps:
            return stage, first
        first += stage.steps
    return config.stages[-1], first


def rate_at(config: TrainingConfig, step: int) -> float:
    """Share of the configuration's learning rates: a linear rise, then a cosine to zero.

    Stages that go on with the run's rate share one cosine; a stage with a rate of its own
    has one of its own.
    """
    stage, first = stage_at(config, step)
    if stage.learning_rate is not None:
        return stage.learning_rate / config.learning_rate * _wave(step - first, stage.steps, config)
    common = [s.steps for s in config.stages if s.learning_rate is None]
    return _wave(step, sum(common), config)


def choose_learners(model: ClickPose, stage: Stage, frozen_stride: int) -> None:
    """Let those parameters learn that a stage trains, and no others.

    Args:
        model: changed in place.
        stage: tells whether only the pose layers learn.
        frozen_stride: backbone layers up to this stride never learn.
    """
    model.requires_grad_(not stage.pose_only)
    if not stage.pose_only:
        if isinstance(model.backbone, MobileNetPyramid):
            model.backbone.freeze_through(frozen_stride)
        return
    for name, parameter in model.decoder.named_parameters():
        part, _, rest = name.partition(".")
        if part in _BY_LAYER:
            late = int(rest.partition(".")[0]) >= model.config.box_layers
            # What the layers look at was projected with the image's features, which rest.
            parameter.requires_grad_(late and "value_proj" not in rest)
        else:
            parameter.requires_grad_(part in _POSE_PARTS)


def objective_of(
    config: TrainingConfig, stage: Stage, skeleton: Skeleton, sigmas: Tensor
) -> AnyObjective:
    """What is to be minimised in a stage."""
    if config.objective == "published":
        return PublishedObjective(config.published, sigmas)
    return Objective(config, skeleton.pairs, sigmas, stage)


def _wave(step: int, steps: int, config: TrainingConfig) -> float:
    if step < config.warmup:
        return (step + 1) / config.warmup
    done = (step - config.warmup) / max(1, steps - config.warmup)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
