"""ResNet backbones with frozen batch norm (He et al., CVPR 2016; stride on the 3x3)."""

from __future__ import annotations

from typing import TypeAlias

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.mobilenet import MobileNetPyramid


class FrozenBatchNorm(nn.Module):
    """Batch norm whose statistics and affine never change: a per-channel scale and shift."""

    weight: Tensor
    bias: Tensor
    running_mean: Tensor
    running_var: Tensor

    def __init__(self, channels: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.register_buffer("weight", torch.ones(channels))
        self.register_buffer("bias", torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def scale_and_shift(self) -> tuple[Tensor, Tensor]:
        """Scale [C] and shift [C] that the norm amounts to."""
        scale = self.weight * (self.running_var + self.eps).rsqrt()
        return scale, self.bias - self.running_mean * scale


def convolve(convolution: nn.Conv2d, norm: FrozenBatchNorm, x: Tensor) -> Tensor:
    """Convolution and frozen norm as one convolution with bias.

    Scaling the weights costs less than a pass over the features, and the gradient
    reaches the weights all the same.
    """
    scale, shift = norm.scale_and_shift()
    weight = convolution.weight * scale[:, None, None, None]
    return F.conv2d(x, weight, shift, convolution.stride, convolution.padding)


class BasicBlock(nn.Module):
    """Two 3x3 convolutions around a shortcut (ResNet-18 and 34)."""

    expansion = 1

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = FrozenBatchNorm(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = FrozenBatchNorm(width)
        self.downsample = _shortcut(inputs, width, stride)

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, H, W] to [B, width, H / stride, W / stride]."""
        out = F.relu(convolve(self.conv1, self.bn1, x), inplace=True)
        out = convolve(self.conv2, self.bn2, out)
        return F.relu(out + _shortcut_of(self.downsample, x), inplace=True)


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 convolutions around a shortcut (ResNet-50)."""

    expansion = 4

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        outputs = width * self.expansion
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = FrozenBatchNorm(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = FrozenBatchNorm(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = FrozenBatchNorm(outputs)
        self.downsample = _shortcut(inputs, outputs, stride)

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, H, W] to [B, 4 * width, H / stride, W / stride]."""
        out = F.relu(convolve(self.conv1, self.bn1, x), inplace=True)
        out = F.relu(convolve(self.conv2, self.bn2, out), inplace=True)
        out = convolve(self.conv3, self.bn3, out)
        return F.relu(out + _shortcut_of(self.downsample, x), inplace=True)


def _shortcut(inputs: int, outputs: int, stride: int) -> nn.Sequential | None:
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 1, stride, bias=False), FrozenBatchNorm(outputs)
    )


def _shortcut_of(downsample: nn.Sequential | None, x: Tensor) -> Tensor:
    if downsample is None:
        return x
    convolution, norm = downsample[0], downsample[1]
    assert isinstance(convolution, nn.Conv2d) and isinstance(norm, FrozenBatchNorm)
    return convolve(convolution, norm, x)


class ResNet(nn.Module):
    """A ResNet without its classifier; its maps are C3, C4, C5.

    Attributes:
        channels: channels of each map.
        strides: pixels a cell of each map.
    """

    strides: tuple[int, ...] = (8, 16, 32)

    def __init__(
        self, block: type[BasicBlock] | type[Bottleneck], depths: tuple[int, ...], width: int = 64
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = FrozenBatchNorm(width)
        inputs = width
        for stage, depth in enumerate(depths):
            stage_width = width * 2**stage
            blocks: list[nn.Module] = []
            for i in range(depth):
                stride = 2 if stage > 0 and i == 0 else 1
                blocks.append(block(inputs, stage_width, stride))
                inputs = stage_width * block.expansion
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.channels = tuple(width * 2**stage * block.expansion for stage in (1, 2, 3))

    def forward(self, images: Tensor) -> list[Tensor]:
        """Images [B, 3, H, W] to C3, C4, C5."""
        x = F.relu(convolve(self.conv1, self.bn1, images), inplace=True)
        x = F.max_pool2d(x, 3, 2, 1)
        x = self.get_submodule("layer1")(x)
        maps = []
        for stage in ("layer2", "layer3", "layer4"):
            x = self.get_submodule(stage)(x)
            maps.append(x)
        return maps


Backbone: TypeAlias = ResNet | MobileNetPyramid
"""What turns images [B, 3, H, W] into maps of its `channels` at its `strides`."""


def build_backbone(name: str) -> Backbone:
    """The backbone of that name (see config.BACKBONES), untrained."""
    if name == "mobilenet-pyramid":
        return MobileNetPyramid()
    if name == "resnet50":
        return ResNet(Bottleneck, (3, 4, 6, 3))
    if name == "resnet34":
        return ResNet(BasicBlock, (3, 4, 6, 3))
    return ResNet(BasicBlock, (2, 2, 2, 2), width=32 if name == "resnet18-half" else 64)
