"""Hours at the desk: does memory, latency or anything that is counted grow with the images?

A scripted hand corrects two joints on each image in the real window (offscreen), hides one, takes
a step back, zooms, and goes on, through the sample photos under many names. Every 10 images
memory, threads, open files and Qt objects are counted, once the network has come to rest and
what it needs no more is given back.

    python benchmarks/endurance.py [--minutes 10] [--images 2000] [--real] [--crops] [--cpu]
                                   [--caches MB] [--steps IMAGES] [--log FILE]

Caches are bounded by bytes and fill in the first few hundred images: what they say that they hold
is told apart. --caches bounds each of them by so many megabytes. The steps of undo are those of 300
images; --steps bounds them to fewer, so that what grows after that is not theirs. --crops cuts each
photo to a size of its own, because what is made for one size is of no use for another. With --cpu
the times are of the processor, which on a busy machine say more. --log writes each count down as
it is made, a line of JSON each.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from large_folder import resident_megabytes, until
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window import FakePredictor

from clickpose_app.app import make_application, make_window
from clickpose_app.core.annotation import Person
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui.cache import ByteCache
from clickpose_app.gui.cycles import CycleCollector
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.spare_memory import give_back
from clickpose_app.paths import resources_dir
from clickpose_app.storage.images import read_image

_EVERY = 10  # images between two samples
_WARM = 0.2  # share of the samples at the beginning in which caches fill
clock: Callable[[], float] = time.perf_counter
_PHOTOS = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Sample:
    """What was counted after so many images, and the medians since the sample before.

    Attributes:
        images: done so far.
        before: megabytes that are resident, before anything is given back.
        megabytes: after that.
        caches: megabytes that caches say they hold.
        beside: megabytes beside those.
        blocks: of memory that Python has for its objects.
        threads: of Python.
        files: that are open.
        objects: of Qt in the window.
        widgets: of the application.
        followed: ms from letting go of a joint until the others have followed.
        opened: ms from leaving an image until the people of the next one are there.
        yardstick: ms for a sum that never changes: how fast the machine is just now.
    """

    images: int
    before: float
    megabytes: float
    caches: float
    beside: float
    blocks: int
    threads: int
    files: int
    objects: int
    widgets: int
    followed: float
    opened: float
    yardstick: float


class Hand:
    """Corrects, and takes the times."""

    def __init__(self, window: MainWindow, rng: random.Random) -> None:
        self._window, self._rng = window, rng
        self._session, self._canvas = window.session, window.canvas
        self.followed: list[float] = []
        self.opened: list[float] = []
        self._activity = ""
        window._inference.activity_changed.connect(self._note)

    def rest(self) -> None:
        """Wait until the network has nothing to do."""
        waiting = self._window._inference._worker._queue
        until(lambda: not self._activity and not waiting)

    def _note(self, activity: str) -> None:
        self._activity = activity

    def open_first(self, folder: Path) -> None:
        """Open the folder, and wait for the first people."""
        self._window.open_path(folder)
        until(self._ready)

    def correct(self) -> None:
        """Two drags, a joint hidden, a step back, a look closer."""
        for _ in range(2):
            self._drag()
        person = self._person()
        if person is not None:
            self._session.select(person.id, self._rng.randrange(len(person.keypoints)))
            self._window.actions_by_name["visibility"].trigger()
            self._window.actions_by_name["undo"].trigger()
        self._canvas.zoom(1.5)
        QApplication.processEvents()
        self._canvas.fit()
        QApplication.processEvents()

    def go_on(self) -> None:
        """Leave for the next image; from the last one to the first."""
        begin, browser = clock(), self._window.browser
        if not browser.go(1):
            browser.open_image(0)
        until(self._ready)
        self.opened.append((clock() - begin) * 1000)

    def _drag(self) -> None:
        person = self._person()
        if person is None:
            return
        joint = self._rng.choice([k for k in person.keypoints if k.labelled])
        start = self._canvas.viewportTransform().map(QPointF(joint.x, joint.y)).toPoint()
        end = start + QPoint(self._rng.randint(-30, 30), self._rng.randint(5, 30))
        viewport, left = self._canvas.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, left, pos=start)
        QTest.mouseMove(viewport, start + (end - start) / 2)
        QTest.mouseMove(viewport, end)
        begin = clock()
        QTest.mouseRelease(viewport, left, pos=end)
        until(lambda: not self._session.waiting)
        self.followed.append((clock() - begin) * 1000)

    def _person(self) -> Person | None:
        labelled = [p for p in self._session.annotation.people if p.labelled.any()]
        return self._rng.choice(labelled) if labelled else None

    def _ready(self) -> bool:
        return (
            self._window.browser.picture is not None
            and not self._session.network.finding
            and self._session.annotation.state.value != "new"
        )


def sample(window: MainWindow, hand: Hand, images: int) -> Sample:
    """Count everything while nothing moves, and start new medians."""
    hand.rest()
    gc.collect()
    before = resident_megabytes()
    give_back()
    held, cached = resident_megabytes(), sum(cache.nbytes for cache in caches_of(window)) / 1e6
    folder = Path("/proc/self/fd")
    found = Sample(
        images,
        before,
        held,
        cached,
        held - cached,
        sys.getallocatedblocks(),
        threading.active_count(),
        len(list(folder.iterdir())) if folder.is_dir() else 0,
        len(window.findChildren(QObject)),
        len(QApplication.allWidgets()),
        statistics.median(hand.followed or [0.0]),
        statistics.median(hand.opened or [0.0]),
        yardstick(),
    )
    hand.followed, hand.opened = [], []
    return found


def yardstick() -> float:
    """Milliseconds for a sum that never changes."""
    times = []
    for _ in range(5):
        begin = clock()
        sum(range(200_000))
        times.append((clock() - begin) * 1000)
    return statistics.median(times)


def caches_of(window: MainWindow) -> list[ByteCache[Any]]:
    """Those of pictures, encodings and thumbnails."""
    thumbnails = window.images.thumbnails._images
    return [owner._cache for owner in (window._loader, window._inference, thumbnails)]


def work(folder: Path, load: Callable[[], Predictor], options: argparse.Namespace) -> list[Sample]:
    """Edit for so long."""
    application = make_application()
    collector = CycleCollector(application)
    window = make_window(load, settings=Settings.of_user())
    window.resize(1400, 900)
    if options.caches is not None:
        for cache in caches_of(window):
            cache._limit = options.caches << 20
    if options.steps is not None:
        window.session.ledger.histories._kept = options.steps
    window.show()
    hand = Hand(window, random.Random(0))
    hand.open_first(folder)
    end, images, samples = time.monotonic() + 60 * options.minutes, 0, list[Sample]()
    while time.monotonic() < end:
        hand.correct()
        hand.go_on()
        images += 1
        if images % _EVERY == 0:
            samples.append(sample(window, hand, images))
            if options.log is not None:
                with options.log.open("a") as log:
                    print(json.dumps(asdict(samples[-1])), file=log)
    window.close()
    collector.stop()
    return samples


def slope(samples: list[Sample], name: str) -> float:
    """Growth per 100 images, a straight line through all samples."""
    values = [getattr(each, name) for each in samples]
    return float(np.polyfit([each.images for each in samples], values, 1)[0]) * 100


def report(samples: list[Sample]) -> str:
    """First and last, and growth per 100 images once the caches are full."""
    warm = samples[int(len(samples) * _WARM) :]
    if len(warm) < 4:
        return f"Only {_EVERY * len(samples)} images: too few to say what grows."
    half = samples[len(samples) // 2 :]
    lines = [f"{samples[-1].images} images; growth after the first {warm[0].images}"]
    lines.append(f"{'':24}{'first':>10}{'last':>10}{'per 100 images':>16}{'last half':>12}")
    for name in (
        "before",
        "megabytes",
        "caches",
        "beside",
        "blocks",
        "threads",
        "files",
        "objects",
        "widgets",
    ):
        first, last = getattr(warm[0], name), getattr(warm[-1], name)
        lines.append(
            f"{name:24}{first:>10.0f}{last:>10.0f}{slope(warm, name):>16.2f}"
            f"{slope(half, name):>12.2f}"
        )
    part = max(1, len(warm) // 6)
    for name in ("followed", "opened", "yardstick"):
        first, last = (
            statistics.median(getattr(each, name) for each in some)
            for some in (warm[:part], warm[-part:])
        )
        change = 100 * (last / first - 1) if first else 0.0
        lines.append(f"{name + ', median ms':24}{first:>10.1f}{last:>10.1f}{change:>14.1f} %")
    return "\n".join(lines)


def link_photos(folder: Path, count: int, crops: bool) -> None:
    """The sample photos under so many names, each cut to a size of its own if that is wanted."""
    rng = random.Random(0)
    samples = resources_dir() / "samples"
    photos = sorted(p for p in samples.iterdir() if p.suffix.lower() in _PHOTOS)
    for number in range(count):
        photo = photos[number % len(photos)]
        named = folder / f"{number:05}{photo.suffix}"
        if crops:
            pixels = read_image(photo)
            height, width = (rng.randint(side // 2, side) for side in pixels.shape[:2])
            cv2.imwrite(str(named), pixels[:height, :width, ::-1])
        else:
            named.symlink_to(photo)


def main() -> None:
    """Work, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--real", action="store_true", help="with the shipped model")
    parser.add_argument("--crops", action="store_true", help="each image of a size of its own")
    parser.add_argument("--caches", type=int, metavar="MB", help="bound each cache by so much")
    parser.add_argument("--steps", type=int, metavar="IMAGES", help="keep the steps of so many")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write each count down")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of wall time")
    options = parser.parse_args()
    if options.cpu:
        global clock
        clock = time.process_time

    def load() -> Predictor:
        if not options.real:
            return FakePredictor()
        from clickpose_app.engine.loading import load_predictor

        return load_predictor(None, "cpu")

    with tempfile.TemporaryDirectory() as scratch:
        for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{kind}_HOME"] = scratch
        folder = Path(scratch) / "photos"
        folder.mkdir()
        link_photos(folder, options.images, options.crops)
        print(report(work(folder, load, options)))


if __name__ == "__main__":
    main()
