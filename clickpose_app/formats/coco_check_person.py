"""What the consumers of COCO keypoint JSON expect of one annotation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeGuard

from clickpose_app.errors import Words

WHOLE_BODY = {"foot_kpts": 6, "face_kpts": 68, "lefthand_kpts": 21, "righthand_kpts": 21}
"""COCO-WholeBody's further keypoints of an annotation, and how many there are."""

# A box or joint may lie this far outside the picture before it is worth a word, in pixels.
_MARGIN = 1.0
_LEAST_POLYGON = 6
_LONGEST = 1024  # bits of a whole number, as in the largest float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that some consumer stumbles over.

    Attributes:
        where: the record, by its id.
        problem: the field and what is wrong with it.
        error: whether a consumer fails or reads it wrongly; otherwise it is worth a look.
    """

    where: Words
    problem: Words
    error: bool = True

    def __str__(self) -> str:
        """As one line."""
        return str(self.words)

    @property
    def words(self) -> Words:
        """As one line, for whoever translates it."""
        if self.error:
            return Words("error: {where}: {problem}", where=self.where, problem=self.problem)
        return Words("warning: {where}: {problem}", where=self.where, problem=self.problem)


@dataclass
class Seen:
    """What the annotations are checked against.

    Attributes:
        sizes: width and height of the images, by id; infinite where the file is wrong.
        keypoints: how many a person of a category has, by id.
        annotation_ids: of the annotations so far.
    """

    sizes: dict[int, tuple[float, float]]
    keypoints: dict[int, int]
    annotation_ids: set[int]


Say = Callable[..., Finding]
"""Makes a finding about the record at hand from its problem, and whether that is an error."""


def check_annotation(entry: dict[str, Any] | None, say: Say, seen: Seen) -> Iterator[Finding]:
    """Everything that is wrong with one annotation.

    Args:
        entry: the annotation; None if it is no object.
        say: makes a finding about it.
        seen: what was there before it; its id is added.
    """
    if entry is None:
        yield say(Words("is no object"))
        return
    annotation_id = entry.get("id")
    if not is_whole(annotation_id):
        yield say(Words("id is not a whole number"))
    elif annotation_id in seen.annotation_ids:
        yield say(Words("id is there twice"))
    else:
        seen.annotation_ids.add(annotation_id)
        if annotation_id < 1:
            yield say(Words("id is below 1: COCOeval counts a match with id 0 as a miss"))
    image_id, category_id = entry.get("image_id"), entry.get("category_id")
    size, count = (math.inf, math.inf), 0
    if is_whole(image_id) and image_id in seen.sizes:
        size = seen.sizes[image_id]
    else:
        yield say(Words("image_id {image_id} is none of the images", image_id=image_id))
    if is_whole(category_id) and category_id in seen.keypoints:
        count = seen.keypoints[category_id]
    else:
        yield say(
            Words("category_id {category_id} is none of the categories", category_id=category_id)
        )
    yield from _check_extent(entry, size, say)
    yield from _check_segmentation(entry, say)
    if "ignore" in entry:
        yield say(
            Words("ignore is written; Detectron2 refuses it unless it is 0"), bool(entry["ignore"])
        )
    if count:
        yield from _check_keypoints(entry, count, size, say)
    yield from _check_whole_body(entry, say)


def _check_extent(entry: dict[str, Any], size: tuple[float, ...], say: Say) -> Iterator[Finding]:
    box, area, crowd = entry.get("bbox"), entry.get("area"), entry.get("iscrowd")
    if not isinstance(box, list) or len(box) != 4 or not _are_numbers(box):
        yield say(Words("bbox is not [x, y, width, height]"))
    elif box[2] <= 0 or box[3] <= 0:
        yield say(Words("bbox has no extent; others drop the person"))
    elif (
        min(box[0], box[1]) < -_MARGIN
        or box[0] + box[2] > size[0] + _MARGIN
        or box[1] + box[3] > size[1] + _MARGIN
    ):
        yield say(Words("bbox reaches out of the image"), error=False)
    if not is_number(area) or area <= 0:
        yield say(Words("area is missing or not above 0; OKS divides by it"))
    if crowd not in (0, 1):
        yield say(Words("iscrowd is missing or neither 0 nor 1"))


def _check_segmentation(entry: dict[str, Any], say: Say) -> Iterator[Finding]:
    shape = entry.get("segmentation")
    if shape is None or (isinstance(shape, dict) and "counts" in shape):
        if "segmentation" in entry and shape is None:
            yield say(Words("segmentation is null; leave it out"))
        return
    if not isinstance(shape, list) or not shape:
        yield say(Words("segmentation is neither polygons nor a mask; leave it out"))
    elif any(
        not isinstance(ring, list)
        or len(ring) < _LEAST_POLYGON
        or len(ring) % 2
        or not _are_numbers(ring)
        for ring in shape
    ):
        yield say(Words("segmentation has a polygon of fewer than 3 points"))


def _check_keypoints(
    entry: dict[str, Any], count: int, size: tuple[float, ...], say: Say
) -> Iterator[Finding]:
    flat, stated = entry.get("keypoints"), entry.get("num_keypoints")
    if flat is None and entry.get("iscrowd") == 1:
        return
    if not isinstance(flat, list) or len(flat) != 3 * count:
        yield say(Words("keypoints are not 3 numbers for each of the {count}", count=count))
        return
    if not _are_numbers(flat):
        yield say(Words("keypoints hold something that is no number"))
        return
    xs, ys, seen = flat[0::3], flat[1::3], flat[2::3]
    if not set(seen) <= {0, 1, 2}:
        yield say(Words("keypoints have a visibility other than 0, 1 and 2"))
        return
    labelled, misplaced, outside = _places(xs, ys, seen, size)
    if misplaced:
        yield say(Words("keypoints that are not labelled (v = 0) are not at 0, 0"))
    if stated != labelled:
        yield say(
            Words(
                "num_keypoints is {stated}, but {labelled} are labelled",
                stated=stated,
                labelled=labelled,
            )
        )
    if outside:
        yield say(Words("keypoints lie outside the image"), error=False)


def _places(
    xs: list[float], ys: list[float], seen: list[float], size: tuple[float, ...]
) -> tuple[int, bool, bool]:
    """How many are labelled; whether others have a place, and whether any lies outside."""
    right, bottom = size[0] + _MARGIN, size[1] + _MARGIN
    labelled, misplaced, outside = 0, False, False
    # One pass: this is done for every joint of every export.
    for x, y, v in zip(xs, ys, seen, strict=True):
        if v:
            labelled += 1
            outside |= not (-_MARGIN <= x <= right and -_MARGIN <= y <= bottom)
        elif x or y:
            misplaced = True
    return labelled, misplaced, outside


def _check_whole_body(entry: dict[str, Any], say: Say) -> Iterator[Finding]:
    if not any(name in entry for name in WHOLE_BODY):
        return
    for name, count in WHOLE_BODY.items():
        part = entry.get(name)
        if not isinstance(part, list) or len(part) != 3 * count:
            yield say(
                Words("{name} is not 3 numbers for each of its {count}", name=name, count=count)
            )


def _are_numbers(values: list[Any]) -> bool:
    """Whether all are numbers as is_number() has it, most often without asking each."""
    with suppress(OverflowError):  # of a whole number that no float holds
        if set(map(type, values)) <= {int, float} and math.isfinite(sum(values)):
            return True
    return all(map(is_number, values))


def is_whole(value: Any) -> TypeGuard[int]:
    """Whether it is a whole number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> TypeGuard[float]:
    """Whether it is a number that is not infinite, and that a float can hold."""
    if isinstance(value, int):
        return not isinstance(value, bool) and value.bit_length() < _LONGEST
    return isinstance(value, float) and math.isfinite(value)
