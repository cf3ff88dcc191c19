"""What the left button can do on the canvas."""

from __future__ import annotations

import enum


class Tool(enum.Enum):
    """What the left button does."""

    SELECT = "select"
    NEW_PERSON = "new person"
    BOX = "box"
    CROWD = "crowd region"
    PLACE = "place"
