"""One person or image as an entry of a COCO file, by the rules that coco_writer() states."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, TypeGuard

import msgspec

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import AREA_OF_BOX, Box
from clickpose_app.errors import Words
from clickpose_app.formats.coco_schema import NOT_LABELLED, SOURCE_LETTERS, Flaw, plain_file_name
from clickpose_app.formats.dataset import DatasetImage, inferred_state
from clickpose_app.storage.json_text import quick_text

# Fields of an imported annotation that we replace or, as "ignore", must not write.
_NOT_COPIED = frozenset({"id", "area", "bbox", "segmentation", "ignore"})


def image_entry(image: DatasetImage, annotation: ImageAnnotation) -> dict[str, Any]:
    """The entry of an image, of which annotation says who is on it.

    Raises:
        Flaw: naming the field that is not valid.
    """
    if plain_file_name(image.file_name) != image.file_name:
        raise Flaw("file_name", Words("must be in its plain form, with forward slashes"))
    try:
        image.file_name.encode()
    except UnicodeEncodeError as error:
        raise Flaw("file_name", Words("cannot be written as UTF-8")) from error
    for name, size in (("width", image.width), ("height", image.height)):
        if size < 1:
            raise Flaw(name, Words("must be above 0, not {size}", size=size))
    entry = {
        "id": image.id,
        "file_name": image.file_name,
        "width": image.width,
        "height": image.height,
    }
    if annotation.state is not inferred_state(annotation.people):
        entry["clickpose_state"] = annotation.state.value
    return entry | {name: v for name, v in image.extra.items() if name not in entry}


def person_entry(
    person: Person, *, image_id: int, category_id: int, keypoint_count: int, shift: float = 0.0
) -> dict[str, Any]:
    """The entry of a person, without an id; fields that we do not know are msgspec.Raw.

    Raises:
        Flaw: naming the field that is not valid.
        ValueError: if an unknown field holds NaN or Infinity.
    """
    # An ignore region may have no keypoints at all.
    nothing = (Keypoint(0, 0, Visibility.UNLABELLED),) * keypoint_count
    keypoints = person.keypoints or nothing
    if len(keypoints) != keypoint_count:
        raise Flaw(
            "keypoints",
            Words(
                "are {number}, not {keypoint_count} as in the skeleton",
                number=len(keypoints),
                keypoint_count=keypoint_count,
            ),
        )
    bbox, area = bbox_and_area(person)
    flat = flat_keypoints(keypoints, shift)
    entry: dict[str, Any] = {
        "image_id": image_id,
        "category_id": category_id,
        "bbox": bbox,
        "area": area,
        "iscrowd": int(person.is_crowd),
        "num_keypoints": keypoint_count - flat[2::3].count(0),
        "keypoints": flat,
        "keypoint_sources": source_letters(keypoints),
    }
    scores = [k.confidence for k in keypoints if k.confidence is not None]
    if scores:
        entry["keypoint_scores"] = [k.confidence for k in keypoints]
    if person.score is not None:
        entry["score"] = person.score
        scores.append(person.score)
    if person.box_source is not (Source.HUMAN if person.score is None else Source.PREDICTED):
        entry["bbox_source"] = person.box_source.value
    if not (_finite(flat) and _finite((*bbox, area, *scores))):
        raise Flaw(
            "",
            Words(
                "person {person} has NaN or Infinity, which JSON does not have", person=person.id
            ),
        )
    return entry | _unknown_fields(person, entry)


def source_letters(keypoints: Sequence[Keypoint]) -> str:
    """Who placed each keypoint, a letter each."""
    human, predicted = SOURCE_LETTERS[Source.HUMAN], SOURCE_LETTERS[Source.PREDICTED]
    by_hand = Source.HUMAN
    return "".join(
        [
            (human if k.source is by_hand else predicted) if k.visibility else NOT_LABELLED
            for k in keypoints
        ]
    )


def _unknown_fields(person: Person, entry: dict[str, Any]) -> dict[str, Any]:
    fields = {
        name: value
        for name, value in person.extra.items()
        if name not in entry and name not in _NOT_COPIED
    }
    segmentation = valid_segmentation(person.extra.get("segmentation"))
    if segmentation:
        fields["segmentation"] = segmentation
    return {name: msgspec.Raw(json_text(value)) for name, value in fields.items()}


def _finite(numbers: Sequence[float]) -> bool:
    """Whether none is NaN or infinite; adding them up tells, unless they are very large."""
    return math.isfinite(sum(numbers)) or all(map(math.isfinite, numbers))


def flat_keypoints(keypoints: Sequence[Keypoint], shift: float = 0.0) -> list[float]:
    """Keypoints as COCO has them: x, y, v one after another, zeros for what is not labelled."""
    flat: list[float] = []
    for keypoint in keypoints:
        if keypoint.visibility:
            flat += (float(keypoint.x + shift), float(keypoint.y + shift), keypoint.visibility)
        else:
            flat += (0.0, 0.0, 0)
    return flat


def bbox_and_area(person: Person) -> tuple[list[float], float]:
    """A person's box as xywh with an extent, and the area; see coco_writer() for the rules."""
    imported, area = person.extra.get("bbox"), person.extra.get("area")
    bbox = [float(value) for value in person.box.xywh]
    if _is_bbox(imported) and Box.from_xywh(*imported) == person.box:
        # Corner plus size minus corner is not always the size that was written.
        bbox = [float(value) for value in imported]
    else:
        area = None
    if not (bbox[2] > 0 and bbox[3] > 0):
        bbox = [float(value) for value in _with_extent(person).xywh]
    if isinstance(area, int | float) and area > 0:
        return bbox, float(area)
    # The area of a speck may round to zero.
    return bbox, AREA_OF_BOX * bbox[2] * bbox[3] or min(bbox[2:])


def valid_segmentation(segmentation: object) -> object:
    """What of an imported segmentation consumers can read: whole polygons, or run lengths."""
    if isinstance(segmentation, list):
        return [
            polygon
            for polygon in segmentation
            if isinstance(polygon, list) and len(polygon) >= 6 and len(polygon) % 2 == 0
        ]
    if isinstance(segmentation, dict) and {"counts", "size"} <= segmentation.keys():
        return segmentation
    return None


def _is_bbox(value: object) -> TypeGuard[list[float]]:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(type(number) in (int, float) for number in value)
    )


def _with_extent(person: Person) -> Box:
    box = person.box
    if box.width > 0 and box.height > 0:
        return box
    box = box.grown_to(person.xy[person.labelled])
    wider = 0.0 if box.width > 0 else 0.5
    higher = 0.0 if box.height > 0 else 0.5
    box = Box(box.x1 - wider, box.y1 - higher, box.x2 + wider, box.y2 + higher)
    if not (box.width > 0 and box.height > 0):
        raise Flaw("bbox", Words("of person {person} has no extent", person=person.id))
    return box


def json_text(value: object) -> bytes:
    """JSON; ValueError for what JSON or UTF-8 cannot hold."""
    text = quick_text(value)
    if text is not None:
        return text
    return json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
