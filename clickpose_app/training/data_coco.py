"""Photos in a folder whose people a COCO keypoint file describes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person, Source
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.presence import is_file
from clickpose_app.training.data_samples import LEAST_JOINTS, PhotoFile, Sample

_NAMED = 3


def read_coco_folder(
    json_path: Path, image_dir: Path, skeleton: Skeleton, source: str = ""
) -> list[Sample]:
    """The samples of a COCO keypoint file whose images lie in a folder.

    Crowds, and people with fewer than LEAST_JOINTS labelled keypoints, are regions to
    ignore; images that somebody rejected are left out.

    Args:
        json_path: the file; its keypoints are matched by name.
        image_dir: that its file names are relative to.
        skeleton: whose keypoints are wanted.
        source: name of the data set, for images that name none themselves.

    Raises:
        FormatError: naming the file and the record that is wrong, another skeleton, or images
            that are not in the folder.
    """
    dataset = read_coco(json_path)
    if dataset.skeleton.keypoints != skeleton.keypoints:
        raise FormatError(
            f"{json_path} has other keypoints than {skeleton.name}: "
            f"{', '.join(dataset.skeleton.keypoints)}.",
            "Training knows the keypoints of COCO's people only.",
        )
    missing = [i.file_name for i in dataset.images if not is_file(image_dir / i.file_name)]
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        raise FormatError(
            f"{len(missing)} of {len(dataset.images)} images of {json_path} are not in "
            f"{image_dir}: {named}.",
            "Name the folder that the file names are relative to.",
        )
    return [
        coco_sample(image, annotation, PhotoFile(image_dir / image.file_name), skeleton, source)
        for image, annotation in ((image, image.annotation) for image in dataset.images)
        if annotation.state is not ImageState.REJECTED
    ]


def coco_sample(
    image: DatasetImage,
    annotation: ImageAnnotation,
    photo: PhotoFile,
    skeleton: Skeleton,
    source: str,
) -> Sample:
    """One image of a COCO data set as a sample, as read_coco_folder makes them."""
    k = len(skeleton)
    people: list[Person] = []
    others: list[Person] = []
    for person in annotation.people:
        labelled = sum(keypoint.labelled for keypoint in person.keypoints)
        enough = labelled >= min(LEAST_JOINTS, k)
        counts = enough and not person.is_crowd and person.box.area > 0
        (people if counts else others).append(person)
    points = [keypoint for person in people for keypoint in person.keypoints]
    shape = (len(people), k)
    return Sample(
        name=image.file_name,
        source=str(image.extra.get("source", source)),
        photo=photo,
        width=image.width,
        height=image.height,
        boxes=_corners(people),
        keypoints=np.array([(p.x, p.y) for p in points], np.float32).reshape(*shape, 2),
        visibility=np.array([p.visibility for p in points], np.uint8).reshape(shape),
        human=np.array([p.source is Source.HUMAN for p in points], dtype=bool).reshape(shape),
        ignore=_corners(others),
    )


def _corners(people: list[Person]) -> NDArray[np.float32]:
    boxes = [(b.x1, b.y1, b.x2, b.y2) for b in (person.box for person in people)]
    return np.array(boxes, dtype=np.float32).reshape(-1, 4)
