"""Closer looks and tiles with a real, small network; and once with the shipped one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import ImageArray, PoseQuery, PredictedPose
from clickpose_app.core.searching import Searcher, SearchNews
from clickpose_app.engine.encoded_image import MOST_ADDED, TorchEncodedImage
from clickpose_app.engine.giving_way import GaveWayError, giving_way
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.looks import Closer
from clickpose_app.engine.many import ManyPredictor
from clickpose_app.engine.many_tiles import TilingPredictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.paths import resources_dir
from clickpose_app.storage.images import read_image
from tests.engine.test_many import Small, photos


class Knowing(Small):
    """A small network that knows people of 35 to 60 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._size = replace(self._size, closer=Closer(side=64, person=45, known=(35, 60)))


def never() -> bool:
    return False


def search(predictor: TorchPredictor, encoded: TorchEncodedImage) -> SearchNews:
    while True:
        news = predictor.search_on(encoded, never)
        assert news is not None
        if news.done == news.total:
            return news


def same(a: tuple[PredictedPose, ...], b: tuple[PredictedPose, ...]) -> bool:
    return len(a) == len(b) and all(
        np.allclose(x.keypoints, y.keypoints, atol=1e-2) and abs(x.score - y.score) < 1e-4
        for x, y in zip(a, b, strict=True)
    )


def test_a_model_stops_before_its_next_layer_when_something_is_wanted() -> None:
    passed: list[int] = []
    layers = nn.Sequential(*(nn.Identity() for _ in range(5)))
    for i, layer in enumerate(layers):
        layer.register_forward_hook(lambda *_, i=i: passed.append(i))
    with pytest.raises(GaveWayError), giving_way(layers, lambda: len(passed) == 2):
        layers(torch.zeros(1))
    assert passed == [0, 1]
    layers(torch.zeros(1))  # afterwards it stops for nobody
    assert passed == [0, 1, 0, 1, 2, 3, 4]


def test_our_predictor_is_a_searcher() -> None:
    assert isinstance(Small(), Searcher)


def test_a_closer_look_is_taken_once_and_used_from_then_on() -> None:
    predictor, box = Knowing(), Box(300, 200, 330, 260)
    encoded = predictor.encode(photos((900, 700))[0])
    looks = len(encoded.looks)
    query = PoseQuery(np.full((17, 2), 230.0), np.eye(17, dtype=np.bool_)[0], box)
    size = encoded.nbytes
    assert predictor.look_closer(encoded, box, never) is True
    assert predictor.look_closer(encoded, box, never) is False
    assert len(encoded.looks) == looks + 1 and encoded.nbytes > size
    before = len(predictor.batches)
    predictor.refine(encoded, query)
    assert len(predictor.batches) == before


def test_whom_no_look_shows_is_looked_at_before_a_correction_is_followed() -> None:
    predictor, box = Knowing(), Box(300, 200, 305, 210)
    encoded = predictor.encode(photos((900, 700))[0])
    encoded.looks = encoded.looks[:1]
    query = PoseQuery(np.tile([302.0, 205.0], (17, 1)), np.eye(17, dtype=np.bool_)[0], box)
    predictor.refine(encoded, query)
    assert len(encoded.looks) == 2 and encoded.looks[1].window.contains(302, 205)


def test_closer_looks_of_one_image_are_bounded_and_the_first_ones_stay() -> None:
    predictor = Small()
    encoded = predictor.encode(photos((900, 700))[0])
    first = list(encoded.looks)
    for x in range(0, 800, 40):
        predictor.look_closer(encoded, Box(x, 300, x + 20, 340), never)
        predictor.pose_in_box(encoded, Box(x, 500, x + 20, 540))
    assert len(encoded.added) == MOST_ADDED
    assert encoded.looks == [*first, *encoded.added]


def test_looks_that_give_way_leave_nothing_behind_and_can_be_taken_later() -> None:
    predictor, box = Small(), Box(300, 200, 330, 260)
    encoded, undisturbed = (predictor.encode(photos((900, 700))[0]) for _ in range(2))
    looks = list(encoded.looks)
    assert predictor.look_closer(encoded, box, lambda: True) is None
    assert predictor.search_on(encoded, lambda: True) is None
    assert encoded.looks == looks and encoded.search is not None and encoded.search.done == 0
    asked = iter(range(100_000))
    news = predictor.search_on(encoded, lambda: next(asked) > 50)
    assert news is None
    assert same(search(predictor, encoded).poses, search(predictor, undisturbed).poses)
    assert predictor.look_closer(encoded, box, never) is not None


def test_tiles_leave_no_look_behind() -> None:
    predictor = Small()
    encoded = predictor.encode(photos((900, 700))[0])
    looks, size = list(encoded.looks), encoded.nbytes
    news = search(predictor, encoded)
    assert news.total > 1
    assert (encoded.looks, encoded.nbytes) == (looks, size)
    assert same(predictor.detect(encoded), news.poses)


def test_many_images_with_tiles_give_what_each_gives_in_the_window() -> None:
    images = photos((900, 700), (180, 150))
    one = Small()
    large = search(one, one.encode(images[0])).poses
    many = TilingPredictor(one, lanes=1, at_once=4)
    found = many.detect_many(images)
    assert same(found[0], large)
    assert same(found[1], ManyPredictor(one, lanes=1, at_once=4).detect_many(images[1:])[0])
    assert many.description != one.description


def test_where_memory_ends_tiles_are_looked_at_in_smaller_batches() -> None:
    image = photos((900, 700))
    plenty = TilingPredictor(Small(), lanes=1, at_once=4).detect_many(image)
    scarce = TilingPredictor(one := Small(memory=1000), lanes=1, at_once=4)
    one.encode(image[0])
    one.memory = max(1, max(batch[0] for batch in one.batches if batch[-1] != 512))
    assert same(scarce.detect_many(image)[0], plenty[0])


def pasted_scene() -> tuple[ImageArray, list[Box]]:
    """A soft picture of 2.8 megapixels with three people of the samples, some 70 pixels tall."""
    rng = np.random.default_rng(0)
    rough = rng.integers(60, 190, (9, 13, 3)).astype(np.uint8)
    image = np.asarray(cv2.resize(rough, (2000, 1400), interpolation=cv2.INTER_CUBIC), np.uint8)
    boxes = []
    for i, name in enumerate(("astronaut.jpg", "cameraman.jpg", "grace_hopper.jpg")):
        photo = read_image(resources_dir() / "samples" / name)
        size = round(photo.shape[1] * 72 / photo.shape[0]), 72
        x, y = 330 + 610 * i, 240 + 390 * i
        image[y : y + 72, x : x + size[0]] = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
        boxes.append(Box(x, y, x + size[0], y + 72))
    return image, boxes


def test_the_shipped_network_finds_small_people_in_a_large_picture_by_its_tiles() -> None:
    predictor = load_predictor(None, "cpu")
    image, boxes = pasted_scene()
    encoded = predictor.encode(image)

    def found() -> int:
        sure = [pose.box for pose in predictor.detect(encoded) if pose.score >= 0.3]
        return sum(any(box.iou(seen) >= 0.3 for seen in sure) for box in boxes)

    first = found()
    search(predictor, encoded)
    assert found() > first
    sure = [pose.box for pose in predictor.detect(encoded) if pose.score >= 0.3]
    assert all(any(box.shared_area(seen) > 0 for box in boxes) for seen in sure)
