"""What is wrong with a COCO file is said with file, record and field."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.formats.coco import read_coco, read_image_ids
from tests.formats.coco_samples import category, data_set, image, person, written

TWO_NAMES = ["head", "tail"]


def without(entry: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != field}


def bad_person(**fields: Any) -> dict[str, Any]:
    return data_set(annotations=[person(4), person(42, **fields)])


def bad_image(**fields: Any) -> dict[str, Any]:
    return data_set(images=[image(1), image(9, **fields)])


FLAWS: list[tuple[dict[str, Any], str]] = [
    # the top level
    (without(data_set(), "images"), "field images is missing"),
    (data_set(annotations={}), "annotations: expected a list, got an object"),
    # images
    (bad_image(file_name="/etc/passwd"), "image 9: file_name '/etc/passwd' is absolute"),
    (bad_image(file_name="C:\\x.jpg"), "image 9: file_name 'C:\\\\x.jpg' is absolute"),
    (bad_image(file_name="\\\\host\\x"), "image 9: file_name"),
    (bad_image(file_name="a/../../x.jpg"), "leaves the image folder"),
    (bad_image(file_name="a\\..\\x.jpg"), "leaves the image folder"),
    (bad_image(file_name=""), "image 9: file_name '' names no file"),
    (bad_image(file_name="a\0b"), "names no file"),
    (bad_image(file_name=3), "image 9: file_name: expected a text, got a whole number"),
    (bad_image(file_name="001.jpg"), "image 9: file_name '001.jpg' is there twice"),
    (bad_image(id=1), "image 1: id is there twice"),
    (bad_image(id="9"), "id: expected a whole number, got a text"),
    (bad_image(width=0), "image 9: width must be a whole number of pixels above 0"),
    (bad_image(height=3.5), "image 9: height must be a whole number of pixels above 0"),
    (data_set(images=[without(image(9), "width")]), "image 9: the field width is missing"),
    (data_set(images=[without(image(9), "id")]), "image number 1 of the list: the field id"),
    (data_set(images=[3]), "image number 1 of the list: expected an object"),
    # annotations
    (bad_person(id=4), "annotation 4: id is there twice"),
    (bad_person(image_id=8), "annotation 42: image_id 8 is none of the images"),
    (bad_person(category_id=8), "annotation 42: category_id 8 is none of the categories"),
    (bad_person(bbox=[1, 2, 3]), "annotation 42: bbox: expected a list of length 4"),
    (bad_person(bbox=[1, 2, "3", 4]), "annotation 42: bbox[2]: expected a number, got a text"),
    (bad_person(bbox=[1, 2, -3, 4]), "annotation 42: bbox has the size -3 x 4"),
    (bad_person(bbox=[1, 2, 1e300, 4]), "annotation 42: bbox has 1e+300"),
    (bad_person(bbox=None, keypoints=[0] * 51), "annotation 42: bbox is missing"),
    (bad_person(bbox=None, keypoints=None), "annotation 42: bbox is missing"),
    (bad_person(iscrowd=2), "annotation 42: iscrowd must be 0 or 1, not 2"),
    (bad_person(area="big"), "annotation 42: area: expected a number or null, got a text"),
    (bad_person(score="high"), "annotation 42: score"),
    (bad_person(keypoints=[1, 2, 2]), "annotation 42: keypoints has 3 numbers, not 3 for each"),
    (bad_person(keypoints=[1, 2, 3] * 17), "annotation 42: keypoints has the visibility 3"),
    (bad_person(keypoints=[1, 2, 0.5] * 17), "annotation 42: keypoints has the visibility 0.5"),
    (bad_person(keypoints=[[1, 2, 2]] * 17), "keypoints[0]: expected a number, got a list"),
    (bad_person(keypoint_sources="hp"), "annotation 42: keypoint_sources must be 17 letters"),
    (bad_person(keypoint_sources="x" * 17), "annotation 42: keypoint_sources must be 17 letters"),
    (data_set(annotations=[without(person(), "id")]), "annotation number 1 of the list: the field"),
    # not a number
    (bad_person(bbox=[1, 2, math.nan, 4]), "annotation 42: bbox[2]: expected a number, got NaN"),
    (
        bad_person(area=math.inf),
        "annotation 42: area: expected a number or null, got NaN or Infinity",
    ),
    (bad_person(keypoints=[-math.inf] * 51), "annotation 42: keypoints[0]: expected a number, got"),
    (bad_image(width=math.nan), "image 9: width"),
    (bad_person(weight=math.nan), "NaN or Infinity, which JSON does not have"),
    # categories
    (data_set(categories=[]), "no category with keypoints"),
    (data_set(categories=[{"id": 1, "name": "dog"}]), "none that is called person (dog)"),
    (data_set(categories=[category(), category()]), "category 1: id is there twice"),
    (data_set(categories=[without(category(), "id")]), "category number 1 of the list"),
    (data_set(categories=[category(keypoints=["a", "b", "a"])]), "keypoints names a twice"),
    (
        data_set(categories=[category(keypoints=TWO_NAMES, skeleton=[[1, 3]])]),
        "category 1: skeleton has the edge [1, 3]",
    ),
    (
        data_set(categories=[category(keypoints=TWO_NAMES, skeleton=[[1, 1]])]),
        "category 1: skeleton has the edge [1, 1]",
    ),
    (
        data_set(categories=[category(name="bee"), category(id=2, name="wasp")]),
        "several categories with keypoints (bee, wasp)",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), FLAWS, ids=[flaw[1] for flaw in FLAWS])
def test_a_flaw_is_named(tmp_path: Path, content: dict[str, Any], sentence: str) -> None:
    path = written(tmp_path / "flawed.json", content)
    with pytest.raises(FormatError) as raised:
        read_coco(path)
    assert sentence in raised.value.message
    assert str(path) in raised.value.message


def test_an_id_that_is_no_number_is_shown_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", bad_person(id="abc"))
    with pytest.raises(FormatError, match='annotation "abc": id: expected a whole number'):
        read_coco(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not valid JSON"),
        (b"{", "is not valid JSON"),
        (b'{"images": [', "is not valid JSON"),
        (b"[]", "is a list, not a COCO data set"),
        (b"3", "expected an object, got a whole number"),
        (b'{"images": "\xff"}', "is not UTF-8"),
        (b"\xff\xfe{\0}\0", "is not UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=sentence):
        read_coco(path)


def test_characters_cut_at_the_edge_of_a_piece_are_no_error(tmp_path: Path) -> None:
    # The text is checked in pieces of 2 ** 20 bytes; three bytes a character never fit.
    path = written(tmp_path / "a.json", data_set(info={"description": "語" * 800_000}))
    assert len(read_coco(path).images) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"gone\.json cannot be read: No such file"):
        read_coco(tmp_path / "gone.json")


def test_the_word_nan_in_a_text_is_a_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set(info={"place": "NaN, Infinity and beyond"}))
    assert read_coco(path).extra["info"] == {"place": "NaN, Infinity and beyond"}


def test_a_broken_file_with_the_word_nan_in_a_text_is_called_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data_set(info="NaN"))[:-5])
    with pytest.raises(FormatError, match="is not valid JSON"):
        read_coco(path)


def test_a_wrong_image_with_the_word_nan_in_its_name_keeps_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", bad_image(width={}, file_name="NaN.jpg"))
    with pytest.raises(FormatError, match=r"image 9: width: .* got an object"):
        read_coco(path)
    path = written(tmp_path / "b.json", bad_image(width=0.5, file_name="NaN.jpg"))
    with pytest.raises(FormatError, match="width must be a whole number"):
        read_coco(path)


def test_a_number_too_long_for_python_is_named(tmp_path: Path) -> None:
    long = "9" * 5000
    path = tmp_path / "a.json"
    path.write_text(json.dumps(bad_person(weight=0)).replace('"weight": 0', f'"weight": {long}'))
    with pytest.raises(FormatError, match="annotation 42: weight cannot be read"):
        _ = read_coco(path).images[0].annotation
    path.write_text(json.dumps(data_set(weight=0)).replace('"weight": 0', f'"weight": {long}'))
    with pytest.raises(FormatError, match="the top level: weight cannot be read"):
        read_coco(path)


def test_reading_the_ids_alone_checks_the_images(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", bad_image(id=1))
    with pytest.raises(FormatError, match="image 1: id is there twice"):
        read_image_ids(path)
