"""The people of a data set as the protocols need them: in the order of whoever is examined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.geometry import BoolArray, Box, FloatArray, oks
from clickpose_app.core.predictor import ImageArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, ImageError
from clickpose_app.formats.coco_entries import bbox_and_area
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.images import read_image

Progress = Callable[[int, int], object]
"""Told at the start and after each image how many of how many are done."""

_NAMED = 3


@dataclass(frozen=True, slots=True, eq=False)
class LabelledPerson:
    """Somebody to be found.

    Attributes:
        keypoints: [K, 2] in image pixels; where not labelled, any place.
        labelled: which of them count [K].
        area: in square pixels, as the data set states it; 0.53 of the box where it does not.
        box: in image pixels.
        sigmas: tolerances [K].
    """

    keypoints: FloatArray
    labelled: BoolArray
    area: float
    box: Box
    sigmas: FloatArray

    def similarity(self, keypoints: FloatArray) -> float:
        """OKS of a pose [K, 2], in 0..1."""
        return oks(keypoints, self.keypoints, self.labelled, self.area, self.sigmas)


def labelled_people(
    annotation: ImageAnnotation, wanted: Skeleton, offered: Skeleton
) -> list[LabelledPerson]:
    """Everybody with at least one labelled keypoint who is no crowd.

    Args:
        annotation: of one image.
        wanted: the skeleton of the data set.
        offered: the skeleton of whoever is examined, in whose order the keypoints come;
            keypoints that the data set does not have are not labelled.
    """
    sigmas = np.array(
        [
            wanted.sigmas[wanted.index(name)] if name in wanted.keypoints else sigma
            for name, sigma in zip(offered.keypoints, offered.sigmas, strict=True)
        ]
    )
    places = keypoint_places(wanted, offered)
    people = []
    for person in annotation.people:
        if person.is_crowd or not person.labelled.any():
            continue
        keypoints = np.zeros((len(offered), 2))
        labelled = np.zeros(len(offered), dtype=np.bool_)
        keypoints[places], labelled[places] = person.xy, person.labelled
        area = bbox_and_area(person)[1]
        people.append(LabelledPerson(keypoints, labelled, area, person.box, sigmas))
    return people


def keypoint_places(wanted: Skeleton, offered: Skeleton) -> list[int]:
    """For each keypoint of the data set its place among those of whoever is examined."""
    return [offered.index(name) for name in wanted.keypoints]


def check_keypoints(ground_truth: Path, wanted: Skeleton, offered: Skeleton) -> None:
    """FormatError naming keypoints of the data set that a predictor does not find."""
    missing = [name for name in wanted.keypoints if name not in offered.keypoints]
    if missing:
        raise FormatError(
            f"{ground_truth} has keypoints that the model does not find: {', '.join(missing)}.",
            "Evaluate it with weights that were trained for them.",
        )


def each_image(
    dataset: Dataset, ground_truth: Path, folder: Path, progress: Progress | None
) -> Iterator[tuple[DatasetImage, ImageArray]]:
    """Every image of a data set with its pixels, in file order.

    Args:
        dataset: as read from ground_truth.
        ground_truth: for error messages.
        folder: that the file names are relative to.
        progress: told after each image, once the caller is done with it.

    Raises:
        ImageError: naming images that are missing (before anything is computed), unreadable
            or of another size than stated.
    """
    _check_all_there(dataset.images, folder)
    if progress:
        progress(0, len(dataset.images))
    for done, image in enumerate(dataset.images, start=1):
        pixels = read_image(folder / image.file_name)
        height, width = pixels.shape[:2]
        if (width, height) != (image.width, image.height):
            raise ImageError(
                f"{folder / image.file_name} has {width} x {height} pixels, but "
                f"{ground_truth.name} says {image.width} x {image.height}.",
                "Take the images that the annotations were made on.",
            )
        yield image, pixels
        if progress:
            progress(done, len(dataset.images))


def _check_all_there(images: Sequence[DatasetImage], folder: Path) -> None:
    missing = [i.file_name for i in images if not (folder / i.file_name).is_file()]
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        raise ImageError(
            f"{len(missing)} of {len(images)} images are not in {folder}: {named}.",
            "Name the folder that the file names of the data set are relative to.",
        )
