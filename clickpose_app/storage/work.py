"""Time and clicks that annotation took, kept with the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.work import Numbers, Spell, WorkedImage, count
from clickpose_app.storage import annotation_json
from clickpose_app.storage.database import annotation_of
from clickpose_app.storage.project import Project


def record_work(project: Project, spells: Iterable[Spell]) -> None:
    """Add pieces of work in one transaction: all of them or, on an error, none.

    Raises:
        ProjectError: if the project is read-only, an image is unknown or the disk fails.
    """
    rows = [(s.image_id, s.person_id, s.ended, s.seconds, s.clicks, s.placed) for s in spells]
    if rows:
        with project.database.transaction() as connection:
            connection.executemany(
                "INSERT INTO work (image_id, person_id, ended, seconds, clicks, placed) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )


def worked_images(project: Project) -> list[WorkedImage]:
    """Every image that was worked on, with its people and the work, in the project's order.

    Raises:
        ProjectError: if the project is damaged.
    """
    database = project.database
    spells: dict[int, list[Spell]] = defaultdict(list)
    for row in database.rows(
        "SELECT image_id, person_id, ended, seconds, clicks, placed FROM work ORDER BY ended, id"
    ):
        spells[row[0]].append(Spell(*row))
    images = []
    for image_id, name, state, people in database.rows(
        "SELECT id, file_name, state, people FROM image "
        "LEFT JOIN annotation ON image_id = id "
        "WHERE id IN (SELECT image_id FROM work) ORDER BY id"
    ):
        with database.decoding(annotation_of(image_id)):
            decoded = annotation_json.decode_people(people) if people is not None else ()
            worked = WorkedImage(
                image_id, name, ImageState(state), decoded, tuple(spells[image_id])
            )
        # A window may have begun with an image since the work was read.
        if worked.spells:
            images.append(worked)
    return images


def read_numbers(path: Path, today: date | None = None) -> Numbers:
    """All figures of a project; works while a window has it open. Opens its own connection.

    Args:
        path: the project file.
        today: in the person's own time; None for the day it is.

    Raises:
        ProjectError: if the project cannot be read.
    """
    with Project.open(path, read_only=True) as project:
        states = {
            ImageState(state): int(number)
            for state, number in project.database.rows(
                "SELECT state, count(*) FROM image GROUP BY state"
            )
        }
        return count(worked_images(project), states, today or date.today())
