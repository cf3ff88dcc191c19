"""Who is who from image to image: tracks and individuals of other programs.

ClickPose keeps it in a person's field "track_id", as it does for people in videos.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clickpose_app.core.annotation import Person

FIELD = "track_id"

_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")


def track_id(name: str) -> int | str:
    """What "track_id" holds for a name: a number where the name is one."""
    return int(name) if _WHOLE.fullmatch(name) else name


def track_name(person: Person) -> str | None:
    """The name of a person's track; None if they have none that can be written."""
    value = person.extra.get(FIELD)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return str(value).strip() or None


def names_on_image(people: Sequence[Person], prefix: str) -> tuple[list[str], int]:
    """A name for each person of one image, no two alike, and how many of them are made up.

    Args:
        people: of the image; one without a track, or with the track of another one, gets the
            first free name.
        prefix: of the names made up: ``individual`` gives ``individual1``.
    """
    taken: set[str] = set()
    names: list[str | None] = []
    for person in people:
        name = track_name(person)
        names.append(None if name in taken else name)
        taken |= {name} if name else set()
    made_up = names.count(None)
    number = 0
    for place, name in enumerate(names):
        while name is None:
            number += 1
            candidate = f"{prefix}{number}"
            name = None if candidate in taken else candidate
        names[place] = name
    return [name for name in names if name is not None], made_up
