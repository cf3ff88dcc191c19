"""What other parts of the program say, the window says in the person's language."""

from __future__ import annotations

import ast
import builtins
import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from clickpose_app import errors
from clickpose_app.errors import ClickPoseError, FormatError, Words
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.gui import language
from clickpose_app.gui.exported import Exported, shortcomings
from clickpose_app.gui.texts import told, told_error, told_in_full
from clickpose_app.storage.images import read_image
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton, read_skeleton
from tests.formats.test_tool_damage import written
from tests.formats.tool_data import context, swarm
from tests.gui.desk import Desk

PACKAGE = Path(errors.__file__).parent

# Whose errors reach the window. Modules that only the command line uses may say plain English.
LAYERS = ("storage", "engine", "network", "formats")
ROOMS = ("batch/conversion.py", "batch/project_dataset.py")
# What takes the parts of a sentence: a record's flaw, where it is, what a format cannot hold.
PARTS = {"Flaw": (1,), "flawed": (1,), "decoded": (3,), "carried": (3,), "note": (0,), "say": (0,)}


@pytest.fixture
def german(qapp: QCoreApplication) -> Iterator[None]:
    language.install(qapp, "de")
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def coco(path: Path, **person: object) -> Path:
    """A COCO file of one image and one person, who has these fields besides what is needed."""
    entry = {"id": 7, "image_id": 1, "category_id": 1, "bbox": [0, 0, 9, 9], **person}
    image = {"id": 1, "file_name": "a.jpg", "width": 20, "height": 20}
    category = {"id": 1, "name": "person"}
    text = json.dumps({"images": [image], "annotations": [entry], "categories": [category]})
    path.write_text(text, encoding="utf-8")
    return path


def refused(act: Callable[[], object]) -> ClickPoseError:
    with pytest.raises(ClickPoseError) as caught:
        act()
    return caught.value


def test_a_damaged_image_is_told_in_german_in_a_german_window(german: None, desk: Desk) -> None:
    del german
    root = desk.project_path.parent
    path = root / "bild 10.png"  # the second is decoded ahead
    path.write_bytes(b"")
    desk.window.browser.open_image(2)
    desk.wait(lambda: desk.message)
    assert (
        desk.message
        == f"{path} ist leer.\nBitte die Datei noch einmal von dort kopieren, woher sie kam."
    )


def test_english_windows_and_the_command_line_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"")
    error = refused(lambda: read_image(path))
    assert str(error) == f"{path} is empty. Copy it again from where it came."
    assert told_error(error) == (error.message, error.hint)
    assert told_in_full(error) == str(error)


@pytest.mark.parametrize(
    ("fields", "english", "german_words"),
    [
        (
            {"bbox": [0, 0, -1, 5]},
            "annotation 7: bbox has the size -1 x 5; it must not be negative.",
            "Annotation 7: bbox hat die Größe -1 x 5; sie darf nicht negativ sein.",
        ),
        (
            {"category_id": "one"},
            "annotation 7: category_id: expected a whole number, got a text.",
            "Annotation 7: category_id: erwartet war eine ganze Zahl, gefunden wurde ein Text.",
        ),
        (
            {"score": float("nan")},
            "annotation 7: score: expected a number or null, got NaN or Infinity.",
            "Annotation 7: score: erwartet war eine Zahl oder null, "
            "gefunden wurde NaN oder Infinity.",
        ),
    ],
)
def test_a_wrong_record_is_named_in_both_languages(
    german: None, tmp_path: Path, fields: dict[str, object], english: str, german_words: str
) -> None:
    del german
    path = coco(tmp_path / "a.json", **fields)
    error = refused(lambda: read_coco(path))
    assert error.message == f"{path}: {english}"
    assert told_error(error)[0] == f"{path}: {german_words}"


def test_who_has_a_project_open_is_said_in_german(german: None, tmp_path: Path) -> None:
    del german
    path = tmp_path / "a.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()):
        error = refused(lambda: Project.open(path))
    said, way_out = told_error(error)
    assert said.startswith(f"{path} ist schon geöffnet: ")
    assert "(Prozess " in said
    assert way_out == "Bitte das Projekt dort schließen oder nur zum Lesen öffnen."


def test_a_skeleton_file_that_is_none_is_said_in_german(german: None, tmp_path: Path) -> None:
    del german
    path = tmp_path / "s.json"
    path.write_text("{", encoding="utf-8")
    assert told_error(refused(lambda: read_skeleton(path)))[0].startswith(
        f"{path} ist keine Skelettdatei: "
    )


@pytest.mark.parametrize(
    ("name", "german_words"),
    [
        ("cvat", "CVAT kann nicht festhalten: Notizen zu Bildern (1)."),
        ("coco-results", "COCO results kann nicht festhalten: Bilder ohne Personen (1)."),
        ("yolo-pose", "Ultralytics YOLO pose kann nicht festhalten: Gruppenbereiche (1)."),
    ],
)
def test_what_a_format_cannot_hold_is_said_in_german(
    german: None, tmp_path: Path, name: str, german_words: str
) -> None:
    del german
    write = format_named(name).write
    assert write is not None
    assert german_words in map(told, write(tmp_path / "out", swarm(), context()))


@pytest.mark.parametrize(
    ("name", "damage", "german_words"),
    [
        ("cvat", ('width="', 'width="x'), "Bild 'Stöcke/eins.jpg': width muss eine ganze Zahl"),
        ("cvat", ("<annotations>", "<annotations><x>"), "ist kein gültiges XML: "),
        ("label-studio", ('"x":', '"z":'), "Aufgabe 7: result Nummer 2: das Feld x fehlt."),
        ("label-studio", ('"y":', '"y":NaN,"z":'), "eine Zahl, gefunden wurde NaN oder Infinity."),
        ("datumaro", ('"bbox": [', '"bbox": [0,'), "Annotation Nummer"),
        ("labelme", ('"points"', '"point"'), "Form Nummer 1: das Feld points fehlt."),
    ],
)
def test_what_is_wrong_in_a_tools_file_is_said_in_german(
    german: None, tmp_path: Path, name: str, damage: tuple[str, str], german_words: str
) -> None:
    del german
    path, file = written(name, tmp_path)
    text = file.read_text(encoding="utf-8")
    assert damage[0] in text
    file.write_text(text.replace(*damage), encoding="utf-8")
    read = format_named(name).read
    assert read is not None
    assert german_words in told_error(refused(lambda: read(path, context())))[0]


def test_what_other_programs_stumble_over_is_said_in_german(german: None, tmp_path: Path) -> None:
    del german
    finding = next(f for f in check_coco(coco(tmp_path / "a.json")) if "area" in str(f))
    assert told(finding.words) == (
        "Fehler: Annotation 7: area fehlt oder liegt nicht über 0; OKS teilt dadurch"
    )
    assert str(finding).startswith("error: annotation 7: area is missing")


def test_an_export_shows_a_few_of_many_sentences(german: None) -> None:
    del german
    losses = tuple(Words("{name}", name=f"{number}.") for number in range(1, 9))
    report = Exported(1, 1, losses[:2], losses, losses[:1])
    assert shortcomings(report, "a.json") == (
        "Nicht alles davon: 1. 2. 3. 4. 5. (und 3 weitere) "
        "In a.json ausgelassen: 1. Ebenso 1 weitere. Andere Programme können darüber stolpern: 1."
    )
    assert shortcomings(Exported(1, 1), "a.json") == ""


def test_words_keep_braces_of_names_and_survive_another_process() -> None:
    inner = Words("{name} is {found}, not {asked}", name="{a}", found=1, asked="{}")
    error = FormatError(Words("{path}: {problem}.", path=Path("{x}"), problem=inner), "Go on.")
    assert str(error) == "{x}: {a} is 1, not {}. Go on."
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), told(again.said[0])) == (str(error), error.message)


def test_what_reaches_the_window_can_be_translated() -> None:
    files = [path for layer in LAYERS for path in (PACKAGE / layer).rglob("*.py")]
    plain = []
    for path in [*files, *(PACKAGE / room for room in ROOMS)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            plain += [
                f"{path.name}:{word.lineno}: {ast.unparse(word)}"
                for word in said_by(node)
                if isinstance(word, ast.JoinedStr | ast.Constant)
            ]
    assert plain == [], "say it with Words"


def said_by(node: ast.AST) -> list[ast.expr]:
    """The arguments of a call that become sentences, or parts of one."""
    if not isinstance(node, ast.Call):
        return []
    name = ast.unparse(node.func).rsplit(".", 1)[-1]
    if name.endswith("Error") and isinstance(node.func, ast.Name):
        # Python's own errors are for programmers.
        return [] if isinstance(getattr(builtins, name, None), type) else node.args
    return [node.args[place] for place in PARTS.get(name, ()) if place < len(node.args)]


def test_the_window_shows_no_error_untranslated() -> None:
    raw = []
    for path in (PACKAGE / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("message", "hint"):
                of = ast.unparse(node.value)
                raw += [f"{path.name}:{node.lineno}"] if of in ("error", "refused") else []
    assert raw == [], "say it with told_error"
