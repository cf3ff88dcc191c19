"""What labelme's files hold: which fields there are, and what a person is among shapes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

VERSION = "5.5.0"
"""Of labelme, whose files these are like."""

SKELETON_FILE = "clickpose-skeleton.json"
"""Beside the annotations, because labelme knows no skeletons."""

LABELS_FILE = "labels.txt"
"""Names for labelme's dialog, a line each: labelme --labels labels.txt."""

TOP_FIELDS = ("version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth")
SHAPE_FIELDS = ("label", "points", "group_id", "shape_type", "flags", "description", "mask")

OTHERS = "labelme_shapes"
"""Field of an image with the shapes that are no people, as they came."""

POINT_EXTRAS = "labelme_points"
"""Field of a person with what shapes of single joints say besides, by the joint's name."""

CROWD = "crowd"
"""Flag of the box of a region to ignore."""

OCCLUDED = "occluded"
"""Flag of a joint that cannot be seen."""

# What others call it: X-AnyLabeling has a field difficult.
OCCLUDED_NAMES = (OCCLUDED, "hidden", "difficult")

_SHAPES = re.compile(rb'"(shapes|imagePath|imageData|imageHeight)"\s*:')


class Shape(msgspec.Struct):
    """One shape, as far as it may be part of a person; flags of null are none."""

    label: str
    points: list[tuple[float, float]]
    shape_type: str = "polygon"
    group_id: int | None = None
    flags: dict[str, bool] | None = None
    description: str | None = None


class File(msgspec.Struct):
    """One file; pixels that it may hold are not looked at."""

    shapes: msgspec.Raw
    imagePath: str  # noqa: N815 (labelme's name)
    imageHeight: int | None = None  # noqa: N815
    imageWidth: int | None = None  # noqa: N815
    flags: dict[str, Any] | None = None


def looks_like_labelme(head: bytes) -> bool:
    """Whether a JSON file begins like one of labelme."""
    return head.lstrip()[:1] == b"{" and _SHAPES.search(head) is not None
