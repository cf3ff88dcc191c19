"""Read COCO keypoint JSON: check everything once, build people when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.errors import Words
from clickpose_app.formats.bulk import without_cycle_search
from clickpose_app.formats.coco_category import Category, find_category
from clickpose_app.formats.coco_people import PeopleBuilder, annotation_decoder
from clickpose_app.formats.coco_records import (
    decode_file,
    decode_record,
    flawed,
    numbered,
    read_text,
    record_name,
    unknown_fields,
)
from clickpose_app.formats.coco_schema import (
    IMAGE_FIELDS,
    TOP_FIELDS,
    AnnotationRecord,
    FileRecord,
    Flaw,
    ImageRecord,
    plain_file_name,
)
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.json_reading import read_json

_image_decoder = msgspec.json.Decoder(ImageRecord)

FindCategory = Callable[[Path, Sequence[msgspec.Raw]], Category]
"""Chooses among the entries of a file's categories; FormatError as find_category."""


@without_cycle_search()
def read_coco(path: Path, *, find: FindCategory = find_category) -> Dataset:
    """The keypoint data set in a COCO JSON file.

    Memory stays near the size of the file: people are built when an image's annotation is
    asked for. Rules where a file leaves a choice:

    * Keypoints are matched by name; if the names are those of a shipped skeleton, they are
      held in its order.
    * An annotation without keypoints is a person of whom only the box is known.
    * What is not labelled (v=0) has no known place; it waits in the middle of the box.
    * "keypoint_sources" says who placed a keypoint; without it, an annotation with a score
      was predicted and one without was made by a person.
    * Of an imported person "id", "area" and "bbox" are kept in Person.extra, to be written
      back as they were.

    Args:
        path: the file.
        find: finds the category that is worked on; for formats whose categories differ.

    Raises:
        FormatError: naming the file, and the record and the field that are wrong.
    """
    return read_json(
        path,
        lambda data: _Reader(path, data, decode_file(path, data, FileRecord), find).dataset(),
    )


def read_image_ids(path: Path) -> dict[str, int]:
    """The id of each image of a COCO JSON file by its file name; FormatError as read_coco."""
    data = read_text(path)
    reader = _Reader(path, data, decode_file(path, data, FileRecord))
    return {image.file_name: image.id for image, _ in reader.images()}


class _Reader:
    """Checks one file from top to bottom."""

    def __init__(
        self, path: Path, data: bytes, file: FileRecord, find: FindCategory = find_category
    ) -> None:
        self._path = path
        self._data = data
        self._file = file
        self._find = find

    def dataset(self) -> Dataset:
        """All of it."""
        images = self.images()
        category = self._find(self._path, self._file.categories)
        builder = PeopleBuilder(self._path, category, _keypoint_shift(self._file.clickpose))
        people: dict[int, list[msgspec.Raw]] = {image.id: [] for image, _ in images}
        others = self._sort_annotations(category, builder, people)
        try:
            extra = unknown_fields(self._data, TOP_FIELDS)
        except Flaw as flaw:
            raise flawed(self._path, Words("the top level"), flaw) from flaw
        if category.others:
            extra["categories"] = list(category.others.values())
            extra["annotations"] = others
        return Dataset(
            category.skeleton,
            tuple(
                DatasetImage(
                    image.id,
                    image.file_name,
                    int(image.width),
                    int(image.height),
                    partial(builder.annotation, tuple(people[image.id]), image.clickpose_state),
                    fields,
                )
                for image, fields in images
            ),
            extra,
            category.extra,
        )

    def images(self) -> list[tuple[ImageRecord, dict[str, Any]]]:
        """Every image and its unknown fields, with a plain file name."""
        ids: set[int] = set()
        names: set[str] = set()
        images = []
        for i, raw in enumerate(self._file.images):
            image: ImageRecord = decode_record(self._path, "image", i, raw, _image_decoder)
            try:
                image.file_name = plain_file_name(image.file_name)
                _check_image(image)
                if image.id in ids:
                    raise Flaw("id", Words("is there twice"))
                if image.file_name in names:
                    raise Flaw(
                        "file_name",
                        Words("{file_name!r} is there twice", file_name=image.file_name),
                    )
                fields = unknown_fields(raw, IMAGE_FIELDS)
            except Flaw as flaw:
                raise flawed(self._path, numbered("image", image.id), flaw) from flaw
            ids.add(image.id)
            names.add(image.file_name)
            images.append((image, fields))
        return images

    def _sort_annotations(
        self,
        category: Category,
        builder: PeopleBuilder,
        people: dict[int, list[msgspec.Raw]],
    ) -> list[dict[str, Any]]:
        """Put the text of each person with their image; those of other categories come back."""
        ids: set[int] = set()
        others = []
        for i, raw in enumerate(self._file.annotations):
            row: AnnotationRecord = decode_record(
                self._path, "annotation", i, raw, annotation_decoder
            )
            try:
                if row.id in ids:
                    raise Flaw("id", Words("is there twice"))
                if row.image_id not in people:
                    raise Flaw(
                        "image_id", Words("{image_id} is none of the images", image_id=row.image_id)
                    )
                if row.category_id == category.id:
                    builder.check(row)
                    people[row.image_id].append(raw)
                elif row.category_id in category.others:
                    others.append(unknown_fields(raw, ()))
                else:
                    raise Flaw(
                        "category_id",
                        Words(
                            "{category_id} is none of the categories", category_id=row.category_id
                        ),
                    )
            except Flaw as flaw:
                raise flawed(self._path, record_name("annotation", i, raw), flaw) from flaw
            ids.add(row.id)
        return others


def _check_image(image: ImageRecord) -> None:
    for name, size in (("width", image.width), ("height", image.height)):
        if size < 1 or size != int(size):
            raise Flaw(
                name, Words("must be a whole number of pixels above 0, not {size:g}", size=size)
            )


def _keypoint_shift(about: object) -> float:
    """What our own export has added to each coordinate, to fit another convention."""
    shift = about.get("keypoint_shift") if isinstance(about, dict) else None
    return float(shift) if isinstance(shift, int | float) else 0.0
