"""DeepLabCut's table of points as the HDF5 file of a pandas data frame."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.deeplabcut_table import Column, PointTable, checked_scorer
from clickpose_app.formats.hdf5_guard import check_hdf5
from clickpose_app.formats.library_file import library_file
from clickpose_app.formats.optional_library import first_line, optional_library

_EXTRA = "deeplabcut"
_KEY = "df_with_missing"
_LEVELS = ("scorer", "individuals", "bodyparts", "coords")
_AGAIN = Words("Copy it again from where it came, or import the CSV file beside it.")


def read_h5(path: Path) -> PointTable:
    """The table in an H5 file.

    Raises:
        FormatError: naming the file, also if it could run code, or pandas is not installed.
    """
    pandas = optional_library("pandas", extra=_EXTRA, path=path)
    optional_library("tables", extra=_EXTRA, path=path)
    check_hdf5(path, extra=_EXTRA)
    try:
        with warnings.catch_warnings():
            # How the file is laid out is no concern of the person who reads it.
            warnings.simplefilter("ignore")
            frame = pandas.read_hdf(path)
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise FormatError(
            Words("{path} holds no table of points: {line}.", path=path, line=first_line(error)),
            _AGAIN,
        ) from error
    return _table(path, frame)


def _table(path: Path, frame: Any) -> PointTable:
    labels = list(getattr(frame, "columns", ()))
    if not labels or not all(isinstance(label, tuple) and len(label) in (3, 4) for label in labels):
        raise FormatError(
            Words(
                "{path} is not a table of DeepLabCut: its columns are not scorer, individuals "
                "(if several), bodyparts and coords.",
                path=path,
            ),
            _AGAIN,
        )
    several = len(labels[0]) == 4
    rows = [tuple(map(str, label)) for label in labels]
    columns = tuple(Column(row[1] if several else "", row[-2], row[-1]) for row in rows)
    try:
        values = frame.to_numpy(dtype=np.float64)
    except (ValueError, TypeError) as error:
        raise FormatError(
            Words(
                "{path}: a coordinate is not a number: {line}.", path=path, line=first_line(error)
            )
        ) from error
    frames = tuple(map(_frame, frame.index.tolist()))
    return PointTable(
        checked_scorer(path, [row[0] for row in rows]), columns, frames, values, several
    )


def _frame(label: object) -> str | int:
    if isinstance(label, int):
        return label
    parts = label if isinstance(label, tuple) else (label,)
    return "/".join(str(part).replace("\\", "/") for part in parts)


def write_h5(path: Path, table: PointTable) -> None:
    """Write a table as DeepLabCut does; FormatError, naming the file, if that fails."""
    pandas = optional_library("pandas", extra=_EXTRA, path=path)
    optional_library("tables", extra=_EXTRA, path=path)
    levels = _LEVELS if table.several else (_LEVELS[0], *_LEVELS[2:])
    labels = [
        (table.scorer, *([c.individual] if table.several else []), c.bodypart, c.coordinate)
        for c in table.columns
    ]
    parts = [tuple(str(frame).split("/")) for frame in table.frames]
    in_three = bool(parts) and all(len(part) == 3 for part in parts)
    with library_file(path) as growing, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        index: Any = list(table.frames)
        if in_three:
            index = pandas.MultiIndex.from_tuples(parts)
        frame = pandas.DataFrame(
            table.values,
            index=index if in_three else pandas.Index(index),
            columns=pandas.MultiIndex.from_tuples(labels, names=levels),
        )
        frame.to_hdf(growing, key=_KEY, mode="w")
