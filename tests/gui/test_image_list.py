"""The list of images: thumbnails, filters, search, orders; and walking through what it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.gui.image_list import ImageList, Order, Show, View
from clickpose_app.gui.image_rows import ROW_HEIGHT
from clickpose_app.gui.thumbnails import Thumbnails, kept_name, sweep
from clickpose_app.storage.project import ImageRecord, Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import LEFT_WRIST, Desk, grey, make_photo

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ["b/IMG10.jpg", "b/img9.jpg", "a/é 1.jpg", "a/x.jpg"]
STATES = [ImageState.PREDICTED, ImageState.NEW, ImageState.REJECTED, ImageState.REVIEWED]
NEEDS = [0.2, None, 1.0, 0.0]


def images() -> ImageList:
    rows = enumerate(zip(NAMES, STATES, NEEDS, strict=True), start=1)
    return ImageList(
        ImageRecord(i, name, None, None, state, need, "why" if need == 1.0 else "")
        for i, (name, state, need) in rows
    )


def listed(desk: Desk) -> list[str]:
    model = desk.window.images.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def choose(desk: Desk, choice: Show | Order) -> None:
    """Choose in a box by the keyboard."""
    panel = desk.window.images
    box = panel.show_box if isinstance(choice, Show) else panel.order_box
    box.setFocus()
    QTest.keyClick(box, Key.Key_Home)
    for _ in range(box.findData(choice.value)):
        QTest.keyClick(box, Key.Key_Down)
    assert box.currentData() == choice.value


def search(desk: Desk, words: str) -> None:
    desk.press(Key.Key_F, CTRL)
    QTest.keyClicks(desk.window.images.search, words)


# The rows themselves


def test_orders_put_numbers_by_value_and_the_least_certain_first() -> None:
    rows = images()
    orders = {}
    for order in Order:
        rows.show(View(order=order))
        orders[order] = rows.shown.tolist()
    assert orders == {
        Order.FILE: [0, 1, 2, 3],
        Order.NAME: [3, 2, 1, 0],
        Order.NEED: [2, 0, 1, 3],  # what nobody has looked at comes before what is settled
    }


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.ALL, [0, 1, 2, 3]),
        (Show.TO_REVIEW, [0]),
        (Show.UNCERTAIN, [2]),
        (Show.NOTED, [2]),
        (Show.NEW, [1]),
        (Show.REVIEWED, [3]),
        (Show.EDITED, []),
    ],
)
def test_filters_list_what_they_say(show: Show, expected: list[int]) -> None:
    rows = images()
    rows.show(View(show))
    assert rows.shown.tolist() == expected
    assert rows.count(show) == len(expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", [0, 1, 2, 3]), ("IMG", [0, 1]), ("jpg b/ 9", [1]), ("É", [2]), ("zebra", [])],
)
def test_a_search_wants_all_words_in_any_order_and_case(words: str, expected: list[int]) -> None:
    rows = images()
    rows.show(View(search=words))
    assert rows.shown.tolist() == expected


def test_steps_follow_what_is_listed_and_stay_within_it() -> None:
    rows = images()
    rows.show(View(order=Order.NEED))
    assert [rows.step(row, 1) for row in (2, 0, 1, 3)] == [0, 1, 3, -1]
    assert rows.step(2, -1) == -1


def test_from_an_image_that_is_not_listed_the_nearest_one_is_next() -> None:
    rows = images()
    rows.show(View(search="x.jpg"))
    assert (rows.place(1), rows.step(1, 1), rows.step(1, -1)) == (-1, 3, -1)


def test_what_changes_its_state_stays_listed_until_asked_again() -> None:
    rows = images()
    rows.show(View(Show.NEW))
    rows.update(1, ImageRecord(2, NAMES[1], None, None, ImageState.EDITED))
    assert rows.shown.tolist() == [1]
    rows.show(rows.view)
    assert rows.shown.tolist() == []
    assert rows.worked == 2


# At the desk


def test_typing_lists_the_names_that_match_and_enter_opens_the_first(desk: Desk) -> None:
    search(desk, "10")
    assert listed(desk) == ["bild 10.png"]
    QTest.keyClick(desk.window.images.search, Key.Key_Return)
    assert desk.file_name == "bild 10.png"
    assert desk.canvas.hasFocus()


def test_escape_ends_a_search_and_letters_typed_in_it_are_no_keys(desk: Desk) -> None:
    search(desk, "bildd")
    assert listed(desk) == []
    assert desk.file_name == "bild 1.png"
    QTest.keyClick(desk.window.images.search, Key.Key_Escape)
    assert len(listed(desk)) == 3
    assert desk.window.images.search.text() == ""
    assert desk.canvas.hasFocus()


def test_a_filter_is_walked_through_and_the_title_counts(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    assert desk.window.images.title == "Images   1 of 3 · 1 edited"
    choose(desk, Show.NEW)
    # The second image was found people in ahead, but nobody has seen them.
    assert listed(desk) == ["bild 2.png", "bild 10.png"]
    assert desk.window.images.title == "Images   2 (all: 3) · 1 edited"
    names = []
    for key in (Key.Key_D, Key.Key_D, Key.Key_D, Key.Key_A, Key.Key_A):
        desk.press(key)
        names.append(desk.file_name)
    assert names == ["bild 2.png", "bild 10.png", "bild 10.png", "bild 2.png", "bild 2.png"]
    choose(desk, Show.EDITED)
    assert listed(desk) == ["bild 1.png"]


def test_the_least_certain_image_comes_first_and_is_looked_at_ahead(
    make_desk: Callable[[], Desk], folder: Path
) -> None:
    path = folder / "p.clickpose"
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        names = ["bild 1.png", "bild 2.png", "bild 10.png"]
        project.add_images((name, None, None) for name in names)
        project.write(2, ImageAnnotation((), ImageState.REJECTED, "twice"))
        project.write(3, ImageAnnotation((), ImageState.REVIEWED))
        project.set_setting("window.last_image", "bild 10.png")  # nothing is ahead of the last
    desk = make_desk()
    desk.open(path)
    desk.wait(lambda: desk.window.browser.picture is not None)
    assert desk.file_name == "bild 10.png"
    choose(desk, Order.NEED)
    assert listed(desk) == ["bild 2.png", "bild 1.png", "bild 10.png"]
    search(desk, "bild")
    QTest.keyClick(desk.window.images.search, Key.Key_Return)
    assert desk.file_name == "bild 2.png"
    # The one listed next has its people before it is asked for.
    searched = desk.predictor.searched
    desk.wait(lambda: grey(1) in searched)
    desk.press(Key.Key_D)
    assert desk.file_name == "bild 1.png"
    desk.wait_for_people(2)
    assert searched.count(grey(1)) == 1


def test_f5_lists_again_what_the_filter_wants(desk: Desk) -> None:
    choose(desk, Show.PREDICTED)
    assert listed(desk) == ["bild 1.png"]
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    assert listed(desk) == ["bild 1.png"]
    desk.press(Key.Key_F5)
    assert listed(desk) == []


# Thumbnails


def test_a_row_that_is_seen_gets_its_thumbnail(desk: Desk, cache: Path) -> None:
    model, panel = desk.window.images.model, desk.window.images
    role = int(Qt.ItemDataRole.UserRole) + 1
    panel.view.grab()

    def thumbnail() -> QImage | None:
        image = model.data(model.index(2), role)
        assert image is None or isinstance(image, QImage)
        return image

    desk.wait(lambda: thumbnail() is not None)
    image = thumbnail()
    assert image is not None
    assert (image.width(), image.height()) == (160, 120)
    assert image.pixelColor(5, 5).red() == pytest.approx(200, abs=3)
    desk.wait(lambda: len(list(cache.glob("thumbnails/*/*.jpg"))) == 3)


def test_a_thumbnail_comes_from_the_disk_until_the_file_changes(
    qtbot: object, cache: Path, folder: Path
) -> None:
    del qtbot  # needed for its QApplication
    path = folder / "bild 1.png"
    thumbnails = Thumbnails()
    try:
        first = thumbnails._read(path)
        kept = cache / "thumbnails" / kept_name(path)
        assert kept.is_file()
        red = QImage(8, 8, QImage.Format.Format_RGB32)
        red.fill(Qt.GlobalColor.red)
        assert red.save(str(kept))
        assert thumbnails._read(path).pixelColor(0, 0).red() > 200 > first.pixelColor(0, 0).red()
        make_photo(path, shade=200)
        assert cache / "thumbnails" / kept_name(path) != kept
        assert thumbnails._read(path).pixelColor(0, 0) == QImage(str(path)).pixelColor(0, 0)
    finally:
        assert thumbnails.stop()


def test_a_file_that_cannot_be_read_has_a_thumbnail_that_says_so(desk: Desk, folder: Path) -> None:
    (folder / "bild 10.png").write_bytes(b"no picture")
    thumbnails = desk.window.images.thumbnails
    thumbnails.forget()
    path = folder.resolve() / "bild 10.png"
    desk.wait(lambda: thumbnails.get(path) is not None)
    image = thumbnails.get(path)
    assert image is not None and image.isNull()
    assert desk.message == ""
    desk.window.images.view.grab()


def test_thumbnails_on_the_disk_are_swept_oldest_first(tmp_path: Path) -> None:
    import os

    for number in range(10):
        file = tmp_path / f"{number:02}" / "x.jpg"
        file.parent.mkdir()
        file.write_bytes(b"x" * 100)
        os.utime(file, (number, number))
    sweep(tmp_path, 1000)
    assert len(list(tmp_path.glob("*/*"))) == 10
    sweep(tmp_path, 500)
    assert sorted(file.parent.name for file in tmp_path.glob("*/*")) == ["06", "07", "08", "09"]


def test_a_list_that_shrinks_keeps_the_shown_image_in_sight(desk: Desk) -> None:
    view = desk.window.images.view
    view.resize(view.width(), 3 * ROW_HEIGHT + 2)
    desk.window.browser.open_image(2)
    view.resize(view.width(), 2 * ROW_HEIGHT + 30)  # a message above takes room
    shown = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(shown)
