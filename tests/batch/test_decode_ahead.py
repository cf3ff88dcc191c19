"""Images are decoded ahead, in order, and not too many at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from clickpose_app.batch import decode_ahead as module
from clickpose_app.batch.decode_ahead import AHEAD, decode_ahead
from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError


class Files:
    """Stands in for the disk: an image is as wide as its name says."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[str] = set()
        self.changed = threading.Condition()

    def __call__(self, path: Path) -> ImageArray:
        with self.changed:
            self.read.append(path.name)
            self.threads.add(threading.current_thread().name)
            self.changed.notify_all()
        if path.name == "0":
            raise ImageError("0 is broken.")
        return np.zeros((1, int(path.name), 3), dtype=np.uint8)

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.read) >= count, timeout=30)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    stand_in = Files()
    monkeypatch.setattr(module, "read_image", stand_in)
    return stand_in


def paths(*names: int) -> list[Path]:
    return [Path(str(name)) for name in names]


def test_images_come_in_order_from_another_thread(files: Files) -> None:
    widths = [
        pixels.shape[1]
        for _, pixels in decode_ahead(paths(*range(1, 10)))
        if not isinstance(pixels, ImageError)
    ]
    assert widths == list(range(1, 10))
    assert threading.current_thread().name not in files.threads


def test_an_image_that_cannot_be_read_comes_as_its_error(files: Files) -> None:
    del files
    results = dict(decode_ahead(paths(1, 0, 2)))
    assert str(results[Path("0")]) == "0 is broken."
    assert not isinstance(results[Path("2")], ImageError)


def test_the_next_few_are_ready_and_no_more(files: Files) -> None:
    images = decode_ahead(paths(*range(1, 100)))
    next(images)
    files.wait_for(AHEAD + 1)
    assert len(files.read) == AHEAD + 1
    images.close()


def test_who_stops_early_leaves_no_thread(files: Files) -> None:
    before = threading.active_count()
    images = decode_ahead(paths(*range(1, 100)))
    next(images)
    images.close()
    assert threading.active_count() == before
    assert len(files.read) <= AHEAD + 1
