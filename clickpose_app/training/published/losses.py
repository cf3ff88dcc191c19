"""The published loss terms, by their published names.

Shapes: B images, N predictions, C classes, K keypoints, D denoising queries, T matched people.
Coordinates are in 0..1 of the image, boxes cxcywh.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import Losses, focal
from clickpose_app.training.matching import PERSON, generalised_iou, similarity
from clickpose_app.training.published.denoising import Denoising

LOSS_WEIGHTS = {
    "loss_ce": 2.0,
    "loss_bbox": 5.0,
    "loss_giou": 2.0,
    "loss_keypoints": 10.0,
    "loss_oks": 4.0,
    "dn_loss_ce": 0.3,
    "dn_loss_bbox": 2.5,
    "dn_loss_giou": 1.0,
    "dn_loss_keypoints": 5.0,
}
"""How much each term counts in the total, in whatever layer; others are for the log alone."""

_LEAST_OKS = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class MatchedPeople:
    """Which prediction [T] of which image [T] is to be which person.

    Attributes:
        image: [T].
        query: [T].
        boxes: true ones [T, 4].
        keypoints: true ones [T, K, 2].
        labelled: 1 where a keypoint is [T, K].
        area: [T].
    """

    image: Tensor
    query: Tensor
    boxes: Tensor
    keypoints: Tensor
    labelled: Tensor
    area: Tensor

    @classmethod
    def of(cls, targets: list[Targets], pairs: list[Tensor]) -> MatchedPeople:
        """The matched people of all images, one after another."""
        rows = [(target, pair[1]) for target, pair in zip(targets, pairs, strict=True)]
        return cls(
            torch.cat([torch.full_like(pair[0], i) for i, pair in enumerate(pairs)]),
            torch.cat([pair[0] for pair in pairs]),
            torch.cat([target.boxes[i] for target, i in rows]),
            torch.cat([target.keypoints[i] for target, i in rows]),
            torch.cat([(target.visibility[i] > 0).float() for target, i in rows]),
            torch.cat([target.area[i] for target, i in rows]),
        )


def matching_terms(
    output: LayerOutput, matched: MatchedPeople, people: int, sigmas: Tensor
) -> Losses:
    """Terms of one layer's matched predictions, divided by the people of the batch."""
    wanted = torch.zeros_like(output.logits)
    wanted[matched.image, matched.query, PERSON] = 1.0
    boxes = output.boxes[matched.image, matched.query]
    terms = {
        "loss_ce": focal(output.logits, wanted, torch.ones_like(wanted)),
        "loss_bbox": (boxes - matched.boxes).abs().sum(),
        "loss_giou": (1 - generalised_iou(boxes, matched.boxes)).sum(),
    }
    if output.keypoints is not None:
        xy, labelled = output.keypoints[matched.image, matched.query], matched.labelled
        distance = (xy - matched.keypoints).abs().sum(-1)
        score = similarity(xy, matched.keypoints, labelled, matched.area, sigmas)
        terms["loss_keypoints"] = (distance * labelled).sum()
        terms["loss_oks"] = (1 - score.clamp(min=_LEAST_OKS)).sum()
    return {name: value / people for name, value in terms.items()}


def denoising_terms(output: LayerOutput, denoising: Denoising) -> Losses:
    """Terms of one layer's denoising queries.

    As published they are summed over the batch and divided by the queries of one image, so
    they grow with the batch.
    """
    true_boxes = denoising.true_boxes
    terms = {
        "dn_loss_ce": focal(output.logits, denoising.true_classes, torch.ones_like(output.logits)),
        "dn_loss_bbox": (output.boxes - true_boxes).abs().sum(),
        "dn_loss_giou": (1 - generalised_iou(output.boxes, true_boxes)).sum(),
    }
    if output.keypoints is not None:
        distance = (output.keypoints - denoising.true_keypoints).abs().sum(-1)
        terms["dn_loss_keypoints"] = (distance * denoising.true_weights).sum()
    count = denoising.labels.shape[1]
    return {name: value / count for name, value in terms.items()}


def no_denoising_terms(like: Tensor) -> Losses:
    """Zeros, which the published log shows for layers without denoising queries."""
    return {name: like.new_zeros(()) for name in LOSS_WEIGHTS if name.startswith("dn_")}


def class_error(output: LayerOutput, matched: MatchedPeople) -> Tensor:
    """Percentage of matched predictions that score another class higher; 0 of none."""
    best = output.logits.detach()[matched.image, matched.query].argmax(-1)
    return 100 * (best != PERSON).float().sum() / max(1, len(best))


def weighted_total(terms: Losses) -> Tensor:
    """The sum of all terms that count, by the weights of their names without layer suffix."""
    counted = []
    for name, value in terms.items():
        stem, _, layer = name.rpartition("_")
        kind = stem if layer.isdecimal() or layer == "interm" else name
        if kind in LOSS_WEIGHTS:
            counted.append(LOSS_WEIGHTS[kind] * value)
    return torch.stack(counted).sum()
