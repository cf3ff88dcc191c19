"""COCO-WholeBody, CrowdPose and COCO results go out and come in again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from pycocotools.coco import COCO as PyCoco  # noqa: N811 (ours is another)

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Source, Visibility
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import format_named, recognised
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.formats.crowd_pose import crowd_index
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context, DescriptionUnknownError
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats import coco_samples as coco
from tests.formats.strategies import data_sets, differences

WHOLE = builtin_skeleton("coco-wholebody-133")
CROWD = builtin_skeleton("crowdpose-14")


def no_size(name: str) -> tuple[int, int]:
    raise AssertionError(f"{name} must not be opened")


NOTHING = Context(None, no_size)


def read(name: str, path: Path, context: Context = NOTHING) -> Dataset:
    reader = format_named(name).read
    assert reader is not None
    return reader(path, context)


def write(name: str, path: Path, dataset: Dataset) -> tuple[str, ...]:
    writer = format_named(name).write
    assert writer is not None
    return tuple(map(str, writer(path, dataset, NOTHING)))


@pytest.mark.parametrize(
    ("name", "drawn"),
    [("coco-wholebody", data_sets(WHOLE)), ("crowdpose", data_sets(CROWD))],
    ids=["whole body", "crowd pose"],
)
def test_everything_comes_back(name: str, drawn: Any) -> None:
    @settings(max_examples=20)
    @given(drawn)
    def comes_back(dataset: Dataset) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ö.json"
            assert write(name, path, dataset) == ()
            assert [str(f) for f in check_coco(path) if f.error] == []
            again = read(name, path)
            assert differences(again, dataset, tolerance=1e-9) == []
            first = json.loads(path.read_bytes())
            write(name, path, again)
            assert json.loads(path.read_bytes()) == first
            indexed = PyCoco()
            indexed.dataset = first
            indexed.createIndex()
            assert len(indexed.getImgIds()) == len(dataset.images)

    comes_back()


@settings(max_examples=20)
@given(data_sets(CROWD, sources=[Source.PREDICTED], with_crowds=False))
def test_results_hold_what_a_network_says(dataset: Dataset) -> None:
    def kept(image: Any) -> Any:
        people = tuple(
            replace(
                p,
                keypoints=tuple(
                    replace(k, visibility=Visibility.VISIBLE) if k.labelled else k
                    for k in p.keypoints
                ),
                score=1.0 if p.score is None else p.score,
            )
            for p in image.annotation.people
            if p.labelled.any() and all(map(can_be_told, p.keypoints))
        )
        return replace(image, annotation=ImageAnnotation(people))

    def can_be_told(k: Keypoint) -> bool:
        # Nothing at 0, 0 is labelled there, and a whole number as confidence is a visibility.
        whole = k.confidence is not None and not 0 < k.confidence < 1
        return not k.labelled or (bool(k.x or k.y) and not whole)

    expected = replace(dataset, images=tuple(map(kept, dataset.images)))
    with tempfile.TemporaryDirectory() as folder:
        described, results = Path(folder) / "val.json", Path(folder) / "results.json"
        write_coco(described, dataset)
        write("coco-results", results, expected)
        found = read("coco-results", results, replace(NOTHING, described_by=described))
        # A confidence of 0 or 1 is a whole number, which in results says visibility.
        assert differences(found, expected, boxes=False, scores=False) == []
        if any(image.annotation.people for image in expected.images):
            assert recognised(results).name == "coco-results"
            truth = PyCoco(str(described))
            assert len(truth.loadRes(str(results)).anns) == sum(
                len(image.annotation.people) for image in expected.images
            )


# COCO-WholeBody, by its data_format.md


def whole_body_file(**fields: Any) -> dict[str, Any]:
    """One person with a face, a hand whose visibilities are fractions, and no feet."""
    hand = [v for k in range(21) for v in (300.5 + k, 239.25, 0.1408521831035614)]
    face = [v for k in range(68) for v in (150.0 + k, 60.0, 1)]
    entry = coco.person(
        183126,
        foot_kpts=[0.0] * 18,
        face_kpts=face,
        lefthand_kpts=[0.0] * 63,
        righthand_kpts=hand,
        face_box=[149.0, 55.0, 70.0, 12.0],
        lefthand_box=[0.0, 0.0, 0.0, 0.0],
        righthand_box=[300.0, 239.0, 21.0, 1.0],
        foot_valid=False,
        face_valid=True,
        lefthand_valid=False,
        righthand_valid=True,
    )
    return coco.data_set(annotations=[entry | fields])


def test_a_whole_body_file_is_read_and_written_field_by_field(tmp_path: Path) -> None:
    content = whole_body_file()
    path = coco.written(tmp_path / "whole.json", content)
    assert recognised(path).name == "coco-wholebody"
    dataset = read("coco-wholebody", path)
    (person,) = dataset.images[0].annotation.people
    assert dataset.skeleton.keypoints == WHOLE.keypoints
    nose, eye = person.keypoints[23], person.keypoints[91 + 21]
    assert (nose.x, nose.y, nose.visibility) == (150.0, 60.0, Visibility.OCCLUDED)
    assert (eye.x, eye.visibility, eye.confidence) == (300.5, 2, 0.1408521831035614)
    assert not any(k.labelled for k in person.keypoints[17:23])
    write("coco-wholebody", tmp_path / "out.json", dataset)
    written = json.loads((tmp_path / "out.json").read_text())
    assert (
        written["annotations"][0].items()
        >= (content["annotations"][0] | {"num_keypoints": 11}).items()
    )
    assert written["categories"][0]["keypoints"] == list(coco.NAMES)


def test_a_hand_that_is_labelled_here_becomes_valid_and_gets_a_box(tmp_path: Path) -> None:
    dataset = read("coco-wholebody", coco.written(tmp_path / "in.json", whole_body_file()))
    image = dataset.images[0]
    (person,) = image.annotation.people
    keypoints = list(person.keypoints)
    keypoints[91] = replace(keypoints[91], x=7.0, y=8.0, visibility=Visibility.VISIBLE)
    keypoints[92] = replace(keypoints[92], x=9.0, y=5.0, visibility=Visibility.VISIBLE)
    edited = ImageAnnotation((replace(person, keypoints=tuple(keypoints)),))
    write(
        "coco-wholebody",
        tmp_path / "out.json",
        replace(dataset, images=(replace(image, annotation=edited),)),
    )
    (entry,) = json.loads((tmp_path / "out.json").read_text())["annotations"]
    assert entry["lefthand_valid"] is True
    assert entry["lefthand_box"] == [7.0, 5.0, 2.0, 3.0]
    assert entry["foot_valid"] is False


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"face_kpts": [1, 2]}, "annotation 183126: face_kpts is not 3 numbers"),
        ({"foot_kpts": ["x"] * 18}, "annotation 183126: foot_kpts is not 3 numbers"),
        ({"foot_kpts": [1, 1, 3] * 6}, "foot_kpts has the visibility 3"),
    ],
)
def test_a_part_that_is_wrong_is_named(tmp_path: Path, fields: Any, words: str) -> None:
    path = coco.written(tmp_path / "in.json", whole_body_file(**fields))
    with pytest.raises(FormatError, match=words):
        _ = [image.annotation for image in read("coco-wholebody", path).images]


def test_a_body_alone_becomes_a_whole_body_without_parts(tmp_path: Path) -> None:
    dataset = read_coco(coco.written(tmp_path / "in.json", coco.data_set()))
    assert write("coco-wholebody", tmp_path / "out.json", dataset) == ()
    (entry,) = json.loads((tmp_path / "out.json").read_text())["annotations"]
    assert entry["keypoints"] == coco.keypoints()
    assert entry["face_kpts"] == [0] * 204


# CrowdPose, as its own files are


def crowd_pose_file() -> dict[str, Any]:
    """Two people on each other, and the category with the impossible limbs of the real files."""
    names = [*CROWD.keypoints[:12], "head", "neck"]
    people = [
        {
            "num_keypoints": 14,
            "iscrowd": 0,
            "keypoints": [v for k in range(14) for v in (100 + shift + k, 50 + 10 * k, 2)],
            "image_id": 106848,
            "bbox": [90 + shift, 40, 40, 150],
            "category_id": 1,
            "id": 130829 + shift,
        }
        for shift in (0, 10)
    ]
    return {
        "images": [
            {
                "file_name": "106848.jpg",
                "id": 106848,
                "height": 427,
                "width": 640,
                "crowdIndex": 0.78,
            }
        ],
        "annotations": people,
        "categories": [
            {
                "supercategory": "person",
                "id": 1,
                "name": "person",
                "keypoints": names,
                "skeleton": [[16, 14], [14, 12], [17, 15]],
            }
        ],
    }


def test_a_crowd_pose_file_is_read_in_spite_of_its_limbs(tmp_path: Path) -> None:
    path = coco.written(tmp_path / "crowdpose_val.json", crowd_pose_file())
    assert recognised(path).name == "crowdpose"
    dataset = read("crowdpose", path)
    assert dataset.skeleton.keypoints == CROWD.keypoints
    assert dataset.skeleton.limbs == CROWD.limbs
    assert [len(image.annotation.people) for image in dataset.images] == [2]
    write("crowdpose", tmp_path / "out.json", dataset)
    written = json.loads((tmp_path / "out.json").read_text())
    assert written["images"][0]["crowdIndex"] == 0.78
    assert written["categories"][0]["keypoints"][12:] == ["head", "neck"]
    for before, after in zip(crowd_pose_file()["annotations"], written["annotations"], strict=True):
        assert after.items() >= before.items()


def test_the_crowd_index_counts_the_joints_of_others_in_a_box(tmp_path: Path) -> None:
    dataset = read("crowdpose", coco.written(tmp_path / "in.json", crowd_pose_file()))
    people = dataset.images[0].annotation.people
    assert crowd_index(people[:1]) == 0
    # All 14 joints of the right one lie in the left one's box, and all of the left one's in theirs.
    assert crowd_index(people) == 1
    assert crowd_index([]) == 0


def test_joints_that_crowd_pose_lacks_are_named_and_come_back(tmp_path: Path) -> None:
    dataset = read_coco(coco.written(tmp_path / "in.json", coco.data_set()))
    losses = write("crowdpose", tmp_path / "out.json", dataset)
    assert losses == tuple(
        f"CrowdPose cannot hold the keypoint {name} (1)."
        for name in ("left_eye", "right_eye", "right_ear")
    )
    (person,) = read("crowdpose", tmp_path / "out.json").images[0].annotation.people
    (before,) = dataset.images[0].annotation.people
    assert person.keypoints[0] == before.keypoints[5]
    assert "left_eye" in person.extra["clickpose_removed_keypoints"]


def test_a_skeleton_with_nothing_in_common_is_refused(tmp_path: Path) -> None:
    dataset = Dataset(builtin_skeleton("hand-21"), ())
    with pytest.raises(FormatError, match="CrowdPose knows none of the keypoints of hand-21"):
        write("crowdpose", tmp_path / "out.json", dataset)
    assert list(tmp_path.iterdir()) == []


# COCO results


def detections() -> list[dict[str, Any]]:
    """As MMPose and Detectron2 write them: places, a confidence each, a score."""
    flat = [v for k in range(17) for v in (100.25 + k, 50.5 + 10 * k, 0.875)]
    return [{"image_id": 2, "category_id": 1, "keypoints": flat, "score": 0.5}]


def test_results_take_their_images_from_a_coco_file(tmp_path: Path) -> None:
    described = coco.written(tmp_path / "val.json", coco.data_set())
    path = coco.written(tmp_path / "results.json", detections())
    dataset = read("coco-results", path, replace(NOTHING, described_by=described))
    first, second = dataset.images
    assert first.annotation.people == ()
    (person,) = second.annotation.people
    assert (second.file_name, person.score) == ("002.jpg", 0.5)
    assert person.keypoints[0].confidence == 0.875
    assert not person.pinned.any()
    assert (person.box.x1, person.box.y2) == (100.25, 210.5)


def test_results_find_images_by_the_number_in_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "val 2017"
    folder.mkdir()
    (folder / "000000000002.jpg").touch()
    path = coco.written(tmp_path / "results.json", detections())

    def size(name: str) -> tuple[int, int]:
        assert (folder / name).is_file()
        return (640, 480)

    (image,) = read("coco-results", path, Context(folder, size)).images
    assert (image.id, image.file_name, image.width) == (2, "000000000002.jpg", 640)
    assert len(image.annotation.people) == 1


def _without_score(entries: list[dict[str, Any]]) -> None:
    del entries[0]["score"]


def _elsewhere(entries: list[dict[str, Any]]) -> None:
    entries[0]["image_id"] = 99


def _too_short(entries: list[dict[str, Any]]) -> None:
    entries[0]["keypoints"] = [1, 2, 3]


def _other_category(entries: list[dict[str, Any]]) -> None:
    entries[0]["category_id"] = 17


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without_score, "detection 1: .*score"),
        (_elsewhere, "detection 1: image_id 99 is none of the images"),
        (_too_short, "detection 1: keypoints are not 3 numbers for each of the 17"),
        (_other_category, "detection 1: category_id 17"),
    ],
)
def test_a_detection_that_is_wrong_is_named(
    tmp_path: Path, spoil: Callable[[list[dict[str, Any]]], None], words: str
) -> None:
    described = coco.written(tmp_path / "val.json", coco.data_set())
    entries = detections()
    spoil(entries)
    path = coco.written(tmp_path / "results.json", entries)
    with pytest.raises(FormatError, match=words):
        read("coco-results", path, replace(NOTHING, described_by=described))


def test_results_alone_ask_what_their_images_are(tmp_path: Path) -> None:
    path = coco.written(tmp_path / "results.json", detections())
    with pytest.raises(DescriptionUnknownError, match="only by their ids"):
        read("coco-results", path)


def test_results_say_what_they_cannot_hold(tmp_path: Path) -> None:
    dataset = read_coco(coco.written(tmp_path / "in.json", coco.data_set()))
    losses = " ".join(write("coco-results", tmp_path / "out.json", dataset))
    for words in ("names and sizes of images (2)", "images without people (1)", "no score"):
        assert words in losses
    (entry,) = json.loads((tmp_path / "out.json").read_text())
    assert entry.keys() == {"image_id", "category_id", "keypoints", "score"}
