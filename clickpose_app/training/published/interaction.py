"""The published loop of clicks in a training step.

In each round every matched person gets one click: the keypoint that is farthest off. What the
decoder makes of it is where the next round starts, with its gradient; the last round is learned
from. Shapes: B images, R people carried on, K keypoints; coordinates in 0..1 of the image.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import ClickPose, Memory
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.matching import corners
from clickpose_app.training.published.forward import refine
from clickpose_app.training.published.losses import MatchedPeople
from clickpose_app.training.published.matching import match


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One round of clicks.

    Attributes:
        boxes: as the decoder got them, grown to hold the keypoints [B, R, 4] cxcywh.
        keypoints: likewise, the clicked ones in place [B, R, K, 2].
        outputs: of every pose layer.
    """

    boxes: Tensor
    keypoints: Tensor
    outputs: list[LayerOutput]


def click_rounds(
    model: ClickPose,
    memory: Memory,
    last: LayerOutput,
    targets: list[Targets],
    count: int,
    sigmas: Tensor,
) -> list[Round]:
    """Rounds of clicks on the best predictions of a first pass.

    Images with more people than the R that are carried on leave some out.

    Args:
        model: the network.
        memory: of the images.
        last: final predictions of the first pass.
        targets: of each image.
        count: rounds, at least 1.
        sigmas: OKS tolerances [K].
    """
    state = _best(last, model.config.refine_groups)
    matched = MatchedPeople.of(targets, match(state, targets, sigmas).pairs)
    rounds = []
    for _ in range(count):
        boxes, keypoints = click(state, matched)
        outputs = refine(model, memory, boxes, keypoints)
        rounds.append(Round(boxes, keypoints, outputs))
        state = outputs[-1]
    return rounds


def click(state: LayerOutput, matched: MatchedPeople) -> tuple[Tensor, Tensor]:
    """Boxes [B, R, 4] and keypoints [B, R, K, 2] after one click on every matched person.

    The farthest labelled keypoint moves to its true place, and the box grows to hold all
    keypoints; people without labelled keypoints, and those not matched, stay as they are.
    """
    assert state.keypoints is not None
    boxes, keypoints = state.boxes, state.keypoints
    image, query = matched.image, matched.query
    mine = keypoints[image, query]
    error = (mine.detach() - matched.keypoints).abs().sum(-1) * matched.labelled
    worst = torch.zeros_like(error).scatter(1, error.argmax(1, keepdim=True), 1.0) > 0
    worst &= matched.labelled > 0
    mine = torch.where(worst[..., None], matched.keypoints, mine)
    box = corners(boxes[image, query])
    # As published, keypoints outside the box move it but are not taught by it.
    outermost = mine.detach()
    low = torch.minimum(box[:, :2], outermost.amin(1))
    high = torch.maximum(box[:, 2:], outermost.amax(1))
    grown = torch.cat([(low + high) / 2, high - low], -1)
    where = (image, query)
    return boxes.index_put(where, grown), keypoints.index_put(where, mine)


def _best(output: LayerOutput, count: int) -> LayerOutput:
    """The predictions that score highest, best first."""
    assert output.keypoints is not None
    score = output.logits.max(-1).values
    best = score.topk(min(count, score.shape[1]), dim=1).indices
    row = torch.arange(len(best), device=best.device)[:, None]
    return LayerOutput(
        output.logits[row, best], output.boxes[row, best], output.keypoints[row, best]
    )
