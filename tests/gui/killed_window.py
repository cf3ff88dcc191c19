"""Runs the real window with a fake network and a scripted hand, until somebody kills it.

    python -m tests.gui.killed_window STATE SEED [FOLDER]

Everything goes through run_window, as at a desk; without a folder it opens what a crash left.
Prints JSON lines: first what the window shows when it has opened ("opened"), then before each
action ("begin"), after each edit ("edit"), and when a view has settled ("view").
"""

from __future__ import annotations

import json
import random
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest

from clickpose_app import app
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.view_keeper import SETTLED_MS
from tests.fake_predictor import FakePredictor

_BETWEEN_MS = 15
_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def main() -> None:
    """Work until killed."""
    state, seed = Path(sys.argv[1]), int(sys.argv[2])
    platformdirs.user_state_path = lambda *_, **__: state
    torch_free = types.ModuleType("loading")
    torch_free.load_predictor = lambda *_: FakePredictor()  # type: ignore[attr-defined]
    sys.modules["clickpose_app.engine.loading"] = torch_free
    make_window = app.make_window

    def watched(load: Callable[[], FakePredictor], **others: Any) -> MainWindow:
        window = make_window(load, **others)
        Hand(window, random.Random(seed))
        return window

    app.make_window = watched  # type: ignore[assignment]
    app.run_window(Path(sys.argv[3]) if len(sys.argv) > 3 else None)


class Hand:
    """Drags joints, goes on to other images, zooms, and tells what it has done."""

    def __init__(self, window: MainWindow, rng: random.Random) -> None:
        self._window, self._rng = window, rng
        self._greeted = False
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._work)
        self._timer.start(_BETWEEN_MS)
        self._settled = QTimer(window)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(lambda: self._say("view", self._view()))

    def _work(self) -> None:
        people = self._window.session.annotation.people
        if self._window.canvas.image_size.isEmpty() or not people:
            return
        if not self._greeted:
            self._greeted = True
            self._say("opened", self._view())
            return
        if self._settled.isActive():
            return  # looks at what it has done, as people do
        action = self._rng.choices(
            (self._drag, self._visibility, self._undo, self._go, self._look),
            (8, 2, 1, 1, 2),
        )[0]
        self._say("begin", {"action": action.__name__.strip("_"), "image": self._image()})
        action()
        if action in (self._drag, self._visibility, self._undo):
            self._say("edit", {**self._edit(), **self._view()})

    def _drag(self) -> None:
        person = self._rng.choice(self._window.session.annotation.people)
        keypoint = self._rng.choice([k for k in person.keypoints if k.labelled] or [None])
        if keypoint is None:
            return
        canvas = self._window.canvas
        start = canvas.viewportTransform().map(QPointF(keypoint.x, keypoint.y)).toPoint()
        end = start + QPoint(self._rng.randint(-40, 40), self._rng.randint(-40, 40))
        self._pull(start, end, _LEFT)

    def _visibility(self) -> None:
        person = self._rng.choice(self._window.session.annotation.people)
        k = self._rng.randrange(len(person.keypoints))
        self._window.session.select(person.id, k)
        self._window.actions_by_name["visibility"].trigger()

    def _undo(self) -> None:
        self._window.actions_by_name["undo"].trigger()

    def _go(self) -> None:
        self._window.actions_by_name[self._rng.choice(("next", "previous"))].trigger()

    def _look(self) -> None:
        """Zoom, move the picture, select somebody; then rest until that is written down."""
        canvas = self._window.canvas
        canvas.zoom(self._rng.choice((0.7, 1.3, 1.9)))
        middle = canvas.viewport().rect().center()
        self._pull(middle, middle + QPoint(self._rng.randint(-60, 60), 20), _MIDDLE)
        person = self._rng.choice(self._window.session.annotation.people)
        self._window.session.select(person.id, self._rng.randrange(len(person.keypoints)))
        self._settled.start(2 * SETTLED_MS)

    def _pull(self, start: QPoint, end: QPoint, button: Qt.MouseButton) -> None:
        viewport = self._window.canvas.viewport()
        QTest.mousePress(viewport, button, pos=start)
        QTest.mouseMove(viewport, start + (end - start) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, button, pos=end)

    def _image(self) -> str:
        record = self._window.browser.record
        assert record is not None
        return record.file_name

    def _edit(self) -> dict[str, object]:
        """What of the image must survive: everything that a hand has made of it."""
        session = self._window.session
        return {
            "image": self._image(),
            "unstored": len(session.ledger.unstored),
            "message": self._window.messages.text if self._window.messages.isVisible() else "",
            "pinned": [
                [person.id, k, keypoint.x, keypoint.y]
                for person in session.annotation.people
                for k, keypoint in enumerate(person.keypoints)
                if keypoint.pinned
            ],
            "visibility": [
                [int(keypoint.visibility) for keypoint in person.keypoints]
                for person in session.annotation.people
            ],
        }

    def _view(self) -> dict[str, object]:
        session, outlook = self._window.session, self._window.canvas.outlook
        return {
            "image": self._image(),
            "outlook": None if outlook is None else [outlook.scale, outlook.x, outlook.y],
            "person": session.person_id,
            "keypoint": session.keypoint,
        }

    def _say(self, what: str, value: dict[str, object]) -> None:
        print(json.dumps({"what": what, **value}), flush=True)


if __name__ == "__main__":
    main()
