"""The samples of deformable attention, summed up in one pass by a kernel of Triton.

A program is a block of queries of one head: it reads the corners of each sample and keeps only
their sum, so neither samples nor corners are ever stored. For a CUDA GPU, where Triton comes with
torch, and for inference. See fused_sampling.py, which alone imports this.
"""

from __future__ import annotations

from functools import lru_cache

import torch
import triton
import triton.language as tl
from torch import Tensor

from clickpose_app.network.level_shapes import LevelShapes

_QUERIES_A_PROGRAM = 32


def _sum_samples(
    values: tl.tensor,
    locations: tl.tensor,
    weights: tl.tensor,
    table: tl.tensor,
    out: tl.tensor,
    queries: tl.tensor,
    heads: tl.tensor,
    tokens: tl.tensor,
    levels: tl.constexpr,
    points: tl.constexpr,
    channels: tl.constexpr,
    width: tl.constexpr,
    block: tl.constexpr,
) -> None:
    """Pointers and shapes as in grid_sample(), and what it makes of the levels.

    The width is that of the channels, or the next power of two.
    """
    query = tl.program_id(0) * block + tl.arange(0, block)
    head = tl.program_id(1)
    image = tl.program_id(2).to(tl.int64)
    channel = tl.arange(0, width)
    here = query < queries
    row = (image * queries + query) * heads + head
    total = tl.zeros([block, width], tl.float32)
    for level in range(levels):
        high = tl.load(table + 3 * level)
        wide = tl.load(table + 3 * level + 1)
        start = tl.load(table + 3 * level + 2)
        for point in range(points):
            sample = (row * levels + level) * points + point
            share = tl.load(weights + sample, mask=here, other=0.0).to(tl.float32)
            x = tl.load(locations + 2 * sample, mask=here, other=0.0).to(tl.float32) * wide - 0.5
            y = tl.load(locations + 2 * sample + 1, mask=here, other=0.0).to(tl.float32)
            y = y * high - 0.5
            left, top = tl.floor(x), tl.floor(y)
            for corner in tl.static_range(4):
                column, line = left + corner % 2, top + corner // 2
                part = share * (1 - tl.abs(x - column)) * (1 - tl.abs(y - line))
                inside = here & (column >= 0) & (column < wide) & (line >= 0) & (line < high)
                # What lies outside may be too far off for a whole number.
                at = tl.where(inside, line * wide + column, 0.0).to(tl.int32) + start
                cell = ((image * tokens + at) * heads + head)[:, None] * channels
                shown = inside[:, None] & (channel < channels)[None, :]
                seen = tl.load(values + cell + channel[None, :], mask=shown, other=0.0)
                total += seen.to(tl.float32) * part[:, None]
    shown = here[:, None] & (channel < channels)[None, :]
    tl.store(out + row[:, None] * channels + channel[None, :], total, mask=shown)


_kernel = triton.jit(_sum_samples)


def sum_samples(values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
    """As deformable_attention.grid_sample(), added up in float32."""
    batch, tokens, heads, channels = values.shape
    queries, levels, points = locations.shape[1], locations.shape[3], locations.shape[4]
    out = torch.empty(batch, queries, heads * channels, dtype=values.dtype, device=values.device)
    _kernel[triton.cdiv(queries, _QUERIES_A_PROGRAM), heads, batch](
        values.contiguous(),
        locations.contiguous(),
        weights.contiguous(),
        _level_table(shapes, values.device),
        out,
        queries,
        heads,
        tokens,
        levels=levels,
        points=points,
        channels=channels,
        width=triton.next_power_of_2(channels),
        block=_QUERIES_A_PROGRAM,
    )
    return out


@lru_cache(maxsize=64)
def _level_table(shapes: LevelShapes, device: torch.device) -> Tensor:
    """Height, width and first token of each level [L, 3]."""
    rows = [(*size, start) for size, start in zip(shapes.sizes, shapes.starts, strict=True)]
    return torch.tensor(rows, dtype=torch.int32, device=device)
