"""The joints of very many people as columns, to find those that look wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import BoolArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_UNKNOWN = 0.5  # confidence of a joint of which no network said anything
_BLOCK = 1000  # people whose objects are in memory at once
_SMALLEST_BOX = 1.0  # pixels; a box without an extent has no inside


@dataclass(eq=False)
class JointTable:
    """P people of K joints each, crowd regions left out. Row p is one person.

    Attributes:
        image_ids: whose image [P].
        person_ids: P ids.
        xy: in image pixels [P, K, 2].
        confidence: in 0..1 [P, K]; 1 where a person placed the joint.
        labelled: which joints count [P, K].
        pinned: which of them a person placed [P, K].
        box_xyxy: in image pixels [P, 4].
    """

    image_ids: Rows
    person_ids: tuple[str, ...]
    xy: Floats
    confidence: Floats
    labelled: BoolArray
    pinned: BoolArray
    box_xyxy: Floats

    @classmethod
    def of(cls, images: Iterable[tuple[int, tuple[Person, ...]]], joints: int) -> JointTable:
        """The table of all people of (image id, its people) who have that many joints."""
        blocks: list[JointTable] = []
        members: list[tuple[int, Person]] = []
        for image_id, people in images:
            members.extend((image_id, p) for p in people if len(p.keypoints) == joints)
            if len(members) >= _BLOCK:
                blocks.append(cls._block(members, joints))
                members = []
        blocks.append(cls._block(members, joints))
        return cls(
            np.concatenate([block.image_ids for block in blocks]),
            tuple(person_id for block in blocks for person_id in block.person_ids),
            np.concatenate([block.xy for block in blocks]),
            np.concatenate([block.confidence for block in blocks]),
            np.concatenate([block.labelled for block in blocks]),
            np.concatenate([block.pinned for block in blocks]),
            np.concatenate([block.box_xyxy for block in blocks]),
        )

    @classmethod
    def _block(cls, members: list[tuple[int, Person]], joints: int) -> JointTable:
        """A few people, as arrays: those take a tenth of what the objects do."""
        columns = [_columns(person) for _, person in members]
        count = len(columns)
        return cls(
            np.array([image_id for image_id, _ in members], dtype=np.int64),
            tuple(person.id for _, person in members),
            np.array([c.xy for c in columns], dtype=np.float32).reshape(count, joints, 2),
            np.array([c.confidence for c in columns], np.float32).reshape(count, joints),
            np.array([c.labelled for c in columns], dtype=np.bool_).reshape(count, joints),
            np.array([c.pinned for c in columns], dtype=np.bool_).reshape(count, joints),
            np.array([c.box for c in columns], dtype=np.float32).reshape(count, 4),
        )

    def update(self, image_id: int, people: Iterable[Person]) -> None:
        """Take over what the people of an image have become; who is gone is labelled nowhere."""
        known = {person.id: person for person in people}
        for row in np.flatnonzero(self.image_ids == image_id).tolist():
            person = known.get(self.person_ids[row])
            if person is None or len(person.keypoints) != self.labelled.shape[1]:
                self.labelled[row] = False
                continue
            now = _columns(person)
            self.xy[row], self.confidence[row] = now.xy, now.confidence
            self.labelled[row], self.pinned[row] = now.labelled, now.pinned
            self.box_xyxy[row] = now.box

    def of_images(self, image_ids: Rows) -> BoolArray:
        """Which rows belong to these images [P]."""
        return np.isin(self.image_ids, image_ids)

    def least_certain(self, k: int, among: BoolArray) -> Rows:
        """Rows with joint k labelled, the least certain one first."""
        rows = np.flatnonzero(self.labelled[:, k] & among)
        return rows[np.argsort(self.confidence[rows, k], kind="stable")]

    def most_unusual(self, k: int, among: BoolArray) -> Rows:
        """Rows with joint k labelled, that one first which lies farthest from where it usually is.

        Measured in the box of its person, where the corners are (0, 0) and (1, 1); usual is the
        median of all, which a few mistakes do not move.
        """
        rows = np.flatnonzero(self.labelled[:, k] & among)
        if len(rows) == 0:
            return rows
        corner, size = self.box_xyxy[rows, :2], self.box_xyxy[rows, 2:] - self.box_xyxy[rows, :2]
        inside = (self.xy[rows, k] - corner) / np.maximum(size, _SMALLEST_BOX)
        distance = np.linalg.norm(inside - np.median(inside, axis=0), axis=1)
        return rows[np.argsort(-distance, kind="stable")]


@dataclass(frozen=True)
class _Columns:
    xy: list[tuple[float, float]]
    confidence: list[float]
    labelled: list[bool]
    pinned: list[bool]
    box: tuple[float, float, float, float]


def _columns(person: Person) -> _Columns:
    joints, box = person.keypoints, person.box
    return _Columns(
        [(k.x, k.y) for k in joints],
        [1.0 if k.pinned else _UNKNOWN if k.confidence is None else k.confidence for k in joints],
        [k.labelled for k in joints],
        [k.pinned for k in joints],
        (box.x1, box.y1, box.x2, box.y2),
    )
