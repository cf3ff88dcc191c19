"""Multi-scale deformable attention (Zhu et al., Deformable DETR, ICLR 2021, section 4.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

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
        centres = references[:, :, None, :, None, :2]
        if references.shape[-1] == 2:
            locations = centres + offsets / shapes.wh(references)[None, None, None, :, None]
        else:
            reach = references[:, :, None, :, None, 2:] * (0.5 / self.points)
            locations = centres + offsets * reach
        few = not torch.is_grad_enabled() and weights.numel() <= _GATHER_LIMIT
        sample = gather_sample if few else grid_sample
        out: Tensor = self.output_proj(sample(values, locations, weights, shapes))
        return out


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
    """The same as grid_sample, by fetching just the corners needed: for few queries."""
    batch, tokens, heads, channels = values.shape
    count = weights.shape[1]
    wh = shapes.wh(locations)[:, None]  # [L, 1, 2]
    xy = locations * wh - 0.5
    corner = xy.floor()
    fraction = xy - corner
    near = torch.stack([1 - fraction, fraction], -2)  # [B, Q, H, L, P, 2 (near, far), 2 (x, y)]
    at = torch.stack([corner, corner + 1], -2)
    inside = (at >= 0) & (at < wh[:, :, None])
    near = near * inside
    at = torch.minimum(at.clamp(min=0), wh[:, :, None] - 1)
    share = near[..., :, None, 1] * near[..., None, :, 0]  # [..., 2 (y), 2 (x)]
    share = share * weights[..., None, None]
    starts = locations.new_tensor(shapes.starts)[:, None, None, None]
    token = at[..., :, None, 1] * wh[:, :, None, :1] + at[..., None, :, 0] + starts
    head = torch.arange(heads, device=values.device)[:, None, None, None, None]
    image = torch.arange(batch, device=values.device)[:, None, None, None, None, None, None]
    rows = (token.long() + image * tokens) * heads + head
    fetched = values.reshape(-1, channels).index_select(0, rows.flatten())
    fetched = fetched.view(batch * count * heads, -1, channels)
    flat = share.reshape(batch * count * heads, 1, -1).to(values.dtype)
    return torch.bmm(flat, fetched).view(batch, count, heads * channels)
