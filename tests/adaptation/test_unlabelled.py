"""Pictures without labels, from which the averaged network teaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from clickpose_app.adaptation.labels import Labels, read_labels
from clickpose_app.adaptation.unlabelled import Sureness, sure_samples, unlabelled_images
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, ImageArray, PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError
from tests.adaptation.creatures import SIDE, write_creatures

POSE = np.array([[30.0, 20.0], [20.0, 40.0], [40.0, 40.0], [30.0, 60.0]])


class Teacher:
    """Sees the same pose in every picture, and one joint elsewhere in mirrored ones."""

    description = "a teacher"

    def __init__(self, skeleton: Skeleton, score: float = 0.9) -> None:
        self.skeleton, self.score = skeleton, score
        self.first: Any = None

    def encode(self, image: ImageArray) -> EncodedImage:
        return Seen(image)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        assert isinstance(encoded, Seen)
        keypoints = POSE.copy()
        if self.first is None:
            self.first = encoded.image.copy()
        elif not np.array_equal(encoded.image, self.first):
            twins = list(self.skeleton.mirrored)
            keypoints = POSE[twins] * [-1, 1] + [SIDE, 0]
            keypoints[3] += 15
        box = Box(18, 18, 42, 62)
        return (PredictedPose(keypoints, np.ones(4), box, self.score),)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        raise NotImplementedError

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        raise NotImplementedError


class Seen:
    """An image that a teacher has looked at."""

    nbytes = 0

    def __init__(self, image: ImageArray) -> None:
        self.image = image


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    return read_labels(write_creatures(tmp_path))


def test_only_joints_on_which_both_views_agree_are_learned(tmp_path: Path, labels: Labels) -> None:
    picture = tmp_path / "fish 1 ü.png"
    (sample,), failures = sure_samples(Teacher(labels.skeleton), [picture], lambda: False)
    assert sample.visibility[0].tolist() == [2, 2, 2, 0] and not failures
    assert not sample.human.any()
    np.testing.assert_allclose(sample.keypoints[0, :3], POSE[:3], atol=1e-3)


def test_of_whom_the_teacher_is_unsure_nothing_is_learned(tmp_path: Path, labels: Labels) -> None:
    picture = tmp_path / "fish 1 ü.png"
    samples, _ = sure_samples(Teacher(labels.skeleton, 0.3), [picture], lambda: False)
    assert samples == []
    less = Sureness(sure=0.25, doubtful=0.1)
    samples, _ = sure_samples(Teacher(labels.skeleton, 0.3), [picture], lambda: False, less)
    assert len(samples) == 1


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path, labels: Labels) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"not a picture")
    samples, failures = sure_samples(Teacher(labels.skeleton), [broken], lambda: False)
    assert samples == [] and "broken.png" in failures[0]


def test_labelled_pictures_are_not_taken_for_unlabelled_ones(
    tmp_path: Path, labels: Labels
) -> None:
    with pytest.raises(ClickPoseError, match="no pictures beside the labelled ones"):
        unlabelled_images(tmp_path, labels.samples)
    cv2.imwrite(str(tmp_path / "new.png"), np.zeros((8, 8, 3), np.uint8))
    assert unlabelled_images(tmp_path, labels.samples) == [tmp_path / "new.png"]
    fewer = replace(labels, samples=labels.samples[1:])
    assert len(unlabelled_images(tmp_path, fewer.samples)) == 2
