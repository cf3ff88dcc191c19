"""The pose layers as they answer a click: what Decoder.place_keypoints() computes, in fewer steps.

A person is 18 tokens, and for so little an operation costs more to call than to compute. So
what multiplies the same features is joined into one product, all that depends on the weights
alone is made once, and references and heat maps are brought into the form that the sampling
wants in one step. For inference only; the decoder itself is what learns, and what tests hold
this to. Of a wide decoder the products with its matrices may be in bfloat16; what they are added
to, references, and the heads that move them stay in float32.

Shapes: B images, N people, P = B * N, T = 1 + K tokens a person, D width, R = P * T rows,
H heads, L levels, S samples a level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.decoder import Decoder, DecoderLayer, LayerOutput, PoseQueries, View
from clickpose_app.network.deformable_attention import shares, sum_corners
from clickpose_app.network.heads import MLP, logit
from clickpose_app.network.heat_maps import GRID, LARGEST_LOGIT, HeatMaps, HeatReader
from clickpose_app.network.linear import Linear, Product
from clickpose_app.network.steps import LEAST_SIZE, step_box, step_points

_TEMPERATURE = 10000.0


class JoinedPoseLayers:
    """The pose layers of a decoder, with its weights as they are now.

    Args:
        decoder: on the device where it computes; it may go on learning without these knowing.
        dtype: that wide matrices are multiplied in, torch.float32 or torch.bfloat16.
    """

    def __init__(self, decoder: Decoder, dtype: torch.dtype = torch.float32) -> None:
        start = decoder.box_layers
        layers = decoder.decoder_layers[start:]
        readers = [r for r in decoder.heat_readers or () if isinstance(r, HeatReader)]
        self._relative = decoder.relative
        self._size = decoder.keypoint_size.detach().sigmoid()
        self._position = _JoinedPosition(decoder, dtype)
        biases = [decoder.attention_bias(i) for i in range(len(layers))]
        self._layers = [
            _JoinedLayer(layer, None if bias is None else bias.detach(), dtype)
            for layer, bias in zip(layers, biases, strict=True)
        ]
        self._readers = [_JoinedReader(reader) for reader in readers]
        self._norm = _Norm(decoder.norm)
        self._moves, self._plain = [], []
        for i in range(len(layers)):
            last = i == len(layers) - 1
            moves = [decoder.box_heads[start + i], decoder.pose_heads[i]]
            moves += [] if last else [decoder.pose_size_head]
            heads = [head for head in moves if isinstance(head, MLP)]
            self._moves.append(_JoinedMLPs(heads))
            asked = [decoder.class_heads[-1], decoder.quality_head, decoder.visibility_head]
            judges = [head for head in asked if isinstance(head, Linear)] if last else []
            judges += [reader.trust for reader in readers[i : i + 1]]
            self._plain.append(Product.of(*judges) if judges else None)
            self._outputs = [judge.out_features for judge in judges]
        self._judges = decoder.quality_head is not None, decoder.visibility_head is not None

    def place(self, queries: PoseQueries, views: list[View], heat: HeatMaps | None) -> LayerOutput:
        """What the last pose layer predicts; see Decoder.place_keypoints()."""
        x = queries.content.flatten(0, 1).clone()
        box, xy = queries.boxes, queries.keypoints
        free = None if queries.pinned is None else (~queries.pinned)[..., None].float()
        size = box[:, :, None, 2:] * self._size
        frame = _Frame(views[0], self._layers[0].points, self._layers[0].heads)
        plain = x
        for number, (layer, view) in enumerate(zip(self._layers, views, strict=True)):
            references = torch.cat([box[:, :, None], torch.cat([xy, size], -1)], 2)
            step: Tensor | None = None
            if heat is not None and self._readers:
                seen, step = self._readers[number](heat, xy, box)
                x[:, 1:] += seen.flatten(0, 1)
            x = layer(x, self._position(references, frame), references, frame, view)
            last = number == len(self._layers) - 1
            if last:
                x = self._norm(x)
            moves = self._moves[number](x).view(-1, *references.shape)  # [heads, B, N, T, 4]
            judge = self._plain[number]
            if judge is not None:
                plain = judge(x).view(*references.shape[:3], -1)
            delta = moves[1, :, :, 1:, :2]
            if step is not None:
                delta = delta + step * plain[:, :, 1:, -1:].sigmoid()
            if free is not None:
                delta = delta * free
            if not last:
                size = (logit(size) + moves[2, :, :, 1:, :2]).sigmoid()
            xy = step_points(xy, delta, box, self._relative)
            box = step_box(box, moves[0, :, :, 0], self._relative)
        return self._output(plain, box, xy)

    def _output(self, plain: Tensor, box: Tensor, xy: Tensor) -> LayerOutput:
        parts = list(torch.split(plain, self._outputs, -1))
        logits = parts.pop(0)[:, :, 0]
        quality = parts.pop(0)[:, :, 1:, 0] if self._judges[0] else None
        visibility = parts.pop(0)[:, :, 1:] if self._judges[1] else None
        return LayerOutput(logits, box, xy, quality, visibility)


class _Frame:
    """How references in 0..1 of an image lie in what the decoder looks at.

    Attributes:
        ratio: of the image in the padded level 0 [B, 1, 1, 4].
        scale: from references to cells of each level [4, B or 1, H * L * S].
    """

    def __init__(self, view: View, points: int, heads: int) -> None:
        ratios = view.valid_ratios
        pair = torch.cat([ratios, ratios], -1)
        self.ratio = pair[:, 0, None, None]
        sides = view.shapes.wh(ratios)
        cells = pair * torch.cat([sides, sides], -1)  # [B, L, 4]
        self.scale = cells.repeat_interleave(points, 1).repeat(1, heads, 1).permute(2, 0, 1)


class _JoinedPosition:
    """Position queries of references, in the image and in the frame of the person's box."""

    def __init__(self, decoder: Decoder, dtype: torch.dtype) -> None:
        heads = [decoder.reference_head]
        heads += [] if decoder.frame_head is None else [decoder.frame_head]
        first, second = ([_linear(head, i) for head in heads] for i in (0, 1))
        d = first[0].out_features
        # References come as x, y, w, h; the weights know y, x, w, h.
        order = torch.arange(2 * d).view(4, -1)[[1, 0, 2, 3]].flatten()
        weights = [layer.weight.detach()[:, order] for layer in first]
        biases = [layer.bias.detach() for layer in first]
        # One alone can be packed; two are quicker in one product.
        alone = len(first) == 1
        self._first = (
            Product(weights[0], biases[0], dtype) if alone else _SideBySide(weights, biases)
        )
        weight = torch.cat([layer.weight.detach() for layer in second], 1)
        bias = torch.stack([layer.bias.detach() for layer in second]).sum(0)
        self._second = Product(weight, bias, dtype)
        exponent = torch.arange(0, d // 2, 2, device=weight.device) / (d // 2)
        frequency = 2 * math.pi / _TEMPERATURE**exponent
        self._frequency = frequency.repeat_interleave(2)
        # A cosine is a sine a quarter further on.
        self._phase = torch.tensor([0.0, math.pi / 2], device=weight.device).repeat(d // 4)

    def __call__(self, references: Tensor, frame: _Frame) -> Tensor:
        """Position queries [P, T, D] of references [B, N, T, 4]."""
        frames = (references * frame.ratio)[None]
        first = self._first
        if isinstance(first, _SideBySide):
            frames = torch.cat([frames, _inside(references)[None]])
        angle = torch.addcmul(self._phase, frames[..., None], self._frequency).sin_()
        rows = angle.flatten(-2).flatten(1, -2)
        if isinstance(first, _SideBySide):
            flat = first(rows).relu_().transpose(0, 1).flatten(1)
        else:
            flat = first(rows[0], "relu")
        return self._second(flat).view(-1, references.shape[2], self._second.outputs)


def _inside(references: Tensor) -> Tensor:
    """References [B, N, T, 4] in the frame of the first, as in Decoder; 0.25..0.75 is the box."""
    box = references[:, :, :1]
    side = box[..., 2:].clamp(min=LEAST_SIZE)
    centre = (references[..., :2] - box[..., :2]) / (2 * side) + 0.5
    return torch.cat([centre, references[..., 2:] / side], -1).clamp_(0, 1)


class _JoinedLayer:
    """A DecoderLayer with one product for what it has two of.

    Args:
        layer: whose weights it takes.
        bias: of the tokens' attention to each other, as Decoder.attention_bias() says.
        dtype: as for JoinedPoseLayers.
    """

    def __init__(self, layer: DecoderLayer, bias: Tensor | None, dtype: torch.dtype) -> None:
        self._bias = bias
        own, cross = layer.self_attn, layer.cross_attn
        d = own.out_proj.in_features
        weight, bias = own.in_proj_weight.detach(), own.in_proj_bias.detach()
        self.heads, self.points = own.heads, cross.points
        self._query_key = Product(weight[: 2 * d], bias[: 2 * d], dtype)
        self._value = Product(weight[2 * d :], bias[2 * d :], dtype)
        plain = own.out_proj, cross.output_proj, layer.linear1, layer.linear2
        products = [Product.of(linear, dtype=dtype) for linear in plain]
        self._out, self._looked_out, self._wide, self._narrow = products
        self._norms = [_Norm(norm) for norm in (layer.norm2, layer.norm1, layer.norm3)]
        # Steps x, steps y, weights, each [H, L * S]; what each step is a share of comes along.
        offsets = cross.sampling_offsets
        size = (self.heads, cross.levels * cross.points, 2)
        rows = offsets.weight.detach().view(*size, d).permute(2, 0, 1, 3).reshape(-1, d)
        shift = offsets.bias.detach().view(size).permute(2, 0, 1).flatten()
        share = 0.5 / cross.points
        weights = cross.attention_weights
        self._look = Product(
            torch.cat([rows * share, weights.weight.detach()]),
            torch.cat([shift * share, weights.bias.detach()]),
            dtype,
        )

    def __call__(
        self, x: Tensor, position: Tensor, references: Tensor, frame: _Frame, view: View
    ) -> Tensor:
        """As DecoderLayer: x [P, T, D], position likewise, references [B, N, T, 4]."""
        people, tokens, d = x.shape
        split = (people, tokens, -1, self.heads, d // self.heads)
        pair = self._query_key(x + position).view(split).permute(2, 0, 3, 1, 4)
        value = self._value(x).view(split)[:, :, 0].transpose(1, 2)
        own = F.scaled_dot_product_attention(pair[0], pair[1], value, attn_mask=self._bias)
        x = self._norms[0](x + self._out(own.transpose(1, 2).flatten(2)))
        looked = self._looked((x + position).view(-1, d), references, frame, view)
        x = self._norms[1](x + looked.view(people, tokens, d))
        return self._norms[2](x + self._narrow(self._wide(x, "relu")))

    def _looked(self, rows: Tensor, references: Tensor, frame: _Frame, view: View) -> Tensor:
        """Cross-attention of queries [R, D]."""
        count = rows.shape[0]
        asked = self._look(rows).view(count, 3, -1)
        scale = frame.scale
        if scale.shape[1] > 1:
            scale = scale.repeat_interleave(count // scale.shape[1], 1)
        placed = references.view(-1, 4).T[:, :, None] * scale  # [4, R, H * L * S]
        xy = torch.addcmul(placed[:2] - 0.5, asked[:, :2].transpose(0, 1), placed[2:])
        weights = shares(asked[:, 2].view(count, self.heads, -1)).flatten(1)
        summed = sum_corners(view.values, xy, weights, view.shapes)
        return self._looked_out(summed.to(rows.dtype))


class _Norm:
    """A LayerNorm by itself."""

    def __init__(self, norm: nn.LayerNorm) -> None:
        self._asked = (
            tuple(norm.normalized_shape),
            norm.weight.detach().clone(),
            norm.bias.detach().clone(),
        )
        self._eps = norm.eps

    def __call__(self, x: Tensor) -> Tensor:
        """[..., D] to [..., D]."""
        return F.layer_norm(x, *self._asked, self._eps)


class _JoinedReader:
    """A HeatReader with what it makes of its weights made once."""

    def __init__(self, reader: HeatReader) -> None:
        weight, bias = reader.embed.weight.detach(), reader.embed.bias.detach()
        axis = torch.linspace(-1, 1, GRID, device=weight.device)
        self._grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).flatten(0, 1)
        self._far = -reader.prior.detach()[:, None] * self._grid.square().sum(-1)
        self._sharpness = reader.sharpness.detach().exp()[:, None]
        # What is read is raised by the largest logit, which the weights take back.
        self._embed = Product(weight / LARGEST_LOGIT, bias - weight.sum(1))
        self._reach = reader.reach

    def __call__(self, maps: HeatMaps, keypoints: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """As HeatReader: the content [B, N, K, D] of what is seen, and the step."""
        batch, people, k, _ = keypoints.shape
        height, width = maps.raised.shape[-2:]
        cells = maps.valid_ratio * maps.valid_ratio.new_tensor([width, height])
        sides = boxes[..., 2:] * cells[:, None]
        unit = sides.prod(-1, keepdim=True).sqrt() * self._reach / sides.clamp(min=1e-3)
        twice = 2 * maps.valid_ratio[:, None]
        centres = (keypoints * twice[:, None] - 1)[..., None, :]
        reach = (unit * boxes[..., 2:] * twice)[:, :, None, None]
        at = torch.addcmul(centres, self._grid, reach).transpose(1, 2)  # [B, K, N, GRID^2, 2]
        planes = maps.raised.view(batch * k, 1, height, width)
        seen = F.grid_sample(planes, at.flatten(0, 1), align_corners=False)
        seen = seen.view(batch, k, people, -1).transpose(1, 2)
        # A softmax does not notice what all its scores are raised by.
        shares = torch.addcmul(self._far, seen, self._sharpness).softmax(-1)
        return self._embed(seen), (shares @ self._grid) * unit[:, :, None]


class _JoinedMLPs:
    """Several MLPs of three layers on the same rows; those of fewer outputs give zeros more."""

    def __init__(self, heads: list[MLP]) -> None:
        first, second, third = ([_linear(head, i) for head in heads] for i in range(3))
        self._first = Product.of(*first)
        self._second, self._third = (
            _SideBySide([each.weight for each in layers], [each.bias for each in layers])
            for layers in (second, third)
        )
        self._count = len(heads)

    def __call__(self, x: Tensor) -> Tensor:
        """Of [P, T, D]: [heads, R, 4]."""
        hidden = self._first(x.flatten(0, 1), "relu")
        rows = hidden.view(hidden.shape[0], self._count, -1).transpose(0, 1)
        return self._third(self._second(rows).relu_())


class _SideBySide:
    """Several layers, each with rows of its own, in one product.

    Args:
        weights: of each [outputs, inputs]; who has fewer outputs gives zeros behind them.
        biases: of each [outputs].
    """

    def __init__(self, weights: Sequence[Tensor], biases: Sequence[Tensor]) -> None:
        most = max(len(bias) for bias in biases)
        self._weights = torch.stack([_padded(weight.detach().T, most) for weight in weights])
        self._biases = torch.stack([_padded(bias.detach()[None], most) for bias in biases])

    def __call__(self, rows: Tensor) -> Tensor:
        """[layers, R, inputs] to [layers, R, outputs]."""
        return torch.baddbmm(self._biases, rows, self._weights)


def _padded(columns: Tensor, width: int) -> Tensor:
    """[..., up to width] with zeros behind [..., width]."""
    return F.pad(columns, (0, width - columns.shape[-1]))


def _linear(head: MLP, index: int) -> Linear:
    layer = head.layers[index]
    assert isinstance(layer, Linear)
    return layer
