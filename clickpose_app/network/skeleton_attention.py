"""Attention between the joints of one creature, biased by the limbs that lie between them.

That an elbow is next to a wrist is a fact of the skeleton that few labels need not teach again
(the idea of Pose Anything, Hirschorn and Avidan, ECCV 2024). Each head of each pose layer learns
how much more or less it looks at joints so many limbs away; all of it starts at zero, where the
attention is that of a network without it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

FURTHEST = 6
"""Limbs from which on joints count as far; one more stands for joints that no way joins."""

# Biases are near one, learning steps a thousandth: the scale brings them together.
_SCALE = 5.0


class SkeletonBias(nn.Module):
    """What is added to the attention of joints to each other.

    Args:
        layers: pose layers.
        heads: H.
        keypoints: K; which are how far apart is told by tell_distances.
    """

    distance: Tensor

    def __init__(self, layers: int, heads: int, keypoints: int) -> None:
        super().__init__()
        self.share = nn.Parameter(torch.zeros(layers, heads, FURTHEST + 2))
        # A float, as all that weights files hold.
        self.register_buffer("distance", torch.full((keypoints, keypoints), FURTHEST + 1.0))

    def tell_distances(self, limbs: Tensor) -> None:
        """Take the number of limbs between any two keypoints [K, K], infinite for no way."""
        near = limbs.clamp(max=FURTHEST)
        self.distance.copy_(torch.where(limbs.isinf(), FURTHEST + 1.0, near))

    def forward(self, layer: int) -> Tensor:
        """Bias [H, 1 + K, 1 + K] of a pose layer; the box, which comes first, has none."""
        kinds = F.one_hot(self.distance.long(), FURTHEST + 2).to(self.share.dtype)
        bias = torch.einsum("jkd,hd->hjk", kinds, self.share[layer] * _SCALE)
        return F.pad(bias, (1, 0, 1, 0))
