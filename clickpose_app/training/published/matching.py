"""Matching of predictions to people with the published costs.

Shapes: B images, N predictions an image, M people in all images, K keypoints; coordinates
in 0..1 of the image.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from scipy.optimize import linear_sum_assignment
from torch import Tensor

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.matching import class_cost, generalised_iou, similarity

COST_WEIGHTS = {"class": 2.0, "bbox": 5.0, "giou": 2.0, "keypoints": 10.0, "oks": 4.0}


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Who answers for whom.

    Attributes:
        pairs: for each image [2, min(N, its people)]: indices of predictions and of people.
        means: of some costs, unweighted, over all predictions and all people of the batch:
            what the published log shows as ``set_class`` and so on.
    """

    pairs: list[Tensor]
    means: dict[str, Tensor]


def match(output: LayerOutput, targets: list[Targets], sigmas: Tensor) -> Match:
    """The cheapest assignment of one layer's predictions to the people of each image.

    Args:
        output: box layers (keypoints None) are matched by class and box, pose layers by class
            and keypoints.
        targets: of each image.
        sigmas: OKS tolerances [K].
    """
    with torch.no_grad():
        costs = _costs(output, targets, sigmas)
        total = torch.stack([COST_WEIGHTS[name] * cost for name, cost in costs.items()]).sum(0)
        each = torch.unflatten(total, 0, output.logits.shape[:2]).cpu()
        people = [len(target.boxes) for target in targets]
        pairs = []
        for image, cost in enumerate(torch.split(each, people, dim=2)):
            rows, columns = linear_sum_assignment(cost[image].numpy())
            pair = torch.tensor([rows.tolist(), columns.tolist()], dtype=torch.long)
            pairs.append(pair.to(total.device))
        logged = ("class", "bbox", "giou", "keypoints")
        # Of nothing the mean is 0, so that batches without people leave the log readable.
        means = {f"set_{name}": costs[name].sum() / max(1, total.numel()) for name in logged}
    return Match(pairs, means)


def _costs(output: LayerOutput, targets: list[Targets], sigmas: Tensor) -> dict[str, Tensor]:
    """Each cost of taking a prediction for a person [B * N, M], across all images."""
    everybody = sum(len(target.boxes) for target in targets)
    classes = class_cost(output.logits.flatten(0, 1))[:, None].expand(-1, everybody)
    none = torch.zeros_like(classes)
    costs = {"class": classes, "bbox": none, "giou": none, "keypoints": none, "oks": none}
    if output.keypoints is None:
        boxes, truth = output.boxes.flatten(0, 1), torch.cat([t.boxes for t in targets])
        costs["bbox"] = torch.cdist(boxes, truth, p=1)
        costs["giou"] = -generalised_iou(boxes[:, None], truth[None])
    else:
        xy = output.keypoints.flatten(0, 1)[:, None]
        truth = torch.cat([t.keypoints for t in targets])
        labelled = torch.cat([t.visibility for t in targets]).gt(0).float()
        costs["keypoints"] = ((xy - truth).abs().sum(-1) * labelled).sum(-1)
        area = torch.cat([t.area for t in targets])
        costs["oks"] = 1 - similarity(xy, truth, labelled, area, sigmas)
    return costs
