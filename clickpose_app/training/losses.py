"""What a prediction costs: classes, boxes, keypoints and their quality.

Shapes: T matched pairs, S tokens, K keypoints. Boxes are cxcywh and all coordinates in
0..1 of the image; keypoint distances are counted in units of the person's size, so that
a small person matters as much as a large one.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.network.queries import Proposals
from clickpose_app.training.data import Targets
from clickpose_app.training.matching import (
    FOCAL_ALPHA,
    FOCAL_GAMMA,
    LEAST_AREA,
    PERSON,
    corners,
    generalised_iou,
    keypoint_similarity,
    similarity,
)

Losses = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each term counts; the published values for those the paper has."""

    classes: float = 2.0
    box: float = 5.0
    giou: float = 2.0
    keypoints: float = 5.0
    oks: float = 4.0
    quality: float = 0.5
    visibility: float = 0.2
    heat: float = 1.0
    dense: float = 1.0
    refine: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """People to compare with, one a row.

    Attributes:
        boxes: [T, 4].
        keypoints: [T, K, 2].
        weights: how much each keypoint counts [T, K]; 0 where unlabelled.
        area: [T].
        presence: [T, K], as in Targets.
    """

    boxes: Tensor
    keypoints: Tensor
    weights: Tensor
    area: Tensor
    presence: Tensor


def gather_truth(targets: list[Targets], indices: list[Tensor]) -> Truth:
    """The people at the given indices of each image, one after another."""
    rows = list(zip(targets, indices, strict=True))
    return Truth(
        torch.cat([t.boxes[i] for t, i in rows]),
        torch.cat([t.keypoints[i] for t, i in rows]),
        torch.cat([(t.weights * (t.visibility > 0))[i] for t, i in rows]),
        torch.cat([t.area[i] for t, i in rows]),
        torch.cat([t.presence[i] for t, i in rows]),
    )


def focal(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Sum of the sigmoid focal loss (Lin et al., ICCV 2017) with soft targets, weighted."""
    p = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    balance = FOCAL_ALPHA * target + (1 - FOCAL_ALPHA) * (1 - target)
    return (balance * (target - p).abs() ** FOCAL_GAMMA * entropy * weight).sum()


def box_losses(boxes: Tensor, truth: Tensor) -> Losses:
    """L1 and generalised IoU of boxes [T, 4], summed."""
    return {
        "box": (boxes - truth).abs().sum(),
        "giou": (1 - generalised_iou(boxes, truth)).sum(),
    }


def pose_losses(
    keypoints: Tensor,
    truth: Truth,
    sigmas: Tensor,
    held: Tensor | None,
    votes: Tensor | None = None,
) -> Losses:
    """L1 in units of the person's size, and 1 - OKS, summed over people.

    Args:
        keypoints: [T, K, 2].
        truth: the same people.
        sigmas: tolerances [K].
        held: keypoints that were pinned [T, K] and so teach nothing; None for none.
        votes: how much each row counts [T]; None for one each.
    """
    weights = truth.weights if held is None else truth.weights * ~held
    size = truth.area.clamp(min=LEAST_AREA).sqrt()[:, None]
    distance = (keypoints - truth.keypoints).abs().sum(-1) / size
    # Each person's mean, so that a person of three joints counts as one of seventeen.
    share = weights / (weights.sum(-1, keepdim=True) + LEAST_AREA)
    score = similarity(keypoints, truth.keypoints, weights, truth.area, sigmas)
    counted = (weights.sum(-1) > 0).float()
    if votes is not None:
        share, counted = share * votes[:, None], counted * votes
    return {"keypoints": (distance * share).sum(), "oks": ((1 - score) * counted).sum()}


def quality_loss(
    output: LayerOutput, chosen: tuple[Tensor, Tensor], truth: Truth, sigmas: Tensor
) -> Tensor:
    """How far each keypoint's predicted quality is from the OKS that it reached, summed."""
    assert output.quality is not None and output.keypoints is not None
    logits, keypoints = output.quality[chosen], output.keypoints[chosen].detach()
    reached = keypoint_similarity(keypoints, truth.keypoints, truth.area, sigmas)
    loss = F.binary_cross_entropy_with_logits(logits, reached, reduction="none")
    share = truth.weights / (truth.weights.sum(-1, keepdim=True) + LEAST_AREA)
    return (loss * share).sum()


def visibility_loss(logits: Tensor, truth: Truth) -> Tensor:
    """Cross entropy of outside, hidden, visible [T, K, 3], each person's mean, summed."""
    known = truth.presence >= 0
    loss = F.cross_entropy(
        logits.flatten(0, 1), truth.presence.clamp(min=0).flatten(), reduction="none"
    ).view_as(known)
    share = known / known.sum(-1, keepdim=True).clamp(min=1)
    return (loss * share).sum()


def head_losses(
    output: LayerOutput, chosen: tuple[Tensor, Tensor], truth: Truth, sigmas: Tensor
) -> Losses:
    """Losses of the heads that tell quality and visibility, as far as there are any.

    Args:
        output: of a pose layer.
        chosen: images and queries [T] that answer for the people of truth.
        truth: T people.
        sigmas: tolerances [K].
    """
    losses: Losses = {}
    if output.quality is not None:
        losses["quality"] = quality_loss(output, chosen, truth, sigmas)
    if output.visibility is not None:
        losses["visibility"] = visibility_loss(output.visibility[chosen], truth)
    return losses


def layer_losses(
    output: LayerOutput, targets: list[Targets], pairs: list[Tensor], sigmas: Tensor
) -> Losses:
    """Losses of one decoder layer whose predictions are matched to people by pairs."""
    image = torch.cat([torch.full_like(p[0], i) for i, p in enumerate(pairs)])
    query = torch.cat([p[0] for p in pairs])
    truth = gather_truth(targets, [p[1] for p in pairs])
    wanted = torch.zeros_like(output.logits)
    wanted[image, query, PERSON] = 1.0
    weight = 1.0 - _in_ignored(output.boxes, targets) * (1 - wanted.amax(-1))
    losses = {"classes": focal(output.logits, wanted, weight[..., None])}
    losses.update(box_losses(output.boxes[image, query], truth.boxes))
    if output.keypoints is not None:
        losses.update(pose_losses(output.keypoints[image, query], truth, sigmas, None))
        losses.update(head_losses(output, (image, query), truth, sigmas))
    return losses


def dense_losses(proposals: Proposals, targets: list[Targets], sigmas: Tensor) -> Losses:
    """Every token near the middle of a person answers for that person.

    One-to-many supervision of the encoder: many teachers a person, where matching gives
    one, and so far fewer images until joints are found.
    """
    wanted = torch.zeros_like(proposals.logits)
    weight = proposals.usable.float() * (1 - _in_ignored(proposals.boxes, targets))
    images, tokens, people, shares = [], [], [], []
    for image, target in enumerate(targets):
        strength, person = _assign(proposals.boxes[image].detach(), proposals, image, target)
        positive = (strength > 0) & proposals.usable[image]
        wanted[image, :, PERSON] = torch.where(positive, strength, 0.0)
        weight[image] = torch.where(positive, 1.0, weight[image])
        token = positive.nonzero()[:, 0]
        images.append(torch.full_like(token, image))
        tokens.append(token)
        people.append(person[token])
        # The tokens of a person share one vote.
        votes = strength[token]
        total = torch.zeros(len(target.boxes)).index_add(0, person[token], votes)
        shares.append(votes / total[person[token]].clamp(min=LEAST_AREA))
    image_index, token_index, share = torch.cat(images), torch.cat(tokens), torch.cat(shares)
    truth = gather_truth(targets, people)
    boxes = proposals.boxes[image_index, token_index]
    losses: Losses = {
        "classes": focal(proposals.logits, wanted, weight[..., None]),
        "box": ((boxes - truth.boxes).abs().sum(-1) * share).sum(),
        "giou": ((1 - generalised_iou(boxes, truth.boxes)) * share).sum(),
    }
    if proposals.token_poses is not None:
        shape = proposals.token_poses[image_index, token_index]
        # In the frame of the token's own box, which the pose does not pull at.
        keypoints = boxes.detach()[:, None, :2] + shape * boxes.detach()[:, None, 2:]
        losses.update(pose_losses(keypoints, truth, sigmas, None, votes=share))
    return losses


def _assign(
    boxes: Tensor, proposals: Proposals, image: int, target: Targets
) -> tuple[Tensor, Tensor]:
    """For each token how strongly it stands for a person [S] in 0..1, and for which [S]."""
    centres, cells = proposals.centres[image], proposals.cells[image]
    if len(target.boxes) == 0:
        return torch.zeros(len(boxes)), torch.zeros(len(boxes), dtype=torch.long)
    offset = (centres[:, None] - target.boxes[None, :, :2]).abs()
    # At least the nearest cell of a person counts, however small the person is.
    reach = torch.maximum(0.2 * target.boxes[None, :, 2:], 0.75 * cells[:, None])
    near = (1 - (offset / reach).amax(-1)).clamp(min=0)
    # The best level is the one whose proposal has the person's size.
    person_cells = (target.boxes[None, :, 2:] / cells[:, None]).clamp(min=1e-3).log2().mean(-1)
    levels = person_cells - 2.0
    # Smaller or larger than any proposal: the finest or the coarsest level takes it.
    levels = levels - levels.max(0).values.clamp(max=0) - levels.min(0).values.clamp(min=0)
    fit = (1 - levels.abs() / 1.25).clamp(min=0)
    strength, person = (near.sqrt() * fit.sqrt()).max(1)
    return strength, person


def _in_ignored(boxes: Tensor, targets: list[Targets]) -> Tensor:
    """1 where a box [B, N, 4] lies mostly in an ignore region of its image, else 0 [B, N]."""
    out = boxes.new_zeros(boxes.shape[:2])
    with torch.no_grad():
        for image, target in enumerate(targets):
            if len(target.ignore) == 0:
                continue
            a, b = corners(boxes[image])[:, None], corners(target.ignore)[None]
            low = torch.maximum(a[..., :2], b[..., :2])
            high = torch.minimum(a[..., 2:], b[..., 2:])
            shared = (high - low).clamp(min=0).prod(-1)
            area = (a[..., 2:] - a[..., :2]).prod(-1).clamp(min=LEAST_AREA)
            out[image] = ((shared / area).amax(1) > 0.5).float()
    return out
