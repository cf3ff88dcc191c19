"""Simulated annotators: wrong poses to start from, and the clicks that correct them.

Shapes: B images, N slots (people to refine, real or filler), K keypoints; coordinates
in 0..1 of the image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.network.steps import LEAST_SIZE
from clickpose_app.training.data import Targets
from clickpose_app.training.pose_errors import PoseErrorRates, spoil_keypoints


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How the starting poses are spoilt.

    Attributes:
        template: share of people that start from the average pose in their box.
        poses: chances of each kind of error in the others.
        drift: standard deviation of an error that a whole pose shares, in box sides.
        box: largest relative error of the box's centre and sides.
        unclicked: share of people without any click.
    """

    template: float = 0.25
    poses: PoseErrorRates = field(default_factory=PoseErrorRates)
    drift: float = 0.03
    box: float = 0.2
    unclicked: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class RefinementTask:
    """People to refine and the truth about them.

    Attributes:
        boxes: starting boxes [B, N, 4], cxcywh.
        keypoints: starting keypoints [B, N, K, 2], clicked ones in place.
        pinned: which were clicked [B, N, K].
        moved: how far the last clicks moved them [B, N, K, 2]; 0 for the others.
        person: index of the true person in its image's targets [B, N]; -1 for a place where
            nobody is, -2 for a slot that does not count.
    """

    boxes: Tensor
    keypoints: Tensor
    pinned: Tensor
    moved: Tensor
    person: Tensor

    def and_then(self, other: RefinementTask) -> RefinementTask:
        """Both tasks side by side."""
        return RefinementTask(
            torch.cat([self.boxes, other.boxes], 1),
            torch.cat([self.keypoints, other.keypoints], 1),
            torch.cat([self.pinned, other.pinned], 1),
            torch.cat([self.moved, other.moved], 1),
            torch.cat([self.person, other.person], 1),
        )


def click_counts(generator: torch.Generator, shape: tuple[int, ...], most: int) -> Tensor:
    """Numbers of clicks 1..most with P(n) proportional to n^-2, as published."""
    chances = torch.arange(1, most + 1, dtype=torch.float32) ** -2
    drawn = torch.multinomial(chances, math.prod(shape), replacement=True, generator=generator)
    return drawn.view(shape) + 1


def spoilt_poses(
    targets: list[Targets],
    slots: int,
    template: Tensor,
    pairs: tuple[tuple[int, int], ...],
    sigmas: Tensor,
    rates: ErrorRates,
    generator: torch.Generator,
) -> RefinementTask:
    """True people with spoilt boxes and poses, some keypoints already clicked.

    Args:
        targets: of each image.
        slots: N; people are repeated until the slots are full, fillers where there are none.
        template: average pose in box units around its centre [K, 2].
        pairs: left and right keypoints.
        sigmas: tolerances [K].
        rates: how poses are spoilt.
        generator: of all randomness.
    """

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    batch = len(targets)
    people = torch.tensor([len(t.boxes) for t in targets])[:, None]
    person = torch.where(people > 0, torch.arange(slots) % people.clamp(min=1), -1)
    real = person >= 0
    true_boxes = _of_people(person, [t.boxes for t in targets])
    # Where nobody is, a box drawn anywhere must not become a person.
    side = 0.1 + 0.6 * uniform(batch, slots, 2)
    nowhere = torch.cat([side / 2 + (1 - side) * uniform(batch, slots, 2), side], -1)
    shift = rates.box * (uniform(batch, slots, 2) - 0.5)
    stretch = 1 + rates.box * (2 * uniform(batch, slots, 2) - 1)
    centre = true_boxes[..., :2] + shift * true_boxes[..., 2:]
    near = torch.cat([centre, true_boxes[..., 2:] * stretch], -1).clamp(LEAST_SIZE, 1)
    boxes = torch.where(real[..., None], near, nowhere)
    guess = boxes[:, :, None, :2] + template * boxes[:, :, None, 2:]
    truth, labelled = _truth(person, targets)
    spoilt = guess.clone()
    # Repetitions of a person are nobody to be confused with: each is in a scene of its own.
    scene = torch.arange(batch)[:, None] * slots + torch.arange(slots) // people.clamp(min=1)
    spoilt[real], _ = spoil_keypoints(
        # Where the truth is unknown, the average pose stands in for it.
        torch.where(labelled[..., None], truth, guess)[real],
        labelled[real].long(),
        _of_people(person, [t.area for t in targets])[real],
        sigmas,
        pairs,
        rates.poses,
        generator,
        image=scene[real],
    )
    drift = rates.drift * boxes[..., 2:] * torch.randn(batch, slots, 2, generator=generator)
    from_template = uniform(batch, slots) < rates.template
    start = torch.where(from_template[..., None, None], guess, spoilt + drift[:, :, None])
    none = torch.zeros(batch, slots, len(template), dtype=torch.bool)
    task = RefinementTask(boxes, start.clamp(0, 1), none, torch.zeros_like(start), person)
    counts = click_counts(generator, (batch, slots), len(template))
    clicked = uniform(batch, slots) >= rates.unclicked
    return click_worst(task, targets, counts * clicked)


def own_predictions(
    output: LayerOutput, pairs: list[Tensor], targets: list[Targets]
) -> RefinementTask:
    """The network's own predictions of people, before any click.

    Args:
        output: of a pose layer; used as values, without gradient.
        pairs: its matching to the people of targets.
        targets: of each image.
    """
    assert output.keypoints is not None
    slots = max(1, *(p.shape[1] for p in pairs))
    query = torch.zeros(len(targets), slots, dtype=torch.long)
    person = torch.full((len(targets), slots), -2)
    for image, (rows, people) in enumerate(pairs):
        query[image, : len(rows)] = rows
        person[image, : len(rows)] = people
    images = torch.arange(len(targets))[:, None]
    keypoints = output.keypoints.detach()[images, query]
    return RefinementTask(
        output.boxes.detach()[images, query],
        keypoints,
        torch.zeros(keypoints.shape[:3], dtype=torch.bool),
        torch.zeros_like(keypoints),
        person,
    )


def errors_of(task: RefinementTask, targets: list[Targets]) -> tuple[Tensor, Tensor]:
    """Truth less keypoints in box sides [P, K, 2] of the real people, and which are known."""
    truth, labelled = _truth(task.person, targets)
    real = task.person >= 0
    sides = task.boxes[..., 2:].clamp(min=LEAST_SIZE)
    return ((truth - task.keypoints) / sides[:, :, None])[real], labelled[real]


def go_on(task: RefinementTask, output: LayerOutput) -> RefinementTask:
    """The same people as a pose layer left them; what was pinned stays pinned."""
    assert output.keypoints is not None
    return RefinementTask(
        output.boxes.detach(),
        output.keypoints.detach(),
        task.pinned,
        torch.zeros_like(task.moved),
        task.person,
    )


def click_worst(task: RefinementTask, targets: list[Targets], counts: Tensor) -> RefinementTask:
    """Place the worst keypoints of every person, pin them, and grow the boxes to hold them.

    The worst are those furthest off, which is what an annotator sees.

    Args:
        task: people as they are.
        targets: of each image.
        counts: clicks for each person [B, N]; fewer where fewer labelled keypoints are free.
    """
    truth, labelled = _truth(task.person, targets)
    free = labelled & ~task.pinned
    error = (task.keypoints - truth).square().sum(-1).masked_fill(~free, -1.0)
    rank = error.argsort(-1, descending=True).argsort(-1)
    clicked = free & (rank < counts[..., None])
    placed = torch.where(clicked[..., None], truth, task.keypoints)
    pinned = task.pinned | clicked
    moved = torch.where(clicked[..., None], truth - task.keypoints, 0.0)
    return RefinementTask(_grown(task.boxes, placed, pinned), placed, pinned, moved, task.person)


def _of_people(person: Tensor, values: list[Tensor]) -> Tensor:
    """What the true person of every slot has [B, N, ...]; zero where there is none.

    Args:
        person: as in RefinementTask.
        values: of the people of each image [*, ...].
    """
    padded = pad_sequence(values, batch_first=True)
    if not padded.shape[1]:
        padded = padded.new_zeros(len(padded), 1, *padded.shape[2:])
    images = torch.arange(len(values))[:, None]
    there = (person >= 0).view(*person.shape, *[1] * (padded.ndim - 2))
    return padded[images, person.clamp(min=0)] * there


def _truth(person: Tensor, targets: list[Targets]) -> tuple[Tensor, Tensor]:
    """True keypoints [B, N, K, 2] of the people in every slot, and which are labelled."""
    keypoints = _of_people(person, [t.keypoints for t in targets])
    return keypoints, _of_people(person, [t.visibility > 0 for t in targets])


def _grown(boxes: Tensor, keypoints: Tensor, pinned: Tensor) -> Tensor:
    """Boxes [..., 4] grown to hold what was clicked, as the application does before refining."""
    half = boxes[..., 2:] / 2
    low, high = boxes[..., :2] - half, boxes[..., :2] + half
    held = pinned[..., None]
    low = torch.minimum(low, torch.where(held, keypoints, torch.inf).amin(-2))
    high = torch.maximum(high, torch.where(held, keypoints, -torch.inf).amax(-2))
    return torch.cat([(low + high) / 2, high - low], -1)
