"""What one sees while nothing is open, and what is found there again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from clickpose_app.gui.recent import LIMIT, RecentProject, RecentProjects
from clickpose_app.gui.recent_list import when_words
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.welcome import Welcome
from tests.gui.desk import LEFT_WRIST, Desk

Key = Qt.Key
MakeDesk = Callable[[], Desk]


def welcome_of(desk: Desk) -> Welcome:
    return desk.window.shell.welcome


def said(welcome: Welcome) -> list[str]:
    """What a screen reader says of each recent project."""
    model = welcome.model
    rows = [model.index(row) for row in range(model.rowCount(QModelIndex()))]
    return [str(model.data(index, Qt.ItemDataRole.AccessibleTextRole)) for index in rows]


def click(desk: Desk, row: int) -> None:
    view = welcome_of(desk).view
    place = view.visualRect(welcome_of(desk).model.index(row)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_welcome_page_gives_way_to_the_desk_and_comes_back(
    make_desk: MakeDesk, folder: Path
) -> None:
    desk = make_desk()
    assert welcome_of(desk).isVisible()
    assert not desk.canvas.isVisible()
    desk.open(folder)
    desk.wait_for_people(2)
    assert desk.canvas.isVisible()
    assert not welcome_of(desk).isVisible()
    desk.press(Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert welcome_of(desk).isVisible()
    assert desk.window.browser.project is None


@pytest.mark.parametrize("name", ["open_folder", "open_coco", "open_project"])
def test_each_big_button_asks_for_what_it_says(
    make_desk: MakeDesk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(*arguments: object, **_: object) -> tuple[str, str] | str:
        asked.append(str(arguments[1]))
        return "" if name == "open_folder" else ("", "")

    for dialog in ("getExistingDirectory", "getOpenFileName"):
        monkeypatch.setattr(f"clickpose_app.gui.files.QFileDialog.{dialog}", ask)
    desk = make_desk()
    button = welcome_of(desk).buttons[name]
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    assert len(asked) == 1


def test_the_demo_opens_a_copy_of_the_sample_pictures(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    desk = make_desk()
    QTest.mouseClick(welcome_of(desk).buttons["demo"], Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.file_name == "astronaut.jpg")
    assert desk.project_path.is_relative_to((tmp_path / "own" / "demo").resolve())


def test_what_was_open_is_found_again_with_its_progress(
    make_desk: MakeDesk, desk: Desk, folder: Path
) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    desk.close()
    again = make_desk()
    (line,) = said(welcome_of(again))
    assert folder.name in line
    assert "1 of 3" in line
    assert "today" in line
    click(again, 0)
    again.wait_for_people(2)
    assert again.joint(0, LEFT_WRIST).pinned


def test_the_list_is_worked_with_the_keyboard(make_desk: MakeDesk, desk: Desk) -> None:
    desk.close()
    again = make_desk()
    view = welcome_of(again).view
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Key.Key_Return)
    again.wait_for_people(2)


def test_a_project_that_is_gone_is_marked_and_can_be_removed(
    make_desk: MakeDesk, desk: Desk, folder: Path
) -> None:
    desk.close()
    shutil.rmtree(folder)
    again = make_desk()
    assert "not found" in said(welcome_of(again))[0]
    click(again, 0)
    assert again.window.browser.project is None
    assert again.message == ""
    QTest.mouseClick(welcome_of(again).remove, Qt.MouseButton.LeftButton)
    assert said(welcome_of(again)) == []
    assert Settings.of_user().recent == []


def test_delete_takes_a_project_off_the_list_and_leaves_its_file(
    make_desk: MakeDesk, desk: Desk
) -> None:
    path = desk.project_path
    desk.close()
    again = make_desk()
    QTest.keyClick(welcome_of(again).view, Key.Key_Delete)
    assert said(welcome_of(again)) == []
    assert path.is_file()


def test_the_list_keeps_the_newest_and_no_project_twice(desk: Desk) -> None:
    settings = Settings.of_user()
    entry = settings.recent[0]
    settings.recent = [*({**entry, "project": f"/{n}.clickpose"} for n in range(LIMIT)), entry]
    recent = RecentProjects(settings)
    recent.note_opened(desk.window.browser.project, desk.window.browser.records)
    assert len(recent.entries) == LIMIT
    assert [e.project for e in recent.entries].count(str(desk.project_path)) == 1
    assert recent.entries[0].project == str(desk.project_path)


def test_a_folder_that_holds_nothing_is_said_on_the_welcome_page(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    desk = make_desk()
    desk.open(tmp_path / "empty")
    desk.wait(lambda: desk.message)
    assert "no images" in desk.message
    assert welcome_of(desk).isVisible()


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        ("2026-03-05T09:30:00+00:00", "today"),
        ("2026-03-04T23:30:00+00:00", "yesterday"),
        ("2025-12-24T09:30:00+00:00", "24"),
        ("nonsense", ""),
    ],
)
def test_times_are_said_as_people_say_them(opened: str, words: str) -> None:
    now = datetime(2026, 3, 5, 12, 0, tzinfo=timezone.utc)
    assert words in when_words(opened, now)


def test_a_project_is_called_after_its_folder_or_after_its_own_file() -> None:
    def name(project: str, folder: str) -> str:
        return RecentProject(project, folder, 1, 0, "").name

    assert name("/a/Sommer/annotations.clickpose", "/a/Sommer") == "Sommer"
    assert name("/a/Sommer/people.clickpose", "/a/Sommer") == "people"
    assert name("/own/Sommer-annotations-12ab.clickpose", "/a/Sommer") == "Sommer"
