from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.core.geometry import Box, oks
from tests.strategies import boxes, pixels

points = st.lists(st.tuples(pixels, pixels), min_size=1, max_size=8).map(
    lambda xy: np.array(xy, dtype=np.float64)
)


def test_a_box_in_xywh_is_the_one_coco_means() -> None:
    box = Box.from_xywh(10, 20, 30, 40)
    assert box == Box(10, 20, 40, 60)
    assert (box.width, box.height, box.area) == (30, 40, 1200)
    assert box.xywh == (10, 20, 30, 40)


@given(pixels, pixels, pixels, pixels)
def test_a_box_drawn_from_any_corner_is_the_same(a: float, b: float, c: float, d: float) -> None:
    box = Box.from_corners(a, b, c, d)
    assert box == Box.from_corners(c, d, a, b) == Box.from_corners(a, d, c, b)
    assert box.x1 <= box.x2 and box.y1 <= box.y2


@given(points)
def test_a_box_around_points_contains_and_touches_them(xy: np.ndarray) -> None:
    box = Box.around(xy)
    assert all(box.contains(float(x), float(y)) for x, y in xy)
    assert {box.x1, box.x2} <= set(xy[:, 0]) and {box.y1, box.y2} <= set(xy[:, 1])


def test_a_margin_grows_the_box_on_every_side() -> None:
    assert Box.around(np.array([[1.0, 2.0], [5.0, 9.0]]), margin=1) == Box(0, 1, 6, 10)


@pytest.mark.parametrize(("x", "y"), [(0.9, 3), (5.1, 3), (3, 1.9), (3, 4.1)])
def test_points_beyond_any_side_are_outside(x: float, y: float) -> None:
    assert not Box(1, 2, 5, 4).contains(x, y)


@given(boxes, st.floats(1, 1e4), st.floats(1, 1e4))
def test_a_clipped_box_lies_inside_both(box: Box, width: float, height: float) -> None:
    clipped = box.clipped(width, height)
    assert 0 <= clipped.x1 <= clipped.x2 <= width
    assert 0 <= clipped.y1 <= clipped.y2 <= height
    assert clipped.clipped(width, height) == clipped


def test_clipping_keeps_what_is_inside_the_image() -> None:
    assert Box(-5, 2, 50, 8).clipped(20, 10) == Box(0, 2, 20, 8)


@given(boxes, points)
def test_a_grown_box_holds_the_old_one_and_the_points(box: Box, xy: np.ndarray) -> None:
    grown = box.grown_to(xy)
    assert grown.contains(box.x1, box.y1) and grown.contains(box.x2, box.y2)
    assert all(grown.contains(float(x), float(y)) for x, y in xy)


def test_a_box_grown_to_no_points_stays() -> None:
    assert Box(1, 2, 3, 4).grown_to(np.empty((0, 2))) == Box(1, 2, 3, 4)


@given(boxes, boxes)
def test_iou_is_symmetric_and_between_zero_and_one(a: Box, b: Box) -> None:
    assert a.iou(b) == b.iou(a)
    assert 0 <= a.iou(b) <= 1


@given(boxes.filter(lambda box: box.area > 0))
def test_iou_with_itself_is_one(box: Box) -> None:
    assert box.iou(box) == 1


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Box(5, 0, 15, 10), 1 / 3),
        (Box(10, 0, 20, 10), 0),
        (Box(0, 20, 10, 30), 0),
        (Box(2, 2, 4, 4), 0.04),
    ],
)
def test_iou_is_shared_area_over_joint_area(other: Box, expected: float) -> None:
    assert Box(0, 0, 10, 10).iou(other) == pytest.approx(expected)


def test_iou_of_boxes_without_area_is_zero() -> None:
    speck = Box(0, 0, 1e-200, 1e-200)
    assert speck.iou(speck) == 0


SIGMAS = np.array([0.1, 0.05])


def test_oks_is_one_where_prediction_and_truth_agree() -> None:
    truth = np.array([[3.0, 4.0], [5.0, 6.0]])
    assert oks(truth, truth, np.array([True, True]), 100, SIGMAS) == 1


def test_oks_falls_to_one_over_e_at_its_own_scale() -> None:
    truth = np.zeros((2, 2))
    # d^2 = 2 * area * (2 * sigma)^2 makes the exponent -1.
    predicted = np.array([[math.sqrt(2 * 100) * 2 * 0.1, 0], [0, 0]])
    both = oks(predicted, truth, np.array([True, True]), 100, SIGMAS)
    assert both == pytest.approx((math.exp(-1) + 1) / 2)


def test_oks_ignores_what_is_not_labelled() -> None:
    truth, predicted = np.zeros((2, 2)), np.array([[0.0, 0.0], [1e6, 0.0]])
    assert oks(predicted, truth, np.array([True, False]), 100, SIGMAS) == 1


def test_oks_of_a_person_without_labels_is_zero() -> None:
    truth = np.zeros((2, 2))
    assert oks(truth, truth, np.array([False, False]), 100, SIGMAS) == 0


@given(points, st.floats(1, 1e6))
def test_oks_is_between_zero_and_one(xy: np.ndarray, area: float) -> None:
    value = oks(xy, np.zeros_like(xy), np.ones(len(xy), dtype=bool), area, np.full(len(xy), 0.1))
    assert 0 <= value <= 1
