"""Heat maps of every keypoint, and how the pose layers read them around each keypoint.

Regression through attention learns where a person's joints roughly are; a map that says
for each cell "here is a left knee" learns in a tenth of the images where exactly. So the
pose layers look at the map of a keypoint's own kind around its reference, and move it to
the peak that suits the pose: a local soft-argmax with a prior (the expectation of Sun et
al., Integral Human Pose Regression, ECCV 2018, taken over a small window).

Shapes: B images, N people, K keypoints, D width, H x W cells of stride 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.convolution import SameConv
from clickpose_app.network.linear import Linear

GRID = 7
"""Samples an axis that a pose layer takes of a heat map."""

FIRST_REACH = 0.32
"""How far the first pose layer looks, in person sizes; each next one half as far."""

_MOVENET_WIDTH = 96
_BRANCH_WIDTH = 64
LARGEST_LOGIT = 8.0
"""Logits are cut off there, at both ends, before they are read."""


@dataclass(frozen=True, slots=True, eq=False)
class HeatMaps:
    """Heat maps of a batch of images.

    Attributes:
        logits: [B, K, H, W].
        valid_ratio: share of the map that is image and not padding [B, 2] (w, h).
        raised: what the pose layers read, whatever the logits are kept in: the logits in
            float32, cut off at both ends, and raised so that the lowest is zero.
    """

    logits: Tensor
    valid_ratio: Tensor
    raised: Tensor

    @classmethod
    def of(cls, logits: Tensor, valid_ratio: Tensor) -> HeatMaps:
        """Heat maps of logits [B, K, H, W]; made ready once for all who read them."""
        held = logits.float().clamp(-LARGEST_LOGIT, LARGEST_LOGIT)
        # One map after the other, whatever the convolution left.
        return cls(logits, valid_ratio, (held + LARGEST_LOGIT).contiguous())

    def float(self) -> HeatMaps:
        """The same in float32."""
        return HeatMaps(self.logits.float(), self.valid_ratio, self.raised)

    def of_image(self, index: int) -> HeatMaps:
        """Those of one image of the batch, with memory of their own."""
        at = slice(index, index + 1)
        return HeatMaps(self.logits[at].clone(), self.valid_ratio[at], self.raised[at].clone())

    def detach(self) -> HeatMaps:
        """The same without gradient."""
        return HeatMaps(self.logits.detach(), self.valid_ratio, self.raised.detach())

    def for_reading(self) -> HeatMaps:
        """What the pose layers need of them: all but the logits."""
        nothing = self.logits.new_empty(self.logits.shape[0], 0, 0, 0)
        return HeatMaps(nothing, self.valid_ratio, self.raised)


class HeatHead(nn.Module):
    """Heat maps from the backbone's finest map, corrected with the fine tokens.

    The first branch has the layout of MoveNet's own head, so that it can start from its
    weights; the second knows what the encoder knows, and starts at zero.

    Args:
        channels: of the backbone's finest map.
        d_model: D.
        keypoints: K.
    """

    def __init__(self, channels: int, d_model: int, keypoints: int) -> None:
        super().__init__()
        self.depthwise = SameConv(channels, channels, 3, groups=channels)
        self.pointwise = SameConv(channels, _MOVENET_WIDTH)
        self.output = SameConv(_MOVENET_WIDTH, keypoints)
        # A joint is in one cell of hundreds: start from the belief that it is not here.
        assert self.output.bias is not None
        nn.init.constant_(self.output.bias, -5.0)
        self.narrow = SameConv(d_model, _BRANCH_WIDTH)
        self.mix = SameConv(_BRANCH_WIDTH, _BRANCH_WIDTH, 3)
        self.correction = SameConv(_BRANCH_WIDTH, keypoints)
        nn.init.zeros_(self.correction.weight)
        assert self.correction.bias is not None
        nn.init.zeros_(self.correction.bias)

    def forward(self, finest: Tensor, fine: Tensor) -> Tensor:
        """Logits [B, K, H, W].

        Args:
            finest: the backbone's finest map [B, channels, H, W].
            fine: fine tokens of the same cells [B, D, H, W].
        """
        out = self.output(self.pointwise(self.depthwise(finest), "relu"))
        branch = self.mix(self.narrow(fine, "relu"), "relu")
        corrected: Tensor = self.correction(branch, plus=out)
        return corrected


class HeatReader(nn.Module):
    """What one pose layer reads around each keypoint in the map of its kind.

    Args:
        d_model: D.
        keypoints: K.
        reach: half the side of the window that is read, in person sizes.
    """

    def __init__(self, d_model: int, keypoints: int, reach: float) -> None:
        super().__init__()
        self.reach = reach
        self.embed = Linear(GRID * GRID, d_model)
        nn.init.zeros_(self.embed.weight)
        nn.init.zeros_(self.embed.bias)
        self.sharpness = nn.Parameter(torch.zeros(keypoints))
        self.prior = nn.Parameter(torch.ones(keypoints))
        self.trust = Linear(d_model, 1)
        nn.init.zeros_(self.trust.weight)
        nn.init.zeros_(self.trust.bias)

    def read(self, maps: HeatMaps, keypoints: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """Look around keypoints.

        Args:
            maps: of the images.
            keypoints: [B, N, K, 2] in 0..1 of the image.
            boxes: of the people [B, N, 4], cxcywh.

        Returns:
            What was seen [B, N, K, GRID^2], about -1..1, and the step to the peak in box
            units [B, N, K, 2].
        """
        height, width = maps.raised.shape[-2:]
        cells = maps.valid_ratio * maps.valid_ratio.new_tensor([width, height])  # [B, 2]
        sides = boxes[..., 2:] * cells[:, None]  # [B, N, 2]
        size = sides.prod(-1, keepdim=True).sqrt()  # a person's size in cells
        axis = torch.linspace(-1, 1, GRID, device=boxes.device)
        grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).flatten(0, 1)
        # In box units, so that the expectation is a step as the pose heads give it.
        unit = (self.reach * size / sides.clamp(min=1e-3))[:, :, None, None]  # [B, N, 1, 1, 2]
        offsets = grid * unit
        at = keypoints[:, :, :, None] + offsets * boxes[:, :, None, None, 2:]
        seen = _sample(maps.raised, at * maps.valid_ratio[:, None, None, None])
        far = grid.square().sum(-1)
        score = seen * self.sharpness.exp()[:, None] - self.prior[:, None] * far
        step = (score.softmax(-1)[..., None] * offsets).sum(-2)
        return seen / LARGEST_LOGIT, step


def _sample(raised: Tensor, at: Tensor) -> Tensor:
    """Logits [B, N, K, G] of each keypoint's own map [B, K, H, W] at points [B, N, K, G, 2]."""
    batch, people, k, samples = at.shape[:4]
    grid = (2 * at - 1).transpose(1, 2).reshape(batch * k, people, samples, 2)
    # Outside the picture there is nothing, not a chance of one in two: hence raised.
    seen = F.grid_sample(raised.flatten(0, 1)[:, None], grid.float(), align_corners=False)
    return seen.view(batch, k, people, samples).transpose(1, 2) - LARGEST_LOGIT
