"""The standing figure is laid over what is known of a person."""

from __future__ import annotations

import numpy as np
import pytest

from clickpose_app.core.figure import figure_in_box, figure_of, figure_onto
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton

BOX = Box(100.0, 50.0, 300.0, 450.0)
FIGURE = ((0.5, 0.1), (0.7, 0.5), (0.3, 0.5), (0.5, 0.9))
TINY = Skeleton("tiny", ("top", "left", "right", "foot"), (), ((1, 2),), (0.1,) * 4, (), FIGURE)


def test_a_skeleton_without_a_figure_is_a_ring() -> None:
    ring = figure_of(TINY.anatomy)
    assert len({tuple(place) for place in ring}) == 4
    assert ring.min() >= 0
    assert ring.max() <= 1


def test_a_figure_fills_a_box() -> None:
    placed = figure_in_box(TINY, BOX)
    assert Box.around(placed) == BOX
    np.testing.assert_allclose(placed[0], (200.0, 50.0))


def test_a_figure_of_one_keypoint_still_has_a_place_in_the_box() -> None:
    one = Skeleton("one", ("tip",), (), (), (0.1,), (), ((0.5, 0.5),))
    assert figure_in_box(one, BOX).tolist() == [[100.0, 50.0]]


def test_a_figure_follows_known_joints_moved_turned_and_scaled() -> None:
    turned = np.array(FIGURE) @ np.array([(0.0, 300.0), (-300.0, 0.0)]) + (700, 20)
    placed = figure_onto(TINY, turned, np.array([True, True, False, False]), BOX)
    np.testing.assert_allclose(placed, turned)


def test_known_joints_stay_exactly_where_they_are() -> None:
    xy = np.array([(11.0, 12.0), (300.0, 47.0), (0.1 + 0.2, 5.0), (0.0, 0.0)])
    known = np.array([True, True, True, False])
    assert (figure_onto(TINY, xy, known, BOX)[known] == xy[known]).all()


@pytest.mark.parametrize("count", [0, 1])
def test_with_too_little_known_the_figure_stands_in_the_box(count: int) -> None:
    known = np.arange(4) < count
    xy = np.full((4, 2), 7.0)
    placed = figure_onto(TINY, xy, known, BOX)
    assert (placed[count:] == figure_in_box(TINY, BOX)[count:]).all()


def test_known_joints_at_one_spot_do_not_blow_the_figure_up() -> None:
    same = Skeleton("same", ("a", "b", "c"), (), (), (0.1,) * 3, (), ((0.5, 0.5),) * 2 + ((1, 1),))
    placed = figure_onto(same, np.ones((3, 2)), np.array([True, True, False]), BOX)
    assert np.isfinite(placed).all()
