"""The decoder: box layers find people, pose layers place their keypoints.

Shapes: B images, Q proposals, N people, K keypoints, D width, C classes, L levels.
In the pose layers a person is a group of 1 + K queries, the box first; groups never
attend to each other, so one person can be refined alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.config import ModelConfig
from clickpose_app.network.corrections import LinkedCorrections
from clickpose_app.network.deformable_attention import DeformableAttention
from clickpose_app.network.expected_errors import ExpectedErrors
from clickpose_app.network.heads import MLP, class_head, logit, reference_embedding, start_at_zero
from clickpose_app.network.heat_maps import FIRST_REACH, HeatMaps, HeatReader
from clickpose_app.network.level_shapes import LevelShapes
from clickpose_app.network.linear import Linear
from clickpose_app.network.queries import Proposals
from clickpose_app.network.skeleton_attention import SkeletonBias
from clickpose_app.network.steps import LEAST_SIZE, step_box, step_points

# Corrections are a few hundredths of a box; the scale brings them to the size of features.
_MOVED_SCALE = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What the decoder looks at: values of one decoder layer and how to read them.

    Attributes:
        values: [B, S, H, D / H], projected for that layer.
        shapes: of the levels in values.
        valid_ratios: [B, L, 2] (w, h).
    """

    values: Tensor
    shapes: LevelShapes
    valid_ratios: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class LayerOutput:
    """Predictions of one decoder layer.

    Attributes:
        logits: [B, N, C].
        boxes: [B, N, 4] cxcywh in 0..1.
        keypoints: [B, N, K, 2] in 0..1; None in box layers.
        quality: logits of each keypoint's expected OKS [B, N, K]; None without that head.
        visibility: logits of outside, hidden, visible [B, N, K, 3]; None likewise.
    """

    logits: Tensor
    boxes: Tensor
    keypoints: Tensor | None = None
    quality: Tensor | None = None
    visibility: Tensor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PoseQueries:
    """People about to enter the pose layers.

    Attributes:
        content: [B, N, 1 + K, D].
        boxes: box references [B, N, 4], cxcywh.
        keypoints: keypoint references [B, N, K, 2].
        pinned: keypoints that must not move [B, N, K]; None when none must.
    """

    content: Tensor
    boxes: Tensor
    keypoints: Tensor
    pinned: Tensor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """What a pose layer read in the heat maps: as features, and as a step in box units."""

    reader: HeatReader
    content: Tensor
    step: Tensor


class SelfAttention(nn.Module):
    """Multi-head attention with the parameter layout of nn.MultiheadAttention."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * d_model, d_model))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * d_model))
        self.out_proj = Linear(d_model, d_model)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def forward(
        self,
        x: Tensor,
        position: Tensor,
        blocked: Tensor | None = None,
        bias: Tensor | None = None,
    ) -> Tensor:
        """Every query of x [G, N, D] attends to all N, or to those that are not blocked.

        Args:
            x: the queries.
            position: [G, N, D], not in the values.
            blocked: [G, N, N], True where the query of a row may not look at that of a column.
            bias: [heads, N, N], how much more it looks there; not together with blocked.
        """
        d_model = x.shape[-1]
        query_key = F.linear(
            x + position, self.in_proj_weight[: 2 * d_model], self.in_proj_bias[: 2 * d_model]
        )
        value = F.linear(x, self.in_proj_weight[2 * d_model :], self.in_proj_bias[2 * d_model :])
        query, key = torch.split(query_key, d_model, -1)
        query, key, value = (
            torch.unflatten(part, -1, (self.heads, -1)).transpose(1, 2)
            for part in (query, key, value)
        )
        out = _attend(query, key, value, blocked, bias)
        result: Tensor = self.out_proj(out.transpose(1, 2).flatten(2))
        return result


class DecoderLayer(nn.Module):
    """Self-attention, deformable cross-attention, feed-forward; norms named as published."""

    def __init__(
        self, d_model: int, heads: int, levels: int, points: int, feedforward: int
    ) -> None:
        super().__init__()
        self.self_attn = SelfAttention(d_model, heads)
        self.norm2 = nn.LayerNorm(d_model)
        self.cross_attn = DeformableAttention(d_model, heads, levels, points)
        self.norm1 = nn.LayerNorm(d_model)
        self.linear1 = Linear(d_model, feedforward)
        self.linear2 = Linear(feedforward, d_model)
        self.norm3 = nn.LayerNorm(d_model)

    def forward(
        self,
        x: Tensor,
        position: Tensor,
        references: Tensor,
        view: View,
        blocked: Tensor | None = None,
        bias: Tensor | None = None,
    ) -> Tensor:
        """Queries in G groups that only see themselves.

        Args:
            x: [B, G, N, D].
            position: [B, G, N, D].
            references: [B, G, N, 4].
            view: of the image.
            blocked: [B * G, N, N], as for SelfAttention; bias likewise.
            bias: [heads, N, N].
        """
        groups, flat = x.flatten(0, 1), x.flatten(1, 2)
        attended = self.self_attn(groups, position.flatten(0, 1), blocked, bias).view_as(flat)
        flat = self.norm2(flat + attended)
        scale = view.valid_ratios.repeat(1, 1, 2)[:, None]
        scaled = references.flatten(1, 2)[:, :, None] * scale
        looked = self.cross_attn(flat + position.flatten(1, 2), scaled, view.values, view.shapes)
        flat = self.norm1(flat + looked)
        out: Tensor = self.norm3(flat + self.linear2(self.linear1(flat, "relu")))
        return out.view_as(x)


class Decoder(nn.Module):
    """Box layers, expansion to keypoints, pose layers, and all their heads."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        d, k = config.d_model, config.keypoints
        levels = config.feature_levels + config.fine_level
        self.box_layers, self.groups = config.box_layers, config.groups
        self.relative = config.relative_steps
        self.layers = nn.ModuleList(
            DecoderLayer(d, config.heads, levels, config.decoder_points, config.feedforward)
            for _ in range(config.decoder_layers)
        )
        self.norm = nn.LayerNorm(d)
        self.reference_head = MLP(2 * d, d, d)
        self.keypoint_size = nn.Parameter(torch.zeros(k, 2))
        rows = k if config.shared_keypoint_content else config.groups * k
        self.keypoint_content = nn.Parameter(torch.randn(rows, d))
        self.class_heads = nn.ModuleList(
            class_head(d, config.classes) for _ in range(config.decoder_layers)
        )
        self.box_heads = nn.ModuleList(
            start_at_zero(MLP(d, d, d, 4)) for _ in range(config.decoder_layers)
        )
        # As published, the last one is the initialiser of the keypoints.
        self.pose_heads = nn.ModuleList(
            start_at_zero(MLP(d, d, d, 2)) for _ in range(config.pose_layers + 1)
        )
        self.pose_size_head = MLP(d, d, d, 2)
        self.label_content = nn.Parameter(torch.randn(config.denoising_labels + 1, d))
        self.keypoint_label_content = nn.Parameter(torch.randn(k + 1, d))
        self.pin_content = nn.Parameter(torch.zeros(d)) if config.pin_embedding else None
        self.quality_head = Linear(d, 1) if config.keypoint_quality else None
        self.visibility_head = Linear(d, 3) if config.keypoint_visibility else None
        self.frame_head = start_at_zero(MLP(2 * d, d, d)) if config.person_frame else None
        self.moved_content: Linear | None = None
        if config.correction_embedding:
            self.moved_content = Linear(2, d, bias=False)
            nn.init.zeros_(self.moved_content.weight)
        linked = config.linked_corrections and not config.expected_errors
        self.linked_corrections = LinkedCorrections(k) if linked else None
        # Of each keypoint: 0 if it was learned first, 1 if it came to those, and so on.
        self.generation: Tensor | None
        self.register_buffer("generation", torch.zeros(k) if config.guarded else None)
        self.expected_errors = ExpectedErrors(k) if config.expected_errors else None
        self.skeleton_bias: SkeletonBias | None = None
        if config.skeleton_attention:
            self.skeleton_bias = SkeletonBias(config.pose_layers, config.heads, k)
        self.heat_readers: nn.ModuleList | None = None
        if config.heat_maps:
            self.heat_readers = nn.ModuleList(
                HeatReader(d, k, FIRST_REACH / 2**i) for i in range(config.pose_layers)
            )

    @property
    def decoder_layers(self) -> list[DecoderLayer]:
        """The layers, typed."""
        return [layer for layer in self.layers if isinstance(layer, DecoderLayer)]

    def find_people(
        self, proposals: Proposals, views: list[View]
    ) -> tuple[list[LayerOutput], PoseQueries]:
        """Box layers over the proposals, then the best of them expanded to pose queries."""
        x = proposals.content[:, None]
        base = references = proposals.references
        outputs = []
        for index, view in enumerate(views):
            position = self.position(references, view)
            layer = self.layers[index]
            x = layer(x, position[:, None], references[:, None], view)
            outputs.append(self.box_output(index, self.norm(x)[:, 0], base))
            base = step_box(references, self.box_heads[index](x)[:, 0].float(), self.relative)
            references = base.detach()
        score = self.class_heads[len(views) - 1](x)[:, 0].max(-1).values
        best = score.topk(min(self.groups, score.shape[1]), dim=1).indices[..., None]
        content = x[:, 0].gather(1, best.expand(-1, -1, x.shape[-1]))
        boxes = base.gather(1, best.expand(-1, -1, 4))
        poses = proposals.poses
        if poses is not None:
            flat = poses.flatten(2)
            chosen = flat.gather(1, best.expand(-1, -1, flat.shape[-1]))
            poses = torch.unflatten(chosen, -1, (-1, 2))
        return outputs, self._expand(content, boxes, poses)

    def template(self, boxes: Tensor) -> Tensor:
        """Keypoints [B, N, K, 2] of the learned template in boxes [B, N, 4]."""
        contents = self._keypoint_contents(boxes.shape[1])
        delta: Tensor = self.pose_heads[-1](contents)[None].float()
        return (logit(boxes[:, :, None, :2]) + delta).sigmoid()

    def refinement_queries(
        self, boxes: Tensor, keypoints: Tensor, pinned: Tensor, moved: Tensor | None = None
    ) -> PoseQueries:
        """People as an annotator left them: box [B, N, 4], keypoints, pinned [B, N, K], moved."""
        person = self.label_content[1].expand(*boxes.shape[:2], 1, -1)
        parts = self.keypoint_label_content[1:].expand(*boxes.shape[:2], -1, -1)
        if self.pin_content is not None:
            parts = parts + pinned[..., None] * self.pin_content
        if self.moved_content is not None and moved is not None:
            side = boxes[:, :, None, 2:].clamp(min=LEAST_SIZE)
            step = (moved / side).clamp(-1, 1) * pinned[..., None]
            parts = parts + self.moved_content(step * _MOVED_SCALE)
        following = self.linked_corrections or self.expected_errors
        if following is not None and moved is not None:
            step = following(moved, pinned, boxes)
            keypoints = (keypoints + _held(step, _free(pinned, step))).clamp(0.0, 1.0)
        boxes = step_box(boxes, torch.zeros_like(boxes), self.relative)
        return PoseQueries(torch.cat([person, parts], 2), boxes, keypoints, pinned)

    def place_keypoints(
        self,
        queries: PoseQueries,
        views: list[View],
        heat: HeatMaps | None = None,
        *,
        every_layer: bool = False,
    ) -> list[LayerOutput]:
        """Pose layers over people.

        Args:
            queries: the people.
            views: one a pose layer.
            heat: heat maps, if the model has them.
            every_layer: predictions of all pose layers (training) or of the last alone.
        """
        x, base_box, base_xy = queries.content, queries.boxes, queries.keypoints
        box, xy = base_box.detach(), base_xy.detach()
        size = box[:, :, None, 2:] * self.keypoint_size.sigmoid()
        free = None if queries.pinned is None else _free(queries.pinned, x)
        outputs = []
        for pose_layer, view in enumerate(views):
            index = self.box_layers + pose_layer
            references = torch.cat([box[:, :, None], torch.cat([xy, size], -1)], 2)
            reading = self._read(pose_layer, heat, xy, box)
            if reading is not None:
                x = torch.cat([x[:, :, :1], x[:, :, 1:] + reading.content], 2)
            position = self.position(references, view) + self._in_frame(references)
            bias = self.attention_bias(pose_layer)
            x = self.layers[index](x, position, references, view, None, bias)
            last = pose_layer == len(views) - 1
            if every_layer or last:
                outputs.append(
                    self._pose_output(index, self.norm(x), base_box, base_xy, free, reading)
                )
            if last:
                break
            base_box = step_box(box, self.box_heads[index](x[:, :, 0]).float(), self.relative)
            delta = _held(self._delta(pose_layer, x[:, :, 1:], reading), free)
            base_xy = step_points(xy, delta, box, self.relative)
            grown = logit(size) + self.pose_size_head(x[:, :, 1:]).float()
            box, xy, size = base_box.detach(), base_xy.detach(), grown.sigmoid().detach()
        return outputs

    def _expand(self, content: Tensor, boxes: Tensor, poses: Tensor | None) -> PoseQueries:
        parts = self._keypoint_contents(boxes.shape[1]).expand(boxes.shape[0], -1, -1, -1)
        keypoints = self.template(boxes) if poses is None else poses
        return PoseQueries(torch.cat([content[:, :, None], parts], 2), boxes, keypoints)

    def _keypoint_contents(self, people: int) -> Tensor:
        """Learned contents [N, K, D]: one a rank and keypoint, or shared by all ranks."""
        k = self.keypoint_size.shape[0]
        contents = torch.unflatten(self.keypoint_content, 0, (-1, k))
        if contents.shape[0] == 1:
            return contents.expand(people, -1, -1)
        # Ranks past the trained ones repeat the last: more people than groups is no error.
        rank = torch.arange(people, device=contents.device).clamp(max=contents.shape[0] - 1)
        return contents[rank]

    def position(self, references: Tensor, view: View) -> Tensor:
        """Position queries [..., D] of references [B, ..., 4], scaled to the padded level 0."""
        ratio = view.valid_ratios[:, 0].repeat(1, 2)
        ratio = ratio.view(ratio.shape[0], *[1] * (references.ndim - 2), 4)
        embedding = reference_embedding(references * ratio, self.norm.normalized_shape[0])
        out: Tensor = self.reference_head(embedding)
        return out

    def box_output(self, index: int, normed: Tensor, base: Tensor) -> LayerOutput:
        """Classes and boxes of a layer from normalised features [B, N, D] and boxes [B, N, 4]."""
        boxes = step_box(base, self.box_heads[index](normed).float(), self.relative)
        return LayerOutput(self.class_heads[index](normed).float(), boxes)

    def attention_bias(self, pose_layer: int) -> Tensor | None:
        """What is added to the attention of a person's tokens [1 or H, 1 + K, 1 + K], or None."""
        bias = None if self.skeleton_bias is None else self.skeleton_bias(pose_layer)
        if self.generation is None:
            return bias
        age = F.pad(self.generation, (1, 0))  # the box was there first
        later = age[None, :] > age[:, None]
        barred = torch.zeros_like(later, dtype=age.dtype).masked_fill(later, -torch.inf)[None]
        return barred if bias is None else bias + barred

    def _pose_output(
        self,
        index: int,
        normed: Tensor,
        box: Tensor,
        xy: Tensor,
        free: Tensor | None,
        reading: _Reading | None,
    ) -> LayerOutput:
        found = self.box_output(index, normed[:, :, 0], box)
        parts = normed[:, :, 1:]
        delta = _held(self._delta(index - self.box_layers, parts, reading), free)
        keypoints = step_points(xy, delta, box, self.relative)
        quality = None if self.quality_head is None else self.quality_head(parts)[..., 0].float()
        visibility = None if self.visibility_head is None else self.visibility_head(parts).float()
        return LayerOutput(found.logits, found.boxes, keypoints, quality, visibility)

    def _delta(self, pose_layer: int, parts: Tensor, reading: _Reading | None) -> Tensor:
        """Steps [B, N, K, 2] of keypoints with features [B, N, K, D]."""
        delta: Tensor = self.pose_heads[pose_layer](parts).float()
        if reading is None:
            return delta
        trust: Tensor = reading.reader.trust(parts).float().sigmoid()
        return delta + reading.step * trust

    def _read(
        self, pose_layer: int, heat: HeatMaps | None, xy: Tensor, box: Tensor
    ) -> _Reading | None:
        if self.heat_readers is None or heat is None:
            return None
        reader = self.heat_readers[pose_layer]
        assert isinstance(reader, HeatReader)
        seen, step = reader.read(heat, xy, box)
        return _Reading(reader, reader.embed(seen), step)

    def _in_frame(self, references: Tensor) -> Tensor | float:
        """Position queries of references [B, N, 1 + K, 4] in the frame of the first, the box."""
        if self.frame_head is None:
            return 0.0
        box = references[:, :, :1]
        side = box[..., 2:].clamp(min=LEAST_SIZE)
        # Half the box around its centre becomes 0.25..0.75, so that what sticks out differs.
        centre = 0.5 + (references[..., :2] - box[..., :2]) / (2 * side)
        inside = torch.cat([centre, references[..., 2:] / side], -1).clamp(0, 1)
        embedding = reference_embedding(inside, self.norm.normalized_shape[0])
        out: Tensor = self.frame_head(embedding)
        return out


def _attend(
    query: Tensor, key: Tensor, value: Tensor, blocked: Tensor | None, bias: Tensor | None
) -> Tensor:
    """Attention of [G, H, N, C] to itself."""
    if blocked is not None:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=~blocked[:, None])
    if not torch.is_grad_enabled():
        return F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
    # The fused kernel's gradient takes four times as long for groups this small.
    share = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
    if bias is not None:
        share = share + bias
    return share.softmax(-1) @ value


def _free(pinned: Tensor, like: Tensor) -> Tensor:
    """1 for keypoints that may move and 0 for the others [B, N, K, 1], of like's type."""
    return (~pinned)[..., None].to(like.dtype)


def _held(delta: Tensor, free: Tensor | None) -> Tensor:
    """Steps [B, N, K, 2] with those of pinned keypoints at zero."""
    return delta if free is None else delta * free
