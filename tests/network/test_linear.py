from __future__ import annotations

import copy

import pytest
import torch

from clickpose_app.network import linear
from clickpose_app.network.linear import Linear, Product, pack
from clickpose_app.network.mobilenet import SameConv

ROWS, WIDTH = 64, 128


@pytest.fixture
def layer() -> Linear:
    torch.manual_seed(0)
    return Linear(WIDTH, WIDTH).eval()


def rows() -> torch.Tensor:
    return torch.randn(2, ROWS // 2, WIDTH, generator=torch.Generator().manual_seed(1))


def test_packed_weights_give_what_plain_ones_give(layer: Linear) -> None:
    plain = layer(rows()).detach()
    pack(layer)
    with torch.inference_mode():
        torch.testing.assert_close(layer(rows()), plain, atol=1e-5, rtol=1e-5)


def test_a_torch_without_the_operators_computes_with_plain_weights(
    layer: Linear, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: torch.Tensor) -> torch.Tensor:
        raise AttributeError("no such operator")

    monkeypatch.setattr(linear, "_reordered", missing)
    linear._can_pack.cache_clear()
    plain = layer(rows()).detach()
    pack(layer)
    with torch.inference_mode():
        assert torch.equal(layer(rows()), plain)
        assert torch.equal(Product.of(layer)(rows()), plain)
    linear._can_pack.cache_clear()


def test_weights_that_learn_are_never_the_packed_ones(layer: Linear) -> None:
    pack(layer)
    layer.train()
    with torch.no_grad():
        layer.weight.zero_()
    with torch.inference_mode():
        assert torch.equal(layer(rows()), layer.bias.expand(2, ROWS // 2, -1))


def test_loading_other_weights_forgets_the_packed_ones(layer: Linear) -> None:
    pack(layer)
    layer.load_state_dict({"weight": torch.zeros(WIDTH, WIDTH), "bias": torch.ones(WIDTH)})
    with torch.inference_mode():
        assert (layer(rows()) == 1).all()


def test_a_packed_layer_is_copied_by_its_weights(layer: Linear) -> None:
    pack(layer)
    with torch.inference_mode():
        torch.testing.assert_close(copy.deepcopy(layer)(rows()), layer(rows()))
    assert set(layer.state_dict()) == {"weight", "bias"}


def test_gradients_reach_packed_layers(layer: Linear) -> None:
    pack(layer)
    layer(rows()).sum().backward()
    assert layer.weight.grad is not None


def test_a_product_of_several_layers_has_their_outputs_side_by_side(layer: Linear) -> None:
    without_bias = Linear(WIDTH, 3, bias=False)
    with torch.inference_mode():
        together = Product.of(layer, without_bias)(rows())
        apart = torch.cat([layer(rows()), without_bias(rows())], -1)
    torch.testing.assert_close(together, apart, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("layout", [torch.channels_last, torch.contiguous_format])
def test_a_packed_convolution_of_single_cells_gives_what_a_plain_one_gives(
    layout: torch.memory_format,
) -> None:
    torch.manual_seed(0)
    convolution = SameConv(64, 96).eval()
    cells = torch.randn(2, 64, 12, 20).contiguous(memory_format=layout)
    plain = convolution(cells).detach()
    pack(convolution)
    with torch.inference_mode():
        torch.testing.assert_close(convolution(cells), plain, atol=1e-5, rtol=1e-5)


def test_convolutions_of_several_cells_stay_as_they_are() -> None:
    convolution = SameConv(64, 64, 3, groups=64).eval()
    cells = torch.randn(1, 64, 32, 32)
    plain = convolution(cells).detach()
    pack(convolution)
    with torch.inference_mode():
        assert torch.equal(convolution(cells), plain)
