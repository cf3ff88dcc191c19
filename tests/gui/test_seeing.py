"""See the target: loupe, isolation, names, zoom that stays, and the look of images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clickpose_app.core.predictor import EncodedImage, ImageArray
from clickpose_app.gui.image_look import ImageLook
from clickpose_app.gui.items import PersonItem
from clickpose_app.gui.joint_names import JointNames
from clickpose_app.gui.pyramid import Pyramid
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

# What the platform without a screen says whenever a popup is shown.
_POPUP = "This plugin does not support"


def person_items(desk: Desk) -> dict[str, PersonItem]:
    found = [item for item in desk.canvas.scene().items() if isinstance(item, PersonItem)]
    return {item.person.id: item for item in found}


def drawn_people(desk: Desk) -> list[int]:
    """Which people are drawn, counted from 0."""
    items = person_items(desk)
    return [n for n, person in enumerate(desk.people) if items[person.id].isVisible()]


def names(desk: Desk) -> list[str]:
    (item,) = (i for i in desk.canvas.scene().items() if isinstance(i, JointNames))
    return item.words


# The magnifier


def test_the_magnifier_follows_the_dragged_joint_and_goes_when_it_is_dropped(desk: Desk) -> None:
    loupe = desk.canvas.magnifier
    start = desk.joint_spot(0, LEFT_WRIST)
    end = start + QPoint(30, 20)
    assert not loupe.isVisible()
    desk.drag_begin(start, end)
    assert loupe.isVisible()
    x, y = desk.canvas.shown_xy(desk.people[0].id)[LEFT_WRIST]
    assert (loupe.spot.x(), loupe.spot.y()) == pytest.approx((x, y))
    QTest.mouseRelease(desk.canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert not loupe.isVisible()


def test_the_magnifier_never_covers_the_joint_nor_leaves_the_window(desk: Desk) -> None:
    loupe, port = desk.canvas.magnifier, desk.canvas.viewport().rect()
    corners = (port.topLeft(), port.topRight(), port.bottomLeft(), port.bottomRight())
    for at in (*corners, port.center()):
        loupe.look_at(QPointF(50, 50), at, 1.0)
        assert port.contains(loupe.geometry()), at
        assert not loupe.geometry().contains(at), at


def test_the_magnifier_keeps_still_until_the_joint_comes_near(desk: Desk) -> None:
    loupe, at = desk.canvas.magnifier, desk.canvas.viewport().rect().center()
    loupe.look_at(QPointF(50, 50), at, 1.0)
    place = loupe.pos()
    loupe.look_at(QPointF(51, 50), at + QPoint(10, 10), 1.0)
    assert loupe.pos() == place
    inside = loupe.geometry().center()
    loupe.look_at(QPointF(60, 40), inside, 1.0)
    assert not loupe.geometry().contains(inside)


def test_escape_while_dragging_takes_the_magnifier_away(desk: Desk) -> None:
    start = desk.joint_spot(0, LEFT_WRIST)
    desk.drag_begin(start, start + QPoint(30, 20))
    desk.press(Key.Key_Escape)
    assert not desk.canvas.magnifier.isVisible()


def test_m_switches_the_magnifier_off_and_the_next_window_remembers(
    desk: Desk, make_desk: Callable[[], Desk]
) -> None:
    desk.press(Key.Key_M)
    start = desk.joint_spot(0, LEFT_WRIST)
    desk.drag_begin(start, start + QPoint(30, 20))
    assert not desk.canvas.magnifier.isVisible()
    desk.press(Key.Key_Escape)
    again = make_desk()
    assert not again.window.actions_by_name["magnifier"].isChecked()
    assert not again.canvas.magnifier.wanted


# One person of many


def test_others_are_dimmed_while_somebody_is_selected(desk: Desk) -> None:
    first, second = (person.id for person in desk.people)
    assert not any(item.dimmed for item in person_items(desk).values())
    desk.press(Key.Key_1)
    items = person_items(desk)
    assert (items[first].dimmed, items[second].dimmed) == (False, True)
    assert items[second].opacity() < items[first].opacity()


def test_i_hides_the_others_and_tab_goes_on_through_everybody(desk: Desk) -> None:
    desk.press(Key.Key_1)
    desk.press(Key.Key_I)
    assert drawn_people(desk) == [0]
    assert desk.canvas.picture.spotlight is not None
    desk.press(Key.Key_Tab)
    assert drawn_people(desk) == [1]
    desk.press(Key.Key_1)
    assert drawn_people(desk) == [0]
    desk.press(Key.Key_I)
    assert drawn_people(desk) == [0, 1]
    assert desk.canvas.picture.spotlight is None


def test_hidden_people_take_no_clicks(desk: Desk) -> None:
    desk.press(Key.Key_1)
    desk.press(Key.Key_I)
    before, start = desk.people[1], desk.joint_spot(1, NOSE)
    desk.drag(start, start + QPoint(25, 25))
    assert desk.people[1] == before
    assert desk.session.person_id != before.id


def test_isolation_with_nobody_selected_hides_nobody(desk: Desk) -> None:
    desk.press(Key.Key_I)
    assert drawn_people(desk) == [0, 1]


def test_h_hides_the_isolated_person_too_and_brings_only_them_back(desk: Desk) -> None:
    desk.press(Key.Key_1)
    desk.press(Key.Key_I)
    QTest.keyPress(desk.canvas, Key.Key_H)
    assert drawn_people(desk) == []
    QTest.keyRelease(desk.canvas, Key.Key_H)
    assert drawn_people(desk) == [0]


# Names


def test_shift_h_names_all_labelled_joints_of_the_selected_person(desk: Desk) -> None:
    desk.press(Key.Key_H, SHIFT)
    assert names(desk) == []
    desk.press(Key.Key_1)
    assert len(names(desk)) == 17
    assert "left wrist" in names(desk)
    desk.session.select(desk.people[0].id, NOSE)
    while desk.joint(0, NOSE).labelled:
        desk.press(Key.Key_Q)
    assert "nose" not in names(desk)
    desk.press(Key.Key_H, SHIFT)
    assert names(desk) == []


# Zoom


def shown_middle(desk: Desk) -> tuple[float, float]:
    middle = desk.canvas.to_image(QPointF(desk.canvas.viewport().rect().center()))
    return middle.x(), middle.y()


def next_image(desk: Desk) -> None:
    name = desk.file_name
    desk.press(Key.Key_D)
    desk.wait(lambda: desk.file_name != name and not desk.canvas.image_size.isEmpty())


def test_zoom_stays_across_images_only_on_request(desk: Desk) -> None:
    desk.canvas.zoom(3.0, QPointF(100, 100))
    fitted = desk.canvas.pixel
    next_image(desk)
    assert desk.canvas.pixel > fitted  # the new picture is fitted
    desk.press(Key.Key_F, SHIFT)
    desk.canvas.zoom(3.0, QPointF(100, 100))
    pixel, middle = desk.canvas.pixel, shown_middle(desk)
    next_image(desk)
    assert desk.canvas.pixel == pytest.approx(pixel)
    assert shown_middle(desk) == pytest.approx(middle, abs=2 * pixel)


def test_z_shows_the_selected_person_as_large_as_they_go(desk: Desk) -> None:
    desk.press(Key.Key_Z)
    assert "Select a person first" in desk.window.statusBar().currentMessage()
    desk.press(Key.Key_2)
    desk.press(Key.Key_Z)
    port, box = desk.canvas.viewport().rect(), desk.people[1].box
    corners = [desk.spot(box.x1, box.y1), desk.spot(box.x2, box.y2)]
    assert all(port.contains(corner) for corner in corners)
    size = corners[1] - corners[0]
    assert max(size.x() / port.width(), size.y() / port.height()) > 0.7


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_the_wheel_zooms_at_the_cursor(desk: Desk, modifier: Qt.KeyboardModifier) -> None:
    at = QPointF(150, 120)
    before, pixel = desk.canvas.to_image(at), desk.canvas.pixel
    event = QWheelEvent(
        at,
        desk.canvas.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.canvas.viewport(), event)
    after = desk.canvas.to_image(at)
    assert desk.canvas.pixel < pixel
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=pixel)


# The look of images


def middle_grey(desk: Desk) -> int:
    """How bright the picture is shown, where nobody stands."""
    spot = desk.spot(200, 4)
    return desk.canvas.viewport().grab().toImage().pixelColor(spot).lightness()


@pytest.mark.qt_log_ignore(_POPUP, extend=True)
def test_sliders_change_what_is_shown_and_stay_for_the_next_image(desk: Desk) -> None:
    plain = middle_grey(desk)
    desk.press(Key.Key_L)
    panel = desk.window.seeing.panel
    assert panel.isVisible()
    assert panel.sliders["brightness"].accessibleName()
    panel.sliders["brightness"].setValue(40)
    panel.hide()
    assert middle_grey(desk) > plain + 50
    next_image(desk)
    assert middle_grey(desk) > plain + 50
    panel.reset.click()
    assert desk.window.seeing.look.neutral


def test_keys_brighten_and_darken(desk: Desk) -> None:
    plain = middle_grey(desk)
    for _ in range(3):
        desk.press(Key.Key_Up, CTRL | SHIFT)
    assert middle_grey(desk) > plain
    assert desk.window.seeing.look.brightness == 30
    for _ in range(3):
        desk.press(Key.Key_Down, CTRL | SHIFT)
    assert middle_grey(desk) == plain


@pytest.mark.qt_log_ignore(_POPUP, extend=True)
def test_the_look_is_remembered_by_the_next_window(
    desk: Desk, make_desk: Callable[[], Desk]
) -> None:
    desk.press(Key.Key_L)
    desk.window.seeing.panel.sliders["gamma"].setValue(-25)
    desk.window.seeing.panel.hide()
    assert make_desk().window.seeing.look == ImageLook(gamma=-25)


def test_a_spoilt_settings_file_shows_images_as_they_are(
    make_desk: Callable[[], Desk],
) -> None:
    QSettings().setValue("view/look_contrast", "very much")
    assert make_desk().window.seeing.look.neutral


def test_the_network_gets_the_pixels_of_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ImageArray] = []
    encode = desk.predictor.encode

    def noting(image: ImageArray) -> EncodedImage:
        seen.append(image)
        return encode(image)

    monkeypatch.setattr(desk.predictor, "encode", noting)
    for _ in range(5):
        desk.press(Key.Key_Up, CTRL | SHIFT)
    next_image(desk)
    desk.wait(lambda: seen)
    assert (seen[0] == 200).all()  # what make_photo wrote into the third picture


@pytest.mark.parametrize(
    "look", [ImageLook(30), ImageLook(0, -40), ImageLook(0, 0, 60), ImageLook(-10, 20, 30)]
)
def test_pixels_are_changed_by_the_table_channel_by_channel(look: ImageLook) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (7, 9, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    image = QImage(pixels.tobytes(), 9, 7, 36, QImage.Format.Format_RGB32).copy()
    look.change(image)
    changed = np.frombuffer(image.constBits(), np.uint8).reshape(7, 9, 4)
    assert (changed[..., :3] == look.table()[pixels[..., :3]]).all()
    assert (changed[..., 3] == 255).all()


def test_tables_rise_and_the_neutral_one_changes_nothing() -> None:
    assert (ImageLook().table() == np.arange(256)).all()
    for look in (ImageLook(50), ImageLook(0, 80), ImageLook(0, 0, -100)):
        assert (np.diff(look.table().astype(int)) >= 0).all()
    assert ImageLook(0, 0, 50).table()[64] > 64


# Large pictures


def test_a_picture_far_away_is_drawn_from_a_smaller_copy() -> None:
    pyramid = Pyramid(QImage(4000, 3000, QImage.Format.Format_RGB32))
    assert pyramid.size.width() == 4000
    assert pyramid.level(1.0).width() == 4000
    assert pyramid.level(0.5).width() == 2000
    assert pyramid.level(0.3).width() == 2000
    assert pyramid.level(0.01).width() == pyramid.levels[-1].width() <= 512
    assert pyramid.level(8.0).width() == 4000
