"""Keys: in one table, the person's own, and never with two meanings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from clickpose_app.gui.actions import ACTIONS, cheat_sheet
from clickpose_app.gui.key_editor import KeyCatcher, KeyEditor
from clickpose_app.gui.key_presets import PRESETS, Preset
from clickpose_app.gui.keymap import HELD, Keymap, normal
from clickpose_app.gui.settings import Settings
from tests.gui.desk import Desk

Key = Qt.Key
Modifier = Qt.KeyboardModifier
MakeDesk = Callable[[], Desk]


@pytest.fixture
def editor(desk: Desk) -> Iterator[KeyEditor]:
    dialog = desk.window.shell.settings_dialog()
    dialog.show()
    desk.qtbot.waitExposed(dialog)
    yield dialog.keys
    if isValid(dialog):
        dialog.close()


def give(button: KeyCatcher, key: Key, modifier: Modifier = Modifier.NoModifier) -> None:
    """Press the button, then the key that the action shall have."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, key, modifier)


def back_to(desk: Desk, editor: KeyEditor) -> None:
    editor.window().hide()
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow)


def test_a_changed_key_works_at_once_and_after_a_restart(
    desk: Desk, editor: KeyEditor, make_desk: MakeDesk
) -> None:
    editor.choose("next")
    give(editor.replace, Key.Key_J)
    back_to(desk, editor)
    desk.press(Key.Key_D)
    assert desk.file_name == "bild 1.png"
    desk.press(Key.Key_J)
    assert desk.file_name == "bild 2.png"
    path = desk.project_path
    desk.close()
    again = make_desk()
    again.open(path)
    again.wait_for_people(2)
    again.press(Key.Key_J)
    assert again.file_name == "bild 10.png"


def test_the_cheat_sheet_and_the_tips_show_the_persons_keys(desk: Desk, editor: KeyEditor) -> None:
    editor.choose("next")
    give(editor.replace, Key.Key_J, Modifier.ControlModifier | Modifier.AltModifier)
    assert "Ctrl+Alt+J" in cheat_sheet(desk.window.shell.keymap.all)
    assert "Ctrl+Alt+J" in desk.window.actions_by_name["next"].toolTip()


def test_a_key_that_means_something_is_not_taken_silently(desk: Desk, editor: KeyEditor) -> None:
    keymap = desk.window.shell.keymap
    editor.choose("fit")
    give(editor.replace, Key.Key_D)
    assert editor.message.text() == "D already means “Next image”."
    assert keymap.keys("fit") == ("F",)
    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert keymap.keys("fit") == ("D",)
    assert keymap.keys("next") == ("Right",)


def test_who_loses_the_last_key_is_named(editor: KeyEditor) -> None:
    editor.choose("fit")
    give(editor.add, Key.Key_X)
    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert "“Swap left and right” has no key any more" in editor.message.text()


def test_keys_that_are_held_are_refused(desk: Desk, editor: KeyEditor) -> None:
    editor.choose("fit")
    held = next(key for key in HELD if desk.window.shell.keymap.is_held(key) and key.isdigit())
    give(editor.replace, Key(Key.Key_0 + int(held)))
    assert "meaning of its own" in editor.message.text()
    assert not editor.take.isVisible()
    assert desk.window.shell.keymap.keys("fit") == ("F",)


def test_waiting_for_a_key_takes_tab_too_and_escape_gives_up(desk: Desk, editor: KeyEditor) -> None:
    keymap = desk.window.shell.keymap
    editor.choose("fit")
    QTest.mouseClick(editor.replace, Qt.MouseButton.LeftButton)
    QTest.keyClick(editor.replace, Key.Key_Shift)
    assert editor.replace.isChecked()
    QTest.keyClick(editor.replace, Key.Key_Escape)
    assert not editor.replace.isChecked()
    assert editor.window().isVisible()
    assert keymap.keys("fit") == ("F",)
    give(editor.replace, Key.Key_Tab)
    assert "Next person" in editor.message.text()


def test_a_key_can_be_added_removed_and_put_back(desk: Desk, editor: KeyEditor) -> None:
    keymap = desk.window.shell.keymap
    editor.choose("fit")
    give(editor.add, Key.Key_F8)
    assert keymap.keys("fit") == ("F", "F8")
    QTest.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    assert keymap.keys("fit") == ()
    QTest.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert keymap.keys("fit") == ("F",)
    assert Settings.of_user().keys == {}


def test_default_keys_that_another_action_has_now_are_asked_for(
    desk: Desk, editor: KeyEditor
) -> None:
    keymap = desk.window.shell.keymap
    keymap.assign("swap", ("F",))
    editor.choose("fit")
    QTest.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert "Swap left and right" in editor.message.text()
    assert keymap.keys("swap") == ("F",)
    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert keymap.keys("fit") == ("F",)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_a_preset_gives_known_actions_keys_of_their_own(desk: Desk, preset: Preset) -> None:
    keymap = desk.window.shell.keymap
    assert preset.keys.keys() <= {spec.name for spec in ACTIONS}
    assert all(normal(key) for keys in preset.keys.values() for key in keys)
    keymap.use(preset.keys)
    counted = Counter(key for keys in keymap.all.values() for key in keys)
    assert [key for key, count in counted.items() if count > 1] == []
    for name, keys in preset.keys.items():
        assert keymap.keys(name) == tuple(normal(key) for key in keys)


def test_people_from_cvat_find_their_keys(desk: Desk, editor: KeyEditor) -> None:
    editor.presets.setCurrentText("CVAT")
    QTest.mouseClick(editor.use_preset, Qt.MouseButton.LeftButton)
    back_to(desk, editor)
    desk.press(Key.Key_F)
    assert desk.file_name == "bild 2.png"
    desk.press(Key.Key_D)
    assert desk.file_name == "bild 1.png"


def test_the_first_preset_brings_everything_back(desk: Desk) -> None:
    keymap = desk.window.shell.keymap
    keymap.assign("next", ("J",))
    assert keymap.use(PRESETS[0].keys) == []
    assert all(keymap.is_default(spec.name) for spec in ACTIONS)


def test_a_search_finds_actions_and_keys(editor: KeyEditor) -> None:
    def shown() -> set[str]:
        return {row.text(0) for row in editor.rows if not row.isHidden()}

    editor.search.setText("swap")
    assert shown() == {"Swap left and right", "Swap this limb"}
    editor.search.setText("ctrl+z")
    assert "Undo" in shown()


def test_a_key_that_the_table_needs_later_stays_with_the_person(desk: Desk) -> None:
    del desk
    settings = Settings.of_user()
    settings.keys = {"no such action": ("F",), "swap": ("D",)}
    keymap = Keymap(settings)
    assert keymap.keys("swap") == ("D",)
    assert keymap.keys("next") == ("Right",)


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("A", "Left"), "previous"),
        (("D", "Right"), "next"),
        (("Ctrl+Z",), "undo"),
        (("Ctrl+Shift+Z",), "redo"),
        (("Ctrl+S",), "export"),
        (("Del",), "delete"),
        (("Tab",), "next_person"),
        (("Q",), "visibility"),
        (("X",), "swap"),
        (("F",), "fit"),
        (("N",), "new_person"),
        (("B",), "box"),
        (("R",), "refine"),
        (("Shift+R",), "refining"),
        (("F1",), "cheat_sheet"),
        (("Esc",), "escape"),
        (("Ctrl+,",), "settings"),
    ],
)
def test_the_keys_that_people_have_in_their_fingers_are_there(
    desk: Desk, keys: tuple[str, ...], name: str
) -> None:
    assert set(map(normal, keys)) <= set(desk.window.shell.keymap.keys(name))
