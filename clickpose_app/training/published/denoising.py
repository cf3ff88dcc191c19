"""Denoising queries: true people with noise on them, that the decoder is to restore.

Published noise alone: uniform on boxes and keypoints, random label ids. Shapes: B images,
D denoising queries an image, Q matching queries, N people in all, K keypoints, C classes.
Coordinates are in 0..1 of the image, boxes cxcywh.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor

from clickpose_app.network.config import ModelConfig
from clickpose_app.training.data import Targets
from clickpose_app.training.matching import PERSON
from clickpose_app.training.simulation import click_counts


@dataclass(frozen=True, slots=True)
class DenoisingNoise:
    """How many denoising queries there are, and how far they are off.

    Attributes:
        queries: D, of each image.
        label: chance of a label id to be replaced by a random one.
        box: largest error of a box's sides, and twice that of its centre, in box sides.
        keypoint: twice the largest error of a keypoint, in sides of the noisy box.
    """

    queries: int = 50
    label: float = 0.5
    box: float = 0.4
    keypoint: float = 0.4

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn; ValueError names the field."""
        if self.queries < 1:
            raise ValueError("queries must be at least 1")
        if not 0 <= self.label <= 1:
            raise ValueError("label must be a chance")
        if not (self.box >= 0 and self.keypoint >= 0):
            raise ValueError("box and keypoint must not be below 0")


@dataclass(frozen=True, slots=True, eq=False)
class Denoising:
    """Denoising queries of a batch and what they are to become.

    Attributes:
        labels: rows of the decoder's label_content [B, D].
        keypoint_labels: rows of its keypoint_label_content [B, D, K].
        boxes: noisy [B, D, 4].
        keypoints: noisy [B, D, K, 2].
        people: people of each image [B]; their queries repeat in chunks of that many.
        true_classes: 1 at the class of each query [B, D, C]; all 0 for background.
        true_boxes: [B, D, 4].
        true_keypoints: [B, D, K, 2].
        true_weights: how much each keypoint counts [B, D, K].
    """

    labels: Tensor
    keypoint_labels: Tensor
    boxes: Tensor
    keypoints: Tensor
    people: Tensor
    true_classes: Tensor
    true_boxes: Tensor
    true_keypoints: Tensor
    true_weights: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class _Truth:
    """What the queries of one image are about, without noise; fields as in Denoising."""

    labels: Tensor
    true_classes: Tensor
    true_boxes: Tensor
    true_keypoints: Tensor
    true_weights: Tensor


def draw_denoising(
    targets: list[Targets],
    config: ModelConfig,
    noise: DenoisingNoise,
    generator: torch.Generator,
    *,
    corrected: bool,
) -> Denoising:
    """Denoising queries of a batch.

    Each image repeats its people as often as they all fit; random ones of them fill the rest.
    An image without people gets random boxes and poses of no class, as published.

    Args:
        targets: of each image.
        config: of the network.
        noise: how much.
        generator: of all randomness.
        corrected: whether some keypoints are as a person corrected them, without noise.
    """
    rows = [_true_queries(target, config, noise.queries, generator) for target in targets]
    truth = _Truth(*(torch.stack([getattr(r, f.name) for r in rows]) for f in fields(_Truth)))
    draw = _Draw(generator, truth.true_boxes.device)
    shape = truth.labels.shape
    anything = draw.integers(max(1, config.denoising_labels), shape)
    labels = torch.where(draw.uniform(*shape) < noise.label, anything, truth.labels)
    clean = torch.arange(1, config.keypoints + 1, device=labels.device)
    anything = draw.integers(config.keypoints, (*shape, config.keypoints))
    replaced = draw.uniform(*shape, config.keypoints) < noise.label
    keypoint_labels = torch.where(replaced, anything, clean)

    box = truth.true_boxes
    wh = box[..., 2:].repeat(1, 1, 2) * noise.box
    reach = wh * wh.new_tensor([0.5, 0.5, 1.0, 1.0])
    boxes = (box + draw.sign(*shape, 4) * reach).clamp(0, 1)
    reach = boxes[..., None, 2:] * (noise.keypoint / 2)
    step = draw.sign(*shape, config.keypoints, 2) * reach
    if corrected:
        step = step.masked_fill(draw.clicked(shape, config.keypoints)[..., None], 0.0)
    keypoints = (truth.true_keypoints + step).clamp(0, 1)
    return Denoising(
        labels,
        keypoint_labels,
        boxes,
        keypoints,
        torch.tensor([len(t.boxes) for t in targets], device=box.device),
        truth.true_classes,
        truth.true_boxes,
        truth.true_keypoints,
        truth.true_weights,
    )


def box_mask(denoising: Denoising, queries: int) -> Tensor:
    """Who may not look at whom in the box layers [B, D + Q, D + Q], True where forbidden.

    Matching queries look at each other alone; a denoising query also looks at its own chunk,
    in which each person of the image stands once.
    """
    chunk = denoising.people.clamp(min=1)[:, None]
    place = torch.arange(denoising.labels.shape[1], device=chunk.device)
    return _mask(place // chunk, denoising, queries)


def pose_mask(denoising: Denoising, groups: int, size: int) -> Tensor:
    """The same for the pose layers [B, (D + N) * size, (D + N) * size], size queries a person.

    People look at themselves alone; denoising queries also at all matching queries, as
    published.
    """
    count = denoising.labels.shape[1]
    place = torch.arange(count, device=denoising.people.device).expand(len(denoising.people), -1)
    blocked = _mask(place, denoising, groups)
    blocked[:, count:, count:] = ~torch.eye(groups, dtype=torch.bool, device=blocked.device)
    return blocked.repeat_interleave(size, 1).repeat_interleave(size, 2)


def _mask(group: Tensor, denoising: Denoising, queries: int) -> Tensor:
    """Denoising queries see their group [B, D] and all matching queries, which see no group."""
    # As published, an image without people has no groups.
    group = group * (denoising.people > 0)[:, None]
    count = group.shape[1]
    total = count + queries
    blocked = torch.zeros(len(group), total, total, dtype=torch.bool, device=group.device)
    blocked[:, :count, :count] = group[:, :, None] != group[:, None]
    blocked[:, count:, :count] = True
    return blocked


def _true_queries(
    target: Targets, config: ModelConfig, count: int, generator: torch.Generator
) -> _Truth:
    people, device = len(target.boxes), target.boxes.device
    draw = _Draw(generator, device)
    classes = torch.zeros(count, config.classes, device=device)
    if people == 0:
        background = min(config.classes, config.denoising_labels)
        numbers = draw.uniform(count, config.keypoints, 3)
        return _Truth(
            torch.full((count,), background, device=device),
            classes,
            draw.uniform(count, 4),
            numbers[..., :2],
            numbers[..., 2],
        )
    whole = torch.arange(people, device=device).repeat(count // people)
    who = torch.cat([whole, draw.integers(people, (count % people,))])
    classes[:, PERSON] = 1.0
    return _Truth(
        torch.full((count,), PERSON, device=device),
        classes,
        target.boxes[who],
        target.keypoints[who],
        (target.visibility[who] > 0).float(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Draw:
    """Random numbers of a generator, on the device of the labels."""

    generator: torch.Generator
    device: torch.device

    def uniform(self, *shape: int) -> Tensor:
        """In 0..1."""
        where = self.generator.device
        return torch.rand(shape, generator=self.generator, device=where).to(self.device)

    def sign(self, *shape: int) -> Tensor:
        """In -1..1."""
        return 2 * self.uniform(*shape) - 1

    def integers(self, below: int, shape: tuple[int, ...]) -> Tensor:
        """In 0..below - 1."""
        where = self.generator.device
        return torch.randint(below, shape, generator=self.generator, device=where).to(self.device)

    def clicked(self, shape: tuple[int, ...], keypoints: int) -> Tensor:
        """Keypoints [..., K] that a person corrected: n draws of one, P(n) like n^-2."""
        clicks = click_counts(self.generator, shape, keypoints).to(self.device)
        which = self.integers(keypoints, (*shape, keypoints))
        counted = torch.arange(keypoints, device=self.device) < clicks[..., None]
        # A keypoint drawn twice is clicked once.
        return torch.zeros_like(which).scatter_add(-1, which, counted.long()) > 0
