"""Where one left off comes back: image, zoom, selection, the window's shape, the project."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from clickpose_app.gui import resume
from clickpose_app.gui.resume import CrashMarker, WindowKeeper, crashed_project
from clickpose_app.gui.zoom_view import Outlook
from clickpose_app.storage.project import Project
from tests.gui.desk import NOSE, Desk

SMALL = (780, 600)  # fits the screen that tests have
MakeDesk = Callable[[], Desk]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder for what is kept between starts, without anybody else's files."""
    folder = tmp_path / "state"
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: folder)
    return folder


def zoom_in(desk: Desk) -> Outlook:
    """Zoom beside the middle and move the picture; where that leads to."""
    desk.canvas.zoom(3.0, desk.spot(300, 200).toPointF())
    start = desk.spot(250, 150)
    desk.drag(start, desk.spot(240, 160), Qt.MouseButton.MiddleButton)
    outlook = desk.canvas.outlook
    assert outlook is not None
    return outlook


def written_view(desk: Desk) -> str:
    with Project.open(desk.project_path, read_only=True) as project:
        return project.setting("window.view")


def come_back(make_desk: MakeDesk, desk: Desk, folder: Path) -> Desk:
    """Close the window and open another one on the same folder."""
    desk.close()
    other = make_desk()
    other.open(folder)
    other.wait_for_people(2)
    return other


def test_zoom_place_and_selection_come_back(make_desk: MakeDesk, desk: Desk, folder: Path) -> None:
    desk.press(Qt.Key.Key_D)
    desk.wait_for_people(2)
    before = zoom_in(desk)
    desk.session.select(desk.people[1].id, NOSE)
    person_id = desk.people[1].id
    other = come_back(make_desk, desk, folder)
    assert other.file_name == "bild 2.png"
    after = other.canvas.outlook
    assert after is not None
    assert after.scale == before.scale
    pixel = other.canvas.pixel
    assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=2 * pixel)
    assert (other.session.person_id, other.session.keypoint) == (person_id, NOSE)
    assert other.canvas.isVisible() and other.window.poses.people.row(person_id) == 1


def test_a_view_does_not_wander_with_every_start(
    make_desk: MakeDesk, desk: Desk, folder: Path
) -> None:
    zoom_in(desk)
    desk.window.view_keeper.write()
    kept = written_view(desk)
    for _ in range(2):
        desk = come_back(make_desk, desk, folder)
        desk.window.view_keeper.write()
        assert written_view(desk) == kept


def test_a_fitted_picture_is_fitted_again(make_desk: MakeDesk, desk: Desk, folder: Path) -> None:
    zoom_in(desk)
    desk.press(Qt.Key.Key_F)
    assert come_back(make_desk, desk, folder).canvas.outlook is None


def test_the_view_belongs_to_its_image(make_desk: MakeDesk, desk: Desk, folder: Path) -> None:
    zoom_in(desk)
    desk.close()
    other = make_desk()
    other.open(folder / "bild 2.png")
    other.wait_for_people(2)
    assert other.canvas.outlook is None
    other.press(Qt.Key.Key_A)
    other.wait_for_people(2)
    assert other.canvas.outlook is None


def test_somebody_who_is_gone_is_not_selected(
    make_desk: MakeDesk, desk: Desk, folder: Path
) -> None:
    desk.session.select(desk.people[1].id, NOSE)
    desk.window.view_keeper.write()
    kept = written_view(desk)
    desk.press(Qt.Key.Key_Delete)
    path = desk.project_path
    desk.close()
    with Project.open(path) as project:
        project.set_setting("window.view", kept)
    other = make_desk()
    other.open(folder)
    other.wait_for_people(1)
    assert other.session.person_id is None


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"image": 3}'])
def test_a_view_that_cannot_be_read_costs_nothing(
    make_desk: MakeDesk, desk: Desk, folder: Path, damaged: str
) -> None:
    path = desk.project_path
    desk.close()
    with Project.open(path) as project:
        project.set_setting("window.view", damaged)
    other = make_desk()
    other.open(folder)
    other.wait_for_people(2)
    assert other.message == ""


def test_the_view_is_written_once_it_has_settled(desk: Desk) -> None:
    outlook = zoom_in(desk)
    desk.wait(lambda: f'"scale":{outlook.scale}' in written_view(desk))


def test_nothing_is_written_while_a_hand_drags(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    zoom_in(desk)
    pressed = Qt.MouseButton.LeftButton
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.mouseButtons", staticmethod(lambda: pressed))
    before = written_view(desk)
    desk.window.view_keeper._on_timer_timeout()
    assert written_view(desk) == before
    monkeypatch.undo()
    desk.wait(lambda: written_view(desk) != before)


def test_the_window_has_the_shape_that_it_had(make_desk: MakeDesk) -> None:
    desk = make_desk()
    WindowKeeper(desk.window)
    desk.window.resize(*SMALL)
    panels = desk.window.findChild(QSplitter, "panels")
    assert isinstance(panels, QSplitter)
    panels.setSizes([300, 300, 300])
    sizes = panels.sizes()
    desk.close()
    other = make_desk()
    WindowKeeper(other.window)
    assert (other.window.width(), other.window.height()) == SMALL
    again = other.window.findChild(QSplitter, "panels")
    assert isinstance(again, QSplitter)
    assert again.sizes() == sizes


def test_the_shape_is_written_once_it_has_settled(make_desk: MakeDesk, state: Path) -> None:
    desk = make_desk()
    WindowKeeper(desk.window)
    desk.window.resize(900, 640)
    desk.wait((state / "window.json").exists)


def test_a_shape_that_cannot_be_read_costs_nothing(make_desk: MakeDesk, state: Path) -> None:
    state.mkdir()
    (state / "window.json").write_text("{")
    desk = make_desk()
    WindowKeeper(desk.window)
    assert desk.window.width() == 1000


def test_an_orderly_end_leaves_no_trace(make_desk: MakeDesk, folder: Path, state: Path) -> None:
    desk = make_desk()
    CrashMarker(desk.window.browser, desk.window)
    desk.open(folder)
    desk.wait_for_people(2)
    assert list(state.glob("open-*"))
    assert crashed_project() is None  # its owner is alive
    assert list(state.glob("open-*"))
    desk.close()
    assert list(state.glob("open-*")) == []
    assert crashed_project() is None


CRASH = """
import os, sys
from pathlib import Path
import platformdirs
platformdirs.user_state_path = lambda *_, **__: Path(sys.argv[1])
from PySide6.QtCore import QObject, Signal
from clickpose_app.gui.resume import CrashMarker
from clickpose_app.storage.project import Project

class Browser(QObject):
    project_opened, closing = Signal(), Signal()
    project = Project.open(Path(sys.argv[2]))

browser = Browser()
marker = CrashMarker(browser)
browser.project_opened.emit()
os.kill(os.getpid(), 9)
"""


def test_a_crash_is_told_of_once(
    project_path: Path, state: Path, other_process: Callable[..., subprocess.Popen[str]]
) -> None:
    child = other_process(CRASH, state, project_path)
    child.communicate()
    assert crashed_project() == project_path
    assert crashed_project() is None
    assert list(state.glob("open-*")) == []


def test_a_crash_with_a_project_that_is_gone_is_forgotten(
    project_path: Path, state: Path, other_process: Callable[..., subprocess.Popen[str]]
) -> None:
    child = other_process(CRASH, state, project_path)
    child.communicate()
    project_path.unlink()
    assert crashed_project() is None


def test_a_folder_that_cannot_be_used_stops_nobody(
    make_desk: MakeDesk, folder: Path, state: Path
) -> None:
    state.write_text("a file where the folder should be")
    assert crashed_project() is None
    desk = make_desk()
    resume.keep(desk.window, None)
    desk.open(folder)
    desk.wait_for_people(2)
    assert desk.message == ""


def test_after_a_crash_the_window_says_that_everything_is_there(
    make_desk: MakeDesk, project_path: Path
) -> None:
    desk = make_desk()
    resume.keep(desk.window, project_path)
    desk.open(project_path)
    desk.wait(lambda: "as you left it" in desk.window.statusBar().currentMessage())
