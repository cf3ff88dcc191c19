"""Label Studio's tasks come in as it exports them, and out as it imports them."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from clickpose_app.core.annotation import ImageState, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.coco_format import COCO
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.label_studio_config import file_name_of
from clickpose_app.formats.label_studio_format import LABEL_STUDIO
from clickpose_app.formats.label_studio_read import read_label_studio
from clickpose_app.formats.label_studio_write import write_label_studio
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.strategies import BEE, data_sets, differences
from tests.formats.tool_data import context, swarm, there_and_back


def region(kind: str, region_id: str, value: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """As Label Studio 1 exports one, of an image of 200 x 100 pixels."""
    return {
        "original_width": 200,
        "original_height": 100,
        "image_rotation": 0,
        "value": value,
        "id": region_id,
        "from_name": "tag",
        "to_name": "img",
        "type": kind,
        "origin": "manual",
    } | fields


def point(name: str, x: float, y: float, **fields: Any) -> dict[str, Any]:
    value = {"x": x, "y": y, "width": 0.67, "keypointlabels": [name]}
    return region("keypointlabels", f"{name}{x:g}", value, **fields)


def box(region_id: str, x: float, y: float, w: float, h: float, **fields: Any) -> dict[str, Any]:
    labels = [fields.pop("label", "person")]
    value = {"x": x, "y": y, "width": w, "height": h, "rotation": 0, "rectanglelabels": labels}
    return region("rectanglelabels", region_id, value | fields.pop("value", {}), **fields)


def task(*results: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """As Label Studio 1 exports one."""
    return {
        "id": 42,
        "annotations": [
            {
                "id": 7,
                "completed_by": 1,
                "result": list(results),
                "was_cancelled": False,
                "ground_truth": False,
                "updated_at": "2026-01-02T00:00:00Z",
            }
        ],
        "predictions": [],
        "data": {"image": "/data/upload/3/0123abcd-%C3%9Cber.jpg"},
        "meta": {},
        "project": 3,
    } | fields


ONE = (
    box("B1", 10, 20, 30, 40),
    point("nose", 25, 50, parentID="B1"),
    region("choices", "nose25", {"choices": ["occluded"]}),
    point("left_eye", 30, 50.5, parentID="B1", origin="prediction", score=0.5),
)


def written(path: Path, *tasks: object) -> Path:
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def moved_inside(dataset: Dataset) -> Dataset:
    """The same with joints no farther than the edge of their image."""

    def inside(person: Person, image: DatasetImage) -> Person:
        keypoints = tuple(
            replace(k, x=min(max(k.x, 0), image.width), y=min(max(k.y, 0), image.height))
            for k in person.keypoints
        )
        return replace(person, keypoints=keypoints)

    images = []
    for image in dataset.images:
        people = tuple(inside(person, image) for person in image.annotation.people)
        images.append(replace(image, annotation=replace(image.annotation, people=people)))
    return replace(dataset, images=tuple(images))


@given(data_sets())
@settings(max_examples=50)
def test_a_data_set_comes_back_from_label_studio(dataset: Dataset) -> None:
    found, losses = there_and_back(LABEL_STUDIO, dataset, "out.json")
    # Percent of the size are no exact numbers of pixels.
    assert differences(found, moved_inside(dataset), tolerance=1e-9) == []
    moved = moved_inside(dataset) != dataset
    assert any("outside the image" in loss for loss in losses) == moved


def test_ids_states_notes_and_unknown_fields_come_back() -> None:
    found, losses = there_and_back(LABEL_STUDIO, swarm(), "out.json")
    assert losses == ("Label Studio cannot hold limbs (1).",)
    first = found.images[0]
    assert (first.id, first.extra["camera"]) == (7, [1, 2.5])
    assert first.annotation.state is ImageState.REVIEWED
    assert first.annotation.note == "Flügel prüfen"
    assert first.annotation.people[0].extra == {"id": 4, "x": "é"}


def test_an_export_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "export.json", task(*ONE))
    assert recognised(path) is LABEL_STUDIO
    (image,) = read_label_studio(path, context()).images
    assert (image.id, image.file_name, image.width, image.height) == (42, "Über.jpg", 200, 100)
    (person,) = image.annotation.people
    nose, left_eye = person.keypoints[:2]
    assert (nose.x, nose.y, nose.visibility) == (50, 50, Visibility.OCCLUDED)
    assert nose.source is Source.HUMAN
    assert (left_eye.source, left_eye.confidence) == (Source.PREDICTED, 0.5)
    assert sum(keypoint.labelled for keypoint in person.keypoints) == 2
    assert person.box == Box(20, 20, 80, 60)
    assert person.box_source is Source.HUMAN


def test_coco_files_are_still_coco(tmp_path: Path) -> None:
    path = tmp_path / "coco.json"
    path.write_text('{"images": [], "annotations": [], "categories": []}', encoding="utf-8")
    assert recognised(path) is COCO


def test_predictions_count_where_nobody_has_annotated(tmp_path: Path) -> None:
    prediction = {"model_version": "a", "result": [r | {"origin": None} for r in ONE]}
    skipped = {"result": [], "was_cancelled": True}
    path = written(
        tmp_path / "in.json",
        task(annotations=[skipped], predictions=[prediction], id=1),
        task(*ONE, predictions=[prediction], id=2, data={"image": "b.jpg"}),
    )
    one, other = read_label_studio(path, context()).images
    assert one.annotation.people[0].box_source is Source.PREDICTED
    assert one.annotation.state is ImageState.PREDICTED
    assert other.annotation.people[0].box_source is Source.HUMAN
    assert other.extra["label_studio_versions"] == {"predictions": [prediction]}


def test_the_annotation_that_was_changed_last_counts_and_the_other_stays(tmp_path: Path) -> None:
    old = {"result": [box("old", 0, 0, 1, 1)], "updated_at": "2026-01-01T00:00:00Z"}
    content = task(*ONE)
    content["annotations"].append(old)
    dataset = read_label_studio(written(tmp_path / "in.json", content), context())
    assert dataset.images[0].annotation.people[0].box == Box(20, 20, 80, 60)
    write_label_studio(tmp_path / "out.json", dataset, context())
    (again,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert again["annotations"][1] == old
    found = read_label_studio(tmp_path / "out.json", context())
    assert differences(found, dataset, tolerance=1e-9) == []


def test_keypoints_without_parents_belong_to_the_box_that_holds_them(tmp_path: Path) -> None:
    results = (
        box("a", 0, 0, 40, 100),
        box("b", 50, 0, 40, 100),
        point("nose", 10, 10),
        point("nose", 60, 10),
    )
    dataset = read_label_studio(written(tmp_path / "in.json", task(*results)), context())
    noses = [person.keypoints[0].x for person in dataset.images[0].annotation.people]
    assert noses == [20, 120]
    both = (*results[:3], box("c", 5, 5, 40, 90), results[2])
    with pytest.raises(FormatError, match="task 42: parentID of the keypoint 'nose' is missing"):
        read_label_studio(written(tmp_path / "in.json", task(*both)), context())


def test_a_turned_box_becomes_the_one_around_it(tmp_path: Path) -> None:
    turned = box("a", 50, 50, 10, 20, value={"rotation": 90})
    dataset = read_label_studio(
        written(tmp_path / "in.json", task(turned, point("nose", 45, 55))), context()
    )
    found = dataset.images[0].annotation.people[0].box
    assert (found.x1, found.y1, found.x2, found.y2) == pytest.approx((80, 50, 100, 70))


def test_what_is_not_about_people_is_written_back(tmp_path: Path) -> None:
    others = (
        box("car1", 1, 2, 3, 4, label="car"),
        region("choices", "B1", {"choices": ["running"]}),
        {"type": "relation", "from_id": "B1", "to_id": "car1", "direction": "right"},
    )
    data = {"image": "s3://bucket/a/b.jpg", "city": "Köln"}
    path = written(tmp_path / "in.json", task(*ONE, *others, data=data))
    dataset = read_label_studio(path, context())
    assert dataset.images[0].file_name == "a/b.jpg"
    write_label_studio(tmp_path / "out.json", dataset, context())
    (again,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert {"image", "city"} <= again["data"].keys()
    assert (again["data"]["image"], again["data"]["city"]) == (data["image"], "Köln")
    results = again["annotations"][0]["result"]
    for other in others:
        assert other in results
    assert results[0]["id"] == "B1"


def test_tasks_and_configuration_fit_each_other(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_label_studio(path, swarm(), context())
    first, second = json.loads(path.read_text(encoding="utf-8"))
    assert first["data"]["image"] == "/data/local-files/?d=St%C3%B6cke/eins.jpg"
    assert second["annotations"] == second["predictions"] == []
    view = ElementTree.parse(tmp_path / "out.config.xml").getroot()
    tags = {tag.get("name"): tag for tag in view}
    labels = tags["keypoints"].findall("Label")
    assert [label.get("value") for label in labels] == list(BEE.keypoints)
    assert [label.get("model_index") for label in labels] == ["0", "1", "2", "3"]
    ids = set()
    for result in first["annotations"][0]["result"]:
        tag = tags[result["from_name"]]
        assert tag.tag.lower() == result["type"]
        assert tags[result["to_name"]].tag == "Image"
        (chosen,) = next(value for value in result["value"].values() if isinstance(value, list))
        assert chosen in {child.get("value") for child in tag}
        assert all(0 <= v <= 100 for v in result["value"].values() if not isinstance(v, list))
        ids.add(result["id"])
        assert result.get("parentID", result["id"]) in ids


def test_what_a_network_alone_has_said_is_a_prediction(tmp_path: Path) -> None:
    predicted = Person("", (), Box(0, 0, 1, 1), Source.PREDICTED, 0.5, is_crowd=True)
    annotation = replace(swarm().images[0].annotation, people=(predicted,))
    image = replace(swarm().images[0], annotation=annotation)
    write_label_studio(tmp_path / "out.json", replace(swarm(), images=(image,)), context())
    (content,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert content["annotations"] == []
    assert content["predictions"][0]["result"][0]["score"] == 0.5


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/data/local-files/?d=a%20b/%C3%BC%2B.jpg", "a b/ü+.jpg"),
        ("http://localhost:8080/data/local-files/?d=a/b.jpg", "a/b.jpg"),
        ("/data/upload/12/0a1b2c3d-me-and-you.jpg", "me-and-you.jpg"),
        ("https://example.com/x/1%201.jpg?token=2", "x/1 1.jpg"),
        ("gs://bucket/x/y.jpg", "x/y.jpg"),
        ("x/what?.jpg", "x/what?.jpg"),
    ],
)
def test_addresses_of_images_name_files(address: str, name: str) -> None:
    assert file_name_of(address) == name


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("annotations", 0, "result", 1, "value", "x"), "left", "task 42: result number 2: x"),
        (("annotations", 0, "result", 1, "value", "x"), float("nan"), "result number 2: .*NaN"),
        (("annotations", 0, "result", 1, "value", "x"), 1e300, "points has 2e"),
        (("annotations", 0, "result", 1, "value", "keypointlabels"), [], "0 labels, not 1"),
        (("annotations", 0, "result", 1, "parentID"), "B9", "'B9' of a keypoint is none of"),
        (("annotations", 0, "result", 3, "value", "keypointlabels"), ["nose"], "'nose' twice"),
        (("annotations", 0, "result", 0, "value", "width"), -1, "has the size -1"),
        (("annotations", 0, "result", 0, "value", "height"), None, "height"),
        (("annotations", 0, "result", 0, "original_width"), 100, "differ between results"),
        (("annotations", 0, "result", 0, "image_rotation"), 90, "turn the image back"),
        (("annotations", 0, "result", 0, "score"), "high", "score"),
        (("annotations", 0, "result"), {}, "task 42: result: expected a list"),
        (("annotations",), 3, "task number 1: annotations"),
        (("data",), {"image": "../../etc/passwd"}, "leaves the image folder"),
        (("data",), {"image": "/etc/passwd"}, "absolute"),
        (("data",), {"image": "/data/local-files/?d=../a.jpg"}, "leaves the image folder"),
        (("data",), {"image": "https://example.com/"}, "names no file"),
        (("data",), {"image": 7}, "does not say where the image is"),
        (("data",), [], "task number 1: data"),
        (("meta",), {"clickpose_state": "finished"}, "no state"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, place: tuple[Any, ...], value: object, said: str
) -> None:
    content: Any = copy.deepcopy(task(*ONE))
    target = content
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    with pytest.raises(FormatError, match=said) as caught:
        read_label_studio(written(tmp_path / "bad.json", content), context())
    assert "bad.json" in str(caught.value)


def test_unknown_labels_and_images_that_are_there_twice_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "bad.json", task(point("wheel", 1, 2)))
    with pytest.raises(FormatError, match="'wheel', which is none of the keypoints"):
        read_label_studio(path, context(skeleton=builtin_skeleton()))
    path = written(tmp_path / "bad.json", task(*ONE), task(*ONE, id=43))
    with pytest.raises(FormatError, match="there twice"):
        read_label_studio(path, context())


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    text = json.dumps([task(*ONE)])
    for damaged in (text[: len(text) // 2], "", "{}", "[1]", "[" * 100_000):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(FormatError, match=r"bad\.json"):
            read_label_studio(path, context())
    path.write_text(text, encoding="utf-8")
    (tmp_path / "bad.config.xml").write_text("<!DOCTYPE x><View/>", encoding="utf-8")
    with pytest.raises(FormatError, match="document type"):
        read_label_studio(path, context())


def test_names_that_xml_cannot_hold_are_refused(tmp_path: Path) -> None:
    bad = Skeleton("s", ("a\x00",), (), (), (0.07,))
    with pytest.raises(FormatError, match="no name that Label Studio takes"):
        write_label_studio(tmp_path / "out.json", Dataset(bad, ()), context())
    assert list(tmp_path.iterdir()) == []
