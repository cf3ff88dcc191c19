"""Read CVAT for images 1.1; people are built when they are asked for."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_records import flawed, image_named, read_text
from clickpose_app.formats.coco_schema import NOT_LABELLED, SOURCE_LETTERS, Flaw
from clickpose_app.formats.cvat_elements import (
    attributes_of,
    number_of,
    place_of,
    source_of,
    text_of,
    whole_number_of,
)
from clickpose_app.formats.cvat_labels import SkeletonLabel, box_label, find_skeleton
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context
from clickpose_app.formats.found_images import (
    FoundImage,
    found_dataset,
    named_skeleton,
    numbered_people,
)
from clickpose_app.formats.person_fields import built_person
from clickpose_app.formats.safe_xml import Piece, parsed, pieces

ROOT = "annotations"

OTHERS = "cvat_shapes"
"""Field of an image with what is on it besides people, as text."""

LABELS = "cvat_labels"
"""Field of a data set with the definitions of other labels, as text."""


def read_cvat(path: Path, context: Context) -> Dataset:
    """The people in a file of CVAT for images 1.1.

    A skeleton is a person; a box in the same group is theirs, and a box of the skeleton's
    label or of ours for boxes is a person without keypoints. Other shapes are kept with their
    image, to be written back.

    Raises:
        FormatError: naming the file, and the image and attribute that are wrong.
    """
    return _Reader(path, read_text(path), context).dataset()


@dataclass
class _Parts:
    """What an image says of one person."""

    skeleton: Element | None = None
    box: Element | None = None


class _Reader:
    """Checks one file from top to bottom."""

    def __init__(self, path: Path, data: bytes, context: Context) -> None:
        self._path = path
        self._data = data
        self._given = context.skeleton
        self._namespace = uuid.uuid4()
        self._label = SkeletonLabel(PERSON)
        self._skeleton: Skeleton | None = None
        self._indices: dict[str, int] = {}

    def dataset(self) -> Dataset:
        """All of it."""
        found: list[FoundImage] = []
        for piece in pieces(self._path, self._data, ROOT):
            tag = piece.element.tag
            if tag == "meta":
                defined = find_skeleton(self._path, piece.element)
                self._label = defined or self._label
            elif tag == "track":
                raise FormatError(
                    Words(
                        "{path} is CVAT for video, which does not name its images.", path=self._path
                    ),
                    Words('Export it from CVAT as "CVAT for images 1.1".'),
                )
            elif tag == "image":
                if self._skeleton is None:
                    self._skeleton = self._find_skeleton()
                found.append(self._image(piece))
        skeleton = self._skeleton or self._find_skeleton()
        extra = {LABELS: self._label.others} if self._label.others else {}
        name = self._label.name
        category = {"name": name} if name != PERSON else {}
        return found_dataset(self._path, skeleton, found, extra, category)

    def _find_skeleton(self) -> Skeleton:
        label = self._label
        if not label.keypoints and self._given is not None:
            return self._given
        if not label.keypoints:
            label.keypoints = list(self._used_names())
        if not label.keypoints:
            raise FormatError(
                Words("{path} has no skeletons.", path=self._path),
                Words("If it has people all the same, say their keypoints with --skeleton NAME."),
            )
        return named_skeleton(self._path, label.name, label.keypoints, label.limbs)

    def _used_names(self) -> Iterator[str]:
        """Of the points of all skeletons, for a file whose head says nothing."""
        names: set[str] = set()
        for piece in pieces(self._path, self._data, ROOT):
            for skeleton in piece.element.iter("skeleton"):
                for point in skeleton.iter("points"):
                    name = point.get("label", "")
                    if name and name not in names:
                        names.add(name)
                        yield name

    def _image(self, piece: Piece) -> FoundImage:
        element = piece.element
        where = image_named(element.get("name", ""))
        try:
            name = text_of(element, "name")
            width, height = (whole_number_of(element, side) for side in ("width", "height"))
            fields: dict[str, Any] = {}
            if element.get("id", "").isascii() and element.get("id", "").isdigit():
                fields["id"] = int(element.get("id", "")[:18])
            # Builds everybody once, to find what is wrong now rather than later.
            _, others = self._people_and_others(element, where)
        except Flaw as flaw:
            raise flawed(self._path, where, flaw) from flaw
        if others:
            fields[OTHERS] = others
        people = partial(self._people, piece.text, where) if len(element) else tuple
        return FoundImage(name, width, height, people, fields)

    def _people(self, text: memoryview, where: Words) -> tuple[Person, ...]:
        return self._people_and_others(parsed(self._path, text), where)[0]

    def _people_and_others(
        self, image: Element, where: Words
    ) -> tuple[tuple[Person, ...], list[str]]:
        parts, others = self._sorted(image)
        people = numbered_people(self._path, where, self._namespace, parts, self._person)
        return people, [tostring(e, encoding="unicode").strip() for e in others]

    def _sorted(self, image: Element) -> tuple[list[_Parts], list[Element]]:
        """The people in the order of their first shapes, and all other shapes."""
        ours = [e for e in image if e.tag == "skeleton" and e.get("label") == self._label.name]
        grouped = Counter(e.get("group_id", "0") for e in ours)
        by_group: dict[str, _Parts] = {}
        parts: list[_Parts] = []
        others: list[Element] = []
        for element in image:
            group = element.get("group_id", "0")
            alone = group == "0" or grouped[group] > 1
            theirs = by_group.get(group) if not alone else None
            if element.tag == "skeleton" and element.get("label") == self._label.name:
                if theirs is None:
                    theirs = _Parts()
                    parts.append(theirs)
                theirs.skeleton = element
            elif element.tag == "box" and (theirs is None or theirs.box is None):
                of_person = element.get("label") in (self._label.name, box_label(self._label.name))
                joins = not alone and grouped[group] == 1
                if not (joins or of_person):
                    others.append(element)
                    continue
                if theirs is None:
                    theirs = _Parts()
                    parts.append(theirs)
                theirs.box = element
            else:
                others.append(element)
                continue
            if not alone and grouped[group] == 1:
                by_group[group] = theirs
        return parts, others

    def _person(self, person_id: str, parts: _Parts) -> Person:
        assert self._skeleton is not None
        fields: dict[str, Any] = {}
        places: dict[int, tuple[float, float, Visibility]] = {}
        if parts.skeleton is not None:
            fields |= attributes_of(parts.skeleton)
            letters = [NOT_LABELLED] * len(self._skeleton)
            for point in parts.skeleton.iter("points"):
                k = self._index(point)
                if k in places:
                    raise Flaw("points", Words("has {name!r} twice", name=point.get("label")))
                places[k] = place_of(point)
                letters[k] = SOURCE_LETTERS[source_of(point)]
            fields["keypoint_sources"] = "".join(letters)
        box = None
        if parts.box is not None:
            fields |= attributes_of(parts.box)
            fields["bbox_source"] = source_of(parts.box).value
            box = Box(*(number_of(parts.box, side) for side in ("xtl", "ytl", "xbr", "ybr")))
        return built_person(person_id, len(self._skeleton), places, box, fields)

    def _index(self, point: Element) -> int:
        assert self._skeleton is not None
        if not self._indices:
            self._indices = {name: k for k, name in enumerate(self._skeleton.keypoints)}
        name = text_of(point, "label")
        k = self._indices.get(name)
        if k is None:
            raise Flaw(
                "points", Words("has the label {name!r}, which is none of the keypoints", name=name)
            )
        return k
