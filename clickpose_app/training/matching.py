"""Which prediction answers for which person: optimal assignment per image.

Cost terms and weights as in click-pose (Yang et al., ICCV 2023); shapes: N predictions,
M people, K keypoints, C classes; coordinates in 0..1 of the image.
"""

from __future__ import annotations

import torch
from torch import Tensor

from clickpose_app.evaluation.assignment import assign
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets

PERSON = 1
"""Index of the person class in the logits."""

COST_WEIGHTS = {"class": 2.0, "bbox": 5.0, "giou": 2.0, "keypoints": 10.0, "oks": 4.0}
FOCAL_ALPHA, FOCAL_GAMMA = 0.25, 2.0
LEAST_AREA = 1e-6
# Costs that are no numbers, of a network that has burst: nobody's, and the loss will say so.
_UNFIT = 1e9


def corners(boxes: Tensor) -> Tensor:
    """Cxcywh [..., 4] to xyxy [..., 4]."""
    half = boxes[..., 2:] / 2
    return torch.cat([boxes[..., :2] - half, boxes[..., :2] + half], -1)


def generalised_iou(a: Tensor, b: Tensor) -> Tensor:
    """Generalised IoU (Rezatofighi et al., CVPR 2019) of boxes [..., 4] cxcywh, broadcast."""
    a, b = corners(a), corners(b)
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - shared
    low, high = torch.minimum(a[..., :2], b[..., :2]), torch.maximum(a[..., 2:], b[..., 2:])
    hull = (high - low).clamp(min=0).prod(-1)
    return shared / (union + LEAST_AREA) - (hull - union) / (hull + LEAST_AREA)


def keypoint_similarity(a: Tensor, b: Tensor, area: Tensor, sigmas: Tensor) -> Tensor:
    """What each keypoint adds to the OKS [..., K]; arguments as in similarity()."""
    squared = ((a - b) ** 2).sum(-1)
    return torch.exp(-squared / (2 * area[..., None].clamp(min=LEAST_AREA) * (2 * sigmas) ** 2))


def similarity(a: Tensor, b: Tensor, weights: Tensor, area: Tensor, sigmas: Tensor) -> Tensor:
    """OKS of keypoints a and b [..., K, 2], broadcast.

    Args:
        a: predictions.
        b: truth.
        weights: how much each keypoint counts [..., K], 0 where unlabelled.
        area: of the person [...], in the same unit as the coordinates.
        sigmas: tolerances [K].
    """
    each = keypoint_similarity(a, b, area, sigmas)
    return (each * weights).sum(-1) / (weights.sum(-1) + LEAST_AREA)


def class_cost(logits: Tensor) -> Tensor:
    """Focal cost [N] of calling each prediction a person, from logits [N, C]."""
    p = logits[:, PERSON].sigmoid()
    positive = FOCAL_ALPHA * (1 - p) ** FOCAL_GAMMA * -(p + 1e-8).log()
    negative = (1 - FOCAL_ALPHA) * p**FOCAL_GAMMA * -(1 - p + 1e-8).log()
    return positive - negative


def pair_costs(
    logits: Tensor, boxes: Tensor, keypoints: Tensor | None, people: Targets, sigmas: Tensor
) -> dict[str, Tensor]:
    """Each cost of taking a prediction for a person [N, M], unweighted.

    Args:
        logits: [N, C].
        boxes: [N, 4].
        keypoints: [N, K, 2]; None for box layers, which are told apart by their boxes.
        people: M of them.
        sigmas: tolerances [K].
    """
    costs = {"class": class_cost(logits)[:, None].expand(-1, len(people.boxes))}
    if keypoints is None:
        costs["bbox"] = torch.cdist(boxes, people.boxes, p=1)
        costs["giou"] = -generalised_iou(boxes[:, None], people.boxes[None])
    else:
        xy, labelled = keypoints[:, None], (people.visibility > 0).float()
        costs["keypoints"] = ((xy - people.keypoints).abs().sum(-1) * labelled).sum(-1)
        costs["oks"] = 1 - similarity(xy, people.keypoints, labelled, people.area, sigmas)
    return costs


def cheapest_pairs(cost: Tensor) -> Tensor:
    """The optimal assignment [2, min(N, M)] for costs [N, M]: predictions, and their people."""
    fit = torch.nan_to_num(cost.double(), nan=_UNFIT, posinf=_UNFIT, neginf=-_UNFIT)
    pairs = assign(fit.cpu().numpy())
    return torch.tensor(pairs, dtype=torch.long).view(-1, 2).T


def weighted(costs: dict[str, Tensor]) -> Tensor:
    """The sum of costs with their published weights."""
    return torch.stack([COST_WEIGHTS[name] * cost for name, cost in costs.items()]).sum(0)


def match(output: LayerOutput, targets: list[Targets], sigmas: Tensor) -> list[Tensor]:
    """Optimal assignment of one layer's predictions.

    Box layers are matched by class and box, pose layers by class and keypoints.

    Returns:
        For each image [2, min(N, M)]: indices of predictions, and of their people.
    """
    pairs = []
    with torch.no_grad():
        for image, target in enumerate(targets):
            keypoints = None if output.keypoints is None else output.keypoints[image]
            costs = pair_costs(output.logits[image], output.boxes[image], keypoints, target, sigmas)
            pairs.append(cheapest_pairs(weighted(costs)))
    return pairs
