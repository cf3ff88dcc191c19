"""Annotations and other values as the JSON text inside a project file, exact to the last bit.

Whatever may be NaN, infinite or no UTF-8 is left to the standard encoder, which refuses the
former and keeps the latter; msgspec writes the rest, and reads and checks the shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import starmap
from math import isfinite
from typing import Any

import msgspec

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.storage.json_text import exact_value, quick_text

_KeypointRow = tuple[float, float, Visibility, Source, float | None]


class _PersonRow(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    keypoints: list[_KeypointRow]
    box: tuple[float, float, float, float]
    box_source: Source
    score: float | None
    is_crowd: bool
    extra: msgspec.Raw


_encoder = msgspec.json.Encoder()
_people_decoder = msgspec.json.Decoder(list[_PersonRow])
_skeleton_decoder = msgspec.json.Decoder(Skeleton)


def encode_people(annotation: ImageAnnotation) -> str:
    """The people of an image as JSON; ValueError for NaN, infinity or what JSON cannot hold."""
    rows = [_person_row(person) for person in annotation.people]
    if all(map(_is_finite, annotation.people)):
        try:
            return _encoder.encode(rows).decode()
        except (TypeError, ValueError, OverflowError, RecursionError):
            pass  # numbers of another library, or too long ones
    return _encode(
        [row | {"extra": dict(p.extra)} for row, p in zip(rows, annotation.people, strict=True)]
    )


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
    return _mapping(text.encode())


def _mapping(text: bytes) -> dict[str, Any]:
    value = exact_value(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _encode(value: object) -> str:
    try:
        # ASCII only, because a lone surrogate in an imported text is no valid UTF-8.
        return json.dumps(value, allow_nan=False, separators=(",", ":"), default=_source_value)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _source_value(value: object) -> str:
    if isinstance(value, Source):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _is_finite(person: Person) -> bool:
    """Whether no number is NaN or infinite; large ones may be taken for that."""
    box = person.box
    total = box.x1 + box.y1 + box.x2 + box.y2 + (person.score or 0.0)
    for k in person.keypoints:
        total += k.x + k.y + (k.confidence or 0.0)
    return isfinite(total)


def _person_row(person: Person) -> dict[str, object]:
    box = person.box
    extra = quick_text(person.extra)
    return {
        "id": person.id,
        "keypoints": [(k.x, k.y, k.visibility, k.source, k.confidence) for k in person.keypoints],
        "box": (box.x1, box.y1, box.x2, box.y2),
        "box_source": person.box_source,
        "score": person.score,
        "is_crowd": person.is_crowd,
        "extra": msgspec.Raw(_encode(dict(person.extra)).encode() if extra is None else extra),
    }


def _person(row: _PersonRow) -> Person:
    return Person(
        id=row.id,
        keypoints=tuple(starmap(Keypoint, row.keypoints)),
        box=Box(*row.box),
        box_source=row.box_source,
        score=row.score,
        is_crowd=row.is_crowd,
        extra=_mapping(bytes(row.extra)),
    )
