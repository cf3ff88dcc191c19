"""DeepLabCut's table of points as CSV."""

from __future__ import annotations

import csv
import io
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.deeplabcut_table import Column, PointTable, checked_scorer

_HEADERS = ("scorer", "individuals", "bodyparts", "coords")
_SINGLE = ("scorer", "bodyparts", "coords")
_NOT_LABELLED = frozenset({"", "nan", "na", "null", "none"})


class _Head(NamedTuple):
    """The header rows by their names, and how many cells name a frame (1 or 3)."""

    rows: dict[str, list[str]]
    width: int


def read_csv(path: Path) -> PointTable:
    """The table in a CSV file.

    Raises:
        FormatError: naming the file, the line and the body part.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, csv.reader(file, strict=True))
    except UnicodeDecodeError as error:
        raise FormatError(
            Words("{path} is not UTF-8 text ({reason}).", path=path, reason=error.reason),
            Words("Save it as UTF-8."),
        ) from error
    except csv.Error as error:
        raise FormatError(
            Words(
                "{path} is not a table of comma-separated values: {error}.", path=path, error=error
            )
        ) from error
    except OSError as error:
        raise FormatError(
            Words("{path} cannot be read: {value}.", path=path, value=error.strerror or error)
        ) from error


def _read(path: Path, lines: Iterator[list[str]]) -> PointTable:
    head = _head(path, lines)
    names = head.rows
    cells = len(names["coords"])
    columns = tuple(
        Column(individual, bodypart, coordinate)
        for individual, bodypart, coordinate in zip(
            names.get("individuals", [""] * cells), names["bodyparts"], names["coords"], strict=True
        )
    )
    frames: list[str | int] = []
    numbers = array("d")
    for line in lines:
        row = len(frames) + len(names) + 1
        if not line:
            continue
        if len(line) != cells + head.width:
            raise FormatError(
                Words(
                    "{path}: line {row} has {count} cells, not {value} as the header.",
                    path=path,
                    row=row,
                    count=len(line),
                    value=cells + head.width,
                )
            )
        frames.append(_frame(line[: head.width]))
        for cell, column in zip(line[head.width :], columns, strict=True):
            numbers.append(_number(path, row, cell, column))
    values = np.frombuffer(numbers, dtype=np.float64).reshape(len(frames), cells)
    scorer = checked_scorer(path, names["scorer"])
    return PointTable(scorer, columns, tuple(frames), values, "individuals" in names)


def _head(path: Path, lines: Iterator[list[str]]) -> _Head:
    rows: dict[str, list[str]] = {}
    for expected in _HEADERS:
        line = next(lines, [])
        name = line[0] if line else ""
        if expected == "individuals" and name == "bodyparts":
            rows["bodyparts"] = line
            continue
        if expected in rows:
            expected = "coords"
        if name != expected:
            raise FormatError(
                Words(
                    "{path}: line {value} of the header is {name!r}, not {expected}.",
                    path=path,
                    value=len(rows) + 1,
                    name=name,
                    expected=expected,
                ),
                Words(
                    "DeepLabCut's tables begin with scorer, individuals (if several), bodyparts, "
                    "coords."
                ),
            )
        rows[expected] = line
        if expected == "coords":
            break
    index = _first_number(path, rows)
    return _Head({name: line[index:] for name, line in rows.items()}, index)


def _first_number(path: Path, rows: Mapping[str, list[str]]) -> int:
    """Where numbers begin behind a frame's name, in all lines of the header alike."""
    coordinates = rows["coords"]
    index = next((i for i, cell in enumerate(coordinates) if i and cell), len(coordinates))
    if index not in (1, 3) or index == len(coordinates):
        raise FormatError(Words("{path}: the header's line coords names no x and y.", path=path))
    for name, line in rows.items():
        if len(line) != len(coordinates):
            raise FormatError(
                Words(
                    "{path}: the header's line {name} has {count} cells, not {count2}.",
                    path=path,
                    name=name,
                    count=len(line),
                    count2=len(coordinates),
                )
            )
    return index


def _frame(cells: Sequence[str]) -> str | int:
    if len(cells) == 1 and cells[0].isascii() and cells[0].isdecimal() and len(cells[0]) < 16:
        return int(cells[0])
    return "/".join(cell.replace("\\", "/") for cell in cells)


def _number(path: Path, row: int, cell: str, column: Column) -> float:
    try:
        return float(cell)
    except ValueError:
        if cell.strip().lower() in _NOT_LABELLED:
            return math.nan
        raise FormatError(
            Words(
                "{path}: line {row}: {coordinate} of body part {bodypart} is {cell!r}, not a "
                "number.",
                path=path,
                row=row,
                coordinate=column.coordinate,
                bodypart=column.bodypart,
                cell=cell,
            )
        ) from None


def write_csv(path: Path, table: PointTable) -> None:
    """Write a table; FormatError, naming the file, if that fails."""
    parts = [str(frame).split("/") for frame in table.frames]
    index = 3 if parts and all(len(part) == 3 for part in parts) else 1
    padding = [""] * (index - 1)
    content = {
        "scorer": [table.scorer] * len(table.columns),
        "individuals": [column.individual for column in table.columns],
        "bodyparts": [column.bodypart for column in table.columns],
        "coords": [column.coordinate for column in table.columns],
    }
    with atomic_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        try:
            writer = csv.writer(text, lineterminator="\n")
            for name in _HEADERS if table.several else _SINGLE:
                writer.writerow([name, *padding, *content[name]])
            for frame, part, row in zip(table.frames, parts, table.values, strict=True):
                cells = ["" if math.isnan(number) else repr(number) for number in row.tolist()]
                writer.writerow([*(part if index == 3 else [frame]), *cells])
        except UnicodeEncodeError as error:
            raise FormatError(
                Words("{path}: a name in it cannot be written as UTF-8.", path=path)
            ) from error
        finally:
            text.detach()
