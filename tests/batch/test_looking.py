"""Images are decoded ahead and looked at in batches; results come in order, memory is bounded."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence

import numpy as np
import pytest

from clickpose_app.batch import looking
from clickpose_app.batch.looking import DECODERS, Missed, Seen, look_at
from clickpose_app.core.predictor import EncodedImage, ImageArray, PredictedPose
from clickpose_app.errors import ImageError
from tests.fake_predictor import FakePredictor


class Many(FakePredictor):
    """A fake that takes batches; holds each back until it is told to go on."""

    def __init__(self, lanes: int = 1, at_once: int = 1) -> None:
        super().__init__()
        self.lanes, self.at_once = lanes, at_once
        self.batches: list[list[int]] = []
        self.running = 0
        self.changed = threading.Condition()

    def batch_key(self, width: int, height: int) -> Hashable:
        del height
        return width % 10

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        with self.changed:
            self.batches.append([image.shape[1] for image in images])
            self.running += 1
            self.changed.notify_all()
        assert self.gate.wait(30)
        with self.changed:
            self.running -= 1
        return [self.detect(self.encode(image)) for image in images]

    def wait_for_lanes(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.running == count, timeout=30)


class Files:
    """Stands in for the disk: an image is as wide as its name says; 0 is broken."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.threads: set[str] = set()
        self.changed = threading.Condition()

    def __call__(self, name: int) -> ImageArray:
        with self.changed:
            self.read.append(name)
            self.changed.notify_all()
        self.threads.add(threading.current_thread().name)
        if name == 0:
            raise ImageError("0 is broken.")
        return np.full((1, name, 3), name % 256, dtype=np.uint8)

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.read) == count, timeout=30)


def widths(results: Sequence[Seen[int] | Missed[int]]) -> list[int]:
    return [result.width for result in results if isinstance(result, Seen)]


def test_results_come_in_order_with_the_poses_of_their_image() -> None:
    files, predictor = Files(), FakePredictor()
    names = list(range(1, 60))
    results = list(look_at(names, predictor, files))
    assert [r.item for r in results] == widths(results) == names
    for result in results:
        assert isinstance(result, Seen) and result.pixels is not None
        (alone, *_) = predictor.detect(predictor.encode(result.pixels))
        assert (result.poses[0].keypoints == alone.keypoints).all()


def test_reading_and_looking_are_other_threads_work() -> None:
    files, predictor = Files(), FakePredictor()
    list(look_at(range(1, 9), predictor, files))
    assert threading.current_thread().name not in files.threads | predictor.threads
    assert files.threads.isdisjoint(predictor.threads)


def test_an_image_that_cannot_be_read_comes_as_its_error_in_its_place() -> None:
    results = list(look_at([1, 0, 2], FakePredictor(), Files()))
    assert [r.item for r in results] == [1, 0, 2]
    assert isinstance(results[1], Missed) and results[1].why == "0 is broken."


def test_no_images_are_no_error() -> None:
    assert list(look_at([], FakePredictor(), Files())) == []


def test_images_of_one_size_go_through_the_network_together() -> None:
    predictor, files = Many(at_once=4), Files()
    predictor.gate.clear()
    results = look_at([11, 12, 21, 22, 31, 41, 32, 42, 51, 52], predictor, files)
    taken: list[Seen[int] | Missed[int]] = []
    reader = threading.Thread(target=lambda: taken.extend(results))
    reader.start()
    predictor.wait_for_lanes(1)
    files.wait_for(10)
    predictor.gate.set()
    reader.join(30)
    assert widths(taken) == [11, 12, 21, 22, 31, 41, 32, 42, 51, 52]
    assert all(len({width % 10 for width in batch}) == 1 for batch in predictor.batches)
    assert max(len(batch) for batch in predictor.batches) > 1
    assert max(len(batch) for batch in predictor.batches) <= 4


def test_every_lane_has_work_while_results_are_written() -> None:
    predictor = Many(lanes=3)
    predictor.gate.clear()
    results = look_at(range(1, 100), predictor, Files())
    first: list[object] = []
    reader = threading.Thread(target=lambda: first.append(next(results)))
    reader.start()
    predictor.wait_for_lanes(3)
    predictor.gate.set()
    reader.join(30)
    assert len(first) == 1
    results.close()


def test_only_a_window_of_the_images_is_in_memory() -> None:
    files, predictor = Files(), Many(lanes=2, at_once=3)
    results = look_at(range(1, 10_000), predictor, files)
    most = 2 * 2 * 3 + max(3, 2 * DECODERS)
    for done in range(1, 200):
        next(results)
        assert len(files.read) <= done + most
    results.close()


def test_large_images_wait_undecoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "BUDGET", 1000)
    files, predictor = Files(), Many(lanes=8, at_once=8)
    results = look_at([1000] * 500, predictor, files)
    for done in range(1, 500):
        next(results)
        assert len(files.read) <= done + 2 * DECODERS + 1
    results.close()


def test_who_stops_early_leaves_no_thread() -> None:
    before = threading.active_count()
    results = look_at(range(1, 100), Many(lanes=2), Files())
    next(results)
    results.close()
    assert threading.active_count() == before


def test_what_was_found_before_the_network_broke_down_still_comes() -> None:
    class Breaking(FakePredictor):
        def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
            if self.calls.count("detect") == 5:
                raise RuntimeError("broke down")
            return super().detect(encoded)

    seen = []
    results = look_at(range(1, 20), Breaking(), Files())
    with pytest.raises(RuntimeError, match="broke down"):
        while True:
            seen.append(next(results).item)
    assert seen == [1, 2, 3, 4, 5]
