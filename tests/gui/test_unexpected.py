"""Errors that nobody foresaw: the person is told, nothing is lost, work goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from clickpose_app.gui.unexpected import UnexpectedErrors
from tests.gui.desk import LEFT_WRIST, Desk


@pytest.fixture
def unexpected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[UnexpectedErrors]:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    before = sys.excepthook, threading.excepthook
    errors = UnexpectedErrors(desk.window)
    errors.install()
    errors.copy_wanted.connect(desk.window.shell.copy_diagnostics)
    yield errors
    sys.excepthook, threading.excepthook = before


@pytest.fixture(autouse=True)
def expected_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    caplog.get_records("call").clear()


def fail(words: str) -> None:
    """As if a slot had raised."""
    try:
        raise RuntimeError(words)
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)


def boxes(desk: Desk) -> list[QMessageBox]:
    return [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]


def button(box: QMessageBox, words: str) -> QPushButton:
    (found,) = (b for b in box.buttons() if b.text() == words)
    assert isinstance(found, QPushButton)
    return found


@pytest.mark.usefixtures("unexpected")
def test_it_is_said_and_the_person_goes_on(desk: Desk) -> None:
    fail("on purpose")
    desk.wait(lambda: bool(boxes(desk)))
    (box,) = boxes(desk)
    assert "RuntimeError: on purpose" in box.text()
    assert "test_unexpected.py" in box.detailedText()
    button(box, "Go on").click()
    desk.wait(lambda: not boxes(desk))
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    desk.wait_for_calm()
    assert desk.people[0].pinned[LEFT_WRIST]
    assert desk.stored() == desk.annotation


@pytest.mark.usefixtures("unexpected")
def test_one_that_comes_again_and_again_is_said_once(desk: Desk) -> None:
    for _ in range(50):
        fail("again")
    desk.wait(lambda: bool(boxes(desk)))
    (box,) = boxes(desk)
    button(box, "Go on").click()
    desk.wait(lambda: not boxes(desk))
    fail("again")
    desk.qtbot.wait(50)
    assert boxes(desk) == []


@pytest.mark.usefixtures("unexpected")
def test_one_of_a_thread_is_said_too(desk: Desk) -> None:
    def work() -> None:
        raise ValueError("in the background")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    desk.wait(lambda: bool(boxes(desk)))
    assert "in the background" in boxes(desk)[0].text()


@pytest.mark.usefixtures("unexpected")
def test_diagnostics_tell_what_runs_but_not_whose_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: desk.project_path.parent)
    fail(f"in {desk.project_path}")
    desk.wait(lambda: bool(boxes(desk)))
    button(boxes(desk)[0], "Copy diagnostics").click()
    text = QGuiApplication.clipboard().text()
    assert "ClickPose 0." in text
    assert "Network: " + desk.predictor.description in text
    assert "Project: 3 images, coco-17, writable" in text
    assert "torch" in text
    assert str(desk.project_path.parent) not in text


def test_the_help_menu_copies_diagnostics(desk: Desk) -> None:
    desk.window.actions_by_name["copy_diagnostics"].trigger()
    assert QGuiApplication.clipboard().text().startswith("ClickPose 0.")
    assert "Diagnostics copied" in desk.window.statusBar().currentMessage()
