"""Whatever a file of any format says, it is read in full or refused in one sentence."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app import cli
from tests.fuzz.damage import damaged_bytes, damaged_cells, damaged_json, json_bytes
from tests.fuzz.harness import CORPUS, examples
from tests.fuzz.readers import BINARY_READERS, TEXT_READERS, Sample, read_all, sample, use

# What separates the parts of a text, where it is no JSON.
_BETWEEN = {
    "cvat": r'(["<>])',
    "yolo-rows": r"([ \n])",
    "deeplabcut": r"([,\n])",
}
_YAML = ("yolo-pose", "deeplabcut-config")


@pytest.fixture(scope="module", params=TEXT_READERS)
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sound(reader: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, bytes, Path]:
    """A sample, its file as it was, and a folder to write into."""
    folder = tmp_path_factory.mktemp(reader)
    found = sample(reader, folder)
    return found, found.file.read_bytes(), tmp_path_factory.mktemp("again")


def structured(reader: str, content: bytes) -> st.SearchStrategy[bytes]:
    """The file with values changed where its format has values."""
    if reader in _BETWEEN:
        return damaged_cells(content, _BETWEEN[reader])
    # JSON is YAML as well.
    value: Any = yaml.safe_load(content) if reader in _YAML else json.loads(content)
    return st.builds(json_bytes_as_yaml if reader in _YAML else json_bytes, damaged_json(value))


def json_bytes_as_yaml(value: Any) -> bytes:
    """Keys that are numbers stay numbers, which JSON cannot have."""
    try:
        return yaml.safe_dump(value, allow_unicode=True).encode()
    except (UnicodeEncodeError, OverflowError, ValueError):
        return json_bytes(value)


@examples(40)
@given(data=st.data())
def test_values_of_any_kind(
    reader: str, sound: tuple[Sample, bytes, Path], data: st.DataObject
) -> None:
    found, content, again = sound
    found.file.write_bytes(data.draw(structured(reader, content)))
    use(found, again)


@examples(30)
@given(data=st.data())
def test_bytes_of_any_kind(sound: tuple[Sample, bytes, Path], data: st.DataObject) -> None:
    found, content, again = sound
    found.file.write_bytes(data.draw(damaged_bytes(content)))
    use(found, again)


def test_a_sound_file_is_read(sound: tuple[Sample, bytes, Path]) -> None:
    """Else nothing above would say anything."""
    found, content, again = sound
    found.file.write_bytes(content)
    assert sum(len(image.annotation.people) for image in read_all(found).images) > 0
    use(found, again)


def imported(path: Path, capsys: pytest.CaptureFixture[str], *options: object) -> str:
    """What clickpose import says of a file that it should refuse, after one line of prefix."""
    out = path.parent / "imported.json"
    asked = ["import", str(path), "--out", str(out), *map(str, options)]
    assert cli.main(asked) == 1, "was not refused"
    said = capsys.readouterr()
    assert said.err.startswith("clickpose: ") and len(said.err.splitlines()) == 1, said.err
    assert path.parent.name in said.err
    assert not out.exists()
    return said.err


_FORMATS = ("cvat", "deeplabcut", "label-studio", "labelme", "yolo")
HOSTILE = [path for name in _FORMATS for path in sorted((CORPUS / name).iterdir())]


@pytest.mark.parametrize("kept", HOSTILE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_known_to_be_nasty_is_refused_in_one_line(
    tmp_path: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that these files name lies where they say; nobody may look at it."""
    place = tmp_path / "outer" / "inner"
    place.mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.png").write_bytes(b"never read")
    path = place / kept.name
    shutil.copy(kept, path)
    name = {"yolo": "yolo-pose"}.get(kept.parent.name, kept.parent.name)
    said = imported(path, capsys, "--from", name)
    assert "x.png" not in said


def test_a_table_of_a_hundred_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = (
        f"{name}{(',' + value) * 100_000}\n"
        for name, value in (("scorer", "a"), ("bodyparts", "n"), ("coords", "x"))
    )
    path.write_text("".join(rows))
    use(Sample("deeplabcut", tmp_path, path, path), tmp_path)


def test_data_yaml_of_somebody_else_cannot_list_files_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = sample("yolo-pose", tmp_path)
    elsewhere = tmp_path / "photos" / "zwei.png"
    for name in (elsewhere, "../photos/zwei.png", "./../../photos/zwei.png"):
        (found.path / "images" / "list.txt").write_text(f"{name}\n")
        text = found.file.read_text().replace("images/train", "images/list.txt")
        found.file.write_text(text)
        assert "outside" in imported(found.file, capsys)


def test_images_elsewhere_are_read_if_the_person_says_so(tmp_path: Path) -> None:
    found = sample("yolo-pose", tmp_path)
    moved = tmp_path / "lists" / "data.yaml"
    moved.parent.mkdir()
    found.file.rename(moved)
    out = tmp_path / "out.json"
    asked = ["import", str(moved), "--images", str(found.path), "--out", str(out)]
    assert cli.main(asked) == 0
    assert len(json.loads(out.read_text())["images"]) == 2


@pytest.mark.parametrize("reader", BINARY_READERS)
@examples(4)
@given(data=st.data())
def test_hdf5_of_any_bytes(
    reader: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Each is read by the library in a process of its own, which takes a second."""
    pytest.importorskip("h5py")
    pytest.importorskip("sleap_io" if reader == "sleap" else "tables")
    folder = tmp_path_factory.mktemp(reader)
    found = sample(reader, folder)
    content = found.file.read_bytes()
    found.file.write_bytes(data.draw(damaged_bytes(content) | damaged_values(content)))
    use(found, tmp_path_factory.mktemp("again"))


@st.composite
def damaged_values(draw: st.DrawFn, content: bytes) -> bytes:
    """The texts and numbers inside changed, while the file around them stays sound."""
    damaged = bytearray(content)
    words = [m.span() for m in re.finditer(rb"[ -~]{4,}", content)]
    for _ in range(draw(st.integers(1, 4))):
        begin, end = draw(st.sampled_from(words))
        place = draw(st.integers(begin, end - 1))
        damaged[place] = draw(st.integers(0, 255))
    return bytes(damaged)
