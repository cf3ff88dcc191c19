"""A project as a data set, one image at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from clickpose_app.errors import ImageError, Words
from clickpose_app.formats.bulk import without_cycle_search
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.images import image_size
from clickpose_app.storage.project import ImageRecord, Project


@without_cycle_search()
def project_dataset(project: Project) -> tuple[Dataset, tuple[Words, ...]]:
    """What a project holds, and a sentence for each image whose size nobody knows.

    What an imported file said besides is there again, its image ids included; other images
    get their id in the project, or a new one where that is taken.

    Args:
        project: must stay open while the data set is used: people are read when they are
            asked for.

    Raises:
        ProjectError: if the project cannot be read.
    """
    header = project.coco_header
    records = project.images()
    extras = project.image_extras()
    ids = _image_ids(records, extras)
    images: list[DatasetImage] = []
    left_out: list[Words] = []
    for record in records:
        try:
            width, height = _size(project, record)
        except ImageError as error:
            left_out.append(error.words)
            continue
        annotation = partial(project.annotation, record.id)
        extra = extras.get(record.id, {})
        images.append(
            DatasetImage(ids[record.id], record.file_name, width, height, annotation, extra)
        )
    dataset = Dataset(
        project.skeleton,
        tuple(images),
        _object(header.get("extra")),
        _object(header.get("category_extra")),
    )
    return dataset, tuple(left_out)


def _size(source: Project, record: ImageRecord) -> tuple[int, int]:
    """Upright width and height: as stored or, while nobody has opened the image, of its file."""
    if record.width is not None and record.height is not None:
        return record.width, record.height
    return image_size(source.image_path(record))


def _image_ids(
    records: list[ImageRecord], extras: Mapping[int, Mapping[str, Any]]
) -> dict[int, int]:
    """The id in the data set by the id in the project."""
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for record in records:
        imported = extras.get(record.id, {}).get("id")
        if type(imported) is int and imported not in taken:
            ids[record.id] = imported
            taken.add(imported)
    free = max([*taken, *(record.id for record in records)], default=0) + 1
    for record in records:
        if record.id not in ids:
            wanted = record.id
            if wanted in taken:
                wanted, free = free, free + 1
            ids[record.id] = wanted
            taken.add(wanted)
    return ids


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
