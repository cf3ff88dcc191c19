"""The one coordinate convention, boxes, and object keypoint similarity.

Coordinates are continuous image pixels in (x, y) order: (0, 0) is the top-left
corner of the top-left pixel and (W, H) the bottom-right corner of the image, so
the centre of the first pixel is (0.5, 0.5). Boxes are xyxy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-aligned rectangle, xyxy in image pixels, with x1 <= x2 and y1 <= y2."""

    x1: float
    y1: float
    x2: float
    y2: float

    @classmethod
    def from_xywh(cls, x: float, y: float, w: float, h: float) -> Box:
        """The box whose top-left corner is (x, y), as COCO writes it."""
        return cls(x, y, x + w, y + h)

    @classmethod
    def from_corners(cls, xa: float, ya: float, xb: float, yb: float) -> Box:
        """The box between any two opposite corners, in whatever order they were drawn."""
        return cls(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    @classmethod
    def around(cls, points: FloatArray, margin: float = 0.0) -> Box:
        """The smallest box around points [N, 2], N >= 1, grown by margin pixels on each side."""
        (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
        return cls(float(x1) - margin, float(y1) - margin, float(x2) + margin, float(y2) + margin)

    @property
    def width(self) -> float:
        """Horizontal extent in pixels."""
        return self.x2 - self.x1

    @property
    def height(self) -> float:
        """Vertical extent in pixels."""
        return self.y2 - self.y1

    @property
    def area(self) -> float:
        """Width times height, in square pixels."""
        return self.width * self.height

    @property
    def xywh(self) -> tuple[float, float, float, float]:
        """Top-left corner and size, as COCO writes it."""
        return (self.x1, self.y1, self.width, self.height)

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the border."""
        return self.x1 <= x <= self.x2 and self.y1 <= y <= self.y2

    def clipped(self, width: float, height: float) -> Box:
        """The part of the box inside an image of that size; may be empty (zero area)."""
        return self.clipped_to(Box(0.0, 0.0, width, height))

    def clipped_to(self, other: Box) -> Box:
        """The part of the box inside another one; may be empty (zero area)."""
        return Box(
            min(max(self.x1, other.x1), other.x2),
            min(max(self.y1, other.y1), other.y2),
            min(max(self.x2, other.x1), other.x2),
            min(max(self.y2, other.y1), other.y2),
        )

    def grown_to(self, points: FloatArray) -> Box:
        """The smallest box that holds this one and points [N, 2]; never smaller than this one."""
        if len(points) == 0:
            return self
        tight = Box.around(points)
        return Box(
            min(self.x1, tight.x1),
            min(self.y1, tight.y1),
            max(self.x2, tight.x2),
            max(self.y2, tight.y2),
        )

    def shared_area(self, other: Box) -> float:
        """The area that lies in both boxes, in square pixels."""
        w = min(self.x2, other.x2) - max(self.x1, other.x1)
        h = min(self.y2, other.y2) - max(self.y1, other.y1)
        return w * h if w > 0 and h > 0 else 0.0

    def iou(self, other: Box) -> float:
        """Intersection over union with another box, in 0..1."""
        shared = self.shared_area(other)
        union = self.area + other.area - shared
        # Areas of specks round to zero.
        return shared / union if union > 0 else 0.0


AREA_OF_BOX = 0.53
"""COCO's mean share of a person's box that the person's outline fills."""


def keypoint_similarity(
    predicted: FloatArray, truth: FloatArray, area: float, sigmas: FloatArray
) -> FloatArray:
    """What each keypoint adds to the OKS: exp(-d_k^2 / (2 * area * (2 * sigma_k)^2)).

    Args:
        predicted: keypoints [..., K, 2].
        truth: keypoints [..., K, 2], broadcast against them.
        area: of the person, > 0, in squares of the coordinates' unit.
        sigmas: the skeleton's per-keypoint tolerances [K].

    Returns:
        [..., K] in 0..1.
    """
    squared = ((predicted - truth) ** 2).sum(axis=-1)
    similarity: FloatArray = np.exp(-squared / (2 * area * (2 * sigmas) ** 2))
    return similarity


def oks(
    predicted: FloatArray, truth: FloatArray, labelled: BoolArray, area: float, sigmas: FloatArray
) -> float:
    """Object keypoint similarity of one person, as COCO defines it.

    The mean of keypoint_similarity() over labelled k.

    Args:
        predicted: keypoints [K, 2] in pixels.
        truth: keypoints [K, 2] in pixels.
        labelled: which keypoints of the truth count [K] (visibility > 0).
        area: area of the person in square pixels, > 0.
        sigmas: the skeleton's per-keypoint tolerances [K].

    Returns:
        A number in 0..1; 0 when no keypoint is labelled.
    """
    if not labelled.any():
        return 0.0
    return float(keypoint_similarity(predicted, truth, area, sigmas)[labelled].mean())
