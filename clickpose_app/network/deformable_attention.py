"""Multi-scale deformable attention (Zhu et al., Deformable DETR, ICLR 2021, section 4.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

# Below this many sampled points a direct gather beats grid_sample, whose set-up
# touches every level; above it the gathered corners no longer fit the cache.
_GATHER_LIMIT = 200_000
_QUERIES_AT_A_TIME = 1024


@dataclass(frozen=True, slots=True)
class LevelShapes:
    """Heights and widths of the levels of a flattened feature pyramid.

    Attributes:
        sizes: (height, width) a level, in cells.
    """

    sizes: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        """Number of levels."""
        return len(self.sizes)

    @property
    def starts(self) -> tuple[int, ...]:
        """Index of each level's first token."""
        starts, total = [], 0
        for height, width in self.sizes:
            starts.append(total)
            total += height * width
        return tuple(starts)

    @property
    def tokens(self) -> int:
        """S, tokens of all levels together."""
        return sum(height * width for height, width in self.sizes)

    def wh(self, like: Tensor) -> Tensor:
        """Widths and heights [L, 2] in cells, with the type and device of like."""
        return like.new_tensor([(width, height) for height, width in self.sizes])


class DeformableAttention(nn.Module):
    """Each query looks at a few learned places around its reference, on every level.

    Shapes: B batch, Q queries, S tokens, D width, H heads, L levels, P points a level.
    """

    def __init__(self, d_model: int, heads: int, levels: int, points: int) -> None:
        super().__init__()
        self.heads, self.levels, self.points = heads, levels, points
        samples = heads * levels * points
        self.sampling_offsets = nn.Linear(d_model, samples * 2)
        self.attention_weights = nn.Linear(d_model, samples)
        self.value_proj = nn.Linear(d_model, d_model)
        self.output_proj = nn.Linear(d_model, d_model)
        self._initialise()

    def _initialise(self) -> None:
        """Start with the heads looking in H directions, further out for each point."""
        nn.init.zeros_(self.sampling_offsets.weight)
        angle = torch.arange(self.heads, dtype=torch.float32) * (2 * math.pi / self.heads)
        direction = torch.stack([angle.cos(), angle.sin()], -1)
        direction = direction / direction.abs().max(-1, keepdim=True).values
        reach = torch.arange(1, self.points + 1, dtype=torch.float32)
        offsets = direction[:, None, None] * reach[None, None, :, None]
        with torch.no_grad():
            self.sampling_offsets.bias.copy_(offsets.expand(-1, self.levels, -1, -1).flatten())
        nn.init.zeros_(self.attention_weights.weight)
        nn.init.zeros_(self.attention_weights.bias)
        for linear in (self.value_proj, self.output_proj):
            nn.init.xavier_uniform_(linear.weight)
            nn.init.zeros_(linear.bias)

    def project(self, tokens: Tensor, padding: Tensor | None) -> Tensor:
        """Values [B, S, H, D / H] of tokens [B, S, D]; those of padding [B, S] are zero."""
        values: Tensor = self.value_proj(tokens)
        if padding is not None:
            values = values.masked_fill(padding[..., None], 0.0)
        return torch.unflatten(values, -1, (self.heads, -1))

    def forward(
        self, queries: Tensor, references: Tensor, values: Tensor, shapes: LevelShapes
    ) -> Tensor:
        """Attend.

        Args:
            queries: [B, Q, D], position already added.
            references: [B, Q, L, 2] points or [B, Q, L, 4] boxes (cxcywh), 0..1 of each level.
            values: [B, S, H, D / H] from project().
            shapes: of the L levels in values.

        Returns:
            [B, Q, D].
        """
        batch, count, _ = queries.shape
        form = (batch, count, self.heads, self.levels, self.points)
        offsets = self.sampling_offsets(queries).view(*form, 2)
        weights = self.attention_weights(queries).view(*form[:3], -1).softmax(-1).view(form)
        centres = self._each_point(references[..., :2])
        if references.shape[-1] == 2:
            reach = self._each_point(1 / shapes.wh(references)[None, None])
        else:
            reach = self._each_point(references[..., 2:] * (0.5 / self.points))
        locations = (centres + offsets.flatten(3) * reach).view(*form, 2)
        few = not torch.is_grad_enabled() and weights.numel() <= _GATHER_LIMIT
        sample = gather_sample if few else grid_sample
        out: Tensor = self.output_proj(sample(values, locations, weights, shapes))
        return out

    def _each_point(self, levels: Tensor) -> Tensor:
        """Repeat what holds for each level [..., L, 2] for its points [..., 1, L * P * 2].

        Written out, because broadcasting over pairs of numbers takes ten times as long.
        """
        points = levels[..., None, :].expand(*levels.shape[:-1], self.points, 2)
        return points.flatten(-3)[..., None, :]


def grid_sample(values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
    """Weighted sum of bilinear samples, level by level; zeros outside.

    Args:
        values: [B, S, H, C].
        locations: [B, Q, H, L, P, 2], (x, y) in 0..1 of each level.
        weights: [B, Q, H, L, P].
        shapes: of the L levels.

    Returns:
        [B, Q, H * C].
    """
    batch, count, heads = weights.shape[:3]
    parts = torch.split(values, [h * w for h, w in shapes.sizes], dim=1)
    planes = [
        part.permute(0, 2, 3, 1).reshape(batch * heads, -1, height, width)
        for (height, width), part in zip(shapes.sizes, parts, strict=True)
    ]
    # Without gradients the samples of a few queries at a time stay in the cache.
    step = count if torch.is_grad_enabled() else _QUERIES_AT_A_TIME
    sums = [
        _sample_planes(planes, locations[:, i : i + step], weights[:, i : i + step])
        for i in range(0, count, step)
    ]
    return torch.cat(sums, 1)


def _sample_planes(planes: list[Tensor], locations: Tensor, weights: Tensor) -> Tensor:
    """grid_sample() from values laid out as planes [B * H, C, H_l, W_l]."""
    batch, count = weights.shape[:2]
    dtype = planes[0].dtype
    grids = (2 * locations - 1).permute(0, 2, 3, 1, 4, 5).flatten(0, 1).to(dtype)
    shares = weights.permute(0, 2, 3, 1, 4).flatten(0, 1).to(dtype)
    total: Tensor | None = None
    for level, plane in enumerate(planes):
        samples = F.grid_sample(plane, grids[:, level], "bilinear", "zeros", align_corners=False)
        summed = (samples * shares[:, None, level]).sum(-1)  # [B * H, C, Q]
        total = summed if total is None else total + summed
    assert total is not None
    return total.view(batch, -1, count).transpose(1, 2)


def gather_sample(
    values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes
) -> Tensor:
    """The same as grid_sample, by fetching just the corners needed: for few queries.

    A point is sampled from two neighbouring cells an axis, each with the share 1 - |distance|
    where that is positive. At the rim these are the outermost two, so what lies outside gets
    nothing without having to be asked for.
    """
    batch, tokens, heads, channels = values.shape
    count, points = weights.shape[1], weights.shape[-1]
    grid = _level_grid(shapes.sizes, points, locations.device)
    # Axes first and samples last, so that every operation runs along contiguous numbers.
    xy = locations.reshape(batch * count * heads, -1, 2).movedim(-1, 0) * grid.wh - 0.5
    near = torch.minimum(xy.floor().clamp_(min=0), grid.last)
    far = torch.minimum(near + 1, grid.wh - 1)
    off = xy - near
    share_near, share_far = (1 - off.abs()).clamp_(min=0), (1 - (off - 1).abs()).clamp_(min=0)
    share_far = share_far * grid.has_far
    rows = torch.stack([near[1], far[1]]) * grid.wh[0] + grid.starts
    cells = rows[:, None] + torch.stack([near[0], far[0]])  # [2 (y), 2 (x), B * Q * H, L * P]
    across = torch.stack([share_near[0], share_far[0]]) * weights.reshape(batch * count * heads, -1)
    shares = torch.stack([share_near[1], share_far[1]])[:, None] * across
    index = cells.long().view(4, batch, count, heads, -1)
    if batch > 1:
        index = index + torch.arange(batch, device=values.device)[:, None, None, None] * tokens
    index = index * heads + torch.arange(heads, device=values.device)[:, None]
    fetched = values.reshape(-1, channels).index_select(0, index.permute(1, 2, 3, 0, 4).flatten())
    fetched = fetched.view(batch * count * heads, -1, channels)
    flat = shares.flatten(0, 1).permute(1, 0, 2).reshape(batch * count * heads, 1, -1)
    return torch.bmm(flat.to(values.dtype), fetched).view(batch, count, heads * channels)


@dataclass(frozen=True, slots=True, eq=False)
class _LevelGrid:
    """The levels as gather_sample() needs them, once for each sample of a query and head.

    Attributes:
        wh: width and height in cells [2, 1, L * P].
        last: the last cell that has a neighbour behind it [2, 1, L * P].
        has_far: 0 where a level is one cell wide or high, so that it has no neighbours.
        starts: index of the level's first token [L * P].
    """

    wh: Tensor
    last: Tensor
    has_far: Tensor
    starts: Tensor


@lru_cache(maxsize=64)
def _level_grid(
    sizes: tuple[tuple[int, int], ...], points: int, device: torch.device
) -> _LevelGrid:
    # float32 counts cells exactly up to 16 million.
    sides = torch.tensor([(w, h) for h, w in sizes], dtype=torch.float32, device=device)
    wh = sides.repeat_interleave(points, 0).T[:, None].contiguous()
    starts = torch.tensor(LevelShapes(sizes).starts, dtype=torch.float32, device=device)
    return _LevelGrid(
        wh, (wh - 2).clamp_(min=0), (wh > 1).float(), starts.repeat_interleave(points)
    )
