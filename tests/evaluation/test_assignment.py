"""Optimal assignment, against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from clickpose_app.evaluation.assignment import assign


@pytest.mark.parametrize("shape", [(1, 1), (4, 4), (3, 9), (20, 2), (20, 20), (13, 31)])
@pytest.mark.parametrize("seed", range(5))
def test_no_assignment_is_cheaper(shape: tuple[int, int], seed: int) -> None:
    cost = np.random.default_rng(seed).normal(0.0, 10.0, shape)
    pairs = assign(cost)
    rows, columns = linear_sum_assignment(cost)
    assert pairs == list(zip(rows.tolist(), columns.tolist(), strict=True))


def test_ties_still_give_everybody_their_own() -> None:
    pairs = assign(np.ones((4, 6)))
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == 4


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nobody_is_assigned_to_nobody(shape: tuple[int, int]) -> None:
    assert assign(np.zeros(shape)) == []
