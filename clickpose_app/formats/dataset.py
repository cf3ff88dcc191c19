"""A keypoint data set as values: what every format reads and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person, Source
from clickpose_app.core.skeleton import Skeleton


class _BuiltAtEachAccess:
    """Lets a field be given as a value or as a function that makes it; reading gives the value."""

    def __get__(self, image: DatasetImage | None, owner: type[DatasetImage]) -> ImageAnnotation:
        if image is None:
            raise AttributeError  # so that the dataclass sees a field without a default
        given = image.__dict__["annotation"]
        return given if isinstance(given, ImageAnnotation) else given()

    def __set__(
        self, image: DatasetImage, given: ImageAnnotation | Callable[[], ImageAnnotation]
    ) -> None:
        image.__dict__["annotation"] = given


@dataclass(frozen=True)
class DatasetImage:
    """One image of a data set.

    Attributes:
        id: unique in its file.
        file_name: relative, with forward slashes.
        width: of the upright image, in pixels.
        height: of the upright image, in pixels.
        annotation: who is on it. In a data set that was read from a file it is built anew at
            each access, so that a large file costs little memory: take it once.
        extra: fields of the image's entry that ClickPose does not know, and its "id" (so that
            a project that keeps the extra fields can give the image its old id back).
    """

    id: int
    file_name: str
    width: int
    height: int
    annotation: _BuiltAtEachAccess = _BuiltAtEachAccess()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """A keypoint data set of one category.

    Attributes:
        skeleton: of every person, in the order in which their keypoints are held.
        images: in file order, those without people included.
        extra: top-level fields that ClickPose does not know. Under "categories" and
            "annotations" it holds those of other categories, which are written back unchanged.
        category_extra: fields of the category's entry besides its keypoints and skeleton; its
            "keypoints" are there only if the file had them in another order than skeleton.
    """

    skeleton: Skeleton
    images: tuple[DatasetImage, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)
    category_extra: Mapping[str, Any] = field(default_factory=dict)


def inferred_state(people: Iterable[Person]) -> ImageState:
    """How far the work has come, as far as the people themselves tell."""
    people = tuple(people)
    if not people:
        return ImageState.NEW
    by_hand = any(
        person.box_source is Source.HUMAN
        or any(keypoint.labelled and keypoint.pinned for keypoint in person.keypoints)
        for person in people
    )
    return ImageState.EDITED if by_hand else ImageState.PREDICTED


def counted(dataset: Dataset) -> tuple[Dataset, dict[int, int]]:
    """The same data set, and people by image id, counted when somebody reads the images.

    So whoever writes a data set whose images are built at each access builds them once.
    """
    people: dict[int, int] = {}

    def counting(image: DatasetImage) -> ImageAnnotation:
        annotation = image.annotation
        people[image.id] = len(annotation.people)
        return annotation

    images = tuple(replace(i, annotation=partial(counting, i)) for i in dataset.images)
    return replace(dataset, images=images), people
