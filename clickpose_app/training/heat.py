"""Dense supervision of the heat maps: every cell says whether a joint is near.

Each labelled keypoint is a Gaussian (Tompson et al., NIPS 2014); cells of which nobody knows
teach nothing: those of a person whose keypoint has no label, and ignored regions.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from clickpose_app.training.data import Targets

SPREAD = 1.5
"""Standard deviation of a keypoint's Gaussian, in cells."""


def heat_targets(targets: list[Targets], height: int, width: int) -> tuple[Tensor, Tensor]:
    """Wanted heat [B, K, H, W] in 0..1, and how much each cell counts."""
    k = targets[0].keypoints.shape[1]
    y = torch.arange(height, dtype=torch.float32) + 0.5
    x = torch.arange(width, dtype=torch.float32) + 0.5
    wanted = torch.zeros(len(targets), k, height, width)
    weight = torch.ones(len(targets), k, height, width)
    for image, target in enumerate(targets):
        for box in target.ignore:
            weight[image] *= 1 - _inside(box, x / width, y / height)
        if len(target.boxes) == 0:
            continue
        at = target.keypoints * target.keypoints.new_tensor([width, height])
        near_x = torch.exp(-((x - at[..., :1]) ** 2) / (2 * SPREAD**2))  # [N, K, W]
        near_y = torch.exp(-((y - at[..., 1:]) ** 2) / (2 * SPREAD**2))
        labelled = (target.visibility > 0).float()
        heat = near_y[..., None] * near_x[:, :, None] * labelled[..., None, None]
        boxes = torch.stack([_inside(b, x / width, y / height) for b in target.boxes])
        # presence 0: known to be outside the picture, so its absence is not unknown.
        unknown = boxes[:, None] * (target.presence < 0).float()[..., None, None]
        weight[image] *= 1 - unknown.amax(0)
        # A labelled joint counts wherever it is; a model's labels count less.
        best, person = heat.max(0)
        sure = target.weights.T[:, :, None, None].expand(-1, -1, height, width)
        near = sure.gather(1, person[:, None])[:, 0]
        weight[image] = torch.where(best > 0.01, near, weight[image])
        wanted[image] = best
    return wanted, weight


def heat_loss(logits: Tensor, targets: list[Targets]) -> Tensor:
    """Quality focal loss (Li et al., NeurIPS 2020) of heat maps [B, K, H, W], for each joint."""
    wanted, weight = heat_targets(targets, logits.shape[2], logits.shape[3])
    logits = logits.float()
    entropy = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    loss = (wanted - logits.sigmoid()).square() * entropy * weight
    joints = sum(int((t.visibility > 0).sum()) for t in targets)
    return loss.sum() / max(1, joints)


def _inside(box: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """1 in a box (cxcywh) [H, W] and 0 outside, for cell centres x [W], y [H] in 0..1."""
    half = box[2:] / 2
    across = ((x - box[0]).abs() <= half[0]).float()
    down = ((y - box[1]).abs() <= half[1]).float()
    return down[:, None] * across
