"""Datumaro's JSON comes in as its documentation has it, and out as its library reads it."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from clickpose_app.core.annotation import ImageState, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.datumaro_format import DATUMARO
from clickpose_app.formats.datumaro_read import read_datumaro
from clickpose_app.formats.datumaro_write import write_datumaro
from tests.formats.strategies import data_sets, differences
from tests.formats.tool_data import context, swarm, there_and_back

# As Datumaro 1.13 writes a COCO keypoint data set, with a polygon of another label.
FILE: dict[str, Any] = {
    "dm_format_version": "1.0",
    "media_type": 2,
    "infos": {"author": "Zoë"},
    "categories": {
        "label": {
            "labels": [
                {"name": "car", "parent": "", "attributes": []},
                {"name": "person", "parent": "", "attributes": ["is_crowd"]},
            ],
            "label_groups": [],
            "attributes": [],
        },
        "points": {
            "items": [{"label_id": 1, "labels": ["head", "foot"], "joints": [[1, 2]]}],
        },
    },
    "items": [
        {
            "id": "a/b",
            "annotations": [
                {
                    "id": 1,
                    "type": "points",
                    "attributes": {"is_crowd": False},
                    "group": 1,
                    "label_id": 1,
                    "points": [10.5, 20.5, 0.0, 0.0],
                    "visibility": [1, 0],
                    "z_order": 0,
                },
                {
                    "id": 1,
                    "type": "bbox",
                    "attributes": {"is_crowd": False, "colour": "red"},
                    "group": 1,
                    "label_id": 1,
                    "bbox": [10.0, 20.0, 30.0, 40.0],
                    "z_order": 0,
                },
                {
                    "id": 2,
                    "type": "polygon",
                    "attributes": {},
                    "group": 2,
                    "label_id": 0,
                    "points": [0.0, 0.0, 1.0, 0.0, 1.0, 1.0],
                    "z_order": 0,
                },
            ],
            "attr": {"id": 5},
            "image": {"path": "a/b.jpg", "size": [480, 640]},
        },
        {"id": "c", "annotations": [], "image": {"path": "c.jpg", "size": [10, 20]}},
    ],
}


def written(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@given(data_sets())
@settings(max_examples=50)
def test_a_data_set_comes_back_from_datumaro(dataset: Dataset) -> None:
    found, losses = there_and_back(DATUMARO, dataset, "out")
    # Corner plus size minus corner is not always the size.
    assert differences(found, dataset, tolerance=1e-9) == []
    assert losses == ()


def test_ids_states_notes_and_unknown_fields_come_back() -> None:
    found, losses = there_and_back(DATUMARO, swarm(), "out")
    assert losses == ()
    first = found.images[0]
    assert (first.id, first.extra["camera"]) == (7, [1, 2.5])
    assert first.annotation.state is ImageState.REVIEWED
    assert first.annotation.note == "Flügel prüfen"
    assert first.annotation.people[0].extra == {"id": 4, "x": "é"}
    assert found.images[1].id == 3
    # As with COCO, the name of a skeleton is that of its label.
    assert found.skeleton == replace(swarm().skeleton, name="person")


def test_the_documented_file_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "annotations" / "train.json", FILE)
    assert recognised(tmp_path) is recognised(path) is DATUMARO
    dataset = read_datumaro(tmp_path, context())
    assert dataset.skeleton.keypoints == ("head", "foot")
    assert dataset.skeleton.limbs == ((0, 1),)
    first, second = dataset.images
    assert (first.id, first.file_name, first.width, first.height) == (5, "a/b.jpg", 640, 480)
    assert second.annotation.people == ()
    (person,) = first.annotation.people
    head, foot = person.keypoints
    assert (head.x, head.y, head.visibility) == (10.5, 20.5, Visibility.OCCLUDED)
    assert head.source is Source.HUMAN
    assert not foot.labelled
    assert person.box == Box(10, 20, 40, 60)
    assert person.extra == {"colour": "red"}


def test_what_is_not_about_people_is_written_back(tmp_path: Path) -> None:
    written(tmp_path / "in" / "annotations" / "train.json", FILE)
    dataset = read_datumaro(tmp_path / "in", context())
    write_datumaro(tmp_path / "out", dataset, context())
    again = json.loads((tmp_path / "out/annotations/train.json").read_text(encoding="utf-8"))
    assert again["categories"]["label"]["labels"] == FILE["categories"]["label"]["labels"]
    assert again["infos"]["author"] == "Zoë"
    (polygon,) = [a for a in again["items"][0]["annotations"] if a["type"] == "polygon"]
    assert polygon == FILE["items"][0]["annotations"][2]


def test_skeletons_of_cvat_are_read(tmp_path: Path) -> None:
    content = copy.deepcopy(FILE)
    labels = content["categories"]["label"]["labels"]
    labels += [{"name": name, "parent": "person", "attributes": []} for name in ("head", "foot")]
    content["items"][0]["annotations"] = [
        {
            "type": "skeleton",
            "label_id": 1,
            "group": 0,
            "attributes": {},
            "elements": [
                {"type": "points", "label_id": 3, "points": [1.0, 2.0], "visibility": [2]},
                {"type": "points", "label_id": 2, "points": [3.0, 5.0], "visibility": [1]},
            ],
        }
    ]
    dataset = read_datumaro(written(tmp_path / "default.json", content), context())
    (person,) = dataset.images[0].annotation.people
    assert [(k.x, k.y, k.visibility.value) for k in person.keypoints] == [(3, 5, 1), (1, 2, 2)]
    assert person.box == Box(1, 2, 3, 5)


def test_images_whose_names_differ_in_their_ending_stay_apart(tmp_path: Path) -> None:
    content = copy.deepcopy(FILE)
    content["items"][1]["image"]["path"] = "a/b.png"
    dataset = read_datumaro(written(tmp_path / "default.json", content), context())
    write_datumaro(tmp_path / "out.json", dataset, context())
    items = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["items"]
    assert [item["id"] for item in items] == ["a/b.jpg", "a/b.png"]


def _set(content: dict[str, Any], *place: Any) -> None:
    *way, last, value = place
    target: Any = content
    for step in way:
        target = target[step]
    target[last] = value


ANNOTATION = ("items", 0, "annotations", 0)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((*ANNOTATION, "points", [1.0]), r"item 'a/b': annotation number 1|2 for each of 2"),
        ((*ANNOTATION, "points", "no"), "points"),
        ((*ANNOTATION, "points", [float("nan"), 1, 1, 1]), "NaN"),
        ((*ANNOTATION, "points", [1e300, 1, 1, 1]), "1e"),
        ((*ANNOTATION, "visibility", [1, 7]), "visibility"),
        ((*ANNOTATION, "label_id", 9), "label_id 9"),
        (("items", 0, "annotations", 1, "bbox", [1, 2, -3, 4]), "the box"),
        (("items", 0, "annotations", 1, "attributes", {"score": "high"}), "score"),
        (("items", 0, "image", {"path": "../../etc/passwd", "size": [1, 1]}), "leaves the image"),
        (("items", 0, "image", {"path": "/etc/passwd", "size": [1, 1]}), "absolute"),
        (("items", 1, "image", {"path": "a/b.jpg", "size": [1, 1]}), "there twice"),
        (("items", 1, "image", {"path": "c.jpg", "size": [0, 1]}), "above 0"),
        (("items", 1, 5), "item number 2"),
        (("categories", "points", {"items": []}), "no label with keypoints"),
        (("categories", "points", "items", 0, "labels", ["head", "head"]), "twice"),
        (("categories", "points", "items", 0, "joints", [[1, 9]]), "joins no two"),
        (("categories", 3), "categories"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, place: tuple[Any, ...], said: str) -> None:
    content = copy.deepcopy(FILE)
    _set(content, *place)
    path = written(tmp_path / "bad.json", content)
    with pytest.raises(FormatError, match=said) as caught:
        read_datumaro(path, context())
    assert "bad.json" in str(caught.value)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "default.json"
    text = json.dumps(FILE)
    for damaged in (text[: len(text) // 2], "", "[" * 100_000, '{"categories": {' * 50_000):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(FormatError, match=r"default\.json"):
            read_datumaro(path, context())


def test_a_subset_that_is_no_file_name_is_refused(tmp_path: Path) -> None:
    dataset = read_datumaro(written(tmp_path / "in.json", FILE), context())
    image = replace(dataset.images[0], extra={"datumaro_subset": "../outside"})
    dataset = replace(dataset, images=(image,))
    with pytest.raises(FormatError, match="no name of a file"):
        write_datumaro(tmp_path / "out", dataset, context())
