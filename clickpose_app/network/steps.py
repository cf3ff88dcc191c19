"""How references move: in logits of the image, as published, or in units of the box.

References are cxcywh or xy in 0..1 of the image. All functions are differentiable.
"""

from __future__ import annotations

import torch
from torch import Tensor

from clickpose_app.network.heads import logit

# A box may grow or shrink at most e^2 = 7.4 times in one step.
_LARGEST_LOG_STEP = 2.0


def step_box(reference: Tensor, delta: Tensor, relative: bool) -> Tensor:
    """Boxes [..., 4] (cxcywh) moved by delta [..., 4]."""
    if not relative:
        return (logit(reference) + delta).sigmoid()
    size = reference[..., 2:]
    centre = reference[..., :2] + delta[..., :2] * size
    grown = size * delta[..., 2:].clamp(-_LARGEST_LOG_STEP, _LARGEST_LOG_STEP).exp()
    return torch.cat([centre.clamp(0.0, 1.0), grown.clamp(LEAST_SIZE, 1.0)], -1)


def step_points(reference: Tensor, delta: Tensor, boxes: Tensor, relative: bool) -> Tensor:
    """Keypoints [B, N, K, 2] moved by delta, for people with boxes [B, N, 4]."""
    if not relative:
        return (logit(reference) + delta).sigmoid()
    return (reference + delta * boxes[:, :, None, 2:]).clamp(0.0, 1.0)


LEAST_SIZE = 1e-3
"""Smallest box side that a relative step leaves, so that no box collapses for good."""
