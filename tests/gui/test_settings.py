"""Settings: kept, typed, in one dialog, and in effect as soon as they are made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from clickpose_app import app
from clickpose_app.errors import CheckpointError
from clickpose_app.gui import opening
from clickpose_app.gui.places import Places
from clickpose_app.gui.settings import ProjectPlace, Settings
from clickpose_app.gui.settings_dialog import SettingsDialog
from tests.fake_predictor import FakePredictor
from tests.gui.desk import LEFT_WRIST, Desk

MakeDesk = Callable[[], Desk]


@pytest.fixture
def dialog(desk: Desk) -> Iterator[SettingsDialog]:
    dialog = desk.window.shell.settings_dialog()
    dialog.show()
    yield dialog
    dialog.close()


def test_tests_leave_the_settings_of_their_user_alone(desk: Desk, tmp_path: Path) -> None:
    assert desk.window.shell.settings.path.is_relative_to(tmp_path)


def test_every_setting_is_there_again(tmp_path: Path) -> None:
    first = Settings.of_user()
    first.device, first.weights = "cpu", tmp_path / "ö.safetensors"
    first.project_folder = tmp_path / "projects"
    first.project_place = ProjectPlace.FOLDER
    first.language, first.theme, first.tour_seen = "de", "light", True
    first.keys = {"next": ("Ctrl+,", "F"), "fit": ()}
    again = Settings.of_user()
    assert (again.device, again.weights) == ("cpu", tmp_path / "ö.safetensors")
    assert again.project_place is ProjectPlace.FOLDER
    assert again.project_folder == tmp_path / "projects"
    assert (again.language, again.theme, again.tour_seen) == ("de", "light", True)
    assert again.keys == {"next": ("Ctrl+,", "F"), "fit": ()}
    assert again.path.is_file()


def test_values_that_nobody_can_mean_count_as_not_chosen(tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    for key in ("network/device", "window/theme", "files/project_place", "window/language"):
        store.setValue(key, "quantum")
    for key in ("keys/changed", "recent/projects", "files/project_folders_used"):
        store.setValue(key, "{[")
    settings = Settings(store)
    assert (settings.device, settings.theme, settings.language) == ("auto", "system", "system")
    assert settings.project_place is ProjectPlace.BESIDE
    assert (settings.keys, settings.recent, settings.project_folders_used) == ({}, [], ())
    store.setValue("keys/changed", json.dumps({"next": "D", "fit": ["X"]}))
    assert settings.keys == {"fit": ("X",)}


def test_the_command_line_wins_and_is_not_kept(tmp_path: Path) -> None:
    settings = Settings.of_user()
    settings.device = "cpu"
    settings.give(weights=tmp_path / "w.pth", device="cuda")
    assert (settings.device, settings.weights) == ("cuda", tmp_path / "w.pth")
    again = Settings.of_user()
    assert (again.device, again.weights) == ("cpu", None)


def test_what_the_command_line_decided_cannot_be_changed_and_says_so(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.shell.settings.give(device="cpu")
    page = desk.window.shell.settings_dialog().network
    assert not page.device.isEnabled()
    assert page.choose.isEnabled()
    assert "--device" in page.message.text()


def test_ctrl_comma_opens_the_settings(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[SettingsDialog] = []
    monkeypatch.setattr(SettingsDialog, "exec", lambda self: opened.append(self))
    desk.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert len(opened) == 1


def test_other_weights_are_loaded_at_once_and_kept(
    desk: Desk, dialog: SettingsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path | None, str]] = []

    def load(weights: Path | None, device: str) -> FakePredictor:
        asked.append((weights, device))
        return other

    other = FakePredictor()
    monkeypatch.setattr(desk.window.shell, "_load", load)
    monkeypatch.setattr(dialog.network, "ask_weights", lambda: tmp_path / "mine.safetensors")
    QTest.mouseClick(dialog.network.choose, Qt.MouseButton.LeftButton)
    desk.wait(lambda: "in use" in dialog.network.message.text())
    assert asked == [(tmp_path / "mine.safetensors", "auto")]
    assert Settings.of_user().weights == tmp_path / "mine.safetensors"
    assert "mine.safetensors" in dialog.network.weights.text()
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    assert other.calls == ["encode", "refine"]


def test_foreign_weights_are_named_and_the_network_stays(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_weights: Path | None, _device: str) -> FakePredictor:
        raise CheckpointError("x.pth does not hold a ClickPose model.", "Choose another.")

    monkeypatch.setattr(desk.window.shell, "_load", refuse)
    monkeypatch.setattr(dialog.network, "ask_weights", lambda: Path("x.pth"))
    QTest.mouseClick(dialog.network.choose, Qt.MouseButton.LeftButton)
    desk.wait(lambda: "x.pth" in dialog.network.message.text())
    assert "stays as it was" in dialog.network.message.text()
    assert Settings.of_user().weights is None
    desk.drag_joint(0, LEFT_WRIST, 30, 0)
    desk.wait_for_calm()
    assert desk.predictor.calls.count("refine") == 1


def test_a_network_that_failed_at_the_start_can_be_replaced(
    make_desk: MakeDesk, folder: Path, predictor: FakePredictor
) -> None:
    predictor.failing.add("load")
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    predictor.failing.clear()
    dialog = desk.window.shell.settings_dialog()
    dialog.network.wanted.emit(None, "cpu")
    desk.wait(lambda: "in use" in dialog.network.message.text())
    assert Settings.of_user().device == "cpu"
    desk.press(Qt.Key.Key_D)
    desk.wait_for_people(2)


def test_closing_the_dialog_while_the_network_loads_is_fine(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_weights: Path | None, _device: str) -> FakePredictor:
        raise CheckpointError("x.pth does not hold a ClickPose model.", "Choose another.")

    monkeypatch.setattr(desk.window.shell, "_load", refuse)
    dialog = desk.window.shell.settings_dialog()
    dialog.show()
    dialog.network.wanted.emit(Path("x.pth"), "auto")
    dialog.close()
    desk.wait(lambda: desk.message)
    assert "x.pth" in desk.message


def test_projects_go_where_the_settings_say(
    make_desk: MakeDesk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    desk = make_desk()
    page = desk.window.shell.settings_dialog().files
    monkeypatch.setattr(page, "ask_folder", lambda: tmp_path / "mine")
    page.buttons[ProjectPlace.FOLDER].click()
    desk.open(folder)
    desk.wait_for_people(2)
    project = desk.project_path
    assert project.parent == (tmp_path / "mine").resolve()
    assert not (folder / "annotations.clickpose").exists()
    # Another choice later does not lose what was begun.
    page.buttons[ProjectPlace.OWN].click()
    desk.open(folder)
    desk.wait(lambda: "where it was begun" in desk.window.statusBar().currentMessage())
    assert desk.project_path == project


def test_a_project_beside_its_images_is_found_whatever_the_settings_say(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    elsewhere = Places(tmp_path / "elsewhere")
    assert opening.project_file_of(folder, elsewhere) == desk.project_path
    assert not (tmp_path / "elsewhere").exists()


def test_who_gives_up_choosing_a_folder_keeps_the_place(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    del desk
    monkeypatch.setattr(dialog.files, "ask_folder", lambda: None)
    dialog.files.buttons[ProjectPlace.FOLDER].click()
    assert dialog.files.buttons[ProjectPlace.BESIDE].isChecked()
    assert Settings.of_user().project_place is ProjectPlace.BESIDE


def test_theme_and_language_are_kept_and_told(desk: Desk, dialog: SettingsDialog) -> None:
    told: list[str] = []
    desk.window.shell.settings.theme_chosen.connect(told.append)
    page = dialog.appearance
    for box, name in ((page.theme, "light"), (page.language, "de")):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
    assert told == ["light"]
    assert (Settings.of_user().theme, Settings.of_user().language) == ("light", "de")
    assert "started again" in page.message.text()


def test_the_window_starts_with_the_weights_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[Settings] = []

    def stop(*_: object, settings: Settings, **__: object) -> None:
        made.append(settings)
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "make_window", stop)
    Settings.of_user().weights = tmp_path / "kept.safetensors"
    with pytest.raises(KeyboardInterrupt):
        app.run_window(None, device="cpu")
    assert (made[0].weights, made[0].device) == (tmp_path / "kept.safetensors", "cpu")
    assert made[0].is_given("device")
    assert not made[0].is_given("weights")
