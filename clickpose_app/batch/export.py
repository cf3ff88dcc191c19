"""Export: a project as a COCO data set, one image at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clickpose_app.errors import ImageError
from clickpose_app.formats.coco import coco_writer
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.storage.images import image_size
from clickpose_app.storage.project import ImageRecord, Project


@dataclass(frozen=True)
class ExportReport:
    """What was written.

    Attributes:
        images: how many, those without people included.
        people: how many.
        failures: one sentence for each image left out because nobody knows its size.
        findings: what some consumer of the written file stumbles over, a line each.
    """

    images: int
    people: int
    failures: tuple[str, ...]
    findings: tuple[str, ...] = ()


def export_project(project: Path, out: Path, *, keypoint_shift: float = 0.0) -> ExportReport:
    """Write a project as COCO JSON; works while a window has the project open.

    What an imported file said besides goes out again, its image ids included; other images
    get their id in the project, or a new one where that is taken.

    Args:
        project: the project file.
        out: the COCO JSON file; an existing one is replaced.
        keypoint_shift: as for coco_writer().

    Raises:
        ProjectError: if the project cannot be read.
        FormatError: if the file cannot be written.
    """
    people = 0
    failures: list[str] = []
    with Project.open(project, read_only=True) as source:
        header = source.coco_header
        records = source.images()
        extras = {record.id: source.image_extra(record.id) for record in records}
        ids = _image_ids(records, extras)
        with coco_writer(
            out,
            source.skeleton,
            extra=_object(header.get("extra")),
            category_extra=_object(header.get("category_extra")),
            keypoint_shift=keypoint_shift,
        ) as writer:
            for record in records:
                try:
                    width, height = _size(source, record)
                except ImageError as error:
                    failures.append(str(error))
                    continue
                annotation = source.annotation(record.id)
                people += len(annotation.people)
                extra = extras.pop(record.id)
                writer.add(
                    DatasetImage(ids[record.id], record.file_name, width, height, annotation, extra)
                )
    # What an imported file brought along can break a rule that our own values keep.
    findings = tuple(str(finding) for finding in check_coco(out))
    return ExportReport(len(records) - len(failures), people, tuple(failures), findings)


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
        imported = extras[record.id].get("id")
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
