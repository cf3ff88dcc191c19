"""The four errors of estimated poses, drawn on true ones: jitter, miss, inversion, swap.

Ronchi and Perona (Benchmarking and Error Diagnosis in Multi-Instance Pose Estimation,
ICCV 2017, section 3) tell errors apart by the keypoint similarity
ks = exp(-d^2 / (2 * area * (2 * sigma)^2)) at distance d from a true keypoint:

- good: ks >= 0.85 to the truth;
- jitter: 0.5 <= ks < 0.85 to the truth;
- inversion: not near the truth (ks < 0.5), but near (ks >= 0.5) its left/right twin;
- swap: near neither of those, but near the same keypoint or its twin of another person;
- miss: near none of them.

Similarity to another person's keypoint is counted with that person's area. The published
Click-Pose software has no such errors, only uniform noise.

Shapes: P people, K keypoints, E keypoints to spoil, T trials, M people of one image.
Coordinates are in 0..1 of a square window, areas in squares of its side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import IntEnum

import torch
from torch import Tensor

NEAR, GOOD_FROM = 0.5, 0.85
"""Similarity from which a point is near a keypoint, and from which it is a good answer."""

TRIALS = 8
"""Draws a spoilt keypoint; the first that fits its kind is taken."""

_LEAST_AREA = 1e-6


class PoseError(IntEnum):
    """What was done to a keypoint."""

    UNLABELLED = -1
    GOOD = 0
    JITTER = 1
    MISS = 2
    INVERSION = 3
    SWAP = 4


@dataclass(frozen=True, slots=True)
class PoseErrorRates:
    """How often a labelled keypoint is spoilt in which way; what is left stays good.

    The defaults are round numbers of the order that Ronchi and Perona count on COCO: about
    three in four keypoints good, jitter and miss the most frequent errors, inversion rarer,
    swap the rarest. An error that cannot happen (no twin, nobody near, no room) does not, and
    the keypoint is good instead; so on single people these rates are upper bounds.

    Attributes:
        jitter: chance to be a little off.
        miss: chance to be near nothing that it could be confused with.
        inversion: chance to be at its left/right twin.
        swap: chance to be at another person's keypoint.
        farthest: least similarity of a miss to the truth; bounds how far it is off.
        swap_reach: how far the other person's keypoint may be, in square roots of the area.
    """

    jitter: float = 0.12
    miss: float = 0.08
    inversion: float = 0.04
    swap: float = 0.02
    farthest: float = 0.01
    swap_reach: float = 2.0

    def __post_init__(self) -> None:
        """Refuse rates that are no chances; ValueError names the field."""
        for field in fields(self):
            if not getattr(self, field.name) >= 0:
                raise ValueError(f"{field.name} must not be below 0")
        if self.jitter + self.miss + self.inversion + self.swap > 1 + 1e-9:
            raise ValueError("jitter, miss, inversion and swap add up to more than 1")
        if not 0 < self.farthest < NEAR:
            raise ValueError(f"farthest must lie between 0 and {NEAR}")


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """True people, and where confusions lead.

    Attributes:
        keypoints: [P, K, 2].
        labelled: [P, K].
        scale: distance at which a keypoint's similarity is exp(-1/2) [P, K].
        size: square root of the area [P].
        twin: index of each keypoint's twin [K], its own where it has none.
        image: of each person [P].
    """

    keypoints: Tensor
    labelled: Tensor
    scale: Tensor
    size: Tensor
    twin: Tensor
    image: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Keypoints that a point may be near: positions [..., 2], scales and validity [...]."""

    xy: Tensor
    scale: Tensor
    valid: Tensor


def spoil_keypoints(
    keypoints: Tensor,
    visibility: Tensor,
    area: Tensor,
    sigmas: Tensor,
    pairs: tuple[tuple[int, int], ...],
    rates: PoseErrorRates,
    generator: torch.Generator,
    image: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """True poses as an estimator might have got them.

    Each labelled keypoint draws its error independently; within an error's band the
    similarity is uniform and so is the direction, turned back where it would leave the window.

    Args:
        keypoints: true ones [P, K, 2] (x, y), in 0..1 where labelled.
        visibility: [P, K]; 0 unlabelled: such keypoints come back as they are, and nothing is
            confused with them.
        area: of each person [P].
        sigmas: OKS tolerances [K].
        pairs: (left, right) twins of the skeleton.
        rates: how often each error happens.
        generator: of all randomness; its device may differ from the keypoints'.
        image: which image each person is in [P]; None when all are in one. Only people of
            the same image are swapped.

    Returns:
        Spoilt keypoints [P, K, 2] and the PoseError that each suffered [P, K] int64.
    """
    people = _describe(keypoints, visibility, area, sigmas, pairs, image)
    wanted = _draw_kinds(people.labelled, rates, generator)
    spoilt = _scatter(keypoints, people.scale, GOOD_FROM, 1.0, generator)
    spoilt = torch.where(people.labelled[..., None], spoilt, keypoints)
    person, k = (wanted > PoseError.GOOD).nonzero(as_tuple=True)
    if len(person):
        points, fits = _attempts(people, person, k, wanted[person, k], rates, generator)
        first = fits.int().argmax(1)
        chosen = points[torch.arange(len(first), device=first.device), first]
        possible = fits.any(1)
        spoilt[person, k] = torch.where(possible[:, None], chosen, spoilt[person, k])
        wanted[person, k] = torch.where(possible, wanted[person, k], int(PoseError.GOOD))
    return spoilt, wanted


def _describe(
    keypoints: Tensor,
    visibility: Tensor,
    area: Tensor,
    sigmas: Tensor,
    pairs: tuple[tuple[int, int], ...],
    image: Tensor | None,
) -> _People:
    twins = list(range(len(sigmas)))
    for a, b in pairs:
        twins[a], twins[b] = b, a
    size = area.clamp(min=_LEAST_AREA).sqrt()
    device = keypoints.device
    if image is None:
        image = torch.zeros(len(area), dtype=torch.long, device=device)
    return _People(
        keypoints,
        visibility > 0,
        size[:, None] * 2 * sigmas,
        size,
        torch.tensor(twins, device=device),
        image,
    )


def _draw_kinds(labelled: Tensor, rates: PoseErrorRates, generator: torch.Generator) -> Tensor:
    """The error that each keypoint is to suffer [P, K]."""
    shares = torch.tensor([rates.jitter, rates.miss, rates.inversion, rates.swap])
    good = 1 - shares.sum()
    # Edges between good, jitter, miss, inversion and swap, in the order of PoseError.
    edges = torch.cat([good[None], good + shares.cumsum(0)[:-1]]).to(labelled.device)
    draws = _uniform(labelled.shape, generator, labelled.device)
    kinds = torch.bucketize(draws, edges, right=True)
    return torch.where(labelled, kinds, int(PoseError.UNLABELLED))


def _attempts(
    people: _People,
    person: Tensor,
    k: Tensor,
    kind: Tensor,
    rates: PoseErrorRates,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """For keypoints k [E] of people [E]: trial points [E, T, 2], and which fit their kind."""
    twins = people.twin[k]
    truth = _places(people, person[:, None], k[:, None])
    twin = _places(people, person[:, None], twins[:, None], (twins != k)[:, None])
    others = _others(people, person, k)
    target = _swap_targets(truth, others, people.size[person], rates, generator)
    kind = kind[:, None].expand(-1, TRIALS)
    misses, inverts, swaps = (
        kind == error for error in (PoseError.MISS, PoseError.INVERSION, PoseError.SWAP)
    )
    centre = torch.where(inverts[..., None], twin.xy, truth.xy)
    centre = torch.where(swaps[..., None], target.xy, centre)
    scale = torch.where(swaps, target.scale, torch.where(inverts, twin.scale, truth.scale))
    low = torch.where(misses, rates.farthest, NEAR)
    high = torch.where(misses, NEAR, torch.where(inverts | swaps, 1.0, GOOD_FROM))
    points = _scatter(centre, scale, low, high, generator)

    near_truth, near_twin, near_other = (_near(points, p) for p in (truth, twin, others))
    confused = torch.where(inverts, twin.valid, ~near_twin)
    confused &= torch.where(swaps, target.valid, ~near_other | inverts)
    fits = (kind == PoseError.JITTER) | (~near_truth & confused)
    return points, fits & ((points >= 0) & (points <= 1)).all(-1)


def _places(people: _People, person: Tensor, k: Tensor, real: Tensor | None = None) -> _Places:
    valid = people.labelled[person, k]
    xy, scale = people.keypoints[person, k], people.scale[person, k]
    return _Places(xy, scale, valid if real is None else valid & real)


def _others(people: _People, person: Tensor, k: Tensor) -> _Places:
    """Keypoints k [E] and their twins of everybody else in the image, side by side [E, 2 M]."""
    same = people.image[:, None] == people.image
    most = int(same.sum(1).max())
    # Each person's own image, filled up with people of others, who are then not valid.
    company = same.int().topk(most, dim=1).indices[person]
    real = same[person].gather(1, company) & (company != person[:, None])
    which = torch.stack([k, people.twin[k]], 1).repeat_interleave(most, 1)
    return _places(people, company.repeat(1, 2), which, real.repeat(1, 2))


def _swap_targets(
    truth: _Places, others: _Places, size: Tensor, rates: PoseErrorRates, generator: torch.Generator
) -> _Places:
    """Some keypoint of somebody near for every trial [E, T]; not valid where nobody is near."""
    distance = (others.xy - truth.xy).norm(dim=-1)
    near = others.valid & (distance <= rates.swap_reach * size[:, None])
    lots = _uniform((len(near), TRIALS, near.shape[1]), generator, near.device)
    lot, chosen = torch.where(near[:, None], lots, -1.0).max(-1)
    row = torch.arange(len(near), device=near.device)[:, None]
    return _Places(others.xy[row, chosen], others.scale[row, chosen], lot >= 0)


def _near(points: Tensor, places: _Places) -> Tensor:
    """Which points [E, T, 2] are near one of the places [E, N] of their row [E, T]."""
    squared = ((points[:, :, None] - places.xy[:, None]) ** 2).sum(-1)
    similarity = torch.exp(-squared / (2 * places.scale[:, None] ** 2))
    return ((similarity >= NEAR) & places.valid[:, None]).any(-1)


def _scatter(
    centre: Tensor,
    scale: Tensor,
    low: Tensor | float,
    high: Tensor | float,
    generator: torch.Generator,
) -> Tensor:
    """Points [..., 2] around centres, of a similarity drawn evenly from low to high [...]."""
    draws = _uniform(centre.shape, generator, centre.device)
    similarity = low + (high - low) * draws[..., 0]
    radius = scale * torch.sqrt(-2 * similarity.log())
    angle = 2 * math.pi * draws[..., 1]
    step = radius[..., None] * torch.stack([angle.cos(), angle.sin()], -1)
    moved = centre + step
    # Turned back at the window's edge axis by axis, which keeps the distance.
    return torch.where((moved < 0) | (moved > 1), centre - step, moved)


def _uniform(shape: tuple[int, ...], generator: torch.Generator, device: torch.device) -> Tensor:
    return torch.rand(shape, generator=generator, device=generator.device).to(device)
