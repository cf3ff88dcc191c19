"""What ClickPose tells of a person beside places, as JSON fields that tools carry along.

The names are those of our COCO files, so that a field means the same in every format.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import Words
from clickpose_app.formats.coco_entries import json_text
from clickpose_app.formats.coco_schema import (
    FARTHEST,
    LETTER_SOURCES,
    NOT_LABELLED,
    SOURCE_LETTERS,
    Flaw,
)
from clickpose_app.formats.format import Losses

Places = Mapping[int, tuple[float, float, Visibility]]
"""x, y and visibility of the keypoints that a file has, by their index in the skeleton."""

PERSON_FIELDS = ("score", "iscrowd", "keypoint_sources", "keypoint_scores", "bbox_source")

_BOX_SOURCES = tuple(source.value for source in Source)


def person_fields(person: Person, losses: Losses) -> dict[str, Any]:
    """Score, crowd, sources and confidences, as far as they go without saying otherwise.

    What an imported file said besides comes along; see carried() for what cannot.
    """
    fields: dict[str, Any] = {}
    if person.score is not None:
        fields["score"] = person.score
    if person.is_crowd:
        fields["iscrowd"] = 1
    usual = _usual_source(person.score)
    labelled = [keypoint for keypoint in person.keypoints if keypoint.labelled]
    if any(keypoint.source is not usual for keypoint in labelled):
        fields["keypoint_sources"] = "".join(
            SOURCE_LETTERS[k.source] if k.labelled else NOT_LABELLED for k in person.keypoints
        )
    if any(keypoint.confidence is not None for keypoint in person.keypoints):
        fields["keypoint_scores"] = [keypoint.confidence for keypoint in person.keypoints]
    if person.box_source is not usual:
        fields["bbox_source"] = person.box_source.value
    return fields | carried(person.extra, PERSON_FIELDS, losses, Words("of people"))


def check_keypoints(person: Person, count: int) -> None:
    """Raise Flaw for a person who has another number of keypoints than the skeleton, or none."""
    if len(person.keypoints) not in (0, count):
        raise Flaw(
            "keypoints",
            Words("are {found}, not {count}", found=len(person.keypoints), count=count),
        )


def carried(
    extra: Mapping[str, Any], taken: Collection[str], losses: Losses, of_what: Words
) -> dict[str, Any]:
    """The unknown fields that fit beside fields of those names and into JSON."""
    fields = {}
    for name, value in extra.items():
        try:
            json_text({name: value})
        except (ValueError, TypeError, RecursionError):
            losses.note(
                Words(
                    "values of the field {name!r} {of_what} that JSON does not have",
                    name=name,
                    of_what=of_what,
                )
            )
            continue
        if name in taken:
            losses.note(
                Words("fields {of_what} that are called {name!r}", of_what=of_what, name=name)
            )
        else:
            fields[name] = value
    return fields


def built_person(
    person_id: str,
    count: int,
    places: Places,
    box: Box | None,
    fields: Mapping[str, Any],
) -> Person:
    """A person as a tool's file tells.

    Args:
        person_id: unique on the image.
        count: K, how many keypoints a person has.
        places: what the file says of keypoints; all others wait in the middle of the box.
        box: None if the file has none; then it goes around the labelled keypoints.
        fields: as person_fields() gives them, and any others.

    Raises:
        Flaw: naming the field that is wrong.
    """
    extra = dict(fields)
    score = _score(extra.pop("score", None))
    is_crowd = _is_crowd(extra.pop("iscrowd", 0))
    for x, y, _ in places.values():
        _check_number("points", x)
        _check_number("points", y)
    box = _box(box, places)
    usual = _usual_source(score)
    sources = _sources(extra, count, usual)
    scores = take_scores(extra, count)
    middle = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED)
    keypoints: tuple[Keypoint, ...] = ()
    # A region to ignore has none, whatever is written for it.
    if not is_crowd or any(visibility for _, _, visibility in places.values()):
        keypoints = tuple(
            Keypoint(x, y, v, sources[k] if v else Source.PREDICTED, scores[k])
            for k, (x, y, v) in enumerate(places.get(k, middle) for k in range(count))
        )
    return Person(person_id, keypoints, box, take_box_source(extra, usual), score, is_crowd, extra)


def _usual_source(score: float | None) -> Source:
    return Source.HUMAN if score is None else Source.PREDICTED


def _score(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Flaw("score", Words("must be a number, not {value}", value=repr(value)))
    return float(value)


def _is_crowd(value: object) -> bool:
    if not isinstance(value, int | float) or value not in (0, 1):
        raise Flaw("iscrowd", Words("must be 0 or 1, not {value}", value=repr(value)))
    return bool(value)


def _check_number(field: str | Words, value: float) -> None:
    if not abs(value) <= FARTHEST:
        raise Flaw(
            field, Words("has {number:g}, which is no number of pixels", number=float(value))
        )


def _box(box: Box | None, places: Places) -> Box:
    if box is None:
        labelled = [(x, y) for x, y, visibility in places.values() if visibility]
        if not labelled:
            raise Flaw("", Words("has neither a box nor keypoints to tell where it is"))
        return Box.around(np.array(labelled, dtype=np.float64))
    for value in (box.x1, box.y1, box.x2, box.y2):
        _check_number(Words("the box"), value)
    if box.x2 < box.x1 or box.y2 < box.y1:
        raise Flaw(
            Words("the box"),
            Words("has the size {width:g} x {height:g}", width=box.width, height=box.height),
        )
    return box


def _sources(extra: dict[str, Any], count: int, usual: Source) -> list[Source]:
    """Take who placed each keypoint out of the fields; Flaw if that is not what they say."""
    letters = extra.pop("keypoint_sources", None)
    if letters is None:
        return [usual] * count
    if (
        not isinstance(letters, str)
        or len(letters) != count
        or not set(letters) <= {*LETTER_SOURCES, NOT_LABELLED}
    ):
        raise Flaw(
            "keypoint_sources", Words("must be {count} letters, each h, p or -", count=count)
        )
    return [LETTER_SOURCES.get(letter, usual) for letter in letters]


def take_scores(extra: dict[str, Any], count: int) -> list[float | None]:
    """Take a confidence for each keypoint out of the fields, if that is what they hold."""
    scores = extra.get("keypoint_scores")
    if (
        not isinstance(scores, list)
        or len(scores) != count
        or not all(score is None or type(score) in (int, float) for score in scores)
    ):
        return [None] * count
    del extra["keypoint_scores"]
    return [None if score is None else float(score) for score in scores]


def take_box_source(extra: dict[str, Any], usual: Source) -> Source:
    """Take who drew the box out of the fields, if they say so in our words."""
    if extra.get("bbox_source") not in _BOX_SOURCES:
        return usual
    return Source(extra.pop("bbox_source"))
