"""Data sets brought to the one skeleton that a format knows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Losses


def fitted(dataset: Dataset, skeleton: Skeleton, title: str, losses: Losses) -> Dataset:
    """The data set with another skeleton, keypoints being matched by their names.

    Keypoints that the skeleton lacks wait in Person.extra, as when a project's skeleton is
    changed; those that only it has are not labelled.

    Args:
        dataset: to be written.
        skeleton: that the format knows.
        title: the format's, for errors.
        losses: are told which labelled keypoints have no place, as the images are read.

    Raises:
        FormatError: if no keypoint has the same name in both.
    """
    places = match_names(skeleton.keypoints, dataset.skeleton.keypoints)
    if all(place is None for place in places):
        raise FormatError(
            Words(
                "{title} knows none of the keypoints of {name}.",
                title=title,
                name=dataset.skeleton.name,
            ),
            Words("Choose another format, or another skeleton in the window."),
        )
    change = Reskeleton(dataset.skeleton, skeleton, places)
    images = tuple(
        replace(image, annotation=partial(_changed, image, change, losses))
        for image in dataset.images
    )
    own = {name: v for name, v in dataset.category_extra.items() if name not in _OF_SKELETON}
    return replace(dataset, skeleton=skeleton, images=images, category_extra=own)


_OF_SKELETON = frozenset({"keypoints", "sigmas", "flip_pairs"})


def _changed(image: DatasetImage, change: Reskeleton, losses: Losses) -> ImageAnnotation:
    annotation = image.annotation
    for person in annotation.people:
        for k in change.removed if person.keypoints else ():
            labelled = person.keypoints[k].labelled
            losses.note(Words("the keypoint {name}", name=change.old.keypoints[k]), int(labelled))
    return replace(annotation, people=tuple(map(change.person, annotation.people)))
