"""ClickPose: encode an image once, detect people in it, refine one person a click.

Click-Pose (Yang et al., Neural Interactive Keypoint Detection, ICCV 2023), rebuilt
from its description. Coordinates are in 0..1 of the image without its padding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.backbone import build_backbone
from clickpose_app.network.config import ModelConfig
from clickpose_app.network.convolution import Convolution
from clickpose_app.network.decoder import (
    Decoder,
    DecoderLayer,
    LayerOutput,
    PoseQueries,
    View,
)
from clickpose_app.network.encoder import (
    Encoder,
    EncoderLayer,
    InputProjection,
    Pyramid,
    flatten,
    join,
)
from clickpose_app.network.expected_errors import unless_corrected
from clickpose_app.network.heat_maps import HeatHead, HeatMaps
from clickpose_app.network.joined_layers import JoinedPoseLayers
from clickpose_app.network.queries import Proposals, QuerySelection


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What backbone and encoder make of a batch of images; keypoints play no part in it.

    Attributes:
        encoded: the encoder's tokens.
        fine: tokens of the fine level; None if the model has none.
        finest: the backbone's map of that level [B, C, H, W]; None likewise.
    """

    encoded: Pyramid
    fine: Pyramid | None = None
    finest: Tensor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What is kept of a batch of encoded images; all that detect() and refine() need.

    Attributes:
        encoded: the encoder's tokens, among which people are looked for.
        seen: the tokens that the decoder looks at: the same, and those of the fine level
            behind them if the model has one.
        pose_values: values of every pose layer's cross-attention, projected once
            [B, S, H, D / H].
        heat: heat maps of the keypoints; None if the model has none.
    """

    encoded: Pyramid
    seen: Pyramid
    pose_values: tuple[Tensor, ...]
    heat: HeatMaps | None = None

    def float(self) -> Memory:
        """The same in float32, which the decoder computes in after a bfloat16 encoder."""
        encoded = self.encoded.float()
        seen = encoded if self.seen is self.encoded else self.seen.float()
        heat = None if self.heat is None else self.heat.float()
        return Memory(encoded, seen, tuple(v.float() for v in self.pose_values), heat)

    def of_image(self, index: int) -> Memory:
        """That of one image of the batch, which must be without padding."""
        at = slice(index, index + 1)
        encoded = self.encoded.of_image(index)
        seen = encoded if self.seen is self.encoded else self.seen.of_image(index)
        heat = None if self.heat is None else self.heat.of_image(index)
        return Memory(encoded, seen, tuple(v[at].clone() for v in self.pose_values), heat)

    def for_refining(self) -> Memory:
        """What refine() needs of it, without the tokens, and with its values in half as many bytes.

        In bfloat16 they answer a correction as fast, and as before to a thousandth of a person.
        """
        encoded = self.encoded.without_tokens()
        seen = encoded if self.seen is self.encoded else self.seen.without_tokens()
        heat = None if self.heat is None else self.heat.for_reading()
        values = self.pose_values
        if values[0].device.type != "mps":  # which cannot add up bfloat16 on older systems
            values = tuple(v.bfloat16() for v in values)
        return Memory(encoded, seen, values, heat)

    @property
    def nbytes(self) -> int:
        """Memory that it holds, in bytes."""
        held = [self.encoded.tokens, *self.pose_values]
        held += [] if self.seen is self.encoded else [self.seen.tokens]
        held += [] if self.heat is None else [self.heat.logits, self.heat.raised]
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
        visibility: chances that each keypoint is outside the picture, hidden, visible
            [B, N, K, 3]; None likewise.
    """

    logits: Tensor
    boxes: Tensor
    keypoints: Tensor
    quality: Tensor | None = None
    visibility: Tensor | None = None

    def of_image(self, index: int) -> Detections:
        """Those of one image of the batch."""
        at = slice(index, index + 1)
        quality = None if self.quality is None else self.quality[at]
        visibility = None if self.visibility is None else self.visibility[at]
        return Detections(self.logits[at], self.boxes[at], self.keypoints[at], quality, visibility)

    def mirrored(self, twins: Tensor) -> Detections:
        """What was found in a mirrored image, as it lies in the image itself.

        Args:
            twins: the keypoint on the other side for each [K]; itself where there is none.
        """
        boxes, keypoints = self.boxes.clone(), self.keypoints[:, :, twins]
        boxes[..., 0] = 1 - boxes[..., 0]
        keypoints[..., 0] = 1 - keypoints[..., 0]
        quality = None if self.quality is None else self.quality[:, :, twins]
        visibility = None if self.visibility is None else self.visibility[:, :, twins]
        return Detections(self.logits, boxes, keypoints, quality, visibility)

    def cpu(self) -> Detections:
        """The same in the processor's memory."""
        quality = None if self.quality is None else self.quality.cpu()
        visibility = None if self.visibility is None else self.visibility.cpu()
        return Detections(
            self.logits.cpu(), self.boxes.cpu(), self.keypoints.cpu(), quality, visibility
        )


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
        self.heat_head: HeatHead | None = None
        if config.heat_maps:
            # What the encoder knows comes to the fine level too; at first nothing does.
            self.fine_context = Convolution(d, d)
            nn.init.zeros_(self.fine_context.weight)
            assert self.fine_context.bias is not None
            nn.init.zeros_(self.fine_context.bias)
            self.heat_head = HeatHead(self.backbone.channels[0], d, config.keypoints)
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
        return self.remember(self.look(images, padding_mask))

    def look(self, images: Tensor, padding_mask: Tensor | None) -> Features:
        """The part of encode() that costs: backbone, encoder and the fine level."""
        if padding_mask is not None and not bool(padding_mask.any()):
            padding_mask = None
        maps = self.backbone(images)
        encoded = self.encoder(self.input_projection(maps[-self.maps :]), padding_mask)
        if self.fine_projection is None:
            return Features(encoded)
        fine_map = self.fine_projection(maps[:1])[0]
        if self.heat_head is not None:
            fine_map = fine_map + self._context(encoded, fine_map)
        fine, _ = flatten([fine_map], padding_mask)
        return Features(encoded, fine, maps[0])

    def remember(self, features: Features) -> Memory:
        """The rest of encode(): what the decoder and the heat maps make of the features."""
        seen, heat, fine = features.encoded, None, features.fine
        if fine is not None:
            seen = join(features.encoded, fine, self.fine_embed)
            if self.heat_head is not None and features.finest is not None:
                fine_map = torch.unflatten(fine.tokens.transpose(1, 2), 2, fine.shapes.sizes[0])
                logits = self.heat_head(features.finest, fine_map)
                heat = HeatMaps.of(logits, fine.valid_ratios[:, 0])
        values = tuple(
            layer.cross_attn.project(seen.tokens, seen.padding) for layer in self._pose_layers
        )
        return Memory(features.encoded, seen, values, heat)

    def _context(self, encoded: Pyramid, fine_map: Tensor) -> Tensor:
        """The encoder's finest level, enlarged to the fine map [B, D, H, W]."""
        height, width = encoded.shapes.sizes[0]
        first = encoded.tokens[:, : height * width].transpose(1, 2)
        coarse = self.fine_context(torch.unflatten(first, 2, (height, width)))
        return F.interpolate(coarse, size=fine_map.shape[-2:], mode="bilinear")

    def detect(self, memory: Memory, layers: JoinedPoseLayers | None = None) -> Detections:
        """All people that the network proposes, N = config.groups, best proposals first.

        Args:
            memory: of the images.
            layers: the pose layers as joined_layers() makes them; None takes them as they learn.
        """
        proposals = self.queries(memory.encoded, every_token=False)
        _, queries = self.decoder.find_people(proposals, self.box_views(memory))
        return _detections(self._placed(queries, memory, layers))

    def joined_layers(self, dtype: torch.dtype = torch.float32) -> JoinedPoseLayers:
        """The pose layers with the weights as they are now, quicker, for those who do not train.

        Args:
            dtype: torch.bfloat16 to multiply by wide matrices in it, on a processor.
        """
        return JoinedPoseLayers(self.decoder, dtype)

    def _placed(
        self, queries: PoseQueries, memory: Memory, layers: JoinedPoseLayers | None
    ) -> LayerOutput:
        views = self.pose_views(memory)
        if layers is not None:
            return layers.place(queries, views, memory.heat)
        return self.decoder.place_keypoints(queries, views, memory.heat)[-1]

    def refine(
        self,
        memory: Memory,
        boxes: Tensor,
        keypoints: Tensor,
        pinned: Tensor,
        moved: Tensor | None = None,
        *,
        hold_pinned: bool = True,
        layers: JoinedPoseLayers | None = None,
    ) -> Detections:
        """The cheap step, once a correction: only the pose layers, only these people.

        Args:
            memory: of the images.
            boxes: [B, N, 4], cxcywh; taken as given (growing them is the caller's step).
            keypoints: [B, N, K, 2], the clicked ones in place.
            pinned: [B, N, K] bool; these come back bit for bit as they went in.
            moved: how far the last correction moved each keypoint [B, N, K, 2]; None where
                that is not known.
            hold_pinned: False lets pinned keypoints drift, as the published software
                does by mistake; for comparison only.
            layers: as for detect().
        """
        given = pinned if hold_pinned else torch.zeros_like(pinned)
        queries = self.decoder.refinement_queries(boxes, keypoints, given, moved)
        refined = _detections(self._placed(queries, memory, layers))
        if self.decoder.expected_errors is not None:
            refined = replace(
                refined,
                boxes=unless_corrected(queries.boxes, refined.boxes, given),
                keypoints=unless_corrected(queries.keypoints, refined.keypoints, given),
            )
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
        found, queries = self.decoder.find_people(proposals, self.box_views(memory))
        views = self.pose_views(memory)
        placed = self.decoder.place_keypoints(queries, views, memory.heat, every_layer=True)
        return FirstPass(proposals, found, placed)

    def refine_layers(
        self, memory: Memory, boxes: Tensor, keypoints: Tensor, pinned: Tensor, moved: Tensor
    ) -> list[LayerOutput]:
        """refine() with the predictions of every pose layer, for training.

        The image features learn from the first pass alone: a second gradient through the
        values would cost a third of a step.
        """
        queries = self.decoder.refinement_queries(boxes, keypoints, pinned, moved)
        values = tuple(v.detach() for v in memory.pose_values)
        views = self.pose_views(replace(memory, pose_values=values))
        heat = None if memory.heat is None else memory.heat.detach()
        return self.decoder.place_keypoints(queries, views, heat, every_layer=True)

    @property
    def _pose_layers(self) -> list[DecoderLayer]:
        return self.decoder.decoder_layers[self.config.box_layers :]

    def box_views(self, memory: Memory) -> list[View]:
        """What each box layer looks at."""
        seen = memory.seen
        return [
            View(
                layer.cross_attn.project(seen.tokens, seen.padding), seen.shapes, seen.valid_ratios
            )
            for layer in self.decoder.decoder_layers[: self.config.box_layers]
        ]

    def pose_views(self, memory: Memory) -> list[View]:
        """What each pose layer looks at."""
        seen = memory.seen
        return [View(v, seen.shapes, seen.valid_ratios) for v in memory.pose_values]


def _detections(found: LayerOutput) -> Detections:
    assert found.keypoints is not None
    quality = None if found.quality is None else found.quality.sigmoid()
    visibility = None if found.visibility is None else found.visibility.softmax(-1)
    return Detections(found.logits, found.boxes, found.keypoints, quality, visibility)
