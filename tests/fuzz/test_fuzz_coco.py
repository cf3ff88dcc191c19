"""Whatever a COCO file says, it is read in full or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app import cli
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.formats.dataset import Dataset
from tests.formats.coco_samples import category, data_set, image, person
from tests.fuzz.damage import damaged_bytes, damaged_json, hostile_values, json_bytes
from tests.fuzz.harness import CORPUS, examples, survived

SEED: Any = data_set(
    annotations=[
        person(),
        person(6, 2, score=0.5, keypoint_sources="hp-" * 5 + "hp", keypoint_scores=[0.5] * 17),
        person(7, 2, iscrowd=1, keypoints=[0] * 51, segmentation={"counts": [1], "size": [1, 1]}),
    ],
    categories=[category(flip_pairs=[[2, 3]], sigmas=[0.1] * 17), {"id": 2, "name": "dog"}],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coco")


def read_all(path: Path) -> Dataset:
    """Read every person; what was read can be written, or is refused in one sentence as well."""
    dataset = read_coco(path)
    for entry in dataset.images:
        assert entry.annotation is not None
    return dataset


def tried(folder: Path, content: bytes) -> None:
    path = folder / "fuzzed.json"
    path.write_bytes(content)
    dataset = survived(path, lambda: read_all(path))
    survived(path, lambda: list(map(str, check_coco(path))))
    if dataset is not None:
        out = folder / "out.json"
        survived(out, lambda: write_coco(out, dataset))


@examples(60)
@given(damaged_json(SEED), st.booleans())
def test_values_of_any_kind(folder: Path, content: Any, mark: bool) -> None:
    tried(folder, json_bytes(content, mark=mark))


@examples(40)
@given(damaged_bytes(json_bytes(SEED)))
def test_bytes_of_any_kind(folder: Path, content: bytes) -> None:
    tried(folder, content)


@examples(25)
@given(hostile_values)
def test_json_that_is_no_data_set(folder: Path, content: Any) -> None:
    tried(folder, json_bytes(content))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("coco/*")), ids=lambda path: path.name)
def test_what_once_fell_or_is_known_to_be_nasty(
    tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried(tmp_path, path.read_bytes())
    assert cli.main(["validate", str(path)]) in (0, 1)
    assert cli.main(["import", str(path), "--out", str(tmp_path / "again.json")]) in (0, 1)
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"images":[', b'{"images":[{"x":['])
def test_json_as_deep_as_the_file_is_long(folder: Path, opening: bytes) -> None:
    tried(folder, opening * 200_000)
    tried(folder, opening * 200_000 + b"0")


def test_a_skeleton_of_a_hundred_thousand_keypoints(folder: Path) -> None:
    names = [f"k{k}" for k in range(100_000)]
    entries = data_set(
        annotations=[person(keypoints=[1.0, 1.0, 2] * len(names))],
        categories=[category(keypoints=names, skeleton=[])],
    )
    tried(folder, json_bytes(entries))


def test_a_million_numbers_where_seventeen_keypoints_should_be(folder: Path) -> None:
    entries = data_set(annotations=[person(keypoints=[1, 1, 2] * 333_333)])
    tried(folder, json_bytes(entries))


def test_the_same_id_a_hundred_thousand_times(folder: Path) -> None:
    entries = data_set(annotations=[], images=[image(1)] * 100_000)
    tried(folder, json_bytes(entries))


def test_numbers_of_a_million_digits(folder: Path) -> None:
    text = json.dumps(data_set(images=[image(1, width="WIDTH")], annotations=[]))
    for digits in ("9" * 1_000_000, "-" + "9" * 1_000_000, "1e" + "9" * 1_000_000):
        tried(folder, text.replace('"WIDTH"', digits).encode())
        tried(folder, text.replace('"description"', f'"x": {digits}, "description"').encode())
