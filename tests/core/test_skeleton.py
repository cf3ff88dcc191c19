from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.core.skeleton import Skeleton

NAMES = ("nose", "left_hand", "right_hand", "left_foot", "right_foot")


def skeleton(**changes: Any) -> Skeleton:
    fields: dict[str, Any] = {
        "name": "tiny",
        "keypoints": NAMES,
        "limbs": ((0, 1), (0, 2)),
        "pairs": ((1, 2), (3, 4)),
        "sigmas": (0.1, 0.2, 0.3, 0.4, 0.5),
    }
    return Skeleton(**(fields | changes))


def test_a_skeleton_counts_and_finds_its_keypoints() -> None:
    assert len(skeleton()) == 5
    assert skeleton().index("right_hand") == 2


def test_an_unknown_keypoint_has_no_index() -> None:
    with pytest.raises(ValueError):
        skeleton().index("tail")


def test_the_mirror_exchanges_pairs_and_keeps_the_centre() -> None:
    assert skeleton().mirrored == (0, 2, 1, 4, 3)


@given(st.permutations(range(6)), st.integers(0, 3))
def test_mirroring_twice_changes_nothing(order: list[int], count: int) -> None:
    pairs = tuple((order[2 * i], order[2 * i + 1]) for i in range(count))
    names = tuple("abcdef")
    mirrored = skeleton(keypoints=names, limbs=(), pairs=pairs, sigmas=(1.0,) * 6).mirrored
    assert tuple(mirrored[k] for k in mirrored) == tuple(range(6))


def test_sides_are_the_persons_own() -> None:
    assert [skeleton().side(k) for k in range(5)] == ["centre", "left", "right", "left", "right"]


def test_sigmas_come_as_an_array() -> None:
    assert skeleton().sigma_array.tolist() == [0.1, 0.2, 0.3, 0.4, 0.5]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"keypoints": (), "sigmas": ()}, "at least one keypoint"),
        ({"keypoints": ("nose",) * 5}, "must be unique"),
        ({"sigmas": (0.1,)}, "1 sigmas for 5 keypoints"),
        ({"sigmas": (0.1, 0.2, 0.0, 0.4, 0.5)}, "above zero"),
        ({"sigmas": (0.1, 0.2, float("nan"), 0.4, 0.5)}, "above zero"),
        ({"limbs": ((0, 5),)}, r"limb \(0, 5\)"),
        ({"limbs": ((2, 2),)}, r"limb \(2, 2\)"),
        ({"pairs": ((-1, 2),)}, r"pair \(-1, 2\)"),
        ({"pairs": ((1, 2), (2, 3))}, "in two pairs"),
        ({"colours": ("#ffffff",)}, "1 colours for 5 keypoints"),
        ({"colours": ("red", "", "", "", "")}, "colour red is not written as #rrggbb"),
        ({"figure": ((0.5, 0.5),)}, "1 places on the figure for 5 keypoints"),
        ({"figure": ((0.5, 1.5),) * 5}, r"must lie in 0\.\.1"),
        ({"figure": ((float("nan"), 0.5),) * 5}, r"must lie in 0\.\.1"),
    ],
)
def test_a_skeleton_that_contradicts_itself_is_refused(
    changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        skeleton(**changes)
