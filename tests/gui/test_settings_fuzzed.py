"""Whatever is in the file of settings, the window opens with what of it makes sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from clickpose_app.gui.keymap import Keymap
from clickpose_app.gui.places import Places, places_of
from clickpose_app.gui.recent import RecentProjects
from clickpose_app.gui.settings import DEVICES, LANGUAGES, THEMES, ProjectPlace, Settings
from tests.fuzz.damage import damaged_bytes, hostile_values
from tests.fuzz.harness import examples

KEYS = (
    *("network/device", "network/weights", "files/project_place", "files/project_folder"),
    *("files/project_folders_used", "window/language", "window/theme", "window/tour_seen"),
    *("keys/changed", "recent/projects"),
)
DEEP = ("[" * 3000, '{"a":' * 3000, "9" * 5000, "\ud800", "", "null", "[null]", '{"undo": [1]}')


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:  # noqa: ARG001
    return tmp_path_factory.mktemp("settings") / "clickpose.ini"


def use(file: Path) -> None:
    """Everything that the window asks of its settings when it opens, and what it writes."""
    settings = Settings(QSettings(str(file), QSettings.Format.IniFormat))
    assert settings.device in DEVICES
    assert settings.theme in THEMES and settings.language in LANGUAGES
    assert isinstance(settings.project_place, ProjectPlace)
    assert settings.weights is None or isinstance(settings.weights, Path)
    assert isinstance(settings.tour_seen, bool)
    assert isinstance(places_of(settings)(), Places)
    keymap = Keymap(settings)
    for keys in keymap.all.values():
        assert all(isinstance(key, str) for key in keys)
    recent = RecentProjects(settings)
    for entry in recent.entries:
        assert isinstance(entry.name, str) and isinstance(entry.missing, bool)
    recent.forget("nothing of that name")
    settings.device = "cpu"
    assert settings.device == "cpu"


@examples(40)
@given(st.sampled_from(KEYS), hostile_values.map(json.dumps) | st.sampled_from(DEEP) | st.text())
def test_values_of_any_kind(file: Path, key: str, value: Any) -> None:
    file.unlink(missing_ok=True)
    store = QSettings(str(file), QSettings.Format.IniFormat)
    store.setValue(key, value)
    store.sync()
    use(file)


@pytest.fixture(scope="module")
def sound(file: Path) -> bytes:
    settings = Settings(QSettings(str(file), QSettings.Format.IniFormat))
    settings.theme, settings.language, settings.tour_seen = "dark", "de", True
    settings.weights, settings.project_folder = Path("/ö/w"), Path("/ö")
    settings.keys = {"undo": ("Ctrl+U",)}
    settings.recent = [
        {"project": "/a", "folder": "/", "images": 3, "done": 1, "opened": "2026-01-01"}
    ]
    return file.read_bytes()


@examples(40)
@given(st.data())
def test_bytes_of_any_kind(file: Path, sound: bytes, data: st.DataObject) -> None:
    file.write_bytes(data.draw(damaged_bytes(sound)))
    use(file)
