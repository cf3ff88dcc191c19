"""Packed convolutions give what plain ones give, with all that is fused into them."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.backbone import build_backbone
from clickpose_app.network.convolution import Convolution, FrozenBatchNorm, SameConv
from clickpose_app.network.packing import Packable, can_pack, pack

LAYOUTS = [torch.channels_last, torch.contiguous_format]


def convolution(kernel: int, stride: int, groups: int) -> Convolution:
    torch.manual_seed(0)
    return Convolution(64, 64, kernel, stride, groups, norm=norm()).eval()


def norm() -> FrozenBatchNorm:
    """One that does something."""
    made = FrozenBatchNorm(64)
    for buffer in (made.weight, made.bias, made.running_mean):
        buffer.normal_()
    made.running_var.uniform_(0.5, 2)
    return made


def cells(layout: torch.memory_format = torch.channels_last) -> Tensor:
    image = torch.randn(2, 64, 28, 36, generator=torch.Generator().manual_seed(1))
    return image.contiguous(memory_format=layout)


def assert_close(found: Tensor, wanted: Tensor) -> None:
    torch.testing.assert_close(found, wanted, atol=1e-4, rtol=1e-4)


def taken(layer: Packable) -> bool:
    """Whether weights have been laid out."""
    return bool(layer._packed)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("kernel", "stride", "groups"), [(1, 1, 1), (1, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 64)]
)
def test_a_norm_a_sum_and_an_activation_are_part_of_it(
    kernel: int, stride: int, groups: int, layout: torch.memory_format
) -> None:
    layer, image = convolution(kernel, stride, groups), cells(layout)
    assert layer._norm is not None
    scale, shift = layer._norm.scale_and_shift()
    plain = F.conv2d(image, layer.weight, None, stride, kernel // 2, 1, groups)
    plain = (plain * scale[:, None, None] + shift[:, None, None]).detach()
    plus = torch.randn_like(plain)
    pack(layer)
    with torch.inference_mode():
        assert_close(layer(image), plain)
        assert_close(layer(image, "relu"), plain.relu())
        summed = layer(image, "relu6", plus)
    assert taken(layer) == can_pack(torch.float32)
    assert_close(summed, F.relu6(plain + plus))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("kernel", "stride", "groups"), [(1, 1, 1), (3, 1, 64), (3, 2, 64)])
def test_padding_on_one_side_stays_so_when_packed(
    kernel: int, stride: int, groups: int, layout: torch.memory_format
) -> None:
    torch.manual_seed(0)
    layer, image = SameConv(64, 64, kernel, stride, groups).eval(), cells(layout)
    plain = layer(image, "relu6").detach()
    pack(layer)
    with torch.inference_mode():
        assert_close(layer(image, "relu6"), plain)
    assert taken(layer) == can_pack(torch.float32)


@pytest.mark.parametrize("name", ["resnet50", "resnet18-half", "mobilenet-pyramid"])
def test_a_packed_backbone_makes_the_maps_of_a_plain_one(name: str) -> None:
    torch.manual_seed(0)
    backbone = build_backbone(name).eval()
    images = torch.randn(1, 3, 96, 128).contiguous(memory_format=torch.channels_last)
    with torch.no_grad():
        plain = backbone(images)
    pack(backbone)
    with torch.inference_mode():
        for found, wanted in zip(backbone(images), plain, strict=True):
            scale = wanted.abs().max()
            assert_close(found / scale, wanted / scale)


def test_the_norm_is_no_part_of_its_state_and_is_copied_along() -> None:
    backbone = build_backbone("resnet18-half")
    names = [name for name in backbone.state_dict() if name.startswith("conv1") or "bn1" in name]
    assert names[:5] == [
        "conv1.weight",
        *(f"bn1.{name}" for name in ("weight", "bias", "running_mean", "running_var")),
    ]
    other = copy.deepcopy(backbone)
    stem = other.get_submodule("conv1")
    assert isinstance(stem, Convolution) and stem._norm is other.get_submodule("bn1")


def test_gradients_reach_the_weights_through_the_norm() -> None:
    layer = convolution(3, 1, 1)
    pack(layer)
    layer(cells(), "relu").sum().backward()
    assert layer.weight.grad is not None and layer.weight.grad.abs().sum() > 0
