"""The four pose errors: measured by the definitions that they are drawn from."""

from __future__ import annotations

import dataclasses
import math

import msgspec
import pytest
import torch
from torch import Tensor

from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.pose_errors import PoseError, PoseErrorRates, spoil_keypoints

SKELETON = builtin_skeleton()
SIGMAS = torch.tensor(SKELETON.sigmas)
NONE = PoseErrorRates(jitter=0, miss=0, inversion=0, swap=0)
TWIN = {a: b for pair in SKELETON.pairs for a, b in (pair, pair[::-1])}
ROUNDING = 1e-3
"""How far a similarity may be off its band by float32 coordinates."""


@dataclasses.dataclass(frozen=True)
class Crowd:
    """People in several images: positions in 0..1 and what spoil_keypoints needs of them."""

    keypoints: Tensor
    visibility: Tensor
    area: Tensor
    image: Tensor

    def spoil(self, rates: PoseErrorRates, seed: int = 0) -> tuple[Tensor, Tensor]:
        return spoil_keypoints(
            self.keypoints,
            self.visibility,
            self.area,
            SIGMAS,
            SKELETON.pairs,
            rates,
            torch.Generator().manual_seed(seed),
            self.image,
        )

    def similarity(self, points: Tensor) -> Tensor:
        """Of points [P, K, 2] to every keypoint [P, K, P, K]."""
        squared = ((points[:, :, None, None] - self.keypoints) ** 2).sum(-1)
        return torch.exp(-squared / (2 * self.area[:, None] * (2 * SIGMAS) ** 2))


def crowd(images: int = 60, each: int = 3, side: float = 0.3, seed: int = 1) -> Crowd:
    """Poses spread over boxes of a side, so that confusions have room."""
    count = images * each
    draws = torch.Generator().manual_seed(seed)
    centre = 0.2 + 0.6 * torch.rand(count, 1, 2, generator=draws)
    spread = torch.rand(count, 17, 2, generator=draws) - 0.5
    return Crowd(
        (centre + side * spread).clamp(0, 1),
        torch.full((count, 17), 2),
        torch.full((count,), 0.53 * side * side),
        torch.arange(images).repeat_interleave(each),
    )


def parts(people: Crowd, points: Tensor) -> dict[str, Tensor]:
    """Similarity of each point to the truth, its twin, and the best confusable other [P, K]."""
    score = people.similarity(points)
    person, k = torch.arange(len(points))[:, None], torch.arange(17)
    twin = torch.tensor([TWIN.get(i, i) for i in range(17)])
    has_twin = twin != k
    same_kind = torch.stack([score[:, k, :, k], score[:, k, :, twin]], -1).amax(-1)
    others = people.image[:, None] == people.image
    others &= ~torch.eye(len(points), dtype=torch.bool)
    best = (same_kind * others).amax(-1).T  # indexing put the keypoints first
    return {
        "truth": score[person, k, person, k],
        "twin": score[person, k, person, twin] * has_twin,
        "other": best,
    }


def only(name: str) -> PoseErrorRates:
    return PoseErrorRates(**{**dataclasses.asdict(NONE), name: 1.0})


def test_good_keypoints_stay_above_their_band() -> None:
    people = crowd()
    spoilt, kind = people.spoil(NONE)
    assert bool((kind == PoseError.GOOD).all())
    truth = parts(people, spoilt)["truth"]
    assert float(truth.min()) >= 0.85 - ROUNDING
    assert float(truth.mean()) == pytest.approx(0.925, abs=0.01)


def test_jitter_fills_its_band_evenly() -> None:
    people = crowd()
    spoilt, kind = people.spoil(only("jitter"))
    assert bool((kind == PoseError.JITTER).all())
    truth = parts(people, spoilt)["truth"]
    assert 0.5 - ROUNDING <= float(truth.min()) < 0.51
    assert 0.84 < float(truth.max()) <= 0.85 + ROUNDING
    assert float(truth.mean()) == pytest.approx(0.675, abs=0.01)
    assert float(truth.std()) == pytest.approx(0.35 / math.sqrt(12), abs=0.01)


def test_misses_are_near_nothing_that_they_could_be_confused_with() -> None:
    people = crowd()
    spoilt, kind = people.spoil(only("miss"))
    missed = kind == PoseError.MISS
    assert float(missed.float().mean()) > 0.99
    for score in parts(people, spoilt).values():
        assert float(score[missed].max()) < 0.5 + ROUNDING
    assert float(parts(people, spoilt)["truth"][missed].min()) > 0.01 - ROUNDING


def test_inversions_are_near_the_twin_and_not_the_truth() -> None:
    people = crowd()
    spoilt, kind = people.spoil(only("inversion"))
    inverted = kind == PoseError.INVERSION
    twinned = torch.tensor([k in TWIN for k in range(17)])
    assert not bool(inverted[:, ~twinned].any())
    assert float(inverted[:, twinned].float().mean()) > 0.9
    found = parts(people, spoilt)
    assert float(found["truth"][inverted].max()) < 0.5 + ROUNDING
    assert float(found["twin"][inverted].min()) > 0.5 - ROUNDING


def test_swaps_are_near_another_person_of_the_same_image() -> None:
    people = crowd()
    spoilt, kind = people.spoil(only("swap"))
    swapped = kind == PoseError.SWAP
    assert float(swapped.float().mean()) > 0.5
    found = parts(people, spoilt)
    assert float(found["truth"][swapped].max()) < 0.5 + ROUNDING
    assert float(found["twin"][swapped].max()) < 0.5 + ROUNDING
    assert float(found["other"][swapped].min()) > 0.5 - ROUNDING


def test_swaps_reach_no_further_than_asked() -> None:
    people = crowd()
    near = dataclasses.replace(only("swap"), swap_reach=1.0)
    spoilt, kind = people.spoil(near)
    moved = (spoilt - people.keypoints).norm(dim=-1)[kind == PoseError.SWAP]
    size = float(people.area[0]) ** 0.5
    assert len(moved) > 0
    assert float(moved.max()) < size * (1 + 1.18 * 2 * float(SIGMAS.max())) + 1e-6
    _, farther = people.spoil(only("swap"))
    assert int((farther == PoseError.SWAP).sum()) > len(moved)


@pytest.mark.parametrize("rates", [PoseErrorRates(), PoseErrorRates(0.3, 0.2, 0.2, 0.1)])
def test_errors_are_as_frequent_as_asked(rates: PoseErrorRates) -> None:
    # Keypoints so far apart, and so exact, that every error finds room; two people an image.
    images = 400
    grid = torch.stack(torch.meshgrid(torch.arange(5), torch.arange(4), indexing="ij"), -1)
    grid = (grid.flatten(0, 1)[:17] + 0.5) / 5
    people = Crowd(
        torch.stack([grid, grid.flip(0)]).repeat(images, 1, 1),
        torch.full((2 * images, 17), 2),
        torch.full((2 * images,), 0.09),
        torch.arange(images).repeat_interleave(2),
    )
    middle = 8  # the grid's middle is the same for both people, so there nothing can be swapped
    able = torch.tensor([k in TWIN and k != middle for k in range(17)])
    _, kind = people.spoil(dataclasses.replace(rates, swap_reach=10.0))
    kind = kind[:, able]
    for error in (PoseError.JITTER, PoseError.MISS, PoseError.INVERSION, PoseError.SWAP):
        share = getattr(rates, error.name.lower())
        spread = math.sqrt(share * (1 - share) / kind.numel())
        assert float((kind == error).float().mean()) == pytest.approx(share, abs=4 * spread)


def test_directions_are_even() -> None:
    people = crowd(images=300)
    spoilt, _ = people.spoil(only("jitter"))
    step = spoilt - people.keypoints
    inside = ((people.keypoints > 0.2) & (people.keypoints < 0.8)).all(-1)
    angle = torch.atan2(step[..., 1], step[..., 0])[inside]
    counts = torch.histc(angle, 8, -math.pi, math.pi) / len(angle)
    assert float((counts - 1 / 8).abs().max()) < 0.01


def test_unlabelled_keypoints_are_left_alone_and_confuse_nobody() -> None:
    people = crowd()
    hidden = torch.rand(people.visibility.shape, generator=torch.Generator().manual_seed(3)) < 0.4
    nowhere = torch.where(hidden[..., None], torch.nan, people.keypoints)
    people = dataclasses.replace(
        people, keypoints=nowhere, visibility=torch.where(hidden, 0, people.visibility)
    )
    spoilt, kind = people.spoil(PoseErrorRates(0.2, 0.2, 0.3, 0.3))
    assert bool(spoilt[hidden].isnan().all())
    assert bool((kind[hidden] == PoseError.UNLABELLED).all())
    assert bool((kind[~hidden] >= PoseError.GOOD).all())
    assert bool(spoilt[~hidden].isfinite().all())
    without_twin = torch.stack([hidden[:, TWIN.get(k, k)] for k in range(17)], 1)
    assert not bool((kind[without_twin] == PoseError.INVERSION).any())


def test_somebody_alone_is_never_swapped() -> None:
    people = crowd(images=100, each=1)
    spoilt, kind = people.spoil(only("swap"))
    assert bool((kind == PoseError.GOOD).all())
    assert float(parts(people, spoilt)["truth"].min()) >= 0.85 - ROUNDING


def test_without_image_numbers_all_people_are_in_one() -> None:
    people = dataclasses.replace(crowd(each=1), image=torch.zeros(60, dtype=torch.long))
    expected, _ = people.spoil(only("swap"))
    found, kind = spoil_keypoints(
        people.keypoints,
        people.visibility,
        people.area,
        SIGMAS,
        SKELETON.pairs,
        only("swap"),
        torch.Generator().manual_seed(0),
    )
    assert torch.equal(found, expected)
    assert bool((kind == PoseError.SWAP).any())


def test_people_at_the_edge_stay_in_the_window() -> None:
    people = crowd(side=0.5)
    edge = dataclasses.replace(people, keypoints=(people.keypoints * 3 - 1).clamp(0, 1))
    spoilt, kind = edge.spoil(PoseErrorRates(0.25, 0.25, 0.25, 0.25))
    assert bool(((spoilt >= 0) & (spoilt <= 1)).all())
    assert bool((kind == PoseError.JITTER).any())


def test_the_seed_alone_decides() -> None:
    people, rates = crowd(), PoseErrorRates()
    assert torch.equal(people.spoil(rates, 5)[0], people.spoil(rates, 5)[0])
    assert not torch.equal(people.spoil(rates, 5)[0], people.spoil(rates, 6)[0])


def test_the_truth_is_not_written_over() -> None:
    people = crowd()
    before = people.keypoints.clone()
    people.spoil(PoseErrorRates(0.25, 0.25, 0.25, 0.25))
    assert torch.equal(people.keypoints, before)


def test_nobody_is_spoilt_without_complaint() -> None:
    people = crowd(images=0)
    spoilt, kind = people.spoil(PoseErrorRates())
    assert spoilt.shape == (0, 17, 2)
    assert kind.shape == (0, 17)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"jitter": -0.1}, "jitter"),
        ({"miss": float("nan")}, "miss"),
        ({"jitter": 0.9, "miss": 0.2}, "add up"),
        ({"farthest": 0.5}, "farthest"),
    ],
)
def test_rates_that_are_no_chances_are_refused(values: dict[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        PoseErrorRates(**values)


def test_rates_are_read_from_a_configuration() -> None:
    assert msgspec.convert({"swap": 0.05}, PoseErrorRates) == PoseErrorRates(swap=0.05)
    with pytest.raises(msgspec.ValidationError, match="add up"):
        msgspec.convert({"swap": 1.0}, PoseErrorRates)
