from __future__ import annotations

import numpy as np

from clickpose_app.training.augment import WindowLabels
from clickpose_app.training.data_mosaic import Tile, mosaic


def tile(shade: int, people: int) -> Tile:
    """A tile of 10 x 10 pixels with people who are all in its middle."""
    return np.full((10, 10, 3), shade, np.uint8), WindowLabels(
        boxes=np.tile([2.0, 2.0, 8.0, 8.0], (people, 1)),
        keypoints=np.full((people, 3, 2), 5.0),
        visibility=np.full((people, 3), 2, np.uint8),
        weights=np.ones((people, 3)),
        ignore=np.array([[0.0, 0.0, 1.0, 1.0]]),
        presence=np.full((people, 3), 2, np.int8),
    )


def test_people_move_with_the_pixels_of_their_tile() -> None:
    pixels, labels = mosaic([tile(1, 1), tile(2, 0), tile(3, 2), tile(4, 1)])
    assert pixels.shape == (20, 20, 3)
    assert [int(pixels[y, x, 0]) for y in (0, 19) for x in (0, 19)] == [1, 2, 3, 4]
    assert labels.keypoints[:, 0].tolist() == [[5, 5], [5, 15], [5, 15], [15, 15]]
    assert labels.boxes[-1].tolist() == [12, 12, 18, 18]
    assert labels.ignore[:, :2].tolist() == [[0, 0], [10, 0], [0, 10], [10, 10]]
    assert len(labels.visibility) == len(labels.weights) == len(labels.presence) == 4


def test_a_scene_without_anybody_is_no_error() -> None:
    _, labels = mosaic([tile(i, 0) for i in range(4)])
    assert labels.boxes.shape == (0, 4) and labels.keypoints.shape == (0, 3, 2)
