from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.storage.annotation_json import (
    decode_mapping,
    decode_people,
    decode_skeleton,
    encode_mapping,
    encode_people,
    encode_skeleton,
)
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.strategies import image_annotations

PERSON = Person("anna", (Keypoint(1, 2),), Box(0, 0, 5, 5))
NAN, INFINITY = float("nan"), float("inf")


@given(image_annotations())
def test_people_come_back_exactly_as_they_were(image: ImageAnnotation) -> None:
    # As text, which tells -0.0 from 0.0 and 1 from 1.0, and every float from its neighbours.
    assert repr(decode_people(encode_people(image))) == repr(image.people)


@pytest.mark.parametrize(
    "person",
    [
        replace(PERSON, keypoints=(Keypoint(NAN, 2),)),
        replace(PERSON, keypoints=(Keypoint(1, -INFINITY),)),
        replace(PERSON, keypoints=(Keypoint(1, 2, confidence=NAN),)),
        replace(PERSON, box=Box(0, 0, INFINITY, 5)),
        replace(PERSON, score=NAN),
        replace(PERSON, extra={"area": [1.0, {"deep": NAN}]}),
        replace(PERSON, extra={"when": object()}),
    ],
)
def test_what_json_cannot_hold_is_refused(person: Person) -> None:
    with pytest.raises(ValueError):
        encode_people(ImageAnnotation((person,)))


@pytest.mark.parametrize(
    "value", [2**64, -(2**200), 5e-324, -0.0, 0.1 + 0.2, "ü\ud800\x00", [[], {}, None, True]]
)
def test_unknown_fields_keep_every_value(value: Any) -> None:
    assert repr(decode_mapping(encode_mapping({"x": value}))) == repr({"x": value})


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[",
        "{}",
        "[{}]",
        encode_people(ImageAnnotation((PERSON,))).replace("human", "dog").replace("pre", "x"),
        encode_people(ImageAnnotation((PERSON,))).replace('"anna"', "7"),
        encode_people(ImageAnnotation((PERSON,))).replace('"extra":{}', '"extra":[]'),
    ],
)
def test_damaged_people_are_a_value_error(damaged: str) -> None:
    with pytest.raises(ValueError):
        decode_people(damaged)


def test_a_skeleton_comes_back() -> None:
    assert decode_skeleton(encode_skeleton(builtin_skeleton())) == builtin_skeleton()


def test_a_skeleton_that_contradicts_itself_is_a_value_error() -> None:
    text = encode_skeleton(builtin_skeleton()).replace('"left_eye"', '"nose"')
    with pytest.raises(ValueError, match="unique"):
        decode_skeleton(text)
