"""Hours at the desk: does memory, latency or anything that is counted grow with the images?

A scripted hand corrects two joints on each image in the real window (offscreen), hides one, takes
a step back, zooms, and goes on, through the sample photos under many names. Every 10 images
memory, threads, open files and Qt objects are counted.

    python benchmarks/endurance.py [--minutes 10] [--images 2000] [--real] [--caches MB] [--cpu]

Caches are bounded by bytes and fill in the first few hundred images, the steps of undo are those of
300 images; --caches bounds each cache by so many megabytes and the steps to as many images, so
that what grows after that is not theirs. With --cpu the times are of the processor, which on a
busy machine say more.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from large_folder import resident_megabytes, until
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window import FakePredictor

from clickpose_app.app import make_application, make_window
from clickpose_app.core.annotation import Person
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui.cycles import CycleCollector
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.settings import Settings
from clickpose_app.paths import resources_dir

_EVERY = 10  # images between two samples
_WARM = 0.2  # share of the samples at the beginning in which caches fill
clock: Callable[[], float] = time.perf_counter
_PHOTOS = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Sample:
    """What was counted after so many images, and the medians since the sample before.

    Attributes:
        images: done so far.
        megabytes: of memory that is resident.
        threads: of Python.
        files: that are open.
        objects: of Qt in the window.
        widgets: of the application.
        followed: ms from letting go of a joint until the others have followed.
        opened: ms from leaving an image until the people of the next one are there.
        yardstick: ms for a sum that never changes: how fast the machine is just now.
    """

    images: int
    megabytes: float
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
    """Count everything, and start new medians."""
    folder = Path("/proc/self/fd")
    found = Sample(
        images,
        resident_megabytes(),
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


def bound_caches(window: MainWindow, megabytes: int) -> None:
    """Let pictures, encodings and thumbnails take so much each; steps of as many images."""
    thumbnails = window.images.thumbnails._images
    for owner in (window._loader, window._inference, thumbnails):
        owner._cache._limit = megabytes << 20
    # Some 30 kilobytes an image, of the last 300 that were worked on.
    window.session.ledger.histories._kept = megabytes


def work(
    folder: Path, minutes: float, load: Callable[[], Predictor], caches: int | None
) -> list[Sample]:
    """Edit for so long."""
    application = make_application()
    collector = CycleCollector(application)
    window = make_window(load, settings=Settings.of_user())
    window.resize(1400, 900)
    if caches is not None:
        bound_caches(window, caches)
    window.show()
    hand = Hand(window, random.Random(0))
    hand.open_first(folder)
    end, images, samples = time.monotonic() + 60 * minutes, 0, list[Sample]()
    while time.monotonic() < end:
        hand.correct()
        hand.go_on()
        images += 1
        if images % _EVERY == 0:
            gc.collect()
            samples.append(sample(window, hand, images))
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
    for name in ("megabytes", "threads", "files", "objects", "widgets"):
        first, last = getattr(warm[0], name), getattr(warm[-1], name)
        lines.append(
            f"{name:24}{first:>10.0f}{last:>10.0f}{slope(warm, name):>16.3f}"
            f"{slope(half, name):>12.3f}"
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


def link_photos(folder: Path, count: int) -> None:
    """The sample photos under so many names."""
    samples = resources_dir() / "samples"
    photos = sorted(p for p in samples.iterdir() if p.suffix.lower() in _PHOTOS)
    for number in range(count):
        photo = photos[number % len(photos)]
        (folder / f"{number:05}{photo.suffix}").symlink_to(photo)


def main() -> None:
    """Work, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--real", action="store_true", help="with the shipped model")
    parser.add_argument("--caches", type=int, metavar="MB", help="bound each cache by so much")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of wall time")
    options = parser.parse_args()
    if options.cpu:
        global clock
        clock = time.process_time

    def load() -> Predictor:
        if not options.real:
            return FakePredictor()
        from clickpose_app.engine.torch_predictor import load_predictor

        return load_predictor(None, "cpu")

    with tempfile.TemporaryDirectory() as scratch:
        for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{kind}_HOME"] = scratch
        folder = Path(scratch) / "photos"
        folder.mkdir()
        link_photos(folder, options.images)
        print(report(work(folder, options.minutes, load, options.caches)))


if __name__ == "__main__":
    main()
