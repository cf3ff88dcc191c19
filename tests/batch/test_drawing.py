"""Poses drawn into pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from clickpose_app.batch.drawing import draw_people
from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, Visibility
from clickpose_app.core.predictor import ImageArray
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import FakePredictor

SKELETON = builtin_skeleton()
LEFT_WRIST, RIGHT_WRIST = 9, 10


@pytest.fixture
def image() -> ImageArray:
    return np.zeros((400, 500, 3), dtype=np.uint8)


@pytest.fixture
def annotation(image: ImageArray) -> ImageAnnotation:
    predictor = FakePredictor()
    poses = predictor.detect(predictor.encode(image))
    return edits.predicted_annotation(poses, score_threshold=0.9)


def colour_at(image: ImageArray, annotation: ImageAnnotation, k: int) -> tuple[int, ...]:
    keypoint = annotation.people[0].keypoints[k]
    return tuple(int(v) for v in image[int(keypoint.y), int(keypoint.x)])


def test_left_is_blue_and_right_is_orange(image: ImageArray, annotation: ImageAnnotation) -> None:
    drawn = draw_people(image, annotation.people, SKELETON)
    red, _, blue = colour_at(drawn, annotation, LEFT_WRIST)
    assert blue > 200 > red
    red, _, blue = colour_at(drawn, annotation, RIGHT_WRIST)
    assert red > 200 > blue


def test_the_image_itself_stays_as_it_was(image: ImageArray, annotation: ImageAnnotation) -> None:
    before = image.copy()
    draw_people(image, annotation.people, SKELETON)
    assert (image == before).all()


def test_an_unlabelled_joint_is_not_drawn(image: ImageArray, annotation: ImageAnnotation) -> None:
    person = annotation.people[0]
    hidden = tuple(replace(k, visibility=Visibility.UNLABELLED) for k in person.keypoints)
    drawn = draw_people(image, [replace(person, keypoints=hidden)], SKELETON)
    assert colour_at(drawn, annotation, LEFT_WRIST) == (0, 0, 0)


@pytest.mark.parametrize("pinned", [False, True])
def test_an_occluded_joint_looks_unlike_a_visible_one(
    image: ImageArray, annotation: ImageAnnotation, pinned: bool
) -> None:
    person = annotation.people[0]
    if pinned:
        x, y = person.xy[LEFT_WRIST]
        annotation = edits.move_keypoint(annotation, person.id, LEFT_WRIST, x, y)
    occluded = edits.set_visibility(annotation, person.id, LEFT_WRIST, Visibility.OCCLUDED)
    seen = draw_people(image, annotation.people, SKELETON)
    hollow = draw_people(image, occluded.people, SKELETON)
    assert (seen != hollow).any()
