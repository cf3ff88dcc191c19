"""TrainingConfig: one YAML file holds a whole run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.errors import CheckpointError, FormatError
from clickpose_app.network.config import ModelConfig
from clickpose_app.training.losses import LossWeights
from clickpose_app.training.simulation import ErrorRates
from clickpose_app.training.windows import Augmentation


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of a run with windows of one size.

    Attributes:
        steps: optimiser steps.
        size: side of the square training windows in pixels.
        batch: windows a step.
    """

    steps: int
    size: int
    batch: int


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a training run depends on.

    Attributes:
        name: of the resulting model.
        shards: WebDataset tar shards, relative to the configuration file.
        start: weights to start from: MoveNet Lightning as a TensorFlow Lite file for the
            backbone and the heat maps, or own .safetensors for the whole model; None for
            none. Several are applied one after another.
        model: fields of ModelConfig that differ from the published defaults.
        shipped_people: people that the shipped model looks for (its groups); training with
            fewer costs less and, with shared keypoint content, changes nothing else.
        stages: one after another; small windows first, so that most steps are cheap.
        warmup: steps over which the learning rate rises.
        learning_rate: of encoder and decoder.
        backbone_rate: of the backbone.
        frozen_stride: backbone layers up to this stride are not trained; 1 trains all.
        weight_decay: of AdamW.
        clip: largest gradient norm.
        ema: decay of the averaged weights that are shipped.
        refine_slots: spoilt people a window that the pose layers mend.
        refine_rounds: rounds of clicks and refinement that the pose layers are trained in.
        bfloat16: compute in bfloat16 where the machine has it.
        seed: of everything random.
        save_every: steps between states on disk.
        log_every: steps between lines in the log.
        calibration_photos: training photos on which the shipped scores are calibrated at the
            end; 0 leaves them as they are.
        losses: weights of the loss terms.
        errors: how starting poses are spoilt.
        windows: how training windows are drawn.
    """

    name: str
    shards: list[str]
    stages: list[Stage]
    start: list[str] = []
    model: dict[str, Any] = {}
    shipped_people: int = 30
    warmup: int = 300
    learning_rate: float = 4e-4
    backbone_rate: float = 1e-4
    frozen_stride: int = 1
    weight_decay: float = 1e-4
    clip: float = 1.0
    ema: float = 0.999
    refine_slots: int = 8
    refine_rounds: int = 2
    bfloat16: bool = True
    seed: int = 1
    save_every: int = 200
    log_every: int = 20
    calibration_photos: int = 400
    losses: LossWeights = LossWeights()
    errors: ErrorRates = ErrorRates()
    windows: Augmentation = Augmentation()

    @property
    def steps(self) -> int:
        """Optimiser steps of all stages together."""
        return sum(stage.steps for stage in self.stages)

    @property
    def model_config(self) -> ModelConfig:
        """The network's shape."""
        return ModelConfig.from_mapping(self.model)


def read_config(path: Path) -> TrainingConfig:
    """The run in a YAML file.

    Raises:
        FormatError: naming the file and the field.
    """
    try:
        config = msgspec.yaml.decode(path.read_bytes(), type=TrainingConfig)
        _ = config.model_config  # complains about the model's fields before anything starts
    except (OSError, msgspec.DecodeError, CheckpointError) as error:
        raise FormatError(f"{path} is not a training configuration: {error}") from error
    return config
