"""Data sets as formats of points hold them: nothing but joints, and who is who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from clickpose_app.core.annotation import ImageAnnotation, Person, Source
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context
from clickpose_app.formats.lost_fields import box_of


def context_of(dataset: Dataset, folder: Path) -> Context:
    """The folder with an empty file for each image, whose sizes are known all the same."""
    sizes = {}
    for image in dataset.images:
        path = folder / image.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        sizes[str(path)] = (image.width, image.height)
    return Context(folder, sizes.__getitem__)


def points_only(
    dataset: Dataset, score: Callable[[Person], float | None] = lambda person: person.score
) -> Dataset:
    """What is left when only people with labelled joints count, and boxes lie around these."""

    def held(person: Person) -> Person:
        return replace(person, box=box_of(person), box_source=Source.PREDICTED, score=score(person))

    images = []
    for image in dataset.images:
        annotation = image.annotation
        people = tuple(
            held(person)
            for person in annotation.people
            if not person.is_crowd and person.labelled.any()
        )
        images.append(replace(image, annotation=ImageAnnotation(people, annotation.state)))
    return replace(dataset, images=tuple(images))


@st.composite
def tracked(draw: st.DrawFn, data_sets: st.SearchStrategy[Dataset]) -> Dataset:
    """Those data sets, with somebody known by a name, a number, or not at all."""
    dataset = draw(data_sets)
    images: list[DatasetImage] = []
    for image in dataset.images:
        annotation = image.annotation
        names = draw(st.permutations(["Lärm", "mouse 1", 7, None]))
        people = tuple(
            replace(person, extra={**person.extra, "track_id": name} if name else person.extra)
            for person, name in zip(annotation.people, names, strict=False)
        )
        images.append(replace(image, annotation=replace(annotation, people=people)))
    return replace(dataset, images=tuple(images))


def tracks(dataset: Dataset) -> list[list[object]]:
    """The track of each person, image by image."""
    return [
        [person.extra.get("track_id") for person in image.annotation.people]
        for image in dataset.images
    ]
