"""The published forward pass of a training step: denoising queries beside matching ones.

The network's own passes never mix people, so they need no masks. Here denoising queries look
at all others, hence the layers are computed with masks from the same parameters.

Shapes: B images, D denoising queries, Q proposals, N people, K keypoints, W width, S tokens.
Coordinates are in 0..1 of the image without its padding, boxes cxcywh.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import ClickPose, Memory
from clickpose_app.network.decoder import Decoder, LayerOutput, PoseQueries, View
from clickpose_app.network.heads import logit
from clickpose_app.network.steps import step_box, step_points
from clickpose_app.training.published.denoising import Denoising, box_mask, pose_mask


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """What one decoder layer says: of the proposals, and of the denoising queries."""

    matching: LayerOutput
    denoising: LayerOutput


@dataclass(frozen=True, slots=True, eq=False)
class FirstPass:
    """Outputs of a first pass.

    Attributes:
        proposals: of the encoder, N = Q.
        layers: of each decoder layer; N = Q in box layers, then N = groups.
    """

    proposals: LayerOutput
    layers: list[Predictions]


def first_pass(model: ClickPose, memory: Memory, denoising: Denoising) -> FirstPass:
    """All decoder layers over proposals and denoising queries."""
    decoder = model.decoder
    found = model.queries(memory.encoded)
    rows = found.chosen[..., None]
    proposals = LayerOutput(
        found.logits.gather(1, rows.expand(-1, -1, found.logits.shape[-1])).float(),
        found.boxes.gather(1, rows.expand(-1, -1, 4)),
    )
    content = torch.cat([decoder.label_content[denoising.labels], found.content], 1)
    start = _through_logit(denoising.boxes)
    references = torch.cat([start, found.references], 1)
    outputs, content, boxes = _box_layers(
        decoder, content, references, model.box_views(memory), denoising
    )
    queries = _expand(decoder, content, boxes, denoising)
    groups = queries.boxes.shape[1] - denoising.labels.shape[1]
    blocked = pose_mask(denoising, groups, queries.content.shape[2])
    views = model.pose_views(memory)
    outputs += pose_layers(decoder, queries, views, blocked, detach_start=True)
    count = denoising.labels.shape[1]
    return FirstPass(proposals, [_split(output, count) for output in outputs])


def refine(model: ClickPose, memory: Memory, boxes: Tensor, keypoints: Tensor) -> list[LayerOutput]:
    """Every pose layer on people as an annotator left them; gradients reach what is given.

    Clicked keypoints move like all others, as published: there the mask that should hold them
    is written to a copy.

    Args:
        model: the network.
        memory: of the images.
        boxes: [B, N, 4].
        keypoints: [B, N, K, 2].
    """
    decoder = model.decoder
    none = torch.zeros(keypoints.shape[:3], dtype=torch.bool, device=keypoints.device)
    queries = decoder.refinement_queries(boxes, keypoints, none)
    return pose_layers(decoder, queries, model.pose_views(memory), None, detach_start=False)


def pose_layers(
    decoder: Decoder,
    queries: PoseQueries,
    views: list[View],
    blocked: Tensor | None,
    *,
    detach_start: bool,
) -> list[LayerOutput]:
    """The pose layers.

    Args:
        decoder: whose layers.
        queries: people [B, N].
        views: one a pose layer.
        blocked: [B, N * (1 + K), N * (1 + K)], True where a query may not look at another;
            None when people look at themselves alone.
        detach_start: whether the first layer's references pass no gradient on; those of later
            layers never do.
    """
    x, base_box, base_xy = queries.content, queries.boxes, queries.keypoints
    size = base_box[:, :, None, 2:] * decoder.keypoint_size.sigmoid()
    box, xy = base_box, base_xy
    if detach_start:
        box, xy, size = box.detach(), xy.detach(), size.detach()
    outputs = []
    for number, view in enumerate(views):
        index = decoder.box_layers + number
        references = torch.cat([box[:, :, None], torch.cat([xy, size], -1)], 2)
        x = _layer(decoder, index, x, references, view, blocked)
        normed = decoder.norm(x)
        found = decoder.box_output(index, normed[:, :, 0], base_box)
        delta = decoder.pose_heads[number](normed[:, :, 1:]).float()
        keypoints = step_points(base_xy, delta, base_box, relative=False)
        outputs.append(LayerOutput(found.logits, found.boxes, keypoints))
        if number == len(views) - 1:
            break
        base_box = step_box(box, decoder.box_heads[index](x[:, :, 0]).float(), relative=False)
        delta = decoder.pose_heads[number](x[:, :, 1:]).float()
        base_xy = step_points(xy, delta, box, relative=False)
        grown = logit(size) + decoder.pose_size_head(x[:, :, 1:]).float()
        box, xy, size = base_box.detach(), base_xy.detach(), grown.sigmoid().detach()
    return outputs


def _box_layers(
    decoder: Decoder, x: Tensor, references: Tensor, views: list[View], denoising: Denoising
) -> tuple[list[LayerOutput], Tensor, Tensor]:
    """The box layers' outputs, and the content and boxes with which all queries leave them."""
    blocked = box_mask(denoising, x.shape[1] - denoising.labels.shape[1])
    base, outputs = references, []
    for index, view in enumerate(views):
        x = _layer(decoder, index, x[:, None], references[:, None], view, blocked)[:, 0]
        outputs.append(decoder.box_output(index, decoder.norm(x), base))
        base = step_box(references, decoder.box_heads[index](x).float(), relative=False)
        references = base.detach()
    return outputs, x, base


def _expand(decoder: Decoder, content: Tensor, boxes: Tensor, denoising: Denoising) -> PoseQueries:
    """The best proposals, and all denoising queries before them, as people with keypoints."""
    count = denoising.labels.shape[1]
    score = decoder.class_heads[decoder.box_layers - 1](content[:, count:]).max(-1).values
    best = score.topk(min(decoder.groups, score.shape[1]), dim=1).indices + count
    every = torch.arange(count, device=best.device).expand(len(best), -1)
    rows = torch.cat([every, best], 1)[..., None]
    content = content.gather(1, rows.expand(-1, -1, content.shape[-1]))
    boxes = boxes.gather(1, rows.expand(-1, -1, 4))
    keypoint_count = decoder.keypoint_size.shape[0]
    learned = torch.unflatten(decoder.keypoint_content, 0, (-1, keypoint_count))
    learned = learned[: best.shape[1]].expand(best.shape[1], -1, -1)
    offset = decoder.pose_heads[-1](learned).float()
    placed = (logit(boxes[:, count:, None, :2]) + offset).sigmoid()
    noisy = decoder.keypoint_label_content[denoising.keypoint_labels]
    parts = torch.cat([noisy, learned.expand(len(best), -1, -1, -1)], 1)
    keypoints = torch.cat([denoising.keypoints, placed], 1)
    return PoseQueries(torch.cat([content[:, :, None], parts], 2), boxes, keypoints)


def _layer(
    decoder: Decoder,
    index: int,
    x: Tensor,
    references: Tensor,
    view: View,
    blocked: Tensor | None,
) -> Tensor:
    """A decoder layer over people x [B, N, 1 + K, W] with references [B, N, 1 + K, 4]."""
    shape = x.shape
    position = decoder.position(references, view)
    if blocked is not None:
        # With a mask all people are one group.
        x, position, references = (p.flatten(1, 2)[:, None] for p in (x, position, references))
    out: Tensor = decoder.decoder_layers[index](x, position, references, view, blocked)
    return out.view(shape)


def _split(output: LayerOutput, count: int) -> Predictions:
    """The first count queries are denoising ones."""
    xy = output.keypoints
    return Predictions(
        LayerOutput(
            output.logits[:, count:], output.boxes[:, count:], None if xy is None else xy[:, count:]
        ),
        LayerOutput(
            output.logits[:, :count], output.boxes[:, :count], None if xy is None else xy[:, :count]
        ),
    )


def _through_logit(boxes: Tensor) -> Tensor:
    """Boxes as the decoder takes them: through a logit that holds them off 0 and 1."""
    return step_box(boxes, torch.zeros_like(boxes), relative=False)
