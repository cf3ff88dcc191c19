"""The search, led by a network that takes every bright patch for a person."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import ImageArray
from clickpose_app.engine.looks import Closer, Sighting
from clickpose_app.engine.search import MOST_PEOPLE, Search
from clickpose_app.network.clickpose import Detections

SIGMAS = torch.full((4,), 0.08)
WIDTH, HEIGHT = 3000, 2000
FIRST = 512 / WIDTH


class BrightPatches:
    """Finds bright patches; sure of them only where they are large.

    Attributes:
        shapes: of all batches that it was shown.
        fails_at: the call at which it raises; None for never.
    """

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []
        self.fails_at: int | None = None

    def __call__(self, images: Tensor) -> list[Detections]:
        if self.fails_at == len(self.shapes):
            self.fails_at = None
            raise RuntimeError("something more urgent came")
        self.shapes.append(tuple(images.shape))
        return [self._in_one(image) for image in images]

    @staticmethod
    def _in_one(image: Tensor) -> Detections:
        bright = (image[0].numpy() > 1.5).astype(np.uint8)
        side = image.shape[-1]
        found = cv2.connectedComponentsWithStats(bright)[2][1:]
        rows = [row for row in found.tolist() if row[4] > 20]
        boxes = torch.tensor([[x + w / 2, y + h / 2, w, h] for x, y, w, h, _ in rows]) / side
        boxes = boxes.reshape(1, -1, 4)
        corners = torch.tensor([[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]]) * 0.9
        keypoints = boxes[:, :, None, :2] + corners * boxes[:, :, None, 2:]
        sure = [4.0 if max(row[2:4]) > 100 else -2.0 for row in rows]
        return Detections(torch.tensor(sure).reshape(1, -1, 1), boxes, keypoints)


def with_patches(*boxes: tuple[int, int, int, int]) -> ImageArray:
    """A dim, uneven picture with bright patches."""
    image = np.random.default_rng(0).integers(20, 60, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    for x1, y1, x2, y2 in boxes:
        image[y1:y2, x1:x2] = 255
    return image


def search(image: ImageArray, first: list[Sighting] | None = None) -> Search:
    return Search(image, first or [], FIRST, Closer(), SIGMAS)


def run(begun: Search, network: BrightPatches, at_once: int = 1) -> list[bool]:
    news = []
    while not begun.finished:
        news.append(begun.step(network, at_once))
    return news


def boxes_of(people: list[Sighting]) -> list[tuple[int, ...]]:
    found = [(p.box.x1, p.box.y1, p.box.x2, p.box.y2) for p in people]
    return sorted(tuple(round(v / 4) * 4 for v in box) for box in found)


def person(box: Box, score: float = 0.9) -> Sighting:
    corners = [(box.x1, box.y1), (box.x2, box.y1), (box.x1, box.y2), (box.x2, box.y2)]
    centre = np.array([(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2])
    points = centre + 0.9 * (np.array(corners) - centre)
    return Sighting(points, np.full(4, score), box, score, score, 1.0)


def test_small_people_are_found_wherever_tiles_meet() -> None:
    # On a grid that has nothing to do with that of the tiles.
    placed = [(x, y, x + 32, y + 60) for x in range(8, 2900, 268) for y in range(4, 1900, 264)]
    begun = search(with_patches(*placed))
    run(begun, BrightPatches())
    assert boxes_of(begun.people) == placed


def test_each_is_found_once_though_tiles_overlap() -> None:
    begun = search(with_patches((1000, 1000, 1032, 1060), (1040, 1000, 1072, 1060)))
    network = BrightPatches()
    assert sum(run(begun, network)) >= 1
    assert boxes_of(begun.people) == [(1000, 1000, 1032, 1060), (1040, 1000, 1072, 1060)]
    closer = [shape for shape in network.shapes if shape[-1] == Closer().side]
    # Neighbours share a window, and a window that was looked at is not looked at again.
    assert sum(shape[0] for shape in closer) <= 2


def test_an_empty_picture_costs_its_tiles_and_no_closer_looks() -> None:
    network, begun = BrightPatches(), search(with_patches())
    assert run(begun, network) == [False] * begun.total
    assert network.shapes == [(1, 3, 512, 512)] * begun.total
    assert begun.people == []


def test_flat_parts_are_not_shown_to_the_network() -> None:
    image = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    image[900:960, 900:930] = 255
    network, begun = BrightPatches(), search(image)
    run(begun, network)
    assert boxes_of(begun.people) == [(900, 900, 932, 960)] or len(begun.people) == 1
    assert 0 < sum(shape[-1] == 512 for shape in network.shapes) < begun.total / 3


def test_people_of_the_first_look_stay() -> None:
    large = person(Box(200, 200, 700, 1500))
    begun = search(with_patches((2000, 1000, 2032, 1060)), [large])
    run(begun, BrightPatches())
    assert begun.people[0] is large or begun.people[1] is large
    assert len(begun.people) == 2


def test_a_hand_of_somebody_large_is_nobody_of_its_own() -> None:
    large = person(Box(200, 200, 700, 1500))
    x, y = (int(v) for v in large.keypoints[3])
    at_the_joint = (x - 15, y - 30, x + 15, y + 30)
    beside = (420, 800, 452, 860)
    begun = search(with_patches(at_the_joint, beside), [large])
    run(begun, BrightPatches())
    assert boxes_of(begun.people) == sorted([(200, 200, 700, 1500), (420, 800, 452, 860)])


def test_several_tiles_at_a_time_find_the_same() -> None:
    placed = [(x, y, x + 32, y + 60) for x in range(8, 2900, 400) for y in range(4, 1900, 400)]
    alone, batched = search(with_patches(*placed)), search(with_patches(*placed))
    run(alone, BrightPatches())
    network = BrightPatches()
    run(batched, network, at_once=4)
    assert boxes_of(batched.people) == boxes_of(alone.people) == placed
    assert max(shape[0] for shape in network.shapes if shape[-1] == 512) == 4


def test_a_search_that_was_disturbed_goes_on_where_it_was() -> None:
    placed = [(x, 500, x + 32, 560) for x in range(8, 2900, 200)]
    disturbed, network = search(with_patches(*placed)), BrightPatches()
    for fails_at in (0, 5, 6, 7, 8, 9):
        network.fails_at = fails_at
        while network.fails_at is not None:
            done = disturbed.done
            try:
                disturbed.step(network)
            except RuntimeError:
                assert disturbed.done == done
    run(disturbed, network)
    assert boxes_of(disturbed.people) == placed


def test_the_picture_is_let_go_at_the_end() -> None:
    begun = search(with_patches())
    assert begun._image is not None
    run(begun, BrightPatches())
    assert begun._image is None
    assert begun.step(BrightPatches()) is False


def test_an_image_that_the_first_look_shows_well_has_nothing_to_search() -> None:
    begun = Search(np.zeros((400, 500, 3), np.uint8), [], 1.0, Closer(), SIGMAS)
    assert begun.finished and begun.total == 0


def test_a_crowd_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clickpose_app.engine.search.MOST_PEOPLE", 10)
    placed = [(x, y, x + 32, y + 60) for x in range(8, 2900, 400) for y in range(4, 1900, 400)]
    begun = search(with_patches(*placed))
    run(begun, BrightPatches())
    assert len(begun.people) == 10 < len(placed) < MOST_PEOPLE
