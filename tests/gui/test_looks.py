"""Light and dark, contrast, icons, and marks that need no colour to be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.gui import icons, palette, theme
from clickpose_app.gui.actions import ACTIONS, MARKS
from clickpose_app.gui.skeleton_colours import limb_strokes
from clickpose_app.gui.sprites import JointMark, paint_joint
from clickpose_app.gui.strokes import Strokes
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import Desk

# Text (or text-like mark) and what it stands on, by the names of palette.Theme.
READ = [
    ("text", "background"),
    ("text", "panel"),
    ("text", "button"),
    ("text", "hover"),
    ("text", "pressed"),
    ("soft_text", "panel"),
    ("soft_text", "surround"),
    ("faint_text", "background"),
    ("faint_text", "panel"),
    ("selected_text", "selected"),
    ("message_text", "message"),
]
# Marks that are seen, not read: WCAG asks for less.
SEEN = [
    *((side, "background") for side in ("left", "right", "centre", "good", "bad")),
    *((side, "selected") for side in ("left", "right", "centre")),
    ("accent", "panel"),
    ("message_line", "message"),
]
THEMES = {"dark": palette.DARK, "light": palette.LIGHT}


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: QColor, b: QColor) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose looks are put back afterwards."""
    before, sheet = qapp.palette(), qapp.styleSheet()
    yield qapp
    theme.apply(qapp, "dark")
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_texts_can_be_read_in_both_themes(name: str, ink: str, ground: str) -> None:
    colours = THEMES[name]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("mark", "ground"), SEEN)
def test_marks_can_be_seen_in_both_themes(name: str, mark: str, ground: str) -> None:
    colours = THEMES[name]
    assert contrast(getattr(colours, mark), getattr(colours, ground)) >= 3.0


def test_what_is_written_over_the_picture_can_be_read() -> None:
    for ground in (palette.LABEL, palette.TAG):
        assert contrast(palette.LABEL_TEXT, ground) >= 4.5
    for side in palette.SIDES.values():
        assert contrast(side, palette.LABEL) >= 4.5


def test_a_chosen_theme_is_everywhere_at_once(application: QApplication, desk: Desk) -> None:
    theme.apply(application, "light")
    assert palette.current() is palette.LIGHT
    window = desk.window
    assert window.palette().window().color() == palette.LIGHT.panel
    assert application.styleSheet() == theme.style_sheet(palette.LIGHT)
    shown = desk.canvas.grab().toImage()
    assert shown.pixelColor(1, 1) == palette.LIGHT.surround
    theme.apply(application, "dark")
    assert desk.canvas.grab().toImage().pixelColor(1, 1) == palette.DARK.surround


def test_the_window_follows_the_system_until_a_theme_is_chosen(
    application: QApplication,
) -> None:
    theme.apply(application, "system")
    system = application.styleHints().colorSchemeChanged
    system.emit(Qt.ColorScheme.Light)
    assert palette.current() is palette.LIGHT
    system.emit(Qt.ColorScheme.Dark)
    assert palette.current() is palette.DARK
    theme.apply(application, "dark")
    system.emit(Qt.ColorScheme.Light)
    assert palette.current() is palette.DARK


def test_a_choice_from_a_strange_settings_file_counts_as_the_system(
    application: QApplication,
) -> None:
    theme.apply(application, "purple")
    assert theme.appearance(application).choice == theme.SYSTEM


def test_the_style_sheet_itself_names_no_colour() -> None:
    sheet = (resources_dir() / "styles" / "window.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(", sheet) == []


def test_every_action_has_an_icon_that_exists(desk: Desk) -> None:
    del desk
    assert set(icons.ACTION_ICONS) == {spec.name for spec in ACTIONS}
    names = [*icons.ACTION_ICONS.values(), *icons.PANEL_ICONS.values()]
    assert [name for name in names if not icons.known(name)] == []


def test_icons_come_after_the_window_and_follow_the_theme(
    application: QApplication, desk: Desk
) -> None:
    action = desk.window.actions_by_name["fit"]
    assert not action.icon().isNull()  # blank perhaps, but its room is kept

    def ink() -> QColor:
        image = action.icon().pixmap(64, 64).toImage()
        colours = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
        return max(colours, key=lambda colour: colour.alpha())

    theme.apply(application, "dark")
    desk.window.load_icons()
    dark = ink()
    theme.apply(application, "light")
    assert contrast(dark, palette.DARK.panel) >= 4.5
    assert contrast(ink(), palette.LIGHT.panel) >= 4.5


def drawn(mark: JointMark) -> bytes:
    """A joint in shades of grey: what is left without colour."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor(110, 110, 110))
    painter = QPainter(image)
    painter.translate(32, 32)
    paint_joint(painter, mark)
    painter.end()
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_pinned_hollow_and_uncertain_joints_differ_without_colour(qapp: QApplication) -> None:
    del qapp
    kinds = [
        JointMark(palette.LEFT.rgba(), 5.0),
        JointMark(palette.LEFT.rgba(), 5.0, pinned=True),
        JointMark(palette.LEFT.rgba(), 5.0, hollow=True),
        JointMark(palette.LEFT.rgba(), 5.0, pinned=True, hollow=True),
        JointMark(palette.LEFT.rgba(), 3.0, uncertain=True),
    ]
    assert len({drawn(mark) for mark in kinds}) == len(kinds)


def test_an_occluded_joint_is_hollow_but_there(qapp: QApplication) -> None:
    del qapp
    grey = drawn(JointMark(palette.LEFT.rgba(), 5.0, hollow=True))
    assert grey[32 * 64 + 32] == 110  # the picture shows in its middle
    assert grey[32 * 64 + 37] != 110 or grey[32 * 64 + 38] != 110


def limb_pixels(k_a: str, k_b: str) -> list[bool]:
    """Along a limb of a person who has nothing else: where it is bright."""
    skeleton = builtin_skeleton()
    ends = {skeleton.keypoints.index(k_a): 20.0, skeleton.keypoints.index(k_b): 180.0}
    keypoints = tuple(
        Keypoint(ends[k], 20.0, Visibility.VISIBLE, Source.HUMAN)
        if k in ends
        else Keypoint(0.0, 0.0, Visibility.UNLABELLED)
        for k in range(len(skeleton))
    )
    person = Person("p", keypoints, Box(0, 0, 200, 40))
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    painter = QPainter(image)
    strokes = Strokes(skeleton, limb_strokes(skeleton), person, person.xy)
    strokes.paint(painter, 3.0, casing=True, smooth=True)
    painter.end()
    return [image.pixelColor(x, 20).lightness() > 60 for x in range(30, 170)]


def test_left_limbs_are_solid_and_right_limbs_dashed(qapp: QApplication) -> None:
    del qapp
    assert all(limb_pixels("left_elbow", "left_wrist"))
    right = limb_pixels("right_elbow", "right_wrist")
    assert any(right)
    assert not all(right)


def test_the_cheat_sheet_explains_the_marks() -> None:
    words = " ".join(mark for mark, _ in MARKS)
    for mark in ("dashed", "solid", "halo", "Square", "Hollow"):
        assert mark in words
