"""From backbone maps to memory: input projections and the deformable encoder."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.convolution import Convolution
from clickpose_app.network.deformable_attention import DeformableAttention
from clickpose_app.network.heads import grid_embedding
from clickpose_app.network.level_shapes import LevelShapes
from clickpose_app.network.linear import Linear

# The wide features of more at a time would be new pages of memory, which cost as much as what is
# computed in them.
_TOKENS_AT_A_TIME = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """Tokens of all levels of a batch of images, flattened and side by side.

    Shapes: B images, S tokens, L levels, D width.

    Attributes:
        tokens: [B, S, D].
        padding: [B, S], True where a token lies in padding; None if none does.
        shapes: of the L levels.
        valid_ratios: share of each level that is image and not padding [B, L, 2] (w, h).
    """

    tokens: Tensor
    padding: Tensor | None
    shapes: LevelShapes
    valid_ratios: Tensor

    def float(self) -> Pyramid:
        """The same with tokens in float32."""
        return Pyramid(self.tokens.float(), self.padding, self.shapes, self.valid_ratios)

    def of_image(self, index: int) -> Pyramid:
        """That of one image of the batch, with memory of its own."""
        at = slice(index, index + 1)
        padding = None if self.padding is None else self.padding[at]
        return Pyramid(self.tokens[at].clone(), padding, self.shapes, self.valid_ratios[at])

    def without_tokens(self) -> Pyramid:
        """The shapes alone."""
        batch, _, width = self.tokens.shape
        nothing = self.tokens.new_empty(batch, 0, width)
        return Pyramid(nothing, self.padding, self.shapes, self.valid_ratios)


def valid_ratio(padding: Tensor) -> Tensor:
    """Share [B, 2] (w, h) of a level that is image, from its mask [B, H, W]."""
    valid = ~padding
    height, width = padding.shape[1:]
    return torch.stack([valid[:, 0].sum(1) / width, valid[:, :, 0].sum(1) / height], -1)


def resize_mask(padding: Tensor, size: tuple[int, int]) -> Tensor:
    """A padding mask [B, H, W] at the size of a level, by nearest neighbour."""
    return F.interpolate(padding[:, None].float(), size=size)[:, 0].bool()


class InputProjection(nn.Module):
    """Backbone maps to one width; further levels by striding on from the last map.

    Args:
        channels: of the backbone maps that are used.
        levels: L, at least as many as there are maps.
        d_model: D.
    """

    def __init__(self, channels: tuple[int, ...], levels: int, d_model: int) -> None:
        super().__init__()
        self.levels = nn.ModuleList()
        inputs = channels[-1]
        for level in range(levels):
            if level < len(channels):
                convolution = Convolution(channels[level], d_model)
            else:
                convolution = Convolution(inputs, d_model, 3, 2)
                inputs = d_model
            nn.init.xavier_uniform_(convolution.weight)
            assert convolution.bias is not None
            nn.init.zeros_(convolution.bias)
            self.levels.append(nn.Sequential(convolution, nn.GroupNorm(32, d_model)))

    def forward(self, maps: list[Tensor]) -> list[Tensor]:
        """Maps [B, channels[i], H_i, W_i] to L maps [B, D, H_i, W_i], each half the last."""
        out: list[Tensor] = []
        for level, projection in enumerate(self.levels):
            # The first extra level strides on from the raw last map, the next ones from it.
            source = maps[level] if level < len(maps) else maps[-1]
            if level > len(maps):
                source = out[-1]
            out.append(projection(source))
        return out


class EncoderLayer(nn.Module):
    """Deformable self-attention and a feed-forward block, each followed by its norm."""

    def __init__(
        self, d_model: int, heads: int, levels: int, points: int, feedforward: int
    ) -> None:
        super().__init__()
        self.self_attn = DeformableAttention(d_model, heads, levels, points)
        self.norm1 = nn.LayerNorm(d_model)
        self.linear1 = Linear(d_model, feedforward)
        self.linear2 = Linear(feedforward, d_model)
        self.norm2 = nn.LayerNorm(d_model)

    def forward(self, x: Tensor, position: Tensor, references: Tensor, pyramid: Pyramid) -> Tensor:
        """Tokens [B, S, D] to tokens [B, S, D]; references [B, S, L, 2]."""
        values = self.self_attn.project(x, pyramid.padding)
        x = self.norm1(x + self.self_attn(x + position, references, values, pyramid.shapes))
        if torch.is_grad_enabled() or x.device.type != "cpu":
            return self._fed_forward(x)
        parts = [self._fed_forward(part) for part in torch.split(x, _TOKENS_AT_A_TIME, 1)]
        return parts[0] if len(parts) == 1 else torch.cat(parts, 1)

    def _fed_forward(self, x: Tensor) -> Tensor:
        """The feed-forward block of tokens [B, N, D], each for itself."""
        out: Tensor = self.norm2(x + self.linear2(self.linear1(x, "relu")))
        return out


class Encoder(nn.Module):
    """Tokens of all levels look at each other."""

    def __init__(self, layers: list[EncoderLayer], levels: int, d_model: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.level_embed = nn.Parameter(torch.randn(levels, d_model))

    def forward(self, maps: list[Tensor], padding: Tensor | None) -> Pyramid:
        """Projected maps [B, D, H_i, W_i] and the image's mask [B, H, W] to memory."""
        pyramid, masks = flatten(maps, padding)
        d_model = pyramid.tokens.shape[-1]
        # Without padding all images of a batch share one embedding.
        different = slice(None) if pyramid.padding is not None else slice(1)
        position = torch.cat(
            [
                grid_embedding(mask[different], d_model).flatten(2).transpose(1, 2)
                + self.level_embed[level]
                for level, mask in enumerate(masks)
            ],
            1,
        )
        references = token_centres(pyramid)[:, :, None] * pyramid.valid_ratios[:, None]
        x = pyramid.tokens
        for layer in self.layers:
            x = layer(x, position, references, pyramid)
        return Pyramid(x, pyramid.padding, pyramid.shapes, pyramid.valid_ratios)


def flatten(maps: list[Tensor], padding: Tensor | None) -> tuple[Pyramid, list[Tensor]]:
    """Maps side by side as tokens, with the mask [B, H_i, W_i] of each level."""
    shapes = LevelShapes(tuple((m.shape[2], m.shape[3]) for m in maps))
    batch, device = maps[0].shape[0], maps[0].device
    if padding is None:
        masks = [
            torch.zeros(batch, *size, dtype=torch.bool, device=device) for size in shapes.sizes
        ]
        flat_mask = None
    else:
        masks = [resize_mask(padding, size) for size in shapes.sizes]
        flat_mask = torch.cat([mask.flatten(1) for mask in masks], 1)
    tokens = torch.cat([m.flatten(2).transpose(1, 2) for m in maps], 1)
    ratios = torch.stack([valid_ratio(mask) for mask in masks], 1)
    return Pyramid(tokens, flat_mask, shapes, ratios), masks


def join(pyramid: Pyramid, other: Pyramid, embedding: Tensor) -> Pyramid:
    """The levels of both; embedding [D] is added to the tokens of the other."""
    tokens = torch.cat([pyramid.tokens, (other.tokens + embedding).to(pyramid.tokens.dtype)], 1)
    padding = None
    if pyramid.padding is not None and other.padding is not None:
        padding = torch.cat([pyramid.padding, other.padding], 1)
    shapes = LevelShapes((*pyramid.shapes.sizes, *other.shapes.sizes))
    ratios = torch.cat([pyramid.valid_ratios, other.valid_ratios], 1)
    return Pyramid(tokens, padding, shapes, ratios)


def token_centres(pyramid: Pyramid) -> Tensor:
    """Centre of each token [B, S, 2] (x, y) in 0..1 of the image without its padding."""
    centres = []
    for level, (height, width) in enumerate(pyramid.shapes.sizes):
        ratio = pyramid.valid_ratios[:, level, None]  # [B, 1, 2]
        y = torch.arange(height, device=ratio.device, dtype=torch.float32) + 0.5
        x = torch.arange(width, device=ratio.device, dtype=torch.float32) + 0.5
        grid = torch.stack(torch.meshgrid(x, y, indexing="xy"), -1).flatten(0, 1)
        centres.append(grid / (ratio * ratio.new_tensor([width, height])))
    return torch.cat(centres, 1)
