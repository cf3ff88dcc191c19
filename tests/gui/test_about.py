"""What the program says of itself and of what it is built on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

import pytest
from PySide6.QtWidgets import QTextBrowser

from clickpose_app import __version__
from clickpose_app.gui.about import LIBRARIES, AboutDialog, libraries
from clickpose_app.paths import default_weights
from tests.gui.desk import Desk


@pytest.fixture
def about(desk: Desk) -> Iterator[AboutDialog]:
    dialog = AboutDialog(desk.window)
    dialog.show()
    yield dialog
    dialog.close()


def page(about: AboutDialog, number: int) -> str:
    browser = about.pages.widget(number)
    assert isinstance(browser, QTextBrowser)
    return browser.toPlainText()


def test_it_says_version_and_licences(about: AboutDialog) -> None:
    assert __version__ in page(about, 0)
    assert "Apache License 2.0" in page(about, 0)
    assert "Lesser General Public License" in page(about, 0)


def test_every_library_is_listed_with_its_own_licence(about: AboutDialog) -> None:
    listed = page(about, 1)
    for library in libraries():
        assert library.licence, library.name
        assert library.name in listed
        assert metadata.version(library.name) in listed
    assert len(libraries()) == len(LIBRARIES)


def test_every_dependency_is_among_the_libraries() -> None:
    needed = {
        re.split(r"[^\w-]", line)[0].lower()
        for line in metadata.requires("clickpose-app") or []
        if "extra ==" not in line
    }
    assert needed
    assert needed <= {name.lower() for name, _ in LIBRARIES}


def test_the_model_card_says_what_the_photos_are(about: AboutDialog) -> None:
    card = default_weights().with_suffix(".md").read_text(encoding="utf-8")
    assert "## The training photos" in card
    assert "The training photos" in page(about, 2)
    assert "form their own opinion" in " ".join(page(about, 2).split())


def test_it_is_opened_from_the_help_menu(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[AboutDialog] = []
    monkeypatch.setattr(AboutDialog, "exec", lambda self: opened.append(self))
    desk.window.actions_by_name["about"].trigger()
    assert len(opened) == 1
