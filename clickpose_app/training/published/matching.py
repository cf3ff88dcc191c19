"""Matching of predictions to people with the published costs.

Shapes: B images, N predictions an image, M people in all images, K keypoints; coordinates
in 0..1 of the image.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.matching import cheapest_pairs, pair_costs, weighted

LOGGED = ("class", "bbox", "giou", "keypoints")


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
        # Across all images, because the published log shows means over all pairs.
        xy = None if output.keypoints is None else output.keypoints.flatten(0, 1)
        everybody = Targets.joined(targets)
        logits, boxes = output.logits.flatten(0, 1), output.boxes.flatten(0, 1)
        costs = pair_costs(logits, boxes, xy, everybody, sigmas)
        total = weighted(costs)
        each = torch.unflatten(total, 0, output.logits.shape[:2])
        split = torch.split(each, [len(target.boxes) for target in targets], dim=2)
        pairs = [cheapest_pairs(cost[i]).to(total.device) for i, cost in enumerate(split)]
        # Of nothing the mean is 0, so that batches without people leave the log readable.
        none = torch.zeros_like(total)
        means = {
            f"set_{name}": costs.get(name, none).sum() / max(1, total.numel()) for name in LOGGED
        }
    return Match(pairs, means)
