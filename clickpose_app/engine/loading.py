"""Predictors of weights files, and what those say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.devices import choose_device, cpu_has_bfloat16
from clickpose_app.engine.input_size import PEOPLE_SIZE, PUBLISHED_SIZE, SMALL_SIZE, InputSize
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import CheckpointError, Words
from clickpose_app.network.checkpoint import load_checkpoint, read_metadata
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.paths import default_weights
from clickpose_app.storage.skeletons import builtin_skeleton, decode_skeleton

SKELETON_FIELD = "skeleton"
"""Where the metadata of weights hold the skeleton that they were taught."""

MIRROR_FIELD = "mirror"
"""Where those of taught weights say that it was measured to help to look in the mirror, too."""


def small_predictor(
    model: ClickPose, skeleton: Skeleton, name: str, size: InputSize = SMALL_SIZE
) -> TorchPredictor:
    """A small network in memory as load_predictor() makes it of its file, on the processor."""
    device = torch.device("cpu")
    return TorchPredictor(model, skeleton, name=name, device=device, dtype=torch.float32, size=size)


def load_predictor(weights: Path | None = None, device: str = "auto") -> TorchPredictor:
    """The predictor of a weights file, ready to use.

    Args:
        weights: own ``.safetensors`` or the published ResNet-50 ``.pth``; None for the shipped
            default model.
        device: one of devices.DEVICES.

    Raises:
        CheckpointError: the weights are missing, damaged or have another number of keypoints.
        ClickPoseError: the device is not there.
    """
    path = default_weights() if weights is None else weights
    chosen = choose_device(device)
    # A published file does not say its shape; the one that people have is the ResNet-50.
    model = load_checkpoint(path, None if path.suffix == ".safetensors" else ModelConfig())
    metadata = _metadata_of(path)
    skeleton = _skeleton_in(metadata, path)
    if model.config.keypoints != len(skeleton):
        raise CheckpointError(
            Words(
                "{path} places {keypoints} keypoints, not the {wanted} of {skeleton}.",
                path=path,
                keypoints=model.config.keypoints,
                wanted=len(skeleton),
                skeleton=skeleton.name,
            ),
            Words("Choose weights that were trained for that skeleton."),
        )
    native = chosen.type == "cuda" or (chosen.type == "cpu" and cpu_has_bfloat16())
    small = model.config.backbone == "mobilenet-pyramid"
    # bfloat16 costs the small network a hundredth of AP, for a quarter of the first look's time.
    half = native and not small
    return TorchPredictor(
        model,
        skeleton,
        name=path.stem,
        device=chosen,
        dtype=torch.bfloat16 if half else torch.float32,
        size=_size_of(model.config, metadata) if small else PUBLISHED_SIZE,
    )


def _size_of(config: ModelConfig, metadata: Mapping[str, str]) -> InputSize:
    """How a small network looks: what was taught something else need not be good in the mirror."""
    strange = SKELETON_FIELD in metadata and not config.guarded
    return SMALL_SIZE if strange and MIRROR_FIELD not in metadata else PEOPLE_SIZE


def skeleton_of(weights: Path) -> Skeleton:
    """The skeleton that a weights file was taught, which its metadata hold; else COCO's.

    Raises:
        CheckpointError: the file is no safetensors file.
        FormatError: the skeleton in it is damaged.
    """
    return _skeleton_in(_metadata_of(weights), weights)


def _skeleton_in(metadata: Mapping[str, str], weights: Path) -> Skeleton:
    stored = metadata.get(SKELETON_FIELD)
    return builtin_skeleton() if stored is None else decode_skeleton(stored, weights)


def _metadata_of(weights: Path) -> dict[str, str]:
    """What a weights file says of itself; published files say nothing."""
    return read_metadata(weights) if weights.suffix == ".safetensors" else {}
