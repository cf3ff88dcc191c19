"""What Label Studio's tasks hold: which fields there are."""

from __future__ import annotations

from typing import Any

import msgspec

NOTHING = msgspec.Raw(b"{}")
EMPTY = msgspec.Raw(b"[]")

RESULTS = "label_studio_results"
"""Field of an image with what its annotation has besides people, as it came."""

VERSIONS = "label_studio_versions"
"""Field of an image with the annotations and predictions that were not chosen, as they came."""

DATA = "label_studio_data"
"""Field of an image with what its task says besides where the image is."""

ADDRESS = "label_studio_image"
"""Field of an image with its address, where that is another than we would write."""

REGION_ID = "label_studio_id"
"""Field of a person with the id of their box, where that is another than we would write."""

HUMAN_ORIGINS = ("manual", "prediction-changed")
PREDICTED_ORIGIN = "prediction"


class Rectangle(msgspec.Struct):
    """The value of a box, in percent of the image's size; it turns about its first corner."""

    x: float
    y: float
    width: float
    height: float
    rotation: float | None = 0
    rectanglelabels: list[str] = []


class Point(msgspec.Struct):
    """The value of a keypoint, in percent of the image's size."""

    x: float
    y: float
    keypointlabels: list[str] = []


class Choice(msgspec.Struct):
    """The value of a choice about a region."""

    choices: list[str]


class Result(msgspec.Struct):
    """One region, or what is said about one."""

    type: str
    id: str | None = None
    value: msgspec.Raw = NOTHING
    original_width: float | None = None
    original_height: float | None = None
    image_rotation: float | None = 0
    origin: str | None = None
    parentID: str | None = None  # noqa: N815 (Label Studio's name)
    score: float | None = None
    meta: dict[str, Any] | None = None


class Version(msgspec.Struct):
    """One annotation or prediction of a task."""

    result: msgspec.Raw = EMPTY
    was_cancelled: bool | None = False
    ground_truth: bool | None = False
    updated_at: str | None = ""


class Task(msgspec.Struct):
    """One image; annotations were called completions once."""

    data: dict[str, Any]
    id: int | str | None = None
    annotations: list[msgspec.Raw] | None = None
    completions: list[msgspec.Raw] | None = None
    predictions: list[msgspec.Raw] | None = None
    meta: dict[str, Any] | None = None
