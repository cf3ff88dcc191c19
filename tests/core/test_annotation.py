from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
    new_person_id,
)
from clickpose_app.core.geometry import Box

BOX = Box(0, 0, 10, 10)
PERSON = Person(
    "anna",
    (
        Keypoint(1, 2),
        Keypoint(3, 4, Visibility.OCCLUDED, Source.HUMAN),
        Keypoint(5, 6, Visibility.UNLABELLED),
    ),
    BOX,
)


def test_a_person_gives_its_keypoints_as_arrays() -> None:
    assert PERSON.xy.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert PERSON.labelled.tolist() == [True, True, False]
    assert PERSON.pinned.tolist() == [False, True, False]


def test_a_person_without_keypoints_gives_empty_arrays() -> None:
    crowd = Person("crowd", (), BOX, is_crowd=True)
    assert crowd.xy.shape == (0, 2)
    assert crowd.labelled.shape == crowd.pinned.shape == (0,)


def test_visibilities_are_cocos_numbers() -> None:
    assert [Visibility.UNLABELLED, Visibility.OCCLUDED, Visibility.VISIBLE] == [0, 1, 2]


def test_a_new_annotation_is_empty_and_new() -> None:
    assert ImageAnnotation() == ImageAnnotation((), ImageState.NEW)


def test_a_person_is_found_by_id() -> None:
    bert = Person("bert", (), BOX)
    assert ImageAnnotation((PERSON, bert)).person("bert") is bert


def test_an_unknown_person_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        ImageAnnotation((PERSON,)).person("nobody")


def test_values_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        PERSON.keypoints[0].__setattr__("x", 9.0)


def test_person_ids_do_not_repeat() -> None:
    assert len({new_person_id() for _ in range(1000)}) == 1000
