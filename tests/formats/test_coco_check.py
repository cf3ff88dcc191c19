from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.formats.coco_check import check_coco


def valid() -> dict[str, Any]:
    """Two keypoints, one image, one person and one crowd, as every consumer likes them."""
    return {
        "info": {},
        "licenses": [],
        "images": [{"id": 7, "file_name": "a/b.jpg", "width": 100, "height": 80}],
        "categories": [
            {"id": 1, "name": "person", "keypoints": ["nose", "tail"], "skeleton": [[1, 2]]}
        ],
        "annotations": [
            {
                "id": 1,
                "image_id": 7,
                "category_id": 1,
                "bbox": [10.0, 10.0, 20.0, 30.0],
                "area": 300.0,
                "iscrowd": 0,
                "keypoints": [12.5, 13.0, 2, 0, 0, 0],
                "num_keypoints": 1,
            },
            {
                "id": 2,
                "image_id": 7,
                "category_id": 1,
                "bbox": [0, 0, 50, 50],
                "area": 2500,
                "iscrowd": 1,
            },
        ],
    }


def findings(tmp_path: Path, content: dict[str, Any]) -> list[str]:
    path = tmp_path / "people.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return [str(finding) for finding in check_coco(path)]


def test_a_valid_file_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, valid()) == []


Change = Callable[[dict[str, Any]], object]


def person(**fields: Any) -> Change:
    return lambda content: content["annotations"][0].update(fields)


def image(**fields: Any) -> Change:
    return lambda content: content["images"][0].update(fields)


def category(**fields: Any) -> Change:
    return lambda content: content["categories"][0].update(fields)


def without(kind: str, field: str) -> Change:
    return lambda content: content[kind][0].pop(field)


ERRORS: list[tuple[Change, str]] = [
    (person(id=0), "annotation 0: id is below 1"),
    (person(id=2), "annotation 2: id is there twice"),
    (person(id="1"), "id is not a whole number"),
    (person(id=True), "id is not a whole number"),
    (person(image_id=8), "annotation 1: image_id 8 is none of the images"),
    (person(image_id=[]), "is none of the images"),
    (person(category_id=2), "category_id 2 is none of the categories"),
    (person(bbox=[10, 10, 0, 5]), "bbox has no extent"),
    (person(bbox=[10, 10, 5]), "bbox is not [x, y, width, height]"),
    (without("annotations", "bbox"), "bbox is not [x, y, width, height]"),
    (person(area=0), "area is missing or not above 0"),
    (without("annotations", "area"), "area is missing"),
    (without("annotations", "iscrowd"), "iscrowd is missing"),
    (person(iscrowd=2), "iscrowd is missing or neither 0 nor 1"),
    (person(segmentation=[[1, 2, 3, 4]]), "segmentation has a polygon of fewer than 3 points"),
    (person(segmentation=[]), "segmentation is neither polygons nor a mask"),
    (person(segmentation=None), "segmentation is null"),
    (person(ignore=1), "ignore is written"),
    (person(keypoints=[1, 2, 2]), "keypoints are not 3 numbers for each of the 2"),
    (without("annotations", "keypoints"), "keypoints are not 3 numbers for each of the 2"),
    (person(keypoints=[1, "2", 2, 0, 0, 0]), "hold something that is no number"),
    (person(keypoints=[1, 2, 3, 0, 0, 0]), "a visibility other than 0, 1 and 2"),
    (person(keypoints=[12, 13, 2, 5, 0, 0]), "(v = 0) are not at 0, 0"),
    (person(num_keypoints=2), "num_keypoints is 2, but 1 are labelled"),
    (without("annotations", "num_keypoints"), "num_keypoints is None, but 1 are labelled"),
    (person(foot_kpts=[0] * 18), "face_kpts is not 3 numbers for each of its 68"),
    (image(id="x"), "id is not a whole number"),
    (image(file_name="/a.jpg"), "is absolute"),
    (image(file_name="../a.jpg"), "leaves the image folder"),
    (image(file_name="a\\b.jpg"), "file_name has backslashes"),
    (without("images", "file_name"), "file_name is missing"),
    (image(width=0), "image 7: width and height are not whole numbers above 0"),
    (image(height=80.5), "width and height are not whole numbers above 0"),
    (category(keypoints=["nose", "nose"]), "category 1: keypoints names one twice"),
    (category(keypoints="nose"), "keypoints is not a list of names"),
    (category(skeleton=[[0, 1]]), "skeleton counts keypoints from 0; COCO counts from 1"),
    (category(skeleton=[[1, 3]]), "skeleton names a keypoint that is not among the 2"),
    (category(skeleton=[[1]]), "skeleton is not a list of pairs of numbers"),
    (lambda c: c.pop("annotations"), "file: has no annotations"),
    (lambda c: c["images"].append(3), "image number 2 of the list: is no object"),
    (lambda c: c["annotations"].append(None), "annotation number 3 of the list: is no object"),
    (lambda c: c["images"].append(c["images"][0]), "image 7: id is there twice"),
    (lambda c: c["categories"].append(c["categories"][0]), "category 1: id is there twice"),
    (person(area=float("nan")), "holds NaN or Infinity"),
]

WARNINGS: list[tuple[Change, str]] = [
    (lambda c: c.pop("info"), "file: has no info"),
    (person(ignore=0), "ignore is written"),
    (person(bbox=[90.0, 10.0, 20.0, 30.0]), "bbox reaches out of the image"),
    (person(keypoints=[200, 13, 2, 0, 0, 0]), "keypoints lie outside the image"),
    (without("categories", "skeleton"), "has no skeleton"),
    (lambda c: c["images"].append(c["images"][0] | {"id": 8}), "is there twice"),
]


@pytest.mark.parametrize(("change", "says"), ERRORS, ids=[says for _, says in ERRORS])
def test_what_a_consumer_fails_on_is_an_error(tmp_path: Path, change: Change, says: str) -> None:
    content = valid()
    change(content)
    found = findings(tmp_path, content)
    assert any(line.startswith("error: ") and says in line for line in found), found


@pytest.mark.parametrize(("change", "says"), WARNINGS, ids=[says for _, says in WARNINGS])
def test_what_is_worth_a_look_is_a_warning(tmp_path: Path, change: Change, says: str) -> None:
    content = valid()
    change(content)
    found = findings(tmp_path, content)
    assert [line.startswith("warning: ") for line in found] == [True], found
    assert says in found[0]


def test_one_wrong_annotation_hides_no_other(tmp_path: Path) -> None:
    content = valid()
    for number in range(3, 6):
        content["annotations"].append(copy.deepcopy(content["annotations"][0]) | {"id": number})
        content["annotations"][-1]["area"] = -1
    assert len(findings(tmp_path, content)) == 3


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(FormatError, match=r"results\.json is a list"):
        list(check_coco(path))
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(FormatError, match=r"results\.json is no COCO data set"):
        list(check_coco(path))


def test_a_word_that_is_no_number_may_be_in_a_name(tmp_path: Path) -> None:
    content = valid()
    content["images"][0]["file_name"] = "a/NaN.jpg"
    path = tmp_path / "in.json"
    path.write_text(json.dumps(content))
    assert list(check_coco(path)) == []


@pytest.mark.parametrize("beside", [0, 0.5])
def test_a_number_that_no_float_holds_is_an_error(tmp_path: Path, beside: float) -> None:
    content = valid()
    content["annotations"][0]["keypoints"] = [10**400, beside, 2, 0, 0, 0]
    (found, *_) = findings(tmp_path, content)
    assert "annotation 1" in found
