"""Whatever goes out as COCO comes in again as it was; and pycocotools reads it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools.coco import COCO

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage
from tests.formats.coco_samples import data_set, image, people_of, person, written
from tests.strategies import fractions, json_values, pixels

SKELETON = Skeleton("bee", ("head", "left", "right"), ((0, 1), (0, 2)), ((1, 2),), (0.1, 0.2, 0.2))

# No name of ours begins like this.
unknown_fields = st.dictionaries(st.text().map(lambda name: f"x{name}"), json_values, max_size=3)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """People as an annotator may leave them; what COCO cannot tell is in its normal form."""
    x, y = draw(pixels), draw(pixels)
    w, h = draw(st.floats(0.01, 1e4)), draw(st.floats(0.01, 1e4))
    box = Box.from_xywh(x, y, w, h)
    middle = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
    keypoints = tuple(
        Keypoint(
            *(place if visibility else middle),
            visibility,
            source if visibility else Source.PREDICTED,
            confidence,
        )
        for place, visibility, source, confidence in draw(
            st.lists(
                st.tuples(
                    st.tuples(pixels, pixels),
                    st.sampled_from(Visibility),
                    st.sampled_from(Source),
                    st.none() | fractions,
                ),
                min_size=3,
                max_size=3,
            )
        )
    )
    is_crowd = draw(st.booleans())
    if is_crowd and not any(keypoint.labelled for keypoint in keypoints):
        keypoints = ()
    area = draw(st.floats(0.1, 1e6))
    known = {"bbox": [x, y, w, h], "area": area}
    return Person(
        "",
        keypoints,
        box,
        draw(st.sampled_from(Source)),
        draw(st.none() | fractions),
        is_crowd,
        draw(unknown_fields) | known,
    )


@st.composite
def data_sets(draw: st.DrawFn) -> Dataset:
    """Up to three images with up to three people, numbered from 1."""
    images = []
    annotation_id = 0
    for number in range(draw(st.integers(0, 3))):
        numbered = []
        for somebody in draw(st.lists(people(), max_size=3)):
            annotation_id += 1
            extra = {**somebody.extra, "id": annotation_id}
            numbered.append(replace(somebody, extra=extra))
        annotation = ImageAnnotation(tuple(numbered), draw(st.sampled_from(ImageState)))
        extra = draw(unknown_fields) | {"id": number}
        images.append(DatasetImage(number, f"{number} é.png", 640, 480, annotation, extra))
    top = draw(unknown_fields) | {"info": draw(json_values), "licenses": []}
    own = draw(unknown_fields) | {
        "id": draw(st.integers(0, 9)),
        "name": "bee",
        "sigmas": [0.1, 0.2, 0.2],
        "flip_pairs": [[2, 3]],
    }
    return Dataset(SKELETON, tuple(images), top, own)


@given(data_sets())
def test_a_data_set_reads_back_as_it_was_written(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_coco(path, dataset)
        found = read_coco(path)
        first = path.read_bytes()
        write_coco(path, found)
        assert path.read_bytes() == first
    assert found.skeleton == dataset.skeleton
    assert found.extra == dataset.extra
    assert found.category_extra == dataset.category_extra
    assert len(found.images) == len(dataset.images)
    for a, b in zip(found.images, dataset.images, strict=True):
        assert people_of(a.annotation) == people_of(b.annotation)
        assert a.annotation.state == b.annotation.state
        assert replace(a, annotation=b.annotation) == b


@settings(max_examples=50)
@given(data_sets())
def test_pycocotools_reads_what_was_written(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_coco(path, dataset)
        with path.open(encoding="utf-8") as file:
            coco = _indexed(json.load(file))
    written_people = [p for i in dataset.images for p in i.annotation.people]
    assert sorted(coco.getImgIds()) == [i.id for i in dataset.images]
    assert len(coco.anns) == len(written_people)
    entries: Any = coco.anns.values()
    for entry in entries:
        assert entry["id"] >= 1
        assert entry["area"] > 0
        assert entry["bbox"][2] > 0
        assert entry["bbox"][3] > 0
        assert entry["iscrowd"] in (0, 1)
        assert entry["category_id"] in coco.cats
        triples = [entry["keypoints"][i : i + 3] for i in range(0, 9, 3)]
        assert entry["num_keypoints"] == sum(v > 0 for _, _, v in triples)
        assert all((x, y) == (0, 0) for x, y, v in triples if v == 0)


def _indexed(content: Any) -> COCO:
    coco = COCO()
    coco.dataset = content
    coco.createIndex()
    return coco


def test_an_imported_file_is_written_back_field_by_field(tmp_path: Path) -> None:
    content = data_set(
        images=[image(3, coco_url="http://x"), image(1)],
        annotations=[
            person(9, 3, segmentation=[[1, 2, 3, 4, 5, 6]], keypoint_sources="-ph" * 5 + "-p"),
            person(2, 1, iscrowd=1, keypoints=[0] * 51, num_keypoints=0),
        ],
    )
    write_coco(tmp_path / "out.json", read_coco(written(tmp_path / "in.json", content)))
    again = json.loads((tmp_path / "out.json").read_text())
    assert again.pop("clickpose")["keypoint_shift"] == 0
    content["annotations"][1]["keypoint_sources"] = "-" * 17
    assert again == content
