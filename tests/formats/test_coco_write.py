"""What we write is what every reader of COCO accepts."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.core import edits
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
from clickpose_app.errors import FormatError
from clickpose_app.formats.coco import coco_writer, read_coco, write_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.coco_samples import category, data_set, image, person, written

HEAD_AND_TAIL = Skeleton(
    "fish", ("head", "left_fin", "right_fin"), ((0, 1),), ((1, 2),), (0.1,) * 3
)


def somebody(**fields: Any) -> Person:
    """A predicted person of three keypoints, one for each visibility."""
    values: dict[str, Any] = {
        "id": "somebody",
        "keypoints": (
            Keypoint(1.5, 2.5, Visibility.VISIBLE),
            Keypoint(3.5, 4.5, Visibility.OCCLUDED, Source.HUMAN),
            Keypoint(5.5, 6.5, Visibility.UNLABELLED),
        ),
        "box": Box(1.0, 2.0, 11.0, 22.0),
    }
    return Person(**(values | fields))


def output(tmp_path: Path, *people: Person, **fields: Any) -> dict[str, Any]:
    """What a data set of one image with these people becomes."""
    values: dict[str, Any] = {"id": 1, "file_name": "a.jpg", "width": 30, "height": 30}
    only = DatasetImage(**(values | {"annotation": ImageAnnotation(people)} | fields))
    write_coco(tmp_path / "out.json", Dataset(HEAD_AND_TAIL, (only,)))
    content: dict[str, Any] = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    return content


def the_annotation(tmp_path: Path, *people: Person) -> dict[str, Any]:
    only: dict[str, Any]
    (only,) = output(tmp_path, *people)["annotations"]
    return only


def rewritten(tmp_path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """What a file becomes that is read and written unchanged."""
    write_coco(tmp_path / "out.json", read_coco(written(tmp_path / "in.json", content)))
    again: dict[str, Any] = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    return again


def test_the_top_level_has_all_five_lists(tmp_path: Path) -> None:
    content = output(tmp_path)
    assert {"info", "licenses", "images", "annotations", "categories"} <= content.keys()
    assert content["annotations"] == []
    assert content["images"] == [{"id": 1, "file_name": "a.jpg", "width": 30, "height": 30}]


def test_the_file_says_what_its_coordinates_mean(tmp_path: Path) -> None:
    assert "(0, 0) is the top-left corner" in output(tmp_path)["clickpose"]["coordinates"]


def test_our_own_category_is_person_number_one(tmp_path: Path) -> None:
    (entry,) = output(tmp_path)["categories"]
    assert (entry["id"], entry["name"]) == (1, "person")
    assert entry["keypoints"] == ["head", "left_fin", "right_fin"]


def test_edges_count_from_one(tmp_path: Path) -> None:
    (entry,) = output(tmp_path)["categories"]
    assert entry["skeleton"] == [[1, 2]]
    assert entry["flip_pairs"] == [[2, 3]]


def test_a_skeleton_of_ones_own_reads_back_as_it_was(tmp_path: Path) -> None:
    output(tmp_path)
    found = read_coco(tmp_path / "out.json").skeleton
    assert replace(found, name="fish") == HEAD_AND_TAIL


def test_keypoints_are_flat_and_zero_where_not_labelled(tmp_path: Path) -> None:
    entry = the_annotation(tmp_path, somebody())
    assert entry["keypoints"] == [1.5, 2.5, 2, 3.5, 4.5, 1, 0, 0, 0]
    assert entry["num_keypoints"] == 2
    assert entry["keypoint_sources"] == "ph-"


def test_floats_stay_floats_and_visibilities_whole(tmp_path: Path) -> None:
    exact = (Keypoint(3.0, 0.1 + 0.2), *somebody().keypoints[1:])
    output(tmp_path, somebody(keypoints=exact, box=Box(1, 2, 3, 4)))
    text = (tmp_path / "out.json").read_text()
    assert '"keypoints":[3.0,0.30000000000000004,2,' in text
    assert '"bbox":[1.0,2.0,2.0,2.0]' in text


def test_every_annotation_has_iscrowd_and_a_box_with_an_area(tmp_path: Path) -> None:
    entry = the_annotation(tmp_path, somebody())
    assert entry["iscrowd"] == 0
    assert entry["bbox"] == [1, 2, 10, 20]
    assert entry["area"] == pytest.approx(0.53 * 200)
    assert entry["category_id"] == 1
    assert entry["image_id"] == 1
    assert not {"segmentation", "ignore", "score"} & entry.keys()


def test_a_region_to_ignore_needs_no_keypoints(tmp_path: Path) -> None:
    entry = the_annotation(tmp_path, somebody(is_crowd=True, keypoints=()))
    assert entry["iscrowd"] == 1
    assert entry["keypoints"] == [0] * 9
    assert entry["num_keypoints"] == 0


@pytest.mark.parametrize(
    ("box", "bbox"),
    [
        (Box(2.0, 3.0, 2.0, 3.0), [1.5, 2.5, 2.0, 2.0]),  # around (1.5, 2.5) and (3.5, 4.5)
        (Box(0.0, 3.0, 9.0, 3.0), [0.0, 2.5, 9.0, 2.0]),
    ],
)
def test_a_box_without_extent_goes_around_the_keypoints(
    tmp_path: Path, box: Box, bbox: list[float]
) -> None:
    entry = the_annotation(tmp_path, somebody(box=box))
    assert entry["bbox"] == bbox
    assert entry["area"] > 0


def test_a_person_of_one_keypoint_in_a_box_without_extent_is_a_pixel_wide(tmp_path: Path) -> None:
    one = (Keypoint(7.0, 8.0), *(Keypoint(0, 0, Visibility.UNLABELLED),) * 2)
    entry = the_annotation(tmp_path, somebody(keypoints=one, box=Box(7.0, 8.0, 7.0, 8.0)))
    assert entry["bbox"] == [6.5, 7.5, 1, 1]
    assert entry["num_keypoints"] == 1


def test_a_speck_still_has_an_area(tmp_path: Path) -> None:
    assert the_annotation(tmp_path, somebody(box=Box(0, 0, 1e-200, 1e-200)))["area"] > 0


def test_a_score_and_confidences_are_written(tmp_path: Path) -> None:
    sure = (Keypoint(1.5, 2.5, confidence=0.25), *somebody().keypoints[1:])
    entry = the_annotation(tmp_path, somebody(score=0.75, keypoints=sure))
    assert entry["score"] == 0.75
    assert entry["keypoint_scores"] == [0.25, None, None]


def test_new_people_are_numbered_from_one(tmp_path: Path) -> None:
    people = [somebody(id=str(i)) for i in range(3)]
    assert [entry["id"] for entry in output(tmp_path, *people)["annotations"]] == [1, 2, 3]


def test_imported_ids_stay_and_new_ones_come_after_all_of_them(tmp_path: Path) -> None:
    people = [
        somebody(id="new"),
        somebody(id="imported", extra={"id": 7}),
        somebody(id="copied", extra={"id": 7}),
        somebody(id="zero", extra={"id": 0}),
        somebody(id="text", extra={"id": "9"}),
    ]
    entries = output(tmp_path, *people)["annotations"]
    assert [entry["id"] for entry in entries] == [8, 7, 9, 10, 11]


def test_an_id_imported_with_a_later_image_is_not_given_away(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with coco_writer(path, HEAD_AND_TAIL) as writer:
        for number, extra in enumerate([{}, {"id": 1}], start=1):
            people = ImageAnnotation((somebody(extra=extra),))
            writer.add(DatasetImage(number, f"{number}.jpg", 9, 9, people))
    entries = json.loads(path.read_text())["annotations"]
    assert {entry["image_id"]: entry["id"] for entry in entries} == {1: 2, 2: 1}


def test_an_annotation_id_of_zero_is_replaced(tmp_path: Path) -> None:
    (entry,) = rewritten(tmp_path, data_set(annotations=[person(0)]))["annotations"]
    assert entry["id"] == 1


def test_the_imported_area_stays_while_the_box_does(tmp_path: Path) -> None:
    dataset = read_coco(written(tmp_path / "in.json", data_set()))
    (before,) = dataset.images[0].annotation.people
    annotation = dataset.images[0].annotation
    moved = edits.move_keypoint(annotation, annotation.people[0].id, 3, 1.0, 1.0)
    boxed = edits.set_box(annotation, annotation.people[0].id, Box(0, 0, 10, 10))
    areas = []
    for changed in (moved, boxed):
        images = (replace(dataset.images[0], annotation=changed),)
        write_coco(tmp_path / "out.json", replace(dataset, images=images))
        (entry,) = json.loads((tmp_path / "out.json").read_text())["annotations"]
        areas.append(entry["area"])
    assert areas == [before.extra["area"], pytest.approx(53)]


@pytest.mark.parametrize("area", [0, -5])
def test_an_imported_area_that_is_not_above_zero_is_replaced(tmp_path: Path, area: float) -> None:
    entry = person(area=area, bbox=[0, 0, 10, 10])
    (again,) = rewritten(tmp_path, data_set(annotations=[entry]))["annotations"]
    assert again["area"] == pytest.approx(53)


def test_an_imported_box_comes_back_to_the_last_digit(tmp_path: Path) -> None:
    # 0.1 + 0.7 - 0.1 is not 0.7.
    entry = person(bbox=[0.1, 0.3, 0.7, 0.6])
    (again,) = rewritten(tmp_path, data_set(annotations=[entry]))["annotations"]
    assert again["bbox"] == [0.1, 0.3, 0.7, 0.6]


def test_an_imported_total_is_corrected_to_those_labelled(tmp_path: Path) -> None:
    (again,) = rewritten(tmp_path, data_set(annotations=[person(num_keypoints=17)]))["annotations"]
    assert again["num_keypoints"] == 11


TRIANGLE = [0, 0, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("segmentation", "kept"),
    [
        ([TRIANGLE], [TRIANGLE]),
        ([[1, 2, 3, 4], TRIANGLE, [*TRIANGLE, 5]], [TRIANGLE]),
        ([[1, 2]], None),
        ([], None),
        ({"counts": "abc", "size": [3, 4]}, {"counts": "abc", "size": [3, 4]}),
        ("outline", None),
    ],
)
def test_of_a_segmentation_only_what_is_valid_goes_out(
    tmp_path: Path, segmentation: object, kept: object
) -> None:
    entry = person(segmentation=segmentation)
    (again,) = rewritten(tmp_path, data_set(annotations=[entry]))["annotations"]
    assert again.get("segmentation") == kept


def test_ignore_is_not_written(tmp_path: Path) -> None:
    (again,) = rewritten(tmp_path, data_set(annotations=[person(ignore=1)]))["annotations"]
    assert "ignore" not in again


def test_unknown_fields_come_back_at_every_level(tmp_path: Path) -> None:
    unknown: dict[str, Any] = {"mood": {"values": [1, 2.5, None, "für"]}, "large": 10**30}
    content = data_set(
        images=[image(1, **unknown)],
        annotations=[person(**unknown)],
        categories=[category(**unknown)],
        **unknown,
    )
    again = rewritten(tmp_path, content)
    for level in (again, again["images"][0], again["annotations"][0], again["categories"][0]):
        assert {name: level[name] for name in unknown} == unknown
    assert again["info"] == content["info"]


def test_other_categories_come_back_with_their_annotations(tmp_path: Path) -> None:
    dog = {"id": 18, "name": "dog", "colour": "brown"}
    collar = {"id": 3, "image_id": 2, "category_id": 18, "bbox": [1, 2, 3, 4], "bark": "loud"}
    content = data_set(categories=[dog, category(id=5)])
    content["annotations"] = [collar, person(4, category_id=5)]
    again = rewritten(tmp_path, content)
    assert dog in again["categories"]
    assert collar in again["annotations"]
    assert [entry["id"] for entry in again["categories"]] == [5, 18]
    assert {entry["category_id"] for entry in again["annotations"]} == {5, 18}


def test_a_new_person_does_not_take_the_id_of_another_category(tmp_path: Path) -> None:
    dog = {"id": 2, "name": "dog"}
    content = data_set(categories=[category(), dog], annotations=[person(1, category_id=2)])
    dataset = read_coco(written(tmp_path / "in.json", content))
    new = Person("new", somebody().keypoints[:1] * 17, Box(0, 0, 1, 1))
    images = (replace(dataset.images[0], annotation=ImageAnnotation((new,))),)
    write_coco(tmp_path / "out.json", replace(dataset, images=images))
    entries = json.loads((tmp_path / "out.json").read_text())["annotations"]
    assert sorted(entry["id"] for entry in entries) == [1, 2]


def test_a_state_that_the_people_do_not_tell_is_kept(tmp_path: Path) -> None:
    reviewed = ImageAnnotation((somebody(),), ImageState.REVIEWED)
    output(tmp_path, annotation=reviewed)
    assert read_coco(tmp_path / "out.json").images[0].annotation.state is ImageState.REVIEWED


def test_names_outside_ascii_are_written_as_they_are(tmp_path: Path) -> None:
    output(tmp_path, file_name="Übung/日本.jpg")
    assert '"Übung/日本.jpg"' in (tmp_path / "out.json").read_text(encoding="utf-8")


def test_a_shift_moves_keypoints_and_not_boxes(tmp_path: Path) -> None:
    only = DatasetImage(1, "a.jpg", 30, 30, ImageAnnotation((somebody(),)))
    path = tmp_path / "out.json"
    write_coco(path, Dataset(HEAD_AND_TAIL, (only,)), keypoint_shift=-0.5)
    (entry,) = json.loads(path.read_text())["annotations"]
    assert entry["keypoints"] == [1, 2, 2, 3, 4, 1, 0, 0, 0]
    assert entry["bbox"] == [1, 2, 10, 20]
    (found,) = read_coco(path).images[0].annotation.people
    assert (found.keypoints[0].x, found.keypoints[0].y) == (1.5, 2.5)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file_name": "/a.jpg"}, "is absolute"),
        ({"file_name": "../a.jpg"}, "leaves the image folder"),
        ({"file_name": "a\\b.jpg"}, "forward slashes"),
        ({"file_name": "\udcff.jpg"}, "cannot be written as UTF-8"),
        ({"width": 0}, "width must be above 0"),
        ({"extra": {"weight": math.nan}}, "not JSON compliant"),
        ({"extra": {"weight": object()}}, "not JSON serializable"),
        ({"extra": {"name": "\ud800"}}, "surrogates not allowed"),
    ],
)
def test_an_image_that_is_not_valid_is_named(
    tmp_path: Path, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(FormatError, match=sentence) as raised:
        output(tmp_path, **fields)
    assert str(tmp_path / "out.json") in raised.value.message
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"keypoints": (Keypoint(math.nan, 1),) * 3}, "somebody has NaN or Infinity"),
        ({"score": math.inf}, "somebody has NaN or Infinity"),
        ({"box": Box(0, 0, 1e200, 1e200)}, "somebody has NaN or Infinity"),
        ({"box": Box(0, 0, math.nan, 1), "keypoints": ()}, "somebody has no extent"),
        ({"keypoints": (Keypoint(1, 1),) * 2}, "keypoints are 2, not 3"),
        ({"extra": {"weight": math.inf}}, "not JSON compliant"),
    ],
)
def test_a_person_who_is_not_valid_is_named(
    tmp_path: Path, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(FormatError, match=sentence) as raised:
        output(tmp_path, somebody(**fields))
    assert "image 'a.jpg'" in raised.value.message


@pytest.mark.parametrize(
    ("second", "sentence"), [((1, "b.jpg"), "id 1 is there twice"), ((2, "a.jpg"), "file_name is")]
)
def test_an_image_that_is_there_already_is_refused(
    tmp_path: Path, second: tuple[int, str], sentence: str
) -> None:
    with (
        pytest.raises(FormatError, match=sentence),
        coco_writer(tmp_path / "out.json", HEAD_AND_TAIL) as writer,
    ):
        for image_id, name in ((1, "a.jpg"), second):
            writer.add(DatasetImage(image_id, name, 9, 9, ImageAnnotation()))


def test_fields_that_json_cannot_hold_are_refused(tmp_path: Path) -> None:
    dataset = Dataset(HEAD_AND_TAIL, (), {"weight": math.nan})
    with pytest.raises(FormatError, match="the top level"):
        write_coco(tmp_path / "out.json", dataset)


def test_the_shipped_skeleton_needs_no_more_than_its_names(tmp_path: Path) -> None:
    write_coco(tmp_path / "out.json", Dataset(builtin_skeleton(), ()))
    (entry,) = json.loads((tmp_path / "out.json").read_text())["categories"]
    assert set(entry) == {"id", "name", "supercategory", "keypoints", "skeleton"}
