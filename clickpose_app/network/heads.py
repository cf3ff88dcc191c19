"""Small building blocks that the encoder and the decoder share."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.linear import Linear

LOGIT_EPS = 1e-3


def logit(x: Tensor) -> Tensor:
    """Inverse sigmoid that stays finite: values are held LOGIT_EPS away from 0 and 1."""
    x = x.clamp(0.0, 1.0)
    return torch.log(x.clamp(min=LOGIT_EPS) / (1.0 - x).clamp(min=LOGIT_EPS))


class MLP(nn.Module):
    """Linear layers with ReLU between them.

    Args:
        widths: input width, hidden widths, output width.
    """

    def __init__(self, *widths: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Linear(a, b) for a, b in pairwise(widths))

    def forward(self, x: Tensor) -> Tensor:
        """[..., widths[0]] to [..., widths[-1]]."""
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        out: Tensor = self.layers[-1](x)
        return out


def start_at_zero(head: MLP) -> MLP:
    """Make a head's first answer zero, so that references start where they are."""
    last = head.layers[-1]
    assert isinstance(last, Linear)
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    return head


def class_head(d_model: int, classes: int) -> Linear:
    """A class head that starts by giving every class a chance of one in a hundred."""
    head = Linear(d_model, classes)
    nn.init.constant_(head.bias, -math.log(99))
    return head


def sine_embedding(values: Tensor, dims: int, temperature: float) -> Tensor:
    """Sines and cosines of scalars at falling frequencies.

    Args:
        values: [...], already as angles.
        dims: numbers a scalar, even.
        temperature: of the frequencies: dims 2i and 2i + 1 use temperature^(2i / dims).

    Returns:
        [..., dims]: even places sine, odd places cosine.
    """
    exponent = torch.arange(0, dims, 2, device=values.device, dtype=torch.float32) / dims
    angle = values[..., None] / temperature**exponent
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(-2)


def reference_embedding(references: Tensor, d_model: int) -> Tensor:
    """Sine embedding [..., 2 * D] of boxes [..., 4] (cxcywh, 0..1), in the order y, x, w, h."""
    order = references[..., [1, 0, 2, 3]] * (2 * math.pi)
    return sine_embedding(order, d_model // 2, 10000.0).flatten(-2)


def grid_embedding(padding: Tensor, d_model: int) -> Tensor:
    """Position embedding [B, D, H, W] of a level from its padding mask [B, H, W].

    Positions count valid cells from 1 and are scaled to 2 pi at the last one; y fills the
    first half of the channels, x the second.
    """
    valid = (~padding).float()
    parts = []
    for axis in (1, 2):
        position = valid.cumsum(axis)
        last = position.narrow(axis, position.shape[axis] - 1, 1)
        angle = position / (last + 1e-6) * (2 * math.pi)
        parts.append(sine_embedding(angle, d_model // 2, 20.0))
    return torch.cat(parts, -1).permute(0, 3, 1, 2)
