"""Several COCO data sets as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import FormatError
from clickpose_app.formats.bulk import without_cycle_search
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.dataset import DatasetImage, counted, inferred_state

SameImage = Literal["refuse", "first", "all"]
"""What happens to an image that several files have: nothing, the first one's people, or all."""


@dataclass(frozen=True)
class MergeReport:
    """What was written.

    Attributes:
        images: how many.
        people: how many.
        shared: images that several files have.
        left_out: a sentence for what only the first file may bring along.
    """

    images: int
    people: int
    shared: int
    left_out: tuple[str, ...]


@without_cycle_search()
def merge_coco(paths: Sequence[Path], out: Path, same_image: SameImage) -> MergeReport:
    """Write the images and people of several files as one.

    Images are the same if their file names are. An image keeps its id if it is free, people
    theirs likewise. What a file says besides comes from the first one.

    Args:
        paths: at least one file, all with the same keypoints.
        out: the file to write.
        same_image: what to do with an image that several files have.

    Raises:
        FormatError: if a file cannot be read or has other keypoints, or if an image is there
            twice and may not be.
    """
    datasets = [read_coco(path) for path in paths]
    first = datasets[0]
    left_out: list[str] = []
    for path, dataset in zip(paths[1:], datasets[1:], strict=True):
        if dataset.skeleton.keypoints != first.skeleton.keypoints:
            raise FormatError(
                f"{path} has other keypoints than {paths[0]}.",
                "Bring both to one skeleton first, in the window's skeleton editor.",
            )
        further = sorted(set(dataset.extra) - {"info", "licenses"})
        if further:
            left_out.append(f"{path}: {', '.join(further)} beside its images and people")
    images: dict[str, DatasetImage] = {}
    shared = 0
    for path, dataset in zip(paths, datasets, strict=True):
        for image in dataset.images:
            before = images.get(image.file_name)
            if before is None:
                images[image.file_name] = image
                continue
            shared += 1
            if same_image == "refuse":
                raise FormatError(
                    f"{path} and a file before it both have {image.file_name}.",
                    "Say --same-image first or --same-image all.",
                )
            if same_image == "all":
                images[image.file_name] = _with_people_of(before, image)
    merged = replace(first, images=tuple(_with_own_ids(list(images.values()))))
    merged, people = counted(merged)
    write_coco(out, merged)
    return MergeReport(len(merged.images), sum(people.values()), shared, tuple(left_out))


def _with_people_of(image: DatasetImage, other: DatasetImage) -> DatasetImage:
    people = (*image.annotation.people, *other.annotation.people)
    return replace(image, annotation=ImageAnnotation(people, inferred_state(people)))


def _with_own_ids(images: list[DatasetImage]) -> list[DatasetImage]:
    """Images whose ids are unique: the first to come keeps its own."""
    taken: set[int] = set()
    free = max((image.id for image in images), default=0) + 1
    unique = []
    for image in images:
        if image.id in taken:
            image, free = replace(image, id=free, extra=dict(image.extra) | {"id": free}), free + 1
        taken.add(image.id)
        unique.append(image)
    return unique
