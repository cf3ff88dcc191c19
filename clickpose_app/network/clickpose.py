"""ClickPose: encode an image once, detect people in it, refine one person a click.

Click-Pose (Yang et al., Neural Interactive Keypoint Detection, ICCV 2023), rebuilt
from its description. Coordinates are in 0..1 of the image without its padding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from clickpose_app.network.backbone import build_backbone
from clickpose_app.network.config import ModelConfig
from clickpose_app.network.decoder import Decoder, DecoderLayer, LayerOutput, View
from clickpose_app.network.encoder import (
    Encoder,
    EncoderLayer,
    InputProjection,
    Pyramid,
    flatten,
    join,
)
from clickpose_app.network.queries import Proposals, QuerySelection


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What is kept of a batch of encoded images; all that detect() and refine() need.

    Attributes:
        encoded: the encoder's tokens, among which people are looked for.
        seen: the tokens that the decoder looks at: the same, and those of the fine level
            behind them if the model has one.
        pose_values: values of every pose layer's cross-attention, projected once
            [B, S, H, D / H].
    """

    encoded: Pyramid
    seen: Pyramid
    pose_values: tuple[Tensor, ...]

    def float(self) -> Memory:
        """The same in float32, which the decoder computes in after a bfloat16 encoder."""
        encoded = self.encoded.float()
        seen = encoded if self.seen is self.encoded else self.seen.float()
        return Memory(encoded, seen, tuple(v.float() for v in self.pose_values))

    @property
    def nbytes(self) -> int:
        """Memory that it holds, in bytes."""
        held = [self.encoded.tokens, *self.pose_values]
        held += [] if self.seen is self.encoded else [self.seen.tokens]
        return sum(t.numel() * t.element_size() for t in held)


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """People: of a first pass, or refined.

    Attributes:
        logits: class logits [B, N, C].
        boxes: [B, N, 4], cxcywh in 0..1.
        keypoints: [B, N, K, 2], (x, y) in 0..1.
        quality: expected OKS of each keypoint [B, N, K] in 0..1; None if the model has no
            such head.
    """

    logits: Tensor
    boxes: Tensor
    keypoints: Tensor
    quality: Tensor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FirstPass:
    """Everything that training looks at in a first pass.

    Attributes:
        proposals: of the encoder.
        box_outputs: one a box layer.
        pose_outputs: one a pose layer.
    """

    proposals: Proposals
    box_outputs: list[LayerOutput]
    pose_outputs: list[LayerOutput]


class ClickPose(nn.Module):
    """The network.

    Args:
        config: its shape.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        d, heads, width = config.d_model, config.heads, config.feedforward
        self.backbone = build_backbone(config.backbone)
        # The last maps feed the encoder; one of stride 4 is for the decoder alone.
        channels = self.backbone.channels[-min(3, config.feature_levels) :]
        self.maps = len(channels)
        self.input_projection = InputProjection(channels, config.feature_levels, d)
        self.fine_projection: InputProjection | None = None
        if config.fine_level:
            self.fine_projection = InputProjection(self.backbone.channels[:1], 1, d)
            self.fine_embed = nn.Parameter(torch.randn(d))
        levels, points = config.feature_levels, config.encoder_points
        self.encoder = Encoder(
            [EncoderLayer(d, heads, levels, points, width) for _ in range(config.encoder_layers)],
            levels,
            d,
        )
        self.queries = QuerySelection(
            d,
            config.classes,
            config.queries,
            config.keypoints if config.person_pose else None,
            relative=config.relative_steps,
            peaks=config.peak_proposals,
        )
        self.decoder = Decoder(config)

    def encode(self, images: Tensor, padding_mask: Tensor | None) -> Memory:
        """The costly step, once an image.

        Args:
            images: [B, 3, H, W], RGB, ImageNet-normalised, zero in the padding.
            padding_mask: [B, H, W] bool, True where padding; None when there is none.
        """
        if padding_mask is not None and not bool(padding_mask.any()):
            padding_mask = None
        maps = self.backbone(images)
        encoded = self.encoder(self.input_projection(maps[-self.maps :]), padding_mask)
        seen = encoded
        if self.fine_projection is not None:
            fine, _ = flatten(self.fine_projection(maps[:1]), padding_mask)
            seen = join(encoded, fine, self.fine_embed)
        values = tuple(
            layer.cross_attn.project(seen.tokens, seen.padding) for layer in self._pose_layers
        )
        return Memory(encoded, seen, values)

    def detect(self, memory: Memory) -> Detections:
        """All people that the network proposes, N = config.groups, best proposals first."""
        _, queries = self.decoder.find_people(self.queries(memory.encoded), self._box_views(memory))
        return _detections(self.decoder.place_keypoints(queries, self._pose_views(memory))[-1])

    def refine(
        self,
        memory: Memory,
        boxes: Tensor,
        keypoints: Tensor,
        pinned: Tensor,
        *,
        hold_pinned: bool = True,
    ) -> Detections:
        """The cheap step, once a correction: only the pose layers, only these people.

        Args:
            memory: of the images.
            boxes: [B, N, 4], cxcywh; taken as given (growing them is the caller's step).
            keypoints: [B, N, K, 2], the clicked ones in place.
            pinned: [B, N, K] bool; these come back bit for bit as they went in.
            hold_pinned: False lets pinned keypoints drift, as the published software
                does by mistake; for comparison only.
        """
        given = pinned if hold_pinned else torch.zeros_like(pinned)
        queries = self.decoder.refinement_queries(boxes, keypoints, given)
        found = self.decoder.place_keypoints(queries, self._pose_views(memory))[-1]
        refined = _detections(found)
        held = torch.where(given[..., None], keypoints, refined.keypoints)
        return replace(refined, keypoints=held)

    def template(self, boxes: Tensor) -> Tensor:
        """An average pose [B, N, K, 2] in boxes [B, N, 4], for a person drawn by hand."""
        if self.config.person_pose:
            return self.queries.template(boxes)
        return self.decoder.template(boxes)

    def first_pass(self, memory: Memory) -> FirstPass:
        """detect() with everything in between, for training."""
        proposals = self.queries(memory.encoded)
        found, queries = self.decoder.find_people(proposals, self._box_views(memory))
        placed = self.decoder.place_keypoints(queries, self._pose_views(memory), every_layer=True)
        return FirstPass(proposals, found, placed)

    def refine_layers(
        self, memory: Memory, boxes: Tensor, keypoints: Tensor, pinned: Tensor
    ) -> list[LayerOutput]:
        """refine() with the predictions of every pose layer, for training.

        The image features learn from the first pass alone: a second gradient through the
        values would cost a third of a step.
        """
        queries = self.decoder.refinement_queries(boxes, keypoints, pinned)
        values = tuple(v.detach() for v in memory.pose_values)
        views = self._pose_views(replace(memory, pose_values=values))
        return self.decoder.place_keypoints(queries, views, every_layer=True)

    @property
    def _pose_layers(self) -> list[DecoderLayer]:
        return self.decoder.decoder_layers[self.config.box_layers :]

    def _box_views(self, memory: Memory) -> list[View]:
        seen = memory.seen
        return [
            View(
                layer.cross_attn.project(seen.tokens, seen.padding), seen.shapes, seen.valid_ratios
            )
            for layer in self.decoder.decoder_layers[: self.config.box_layers]
        ]

    def _pose_views(self, memory: Memory) -> list[View]:
        seen = memory.seen
        return [View(v, seen.shapes, seen.valid_ratios) for v in memory.pose_values]


def _detections(found: LayerOutput) -> Detections:
    assert found.keypoints is not None
    quality = None if found.quality is None else found.quality.sigmoid()
    return Detections(found.logits, found.boxes, found.keypoints, quality)
