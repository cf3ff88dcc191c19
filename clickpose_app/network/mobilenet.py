"""MobileNetV2 with a feature pyramid, laid out as in MoveNet Lightning.

Inverted residuals are from Sandler et al., CVPR 2018. Batch norm is folded into the
convolutions, so that dequantised weights load as they are (training/start_weights.py).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.convolution import SameConv

# Expansion, outputs, stride of the first and number of the inverted residuals of a stage.
_STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 2, 3),
    (6, 64, 2, 4),
    (6, 96, 1, 3),
    (6, 160, 2, 3),
    (6, 320, 1, 1),
)
_BLOCKS = tuple(
    (expansion, outputs, stride if i == 0 else 1)
    for expansion, outputs, stride, number in _STAGES
    for i in range(number)
)
# Blocks whose output the pyramid taps, and blocks that end the stages of stride 8 and 16.
_TAPS = (2, 5, 9)
_STAGE_ENDS = (5, 12)
_WIDTHS = (24, 32, 64)
_TOP = 1280

# Mid-grey less the ImageNet mean, over its deviation: the pixel value 127.5 as the
# network is given it, which is what MoveNet's first convolution pads with.
_GREY = ((0.5 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0.5 - 0.406) / 0.225)


class InvertedResidual(nn.Module):
    """Expand, filter each channel, project; a shortcut where the shapes allow one."""

    def __init__(self, inputs: int, expansion: int, outputs: int, stride: int) -> None:
        super().__init__()
        width = inputs * expansion
        self.expand = SameConv(inputs, width) if expansion > 1 else None
        self.depthwise = SameConv(width, width, 3, stride, groups=width)
        self.project = SameConv(width, outputs)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, H, W] to [B, outputs, H / stride, W / stride]."""
        out = x if self.expand is None else self.expand(x, "relu6")
        out = self.depthwise(out, "relu6")
        projected: Tensor = self.project(out, plus=x if self.shortcut else None)
        return projected


class Merge(nn.Module):
    """A coarser map enlarged, added to a lateral one, then a separable convolution."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.depthwise = SameConv(inputs, inputs, 3, groups=inputs)
        self.pointwise = SameConv(inputs, outputs)

    def forward(self, coarse: Tensor, lateral: Tensor) -> Tensor:
        """[B, inputs, H, W] and [B, inputs, 2 H, 2 W] to [B, outputs, 2 H, 2 W]."""
        enlarged = F.interpolate(coarse, size=lateral.shape[-2:], mode="bilinear")
        out: Tensor = self.pointwise(self.depthwise(enlarged + lateral), "relu")
        return out


class MobileNetPyramid(nn.Module):
    """MobileNetV2 and a top-down pyramid.

    Its maps are P2 (the pyramid's output), P3 and P4 (pyramid and backbone side by side,
    because the pyramid alone is thin) and C5 (the backbone and what it sends down).

    Attributes:
        channels: channels of each map.
        strides: pixels a cell of each map.
    """

    strides: tuple[int, ...] = (4, 8, 16, 32)
    channels: tuple[int, ...] = (24, 24 + 32, 32 + 96, 64 + 320)

    def __init__(self) -> None:
        super().__init__()
        self.stem = SameConv(3, 32, 3, stride=2)
        inputs = 32
        blocks = []
        for expansion, outputs, stride in _BLOCKS:
            blocks.append(InvertedResidual(inputs, expansion, outputs, stride))
            inputs = outputs
        self.blocks = nn.ModuleList(blocks)
        self.top = SameConv(inputs, _TOP)
        self.reduce = SameConv(_TOP, _WIDTHS[-1])
        self.laterals = nn.ModuleList(SameConv(width, width) for width in _WIDTHS)
        self.merges = nn.ModuleList((Merge(24, 24), Merge(32, 24), Merge(64, 32)))

    def forward(self, images: Tensor) -> list[Tensor]:
        """Images [B, 3, H, W] to P2, P3, P4, C5.

        Args:
            images: normalised with the ImageNet mean and deviation; H and W are
                multiples of 32.

        Returns:
            Maps [B, channels[i], H / strides[i], W / strides[i]].
        """
        # With grey at zero, zero padding is the padding that the weights were trained with.
        # No buffer: one outside the state would stay empty in a model built on "meta".
        grey = images.new_tensor(_GREY)[:, None, None]
        x = self.stem(images - grey, "relu6")
        taps, stages = [], []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in _TAPS:
                taps.append(x)
            if i in _STAGE_ENDS:
                stages.append(x)
        reduced = self.reduce(self.top(x, "relu6"))
        p4 = self.merges[2](reduced, self.laterals[2](taps[2]))
        p3 = self.merges[1](p4, self.laterals[1](taps[1]))
        p2 = self.merges[0](p3, self.laterals[0](taps[0]))
        return [
            p2,
            torch.cat((p3, stages[0]), 1),
            torch.cat((p4, stages[1]), 1),
            torch.cat((reduced, x), 1),
        ]

    def freeze_through(self, stride: int) -> None:
        """Stop training the backbone's layers up to a stride; the pyramid goes on learning.

        Args:
            stride: the last stride whose blocks are frozen; 2 freezes the stem and the
                first block, 32 the whole backbone, 1 nothing.
        """
        reached = 2
        if stride >= reached:
            self.stem.requires_grad_(False)
        for block, (_, _, block_stride) in zip(self.blocks, _BLOCKS, strict=True):
            reached *= block_stride
            if stride >= reached:
                block.requires_grad_(False)
        if stride >= reached:
            self.top.requires_grad_(False)
