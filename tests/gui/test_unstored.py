"""A disk that refuses edits for a while: nothing is lost, and nothing has to be done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import ClickPoseError, ProjectError
from clickpose_app.storage.project import Project
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key


@dataclass
class Disk:
    """A disk that can be full."""

    full: bool = False


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk, write = Disk(), Project.write_many

    def refusing(self: Project, annotations: list[tuple[int, ImageAnnotation]]) -> None:
        if disk.full:
            raise ProjectError("It cannot be written: the disk is full.", "Free some space on it.")
        write(self, annotations)

    monkeypatch.setattr(Project, "write_many", refusing)
    return disk


def stored_annotations(desk: Desk) -> dict[str, ImageAnnotation]:
    with Project.open(desk.project_path, read_only=True) as project:
        return {r.file_name: project.annotation(r.id) for r in project.images()}


def work_on_two(desk: Desk) -> dict[str, ImageAnnotation]:
    """An edit on each of the first two images; what they shall be."""
    made = {}
    for joint in (LEFT_WRIST, NOSE):
        desk.drag_joint(0, joint, 30, 10)
        desk.wait_for_calm()
        made[desk.file_name] = desk.annotation
        desk.press(Key.Key_D)
        desk.wait_for_people(2)
    return made


def test_edits_on_several_images_wait_and_are_all_stored_with_the_next_one(
    desk: Desk, disk: Disk
) -> None:
    disk.full = True
    made = work_on_two(desk)
    assert all(stored_annotations(desk)[name] != shall for name, shall in made.items())
    # Said on every image, although each hides the message of the one before.
    desk.wait(lambda: desk.message)
    assert "the disk is full" in desk.message and "wait here" in desk.message
    disk.full = False
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    assert desk.message == ""
    assert "stored again" in desk.window.statusBar().currentMessage()
    desk.wait_for_calm()
    stored = stored_annotations(desk)
    assert {name: stored[name] for name in made} == made
    assert stored[desk.file_name] == desk.annotation


def test_it_tries_again_by_itself(desk: Desk, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clickpose_app.gui.unstored._AGAIN_AFTER_MS", 20)
    disk.full = True
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    disk.full = False
    desk.wait(lambda: not desk.session.ledger.unstored)
    assert desk.stored() == desk.annotation
    assert desk.message == ""


def test_what_waits_is_shown_again_even_when_its_steps_are_forgotten(
    desk: Desk, disk: Disk
) -> None:
    disk.full = True
    name = desk.file_name
    made = work_on_two(desk)[name]
    desk.session.ledger.histories.clear()
    for _ in range(2):
        desk.press(Key.Key_A)
    assert desk.file_name == name
    assert desk.annotation == made


def test_closing_stores_what_waits(desk: Desk, disk: Disk) -> None:
    disk.full = True
    made = work_on_two(desk)
    disk.full = False
    path = desk.project_path
    desk.close()
    with Project.open(path, read_only=True) as project:
        stored = {r.file_name: project.annotation(r.id) for r in project.images()}
    assert {name: stored[name] for name in made} == made


@pytest.mark.parametrize("leave", ["close the window", "close the project", "open another"])
def test_nobody_leaves_unstored_edits_by_accident(
    desk: Desk, disk: Disk, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    asked: list[ClickPoseError] = []
    unstored = desk.session.ledger.unstored

    def stay(error: ClickPoseError) -> bool:
        asked.append(error)
        return False

    monkeypatch.setattr(unstored, "ask_again", stay)
    disk.full = True
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    shall = desk.annotation
    acts: dict[str, Callable[[], object]] = {
        "close the window": desk.window.close,
        "close the project": desk.window.actions_by_name["close_project"].trigger,
        "open another": lambda: desk.open(desk.project_path.parent),
    }
    acts[leave]()
    assert "the disk is full" in str(asked[0])
    assert desk.window.isVisible()
    assert desk.annotation == shall
    disk.full = False
    acts[leave]()
    assert len(asked) == 1
    assert len(unstored) == 0


def test_an_image_is_shown_even_if_nothing_can_be_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ProjectError("It cannot be written: the disk is full.")

    monkeypatch.setattr(Project, "set_setting", full)
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    assert "the disk is full" in desk.message
    assert desk.file_name == "bild 2.png"


@pytest.mark.parametrize(
    ("button", "stays", "stored"),
    [("Try again", False, True), ("Lose these edits", False, False), ("Stay here", True, False)],
)
def test_the_question_does_what_its_buttons_say(
    desk: Desk, disk: Disk, button: str, stays: bool, stored: bool
) -> None:
    disk.full = True
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    path, shall = desk.project_path, desk.annotation

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "the disk is full" in box.text()
        disk.full = button != "Try again"
        next(b for b in box.buttons() if b.text() == button).click()

    QTimer.singleShot(0, answer)
    desk.window.close()
    assert desk.window.isVisible() is stays
    with Project.open(path, read_only=True) as project:
        assert (project.annotation(1) == shall) is stored
    disk.full = False
