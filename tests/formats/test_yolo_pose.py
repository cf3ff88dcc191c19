"""Ultralytics YOLO pose data sets go out, are read by their rules, and come in again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import yaml
from hypothesis import given, settings

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context
from clickpose_app.formats.yolo_pose import YOLO_POSE
from clickpose_app.storage.images import image_size
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.strategies import BEE, data_sets, differences

HUMAN = [Source.HUMAN]


def context(images: Path | None = None, skeleton: Skeleton | None = None) -> Context:
    return Context(images, lambda name: image_size((images or Path()) / name), skeleton)


def read(path: Path, images: Path | None = None, skeleton: Skeleton | None = None) -> Dataset:
    assert YOLO_POSE.read is not None
    return YOLO_POSE.read(path, context(images, skeleton))


def write(path: Path, dataset: Dataset, images: Path | None = None) -> tuple[str, ...]:
    assert YOLO_POSE.write is not None
    return tuple(map(str, YOLO_POSE.write(path, dataset, context(images))))


def photo(path: Path, size: tuple[int, int]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((size[1], size[0]), dtype=np.uint8)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


def placed_in_yolo(image: DatasetImage) -> DatasetImage:
    """As it comes back: in images/train, and with what is outside not labelled."""
    w, h = image.width, image.height

    def inside(keypoint: Keypoint) -> Keypoint:
        x, y = min(max(keypoint.x, 0), w), min(max(keypoint.y, 0), h)
        if max(abs(x - keypoint.x), abs(y - keypoint.y)) >= 1:
            return replace(keypoint, visibility=Visibility.UNLABELLED)
        return replace(keypoint, x=x, y=y)

    people = tuple(
        replace(p, keypoints=tuple(map(inside, p.keypoints))) for p in image.annotation.people
    )
    name = f"images/train/{image.file_name}"
    return replace(image, file_name=name, annotation=ImageAnnotation(people))


@settings(max_examples=40)
@given(data_sets(BEE, with_crowds=False, sources=HUMAN, scores=False))
def test_everything_in_the_picture_comes_back(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        images, out = Path(folder) / "in", Path(folder) / "out ü"
        for image in dataset.images:
            photo(images / image.file_name, (image.width, image.height))
        write(out, dataset, images)
        assert recognised(out).name == recognised(out / "data.yaml").name == "yolo-pose"
        expected = replace(dataset, images=tuple(map(placed_in_yolo, dataset.images)))
        found = read(out)
        assert differences(found, expected, tolerance=1e-8) == []
        assert found.skeleton.pairs == BEE.pairs
        # Once more, from what was read: the same files in the same places.
        write(Path(folder) / "again", found, out)
        assert differences(read(Path(folder) / "again"), expected, tolerance=1e-8) == []


def ultralytics_labels(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Rows of each training image, by the documented rules; Ultralytics rejects what breaks them.

    Written anew from the documented rules: a label file lies where the last folder images of
    the path is labels; rows have 5 + K * D numbers; none is negative; places are at most 1; no
    row is there twice.
    """
    data = yaml.safe_load((folder / "data.yaml").read_text(encoding="utf-8"))
    assert {"train", "val", "names", "kpt_shape", "flip_idx"} <= data.keys()
    count, dims = data["kpt_shape"]
    assert sorted(data["flip_idx"]) == list(range(count))
    found = {}
    for file in sorted((folder / data["train"]).rglob("*.*")):
        first, last = str(file).rsplit("/images/", 1)
        label = Path(f"{first}/labels/{last}").with_suffix(".txt")
        lines = [line.split() for line in label.read_text(encoding="utf-8").splitlines()]
        rows = np.array(lines, dtype=np.float32)
        if len(rows):
            assert rows.shape[1] == 5 + count * dims
            assert rows.min() >= 0
            points = rows[:, 5:].reshape(-1, dims)
            assert points[:, :2].max() <= 1
            assert rows[:, 1:5].max() <= 1
            assert set(rows[:, 0]) <= set(data["names"])
            assert set(points[:, 2]) <= {0, 1, 2}
        found[file.name] = rows
    return found


@settings(max_examples=40)
@given(data_sets(BEE))
def test_ultralytics_accepts_every_row(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        images, out = Path(folder) / "in", Path(folder) / "out"
        for image in dataset.images:
            photo(images / image.file_name, (image.width, image.height))
        losses = " ".join(write(out, dataset, images))
        labels = ultralytics_labels(out)
        assert len(labels) == len(dataset.images)
        people = [p for image in dataset.images for p in image.annotation.people]
        crowds = sum(p.is_crowd for p in people)
        assert sum(map(len, labels.values())) == len(people) - crowds
        assert (f"crowd regions ({crowds})" in losses) == bool(crowds)


COCO8 = """\
# COCO8-pose dataset (first 8 images from COCO train2017)
path: coco8-pose # dataset root dir
train: images/train # train images (relative to 'path') 4 images
val: images/val # val images (relative to 'path') 4 images
test: # test images (optional)

# Keypoints
kpt_shape: [17, 3] # number of keypoints, number of dims (2 for x,y or 3 for x,y,visible)
flip_idx: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]

# Classes
names:
  0: person
"""


def coco8(folder: Path, text: str = COCO8) -> Path:
    """The data set of Ultralytics' documentation, with one picture in each split."""
    photo(folder / "images/train/000000000009.png", (640, 480))
    photo(folder / "images/val/000000000036.png", (481, 640))
    joints = " ".join(f"{0.1 + k / 100:.6f} {0.5 - k / 50:.6f} {k % 3:.6f}" for k in range(17))
    (folder / "labels/val").mkdir(parents=True)
    (folder / "labels/val/000000000036.txt").write_text(
        f"0 0.671279 0.617945 0.645759 0.726859 {joints}\n"
    )
    path = folder / "coco8-pose.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_documented_data_set_is_read(tmp_path: Path) -> None:
    path = coco8(tmp_path)
    assert recognised(path).name == "yolo-pose"
    dataset = read(path)
    assert dataset.skeleton == builtin_skeleton()
    first, second = dataset.images
    assert (first.file_name, first.annotation.people) == ("images/train/000000000009.png", ())
    (person,) = second.annotation.people
    assert person.box.width == pytest.approx(0.645759 * 481)
    assert person.box.x1 == pytest.approx((0.671279 - 0.645759 / 2) * 481)
    assert not person.keypoints[0].labelled
    occluded = person.keypoints[1]
    assert (occluded.visibility, occluded.source) == (Visibility.OCCLUDED, Source.HUMAN)
    assert (occluded.x, occluded.y) == pytest.approx((0.11 * 481, 0.48 * 640))


def test_splits_stay_apart_when_a_data_set_is_written_again(tmp_path: Path) -> None:
    dataset = read(coco8(tmp_path / "in"))
    write(tmp_path / "out", dataset, tmp_path / "in")
    data = yaml.safe_load((tmp_path / "out/data.yaml").read_text(encoding="utf-8"))
    assert (data["train"], data["val"]) == ("images/train", "images/val")
    assert [i.file_name for i in read(tmp_path / "out").images] == [
        image.file_name for image in dataset.images
    ]


def test_two_numbers_a_keypoint_know_no_occlusion(tmp_path: Path) -> None:
    text = "train: ../train/images\nkpt_shape: [3, 2]\nnc: 1\nnames: ['bee']\n"
    photo(tmp_path / "train/images/a.png", (100, 50))
    (tmp_path / "train/labels").mkdir()
    (tmp_path / "train/labels/a.txt").write_text("0 .5 .5 .2 .2  0.25 0.5  0 0  -1 -1\n")
    (tmp_path / "data.yaml").write_text(text)
    dataset = read(tmp_path)
    assert dataset.category_extra == {"name": "bee"}
    assert dataset.skeleton.keypoints == ("joint 1", "joint 2", "joint 3")
    (image,) = dataset.images
    (person,) = image.annotation.people
    assert image.file_name == "train/images/a.png"
    assert [int(k.visibility) for k in person.keypoints] == [2, 0, 0]
    assert (person.keypoints[0].x, person.keypoints[0].y) == (25, 25)
    write(tmp_path / "out", dataset, tmp_path)
    assert (tmp_path / "out/images/train/a.png").is_file()


def test_keypoints_without_names_take_those_that_are_said(tmp_path: Path) -> None:
    dataset = read(coco8(tmp_path), skeleton=builtin_skeleton())
    assert dataset.skeleton == builtin_skeleton()
    with pytest.raises(FormatError, match="has 17 keypoints, but hand-21 has 21"):
        read(tmp_path / "coco8-pose.yaml", skeleton=builtin_skeleton("hand-21"))


def test_rows_of_other_classes_come_out_again(tmp_path: Path) -> None:
    path = coco8(tmp_path / "in", COCO8.replace("0: person", "0: person\n  1: dog"))
    label = tmp_path / "in/labels/val/000000000036.txt"
    dog = label.read_text().replace("0 0.67", "1 0.67", 1)
    label.write_text(label.read_text() + dog)
    dataset = read(path)
    assert len(dataset.images[1].annotation.people) == 1
    write(tmp_path / "out", dataset)
    written = (tmp_path / "out/labels/val/000000000036.txt").read_text()
    assert written.splitlines()[1] == dog.strip()
    names = yaml.safe_load((tmp_path / "out/data.yaml").read_text())["names"]
    assert names == {0: "person", 1: "dog"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("0 0.5 0.5", "036.txt, line 1: 3 numbers, not a class, a box and 3 for each of the 17"),
        ("x" + " 0.5" * 55, "line 1: could not convert string to float: 'x'"),
        ("0" + " 0.5" * 55, "line 1: the visibility 0.5"),
        ("0 240 0.5 0.1 0.1" + " 0 0 0" * 17, "line 1: 240 is no share of the image"),
        ("0 nan 0.5 0.1 0.1" + " 0 0 0" * 17, "line 1: nan is no share of the image"),
        ("0 0.5 0.5 -0.1 0.1" + " 0 0 0" * 17, "line 1: the box has a negative size"),
        ("7 0.5 0.5 0.1 0.1" + " 0 0 0" * 17, "class 7 of row 1 is none of"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, row: str, words: str) -> None:
    path = coco8(tmp_path)
    (tmp_path / "labels/val/000000000036.txt").write_text(row + "\n")
    with pytest.raises(FormatError, match=words):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[17, 3]", "[17, 4]", "kpt_shape is"),
        ("  0: person", "  0: dog\n  1: cat", r"several classes \(dog, cat\)"),
        ("0, 2, 1, 4", "0, 2, 3, 4", "flip_idx does not exchange"),
        ("images/val ", "images/gone ", "names images/gone, which is not in"),
        ("names:", "names: [", "is not valid YAML"),
    ],
)
def test_a_data_yaml_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = coco8(tmp_path, COCO8.replace(old, new, 1))
    with pytest.raises(FormatError, match=words) as caught:
        read(path)
    assert "coco8-pose.yaml" in caught.value.message


def test_a_label_without_its_image_is_named(tmp_path: Path) -> None:
    path = coco8(tmp_path)
    (tmp_path / "labels/val/lost.txt").write_text("")
    with pytest.raises(FormatError, match=r"lost\.txt has no image of its name"):
        read(path)


def test_an_image_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = coco8(tmp_path)
    (tmp_path / "images/val/b.png").write_bytes(b"no picture")
    with pytest.raises(ClickPoseError, match=r"b\.png"):
        read(path)


def test_what_yolo_cannot_hold_is_named(tmp_path: Path) -> None:
    keypoints = (
        Keypoint(5, 5),
        Keypoint(50.5, 5, Visibility.OCCLUDED, Source.HUMAN),
        Keypoint(90, 5, Visibility.VISIBLE, Source.HUMAN, 0.5),
        Keypoint(1, 1, Visibility.UNLABELLED),
    )
    people = (
        Person("a", keypoints, Box(-1, 0, 20, 20), extra={"colour": "red"}),
        Person("b", (), Box(0, 0, 9, 9), is_crowd=True),
        Person("c", (keypoints[3],) * 4, Box(60, 60, 70, 70)),
    )
    image = DatasetImage(1, "a.png", 50, 50, ImageAnnotation(people, note="?"))
    said = " ".join(write(tmp_path / "out", Dataset(BEE, (image,))))
    for words in (
        "notes of reviewers (1)",
        "scores of people (1)",
        "that a joint was predicted (1)",
        "further fields of people (1)",
        "less than a pixel outside the image; they are at its edge (1)",
        "joints outside the image; they are not labelled there (1)",
        "boxes that reach out of the image; they are cut off (1)",
        "crowd regions (1)",
        "people outside their image (1)",
        "nobody said where they are",
    ):
        assert words in said
    (row,) = (tmp_path / "out/labels/train/a.txt").read_text().splitlines()
    assert row == "0 0.2 0.2 0.4 0.4 0.1 0.1 2 1.0 0.1 1 0 0 0 0 0 0"


def test_nothing_is_written_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FormatError, match="is there already and not empty"):
        write(tmp_path, Dataset(BEE, ()))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_two_images_that_would_share_a_label_file_are_named(tmp_path: Path) -> None:
    images = tuple(
        DatasetImage(n, name, 9, 9, ImageAnnotation()) for n, name in enumerate(("a.png", "a.jpg"))
    )
    with pytest.raises(FormatError, match=r"a\.png and a\.jpg would share"):
        write(tmp_path / "out", Dataset(BEE, images))
    assert list(tmp_path.iterdir()) == []
