"""Simulated annotators: wrong poses to start from, and the clicks that correct them.

Shapes: B images, N slots (people to refine, real or filler), K keypoints; coordinates
in 0..1 of the image.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How the starting poses are spoilt.

    Attributes:
        template: share of people that start from the average pose in their box.
        jitter: largest displacement of a keypoint, in box sides.
        inversion: chance of a left/right pair to be exchanged.
        miss: chance of a keypoint to be anywhere in the box.
        box: largest relative error of the box's centre and sides.
        unclicked: share of people without any click.
    """

    template: float = 0.25
    jitter: float = 0.12
    inversion: float = 0.08
    miss: float = 0.08
    box: float = 0.2
    unclicked: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class RefinementTask:
    """People to refine and the truth about them.

    Attributes:
        boxes: starting boxes [B, N, 4], cxcywh.
        keypoints: starting keypoints [B, N, K, 2], clicked ones in place.
        pinned: which were clicked [B, N, K].
        person: index of the true person in its image's targets [B, N]; -1 for a filler.
    """

    boxes: Tensor
    keypoints: Tensor
    pinned: Tensor
    person: Tensor

    def and_then(self, other: RefinementTask) -> RefinementTask:
        """Both tasks side by side."""
        return RefinementTask(
            torch.cat([self.boxes, other.boxes], 1),
            torch.cat([self.keypoints, other.keypoints], 1),
            torch.cat([self.pinned, other.pinned], 1),
            torch.cat([self.person, other.person], 1),
        )


def click_count(generator: torch.Generator, most: int) -> int:
    """A number of clicks 1..most with P(n) proportional to n^-2, as published."""
    chances = torch.arange(1, most + 1, dtype=torch.float32) ** -2
    return int(torch.multinomial(chances, 1, generator=generator)) + 1


def spoilt_poses(
    targets: list[Targets],
    slots: int,
    template: Tensor,
    pairs: tuple[tuple[int, int], ...],
    rates: ErrorRates,
    generator: torch.Generator,
) -> RefinementTask:
    """True people with spoilt boxes and poses, some keypoints already clicked.

    Args:
        targets: of each image.
        slots: N; people are repeated until the slots are full, fillers where there are none.
        template: average pose in box units around its centre [K, 2].
        pairs: left and right keypoints.
        rates: how poses are spoilt.
        generator: of all randomness.
    """
    rows = [
        [_spoil(target, slot, template, pairs, rates, generator) for slot in range(slots)]
        for target in targets
    ]
    boxes, keypoints, pinned, person = (
        torch.stack([torch.stack([row[slot][part] for slot in range(slots)]) for row in rows])
        for part in range(4)
    )
    return RefinementTask(boxes, keypoints, pinned, person)


def _spoil(
    target: Targets,
    slot: int,
    template: Tensor,
    pairs: tuple[tuple[int, int], ...],
    rates: ErrorRates,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    k = len(template)
    if len(target.boxes) == 0:
        size = 0.1 + 0.6 * uniform(2)
        box = torch.cat([size / 2 + (1 - size) * uniform(2), size])
        start = (box[:2] + template * box[2:]).clamp(0, 1)
        return box, start, torch.zeros(k, dtype=torch.bool), torch.tensor(-1)
    person = slot % len(target.boxes)
    box = target.boxes[person]
    wh = box[2:] * (1 + rates.box * (2 * uniform(2) - 1))
    box = torch.cat([box[:2] + rates.box * (uniform(2) - 0.5) * box[2:], wh]).clamp(1e-3, 1)
    truth, labelled = target.keypoints[person], target.visibility[person] > 0
    guess = box[:2] + template * box[2:]
    if float(uniform(1)) < rates.template:
        start = guess
    else:
        # Where the truth is unknown, the average pose stands in for it.
        start = torch.where(labelled[:, None], truth, guess)
        for a, b in pairs:
            if float(uniform(1)) < rates.inversion:
                start[[a, b]] = start[[b, a]]
        reach = rates.jitter * float(uniform(1)) * wh
        start = start + reach * (2 * uniform(k, 2) - 1)
        missed = uniform(k, 1) < rates.miss
        start = torch.where(missed, box[:2] + wh * (uniform(k, 2) - 0.5), start)
    start = start.clamp(0, 1)
    pinned = torch.zeros(k, dtype=torch.bool)
    if bool(labelled.any()) and float(uniform(1)) >= rates.unclicked:
        count = min(click_count(generator, k), int(labelled.sum()))
        chosen = torch.multinomial(labelled.float(), count, generator=generator)
        pinned[chosen] = True
        start = torch.where(pinned[:, None], truth, start)
    return _grown(box, start, pinned), start, pinned, torch.tensor(person)


def corrected_predictions(
    output: LayerOutput, pairs: list[Tensor], targets: list[Targets], generator: torch.Generator
) -> RefinementTask:
    """The network's own predictions with their worst keypoints clicked into place.

    Args:
        output: of a pose layer; used as values, without gradient.
        pairs: its matching to the people of targets.
        targets: of each image.
        generator: draws the number of clicks.
    """
    assert output.keypoints is not None
    k = output.keypoints.shape[2]
    slots = max(1, *(p.shape[1] for p in pairs))
    batch = len(targets)
    boxes = output.boxes.new_tensor([0.5, 0.5, 0.5, 0.5]).repeat(batch, slots, 1)
    keypoints = output.keypoints.new_full((batch, slots, k, 2), 0.5)
    pinned = torch.zeros(batch, slots, k, dtype=torch.bool)
    people = torch.full((batch, slots), -2)
    for image, (target, pair) in enumerate(zip(targets, pairs, strict=True)):
        for slot, (query, person) in enumerate(pair.T.tolist()):
            xy = output.keypoints[image, query].detach().clone()
            labelled = target.visibility[person] > 0
            error = (xy - target.keypoints[person]).abs().sum(-1) * labelled
            count = min(click_count(generator, k), int(labelled.sum()))
            worst = error.topk(count).indices
            xy[worst] = target.keypoints[person, worst]
            pinned[image, slot, worst] = True
            keypoints[image, slot] = xy
            box = output.boxes[image, query].detach()
            boxes[image, slot] = _grown(box, xy, pinned[image, slot])
            people[image, slot] = person
    return RefinementTask(boxes, keypoints, pinned, people)


def _grown(box: Tensor, keypoints: Tensor, pinned: Tensor) -> Tensor:
    """A box [4] grown to hold what was clicked, as the application does before refining."""
    if not bool(pinned.any()):
        return box
    low = torch.minimum(box[:2] - box[2:] / 2, keypoints[pinned].amin(0))
    high = torch.maximum(box[:2] + box[2:] / 2, keypoints[pinned].amax(0))
    return torch.cat([(low + high) / 2, high - low])
