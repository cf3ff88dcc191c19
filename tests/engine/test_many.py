"""Many images give what each of them gives alone, also where the device's memory ends."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from torch import Tensor

from clickpose_app.batch.looking import Seen, look_at
from clickpose_app.core.predictor import BatchPredictor, ImageArray, PredictedPose, Predictor
from clickpose_app.engine.input_size import InputSize
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.many import ManyPredictor, Pieces, load_for_many, makers
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.network.clickpose import Detections, Memory
from clickpose_app.paths import resources_dir
from clickpose_app.storage.images import read_image
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.engine.test_torch_predictor import UNKNOWN
from tests.network.small_model import OURS, make_model

TOLERANCE = 1e-3
"""In image pixels and shares: batches differ from single images by rounding alone."""


class Small(TorchPredictor):
    """A small network on images of 192 pixels; its memory may hold only so many at a time."""

    def __init__(self, memory: int = 1000) -> None:
        model = make_model(dataclasses.replace(OURS, keypoints=17))
        head = model.decoder.class_heads[-1]
        assert isinstance(head, torch.nn.Linear)
        with torch.no_grad():
            head.bias.fill_(5.0)
        super().__init__(
            model,
            builtin_skeleton(),
            name="small",
            device=torch.device("cpu"),
            dtype=torch.float32,
            size=InputSize(192, 192, enlarge=False, closer=UNKNOWN),
        )
        self.memory = memory
        self.batches: list[tuple[int, ...]] = []

    def _run(self, images: Tensor, padding: Tensor | None) -> tuple[Memory, Detections]:
        if len(images) > self.memory:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory, simulated")
        self.batches.append(tuple(images.shape))
        return super()._run(images, padding)


def photos(*sizes: tuple[int, int]) -> list[ImageArray]:
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (height, width, 3), dtype=np.uint8) for width, height in sizes]


SIZES = [(190, 180), (180, 190), (192, 192), (161, 190), (190, 190)]


def assert_same(
    found: Sequence[PredictedPose], expected: Sequence[PredictedPose], tolerance: float
) -> None:
    assert len(found) == len(expected) > 0
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one.keypoints, other.keypoints, atol=tolerance, rtol=0)
        np.testing.assert_allclose(one.confidence, other.confidence, atol=tolerance, rtol=0)
        np.testing.assert_allclose(one.box.xywh, other.box.xywh, atol=tolerance, rtol=0)
        assert one.score == pytest.approx(other.score, abs=tolerance)


def test_a_batch_gives_what_each_image_gives_alone_second_looks_included() -> None:
    predictor = Small()
    many = ManyPredictor(predictor, lanes=1, at_once=8)
    images = photos(*SIZES)
    assert len({many.batch_key(*size) for size in SIZES}) == 1
    alone = [predictor.detect(predictor.encode(image)) for image in images]
    predictor.batches.clear()
    together = many.detect_many(images)
    assert predictor.batches[0][0] == len(images)
    assert any(shape[2:] == (64, 64) and shape[0] > 12 for shape in predictor.batches[1:])
    for found, expected in zip(together, alone, strict=True):
        assert_same(found, expected, TOLERANCE)


def test_it_is_a_predictor_and_one_of_batches() -> None:
    many = ManyPredictor(Small(), lanes=2, at_once=1)
    held: Predictor = many
    assert isinstance(held, BatchPredictor)
    assert not isinstance(Small(), BatchPredictor)
    (image,) = photos((100, 80))
    assert_same(many.detect(many.encode(image)), many.detect_many([image])[0], 0.0)


def test_images_of_other_sizes_have_other_keys() -> None:
    many = ManyPredictor(Small(), lanes=1, at_once=8)
    assert many.batch_key(192, 96) != many.batch_key(96, 192)
    assert many.batch_key(1920, 960) == many.batch_key(192, 96)


def test_where_memory_ends_batches_are_halved_and_every_image_is_seen() -> None:
    predictor = Small(memory=3)
    many = ManyPredictor(predictor, lanes=1, at_once=16)
    images = photos(*SIZES, *SIZES)
    together = many.detect_many(images)
    assert many.at_once < 16
    assert max(shape[0] for shape in predictor.batches) <= 3
    roomy = Small()
    for image, found in zip(images, together, strict=True):
        assert_same(found, roomy.detect(roomy.encode(image)), TOLERANCE)
    halved = many.at_once
    many.detect_many(images[:2])
    assert many.at_once == halved


def test_memory_that_holds_no_image_at_all_is_an_error_with_a_way_out() -> None:
    many = ManyPredictor(Small(memory=0), lanes=1, at_once=4)
    with pytest.raises(ClickPoseError, match="does not hold a single image") as caught:
        many.detect_many(photos((100, 100), (100, 100)))
    assert "--device cpu" in caught.value.hint


def test_pieces_keep_the_order() -> None:
    def work(numbers: Sequence[int]) -> list[int]:
        if len(numbers) > 2:
            raise torch.cuda.OutOfMemoryError("simulated")
        return [-number for number in numbers]

    pieces = Pieces(7)
    assert pieces.run(work, range(20)) == [-number for number in range(20)]
    assert pieces.size in (1, 2)


def test_side_by_side_the_shipped_network_gives_the_same_bits() -> None:
    threads = torch.get_num_threads()
    try:
        many = load_for_many(None, "cpu", cores=2)
        alone = load_predictor(None, "cpu")
        assert many.lanes == 2 and many.at_once == 1
        paths = sorted((resources_dir() / "samples").glob("*.jpg")) * 2
        for result in look_at(paths, many, read_image):
            assert isinstance(result, Seen)
            expected = alone.detect(alone.encode(read_image(result.item)))
            assert_same(result.poses, expected, 0.0)
    finally:
        torch.set_num_threads(threads)


def test_processors_share_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 6)
    make = makers(None, ["cpu", "cpu"])
    assert isinstance(make, functools.partial) and make.keywords["cores"] == 3


def test_a_device_that_is_not_there_is_refused_before_any_worker_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    makers(None, ["cuda:0", "cuda:1"])
    with pytest.raises(ClickPoseError, match=r"no cuda:2; CUDA GPUs: cuda:0, cuda:1"):
        makers(None, ["cuda:0", "cuda:2"])


def test_many_threads_may_look_at_a_time() -> None:
    many = ManyPredictor(Small(), lanes=2, at_once=2)
    images = photos(*SIZES)
    expected = [many.detect_many([image])[0] for image in images]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda image: many.detect_many([image])[0], images * 3))
    for poses, others in zip(found, expected * 3, strict=True):
        assert_same(poses, others, 1e-4)
