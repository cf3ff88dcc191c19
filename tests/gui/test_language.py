"""Every text that a person reads can be read in German."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from clickpose_app.gui import language
from clickpose_app.gui.actions import ACTIONS
from clickpose_app.gui.menus import fill_menus
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton
from tests.gui.desk import Desk
from tools.translations import LANGUAGES, Text, all_texts, read, texts_in, write

FOLDER = resources_dir() / "translations"
PLACE = re.compile(r"{(\w*)[^}]*}|(%n)")
TEXTS = all_texts()
KNOWN = read(FOLDER / "clickpose_de.ts")
GERMAN = {source: one for source, one in KNOWN.items() if not one.vanished}


@pytest.fixture
def speak(qapp: QCoreApplication) -> Iterator[Callable[[str], None]]:
    """Choose the language; the one before comes back."""
    before = QLocale()

    def install(code: str) -> None:
        language.install(qapp, code)

    yield install
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def german(speak: Callable[[str], None]) -> None:
    speak("de")


def test_every_text_is_translated() -> None:
    missing = [f"{t.file}:{t.line}: {t.source}" for t in TEXTS.values() if t.source not in GERMAN]
    assert missing == [], "make translations, then translate what is unfinished"
    assert [source for source, one in GERMAN.items() if not one.finished] == []
    assert GERMAN.keys() - TEXTS.keys() == set(), "make translations"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_translation_loses_a_place(code: str) -> None:
    for source, one in read(FOLDER / f"clickpose_{code}.ts").items():
        for form in one.forms:
            assert sorted(PLACE.findall(form)) == sorted(PLACE.findall(source)), source


def test_a_menu_keeps_the_key_of_its_entry() -> None:
    for source, one in GERMAN.items():
        if source.startswith("&") or re.search(r"\w&\w|\s&\w", source):
            assert all("&" in form for form in one.forms), source


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_key_stands_twice_in_a_menu(speak: Callable[[str], None], code: str) -> None:
    speak(code)
    bar, parent = QMenuBar(), QWidget()
    actions = {spec.name: QAction(tr(spec.text), parent) for spec in ACTIONS}
    fill_menus(bar, actions)
    for menu in (bar, *bar.findChildren(QMenu)):
        entries = [action.text() for action in menu.actions()]
        keys = [found[1].lower() for entry in entries if (found := re.search("&(.)", entry))]
        twice = [key for key, count in Counter(keys).items() if count > 1]
        assert twice == [], entries


def test_joints_have_german_names_but_those_that_somebody_made_up(german: None) -> None:
    del german
    assert joint_name("left_wrist") == "linkes Handgelenk"
    assert joint_name("left_thumb1") == "linker Daumen1"
    assert joint_name("face-12") == "Gesicht-12"
    # "placed" is a text of the window too, but no joint of ours.
    assert (joint_name("placed"), joint_name("left_antler")) == ("placed", "left antler")


def test_german_words_find_room_in_the_panels(german: None, desk: Desk) -> None:
    del german
    desk.window.resize(1400, 900)
    desk.session.select(desk.people[0].id)
    poses, images = desk.window.poses, desk.window.images
    assert poses.keypoint_view.model().index(9, 0).data() == "linkes Handgelenk"
    assert poses.width() >= poses.wanted_width
    assert images.width() >= images.wanted_width


def test_an_undo_names_its_step_in_german_once_there_is_one(german: None, desk: Desk) -> None:
    del german
    undo = desk.window.actions_by_name["undo"]
    assert undo.text() == "&Rückgängig"
    desk.drag_joint(0, 7, 12, 8)
    assert undo.text() == "&Rückgängig: „linker Ellbogen“ verschieben"


def test_every_joint_of_the_shipped_skeletons_is_translated(german: None) -> None:
    del german
    unknown = {
        keypoint
        for name in BUILTIN_NAMES
        for keypoint in builtin_skeleton(name).keypoints
        if joint_name(keypoint) == keypoint.replace("_", " ")
    }
    assert unknown == set()


def test_what_the_window_reads_is_what_was_translated(german: None) -> None:
    del german
    for source, one in GERMAN.items():
        if not TEXTS[source].plural:
            assert tr(source) == one.forms[0]
    assert (tr("%n images", 1), tr("%n images", 3)) == ("1 Bild", "3 Bilder")


def test_english_has_its_singular(speak: Callable[[str], None]) -> None:
    speak("en")
    assert (tr("%n images", 1), tr("%n images", 3)) == ("1 image", "3 images")


def test_qts_own_buttons_speak_german_too(german: None) -> None:
    del german
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_de.qm").is_file()


@pytest.mark.parametrize(
    ("setting", "system", "code"),
    [
        ("system", "de_AT", "de"),
        ("system", "en_GB", "en"),
        ("system", "fr_FR", "en"),
        ("de", "en_US", "de"),
        ("en", "de_DE", "en"),
    ],
)
def test_the_system_decides_unless_the_person_does(setting: str, system: str, code: str) -> None:
    assert language.chosen_language(setting, QLocale(system)) == code


def test_texts_are_found_where_they_are_marked() -> None:
    source = 'A = text("one")\nprint(tr("two {n}").format(n=1), tr("%n three", 3), tr(name))'
    found = {t.source: t.plural for t in texts_in(source, "a.py")}
    assert found == {"one": False, "two {n}": False, "%n three": True}


def test_a_text_that_is_put_together_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.py:1"):
        list(texts_in('tr(f"{name} is open")', "a.py"))


def test_translations_stay_when_texts_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "t.ts"
    known = {"old": GERMAN["Open"], "gone": GERMAN["Next"]}
    texts = [Text(s, plural, "a.py", 1) for s, plural in (("old", False), ("%n new", True))]
    write(path, "de", texts, known)
    again = read(path)
    assert again["old"] == GERMAN["Open"]
    assert again["%n new"].forms == ("", "")
    assert not again["%n new"].finished
    assert again["gone"].vanished
    write(path, "de", [Text("gone", False, "a.py", 1)], again)
    assert read(path)["gone"] == GERMAN["Next"]
