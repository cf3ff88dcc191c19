"""ResNet backbones with frozen batch norm (He et al., CVPR 2016; stride on the 3x3)."""

from __future__ import annotations

from typing import TypeAlias

from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.convolution import Convolution, FrozenBatchNorm
from clickpose_app.network.mobilenet import MobileNetPyramid


class BasicBlock(nn.Module):
    """Two 3x3 convolutions around a shortcut (ResNet-18 and 34)."""

    expansion = 1

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        norms = FrozenBatchNorm(width), FrozenBatchNorm(width)
        self.conv1 = Convolution(inputs, width, 3, stride, norm=norms[0])
        self.bn1 = norms[0]
        self.conv2 = Convolution(width, width, 3, norm=norms[1])
        self.bn2 = norms[1]
        self.downsample = _shortcut(inputs, width, stride)

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, H, W] to [B, width, H / stride, W / stride]."""
        out = self.conv1(x, "relu")
        summed: Tensor = self.conv2(out, "relu", _shortcut_of(self.downsample, x))
        return summed


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 convolutions around a shortcut (ResNet-50)."""

    expansion = 4

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        outputs = width * self.expansion
        norms = FrozenBatchNorm(width), FrozenBatchNorm(width), FrozenBatchNorm(outputs)
        self.conv1 = Convolution(inputs, width, 1, norm=norms[0])
        self.bn1 = norms[0]
        self.conv2 = Convolution(width, width, 3, stride, norm=norms[1])
        self.bn2 = norms[1]
        self.conv3 = Convolution(width, outputs, 1, norm=norms[2])
        self.bn3 = norms[2]
        self.downsample = _shortcut(inputs, outputs, stride)

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, H, W] to [B, 4 * width, H / stride, W / stride]."""
        out = self.conv2(self.conv1(x, "relu"), "relu")
        summed: Tensor = self.conv3(out, "relu", _shortcut_of(self.downsample, x))
        return summed


def _shortcut(inputs: int, outputs: int, stride: int) -> nn.Sequential | None:
    if stride == 1 and inputs == outputs:
        return None
    norm = FrozenBatchNorm(outputs)
    return nn.Sequential(Convolution(inputs, outputs, 1, stride, norm=norm), norm)


def _shortcut_of(downsample: nn.Sequential | None, x: Tensor) -> Tensor:
    """A shortcut of x; the norm that the sequence holds is part of its convolution."""
    if downsample is None:
        return x
    out: Tensor = downsample[0](x)
    return out


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
        norm = FrozenBatchNorm(width)
        self.conv1 = Convolution(3, width, 7, 2, norm=norm)
        self.bn1 = norm
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
        x = F.max_pool2d(self.conv1(images, "relu"), 3, 2, 1)
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
