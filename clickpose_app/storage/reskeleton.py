"""Another skeleton for every person of a project: the walk over all annotations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.storage import annotation_json
from clickpose_app.storage.database import Database, annotation_of

_CHUNK = 500  # annotations held in memory at once

# What an imported category says of keypoints by their place, which is another now.
_BY_PLACE = ("keypoints", "skeleton", "flip_pairs", "sigmas")


def rewrite_people(database: Database, connection: sqlite3.Connection, change: Reskeleton) -> None:
    """Give every stored person the new skeleton, inside a transaction that is under way.

    Raises:
        ProjectError: naming the image whose annotation cannot be read or stored.
    """
    for image_id, people in _all_people(database):
        with database.decoding(annotation_of(image_id)):
            changed = tuple(change.person(person) for person in people)
        with database.encoding(annotation_of(image_id)):
            text = annotation_json.encode_people(ImageAnnotation(changed))
        connection.execute("UPDATE annotation SET people = ? WHERE image_id = ?", (text, image_id))


def count_labelled(database: Database, skeleton: Skeleton) -> dict[str, int]:
    """How many people have each keypoint labelled, by its name.

    Raises:
        ProjectError: naming the image whose annotation cannot be read.
    """
    counts = [0] * len(skeleton)
    for _, people in _all_people(database):
        for person in people:
            for k, keypoint in enumerate(person.keypoints[: len(counts)]):
                counts[k] += keypoint.labelled
    return dict(zip(skeleton.keypoints, counts, strict=True))


def without_places(coco_header: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of an imported COCO file's header when the keypoints have other places."""
    category = coco_header.get("category_extra")
    if not isinstance(category, Mapping):
        return dict(coco_header)
    kept = {key: value for key, value in category.items() if key not in _BY_PLACE}
    return {**coco_header, "category_extra": kept}


def _all_people(database: Database) -> Iterator[tuple[int, tuple[Person, ...]]]:
    """The people of every image that has an annotation, in chunks of rows."""
    query = (
        "SELECT image_id, people FROM annotation WHERE image_id > ? "
        f"ORDER BY image_id LIMIT {_CHUNK}"
    )
    last = -1
    while rows := database.rows(query, (last,)):
        for image_id, text in rows:
            with database.decoding(annotation_of(image_id)):
                people = annotation_json.decode_people(text)
            yield image_id, people
        last = rows[-1][0]
