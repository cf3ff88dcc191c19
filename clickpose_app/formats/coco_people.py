"""People of a COCO file: check their annotations, and build them when they are asked for."""

from __future__ import annotations

import uuid
from pathlib import Path

import msgspec
import numpy as np

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.errors import Words
from clickpose_app.formats.coco_category import Category
from clickpose_app.formats.coco_records import decode_record, flawed, numbered, unknown_fields
from clickpose_app.formats.coco_schema import (
    ANNOTATION_FIELDS,
    FARTHEST,
    LETTER_SOURCES,
    NOT_LABELLED,
    AnnotationRecord,
    Flaw,
)
from clickpose_app.formats.dataset import inferred_state
from clickpose_app.formats.person_fields import take_box_source, take_scores

_VISIBILITIES = {float(visibility): visibility for visibility in Visibility}

# Hexadecimal digits of a person's id: those of the file, and those of the annotation.
_PREFIX, _NUMBER = 20, 12

annotation_decoder = msgspec.json.Decoder(AnnotationRecord)


class PeopleBuilder:
    """Checks annotations of the one category, and turns their text into people."""

    def __init__(self, path: Path, category: Category, shift: float) -> None:
        """Build people of that category; shift is taken off each coordinate of a keypoint."""
        self._path = path
        self._order = category.order
        self._shift = shift
        # Ids that nobody else has, yet the same at each access.
        self._namespace = uuid.uuid4()
        self._prefix = self._namespace.hex[:_PREFIX]

    def check(self, row: AnnotationRecord) -> None:
        """Raise Flaw for what an annotation may not say."""
        count = len(self._order)
        if row.iscrowd not in (0, 1):
            raise Flaw("iscrowd", Words("must be 0 or 1, not {value}", value=row.iscrowd))
        if row.keypoints and len(row.keypoints) != 3 * count:
            raise Flaw(
                "keypoints",
                Words(
                    "has {numbers} numbers, not 3 for each of the {count} keypoints",
                    numbers=len(row.keypoints),
                    count=count,
                ),
            )
        for v in (row.keypoints or ())[2::3]:
            if v not in _VISIBILITIES:
                raise Flaw(
                    "keypoints", Words("has the visibility {v:g}; it must be 0, 1 or 2", v=v)
                )
        letters = row.keypoint_sources
        if letters is not None and (
            len(letters) != count or not set(letters) <= {*LETTER_SOURCES, NOT_LABELLED}
        ):
            raise Flaw(
                "keypoint_sources", Words("must be {count} letters, each h, p or -", count=count)
            )
        _check_box(row)

    def annotation(
        self, raws: tuple[msgspec.Raw, ...], state: ImageState | None
    ) -> ImageAnnotation:
        """The people in those texts, which have been checked."""
        people = tuple(self._person(raw) for raw in raws)
        return ImageAnnotation(people, state or inferred_state(people))

    def _person(self, raw: msgspec.Raw) -> Person:
        row: AnnotationRecord = decode_record(self._path, "annotation", 0, raw, annotation_decoder)
        try:
            extra = unknown_fields(raw, ANNOTATION_FIELDS)
        except Flaw as flaw:
            raise flawed(self._path, numbered("annotation", row.id), flaw) from flaw
        xywh = row.bbox or self._box_around(row.keypoints or []).xywh
        extra |= {"id": row.id, "bbox": list(xywh)}
        if row.area is not None:
            extra["area"] = row.area
        box = Box.from_xywh(*xywh)
        source = Source.HUMAN if row.score is None else Source.PREDICTED
        keypoints: tuple[Keypoint, ...] = ()
        # A region to ignore has none, whatever zeros are written for it.
        if not row.iscrowd or any((row.keypoints or ())[2::3]):
            keypoints = self._keypoints(row, box, source, take_scores(extra, len(self._order)))
        return Person(
            id=self._person_id(row.id),
            keypoints=keypoints,
            box=box,
            box_source=take_box_source(extra, source),
            score=row.score,
            is_crowd=bool(row.iscrowd),
            extra=extra,
        )

    def _person_id(self, annotation_id: int) -> str:
        if 0 <= annotation_id < 16**_NUMBER:
            return f"{self._prefix}{annotation_id:0{_NUMBER}x}"
        return uuid.uuid5(self._namespace, str(annotation_id)).hex

    def _keypoints(
        self, row: AnnotationRecord, box: Box, source: Source, scores: list[float | None]
    ) -> tuple[Keypoint, ...]:
        # What nobody has placed is PREDICTED, so that a network may place it.
        unknown = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED)
        flat = row.keypoints or [0.0] * (3 * len(self._order))
        letters, shift = row.keypoint_sources, self._shift
        # Most that are not labelled are alike, and one stands for all of them.
        nobody = Keypoint(*unknown, Source.PREDICTED)
        keypoints = []
        for k in self._order:
            v, score = flat[3 * k + 2], scores[k]
            if v:
                by = LETTER_SOURCES.get(letters[k], source) if letters else source
                x, y = flat[3 * k] - shift, flat[3 * k + 1] - shift
                keypoints.append(Keypoint(x, y, _VISIBILITIES[v], by, score))
            elif score is None:
                keypoints.append(nobody)
            else:
                keypoints.append(Keypoint(*unknown, Source.PREDICTED, score))
        return tuple(keypoints)

    def _box_around(self, flat: list[float]) -> Box:
        points = [
            (flat[i] - self._shift, flat[i + 1] - self._shift)
            for i in range(0, len(flat), 3)
            if flat[i + 2]
        ]
        return Box.around(np.array(points))


def _check_box(row: AnnotationRecord) -> None:
    if row.bbox is None:
        if not any((row.keypoints or ())[2::3]):
            raise Flaw("bbox", Words("is missing, and there are no keypoints to tell where it is"))
        return
    _, _, w, h = row.bbox
    if w < 0 or h < 0:
        raise Flaw("bbox", Words("has the size {w:g} x {h:g}; it must not be negative", w=w, h=h))
    if max(map(abs, row.bbox)) > FARTHEST:
        raise Flaw(
            "bbox",
            Words("has {number:g}, which is no number of pixels", number=max(row.bbox, key=abs)),
        )
