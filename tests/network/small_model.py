"""A network small enough for every test run, with everything of ours switched on or off."""

from __future__ import annotations

from dataclasses import replace

import torch

from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig

PUBLISHED_LIKE = ModelConfig(
    backbone="resnet18-half",
    d_model=64,
    heads=4,
    encoder_layers=1,
    decoder_layers=3,
    box_layers=1,
    feedforward=64,
    queries=30,
    groups=6,
    keypoints=5,
    denoising_labels=1,
)
OURS = replace(
    PUBLISHED_LIKE,
    backbone="mobilenet-pyramid",
    feature_levels=3,
    fine_level=True,
    shared_keypoint_content=True,
    person_pose=True,
    relative_steps=True,
    peak_proposals=True,
    pin_embedding=True,
    keypoint_quality=True,
    heat_maps=True,
    person_frame=True,
    correction_embedding=True,
    linked_corrections=True,
    keypoint_visibility=True,
)


def make_model(config: ModelConfig, seed: int = 0) -> ClickPose:
    """An untrained network whose heads do move things, in evaluation mode."""
    torch.manual_seed(seed)
    model = ClickPose(config)
    with torch.no_grad():
        for parameter in model.decoder.parameters():
            parameter.add_(0.02 * torch.randn_like(parameter))
    return model.eval()
