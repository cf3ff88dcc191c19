"""Linear layers, whose weights may be packed (see packing.py)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.packing import (
    Activation,
    Packable,
    Packed,
    activated,
    can_pack,
    multiplied,
    packed_matrix,
    worth_packing,
)


class Linear(Packable, nn.Linear):
    """nn.Linear, and the same from packed weights once pack() has been called."""

    def lay_out(self, dtype: torch.dtype) -> Packed:
        """The weights and the bias."""
        return packed_matrix(self.weight, self.bias, dtype)

    def forward(self, x: Tensor, then: Activation = "none") -> Tensor:
        """[..., inputs] to [..., outputs], and an activation of those."""
        packed = self.packed_for(x, self.out_features)
        if packed is None:
            return activated(F.linear(x, self.weight, self.bias), then)
        return multiplied(x, packed, then)


class Product:
    """A packed layer by itself, for features in float32 and nobody who learns.

    Args:
        weight: [outputs, inputs].
        bias: [outputs].
        dtype: torch.bfloat16 to multiply in it, which reads half as many bytes of a matrix that
            is larger than the few rows it is asked for; the result is in float32.
    """

    __slots__ = ("bias", "outputs", "packed", "weight")

    def __init__(self, weight: Tensor, bias: Tensor, dtype: torch.dtype = torch.float32) -> None:
        # Copies: the layers that they are from may change.
        self.weight, self.bias, self.outputs = weight.clone(), bias.clone(), weight.shape[0]
        usable = weight.device.type == "cpu" and can_pack(dtype)
        self.packed = packed_matrix(self.weight, self.bias, dtype) if usable else None

    @classmethod
    def of(cls, *layers: nn.Linear, dtype: torch.dtype = torch.float32) -> Product:
        """One product whose outputs are those of several layers, side by side."""
        weights = [layer.weight.detach() for layer in layers]
        biases = [
            weight.new_zeros(len(weight)) if layer.bias is None else layer.bias.detach()
            for layer, weight in zip(layers, weights, strict=True)
        ]
        return cls(torch.cat(weights), torch.cat(biases), dtype)

    def __call__(self, x: Tensor, then: Activation = "none") -> Tensor:
        """[..., inputs] to [..., outputs], and an activation of those."""
        if self.packed is None or not worth_packing(x, self.outputs):
            return activated(F.linear(x, self.weight, self.bias), then)
        return multiplied(x, self.packed, then).float()
