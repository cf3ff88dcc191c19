"""The work on a project as a table for spreadsheets: one row an image and person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from clickpose_app.core.work import PersonWork
from clickpose_app.formats.atomic_file import atomic_file

HEADERS = (
    "image",
    "image state",
    "person",
    "person id",
    "finished",
    "joints labelled",
    "joints placed by hand",
    "clicks",
    "clicks by hand",
    "clicks saved",
    "active seconds",
    "last worked on",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_work_csv(path: Path, people: Iterable[PersonWork]) -> int:
    """Write the table; an existing file is replaced when the new one is complete.

    The row of an image as a whole (time and clicks that belong to nobody on it) has no person.
    Somebody deleted since has an id, but no number.

    Args:
        path: the file.
        people: the rows, in their order.

    Returns:
        How many rows were written, the headers not counted.

    Raises:
        FormatError: naming the file, if it cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    rows = [_row(person) for person in people]
    writer.writerows(rows)
    with atomic_file(path) as file:
        # With the mark, because spreadsheets take anything else for the system's old encoding.
        file.write(text.getvalue().encode("utf-8-sig", "replace"))
    return len(rows)


def _row(work: PersonWork) -> tuple[object, ...]:
    ended = datetime.fromtimestamp(work.ended).astimezone().isoformat(" ", "seconds")
    return (
        _plain(work.image.file_name),
        work.image.state.value,
        work.number or "",
        _plain(work.person_id),
        "yes" if work.finished else "no",
        work.labelled,
        work.pinned,
        work.clicks,
        work.by_hand if work.finished else "",
        work.saved,
        round(work.seconds, 1),
        ended,
    )


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
