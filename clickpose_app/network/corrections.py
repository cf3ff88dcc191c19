"""What a correction of one keypoint says of the others, before anybody looks at the image.

Errors of a pose go together: where the nose was off, so were the eyes, and by nearly as much;
a knee takes its ankle along. But a joint that was far off was confused with something else,
and its neighbours were not. So each keypoint follows a corrected one by a learned share, the
less the further that one was off. It is a conditional mean of jointly distributed errors, cut
down where they stop being so.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from clickpose_app.network.steps import LEAST_SIZE

# Shares are near one, learning steps a thousandth: the scale brings them together.
_SCALE = 10.0
_FIRST_RANGE = 0.25


class LinkedCorrections(nn.Module):
    """Steps of all keypoints in answer to corrections of some.

    Args:
        keypoints: K.
    """

    def __init__(self, keypoints: int) -> None:
        super().__init__()
        self.share = nn.Parameter(torch.zeros(keypoints, keypoints))
        self.range = nn.Parameter(torch.full((keypoints,), _FIRST_RANGE / _SCALE))

    def forward(self, moved: Tensor, pinned: Tensor, boxes: Tensor) -> Tensor:
        """Steps [B, N, K, 2] in the units of moved.

        Args:
            moved: how far the last correction moved each keypoint [B, N, K, 2].
            pinned: which a person placed [B, N, K]; only theirs count.
            boxes: of the people [B, N, 4], cxcywh.
        """
        sides = boxes[:, :, None, 2:].clamp(min=LEAST_SIZE)
        far = (moved / sides).square().sum(-1)  # [B, N, K], in squares of box sides
        reach = (self.range * _SCALE).square().clamp(min=1e-4)
        weight = pinned * torch.exp(-far / reach)
        return torch.einsum("jk,bnkc->bnjc", self.share * _SCALE, moved * weight[..., None])
