"""A person at the desk: real mouse and key events on the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clickpose_app.app import make_window
from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui.tools import Tool
from clickpose_app.storage.project import Project
from tests.fake_predictor import FakePredictor

SIZE = (400, 300)  # width and height of the pictures
LEFT_WRIST, RIGHT_WRIST, NOSE = 9, 10, 0

PATIENCE_MS = 120_000  # a machine that trains beside the tests is slow, not wrong
_LEFT = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier


def grey(shade: int) -> int:
    """What every pixel of a picture of that shade is."""
    return (20 * shade) % 256


def make_photo(path: Path, *, shade: int = 1) -> None:
    """A picture of nothing, each shade different."""
    width, height = SIZE
    pixels = np.full((height, width, 3), grey(shade), dtype=np.uint8)
    encoded = cv2.imencode(path.suffix, pixels)[1]
    path.write_bytes(encoded.tobytes())


def make_photos(folder: Path, count: int) -> Path:
    """A new folder of such pictures, 1.png with the first shade and so on."""
    folder.mkdir()
    for number in range(1, count + 1):
        make_photo(folder / f"{number}.png", shade=number)
    return folder


class Desk:
    """The window and the hands on it."""

    def __init__(self, qtbot: QtBot, predictor: FakePredictor) -> None:
        self.qtbot = qtbot
        self.predictor = predictor

        def load() -> Predictor:
            predictor.calls.append("load")
            if "load" in predictor.failing:
                raise RuntimeError("load failed on purpose")
            return predictor

        self.window = make_window(load)
        self.window.resize(1000, 700)
        with qtbot.waitActive(self.window, timeout=PATIENCE_MS):
            self.window.show()
            self.window.activateWindow()  # keys go nowhere else, on a screen without a manager
        self.session = self.window.session
        self.canvas = self.window.canvas
        self._closed = False

    # What is there

    @property
    def annotation(self) -> ImageAnnotation:
        return self.session.annotation

    @property
    def people(self) -> tuple[Person, ...]:
        return self.annotation.people

    @property
    def message(self) -> str:
        """What the message bar says; empty when it is hidden."""
        return self.window.messages.text if self.window.messages.isVisible() else ""

    @property
    def project_path(self) -> Path:
        project = self.window.browser.project
        assert project is not None
        return project.path

    def uses(self, tool: Tool) -> bool:
        """Whether this is the active tool."""
        return self.canvas.tool is tool

    @property
    def file_name(self) -> str:
        record = self.window.browser.record
        return "" if record is None else record.file_name

    def joint(self, person: int, k: int) -> Keypoint:
        return self.people[person].keypoints[k]

    def stored(self) -> ImageAnnotation:
        """What the project file says of the current image, read from the outside."""
        record = self.window.browser.record
        assert record is not None
        with Project.open(self.project_path, read_only=True) as project:
            return project.annotation(record.id)

    # What the person does

    def open(self, path: Path) -> None:
        self.window.open_path(path)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, key, modifier)

    def spot(self, x: float, y: float) -> QPoint:
        """Where an image point lies on the screen."""
        return self.canvas.viewportTransform().map(QPointF(x, y)).toPoint()

    def joint_spot(self, person: int, k: int) -> QPoint:
        keypoint = self.joint(person, k)
        return self.spot(keypoint.x, keypoint.y)

    def click(
        self,
        spot: QPoint,
        button: Qt.MouseButton = _LEFT,
        modifier: Qt.KeyboardModifier = _PLAIN,
    ) -> None:
        QTest.mouseClick(self.canvas.viewport(), button, modifier, spot)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        button: Qt.MouseButton = _LEFT,
        modifier: Qt.KeyboardModifier = _PLAIN,
    ) -> None:
        self.drag_begin(start, end, button, modifier)
        QTest.mouseRelease(self.canvas.viewport(), button, modifier, end)

    def drag_begin(
        self,
        start: QPoint,
        end: QPoint,
        button: Qt.MouseButton = _LEFT,
        modifier: Qt.KeyboardModifier = _PLAIN,
    ) -> None:
        """Press and move, without letting go."""
        viewport = self.canvas.viewport()
        QTest.mouseMove(viewport, start)
        QTest.mousePress(viewport, button, modifier, start)
        for part in (0.2, 0.6, 1.0):
            QTest.mouseMove(viewport, start + (end - start) * part)

    def drag_joint(self, person: int, k: int, dx: int, dy: int) -> None:
        """Drag a joint by so many screen pixels."""
        start = self.joint_spot(person, k)
        self.drag(start, start + QPoint(dx, dy))

    # What the person waits for

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def wait_for_people(self, count: int) -> None:
        self.wait(lambda: len(self.people) == count and not self.canvas.image_size.isEmpty())

    def wait_for_calm(self) -> None:
        """Until the network owes nothing and everything that it said has arrived."""
        self.wait(lambda: not self.session.waiting)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.window.close()
            self.window.deleteLater()
            # Now, or it would die in the middle of the next test.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
