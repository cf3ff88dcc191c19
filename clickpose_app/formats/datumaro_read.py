"""Read Datumaro's JSON; people are built when they are asked for."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_records import decode_file, flawed
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.datumaro_schema import (
    DEFAULT_SUBSET,
    LABELS,
    OTHERS,
    SUBSET,
    AnnotationRecord,
    CategoriesRecord,
    FileRecord,
    ImageRecord,
    ItemRecord,
)
from clickpose_app.formats.format import Context
from clickpose_app.formats.found_images import (
    FoundImage,
    found_dataset,
    named_skeleton,
    numbered_people,
)
from clickpose_app.formats.json_reading import decoded, read_json
from clickpose_app.formats.person_fields import built_person

_VISIBILITIES = {visibility.value: visibility for visibility in Visibility}


def read_datumaro(path: Path, context: Context) -> Dataset:
    """The data set in a folder with annotations/*.json, or in one such file.

    Annotations of other labels and kinds are kept with their image, to be written back.

    Raises:
        FormatError: naming the file, and the item and field that are wrong.
    """
    files = [path]
    if path.is_dir():
        files = sorted(path.glob("annotations/*.json"))
        if not files:
            raise FormatError(
                Words("{path} has no annotations/*.json, as Datumaro's folders have.", path=path)
            )
    readers = [read_json(file, partial(_Subset, file, context)) for file in files]
    first = readers[0]
    for other in readers[1:]:
        if other.skeleton != first.skeleton:
            raise FormatError(
                Words("{path} has other keypoints than {other}.", path=other.path, other=first.path)
            )
    found = [image for reader in readers for image in reader.images]
    return found_dataset(path, first.skeleton, found, first.extra, first.category_extra)


@dataclass
class _Parts:
    """What an item says of one person: a group of its annotations."""

    box: Box | None = None
    posed: AnnotationRecord | None = None
    fields: dict[str, Any] | None = None


class _Subset:
    """One file, checked from top to bottom when it is made."""

    def __init__(self, path: Path, context: Context, data: bytes) -> None:
        self.path = path
        self._context = context
        self._namespace = uuid.uuid4()
        file = decode_file(path, data, FileRecord)
        self.extra = dict(file.infos or {})
        ours = self.extra.pop("clickpose", {})
        ours = ours if isinstance(ours, dict) else {}
        category = ours.get("category", {})
        self.category_extra: dict[str, Any] = category if isinstance(category, dict) else {}
        self._labels = [label.name for label in file.categories.label.labels]
        self._label, self._order, self.skeleton = self._find_skeleton(file.categories, ours)
        self.images = [self._image(raw, n) for n, raw in enumerate(file.items)]
        if any(OTHERS in image.fields for image in self.images):
            categories = msgspec.json.decode(data)["categories"]
            self.extra[LABELS] = categories["label"]["labels"]

    def _find_skeleton(
        self, categories: CategoriesRecord, ours: dict[str, Any]
    ) -> tuple[int, dict[str, int], Skeleton]:
        """The person's label, the place of each keypoint by its name, and the skeleton."""
        posed = [item for item in categories.points.items if item.labels]
        if len(posed) > 1:
            posed = [item for item in posed if self._name(item.label_id) == PERSON]
        if len(posed) == 1:
            (points,) = posed
            first = 0 if any(0 in joint for joint in points.joints) else 1
            limbs = [(a - first, b - first) for a, b in points.joints]
            name = self._name(points.label_id)
            skeleton = named_skeleton(self.path, name, points.labels, limbs, ours)
            # CVAT has a label for each keypoint, and points names those.
            order = {label: skeleton.index(label) for label in points.labels}
            self._file_order = [order[label] for label in points.labels]
            return points.label_id, order, skeleton
        given = self._context.skeleton
        if given is None or PERSON not in self._labels:
            raise FormatError(
                Words(
                    "{path} has no label with keypoints, or several that are not called person.",
                    path=self.path,
                ),
                Words("If its points are those of people, say which with --skeleton NAME."),
            )
        self._file_order = list(range(len(given)))
        order = {keypoint: k for k, keypoint in enumerate(given.keypoints)}
        return self._labels.index(PERSON), order, given

    def _name(self, label_id: int | None) -> str:
        if label_id is None or not 0 <= label_id < len(self._labels):
            raise FormatError(
                Words(
                    "{path}: label_id {label_id} is none of the labels.",
                    path=self.path,
                    label_id=label_id,
                )
            )
        return self._labels[label_id]

    def _image(self, raw: msgspec.Raw, number: int) -> FoundImage:
        where = Words("item number {number}", number=number + 1)
        item = decoded(self.path, raw, ItemRecord, where)
        where = Words("item {name!r}", name=item.id)
        fields = dict(item.attr or {})
        # Builds everybody once, to find what is wrong now rather than later.
        _, others = self._people_and_others(raw, where)
        if others:
            fields[OTHERS] = others
        if self.path.stem != DEFAULT_SUBSET:
            fields[SUBSET] = self.path.stem
        image = item.image or item.media or ImageRecord()
        name = image.path or f"{item.id}.jpg"
        height, width = image.size or (0, 0)
        if image.size is None:
            self._context.required_images(self.path)
            width, height = self._context.image_size(name)
        return FoundImage(name, width, height, partial(self._people, raw, where), fields)

    def _people(self, raw: msgspec.Raw, where: Words) -> tuple[Person, ...]:
        return self._people_and_others(raw, where)[0]

    def _people_and_others(
        self, raw: msgspec.Raw, where: Words
    ) -> tuple[tuple[Person, ...], list[Any]]:
        others: list[Any] = []
        groups: dict[tuple[str, int], _Parts] = {}
        for n, text in enumerate(decoded(self.path, raw, ItemRecord, where).annotations):
            record = Words("{where}: annotation number {number}", where=where, number=n + 1)
            annotation = decoded(self.path, text, AnnotationRecord, record)
            if annotation.label_id is not None:
                self._name(annotation.label_id)
            if annotation.label_id != self._label or annotation.type not in _KINDS:
                others.append(decoded(self.path, text, dict[str, Any], record))
                continue
            # What is in no group stands alone.
            key = ("group", annotation.group) if annotation.group else ("alone", n)
            try:
                self._add(groups.setdefault(key, _Parts()), annotation)
            except Flaw as flaw:
                raise flawed(self.path, record, flaw) from flaw
        parts = groups.values()
        people = numbered_people(self.path, where, self._namespace, parts, self._person)
        return people, others

    def _add(self, parts: _Parts, annotation: AnnotationRecord) -> None:
        fields = dict(annotation.attributes or {})
        if annotation.type == "bbox":
            if parts.box is not None:
                raise Flaw("bbox", Words("is the second one of its group"))
            if annotation.bbox is None:
                raise Flaw("bbox", Words("is missing"))
            parts.box = Box.from_xywh(*annotation.bbox)
            parts.fields = (parts.fields or {}) | fields
        else:
            if parts.posed is not None:
                raise Flaw("points", Words("are the second ones of their group"))
            parts.posed = annotation
            parts.fields = fields | (parts.fields or {})

    def _person(self, person_id: str, parts: _Parts) -> Person:
        fields = dict(parts.fields or {})
        # Datumaro's own name for COCO's iscrowd.
        if "is_crowd" in fields:
            fields["iscrowd"] = fields.pop("is_crowd")
        places = {} if parts.posed is None else dict(self._places(parts.posed))
        return built_person(person_id, len(self.skeleton), places, parts.box, fields)

    def _places(
        self, posed: AnnotationRecord
    ) -> Iterator[tuple[int, tuple[float, float, Visibility]]]:
        """Labelled keypoints, by their index in the skeleton."""
        if posed.type == "skeleton":
            for element in posed.elements or ():
                name = self._name(element.label_id)
                if name not in self._order:
                    raise Flaw(
                        "elements", Words("has {name!r}, which is none of the keypoints", name=name)
                    )
                for place in _triples(element, 1):
                    yield self._order[name], place
            return
        triples = _triples(posed, len(self._file_order))
        for k, place in zip(self._file_order, triples, strict=True):
            if place[2]:
                yield k, place


_KINDS = ("bbox", "points", "skeleton")


def _triples(annotation: AnnotationRecord, count: int) -> list[tuple[float, float, Visibility]]:
    points = annotation.points or []
    if len(points) != 2 * count:
        raise Flaw(
            "points",
            Words(
                "has {found} numbers, not 2 for each of {count} keypoints",
                found=len(points),
                count=count,
            ),
        )
    seen = annotation.visibility
    if seen is None:
        seen = [Visibility.VISIBLE.value] * count
    if len(seen) != count or not set(seen) <= _VISIBILITIES.keys():
        raise Flaw(
            "visibility",
            Words("must be {count} times 0, 1 or 2, not {seen}", count=count, seen=seen),
        )
    return [(points[2 * i], points[2 * i + 1], _VISIBILITIES[v]) for i, v in enumerate(seen)]
