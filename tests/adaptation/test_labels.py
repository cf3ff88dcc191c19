"""Labelled images to learn from, wherever they lie."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from clickpose_app.adaptation.labels import read_labels
from clickpose_app.adaptation.reducing import KEPT_SIDE, reduced
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person, Source
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.project import Project
from clickpose_app.training.data_samples import PhotoFile, decode
from tests.adaptation.creatures import JOINTS, write_creatures


def test_images_in_a_folder_and_in_a_tar_shard_are_the_same(tmp_path: Path) -> None:
    path = write_creatures(tmp_path)
    beside, packed = read_labels(path), read_labels(path, [tmp_path / "creatures.tar"])
    assert beside.skeleton.keypoints == JOINTS and len(beside.samples) == 6
    for a, b in zip(beside.samples, packed.samples, strict=True):
        assert a.photo.path != b.photo.path
        np.testing.assert_array_equal(decode(a, halved=False), decode(b, halved=False))
        np.testing.assert_array_equal(a.keypoints, b.keypoints)


def test_images_that_are_nowhere_are_named(tmp_path: Path) -> None:
    path = write_creatures(tmp_path)
    (tmp_path / "fish 2 ü.png").unlink()
    with pytest.raises(FormatError, match=r"1 of 6 images .* fish 2 ü\.png"):
        read_labels(path)


def test_a_shard_that_is_no_tar_is_named(tmp_path: Path) -> None:
    path = write_creatures(tmp_path)
    (tmp_path / "broken.tar").write_bytes(b"no tar at all" * 100)
    with pytest.raises(FormatError, match=r"broken\.tar cannot be read"):
        read_labels(path, [tmp_path / "broken.tar"])


def test_too_few_labelled_images_are_refused(tmp_path: Path) -> None:
    path = write_creatures(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["annotations"] = content["annotations"][:3]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ClickPoseError, match="labelled images: 3; at least 4"):
        read_labels(path)


def test_of_a_project_only_what_somebody_worked_on_counts(tmp_path: Path) -> None:
    dataset = read_coco(write_creatures(tmp_path))
    path = tmp_path / "fish.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=dataset.skeleton) as project:
        project.add_images([(image.file_name, None, None) for image in dataset.images])
        for number, image in enumerate(dataset.images, start=1):
            state = ImageState.PREDICTED if number == 1 else ImageState.EDITED
            project.write(number, replace(image.annotation, state=state))
    labels = read_labels(path)
    assert [sample.name for sample in labels.samples] == [
        image.file_name for image in dataset.images[1:]
    ]
    assert labels.samples[0].human.all()


def test_whom_nobody_touched_on_an_edited_image_is_a_region_to_ignore(tmp_path: Path) -> None:
    dataset = read_coco(write_creatures(tmp_path))
    path = tmp_path / "fish.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=dataset.skeleton) as project:
        project.add_images([(image.file_name, 96, 96) for image in dataset.images])
        for number, image in enumerate(dataset.images, start=1):
            (made,) = image.annotation.people
            both = (made, untouched(made))
            project.write(number, ImageAnnotation(both, ImageState.EDITED))
    for sample in read_labels(path).samples:
        assert len(sample.boxes) == len(sample.ignore) == 1


def test_a_creature_that_a_hand_placed_has_the_box_of_its_joints_whatever_a_network_said(
    tmp_path: Path,
) -> None:
    dataset = read_coco(write_creatures(tmp_path))
    path = tmp_path / "fish.clickpose"
    drawn = Box(2.0, 3.0, 90.0, 80.0)
    with Project.create(path, image_root=tmp_path, skeleton=dataset.skeleton) as project:
        project.add_images([(image.file_name, 96, 96) for image in dataset.images])
        for number, image in enumerate(dataset.images, start=1):
            (made,) = image.annotation.people
            source = Source.HUMAN if number == 1 else Source.PREDICTED
            person = replace(made, box=drawn, box_source=source)
            project.write(number, ImageAnnotation((person,), ImageState.EDITED))
    first, *others = read_labels(path).samples
    assert first.boxes[0].tolist() == [2.0, 3.0, 90.0, 80.0]  # a person drew that one
    for sample in others:
        low, high = sample.keypoints[0].min(0), sample.keypoints[0].max(0)
        assert (sample.boxes[0, :2] <= low).all() and (sample.boxes[0, 2:] >= high).all()
        assert (low - sample.boxes[0, :2] < 10).all() and (sample.boxes[0, 2:] - high < 10).all()


def untouched(person: Person) -> Person:
    points = tuple(replace(k, source=Source.PREDICTED) for k in person.keypoints)
    return replace(person, id="other", keypoints=points, score=0.9, extra={})


def test_large_photos_are_reduced_once_with_their_labels(tmp_path: Path) -> None:
    sample = read_labels(write_creatures(tmp_path)).samples[0]
    pixels = cv2.resize(decode(sample, halved=False), None, fx=16, fy=16)
    cv2.imwrite(str(tmp_path / "large.png"), pixels)
    large = replace(
        sample,
        photo=PhotoFile(tmp_path / "large.png"),
        width=96 * 16,
        height=96 * 16,
        boxes=sample.boxes * 16,
        keypoints=sample.keypoints * 16,
    )
    small, same = reduced([large, sample], tmp_path / "photos")
    assert same is sample
    assert (small.boxes[0, 2:] - small.boxes[0, :2]).max() == pytest.approx(KEPT_SIDE, rel=0.01)
    assert decode(small, halved=False).shape == (small.height, small.width, 3)
    scale = small.width / sample.width
    np.testing.assert_allclose(small.keypoints, sample.keypoints * scale, rtol=1e-4)
