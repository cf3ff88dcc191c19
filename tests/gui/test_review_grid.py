"""One joint of many people side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.gui.crops import Crop, Crops, cut
from clickpose_app.gui.grid_cells import PICTURE
from clickpose_app.gui.image_list import Show, View
from clickpose_app.gui.review_grid import ReviewGrid
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import LEFT_WRIST, Desk, make_photo

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
# Confidence of the left wrist and where it is in the box, of each person in file order.
WRISTS = {"anna": (0.9, 0.5), "ben": (0.2, 0.5), "cleo": (0.6, 0.9), "dora": (0.4, 0.5)}


def person(name: str) -> Person:
    confidence, at = WRISTS[name]
    keypoints = [Keypoint(100.0, 100.0, confidence=0.8)] * len(builtin_skeleton())
    keypoints[LEFT_WRIST] = Keypoint(50 + 200 * at, 150.0, confidence=confidence)
    return Person(name, tuple(keypoints), Box(50.0, 50.0, 250.0, 250.0), score=0.9)


@pytest.fixture
def desk(make_desk: Callable[[], Desk], folder: Path) -> Desk:
    """A project of three images with four people, none of them the network's."""
    path = folder / "people.clickpose"
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        names = ["bild 1.png", "bild 2.png", "bild 10.png"]
        project.add_images((name, None, None) for name in names)
        for image_id, people in ((1, ("anna", "ben")), (2, ("cleo",)), (3, ("dora",))):
            found = tuple(person(name) for name in people)
            project.write(image_id, ImageAnnotation(found, ImageState.PREDICTED))
    desk = make_desk()
    desk.open(path)
    desk.wait_for_people(2)
    return desk


def opened(desk: Desk) -> ReviewGrid:
    """The grid of left wrists."""
    desk.click(desk.joint_spot(0, LEFT_WRIST))
    desk.press(Key.Key_G, CTRL)
    grid = desk.window.review_grid
    desk.wait(lambda: grid.said.text().endswith(" people"))
    return grid


def names(grid: ReviewGrid) -> list[str]:
    """Who is shown, in order."""
    found: list[str] = []
    while (index := grid.model.index_at(len(found))).isValid():
        target = grid.model.target(index)
        assert target is not None
        found.append(target[1])
    return found


def cell(grid: ReviewGrid, name: str) -> QModelIndex:
    return grid.model.index_at(names(grid).index(name))


def choose(grid: ReviewGrid, words: str) -> None:
    box = grid.order_box
    box.setFocus()
    QTest.keyClick(box, Key.Key_End if words.startswith("Most") else Key.Key_Home)
    assert box.currentText() == words


def test_the_selected_joint_of_all_people_is_shown_least_certain_first(desk: Desk) -> None:
    grid = opened(desk)
    assert grid.joint_box.currentText() == "left wrist"
    assert grid.said.text() == "4 people"
    assert names(grid) == ["ben", "dora", "cleo", "anna"]
    assert [cell(grid, name).data() for name in names(grid)] == ["20%", "40%", "60%", "90%"]


def test_the_most_unusual_comes_first_on_request(desk: Desk) -> None:
    grid = opened(desk)
    choose(grid, "Most unusual first")
    assert names(grid)[0] == "cleo"


def test_another_joint_can_be_looked_at(desk: Desk) -> None:
    grid = opened(desk)
    grid.joint_box.setFocus()
    QTest.keyClick(grid.joint_box, Key.Key_Home)
    assert grid.joint_box.currentText() == "nose"
    assert [cell(grid, name).data() for name in names(grid)] == ["80%"] * 4


def test_a_click_opens_the_image_with_the_person_and_the_joint(desk: Desk) -> None:
    grid = opened(desk)
    place = grid.view.visualRect(cell(grid, "cleo")).center()
    QTest.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.file_name == "bild 2.png"
    assert (desk.session.person_id, desk.session.keypoint) == ("cleo", LEFT_WRIST)
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    assert (desk.session.person_id, desk.session.keypoint) == ("cleo", LEFT_WRIST)
    assert grid.isVisible()


def test_arrows_and_enter_do_the_same(desk: Desk) -> None:
    grid = opened(desk)
    assert grid.view.currentIndex() == cell(grid, "ben")
    grid.model.set_columns(3)
    grid.view.setCurrentIndex(grid.model.first())
    for _ in range(3):
        QTest.keyClick(grid.view, Key.Key_Right)
    # From the end of a row to the next one.
    assert grid.view.currentIndex() == cell(grid, "anna")
    QTest.keyClick(grid.view, Key.Key_Left)
    QTest.keyClick(grid.view, Key.Key_Left)
    QTest.keyClick(grid.view, Key.Key_Return)
    assert (desk.file_name, desk.session.person_id) == ("bild 10.png", "dora")


def test_only_listed_images_are_shown(desk: Desk) -> None:
    grid = opened(desk)
    desk.window.browser.show_view(View(search="bild 10"))
    assert names(grid) == ["dora"]
    desk.window.browser.show_view(View(Show.REVIEWED))
    assert (names(grid), grid.said.text()) == ([], "0 people")


def test_an_edit_is_seen_at_once(desk: Desk) -> None:
    grid = opened(desk)
    desk.session.move_keypoint("ben", LEFT_WRIST, 10.0, 20.0, refine=False)
    assert cell(grid, "ben").data() == "placed"
    desk.session.delete_person("ben")
    assert cell(grid, "ben").data() == "gone"
    QTest.keyClick(grid.view, Key.Key_Return)
    assert desk.session.person_id is None


def test_cut_outs_arrive_while_the_window_goes_on(desk: Desk) -> None:
    grid = opened(desk)
    grid.view.grab()

    def picture() -> QImage | None:
        image = cell(grid, "dora").data(PICTURE)
        assert image is None or isinstance(image, QImage)
        return image

    desk.wait(lambda: picture() is not None)
    image = picture()
    assert image is not None
    assert image.width() == image.height() >= 96
    assert image.pixelColor(48, 48).red() == 200  # the shade of the tenth picture
    grid.view.grab()


def test_escape_closes_the_grid(desk: Desk) -> None:
    grid = opened(desk)
    QTest.keyClick(grid.view, Key.Key_Escape)
    assert not grid.isVisible()


def test_a_cut_out_is_black_beyond_the_image() -> None:
    pixels = np.full((10, 20, 3), 200, dtype=np.uint8)
    square = cut(pixels, 1.0, 9.0, 8.0)
    assert square.shape == (8, 8, 3)
    assert (square[:5, 3:] == 200).all()
    assert (square[5:] == 0).all()
    assert (square[:, :3] == 0).all()
    assert (cut(pixels, -50.0, 3.0, 8.0) == 0).all()


def test_a_large_photo_is_cut_from_a_smaller_decoding(qtbot: QtBot, tmp_path: Path) -> None:
    import cv2

    del qtbot  # needed for its QApplication
    pixels = np.zeros((1600, 2400, 3), dtype=np.uint8)
    pixels[800:, 1200:] = (0, 0, 255)  # red, as OpenCV writes it
    path = tmp_path / "large.jpg"
    path.write_bytes(cv2.imencode(".jpg", pixels)[1].tobytes())
    crops = Crops()
    try:
        image = crops._read(Crop(path, 1200.0, 800.0, 800.0, 96))
        assert (image.width(), image.height()) == (96, 96)
        assert image.pixelColor(70, 70).red() > 200
        assert image.pixelColor(30, 70).red() < 50
        assert image.pixelColor(70, 70).blue() < 50
    finally:
        assert crops.stop()


def test_a_photo_that_is_gone_leaves_an_empty_cut_out(desk: Desk, folder: Path) -> None:
    make_photo(folder / "other.png")
    (folder / "bild 10.png").unlink()
    grid = opened(desk)
    desk.wait(lambda: cell(grid, "dora").data(PICTURE) is not None)
    assert cell(grid, "dora").data(PICTURE).isNull()
    grid.view.grab()
    assert desk.message == ""
