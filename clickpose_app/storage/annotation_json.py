"""Annotations and other values as the JSON text inside a project file, exact to the last bit.

The standard encoder writes, because it refuses NaN (msgspec would turn it into null) and
keeps integers of any length; msgspec reads and checks the shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton

_KeypointRow = tuple[float, float, Visibility, Source, float | None]


class _PersonRow(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    keypoints: list[_KeypointRow]
    box: tuple[float, float, float, float]
    box_source: Source
    score: float | None
    is_crowd: bool
    extra: msgspec.Raw


_people_decoder = msgspec.json.Decoder(list[_PersonRow])
_skeleton_decoder = msgspec.json.Decoder(Skeleton)


def encode_people(annotation: ImageAnnotation) -> str:
    """The people of an image as JSON; ValueError for NaN, infinity or what JSON cannot hold."""
    return _encode([_person_row(person) for person in annotation.people])


def decode_people(text: str) -> tuple[Person, ...]:
    """The people that encode_people wrote; ValueError if the text is damaged."""
    return tuple(_person(row) for row in _people_decoder.decode(text))


def encode_skeleton(skeleton: Skeleton) -> str:
    """A skeleton as JSON."""
    return msgspec.json.encode(skeleton).decode()


def decode_skeleton(text: str) -> Skeleton:
    """The skeleton that encode_skeleton wrote; ValueError if the text is damaged."""
    return _skeleton_decoder.decode(text)


def encode_mapping(mapping: Mapping[str, Any]) -> str:
    """Any JSON object as text; ValueError for NaN, infinity or what JSON cannot hold."""
    return _encode(dict(mapping))


def decode_mapping(text: str) -> dict[str, Any]:
    """The object that encode_mapping wrote; ValueError if the text is damaged."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _encode(value: object) -> str:
    try:
        # ASCII only, because a lone surrogate in an imported text is no valid UTF-8.
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _person_row(person: Person) -> dict[str, object]:
    box = person.box
    return {
        "id": person.id,
        "keypoints": [
            (k.x, k.y, int(k.visibility), k.source.value, k.confidence) for k in person.keypoints
        ],
        "box": (box.x1, box.y1, box.x2, box.y2),
        "box_source": person.box_source.value,
        "score": person.score,
        "is_crowd": person.is_crowd,
        "extra": dict(person.extra),
    }


def _person(row: _PersonRow) -> Person:
    return Person(
        id=row.id,
        keypoints=tuple(Keypoint(*keypoint) for keypoint in row.keypoints),
        box=Box(*row.box),
        box_source=row.box_source,
        score=row.score,
        is_crowd=row.is_crowd,
        extra=decode_mapping(bytes(row.extra).decode()),
    )
