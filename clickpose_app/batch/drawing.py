"""Draw poses into pictures, where there is no window to show them."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.predictor import ImageArray
from clickpose_app.core.skeleton import Skeleton

# RGB. Blue and orange of Okabe and Ito: told apart by people of every colour vision.
_SIDES = {"left": (86, 180, 233), "right": (255, 159, 28), "centre": (245, 245, 245)}
_DARK, _WHITE = (20, 20, 20), (255, 255, 255)
_FRACTION_BITS = 4  # OpenCV takes whole numbers; these are sixteenths of a pixel


def draw_people(image: ImageArray, people: Iterable[Person], skeleton: Skeleton) -> ImageArray:
    """A copy of an image with the poses of its people.

    Marks are those of the window: blue is the person's left, orange their right; a square is
    a joint that a person placed; a hollow one is occluded.

    Args:
        image: upright RGB pixels [H, W, 3].
        people: who is drawn.
        skeleton: of their keypoints.
    """
    drawn: ImageArray = np.array(image, dtype=np.uint8, order="C")
    size = max(1.0, max(drawn.shape[:2]) / 512)
    for person in people:
        box = person.box
        corners = _fixed(box.x1, box.y1), _fixed(box.x2, box.y2)
        cv2.rectangle(drawn, *corners, _WHITE, round(size), cv2.LINE_AA, shift=_FRACTION_BITS)
        if person.keypoints:  # a crowd region is a box and nothing else
            _draw_limbs(drawn, person, skeleton, size)
        for k in range(len(person.keypoints)):
            _draw_joint(drawn, person, k, skeleton, size)
    return drawn


def _draw_limbs(drawn: ImageArray, person: Person, skeleton: Skeleton, size: float) -> None:
    for a, b in skeleton.limbs:
        start, end = person.keypoints[a], person.keypoints[b]
        if not (start.labelled and end.labelled):
            continue
        sides = {skeleton.side(a), skeleton.side(b)}
        named = sides - {"centre"}
        colour = _SIDES[named.pop()] if len(named) == 1 else _SIDES["centre"]
        line = _fixed(start.x, start.y), _fixed(end.x, end.y)
        for shade, width in ((_DARK, 4 * size), (colour, 2 * size)):
            cv2.line(drawn, *line, shade, round(width), cv2.LINE_AA, shift=_FRACTION_BITS)


def _draw_joint(drawn: ImageArray, person: Person, k: int, skeleton: Skeleton, size: float) -> None:
    keypoint = person.keypoints[k]
    if not keypoint.labelled:
        return
    colour = _SIDES[skeleton.side(k)]
    reach = 4 * size
    hollow = keypoint.visibility is Visibility.OCCLUDED
    if keypoint.pinned:
        corners = (
            _fixed(keypoint.x - reach, keypoint.y - reach),
            _fixed(keypoint.x + reach, keypoint.y + reach),
        )
        fill = round(2 * size) if hollow else cv2.FILLED
        cv2.rectangle(drawn, *corners, colour, fill, cv2.LINE_AA, shift=_FRACTION_BITS)
        edge = round(size) if hollow else round(2 * size)
        line = _DARK if hollow else _WHITE
        cv2.rectangle(drawn, *corners, line, max(edge, 1), cv2.LINE_AA, shift=_FRACTION_BITS)
        return
    centre, radius = _fixed(keypoint.x, keypoint.y), round(reach * 2**_FRACTION_BITS)
    fill = round(2 * size) if hollow else cv2.FILLED
    cv2.circle(drawn, centre, radius, colour, fill, cv2.LINE_AA, shift=_FRACTION_BITS)
    if not hollow:
        edge = max(round(size), 1)
        cv2.circle(drawn, centre, radius, _DARK, edge, cv2.LINE_AA, shift=_FRACTION_BITS)


def _fixed(x: float, y: float) -> tuple[int, int]:
    """Continuous coordinates as OpenCV's: whole numbers mean the centres of pixels."""
    scale = 2**_FRACTION_BITS
    return round((x - 0.5) * scale), round((y - 0.5) * scale)
