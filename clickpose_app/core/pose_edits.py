"""Edits of a whole pose, of a box by its joints, and of one limb: pure, as those in edits.py."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person, Source
from clickpose_app.core.geometry import Box, FloatArray

# Share of the longer side of the joints: in COCO the median distance from the outermost joints
# to the box is 0.07 at the sides, 0.08 below and 0.12 above them.
_MARGIN = 0.08
_LEAST_MARGIN = 4.0  # pixels; one joint alone has no extent


@dataclass(frozen=True, slots=True)
class Similarity:
    """Turn and scale about a point, then shift; all in image pixels.

    Attributes:
        x: of the point that only the shift moves.
        y: as x.
        angle: radians, clockwise as it looks on the screen (y points down).
        scale: above zero.
        dx: shift.
        dy: as dx.
    """

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def apply(self, points: FloatArray) -> FloatArray:
        """Points [N, 2] where they go."""
        centre = np.array([self.x, self.y])
        shift = np.array([self.dx, self.dy])
        if not self.angle and self.scale == 1.0:
            # To the last bit, which a detour by the centre would not be.
            return np.asarray(points + shift, dtype=np.float64)
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        turn = np.array([[cos, sin], [-sin, cos]]) * self.scale
        return np.asarray((points - centre) @ turn + centre + shift, dtype=np.float64)


def transform_pose(
    annotation: ImageAnnotation, person_id: str, similarity: Similarity
) -> ImageAnnotation:
    """Move, turn or scale a whole pose, as a person wants it: its labelled joints become pinned.

    Joints that are not labelled go along, so that they return to the right place when they are
    put back. The box goes along and keeps its distance from the joints, unless a person drew
    it: what a person placed only that person moves. An ignore region is its box, so it always
    goes along (and does not turn).
    """
    person = annotation.person(person_id)
    xy = similarity.apply(person.xy)
    keypoints = tuple(
        Keypoint(float(x), float(y), k.visibility, Source.HUMAN)
        if k.labelled
        else replace(k, x=float(x), y=float(y))
        for k, (x, y) in zip(person.keypoints, xy, strict=True)
    )
    box = person.box
    if person.box_source is not Source.HUMAN or not person.labelled.any():
        box = _box_along(person, xy, similarity)
    changed = annotation.with_person(replace(person, keypoints=keypoints, box=box))
    return replace(changed, state=ImageState.EDITED)


def pose_centre(person: Person) -> tuple[float, float]:
    """The middle of the labelled joints' extent, or of the box where there are none."""
    box = Box.around(person.xy[person.labelled]) if person.labelled.any() else person.box
    return (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2


def fit_box(
    annotation: ImageAnnotation, person_id: str, width: float, height: float
) -> ImageAnnotation:
    """Put the box around the labelled joints, with the margin that boxes of people have.

    The box ends at the edge of the picture, whose size is given; it counts as drawn by hand.

    Raises:
        ValueError: if no joint is labelled.
    """
    person = annotation.person(person_id)
    if not person.labelled.any():
        raise ValueError(f"person {person_id} has no labelled joint")
    tight = Box.around(person.xy[person.labelled])
    margin = max(_LEAST_MARGIN, _MARGIN * max(tight.width, tight.height))
    box = Box.around(person.xy[person.labelled], margin)
    clipped = box.clipped(width, height)
    return edits.set_box(annotation, person_id, clipped if clipped.area > 0 else box)


def _box_along(person: Person, xy: FloatArray, similarity: Similarity) -> Box:
    """The person's box, as far from the joints at xy [K, 2] as it was before they moved."""
    box, labelled = person.box, person.labelled
    if not labelled.any():
        turned_not = replace(similarity, angle=0.0)
        corners = turned_not.apply(np.array([(box.x1, box.y1), (box.x2, box.y2)]))
        return Box.from_corners(*(float(value) for value in corners.ravel()))
    before, after = Box.around(person.xy[labelled]), Box.around(xy[labelled])
    scale = similarity.scale
    return Box.from_corners(
        after.x1 + (box.x1 - before.x1) * scale,
        after.y1 + (box.y1 - before.y1) * scale,
        after.x2 + (box.x2 - before.x2) * scale,
        after.y2 + (box.y2 - before.y2) * scale,
    )
