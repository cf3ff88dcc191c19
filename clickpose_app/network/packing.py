"""Weights laid out once for the processor that computes with them, and what is fused with them.

Torch multiplies float32 matrices on a processor with MKL, which keeps some processors from their
widest instructions; oneDNN, which comes with torch too, does not, takes weights in a layout that
is made in advance, and applies an activation to what it has in hand. On an AMD EPYC a product
needs half the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

Activation: TypeAlias = Literal["none", "relu", "relu6"]
"""What follows a product or a convolution."""

_FUSED: dict[Activation, tuple[str, list[float]]] = {
    "none": ("none", []),
    "relu": ("relu", []),
    "relu6": ("hardtanh", [0.0, 6.0]),
}
# Multiplications below which looking for the packed weights takes longer than they save.
_WORTH = 800_000


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Weights of a layer in oneDNN's layout, and its bias, both of one number type."""

    weight: Tensor
    bias: Tensor | None


@dataclass(frozen=True, slots=True)
class Sliding:
    """How a convolution goes over its image, along both axes alike."""

    stride: int
    padding: int
    groups: int


class Packable(nn.Module):
    """A layer whose weights are laid out once; pack() says that they will not change any more."""

    _packed: dict[torch.dtype, Packed] | None = None

    def lay_out(self, dtype: torch.dtype) -> Packed:
        """The weights as they are now, for features of a type."""
        raise NotImplementedError

    def pack(self) -> None:
        """Lay out the weights when they are needed next; again after they have changed."""
        self._packed = {}

    def packed_for(self, x: Tensor, outputs: int) -> Packed | None:
        """The weights to compute so many outputs with; None where nothing is gained.

        Nor for who learns, nor where torch cannot.
        """
        packed = self._packed
        if packed is None or not worth_packing(x, outputs):
            return None
        if torch.is_grad_enabled() or x.device.type != "cpu":
            return None
        half = torch.is_autocast_enabled("cpu")
        dtype = torch.get_autocast_dtype("cpu") if half else x.dtype
        found = packed.get(dtype)
        if found is None and can_pack(dtype):
            found = packed[dtype] = self.lay_out(dtype)
        return found

    def train(self, mode: bool = True) -> Packable:
        """As nn.Module; weights that learn are not packed."""
        if mode:
            self._packed = None
        return super().train(mode)

    def __getstate__(self) -> dict[str, Any]:
        """Without the layout, which belongs to this process."""
        return {name: value for name, value in self.__dict__.items() if name != "_packed"}

    def _load_from_state_dict(self, *args: Any, **kwargs: Any) -> None:
        self._packed = None
        super()._load_from_state_dict(*args, **kwargs)


def pack(model: nn.Module) -> None:
    """Pack all layers of a model that will not learn any more."""
    for module in model.modules():
        if isinstance(module, Packable):
            module.pack()


def worth_packing(rows: Tensor, outputs: int) -> bool:
    """Whether rows [..., inputs] are many enough for the packed weights of that many outputs."""
    return rows.numel() * outputs >= _WORTH


def activated(x: Tensor, then: Activation) -> Tensor:
    """An activation of features that nobody needs any more."""
    if then == "none":
        return x
    return F.relu(x, inplace=True) if then == "relu" else F.relu6(x, inplace=True)


def packed_matrix(weight: Tensor, bias: Tensor | None, dtype: torch.dtype) -> Packed:
    """A matrix [outputs, inputs] and a bias [outputs] for features of a type."""
    laid: Tensor = torch.ops.mkldnn._reorder_linear_weight.default(weight.detach().to(dtype))
    return Packed(laid, None if bias is None else bias.detach().to(dtype))


def multiplied(rows: Tensor, packed: Packed, then: Activation = "none") -> Tensor:
    """Rows [..., inputs] times a packed matrix, and an activation of the result."""
    name, limits = _FUSED[then]
    out: Tensor = torch.ops.mkldnn._linear_pointwise.default(
        rows.to(packed.weight.dtype), packed.weight, packed.bias, name, limits, ""
    )
    return out


def packed_kernel(
    weight: Tensor, bias: Tensor | None, dtype: torch.dtype, sliding: Sliding
) -> Packed:
    """A kernel [outputs, inputs / groups, k, k] and a bias [outputs] for features of a type."""
    laid: Tensor = torch.ops.mkldnn._reorder_convolution_weight.default(
        weight.detach().to(dtype),
        [sliding.padding] * 2,
        [sliding.stride] * 2,
        [1, 1],
        sliding.groups,
    )
    return Packed(laid, None if bias is None else bias.detach().to(dtype))


def convolved(x: Tensor, packed: Packed, sliding: Sliding, then: Activation = "none") -> Tensor:
    """A convolution of [B, inputs, H, W] and an activation of the result, channels last."""
    name, limits = _FUSED[then]
    out: Tensor = torch.ops.mkldnn._convolution_pointwise.default(
        x.to(packed.weight.dtype),
        packed.weight,
        packed.bias,
        [sliding.padding] * 2,
        [sliding.stride] * 2,
        [1, 1],
        sliding.groups,
        name,
        limits,
        "",
    )
    return out


@cache
def can_pack(dtype: torch.dtype) -> bool:
    """Whether this torch has the operators, which its own compiler uses, and they do their work."""
    if not torch._C._has_mkldnn or dtype not in (torch.float32, torch.bfloat16):
        return False
    try:
        with torch.autocast("cpu", enabled=False):
            return _works(dtype)
    except (AttributeError, NotImplementedError, RuntimeError, TypeError):
        return False  # private to torch: another version may have others


def _works(dtype: torch.dtype) -> bool:
    """Whether products and convolutions of packed weights are those of plain ones."""
    matrix, rows = torch.eye(32) + 0.25, torch.arange(64.0).view(2, 32) - 9
    kernel, cells, sliding = matrix.view(16, 16, 2, 2), rows.view(1, 16, 2, 2), Sliding(1, 1, 1)
    found = multiplied(rows, packed_matrix(matrix, None, dtype), "relu6")
    packed = packed_kernel(kernel, None, dtype, sliding)
    seen = convolved(cells, packed, sliding, "relu6")
    wanted, expected = rows @ matrix.T, F.conv2d(cells, kernel, padding=1)
    return all(
        torch.allclose(a.float(), F.relu6(b), rtol=0.02, atol=0.05)
        for a, b in ((found, wanted), (seen, expected))
    )
