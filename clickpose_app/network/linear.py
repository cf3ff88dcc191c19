"""Linear layers whose weights can be laid out once for the processor that computes with them.

Torch multiplies float32 matrices on a processor with MKL, which keeps some processors from their
widest instructions; oneDNN, which comes with torch too, does not, and takes weights in a layout
that is made in advance. On an AMD EPYC it needs half the time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

# Multiplications below which looking for the packed weights takes longer than they save.
_WORTH = 800_000


class Packable(nn.Module):
    """A layer that multiplies rows with a matrix; pack() lays that out once."""

    _packed: Tensor | None = None

    def matrix(self) -> Tensor | None:
        """The weights as [outputs, inputs]; None for a layer that is more than a product."""
        raise NotImplementedError

    def pack(self) -> None:
        """Lay out the weights as they are now; to be called again after they have changed."""
        weight = self.matrix()
        self._packed = None
        if weight is not None and weight.device.type == "cpu" and weight.dtype is torch.float32:
            self._packed = _reordered(weight)

    def multiplied(self, rows: Tensor, outputs: int, bias: Tensor | None) -> Tensor | None:
        """Rows [..., inputs] times the matrix; None where that is not worth it or not possible."""
        packed = self._packed
        if packed is None or rows.numel() * outputs < _WORTH or not _plain(rows):
            return None
        return _product(rows, packed, bias)

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


class Linear(Packable, nn.Linear):
    """nn.Linear, and the same from packed weights once pack() has been called."""

    def matrix(self) -> Tensor:
        """The weights."""
        return self.weight.detach()

    def forward(self, x: Tensor) -> Tensor:
        """[..., inputs] to [..., outputs]."""
        out = self.multiplied(x, self.out_features, self.bias)
        return F.linear(x, self.weight, self.bias) if out is None else out


class Product:
    """A packed layer by itself, for features in float32 and nobody who learns.

    Args:
        weight: [outputs, inputs].
        bias: [outputs].
    """

    __slots__ = ("bias", "outputs", "packed", "weight")

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        # Copies: the layers that they are from may change.
        self.weight, self.bias, self.outputs = weight.clone(), bias.clone(), weight.shape[0]
        usable = weight.device.type == "cpu" and _can_pack()
        self.packed = _reordered(self.weight) if usable else None

    @classmethod
    def of(cls, *layers: nn.Linear) -> Product:
        """One product whose outputs are those of several layers, side by side."""
        weights = [layer.weight.detach() for layer in layers]
        biases = [
            weight.new_zeros(len(weight)) if layer.bias is None else layer.bias.detach()
            for layer, weight in zip(layers, weights, strict=True)
        ]
        return cls(torch.cat(weights), torch.cat(biases))

    def __call__(self, x: Tensor) -> Tensor:
        """[..., inputs] to [..., outputs]."""
        if self.packed is None or x.numel() * self.outputs < _WORTH:
            return F.linear(x, self.weight, self.bias)
        return _product(x, self.packed, self.bias)


def pack(model: nn.Module) -> None:
    """Pack all layers of a model that will not learn any more, where torch can."""
    if not _can_pack():
        return
    for module in model.modules():
        if isinstance(module, Packable):
            module.pack()


def _plain(x: Tensor) -> bool:
    """Whether x is to be multiplied as it is, by a network that does not learn."""
    return (
        x.dtype is torch.float32
        and not torch.is_grad_enabled()
        and not torch.is_autocast_enabled(x.device.type)
    )


def _product(rows: Tensor, packed: Tensor, bias: Tensor | None) -> Tensor:
    out: Tensor = torch.ops.mkldnn._linear_pointwise.default(rows, packed, bias, "none", [], "")
    return out


def _reordered(weight: Tensor) -> Tensor:
    packed: Tensor = torch.ops.mkldnn._reorder_linear_weight.default(weight)
    return packed


@cache
def _can_pack() -> bool:
    """Whether this torch has the operators, which its own compiler uses, and they do their work."""
    if not torch._C._has_mkldnn:
        return False
    weight, x = torch.eye(32) + 0.25, torch.arange(64.0).view(2, 32)
    try:
        found = torch.ops.mkldnn._linear_pointwise.default(
            x, _reordered(weight), None, "none", [], ""
        )
    except (AttributeError, NotImplementedError, RuntimeError, TypeError):
        return False  # private to torch: another version may have others
    return torch.allclose(found, x @ weight.T)
