"""COCO keypoint JSON as values and as typed records: which fields there are and what they hold."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

import msgspec

from clickpose_app.core.annotation import ImageState, Source
from clickpose_app.errors import Words

COORDINATES = "continuous pixels: (0, 0) is the top-left corner of the top-left pixel"

OUR_INFO = {"description": "Keypoints annotated with ClickPose"}
"""What a file says about itself where nobody has said anything else."""

SOURCE_LETTERS = {Source.HUMAN: "h", Source.PREDICTED: "p"}
LETTER_SOURCES = {letter: source for source, letter in SOURCE_LETTERS.items()}
NOT_LABELLED = "-"

FARTHEST = 1e9
"""Pixels from the corner; a coordinate beyond is no place in any image."""

# Fields that we read and write ourselves; all others are kept as they came.
TOP_FIELDS = frozenset({"images", "annotations", "categories", "clickpose"})
IMAGE_FIELDS = frozenset({"file_name", "width", "height", "clickpose_state"})
ANNOTATION_FIELDS = frozenset(
    {
        "id",
        "image_id",
        "category_id",
        "bbox",
        "area",
        "iscrowd",
        "keypoints",
        "num_keypoints",
        "score",
        "keypoint_sources",
    }
)

# Plain whatever the system, and told apart a hundred times faster than by PurePath.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ -]*([./][A-Za-z0-9_][A-Za-z0-9_ -]*)*").fullmatch
_DRIVE = re.compile(r"[A-Za-z]:")


class FileRecord(msgspec.Struct):
    """The top level; the long lists stay text until their entries are looked at."""

    images: list[msgspec.Raw]
    annotations: list[msgspec.Raw]
    categories: list[msgspec.Raw]
    clickpose: Any = None


class CategoryRecord(msgspec.Struct):
    """One category."""

    id: int
    name: str
    keypoints: list[str] | None = None
    skeleton: list[tuple[int, int]] | None = None


class ImageRecord(msgspec.Struct):
    """One image."""

    id: int
    file_name: str
    width: int | float
    height: int | float
    clickpose_state: ImageState | None = None


class AnnotationRecord(msgspec.Struct):
    """One annotation; bbox is xywh, keypoints are flat x, y, v."""

    id: int
    image_id: int
    category_id: int
    bbox: tuple[float, float, float, float] | None = None
    area: float | None = None
    iscrowd: int | bool = 0
    keypoints: list[float] | None = None
    score: float | None = None
    keypoint_sources: str | None = None


class Flaw(ValueError):  # noqa: N818 (it becomes a FormatError once file and record are known)
    """What is wrong with a record, and in which field; the reader adds file and record."""

    def __init__(self, name: str | Words, problem: Words) -> None:
        self.words = Words("{name} {problem}", name=name, problem=problem) if name else problem
        super().__init__(str(self.words))


def plain_file_name(name: str) -> str:
    """An image's file name in its plain form: relative, with forward slashes.

    Raises:
        Flaw: if the name is absolute, leaves its folder or names no file.
    """
    if _PLAIN_NAME(name):
        return name
    slashed = name.replace("\\", "/")
    if slashed.startswith("/") or _DRIVE.match(slashed):
        raise Flaw(
            "file_name",
            Words("{name!r} is absolute; it must be relative to the image folder", name=name),
        )
    plain = PurePosixPath(slashed)
    if ".." in plain.parts:
        raise Flaw("file_name", Words("{name!r} leaves the image folder", name=name))
    if not plain.name or "\0" in name:
        raise Flaw("file_name", Words("{name!r} names no file", name=name))
    return str(plain)
