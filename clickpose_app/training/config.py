"""TrainingConfig: one YAML file holds a whole run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.errors import FormatError
from clickpose_app.network.config import ModelConfig
from clickpose_app.training.losses import LossWeights
from clickpose_app.training.simulation import ErrorRates


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a training run depends on.

    Attributes:
        name: of the resulting model.
        shards: WebDataset tar shards, relative to the configuration file.
        start: TensorFlow Lite file whose backbone weights start the run; None for none.
        model: fields of ModelConfig that differ from the published defaults.
        size: side of the square training windows in pixels.
        batch: windows a step.
        steps: optimiser steps in all.
        warmup: steps over which the learning rate rises.
        learning_rate: of encoder and decoder.
        backbone_rate: of the backbone.
        frozen_stride: backbone layers up to this stride are not trained; 1 trains all.
        weight_decay: of AdamW.
        clip: largest gradient norm.
        ema: decay of the averaged weights that are shipped.
        refine_slots: spoilt people a window that the pose layers mend.
        bfloat16: compute in bfloat16 where the machine has it.
        seed: of everything random.
        save_every: steps between states on disk.
        log_every: steps between lines in the log.
        losses: weights of the loss terms.
        errors: how starting poses are spoilt.
    """

    name: str
    shards: list[str]
    start: str | None = None
    model: dict[str, Any] = {}
    size: int = 256
    batch: int = 16
    steps: int = 6000
    warmup: int = 300
    learning_rate: float = 4e-4
    backbone_rate: float = 1e-4
    frozen_stride: int = 1
    weight_decay: float = 1e-4
    clip: float = 1.0
    ema: float = 0.999
    refine_slots: int = 8
    bfloat16: bool = True
    seed: int = 1
    save_every: int = 200
    log_every: int = 20
    losses: LossWeights = LossWeights()
    errors: ErrorRates = ErrorRates()

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
    except (OSError, msgspec.DecodeError) as error:
        raise FormatError(f"{path} is not a training configuration: {error}.") from error
    _ = config.model_config  # complains about the model's fields before anything starts
    return config
