"""From what the network proposes to a list of people."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import Detections


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The best detections of each image, in pixels.

    Shapes: B images, M selected, K keypoints.

    Attributes:
        scores: [B, M], falling.
        labels: class indices [B, M].
        boxes: xyxy [B, M, 4].
        keypoints: [B, M, K, 2].
    """

    scores: Tensor
    labels: Tensor
    boxes: Tensor
    keypoints: Tensor


def select_published(detections: Detections, sizes: Tensor, count: int) -> Selection:
    """Post-processing of the published model: the best scores over people and classes.

    Args:
        detections: of B images.
        sizes: heights and widths [B, 2] in pixels.
        count: M; one person may be selected under several classes.
    """
    classes = detections.logits.shape[-1]
    best = detections.logits.sigmoid().flatten(1).topk(count, dim=1)
    person = best.indices // classes
    wh = sizes.flip(1).to(detections.boxes.dtype)
    boxes = detections.boxes.gather(1, person[..., None].expand(-1, -1, 4))
    half = boxes[..., 2:] / 2
    xyxy = torch.cat([boxes[..., :2] - half, boxes[..., :2] + half], -1)
    flat = detections.keypoints.flatten(2)
    chosen = flat.gather(1, person[..., None].expand(-1, -1, flat.shape[-1]))
    xy = torch.unflatten(chosen, -1, (-1, 2))
    return Selection(
        best.values, best.indices % classes, xyxy * wh.repeat(1, 2)[:, None], xy * wh[:, None, None]
    )
