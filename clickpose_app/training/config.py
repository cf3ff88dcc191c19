"""TrainingConfig: one YAML file holds a whole run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from clickpose_app.errors import CheckpointError, FormatError
from clickpose_app.formats.yaml_reading import read_yaml
from clickpose_app.network.config import ModelConfig
from clickpose_app.training.losses import LossWeights
from clickpose_app.training.published.objective import PublishedOptions
from clickpose_app.training.simulation import ErrorRates
from clickpose_app.training.windows import Augmentation

Count = Annotated[int, msgspec.Meta(ge=1)]


class CocoFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Photos in a folder, and the COCO JSON file that holds their labels.

    Attributes:
        json: the file, relative to the configuration file.
        images: folder that its file names are relative to, itself relative to the
            configuration file.
        source: name of the data set, for images that name none; small data sets are shown
            oftener than their size would have it. In "coco" a joint without a label is
            taken to be absent, as COCO's annotators meant it.
    """

    json: str
    images: str
    source: str = ""


class EvaluationSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labelled photos that are measured on and never trained on.

    Attributes:
        shards: WebDataset tar shards, relative to the configuration file.
        coco: COCO JSON and its images instead of shards.
    """

    shards: list[str] = []
    coco: CocoFolder | None = None


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of a run with windows of one size.

    Attributes:
        steps: optimiser steps.
        size: side of the square training windows in pixels.
        batch: windows a step.
        pose_only: whether the pose layers learn alone, while the image features, the encoder
            and the box layers stay as they are; many more rounds of clicks in the same time.
        rounds: of clicks and refinement; None for the run's refine_rounds.
        learning_rate: peak of a rise and fall of its own; None goes on with the run's.
    """

    steps: Count
    size: Annotated[int, msgspec.Meta(ge=32)]
    batch: Count
    pose_only: bool = False
    rounds: Count | None = None
    learning_rate: float | None = None


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a training run depends on.

    Attributes:
        name: of the resulting model.
        stages: one after another; small windows first, so that most steps are cheap.
        shards: WebDataset tar shards, relative to the configuration file.
        coco: COCO JSON files and their folders of images, beside or instead of shards.
        start: weights to start from: MoveNet Lightning as a TensorFlow Lite file for the
            backbone and the heat maps, or own .safetensors for the whole model; None for
            none. Several are applied one after another.
        model: fields of ModelConfig that differ from the published defaults.
        shipped_people: people that the shipped model looks for (its groups); training with
            fewer costs less and, with shared keypoint content, changes nothing else.
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
        save_every: steps between states on disk; the curves are drawn as often.
        log_every: steps between lines in the log.
        evaluate: photos on which the averaged weights are measured; None for never.
        evaluate_every: steps between measurements; the last step is always measured.
        calibration_photos: training photos on which the shipped scores are calibrated at the
            end; 0 leaves them as they are.
        objective: what is minimised: "clickpose", or "published" for the objective of the
            published software, which needs a model of the published shape.
        published: choices within the published objective.
        losses: weights of the loss terms.
        errors: how starting poses are spoilt.
        windows: how training windows are drawn.
    """

    name: str
    stages: list[Stage]
    shards: list[str] = []
    coco: list[CocoFolder] = []
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
    save_every: Count = 200
    log_every: Count = 20
    evaluate: EvaluationSet | None = None
    evaluate_every: Count = 1000
    calibration_photos: int = 400
    objective: Literal["clickpose", "published"] = "clickpose"
    published: PublishedOptions = PublishedOptions()
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
        if not path.exists():
            raise FormatError(
                f"There is no configuration {path}.", "Copy models/clickpose-s.yaml and change it."
            )
        config = msgspec.convert(read_yaml(path), TrainingConfig)
        _ = config.model_config  # complains about the model's fields before anything starts
    except (OSError, UnicodeError, msgspec.DecodeError, CheckpointError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise FormatError(
            f"{path} is not a training configuration: {reason}.",
            "models/clickpose-s.yaml is one that works.",
        ) from error
    chosen = config.evaluate
    for wrong, says in (
        (not config.stages, "has no stages, so there is nothing to do"),
        (not config.shards and not config.coco, "has neither shards nor coco to train on"),
        (
            chosen is not None and bool(chosen.shards) == (chosen.coco is not None),
            "needs either shards or coco in evaluate",
        ),
    ):
        if wrong:
            raise FormatError(f"{path} {says}.")
    return config
