"""Multi-scale deformable attention (Zhu et al., Deformable DETR, ICLR 2021, section 4.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.fused_sampling import fused_sampling
from clickpose_app.network.level_shapes import LevelShapes, Sizes
from clickpose_app.network.linear import Linear

# On a processor a bag of corners a query and head takes a third of grid_sample's time; elsewhere
# only below this many samples, where grid_sample's set-up counts, which touches every level.
_GATHER_LIMIT = 200_000
_QUERIES_AT_A_TIME = 512
# Numbers that fill the widest registers there are; torch's softmax of fewer goes one by one.
_WIDE = 16


class DeformableAttention(nn.Module):
    """Each query looks at a few learned places around its reference, on every level.

    Shapes: B batch, Q queries, S tokens, D width, H heads, L levels, P points a level.
    """

    def __init__(self, d_model: int, heads: int, levels: int, points: int) -> None:
        super().__init__()
        self.heads, self.levels, self.points = heads, levels, points
        samples = heads * levels * points
        self.sampling_offsets = Linear(d_model, samples * 2)
        self.attention_weights = Linear(d_model, samples)
        self.value_proj = Linear(d_model, d_model)
        self.output_proj = Linear(d_model, d_model)
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
        weights = shares(self.attention_weights(queries).view(*form[:3], -1)).view(form)
        centres = self._each_point(references[..., :2])
        if references.shape[-1] == 2:
            reach = self._each_point(1 / shapes.wh(references)[None, None])
        else:
            reach = self._each_point(references[..., 2:] * (0.5 / self.points))
        locations = (centres + offsets.flatten(3) * reach).view(*form, 2)
        out: Tensor = self.output_proj(_sample(values, locations, weights, shapes))
        return out

    def _each_point(self, levels: Tensor) -> Tensor:
        """Repeat what holds for each level [..., L, 2] for its points [..., 1, L * P * 2].

        Written out, because broadcasting over pairs of numbers takes ten times as long.
        """
        points = levels[..., None, :].expand(*levels.shape[:-1], self.points, 2)
        return points.flatten(-3)[..., None, :]


def shares(logits: Tensor) -> Tensor:
    """A softmax over the last axis, for which torch takes four times as long for a few numbers."""
    plain = torch.is_grad_enabled() or logits.device.type != "cpu"
    if plain or logits.shape[-1] >= _WIDE:
        return logits.softmax(-1)
    raised = (logits - logits.amax(-1, keepdim=True)).exp_()
    return raised.div_(raised.sum(-1, keepdim=True))


def _sample(values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
    """grid_sample() in the way that suits."""
    if torch.is_grad_enabled():
        return grid_sample(values, locations, weights, shapes)
    fused = fused_sampling(values.device, grid_sample)
    if fused is not None:
        return fused(values, locations, weights, shapes)
    if weights.numel() > _GATHER_LIMIT and values.device.type != "cpu":
        return grid_sample(values, locations, weights, shapes)
    # The corners of a few queries at a time stay in the cache.
    sums = [
        gather_sample(values, places, part, shapes)
        for places, part in zip(
            torch.split(locations, _QUERIES_AT_A_TIME, 1),
            torch.split(weights, _QUERIES_AT_A_TIME, 1),
            strict=True,
        )
    ]
    return sums[0] if len(sums) == 1 else torch.cat(sums, 1)


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
    batch, heads = weights.shape[0], weights.shape[2]
    parts = torch.split(values, [h * w for h, w in shapes.sizes], dim=1)
    planes = [
        part.permute(0, 2, 3, 1).reshape(batch * heads, -1, height, width)
        for (height, width), part in zip(shapes.sizes, parts, strict=True)
    ]
    return _sample_planes(planes, locations, weights)


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
    """The same as grid_sample, by summing up just the corners needed: for inference.

    A point is sampled from two neighbouring cells an axis, each with the share 1 - |distance|
    where that is positive. At the rim these are the outermost two, so what lies outside gets
    nothing without having to be asked for. One corner of all points of a query and head is
    a bag of an embedding_bag(), which adds them up as it reads them.
    """
    batch, _, heads, _ = values.shape
    count, points = weights.shape[1], weights.shape[-1]
    grid = _level_grid(shapes.sizes, points, heads, locations.device)
    # Axes first and samples last, so that every operation runs along contiguous numbers.
    flat = locations.reshape(batch * count, -1, 2).movedim(-1, 0)
    xy = torch.addcmul(grid.half_back, flat, grid.wh)
    summed = sum_corners(values, xy, weights.reshape(batch * count, -1), shapes)
    return summed.view(batch, count, -1)


def sum_corners(values: Tensor, xy: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
    """The second half of gather_sample().

    Args:
        values: [B, S, H, C].
        xy: where, in cells of each level from the centre of its first [2, B * Q, H * L * P].
        weights: [B * Q, H * L * P].
        shapes: of the L levels.

    Returns:
        [B * Q, H * C].
    """
    batch, tokens, heads, channels = values.shape
    queries, samples = weights.shape
    grid = _level_grid(shapes.sizes, samples // heads // len(shapes), heads, xy.device)
    near = torch.clamp(xy.floor(), grid.first, grid.last)
    shares = (grid.there - ((xy - near)[:, None] - grid.steps).abs_()).clamp_(min=0)
    rows = torch.addcmul(grid.starts, near[1], grid.row).add_(near[0], alpha=heads)
    if batch > 1:
        image = torch.arange(batch, device=values.device).repeat_interleave(queries // batch)
        rows = rows + (image * (tokens * heads))[:, None]
    # Laid out before they are filled, or torch would take another order.
    corners = (2, 2, queries, samples)  # y, x
    index = torch.empty(corners, dtype=torch.int32, device=values.device)
    torch.add(rows.int(), grid.corners, out=index)
    share = xy.new_empty(corners)
    torch.mul((shares[1] * weights)[:, None], shares[0], out=share)
    bags = 4 * queries * heads, samples // heads
    found = F.embedding_bag(
        index.view(bags),
        values.reshape(-1, channels),
        mode="sum",
        per_sample_weights=share.to(values.dtype).view(bags),
    )
    # Additions, because torch's sum() takes four times as long in bfloat16.
    first, second, third, fourth = found.view(4, queries, -1).unbind()
    return (first + second).add_(third + fourth)


@dataclass(frozen=True, slots=True, eq=False)
class _LevelGrid:
    """The levels as gather_sample() needs them, once for each sample of a query.

    Rows of the table that is gathered from are cells times heads.

    Attributes:
        half_back: half a cell back, from corners of cells to their centres.
        wh: width and height in cells [2, 1, H * L * P].
        first: the first cell, zero.
        last: the last cell that has a neighbour behind it [2, 1, H * L * P].
        steps: from the near cell to itself and to the far one [2, 1, 1].
        there: 0 for the far one where a level is one cell wide or high, else 1
            [2, 2 (near, far), 1, H * L * P].
        starts: the row of the level's first token and of each head [H * L * P].
        row: rows of the table that a row of cells takes [H * L * P].
        corners: rows from the near corner to each of the four [2 (y), 2 (x), 1, H * L * P].
    """

    half_back: Tensor
    wh: Tensor
    first: Tensor
    last: Tensor
    steps: Tensor
    there: Tensor
    starts: Tensor
    row: Tensor
    corners: Tensor


@lru_cache(maxsize=64)
def _level_grid(sizes: Sizes, points: int, heads: int, device: torch.device) -> _LevelGrid:
    # float32 counts rows exactly up to 16 million: two million cells of eight heads.
    sides = torch.tensor([(w, h) for h, w in sizes], dtype=torch.float32, device=device)
    wh = sides.repeat_interleave(points, 0).T.repeat(1, heads)[:, None].contiguous()
    has_far = (wh > 1).float()
    first = torch.tensor(LevelShapes(sizes).starts, dtype=torch.float32, device=device)
    head = torch.arange(heads, dtype=torch.float32, device=device)[:, None]
    row = wh[0, 0] * heads
    none = torch.zeros_like(row)
    below, beside = torch.stack([none, row * has_far[1, 0]]), torch.stack([none, has_far[0, 0]])
    return _LevelGrid(
        torch.tensor(-0.5, device=device),
        wh,
        torch.zeros((), device=device),
        (wh - 2).clamp_(min=0),
        torch.tensor([0.0, 1.0], device=device)[:, None, None],
        torch.stack([torch.ones_like(wh), has_far], 1),
        (first.repeat_interleave(points) * heads + head).flatten(),
        row,
        (below[:, None] + beside * heads)[:, :, None].int(),
    )
