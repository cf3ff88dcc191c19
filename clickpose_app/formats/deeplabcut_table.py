"""DeepLabCut's table of points, as it stands in its CSV and H5 files alike.

A column is one coordinate of one body part (of one individual); a row is one frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import FloatArray
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import FARTHEST

COORDINATES = ("x", "y", "likelihood")
UNIQUE = "single"
"""The individual to whom DeepLabCut gives body parts of which an image has only one."""


class Column(NamedTuple):
    """What a column is about; individual is empty in tables of a single animal."""

    individual: str
    bodypart: str
    coordinate: str


@dataclass(frozen=True)
class PointTable:
    """What a file of points says.

    Attributes:
        scorer: who labelled, or the name of the network.
        columns: C of them, in file order.
        frames: R names of images with forward slashes, or frame numbers of a video.
        values: [R, C] in pixels from the middle of the first one; NaN where not labelled.
        several: whether the table has a row of individuals.
    """

    scorer: str
    columns: tuple[Column, ...]
    frames: tuple[str | int, ...]
    values: FloatArray
    several: bool

    @property
    def predicted(self) -> bool:
        """Whether a network wrote it."""
        return any(column.coordinate == "likelihood" for column in self.columns)


@dataclass(frozen=True)
class Places:
    """Where the numbers of an individual are.

    Attributes:
        individual: the name, empty in tables of a single animal.
        columns: for each body part of the skeleton [K, 3] the columns of x, y and likelihood;
            -1 where the table has none.
    """

    individual: str
    columns: NDArray[np.intp]


def checked_scorer(path: Path, scorers: Sequence[str]) -> str:
    """The one scorer of a table; FormatError if there are several."""
    names = list(dict.fromkeys(scorers))
    if len(names) > 1:
        raise FormatError(
            Words(
                "{path} holds points of several scorers ({values}).",
                path=path,
                values=", ".join(names[:3]),
            ),
            Words("Export one file for each of them from DeepLabCut."),
        )
    return names[0] if names else ""


def places(path: Path, table: PointTable, bodyparts: Sequence[str]) -> tuple[Places, ...]:
    """Where each individual's points are, in the order of the file.

    Raises:
        FormatError: naming the body part, for a column twice or one without its partner.
    """
    place = {name: k for k, name in enumerate(bodyparts)}
    found: dict[str, NDArray[np.intp]] = {}
    for number, column in enumerate(table.columns):
        where = f"{path}: {_column_name(column)}"
        if column.coordinate not in COORDINATES:
            raise FormatError(
                Words("{where}: the coordinate is none of x, y and likelihood.", where=where)
            )
        of_one = found.setdefault(
            column.individual, np.full((len(bodyparts), len(COORDINATES)), -1, dtype=np.intp)
        )
        cell = place[column.bodypart], COORDINATES.index(column.coordinate)
        if of_one[cell] >= 0:
            raise FormatError(Words("{where} is there twice.", where=where))
        of_one[cell] = number
    for individual, of_one in found.items():
        for k, (x, y, likelihood) in enumerate(of_one):
            missing = [n for n, c in (("x", x), ("y", y)) if c < 0]
            if missing and (len(missing) == 1 or likelihood >= 0):
                column = Column(individual, bodyparts[k], missing[0])
                raise FormatError(
                    Words(
                        "{path}: {column_name} is missing.",
                        path=path,
                        column_name=_column_name(column),
                    )
                )
    return tuple(Places(name, columns) for name, columns in found.items())


def check_values(path: Path, table: PointTable, all_places: Sequence[Places]) -> None:
    """Raise FormatError, naming frame and column, for numbers that are no coordinates."""
    bad = np.isinf(table.values) | (np.abs(table.values) > FARTHEST)
    _refuse(path, table, bad, "is {value:g}, which is no number of pixels")
    for of_one in all_places:
        given = of_one.columns[:, 0] >= 0
        x, y, likelihood = of_one.columns[given].T
        half = np.isnan(table.values[:, x]) != np.isnan(table.values[:, y])
        bad = np.zeros_like(table.values, dtype=np.bool_)
        bad[:, x] = half
        _refuse(path, table, bad, "is {value:g}, but the other coordinate says otherwise")
        bad[:] = False
        likelihood = likelihood[likelihood >= 0]
        numbers = table.values[:, likelihood]
        bad[:, likelihood] = (numbers < 0) | (numbers > 1)
        _refuse(path, table, bad, "is {value:g}, which is not between 0 and 1")


def _refuse(path: Path, table: PointTable, bad: NDArray[np.bool_], words: str) -> None:
    if bad.any():
        row, number = np.argwhere(bad)[0]
        problem = words.format(value=table.values[row, number])
        raise FormatError(
            Words(
                "{path}: frame {value}: {column_name} {problem}.",
                path=path,
                value=table.frames[row],
                column_name=_column_name(table.columns[number]),
                problem=problem,
            )
        )


def _column_name(column: Column) -> str:
    of_whom = f" of {column.individual}" if column.individual else ""
    return f"{column.coordinate} of body part {column.bodypart}{of_whom}"
