from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from clickpose_app.core.geometry import Box
from clickpose_app.engine.preprocess import (
    box_from_norm,
    boxes_to_norm,
    cut_windows,
    points_from_norm,
    points_to_norm,
    scaled_size,
    to_input,
)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (640, 480, (1066, 800)),  # short side decides
        (480, 640, (800, 1066)),
        (2000, 500, (1332, 333)),  # long side decides
        (800, 800, (800, 800)),
    ],
)
def test_size_follows_the_published_rule(
    width: int, height: int, expected: tuple[int, int]
) -> None:
    assert scaled_size(width, height, 800, 1333) == expected


def test_input_is_normalised_and_padded_with_zeros() -> None:
    image = np.full((40, 60, 3), (124, 116, 104), np.uint8)
    ready = to_input(image, (90, 60), 32)
    assert ready.image.shape == (1, 3, 64, 96)
    assert (ready.width, ready.height) == (60, 40)
    assert ready.padding is not None
    assert not ready.padding[0, :60, :90].any()
    assert ready.padding[0, 60:].all() and ready.padding[0, :, 90:].all()
    assert (ready.image[0, :, 60:] == 0).all()
    assert ready.image[0, :, :60, :90].abs().max() < 0.02  # the ImageNet mean


def test_input_without_padding_needs_no_mask() -> None:
    assert to_input(np.zeros((64, 96, 3), np.uint8), (96, 64), 32).padding is None


def test_coordinates_come_back_from_the_network_frame() -> None:
    points = np.array([[0.0, 0.0], [640.0, 480.0], [12.25, 300.5]])
    window = Box(0, 0, 640, 480)
    back = points_from_norm(points_to_norm(points, window), window)
    np.testing.assert_allclose(back, points, atol=1e-4)


def test_points_outside_the_image_go_to_its_border() -> None:
    normed = points_to_norm(np.array([[-5.0, 500.0]]), Box(0, 0, 640, 480))
    assert normed.tolist() == [[0.0, 1.0]]


def test_boxes_come_back_from_any_window() -> None:
    box, window = Box(-10.0, 20.0, 110.0, 90.0), Box(-50.0, -20.0, 150.0, 180.0)
    back = box_from_norm(boxes_to_norm(box, window), window)
    np.testing.assert_allclose(back.xywh, box.xywh, atol=1e-3)


@pytest.mark.parametrize("side", [20, 64, 200])
def test_a_window_shows_what_lies_in_it(side: int) -> None:
    image = np.zeros((100, 120, 3), np.uint8)
    image[30:50, 40:60] = 255
    window = Box(30.0, 20.0, 70.0, 60.0)
    (cut,) = cut_windows(image, [window], side)
    assert cut.shape == (3, side, side)
    inside = cut[0] > 0
    # The white square fills the middle half of the window on both axes.
    expected = torch.zeros(side, side, dtype=torch.bool)
    expected[side // 4 : side * 3 // 4, side // 4 : side * 3 // 4] = True
    assert (inside != expected).float().mean() < 4 / side


def test_outside_the_image_a_window_is_zero() -> None:
    image = np.full((50, 50, 3), 255, np.uint8)
    cut = cut_windows(image, [Box(-50.0, 0.0, 50.0, 100.0)], 64)[0]
    assert cut[:, :30, 34:].min() > 1
    assert cut[:, :, :30].abs().max() < 0.02 and cut[:, 34:].abs().max() < 0.02


def test_a_point_of_the_photo_lands_where_its_coordinates_say() -> None:
    image = np.zeros((50, 100, 3), np.uint8)
    image[20:22, 40:42] = 255
    ready = to_input(image, (200, 100), 4)
    bright = ready.image[0, 0]
    y, x = np.unravel_index(int(bright.argmax()), tuple(bright.shape))
    expected = points_to_norm(np.array([[41.0, 21.0]]), Box(0, 0, 100, 50))[0] * torch.tensor(
        [200, 100]
    )
    assert abs(float(expected[0]) - (x + 0.5)) <= 2
    assert abs(float(expected[1]) - (y + 0.5)) <= 2


def test_a_window_of_a_large_photo_shows_the_same_wherever_it_lies() -> None:
    rng = np.random.default_rng(0)
    motif = rng.integers(0, 256, (30, 30, 3), dtype=np.uint8)
    motif = np.asarray(cv2.resize(motif, (600, 600), interpolation=cv2.INTER_CUBIC), np.uint8)
    alone = cut_windows(motif, [Box(0.0, 0.0, 600.0, 600.0)], 224)[0]
    for left, top in ((0, 0), (1437, 211), (2400, 1400)):
        photo = np.zeros((2000, 3000, 3), np.uint8)
        photo[top : top + 600, left : left + 600] = motif
        window = Box(float(left), float(top), left + 600.0, top + 600.0)
        inside = (slice(None), slice(2, -2), slice(2, -2))
        difference = (cut_windows(photo, [window], 224)[0] - alone)[inside].abs()
        assert difference.max() < 0.1  # of values from about -2 to 2


def test_a_window_outside_a_photo_is_zero_however_large_the_photo() -> None:
    photo = np.full((2000, 3000, 3), 255, np.uint8)
    cut = cut_windows(photo, [Box(4000.0, 4000.0, 5000.0, 5000.0)], 64)[0]
    assert cut.abs().max() < 0.02
