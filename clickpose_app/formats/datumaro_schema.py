"""Datumaro's JSON as typed records, and the fields in which we keep what else was there."""

from __future__ import annotations

from typing import Any

import msgspec

OTHERS = "datumaro_annotations"
"""Field of an image with what is on it besides people, as it came."""

LABELS = "datumaro_labels"
"""Field of a data set with the labels of those others, as they came."""

SUBSET = "datumaro_subset"
"""Field of an image with the subset that it is part of, if that is another than the usual."""

DEFAULT_SUBSET = "default"


class LabelRecord(msgspec.Struct):
    """One label."""

    name: str
    parent: str | None = ""


class LabelsRecord(msgspec.Struct):
    """All labels."""

    labels: list[LabelRecord] = []


class PointsRecord(msgspec.Struct):
    """The keypoints of one label, and the limbs between them."""

    label_id: int
    labels: list[str]
    joints: list[tuple[int, int]] = []


class PointsListRecord(msgspec.Struct):
    """The keypoints of every label that has some."""

    items: list[PointsRecord] = []


class CategoriesRecord(msgspec.Struct):
    """What annotations may be of."""

    label: LabelsRecord = msgspec.field(default_factory=LabelsRecord)
    points: PointsListRecord = msgspec.field(default_factory=PointsListRecord)


class FileRecord(msgspec.Struct):
    """The top level; items stay text until they are looked at."""

    categories: CategoriesRecord
    items: list[msgspec.Raw]
    infos: dict[str, Any] | None = None


class ImageRecord(msgspec.Struct):
    """The image file of an item."""

    path: str = ""
    size: tuple[int, int] | None = None


class AnnotationRecord(msgspec.Struct):
    """One annotation of any type; a skeleton has others as its elements."""

    type: str
    label_id: int | None = None
    group: int | None = 0
    attributes: dict[str, Any] | None = None
    bbox: tuple[float, float, float, float] | None = None
    points: list[float] | None = None
    visibility: list[int] | None = None
    elements: list[AnnotationRecord] | None = None


class ItemRecord(msgspec.Struct):
    """One image and what is on it."""

    id: str
    annotations: list[msgspec.Raw] = []
    attr: dict[str, Any] | None = None
    image: ImageRecord | None = None
    media: ImageRecord | None = None
