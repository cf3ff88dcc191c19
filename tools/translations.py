"""Bring the .ts files up to date with the texts of the source: python -m tools.translations.

Qt's own lupdate finds only texts inside classes; ours are marked by the functions tr() and
text() of gui/texts.py, and by Words of errors.py.
"""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "ClickPose"
MARKERS = ("tr", "text", "Words")

# Language -> how many forms its plurals have. English needs no other texts than its plurals.
LANGUAGES = {"de": 2, "en": 2}


@dataclass(frozen=True)
class Text:
    """One text of the source.

    Attributes:
        source: in English.
        plural: whether a count chooses its form.
        file: where it stands first, relative to the root.
        line: there.
    """

    source: str
    plural: bool
    file: str
    line: int


def texts_in(source: str, file: str) -> Iterator[Text]:
    """The texts that a module marks.

    Raises:
        ValueError: naming the line of one that is put together while the program runs, so that
            no translation could match it.
    """
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        if node.func.id not in MARKERS:
            continue
        literal = node.args[0]
        if isinstance(literal, ast.JoinedStr | ast.BinOp):
            raise ValueError(f"{file}:{node.lineno}: a text must be one plain literal")
        if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
            plural = node.func.id == "tr" and (len(node.args) > 1 or bool(node.keywords))
            yield Text(literal.value, plural, file, node.lineno)


def all_texts(package: Path = ROOT / "clickpose_app") -> dict[str, Text]:
    """Every text of the package by its English words, in the order of files and lines."""
    found: dict[str, Text] = {}
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package.parent).as_posix()
        texts = texts_in(path.read_text(encoding="utf-8"), file)
        for text in sorted(texts, key=lambda text: text.line):
            found.setdefault(text.source, text)
    return found


@dataclass(frozen=True)
class Translation:
    """What a .ts file says for one text.

    Attributes:
        forms: one, or one for each plural form.
        finished: whether somebody has translated it.
        vanished: whether the source has that text no more (or not yet); Qt leaves it out.
    """

    forms: tuple[str, ...]
    finished: bool
    vanished: bool = False


def read(path: Path) -> dict[str, Translation]:
    """The translations of a .ts file by English text; empty if it is not there yet."""
    if not path.is_file():
        return {}
    found = {}
    for message in ET.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is None:
            continue
        forms = tuple(form.text or "" for form in translation.iter("numerusform"))
        forms = forms or (translation.text or "",)
        kind = translation.get("type")
        finished = kind != "unfinished" and all(forms)
        found[message.findtext("source", "")] = Translation(forms, finished, kind == "vanished")
    return found


def write(path: Path, language: str, texts: Iterable[Text], known: dict[str, Translation]) -> None:
    """Write the .ts file of a language; what was translated before stays, maybe as vanished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    texts = list(texts)
    sources = {text.source for text in texts}
    for text in texts:
        count = LANGUAGES[language] if text.plural else 1
        before = known.get(text.source, Translation((), finished=False))
        forms = before.forms if len(before.forms) == count else ("",) * count
        kind = "" if before.finished and all(forms) else "unfinished"
        _add(context, text.source, forms, kind, text.file)
    for source, one in known.items():
        if one.finished and source not in sources:
            _add(context, source, one.forms, "vanished")
    ET.indent(root, "    ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def _add(
    context: ET.Element, source: str, forms: tuple[str, ...], kind: str, file: str = ""
) -> None:
    """One message of a .ts file; kind as Qt names what is not simply translated."""
    plural = len(forms) > 1
    message = ET.SubElement(context, "message", {"numerus": "yes"} if plural else {})
    if file:
        ET.SubElement(message, "location", filename=f"../../{file}")
    ET.SubElement(message, "source").text = source
    translation = ET.SubElement(message, "translation", {"type": kind} if kind else {})
    if plural:
        for form in forms:
            ET.SubElement(translation, "numerusform").text = form
    else:
        translation.text = forms[0]


def main() -> None:
    """Bring all languages up to date and say what is left to translate."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = all_texts()
    for language in LANGUAGES:
        path = FOLDER / f"clickpose_{language}.ts"
        chosen = [text for text in texts.values() if text.plural or language != "en"]
        write(path, language, chosen, read(path))
        left = [source for source, one in read(path).items() if not one.finished]
        print(f"{path.name}: {len(chosen)} texts, {len(left)} to translate")
        for source in left:
            print(f"  {texts[source].file}:{texts[source].line}: {source}")


if __name__ == "__main__":
    main()
