"""A decoder layer in which not every query looks at every other.

Shapes: B images, N queries, W width.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.decoder import DecoderLayer, SelfAttention, View


def masked_layer(
    layer: DecoderLayer, x: Tensor, position: Tensor, references: Tensor, view: View, mask: Tensor
) -> Tensor:
    """DecoderLayer.forward for queries [B, N, W] of which not all see all.

    Args:
        layer: whose parameters are used.
        x: [B, N, W].
        position: [B, N, W].
        references: [B, N, 4].
        view: of the image.
        mask: [B, N, N], True where the query of a row may not look at that of a column.
    """
    x = layer.norm2(x + _masked_attention(layer.self_attn, x, position, mask))
    scaled = references[:, :, None] * view.valid_ratios.repeat(1, 1, 2)[:, None]
    x = layer.norm1(x + layer.cross_attn(x + position, scaled, view.values, view.shapes))
    out: Tensor = layer.norm3(x + layer.linear2(F.relu(layer.linear1(x))))
    return out


def _masked_attention(
    attention: SelfAttention, x: Tensor, position: Tensor, mask: Tensor
) -> Tensor:
    width = x.shape[-1]
    weight, bias = attention.in_proj_weight, attention.in_proj_bias
    placed = F.linear(x + position, weight[: 2 * width], bias[: 2 * width])
    value = F.linear(x, weight[2 * width :], bias[2 * width :])
    query, key, value = (
        torch.unflatten(part, -1, (attention.heads, -1)).transpose(1, 2)
        for part in (*torch.split(placed, width, -1), value)
    )
    out = F.scaled_dot_product_attention(query, key, value, attn_mask=~mask[:, None])
    result: Tensor = attention.out_proj(out.transpose(1, 2).flatten(2))
    return result
