"""The parts of a person that COCO-WholeBody keeps in fields of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_check_person import WHOLE_BODY, is_number
from clickpose_app.formats.coco_entries import flat_keypoints, source_letters
from clickpose_app.formats.coco_schema import LETTER_SOURCES, NOT_LABELLED

BODY = 17
"""Keypoints that plain COCO has as well; they come first."""

# Ours: who placed the further keypoints, and how certain a network was of each.
_SOURCES = "whole_body_sources"
_SCORES = "whole_body_scores"


@dataclass(frozen=True)
class _Part:
    """A run of keypoints and the fields that speak about it."""

    field: str
    first: int
    count: int

    @property
    def name(self) -> str:
        return self.field.removesuffix("_kpts")

    def of(self, keypoints: Sequence[Keypoint]) -> Sequence[Keypoint]:
        return keypoints[self.first : self.first + self.count]


def _parts() -> Iterator[_Part]:
    first = BODY
    for field, count in WHOLE_BODY.items():
        yield _Part(field, first, count)
        first += count


_PARTS = tuple(_parts())
_FURTHER = sum(part.count for part in _PARTS)


def whole_person(path: Path, person: Person) -> Person:
    """A person of the body's keypoints with the parts that the fields beside them hold.

    Raises:
        FormatError: naming file, annotation and field of a part that cannot be read.
    """
    extra = dict(person.extra)
    where = Words("{path}: annotation {id}", path=path, id=extra.get("id"))
    middle = ((person.box.x1 + person.box.x2) / 2, (person.box.y1 + person.box.y2) / 2)
    sources = _letters(extra)
    scores = _scores(extra)
    assumed = Source.HUMAN if person.score is None else Source.PREDICTED
    further: list[Keypoint] = []
    for part in _PARTS:
        for x, y, v in _triples(where, part, extra.pop(part.field, None)):
            k = len(further)
            if not v:
                further.append(Keypoint(*middle, Visibility.UNLABELLED, confidence=scores[k]))
                continue
            whole = v in (Visibility.OCCLUDED, Visibility.VISIBLE)
            seen = Visibility(int(v)) if whole else Visibility.VISIBLE
            confidence = scores[k] if whole or scores[k] is not None else min(v, 1.0)
            by = LETTER_SOURCES.get(sources[k], assumed)
            further.append(Keypoint(x, y, seen, by, confidence))
        labelled = any(k.labelled for k in further[-part.count :])
        if extra.get(f"{part.name}_valid") is labelled:
            del extra[f"{part.name}_valid"]
    if not person.keypoints and not any(k.labelled for k in further):
        return replace(person, extra=extra)  # a region to ignore
    body = person.keypoints or (Keypoint(*middle, Visibility.UNLABELLED),) * BODY
    return replace(person, keypoints=(*body, *further), extra=extra)


def body_person(person: Person) -> Person:
    """The person with the body's keypoints, and the parts in fields beside them."""
    if not person.keypoints:
        return person
    extra = dict(person.extra)
    for part in _PARTS:
        keypoints = part.of(person.keypoints)
        extra[part.field] = _flat(keypoints)
        extra.setdefault(f"{part.name}_valid", any(k.labelled for k in keypoints))
        if part.name != "foot":
            extra[f"{part.name}_box"] = _box(keypoints, extra.get(f"{part.name}_box"))
    further = person.keypoints[BODY:]
    extra[_SOURCES] = source_letters(further)
    scores = [None if _is_fraction(k) else k.confidence for k in further]
    if any(score is not None for score in scores):
        extra[_SCORES] = scores
    return replace(person, keypoints=person.keypoints[:BODY], extra=extra)


def _triples(where: Words, part: _Part, flat: Any) -> Iterator[tuple[float, float, float]]:
    if flat is None:
        flat = [0] * (3 * part.count)
    if not isinstance(flat, list) or len(flat) != 3 * part.count or not all(map(is_number, flat)):
        raise FormatError(
            Words(
                "{where}: {field} is not 3 numbers for each of its {count}.",
                where=where,
                field=part.field,
                count=part.count,
            )
        )
    for x, y, v in zip(flat[0::3], flat[1::3], flat[2::3], strict=True):
        if not 0 <= v <= max(Visibility):
            raise FormatError(
                Words(
                    "{where}: {field} has the visibility {v:g}; it must be between 0 and 2.",
                    where=where,
                    field=part.field,
                    v=v,
                )
            )
        yield float(x), float(y), float(v)


def _is_fraction(keypoint: Keypoint) -> bool:
    """Whether the data set itself would write the confidence in place of the visibility."""
    certain = keypoint.confidence
    visible = keypoint.visibility is Visibility.VISIBLE
    return visible and keypoint.pinned and certain is not None and 0 < certain < 1


def _flat(keypoints: Sequence[Keypoint]) -> list[float]:
    flat = flat_keypoints(keypoints)
    for k, keypoint in enumerate(keypoints):
        if _is_fraction(keypoint) and keypoint.confidence is not None:
            flat[3 * k + 2] = keypoint.confidence
    return flat


def _box(keypoints: Sequence[Keypoint], imported: Any) -> list[float]:
    """Box of a part as xywh: the imported one as long as the part lies in it, within a pixel."""
    known = isinstance(imported, list) and len(imported) == 4 and all(map(is_number, imported))
    x, y, w, h = imported if known else (0.0, 0.0, 0.0, 0.0)
    labelled = [k for k in keypoints if k.labelled]
    if all(-1 <= k.x - x <= w + 1 and -1 <= k.y - y <= h + 1 for k in labelled):
        return [x, y, w, h]
    xs, ys = [float(k.x) for k in labelled], [float(k.y) for k in labelled]
    return [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]


def _letters(extra: dict[str, Any]) -> str:
    letters = extra.get(_SOURCES)
    if not isinstance(letters, str) or len(letters) != _FURTHER:
        return NOT_LABELLED * _FURTHER
    del extra[_SOURCES]
    return letters


def _scores(extra: dict[str, Any]) -> list[float | None]:
    scores = extra.get(_SCORES)
    if (
        not isinstance(scores, list)
        or len(scores) != _FURTHER
        or not all(score is None or is_number(score) for score in scores)
    ):
        return [None] * _FURTHER
    del extra[_SCORES]
    return [None if score is None else float(score) for score in scores]
