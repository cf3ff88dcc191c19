"""People among the regions of one of Label Studio's annotations."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clickpose_app.core.annotation import Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_schema import NOT_LABELLED, SOURCE_LETTERS, Flaw
from clickpose_app.formats.json_reading import decoded
from clickpose_app.formats.label_studio_config import CROWD, OCCLUDED
from clickpose_app.formats.label_studio_schema import (
    HUMAN_ORIGINS,
    PREDICTED_ORIGIN,
    REGION_ID,
    Choice,
    Point,
    Rectangle,
    Result,
)
from clickpose_app.formats.person_fields import built_person

_OUR_ID = re.compile(r"person[0-9]+")


@dataclass
class _BoxRegion:
    result: Result
    box: Box
    labels: list[str]


@dataclass
class _Joint:
    result: Result
    index: int
    x: float
    y: float


@dataclass
class _Parts:
    """What an image says of one person."""

    box: _BoxRegion | None
    joints: dict[int, _Joint] = field(default_factory=dict)


class Regions:
    """Takes the results of one image, and tells which people they are."""

    def __init__(self, skeleton: Skeleton, size: tuple[int, int], predicted: bool) -> None:
        """Of an image of that width and height; predicted is said of regions of no origin."""
        self._skeleton = skeleton
        self._index = {name: k for k, name in enumerate(skeleton.keypoints)}
        self._size = size
        self._usual = Source.PREDICTED if predicted else Source.HUMAN
        self._boxes: list[_BoxRegion] = []
        self._joints: list[_Joint] = []
        self._chosen: dict[str, set[str]] = {}

    def add(self, path: Path, where: Words, result: Result) -> bool:
        """Take a result if it may be part of a person; path and where are for errors.

        Raises:
            Flaw: naming the field that is wrong.
            FormatError: if the value is.
        """
        if result.type in ("rectanglelabels", "keypointlabels") and result.image_rotation:
            raise Flaw(
                "image_rotation",
                Words(
                    "is {degrees:g}; turn the image back in Label Studio",
                    degrees=result.image_rotation,
                ),
            )
        if result.type == "rectanglelabels":
            value = decoded(path, result.value, Rectangle, where)
            self._boxes.append(_BoxRegion(result, self._box(value), value.rectanglelabels))
        elif result.type == "keypointlabels":
            self._joints.append(self._joint(result, decoded(path, result.value, Point, where)))
        elif result.type == "choices" and result.id is not None:
            choices = set(decoded(path, result.value, Choice, where).choices)
            if not choices <= {OCCLUDED, CROWD}:
                return False
            self._chosen.setdefault(result.id, set()).update(choices)
        else:
            return False
        return True

    def people(self, new_id: Callable[[int], str]) -> tuple[tuple[Person, ...], set[str | None]]:
        """The people in the order of their boxes, and the ids of boxes that are of others.

        Raises:
            Flaw: if it cannot be told whose a keypoint is, or a value is wrong.
        """
        parts = [_Parts(box) for box in self._boxes]
        alone = _Parts(None)
        for joint in self._joints:
            owner = self._owner(joint, parts) or alone
            if joint.index in owner.joints:
                name = self._skeleton.keypoints[joint.index]
                raise Flaw("keypointlabels", Words("has {name!r} twice for one person", name=name))
            owner.joints[joint.index] = joint
        posed = {label for each in parts if each.box and each.joints for label in each.box.labels}
        people: list[Person] = []
        others: set[str | None] = set()
        for each in (*parts, *([alone] if alone.joints else [])):
            if each.box and not each.joints and not {PERSON, *posed} & set(each.box.labels):
                others.add(each.box.result.id)
            else:
                people.append(self._person(new_id(len(people)), each))
        return tuple(people), others

    def _owner(self, joint: _Joint, parts: list[_Parts]) -> _Parts | None:
        """Whose the joint is: of the box that it names, of the only one, or of that around it."""
        parent = joint.result.parentID
        if parent is not None:
            for each in parts:
                if each.box and each.box.result.id == parent:
                    return each
            raise Flaw(
                "parentID", Words("{parent!r} of a keypoint is none of the boxes", parent=parent)
            )
        if len(parts) < 2:
            return parts[0] if parts else None
        around = [each for each in parts if each.box and each.box.box.contains(joint.x, joint.y)]
        if len(around) != 1:
            name = self._skeleton.keypoints[joint.index]
            raise Flaw(
                "parentID",
                Words(
                    "of the keypoint {name!r} is missing, and {count} boxes hold it",
                    name=name,
                    count=len(around),
                ),
            )
        return around[0]

    def _person(self, person_id: str, parts: _Parts) -> Person:
        fields: dict[str, Any] = {}
        box = None
        if parts.box is not None:
            result, box = parts.box.result, parts.box.box
            fields = dict(result.meta or {})
            if result.score is not None:
                fields["score"] = result.score
            if self._says(result, CROWD):
                fields["iscrowd"] = 1
            fields["bbox_source"] = self._source(result).value
            # What others say of the region names it by its id.
            if result.id is not None and not _OUR_ID.fullmatch(result.id):
                fields[REGION_ID] = result.id
        count = len(self._skeleton)
        letters = [NOT_LABELLED] * count
        scores = fields.get("keypoint_scores")
        scores = list(scores) if isinstance(scores, list) and len(scores) == count else None
        places = {}
        for k, joint in parts.joints.items():
            occluded = self._says(joint.result, OCCLUDED)
            visibility = Visibility.OCCLUDED if occluded else Visibility.VISIBLE
            places[k] = joint.x, joint.y, visibility
            letters[k] = SOURCE_LETTERS[self._source(joint.result)]
            if joint.result.score is not None:
                scores = scores or [None] * count
                scores[k] = joint.result.score
        fields["keypoint_sources"] = "".join(letters)
        if scores is not None:
            fields["keypoint_scores"] = scores
        return built_person(person_id, count, places, box, fields)

    def _says(self, result: Result, choice: str) -> bool:
        return result.id is not None and choice in self._chosen.get(result.id, ())

    def _source(self, result: Result) -> Source:
        if result.origin == PREDICTED_ORIGIN:
            return Source.PREDICTED
        return Source.HUMAN if result.origin in HUMAN_ORIGINS else self._usual

    def _joint(self, result: Result, value: Point) -> _Joint:
        if len(value.keypointlabels) != 1:
            raise Flaw(
                "keypointlabels",
                Words("has {count} labels, not 1", count=len(value.keypointlabels)),
            )
        (name,) = value.keypointlabels
        if name not in self._index:
            raise Flaw(
                "keypointlabels", Words("has {name!r}, which is none of the keypoints", name=name)
            )
        width, height = self._size
        x, y = value.x * width / 100, value.y * height / 100
        return _Joint(result, self._index[name], x, y)

    def _box(self, value: Rectangle) -> Box:
        width, height = self._size
        if value.width < 0 or value.height < 0:
            raise Flaw(
                "value",
                Words(
                    "has the size {width:g} x {height:g}", width=value.width, height=value.height
                ),
            )
        x, y = value.x * width / 100, value.y * height / 100
        w, h = value.width * width / 100, value.height * height / 100
        if not value.rotation:
            return Box.from_xywh(x, y, w, h)
        turn = math.radians(value.rotation)
        cos, sin = math.cos(turn), math.sin(turn)
        corners = [(x + a * cos - b * sin, y + a * sin + b * cos) for a in (0, w) for b in (0, h)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))
