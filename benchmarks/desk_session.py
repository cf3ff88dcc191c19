"""What does a whole session at the desk cost, and what comes out of it?

Drives the real window through its mouse events alone (Space accepts, where that exists): on
each image, for every labelled person the worst joint is dragged into its place, and the next,
until OKS reaches 0.95 or every labelled joint was placed; somebody who was missed gets a box.
People whom nobody labelled are left alone. Then the project is exported and scored.

    python benchmarks/desk_session.py [--data ../shared/data/people] [--images 20] [--out FOLDER]

Runs without a screen (offscreen) unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar, QWidget

from clickpose_app.app import make_application, make_window
from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.predictor import PredictedPose, Predictor
from clickpose_app.evaluation.noc_person import PersonRules, match_people, worst_joint
from clickpose_app.evaluation.truth import LabelledPerson, labelled_people
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import Dataset
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.storage.work import read_numbers

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "people"
GOOD_ENOUGH = 0.95
_PATIENCE_S = 1200.0  # a machine that trains beside it is slow, not wrong
_AWAY = 1e6  # where a joint is that is not drawn
_LEFT, _SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Tally:
    """What the session has cost so far.

    Attributes:
        people: labelled.
        missed: of them, those who had to be added.
        joints: labelled, which is what placing all by hand costs in clicks.
        drags: joints put in their place by a drag.
        placed: joints put there through the list, because nothing could be grabbed.
        boxes: drawn.
        presses: of a mouse button, whatever for; keys do not count.
        unfinished: people who stayed below OKS 0.95 although every joint was placed.
        similarities: OKS of each person at the end.
        painted: ms from letting go to the picture that shows it.
        followed: ms from letting go to the picture in which the others have followed.
        opened: ms from leaving an image to the next one's people.
    """

    people: int = 0
    missed: int = 0
    joints: int = 0
    drags: int = 0
    placed: int = 0
    boxes: int = 0
    presses: int = 0
    unfinished: int = 0
    similarities: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)

    @property
    def clicks(self) -> int:
        """Gestures that changed an annotation."""
        return self.drags + self.placed + self.boxes


class Paints(QObject):
    """Counts how often the picture was painted."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.count = 0
        viewport.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Count."""
        self.count += event.type() == QEvent.Type.Paint
        return False


class Hand:
    """The hand on the mouse, and the eyes that know where every joint belongs."""

    def __init__(self, window: MainWindow, tally: Tally) -> None:
        self._window, self._tally = window, tally
        self._canvas, self._session = window.canvas, window.session
        self._paints = Paints(window.canvas.viewport())
        self._followed = 0
        self._session.person_followed.connect(self._on_session_person_followed)

    def _on_session_person_followed(self) -> None:
        self._followed += 1

    # What the mouse does

    def press(self, widget: QWidget, at: QPoint) -> None:
        """Go there and put the left button down."""
        QTest.mouseMove(self._handle, self._on_window(widget, at))
        QTest.mousePress(self._handle, _LEFT, pos=self._on_window(widget, at))
        self._tally.presses += 1

    def release(self, widget: QWidget, at: QPoint) -> None:
        """Let the left button go."""
        QTest.mouseRelease(self._handle, _LEFT, pos=self._on_window(widget, at))

    def click(self, widget: QWidget, at: QPoint) -> None:
        """Press and let go."""
        self.press(widget, at)
        self.release(widget, at)

    def push(self, action: str) -> None:
        """Push the button of an action in the tool bar, or press its key where it has none."""
        wanted = self._window.actions_by_name[action]
        for bar in self._window.findChildren(QToolBar):
            button = bar.widgetForAction(wanted)
            if button is not None and button.isVisible():
                self.click(button, button.rect().center())
                return
        QTest.keySequence(self._canvas, wanted.shortcut())

    def drag(self, start: QPoint, end: QPoint) -> None:
        """On the picture, from here to there; press() has been done."""
        viewport = self._canvas.viewport()
        for part in (0.3, 0.7, 1.0):
            QTest.mouseMove(self._handle, self._on_window(viewport, start + (end - start) * part))

    # What is done with it

    def correct(self, person_id: str, truth: LabelledPerson) -> None:
        """Put the worst joint in its place until the pose is good enough."""
        placed = np.zeros(len(truth.labelled), dtype=np.bool_)
        while True:
            xy = drawn(self._session.annotation.person(person_id))
            similarity = truth.similarity(xy)
            if similarity >= GOOD_ENOUGH or placed[truth.labelled].all():
                break
            k = worst_joint(truth, xy, placed, "distance")
            self._put(person_id, k, *truth.keypoints[k])
            placed[k] = True
        self._tally.similarities.append(similarity)
        self._tally.unfinished += similarity < GOOD_ENOUGH

    def add(self, truth: LabelledPerson) -> str:
        """Draw the box of somebody who was missed; the id of the new person."""
        self.push("new_person")
        size, box = self._canvas.image_size, truth.box
        inside = box.clipped(float(size.width()), float(size.height()))
        start, end = self._spot(inside.x1, inside.y1), self._spot(inside.x2, inside.y2)
        viewport = self._canvas.viewport()
        self.press(viewport, start)
        self.drag(start, end)
        self._let_go(lambda: self.release(viewport, end))
        self._tally.boxes += 1
        assert self._session.person_id is not None
        return self._session.person_id

    def choose(self, person_id: str) -> None:
        """Click somebody in the list of people, unless they are selected."""
        if self._session.person_id != person_id:
            view, model = self._window.poses.people_view, self._window.poses.people
            index = model.index(model.row(person_id), 0)
            view.scrollTo(index)
            self.click(view.viewport(), view.visualRect(index).center())
            self.wait(lambda: self._session.person_id == person_id)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window work until that is so."""
        end = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                raise SystemExit(f"The window waits for nothing: {self._window.messages.text}")
            QApplication.processEvents()
            time.sleep(0.0005)  # the network's thread wants to run, too

    def _put(self, person_id: str, k: int, x: float, y: float) -> None:
        """Drag a joint to its place; where it cannot be grabbed, place it from the list."""
        viewport = self._canvas.viewport()
        self.choose(person_id)
        keypoint = self._session.annotation.person(person_id).keypoints[k]
        start, end = self._spot(keypoint.x, keypoint.y), self._spot(x, y)
        far = max(abs((end - start).x()), abs((end - start).y())) >= 4
        if keypoint.labelled and far and viewport.rect().contains(start):
            self.press(viewport, start)
            if (self._session.person_id, self._session.keypoint) == (person_id, k):
                self.drag(start, end)
                self._let_go(lambda: self.release(viewport, end))
                self._tally.drags += 1
                return
            self.release(viewport, start)  # another joint lies on top of it
            self.choose(person_id)
        view, model = self._window.poses.keypoint_view, self._window.poses.keypoints
        index = model.index(k, 0)
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())
        QTest.mouseMove(self._handle, self._on_window(viewport, end))
        self._tally.presses += 1
        place = self._on_window(viewport, end)
        # A click with Shift places at the press.
        self._let_go(lambda: QTest.mousePress(self._handle, _LEFT, _SHIFT, place))
        QTest.mouseRelease(self._handle, _LEFT, _SHIFT, place)
        self._tally.placed += 1

    def _let_go(self, last: Callable[[], None]) -> None:
        """End a gesture, and take the times until it is painted and until others followed."""
        paints, followed, steps = self._paints.count, self._followed, self._session.history.depth
        begin = time.perf_counter()
        last()
        if self._session.history.depth == steps:
            raise SystemExit("A gesture did not change anything.")
        self.wait(lambda: self._paints.count > paints)
        self._tally.painted.append((time.perf_counter() - begin) * 1000)
        self.wait(lambda: not self._session.waiting)
        if self._followed > followed:
            paints = self._paints.count
            self.wait(lambda: self._paints.count > paints)
            self._tally.followed.append((time.perf_counter() - begin) * 1000)

    @property
    def _handle(self) -> QWindow:
        # The window of the system: what is pressed there finds its widget by itself.
        handle = self._window.windowHandle()
        assert handle is not None
        return handle

    def _on_window(self, widget: QWidget, at: QPoint) -> QPoint:
        return widget.mapTo(self._window, at)

    def _spot(self, x: float, y: float) -> QPoint:
        return self._canvas.viewportTransform().map(QPointF(x, y)).toPoint()


def drawn(person: Person) -> FloatArray:
    """Keypoints [K, 2] as the picture shows them; what is not labelled is far from right."""
    return np.where(person.labelled[:, None], person.xy, _AWAY)


def as_poses(people: tuple[Person, ...]) -> list[PredictedPose]:
    """People on the picture as the protocol matches them."""
    return [
        PredictedPose(drawn(p), np.ones(len(p.keypoints)), p.box, p.score or 1.0) for p in people
    ]


def unpack(data: Path, count: int, folder: Path) -> Path:
    """Every n-th photo and its annotations, so that nobody chose the easy ones.

    Returns:
        The COCO JSON of the true poses, beside the photos.
    """
    truth = json.loads((data / "eval_public.json").read_text())
    every = max(1, len(truth["images"]) // count)
    images = truth["images"][::every][:count]
    ids = {image["id"] for image in images}
    truth["images"] = images
    truth["annotations"] = [a for a in truth["annotations"] if a["image_id"] in ids]
    with tarfile.open(data / "eval_public.tar") as shard:
        for image in images:
            shard.extract(image["file_name"], folder, filter="data")
    path = folder / "truth.json"
    path.write_text(json.dumps(truth))
    # The window is told of the photos, so that they keep their ids, and of nobody on them.
    (folder / "session.json").write_text(json.dumps(truth | {"annotations": []}))
    return path


def annotate(window: MainWindow, dataset: Dataset, tally: Tally) -> None:
    """Work through all images."""
    hand = Hand(window, tally)
    browser, session = window.browser, window.session
    by_name = {image.file_name: image for image in dataset.images}
    hand.wait(lambda: browser.picture is not None)
    for number in range(len(browser.records)):
        hand.wait(lambda: browser.picture is not None and session.annotation.state.value != "new")
        record, project = browser.record, browser.project
        assert record is not None and project is not None
        annotation = by_name[record.file_name].annotation
        people = labelled_people(annotation, dataset.skeleton, project.skeleton)
        found = session.annotation.people
        answers = match_people(people, as_poses(found), PersonRules().found_at)
        for truth, answer in zip(people, answers, strict=True):
            person_id = hand.add(truth) if answer is None else found[answer].id
            hand.correct(person_id, truth)
            tally.missed += answer is None
            tally.people += 1
            tally.joints += int(truth.labelled.sum())
        print(f"{number + 1} of {len(browser.records)}: {record.file_name}", file=sys.stderr)
        begin = time.perf_counter()
        if "accept" in window.actions_by_name and people:
            QTest.keyClick(window.canvas, Qt.Key.Key_Space)
        if browser.record is record or browser.row == number:
            hand.push("next")
        if number + 1 < len(browser.records):
            hand.wait(
                lambda: browser.picture is not None and session.annotation.state.value != "new"
            )
            tally.opened.append((time.perf_counter() - begin) * 1000)


def as_results(exported: Path, out: Path) -> None:
    """The exported people as COCO results; whom a hand has corrected is certain."""
    results = []
    for person in json.loads(exported.read_text())["annotations"]:
        by_hand = "h" in person.get("keypoint_sources", "")
        score = 1.0 if by_hand else person.get("score", 1.0)
        kept = ("image_id", "category_id", "keypoints")
        results.append({key: person[key] for key in kept} | {"score": score})
    out.write_text(json.dumps(results))


def table(tally: Tally) -> str:
    """The figures of the session."""
    people = max(1, tally.people)
    rows = [
        ("labelled people", f"{tally.people}", f"{tally.missed} missed, boxes drawn"),
        ("joints, all by hand", f"{tally.joints}", f"{tally.joints / people:.2f} per person"),
        ("clicks", f"{tally.clicks}", f"{tally.clicks / people:.2f} per person"),
        ("  joints dragged", f"{tally.drags}", ""),
        ("  joints placed from the list", f"{tally.placed}", ""),
        ("  boxes drawn", f"{tally.boxes}", ""),
        ("clicks saved", f"{100 * (1 - tally.clicks / max(1, tally.joints)):.1f} %", ""),
        ("presses of the mouse button", f"{tally.presses}", "selecting and pushing included"),
        ("mean OKS", f"{statistics.mean(tally.similarities):.4f}", ""),
        ("below 0.95 with all placed", f"{tally.unfinished}", ""),
    ]
    for name, times in (
        ("let go to picture, ms", tally.painted),
        ("let go to others followed, ms", tally.followed),
        ("leave to next people, ms", tally.opened),
    ):
        if times:
            p95 = f"95 in 100 within {np.quantile(times, 0.95):.1f} of {len(times)}"
            rows.append((name, f"{statistics.median(times):.1f}", p95))
    return "\n".join(f"{name:32}{value:>10}   {more}".rstrip() for name, value, more in rows)


def main() -> None:
    """Annotate, export, score, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--images", type=int, default=20)
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--out", type=Path, help="keep everything in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        truth = unpack(options.data, options.images, folder)
        run(truth, options.weights)


def run(truth: Path, weights: Path | None) -> None:
    """The session on the photos beside a file of true poses."""
    application, tally = make_application(), Tally()

    def load() -> Predictor:
        from clickpose_app.engine.loading import load_predictor

        return load_predictor(weights, "cpu")

    window = make_window(load)
    window.resize(1400, 900)
    window.show()
    begin = time.perf_counter()
    window.open_path(truth.with_name("session.json"))
    hand = Hand(window, Tally())
    hand.wait(lambda: window.browser.project is not None)
    annotate(window, read_coco(truth), tally)
    seconds = time.perf_counter() - begin
    project, exported = window.browser.project, truth.with_name("exported.json")
    assert project is not None
    path = project.path
    window.files.export_to(exported)
    hand.wait(exported.exists)
    window.close()
    application.processEvents()
    print(table(tally))
    print(f"{'whole session, machine time, s':32}{seconds:>10.1f}\n")
    counted = read_numbers(path).overall
    print(f"The desk itself counted {counted.clicks} clicks and {counted.people} people.\n")
    results = truth.with_name("results.json")
    as_results(exported, results)
    command = ["-m", "clickpose_app", "evaluate", str(truth), "--predictions", str(results)]
    command += ["--score-threshold", "0"]  # whoever was exported is there
    print("clickpose evaluate --predictions, of what was exported:", flush=True)
    subprocess.run([sys.executable, *command], check=True)


if __name__ == "__main__":
    main()
