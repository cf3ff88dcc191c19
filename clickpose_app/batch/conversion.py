"""Import and export: between projects and files of any format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clickpose_app.batch.project_dataset import project_dataset
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.bulk import without_cycle_search
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.coco import write_coco
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.formats.coco_format import COCO
from clickpose_app.formats.dataset import Dataset, counted
from clickpose_app.formats.exchange import finish_exchanges_in
from clickpose_app.formats.format import Context, Format, ImagesUnknownError
from clickpose_app.storage.image_root import root_near
from clickpose_app.storage.images import image_size
from clickpose_app.storage.project import PROJECT_SUFFIX, Project
from clickpose_app.storage.project_from import project_from


@dataclass(frozen=True)
class Source:
    """Annotations that were opened for reading.

    Attributes:
        dataset: what they say.
        images: where their images are, as far as that is known.
        left_out: a sentence for each image that cannot be part of a data set.
    """

    dataset: Dataset
    images: Path | None
    left_out: tuple[Words, ...] = ()


@dataclass(frozen=True)
class ConversionReport:
    """What was written.

    Attributes:
        images: how many, those without people included.
        people: how many.
        left_out: a sentence for each image left out because nobody knows its size.
        losses: a sentence for each thing that the format cannot hold.
        findings: what some consumer of the written file stumbles over, a line each.
    """

    images: int
    people: int
    left_out: tuple[Words, ...] = ()
    losses: tuple[Words, ...] = ()
    findings: tuple[Words, ...] = ()


@contextmanager
def opened(
    path: Path,
    *,
    format: Format | None = None,  # noqa: A002 (the word of the field)
    images: Path | None = None,
    skeleton: Skeleton | None = None,
    described_by: Path | None = None,
) -> Iterator[Source]:
    """A project, or a file or folder of any format, for reading while the block lasts.

    Args:
        path: what to read.
        format: what it is; found out if None.
        images: the folder that its file names are relative to; looked for if None.
        skeleton: of its people, where it does not say.
        described_by: a COCO file that lists its images, where it knows them only by their ids.

    Raises:
        FormatError: naming what cannot be read and why.
        ImageError: if a format without sizes names an image that cannot be read.
        ProjectError: if it is a project that cannot be read.
    """
    if path.suffix.lower() == PROJECT_SUFFIX:
        with Project.open(path, read_only=True) as project:
            dataset, left_out = project_dataset(project)
            yield Source(dataset, images or project.image_root, left_out)
        return
    finish_exchanges_in(path.parent)
    chosen = format or recognised(path)
    if chosen.read is None:
        raise FormatError(
            Words("ClickPose writes {title}, but does not read it.", title=chosen.title)
        )
    dataset = chosen.read(path, _context(images, skeleton, described_by))
    names = [image.file_name for image in dataset.images]
    root = images or root_near(described_by or path, names)
    yield Source(dataset, root)


@without_cycle_search()
def write(
    source: Source,
    out: Path,
    format: Format,  # noqa: A002
    *,
    keypoint_shift: float = 0.0,
) -> ConversionReport:
    """Write annotations as a file or folder of a format; what was there is replaced.

    Args:
        source: what to write.
        out: where.
        format: how.
        keypoint_shift: as for coco_writer(); for COCO only.

    Raises:
        FormatError: if that fails; what was there before stays.
    """
    if format.write is None:
        raise FormatError(
            Words("ClickPose reads {title}, but does not write it.", title=format.title)
        )
    dataset, people = counted(source.dataset)
    losses: tuple[Words, ...] = ()
    findings: tuple[Words, ...] = ()
    if format is COCO:
        write_coco(out, dataset, keypoint_shift=keypoint_shift)
    else:
        losses = format.write(out, dataset, _context(source.images, dataset.skeleton))
    if format.is_coco:
        # What an imported file brought along can break a rule that our own values keep.
        findings = tuple(finding.words for finding in check_coco(out))
    count = sum(people.values())
    return ConversionReport(len(dataset.images), count, source.left_out, losses, findings)


@without_cycle_search()
def write_project(source: Source, out: Path) -> ConversionReport:
    """Write annotations as a new project.

    Raises:
        FormatError: if nobody knows where the images are.
        ProjectError: if the file is there already or cannot be written.
    """
    if source.images is None:
        raise ImagesUnknownError(
            Words("{out} would not know where its images are.", out=out),
            Words("Say it with --images FOLDER."),
        )
    dataset, people = counted(source.dataset)
    project_from(dataset, out, image_root=source.images)
    return ConversionReport(len(dataset.images), sum(people.values()), source.left_out)


def export_project(
    project: Path,
    out: Path,
    format: Format = COCO,  # noqa: A002
    *,
    keypoint_shift: float = 0.0,
) -> ConversionReport:
    """Write a project in a format, also while a window has it open; as opened() and write()."""
    with opened(project) as source:
        return write(source, out, format, keypoint_shift=keypoint_shift)


def _context(
    images: Path | None, skeleton: Skeleton | None, described_by: Path | None = None
) -> Context:
    def size(file_name: str) -> tuple[int, int]:
        return image_size((images or Path()) / file_name)

    return Context(images, size, skeleton, described_by)
