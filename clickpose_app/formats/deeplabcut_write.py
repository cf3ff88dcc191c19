"""Write a data set as DeepLabCut's table of points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from clickpose_app.core.annotation import Person, Source, Visibility
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.deeplabcut_config import config_near
from clickpose_app.formats.deeplabcut_csv import write_csv
from clickpose_app.formats.deeplabcut_h5 import write_h5
from clickpose_app.formats.deeplabcut_people import mean_confidence
from clickpose_app.formats.deeplabcut_read import FIELD
from clickpose_app.formats.deeplabcut_table import UNIQUE, Column, PointTable
from clickpose_app.formats.format import Losses
from clickpose_app.formats.lost_fields import note_file, note_image, note_person, note_skeleton
from clickpose_app.formats.named_skeleton import named_skeleton
from clickpose_app.formats.pixel_centres import to_centres
from clickpose_app.formats.tracks import names_on_image, track_name

_PREFIX = "CollectedData_"
_INDIVIDUAL = "individual"
_MOST_NUMBERS = 1 << 27


class _Shape(NamedTuple):
    """What the header will say: individuals (empty for a single animal), and likelihoods."""

    individuals: tuple[str, ...]
    predicted: bool


def write_deeplabcut(path: Path, dataset: Dataset) -> tuple[Words, ...]:
    """Write a table of points; the suffix says whether as CSV or H5.

    Its scorer is the one in the file's name, CollectedData_SCORER.csv, as DeepLabCut wants it.
    A data set in which nobody has placed a point by hand becomes a table of predictions, with
    likelihoods; any other a table of labels. It is one of several animals if an image shows
    more than one person, or people have tracks.

    Returns:
        A sentence for each thing that is lost.

    Raises:
        FormatError: naming the file, if it cannot be written; what was there before stays.
    """
    losses = Losses("DeepLabCut")
    shape = _shape(dataset)
    own = dataset.extra.get(FIELD)
    table = _table(path, dataset, shape, own if isinstance(own, Mapping) else {}, losses)
    note_file(losses, dataset, {FIELD})
    _note_skeleton(path, dataset.skeleton, losses)
    (write_csv if path.suffix.lower() == ".csv" else write_h5)(path, table)
    return losses.sentences()


def _held(people: Sequence[Person]) -> list[Person]:
    return [person for person in people if not person.is_crowd and person.labelled.any()]


def _shape(dataset: Dataset) -> _Shape:
    """Look through all people once, because the header comes first."""
    names: dict[str, None] = {}
    by_hand = anybody = several = False
    for image in dataset.images:
        people = _held(image.annotation.people)
        several |= len(people) > 1 or any(track_name(person) for person in people)
        names.update(dict.fromkeys(names_on_image(people, _INDIVIDUAL)[0]))
        for person in people:
            anybody = True
            labelled = [k for k in person.keypoints if k.labelled]
            by_hand |= any(k.source is Source.HUMAN for k in labelled)
    own = dataset.extra.get(FIELD)
    listed = own.get("individuals") if isinstance(own, Mapping) else None
    if isinstance(listed, list):
        several |= bool(listed)
        names = dict.fromkeys([*map(str, listed), *names])
    return _Shape(tuple(names) if several else (), anybody and not by_hand)


def _table(
    path: Path, dataset: Dataset, shape: _Shape, own: Mapping[str, Any], losses: Losses
) -> PointTable:
    values = _values(path, dataset, shape, losses)
    columns = _columns(shape.individuals or ("",), dataset.skeleton.keypoints, shape.predicted)
    values = values.reshape(len(dataset.images), len(columns))
    kept = _kept(columns, values, own)
    return PointTable(
        _scorer(path, own),
        tuple(column for column, keep in zip(columns, kept, strict=True) if keep),
        tuple(image.file_name for image in dataset.images),
        values[:, kept],
        bool(shape.individuals),
    )


def _values(path: Path, dataset: Dataset, shape: _Shape, losses: Losses) -> FloatArray:
    """Numbers of each image, individual and column of theirs; NaN for what is not there."""
    count = len(dataset.skeleton)
    individuals = shape.individuals or ("",)
    sides = (len(dataset.images), len(individuals), count * (3 if shape.predicted else 2))
    if math.prod(sides) > _MOST_NUMBERS:
        raise FormatError(
            Words(
                "{path} would have {count:,} individuals on {count2:,} frames, which is more "
                "than a gigabyte.",
                path=path,
                count=len(individuals),
                count2=len(dataset.images),
            ),
            Words("Write it in parts: clickpose split divides a data set."),
        )
    values = np.full(sides, math.nan)
    place = {name: i for i, name in enumerate(individuals)}
    for row, image in enumerate(dataset.images):
        annotation = image.annotation
        note_image(losses, image, annotation)
        people = [person for person in annotation.people if note_person(losses, person)]
        names, made_up = names_on_image(people, _INDIVIDUAL)
        if shape.individuals:
            losses.note(Words("that a person is of no track"), made_up)
        for name, person in zip(names, people, strict=True):
            _check_count(path, image.file_name, person, count)
            _note_points(losses, person, shape.predicted)
            values[row, place[name] if shape.individuals else 0] = _numbers(person, shape.predicted)
    return values


def _check_count(path: Path, file_name: str, person: Person, count: int) -> None:
    if len(person.keypoints) != count:
        raise FormatError(
            Words(
                "{path}: image {file_name!r}: a person has {count} keypoints, not "
                "{count2} as the skeleton.",
                path=path,
                file_name=file_name,
                count=len(person.keypoints),
                count2=count,
            )
        )


def _columns(individuals: Sequence[str], keypoints: Sequence[str], predicted: bool) -> list[Column]:
    coordinates = ("x", "y", "likelihood") if predicted else ("x", "y")
    return [Column(i, k, c) for i in individuals for k in keypoints for c in coordinates]


def _kept(columns: Sequence[Column], values: Any, own: Mapping[str, Any]) -> list[bool]:
    """Leave out what nobody has: unique body parts of individuals, and the other way round."""
    unique = own.get("unique") or ()
    given = ~np.isnan(values).all(axis=0)
    return [
        (column.bodypart in unique) == (column.individual == UNIQUE) or bool(some) or not unique
        for column, some in zip(columns, _whole(columns, given), strict=True)
    ]


def _whole(columns: Sequence[Column], given: Any) -> list[bool]:
    """Whether anything of a column's body part is given, so that x, y and likelihood stay."""
    parts = {c[:2] for c, some in zip(columns, given, strict=True) if some}
    return [column[:2] in parts for column in columns]


def _numbers(person: Person, predicted: bool) -> list[float]:
    numbers: list[float] = []
    for keypoint in person.keypoints:
        if not keypoint.labelled:
            numbers += [math.nan] * (3 if predicted else 2)
            continue
        numbers += [to_centres(keypoint.x), to_centres(keypoint.y)]
        if predicted:
            numbers.append(math.nan if keypoint.confidence is None else keypoint.confidence)
    return numbers


def _note_points(losses: Losses, person: Person, predicted: bool) -> None:
    labelled = [k for k in person.keypoints if k.labelled]
    losses.note(
        Words("which keypoints are occluded"),
        sum(k.visibility is Visibility.OCCLUDED for k in labelled),
    )
    if predicted:
        losses.note(Words("scores of people"), person.score != mean_confidence(person.keypoints))
        losses.note(Words("confidences of unlabelled keypoints"), _unlabelled_scores(person))
    else:
        losses.note(
            Words("which keypoints are predicted"),
            sum(k.source is Source.PREDICTED for k in labelled),
        )
        losses.note(
            Words("confidences of keypoints among labels"),
            sum(k.confidence is not None for k in person.keypoints),
        )
        losses.note(Words("scores of people"), person.score is not None)
    losses.note(Words("who drew a box"), person.box_source is Source.HUMAN)


def _unlabelled_scores(person: Person) -> int:
    return sum(k.confidence is not None for k in person.keypoints if not k.labelled)


def _note_skeleton(path: Path, skeleton: Skeleton, losses: Losses) -> None:
    """The table names body parts only; the rest is in the project's config.yaml, if anywhere."""
    place = {name: k for k, name in enumerate(skeleton.keypoints)}
    config = config_near(path)
    limbs = config.limbs if config else ()
    joined = [(place[a], place[b]) for a, b in limbs if a in place and b in place]
    held, _ = named_skeleton(path, skeleton.name, skeleton.keypoints, joined)
    note_skeleton(losses, held, skeleton)


def _scorer(path: Path, own: Mapping[str, Any]) -> str:
    if path.stem.startswith(_PREFIX) and path.stem != _PREFIX:
        return path.stem.removeprefix(_PREFIX)
    return str(own.get("scorer") or "ClickPose")
