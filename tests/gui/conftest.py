"""The real window on a folder of pictures, with a fake network."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.fake_predictor import FakePredictor
from tests.gui.desk import Desk, make_photo

# What the platform without a screen says whenever a window is shown.
_OFFSCREEN = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN, extend=True))


@pytest.fixture(autouse=True)
def no_collecting_on_other_threads() -> Iterator[None]:
    """As in the program: a worker that collects cycles would destroy the window of a test before.

    That hangs once in many runs. Between tests no worker lives, and Python may collect.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, which no test may fill; nor that for logs."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: folder)
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: folder / "log")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))  # of programs that a test starts
    return folder


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """Remember nothing from the person who runs the tests, and leave nothing to them."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def predictor() -> FakePredictor:
    return FakePredictor()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures in a folder whose name is not ASCII."""
    folder = tmp_path / "Fotos été 写真"
    folder.mkdir()
    for number in (1, 2, 10):
        make_photo(folder / f"bild {number}.png", shade=number)
    return folder


@pytest.fixture
def make_desk(qtbot: QtBot, predictor: FakePredictor) -> Iterator[Callable[[], Desk]]:
    """Opens as many windows as the test wants, and closes them."""
    desks: list[Desk] = []

    def make() -> Desk:
        desks.append(Desk(qtbot, predictor))
        return desks[-1]

    yield make
    predictor.gate.set()
    for desk in desks:
        # Nobody is there who could say what becomes of edits that a test did not let be stored.
        desk.window.browser.may_leave = lambda: True
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[[], Desk], folder: Path) -> Desk:
    """A window on the folder, with the first picture's people found, and the second's ahead."""
    desk = make_desk()
    desk.open(folder)
    desk.wait_for_people(2)
    desk.wait(lambda: desk.predictor.calls.count("detect") == 2)
    return desk
