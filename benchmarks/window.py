"""How long does the window take to draw a frame, to answer a gesture, and to open a folder?

Each row is one question; add a row to ROWS for another. Runs without a screen (offscreen, the
same software painting as on a desk). Where a row does not name the shipped model there is a fake
network or none, so that only the window is measured. Each row runs in a process of its own.

    python benchmarks/window.py [--frames 120] [--cpu] [--only NAME ...]
    python benchmarks/window.py --frames 1000 --only "MB"  # after a thousand images; takes long
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import cv2
import msgspec
import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from large_folder import first_image, link_names, resident_megabytes, until
from measuring import Clock, Taken, chosen, in_own_process, take
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clickpose_app.app import make_application, make_window
from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import (
    EncodedImage,
    ImageArray,
    PoseQuery,
    PredictedPose,
    Predictor,
)
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.image_look import ImageLook
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.pixels import to_qimage
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import builtin_skeleton

WIDTH, HEIGHT = 6000, 4000
PEOPLE = 100
VIEW = (1400, 900)
FOLDER = 100_000  # images
NEUTRAL = ImageLook()

# A standing person in fractions of the box, in the order of the built-in skeleton.
STANDING = np.array(
    [
        *((0.50, 0.10), (0.55, 0.07), (0.45, 0.07), (0.62, 0.09), (0.38, 0.09)),
        *((0.75, 0.25), (0.25, 0.25), (0.90, 0.40), (0.10, 0.40), (0.95, 0.55), (0.05, 0.55)),
        *((0.65, 0.55), (0.35, 0.55), (0.68, 0.75), (0.32, 0.75), (0.70, 0.95), (0.30, 0.95)),
    ]
)

Row = Callable[[int], list[Taken]]


class FakePredictor:
    """Finds two people and moves everybody along with what was placed, at once."""

    skeleton: Skeleton = builtin_skeleton()
    description = "fake"

    def encode(self, image: ImageArray) -> EncodedImage:
        """Keep nothing but the size."""
        return _Encoding(image.shape[1], image.shape[0])

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """Two people side by side."""
        assert isinstance(encoded, _Encoding)
        w, h = encoded.width, encoded.height
        boxes = (Box(0.1 * w, 0.1 * h, 0.4 * w, 0.9 * h), Box(0.6 * w, 0.1 * h, 0.9 * w, 0.9 * h))
        return tuple(self.pose_in_box(encoded, box) for box in boxes)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """The standing pose, moved by what the pinned keypoints say."""
        pose = self.pose_in_box(encoded, query.box)
        xy = pose.keypoints + (query.keypoints - pose.keypoints)[query.pinned].mean(axis=0)
        xy[query.pinned] = query.keypoints[query.pinned]
        return PredictedPose(xy, pose.confidence, query.box.grown_to(xy), 0.9)

    def pose_in_box(
        self,
        encoded: EncodedImage,  # noqa: ARG002 (the protocol's signature)
        box: Box,
    ) -> PredictedPose:
        """The standing pose."""
        xy = np.array([box.x1, box.y1]) + STANDING * np.array([box.width, box.height])
        return PredictedPose(xy, np.linspace(1.0, 0.3, len(xy)), box, 0.9)


class _Encoding:
    def __init__(self, width: int, height: int) -> None:
        self.width, self.height, self.nbytes = width, height, 1


def crowd_canvas() -> Canvas:
    """A 24-megapixel picture with 100 people of all kinds of joints on a canvas."""
    rng = np.random.default_rng(0)
    canvas = Canvas()
    canvas.resize(*VIEW)
    canvas.show()
    canvas.show_picture(photo(rng), builtin_skeleton())
    canvas.show_annotation(ImageAnnotation(tuple(person(rng, n) for n in range(PEOPLE))))
    settle()
    return canvas


def photo(rng: np.random.Generator) -> QImage:
    """Noise on a gradient: nothing about it is easy to scale."""
    ramp = np.linspace(0, 200, WIDTH, dtype=np.uint8)
    pixels = np.broadcast_to(ramp[None, :, None], (HEIGHT, WIDTH, 3)).copy()
    pixels += rng.integers(0, 50, (HEIGHT, WIDTH, 1), dtype=np.uint8)
    return to_qimage(pixels)


def person(rng: np.random.Generator, number: int) -> Person:
    """Somebody in a grid of ten by ten who overlaps the neighbours."""
    row, column = divmod(number, 10)
    x, y = column * WIDTH / 10 + rng.uniform(0, 100), row * HEIGHT / 10 + rng.uniform(-40, 40)
    box = Box(x, y, x + WIDTH / 10, y + HEIGHT / 8)
    xy = np.array([box.x1, box.y1]) + STANDING * np.array([box.width, box.height])
    xy += rng.normal(0, 12, xy.shape)
    kinds = [Visibility.OCCLUDED if rng.random() < 0.2 else Visibility.VISIBLE for _ in xy]
    sources = [Source.HUMAN if rng.random() < 0.2 else Source.PREDICTED for _ in xy]
    keypoints = tuple(
        Keypoint(float(px), float(py), kind, source, float(rng.uniform(0.2, 1.0)))
        for (px, py), kind, source in zip(xy, kinds, sources, strict=True)
    )
    return Person(f"p{number}", keypoints, box, score=0.9)


def settle() -> None:
    """Let everything that waits be painted."""
    for _ in range(3):
        QApplication.processEvents()


def timed(step: Callable[[], object]) -> Taken:
    """What a step takes until it is done and everything that it changed is painted."""

    def painted() -> None:
        step()
        QApplication.processEvents()

    return take(painted)


def pan(frames: int, zoomed: float) -> list[Taken]:
    """Drag the picture about at some zoom."""
    canvas = crowd_canvas()
    canvas.zoom(zoomed)
    settle()
    at = QPointF(700, 450)
    canvas.start_pan(at)
    times = []
    for n in range(frames):
        angle = 2 * np.pi * n / 40
        spot = at + QPointF(120 * np.cos(angle), 120 * np.sin(angle))
        times.append(timed(partial(canvas.pan_to, spot)))
    close(canvas)
    return times


def zoom(frames: int) -> list[Taken]:
    """Turn the wheel in at one place and out again, in quarter notches."""
    canvas = crowd_canvas()
    times = []
    for n in range(frames):
        factor = 1.25**0.25 if n % 60 < 30 else 1.25**-0.25
        times.append(timed(partial(canvas.zoom, factor, QPointF(500, 300))))
    close(canvas)
    return times


def whole_frame(frames: int, look: ImageLook = NEUTRAL) -> list[Taken]:
    """Paint everything anew."""
    canvas = crowd_canvas()
    canvas.show_look(look)
    settle()
    times = [timed(canvas.viewport().repaint) for _ in range(frames)]
    close(canvas)
    return times


def drag(frames: int, *, magnifier: bool) -> list[Taken]:
    """Drag a joint in the crowd."""
    canvas = crowd_canvas()
    canvas.magnifier.wanted = magnifier
    joint = canvas.shown_xy("p44")[9]
    start = canvas.viewportTransform().map(QPointF(*joint)).toPoint()
    canvas.show_selection("p44", 9)
    settle()
    port = canvas.viewport()
    QTest.mouseMove(port, start)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    times = []
    for n in range(frames):
        spot = start + QPoint(round(40 * np.sin(n / 5)), n % 50)
        times.append(timed(partial(QTest.mouseMove, port, spot)))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start)
    close(canvas)
    return times


def shipped_model() -> Predictor:
    """The network that comes with the program; torch is not imported before a row needs it."""
    from clickpose_app.engine.loading import load_predictor

    return load_predictor()


@contextmanager
def desk(folder: Path, load: Callable[[], Predictor]) -> Iterator[MainWindow]:
    """The real window on a folder, with the people of the first image."""
    window = make_window(load)
    window.resize(*VIEW)
    window.show()
    window.open_path(folder)
    until(partial(is_predicted, window))
    settle()
    yield window
    window.close()


def is_predicted(window: MainWindow) -> bool:
    """Whether image and people are shown."""
    there = window.browser.picture is not None
    return there and window.session.annotation.state is not ImageState.NEW


def drop(window: MainWindow, number: int) -> None:
    """Drop the first person's left wrist a little to one side or the other."""
    who = window.session.annotation.people[0]
    x, y = who.keypoints[9].x + (-1) ** number * 5, who.keypoints[9].y
    window.canvas.keypoint_dropped.emit(who.id, 9, x, y, True)


def wait_for_answer(window: MainWindow) -> None:
    """Let the network answer, leaving the processor to it."""
    while window.session.waiting:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def drop_to_repaint(frames: int) -> list[Taken]:
    """Drop a joint in the real window: stored, shown, and painted."""
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_qimage(np.full((600, 800, 3), 90, np.uint8)).save(str(folder / "a.png"))
        with desk(folder, FakePredictor) as window:
            window.session.select(window.session.annotation.people[0].id)
            for n in range(frames):
                times.append(timed(partial(drop, window, n)))
                wait_for_answer(window)
    return times


def drop_to_follow(frames: int) -> list[Taken]:
    """Drop a joint: the network has answered, the answer is stored, shown, and painted."""

    def follow(number: int) -> None:
        drop(window, number)
        wait_for_answer(window)

    with tempfile.TemporaryDirectory() as name:
        sample = resources_dir() / "samples" / "cameraman.jpg"
        (Path(name) / sample.name).write_bytes(sample.read_bytes())
        with desk(Path(name), shipped_model) as window:
            window.session.select(window.session.annotation.people[0].id)
            return [timed(partial(follow, n)) for n in range(frames)]


def open_large(frames: int, *, known: bool) -> list[Taken]:
    """Open a folder of very many images, until the first of them is painted."""
    return first_image(FOLDER, frames, known=known)


def memory(frames: int) -> list[Taken]:
    """Megabytes of this process while images are gone through and each gets a note.

    What is no time stands in the place of both clocks.
    """
    resident = []
    with tempfile.TemporaryDirectory() as name:
        for number, sample in enumerate(sorted((resources_dir() / "samples").glob("*.jpg"))):
            enlarged = cv2.resize(cv2.imread(str(sample)), (1500, 1500))  # type: ignore[arg-type]
            photo = cv2.imencode(".jpg", enlarged)[1].tobytes()
            link_names(Path(name), photo, range(number, frames, 3))
        with desk(Path(name), shipped_model) as window:
            for number in range(frames):
                until(partial(is_predicted, window))
                window.session.send_back(f"note {number}")
                resident.append(Taken(resident_megabytes(), resident_megabytes()))
                window.browser.go(1)
    return resident


def close(canvas: Canvas) -> None:
    """Make room for the next."""
    canvas.close()
    canvas.deleteLater()
    settle()


ROWS: dict[str, Row] = {
    "24 MP, 100 people: whole frame": whole_frame,
    "24 MP, 100 people: pan, fitted": lambda frames: pan(frames, 1.0),
    "24 MP, 100 people: pan, 4 times": lambda frames: pan(frames, 4.0),
    "24 MP, 100 people: zoom": zoom,
    "24 MP, 100 people: frame, brightened": lambda frames: whole_frame(frames, ImageLook(20, 10)),
    "24 MP, 100 people: drag a joint": lambda frames: drag(frames, magnifier=False),
    "24 MP, 100 people: drag with magnifier": lambda frames: drag(frames, magnifier=True),
    "drop a joint to repaint": drop_to_repaint,
    "shipped model: drop to others followed": drop_to_follow,
    "100,000 images: to the first, new": partial(open_large, known=False),
    "100,000 images: to the first, known": partial(open_large, known=True),
    "shipped model: MB while images are seen": memory,
}


def print_row(name: str, taken: list[Taken], clock: Clock) -> None:
    """One line of the table."""
    times = np.array([t.on(clock) for t in taken])
    median, p95, most = np.quantile(times, [0.5, 0.95, 1.0])
    print(f"{name:<42}{median:>9.1f}{p95:>9.1f}{most:>9.1f}", flush=True)


def main() -> None:
    """Print the table, or one row of it for another process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=120)
    parser.add_argument("--only", nargs="*", default=[], help="rows whose names contain this")
    parser.add_argument(
        "--cpu", action="store_true", help="processor time, on a machine that does other things"
    )
    parser.add_argument("--row", choices=list(ROWS), help="this one, in this process")
    parser.add_argument("--json", action="store_true", help="what each frame of --row took")
    options = parser.parse_args()
    clock: Clock = "cpu" if options.cpu else "wall"
    if options.row is not None:
        make_application()
        taken = ROWS[options.row](options.frames)
        if options.json:
            print(msgspec.json.encode(taken).decode())
        else:
            print_row(options.row, taken, clock)
        return
    print(f"{'milliseconds, or MB':<42}{'median':>9}{'p95':>9}{'max':>9}", flush=True)
    for name in chosen(ROWS, options.only):
        arguments = ["--row", name, "--frames", str(options.frames)]
        print_row(name, in_own_process(Path(__file__), arguments), clock)


if __name__ == "__main__":
    main()
