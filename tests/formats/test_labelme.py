"""labelme's files come in as it writes them, and out as it reads them."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from clickpose_app.core.annotation import ImageState, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.labelme_format import LABELME
from clickpose_app.formats.labelme_read import read_labelme
from clickpose_app.formats.labelme_write import write_labelme
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.strategies import BEE, data_sets, differences
from tests.formats.tool_data import context, swarm, there_and_back


def shape(label: str, *points: list[float], kind: str = "point", **fields: Any) -> dict[str, Any]:
    """As labelme 5 writes one."""
    known: dict[str, Any] = {
        "label": label,
        "points": list(points),
        "group_id": None,
        "description": "",
        "shape_type": kind,
        "flags": {},
        "mask": None,
    }
    return known | fields


def file(*shapes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """As labelme 5 writes one, pixels included."""
    known: dict[str, Any] = {
        "version": "5.5.0",
        "flags": {"night": True},
        "shapes": list(shapes),
        "imagePath": "Über.jpg",
        "imageData": "AAAA",
        "imageHeight": 480,
        "imageWidth": 640,
    }
    return known | fields


FILE = file(
    shape("nose", [10.5, 20.5], group_id=1, flags={"occluded": True, "wet": False}),
    shape("person", [40.0, 60.0], [5.0, 15.0], kind="rectangle", group_id=1, colour="red"),
    shape("car", [0.0, 0.0], [9.0, 0.0], [9.0, 9.0], kind="polygon"),
    shape("left_eye", [100.0, 50.25], group_id=2),
    shape("nose", [101.0, 51.5], group_id=2, description="blurred"),
    shape("person", [0.0, 0.0], [90.0, 90.0], kind="rectangle", flags={"crowd": True}),
)


def written(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@given(data_sets())
@settings(max_examples=50, deadline=None)
def test_a_data_set_comes_back_from_labelme(dataset: Dataset) -> None:
    found, losses = there_and_back(LABELME, dataset, "out")
    assert differences(found, dataset) == []
    assert found.skeleton == dataset.skeleton
    assert losses == ()


def test_ids_states_notes_and_unknown_fields_come_back() -> None:
    found, losses = there_and_back(LABELME, swarm(), "out")
    assert losses == ()
    first = {image.file_name: image for image in found.images}["Stöcke/eins.jpg"]
    assert (first.id, first.extra["camera"]) == (7, [1, 2.5])
    assert first.annotation.state is ImageState.REVIEWED
    assert first.annotation.note == "Flügel prüfen"
    assert first.annotation.people[0].extra == {"id": 4, "x": "é"}


def test_files_of_labelme_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a" / "Über.json", FILE)
    assert recognised(tmp_path) is recognised(path) is LABELME
    dataset = read_labelme(tmp_path, context())
    assert dataset.skeleton == builtin_skeleton()
    (image,) = dataset.images
    assert (image.file_name, image.width, image.height) == ("a/Über.jpg", 640, 480)
    assert image.extra["flags"] == {"night": True}
    one, other, crowd = image.annotation.people
    nose = one.keypoints[0]
    assert (nose.x, nose.y, nose.visibility) == (10.5, 20.5, Visibility.OCCLUDED)
    assert sum(keypoint.labelled for keypoint in one.keypoints) == 1
    assert one.box == Box(5, 15, 40, 60)
    assert one.extra["colour"] == "red"
    assert other.box == Box(100, 50.25, 101, 51.5)
    assert (crowd.is_crowd, crowd.keypoints, crowd.box) == (True, (), Box(0, 0, 90, 90))


def test_what_is_not_about_people_is_written_back(tmp_path: Path) -> None:
    written(tmp_path / "Über.json", FILE)
    write_labelme(tmp_path / "out", read_labelme(tmp_path, context()), context())
    again = json.loads((tmp_path / "out" / "Über.json").read_text(encoding="utf-8"))
    assert again["flags"] == {"night": True}
    shapes = {(s["label"], s["shape_type"], s["group_id"]): s for s in again["shapes"]}
    assert shapes["car", "polygon", None] == FILE["shapes"][2]
    assert shapes["nose", "point", 1]["flags"] == {"wet": False, "occluded": True}
    assert shapes["nose", "point", 2]["description"] == "blurred"
    assert shapes["person", "rectangle", 1]["colour"] == "red"


def test_the_files_are_as_labelme_checks_them(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    write_labelme(tmp_path / "out", swarm(), context(photos))
    content = json.loads((tmp_path / "out/Stöcke/eins.json").read_text(encoding="utf-8"))
    assert content["imagePath"] == "../../photos/Stöcke/eins.jpg"
    assert content["imageData"] is None
    for each in content["shapes"]:
        assert {"label", "points", "shape_type", "flags", "group_id"} <= each.keys()
        assert type(each["group_id"]) is int
        assert all(type(flag) is bool for flag in each["flags"].values())
        assert len(each["points"]) == (2 if each["shape_type"] == "rectangle" else 1)
    assert (tmp_path / "out/zwei.json").is_file()
    labels = (tmp_path / "out/labels.txt").read_text(encoding="utf-8").splitlines()
    assert labels == ["person", *BEE.keypoints]
    found = read_labelme(tmp_path / "out", context(photos))
    assert differences(found, swarm()) == []


def test_one_person_needs_no_groups(tmp_path: Path) -> None:
    content = file(
        shape("nose", [1, 2]),
        shape("left_knee", [3, 4], difficult=True),
        shape("box", [0, 0], [9, 9], kind="rectangle"),
    )
    dataset = read_labelme(written(tmp_path / "a.json", content), context())
    (person,) = dataset.images[0].annotation.people
    assert [k.visibility.value for k in person.keypoints if k.labelled] == [2, 1]
    assert person.box == Box(0, 0, 9, 9)


def test_names_that_nobody_ships_are_ordered_by_the_list_of_labels(tmp_path: Path) -> None:
    content = file(shape("sting", [1, 2]), shape("head", [3, 4]))
    written(tmp_path / "a.json", content)
    assert read_labelme(tmp_path, context()).skeleton.keypoints == ("sting", "head")
    (tmp_path / "labels.txt").write_text("person\nhead\nsting\n", encoding="utf-8")
    assert read_labelme(tmp_path, context()).skeleton.keypoints == ("head", "sting")


def test_images_elsewhere_need_their_folder(tmp_path: Path) -> None:
    content = file(shape("nose", [1, 2]), imagePath="..\\photos\\a.jpg")
    written(tmp_path / "labels" / "a.json", content)
    with pytest.raises(FormatError, match="leaves the folder") as caught:
        read_labelme(tmp_path / "labels", context())
    assert "--images" in caught.value.hint
    dataset = read_labelme(tmp_path / "labels", context(tmp_path / "photos"))
    assert dataset.images[0].file_name == "a.jpg"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"shapes": [shape("nose", [1, 2]), shape("nose", [3, 4])]}, "'nose' is there twice"),
        ({"shapes": [shape("nose", [1, 2]), shape("ball", [3, 4])]}, None),
        ({"shapes": [shape("nose", [1, 2], [3, 4])]}, "shape number 1: points has 2 places"),
        ({"shapes": [shape("nose", [float("nan"), 2])]}, "shape number 1: .*NaN"),
        ({"shapes": [shape("nose", [1e300, 2])]}, "person number 1: points has 1e"),
        ({"shapes": [shape("nose", [1])]}, "shape number 1: points"),
        ({"shapes": [shape("nose", [1, 2], flags={"wet": "yes"})]}, "flags"),
        ({"shapes": [shape("nose", [1, 2], group_id="one")]}, "group_id"),
        (
            {"shapes": [shape("nose", [1, 2]), shape("person", [1, 2], kind="rectangle")]},
            "shape number 2: points has 1 places; a rectangle needs 2",
        ),
        ({"shapes": [{"points": []}]}, "the field label is missing"),
        ({"shapes": {}}, "shapes"),
        ({"imagePath": "../../etc/passwd"}, "leaves the folder"),
        ({"imagePath": "/etc/passwd"}, "leaves the folder"),
        ({"imagePath": ""}, "names no file"),
        ({"imageWidth": 0}, "above 0"),
        ({"imageWidth": "wide"}, "imageWidth"),
        ({"imageWidth": None}, "--images"),
        ({"clickpose_state": "finished"}, "no state"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: dict[str, Any], said: str | None) -> None:
    content = copy.deepcopy(FILE) | change
    path = written(tmp_path / "bad.json", content)
    if said is None:
        # A skeleton that is said to be another has no such joint.
        with pytest.raises(FormatError, match=r"shape number 2: label 'ball' is none of"):
            read_labelme(path, context(skeleton=builtin_skeleton()))
        return
    with pytest.raises(FormatError, match=said) as caught:
        read_labelme(path, context())
    assert "bad.json" in str(caught.value)


def test_damaged_and_foreign_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    text = json.dumps(FILE)
    for damaged in (text[: len(text) // 2], "", "[]", "{}", '{"shapes": [' * 50_000):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(FormatError, match=r"bad\.json"):
            read_labelme(tmp_path, context())
    path.unlink()
    with pytest.raises(FormatError, match="names no keypoints"):
        read_labelme(tmp_path, context())


def test_two_images_that_would_share_a_file_are_refused(tmp_path: Path) -> None:
    one, other = swarm().images
    same = replace(other, file_name="Stöcke/eins.png")
    with pytest.raises(FormatError, match=r"would share Stöcke/eins\.json with Stöcke/eins\.jpg"):
        write_labelme(tmp_path / "out", replace(swarm(), images=(one, same)), context())
    assert list(tmp_path.iterdir()) == []


def test_files_of_others_stay(tmp_path: Path) -> None:
    written(tmp_path / "zwei.json", {"important": 1})
    with pytest.raises(FormatError, match="no file of labelme"):
        write_labelme(tmp_path, swarm(), context())
    assert [each.name for each in tmp_path.iterdir()] == ["zwei.json"]
    written(tmp_path / "zwei.json", FILE)
    (tmp_path / "zwei.png").touch()
    write_labelme(tmp_path, swarm(), context())
    assert (tmp_path / "zwei.png").is_file()
    assert json.loads((tmp_path / "zwei.json").read_text(encoding="utf-8"))["shapes"] == []
