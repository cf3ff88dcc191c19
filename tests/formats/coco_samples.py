"""Small COCO files as dictionaries, to be changed by a test and written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.storage.skeletons import builtin_skeleton

NAMES = builtin_skeleton().keypoints


def keypoints(count: int = 17) -> list[float]:
    """Every visibility; places that no float rounds, and no two alike."""
    flat: list[float] = []
    for k in range(count):
        v = k % 3
        flat += (10.25 + k, 20.125 + 2 * k, v) if v else (0, 0, 0)
    return flat


def person(annotation_id: int = 5, image_id: int = 1, **fields: Any) -> dict[str, Any]:
    """One annotation."""
    entry: dict[str, Any] = {
        "id": annotation_id,
        "image_id": image_id,
        "category_id": 1,
        "bbox": [10.1, 20.2, 30.3, 40.4],
        "area": 700.5,
        "iscrowd": 0,
        "keypoints": keypoints(),
        "num_keypoints": 11,
    }
    return entry | fields


def image(image_id: int = 1, **fields: Any) -> dict[str, Any]:
    """One image."""
    name = f"{image_id:03d}.jpg"
    return {"id": image_id, "file_name": name, "width": 640, "height": 480} | fields


def category(**fields: Any) -> dict[str, Any]:
    """The person of COCO."""
    limbs = [[a + 1, b + 1] for a, b in builtin_skeleton().limbs]
    entry = {"id": 1, "name": "person", "supercategory": "person"}
    return entry | {"keypoints": list(NAMES), "skeleton": limbs} | fields


def data_set(**lists: Any) -> dict[str, Any]:
    """Two images, one person on the first."""
    top: dict[str, Any] = {
        "info": {"description": "a sample"},
        "licenses": [],
        "images": [image(1), image(2)],
        "annotations": [person()],
        "categories": [category()],
    }
    return top | lists


def written(path: Path, content: object) -> Path:
    """Write it as JSON; NaN and Infinity as Python's writer does."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def people_of(annotation: ImageAnnotation) -> tuple[Person, ...]:
    """The people without their ids, which are new each time a file is read."""
    return tuple(replace(person, id="") for person in annotation.people)
