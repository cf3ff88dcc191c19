from __future__ import annotations

import copy

import pytest
import torch

from clickpose_app.network import packing
from clickpose_app.network.linear import Linear, Product
from clickpose_app.network.packing import pack

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
    def missing(*_: object) -> packing.Packed:
        raise AttributeError("no such operator")

    monkeypatch.setattr(packing, "packed_matrix", missing)
    packing.can_pack.cache_clear()
    plain = layer(rows()).detach()
    pack(layer)
    with torch.inference_mode():
        assert torch.equal(layer(rows()), plain)
        assert torch.equal(Product.of(layer)(rows()), plain)
    packing.can_pack.cache_clear()


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


@pytest.mark.parametrize("then", ["none", "relu", "relu6"])
def test_an_activation_follows_with_packed_weights_as_with_plain_ones(
    layer: Linear, then: packing.Activation
) -> None:
    plain = layer(rows() * 5, then).detach()
    pack(layer)
    with torch.inference_mode():
        torch.testing.assert_close(layer(rows() * 5, then), plain, atol=1e-5, rtol=1e-5)


@pytest.mark.skipif(not packing.can_pack(torch.bfloat16), reason="no bfloat16 on this processor")
def test_half_as_many_bits_are_packed_for_themselves(layer: Linear) -> None:
    plain = layer(rows()).detach()
    pack(layer)
    with torch.inference_mode():
        with torch.autocast("cpu", torch.bfloat16):
            half = layer(rows())
        full = layer(rows())
    assert half.dtype is torch.bfloat16 and full.dtype is torch.float32
    torch.testing.assert_close(full, plain, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(half.float(), plain, atol=0.03, rtol=0.03)
