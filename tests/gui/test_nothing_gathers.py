"""Nothing gathers with the images that were worked on, but what is bounded."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fake_predictor import FakePredictor
from tests.gui.desk import LEFT_WRIST, Desk, make_photos

_LEG = 20  # images between two counts
_KEPT = 4  # images whose steps can be undone


def bounded(desk: Desk) -> None:
    """Let every cache keep the newest alone, so that a few images show what others would take."""
    window = desk.window
    for cached in (window._loader, window._inference, window.images.thumbnails._images):
        cached._cache._limit = 1
    desk.session.ledger.histories._kept = _KEPT


def work_on_the_next(desk: Desk) -> None:
    """Correct a joint, take it back and do it again, select somebody else and go on."""
    for number in range(_LEG):
        desk.drag_joint(0, LEFT_WRIST, 12, 7 + number % 3)
        desk.wait_for_calm()
        desk.session.undo()
        desk.session.redo()
        desk.session.select(desk.people[1].id, LEFT_WRIST)
        assert desk.window.browser.go(1)
        desk.wait_for_people(2)
        desk.wait_for_calm()


def held(desk: Desk) -> Counter[str]:
    """Our own objects by type, objects of Qt in the window, and widgets."""
    desk.wait_for_calm()
    gc.collect()
    # Whatever lives is asked here, also what other tests left; not every type's module is a text.
    kinds = Counter(
        f"{module}.{type(each).__qualname__}"
        for each in gc.get_objects()
        if isinstance(module := type(each).__module__, str) and module.startswith("clickpose_app.")
    )
    kinds["objects of Qt"] = len(desk.window.findChildren(QObject))
    kinds["widgets"] = len(QApplication.allWidgets())
    return kinds


def test_no_objects_gather_with_the_images_that_were_worked_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(qtbot, FakePredictor())
    try:
        bounded(desk)
        desk.open(make_photos(tmp_path / "photos", 3 * _LEG + 2))
        desk.wait_for_people(2)
        work_on_the_next(desk)
        work_on_the_next(desk)
        before = held(desk)
        work_on_the_next(desk)
        grown = held(desk) - before
        # A handful may be on its way; what gathers would be one an image at least.
        assert {kind: count for kind, count in grown.items() if count >= _LEG // 2} == {}
        assert len(desk.session.ledger.histories) <= _KEPT
    finally:
        desk.close()
