"""Does a COCO keypoint file hold what its consumers expect? One finding for each place.

The rules are those under which pycocotools, MMPose, Detectron2, Ultralytics, torchvision and
FiftyOne all read a file as it was meant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_check_person import (
    Finding,
    Say,
    Seen,
    check_annotation,
    is_number,
    is_whole,
)
from clickpose_app.formats.coco_records import (
    decode_file,
    read_text,
    record_name,
    too_deep,
    without_constants,
)
from clickpose_app.formats.coco_schema import Flaw, plain_file_name

_FILE = Words("file")


class _Top(msgspec.Struct):
    """The top level; entries stay text until their turn comes."""

    images: list[msgspec.Raw] | None = None
    annotations: list[msgspec.Raw] | None = None
    categories: list[msgspec.Raw] | None = None
    info: Any = None
    licenses: Any = None


def check_coco(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with a COCO keypoint file, record by record.

    Args:
        path: the file.

    Yields:
        Findings in the order of the file: categories, images, annotations.

    Raises:
        FormatError: if it cannot be read, is not JSON or not a COCO data set at all.
    """
    try:
        yield from _findings(path)
    except RecursionError as error:
        raise too_deep(path) from error


def _findings(path: Path) -> Iterator[Finding]:
    data = read_text(path)
    try:
        top = decode_file(path, data, _Top)
    except FormatError:
        clean = without_constants(data)
        if clean is None:
            raise
        top = decode_file(path, clean, _Top)
        # They may also be words in a text, of a file that is cut short.
        yield Finding(_FILE, Words("holds NaN or Infinity, which JSON does not have"))
    for name in ("info", "licenses"):
        if getattr(top, name) is None:
            yield Finding(_FILE, Words("has no {name}", name=name), error=False)
    missing = [n for n in ("images", "annotations", "categories") if getattr(top, n) is None]
    for name in missing:
        yield Finding(_FILE, Words("has no {name}", name=name))
    if len(missing) == 3:
        raise FormatError(
            Words(
                "{path} is no COCO data set: it has no images, annotations and categories.",
                path=path,
            ),
            Words("A list of results is scored with clickpose evaluate --predictions."),
        )
    seen = Seen({}, {}, set())
    yield from _check_categories(top.categories or [], seen)
    yield from _check_images(top.images or [], seen)
    for number, raw in enumerate(top.annotations or []):
        yield from check_annotation(_entry(raw), _sayer("annotation", number, raw), seen)


def _check_categories(raws: Sequence[msgspec.Raw], seen: Seen) -> Iterator[Finding]:
    for number, raw in enumerate(raws):
        say = _sayer("category", number, raw)
        entry = _entry(raw)
        if entry is None:
            yield say(Words("is no object"))
            continue
        category_id, names = entry.get("id"), entry.get("keypoints")
        if not is_whole(category_id):
            yield say(Words("id is not a whole number"))
            continue
        if category_id in seen.keypoints:
            yield say(Words("id is there twice"))
        count = len(names) if isinstance(names, list) else 0
        seen.keypoints[category_id] = count
        if entry.get("name") == "person" and category_id != 1:
            yield say(
                Words(
                    "person has the id {category_id}; Detectron2 expects 1", category_id=category_id
                ),
                error=False,
            )
        if names is None:
            continue
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            yield say(Words("keypoints is not a list of names"))
        elif len(set(names)) < count:
            yield say(Words("keypoints names one twice"))
        yield from _check_limbs(entry.get("skeleton"), count, say)


def _check_limbs(limbs: Any, count: int, say: Say) -> Iterator[Finding]:
    if limbs is None:
        yield say(Words("has no skeleton"), error=False)
        return
    if not isinstance(limbs, list) or not all(
        isinstance(limb, list) and len(limb) == 2 and all(is_whole(end) for end in limb)
        for limb in limbs
    ):
        yield say(Words("skeleton is not a list of pairs of numbers"))
        return
    ends = [end for limb in limbs for end in limb]
    if any(end == 0 for end in ends):
        yield say(Words("skeleton counts keypoints from 0; COCO counts from 1"))
    elif any(not 1 <= end <= count for end in ends):
        yield say(Words("skeleton names a keypoint that is not among the {count}", count=count))


def _check_images(raws: Sequence[msgspec.Raw], seen: Seen) -> Iterator[Finding]:
    names: set[str] = set()
    for number, raw in enumerate(raws):
        say, entry = _sayer("image", number, raw), _entry(raw)
        if entry is None:
            yield say(Words("is no object"))
            continue
        image_id, name = entry.get("id"), entry.get("file_name")
        if not is_whole(image_id):
            yield say(Words("id is not a whole number"))
        elif image_id in seen.sizes:
            yield say(Words("id is there twice"))
        if not isinstance(name, str):
            yield say(Words("file_name is missing"))
        else:
            yield from _check_name(name, names, say)
        size = entry.get("width"), entry.get("height")
        if not all(is_whole(side) and is_number(side) and side > 0 for side in size):
            yield say(Words("width and height are not whole numbers above 0"))
            size = (math.inf, math.inf)
        if is_whole(image_id):
            seen.sizes[image_id] = (float(size[0] or 0), float(size[1] or 0))


def _check_name(name: str, names: set[str], say: Say) -> Iterator[Finding]:
    try:
        plain_file_name(name)
    except Flaw as flaw:
        yield say(flaw.words)
    if "\\" in name:
        yield say(Words("file_name has backslashes; forward ones are understood everywhere"))
    if name in names:
        yield say(Words("file_name {name!r} is there twice", name=name), error=False)
    names.add(name)


def _sayer(kind: str, number: int, raw: msgspec.Raw) -> Say:
    def say(problem: Words, error: bool = True) -> Finding:
        # The name is looked up only when there is something to say: files are long.
        return Finding(record_name(kind, number, raw), problem, error)

    return say


def _entry(raw: msgspec.Raw) -> dict[str, Any] | None:
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:  # a number of more digits than anybody counts to
        return None
    return value if isinstance(value, dict) else None
