"""Folders, images and projects become a project that can be worked on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clickpose_app.gui import opening
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import LEFT_WRIST, Desk, make_photo

MakeDesk = Callable[[], Desk]


def test_a_folder_keeps_its_project_beside_its_images(desk: Desk, folder: Path) -> None:
    assert desk.project_path == (folder / "annotations.clickpose").resolve()
    records = desk.window.browser.records
    assert [record.file_name for record in records] == ["bild 1.png", "bild 2.png", "bild 10.png"]
    assert (records[0].width, records[0].height) == (400, 300)


def test_an_image_opens_its_folder_and_is_shown(make_desk: MakeDesk, folder: Path) -> None:
    desk = make_desk()
    desk.open(folder / "bild 2.png")
    desk.wait_for_people(2)
    assert desk.file_name == "bild 2.png"
    assert len(desk.window.browser.records) == 3


def test_new_images_join_when_a_folder_is_opened_again(desk: Desk, folder: Path) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    before = desk.annotation
    make_photo(folder / "bild 11.png", shade=11)
    desk.open(folder)
    desk.wait(lambda: len(desk.window.browser.records) == 4)
    assert desk.annotation == before


def test_a_folder_that_cannot_be_written_has_its_project_elsewhere(
    make_desk: MakeDesk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests may run as root, whom no permission stops.
    monkeypatch.setattr("os.access", lambda path, _mode: path != folder.resolve())
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    desk = make_desk()
    desk.open(folder)
    desk.wait_for_people(2)
    assert desk.project_path.is_relative_to((tmp_path / "own").resolve())
    assert not (folder / "annotations.clickpose").exists()
    assert "cannot be written to" in opening.prepare(folder).notice


def test_a_folder_of_folders_is_opened_as_a_whole(make_desk: MakeDesk, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "all" / name).mkdir(parents=True)
        make_photo(tmp_path / "all" / name / "1.png")
    desk = make_desk()
    desk.open(tmp_path / "all")
    desk.wait_for_people(2)
    names = [record.file_name for record in desk.window.browser.records]
    assert names == ["a/1.png", "b/1.png"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nothing.jpg", "does not exist"),
        ("empty", "holds no images"),
        ("notes.txt", "neither an image"),
        ("broken.clickpose", "broken.clickpose"),
    ],
)
def test_what_cannot_be_opened_is_named(
    make_desk: MakeDesk, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "broken.clickpose").write_text("hello")
    desk = make_desk()
    desk.open(tmp_path / name)
    desk.wait(lambda: desk.message)
    assert sentence in desk.message
    assert desk.window.browser.project is None


def test_a_project_open_elsewhere_is_offered_read_only(
    make_desk: MakeDesk, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_path: Path, owner: str) -> bool:
        asked.append(owner)
        return True

    second = make_desk()
    monkeypatch.setattr(second.window.files, "ask_read_only", agree)
    second.open(desk.project_path)
    second.wait_for_people(2)
    assert len(asked) == 1
    assert "read-only" in second.window.windowTitle()
    before = desk.annotation
    second.drag_joint(0, LEFT_WRIST, 40, 0)
    assert second.annotation == before
    assert "read-only" in second.window.statusBar().currentMessage()
    shown = second.canvas.shown_xy(before.people[0].id)
    assert (shown == before.people[0].xy).all()


def test_declining_to_read_leaves_the_window_as_it_was(
    make_desk: MakeDesk, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def decline(_path: Path, owner: str) -> bool:
        asked.append(owner)
        return False

    second = make_desk()
    monkeypatch.setattr(second.window.files, "ask_read_only", decline)
    second.open(desk.project_path)
    second.wait(lambda: asked)
    assert second.window.browser.project is None


def test_a_skeleton_that_the_network_does_not_know_is_said(
    make_desk: MakeDesk, folder: Path
) -> None:
    skeleton = builtin_skeleton()
    other = type(skeleton)("other", ("head", "tail"), ((0, 1),), (), (0.1, 0.1))
    path = folder / "other.clickpose"
    with Project.create(path, image_root=folder, skeleton=other) as project:
        project.add_images([("bild 1.png", None, None)])
    desk = make_desk()
    desk.open(path)
    desk.window.warm_up()
    desk.wait(lambda: desk.message)
    assert "skeleton" in desk.message
    assert desk.people == ()
