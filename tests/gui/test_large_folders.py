"""A large or slow folder shows its first image before all of it is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from clickpose_app.gui import opening
from clickpose_app.gui.image_list import Order
from clickpose_app.gui.lazy_images import LazyImages
from clickpose_app.storage.project import Project
from tests.gui.desk import PATIENCE_MS, Desk, make_photo

MakeDesk = Callable[[], Desk]


def names(desk: Desk) -> list[str]:
    return [record.file_name for record in desk.window.browser.records]


def listed(desk: Desk) -> list[str]:
    images = desk.window.browser.images
    return [images.records[row].file_name for row in images.shown]


def test_a_folder_that_takes_long_to_read_shows_an_image_first(
    make_desk: MakeDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PATIENCE_S", -1.0)
    prepared = opening.prepare(folder)
    assert (prepared.partial, prepared.scan) == (True, folder.resolve())
    with Project.open(prepared.project) as project:
        (first,) = project.images()
    prepared.project.unlink()
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: len(names(desk)) == 3)
    assert desk.file_name == first.file_name
    assert listed(desk) == ["bild 1.png", "bild 2.png", "bild 10.png"]
    assert desk.window.images.model.rowCount() == 3


def test_a_folder_of_very_many_images_shows_the_first_of_them_first(
    make_desk: MakeDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_AT_FIRST", 2)
    prepared = opening.prepare(folder)
    assert (prepared.partial, prepared.scan) == (False, folder.resolve())
    with Project.open(prepared.project) as project:
        assert [record.file_name for record in project.images()] == ["bild 1.png", "bild 2.png"]
    prepared.project.unlink()
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: len(names(desk)) == 3)
    assert desk.file_name == "bild 1.png"
    assert listed(desk) == ["bild 1.png", "bild 2.png", "bild 10.png"]


def test_of_very_many_images_the_one_that_is_asked_for_is_shown_at_once(
    make_desk: MakeDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_AT_FIRST", 1)
    desk = make_desk()
    desk.open(folder / "bild 10.png")
    desk.wait(lambda: len(names(desk)) == 3)
    assert desk.file_name == "bild 10.png"
    assert listed(desk) == ["bild 1.png", "bild 2.png", "bild 10.png"]


def test_the_order_is_kept_for_the_next_time(make_desk: MakeDesk, desk: Desk) -> None:
    panel = desk.window.images
    panel.order_box.setCurrentIndex(panel.order_box.findData(Order.NEED.value))
    panel.order_box.activated.emit(panel.order_box.currentIndex())
    path = desk.project_path
    desk.close()
    again = make_desk()
    again.open(path)
    again.wait_for_people(2)
    assert again.window.browser.images.view.order is Order.NEED
    assert again.window.images.order_box.currentData() == Order.NEED.value


def test_no_image_is_opened_to_make_a_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"no picture at all")

    def refuse(*_: object) -> None:
        raise AssertionError("an image was looked into")

    monkeypatch.setattr("clickpose_app.storage.images.read_header", refuse)
    prepared = opening.prepare(folder)
    with Project.open(prepared.project) as project:
        assert len(project.images()) == 3


def test_a_project_that_is_there_is_opened_without_reading_its_folder(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()

    def refuse(*_: object) -> None:
        raise AssertionError("the folder was read")

    monkeypatch.setattr(opening, "_names", refuse)
    prepared = opening.prepare(folder)
    assert (prepared.scan, prepared.partial) == (folder.resolve(), False)


def test_a_new_image_that_is_asked_for_is_shown_at_once(desk: Desk, folder: Path) -> None:
    desk.close()
    make_photo(folder / "bild 11.png", shade=11)
    prepared = opening.prepare(folder / "bild 11.png")
    with Project.open(prepared.project) as project:
        assert [record.file_name for record in project.images()][3:] == ["bild 11.png"]
    assert prepared.file_name == "bild 11.png"


def test_looking_for_new_images_ends_when_nobody_wants_to_know(folder: Path) -> None:
    known = {"bild 2.png"}
    assert opening.new_names(folder, known, lambda: False) == ["bild 1.png", "bild 10.png"]
    assert opening.new_names(folder, known, lambda: True) == []


def test_images_found_later_are_listed_only_once(desk: Desk) -> None:
    browser = desk.window.browser
    browser.add_images(["bild 2.png", "new.png"])
    browser.add_images(["new.png"])
    assert names(desk) == ["bild 1.png", "bild 2.png", "bild 10.png", "new.png"]
    with Project.open(desk.project_path, read_only=True) as project:
        assert project.images() == browser.records
    assert desk.window.images.title.startswith("Images   1 of 4")


def test_what_is_wanted_last_is_read_first_and_old_wishes_are_dropped(qtbot: QtBot) -> None:
    gate, order = Event(), []
    images = LazyImages("test", 1_000_000)

    def read(number: int) -> QImage:
        gate.wait(30)
        order.append(number)
        return QImage(8, 8, QImage.Format.Format_RGB32)

    try:
        for number in range(500):
            assert images.get(number, partial(read, number)) is None
        gate.set()
        qtbot.waitUntil(lambda: 300 in order, timeout=PATIENCE_MS)
        # One may have been under way already.
        assert sorted(order[1:], reverse=True) == order[1:]
        assert len(order) <= 201
        qtbot.waitUntil(lambda: images.get(499, QImage) is not None, timeout=PATIENCE_MS)
    finally:
        gate.set()
        assert images.stop()
