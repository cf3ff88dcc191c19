"""Draw poses into pictures, where there is no window to show them."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import Box
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
    for person in people:
        box, size = person.box, _stroke(drawn, person.box)
        corners = _fixed(box.x1, box.y1), _fixed(box.x2, box.y2)
        line = max(round(size), 1)
        cv2.rectangle(drawn, *corners, _WHITE, line, cv2.LINE_AA, shift=_FRACTION_BITS)
        if person.keypoints:  # a crowd region is a box and nothing else
            _draw_limbs(drawn, person, skeleton, size)
        for k in range(len(person.keypoints)):
            _draw_joint(drawn, person, k, skeleton, size)
    return drawn


def write_label(drawn: ImageArray, box: Box, label: str, *, least: float = 1.0) -> None:
    """Write a short text (ASCII) into a picture, above a box or, without room there, in it.

    Args:
        drawn: RGB pixels [H, W, 3] to write into.
        box: of whom the text is about.
        label: the text.
        least: how many times the smallest readable size it has at least.
    """
    size = max(_stroke(drawn, box), least)
    font, scale, thickness = cv2.FONT_HERSHEY_SIMPLEX, 0.4 * size, max(round(size), 1)
    (width, height), below = cv2.getTextSize(label, font, scale, thickness)
    height, width = height + below + round(2 * size), width + round(4 * size)
    x = min(max(round(box.x1), 0), max(drawn.shape[1] - width, 0))
    above = round(box.y1) - height
    y = min(above if above >= 0 else max(round(box.y1), 0), max(drawn.shape[0] - height, 0))
    cv2.rectangle(drawn, (x, y), (x + width - 1, y + height - 1), _DARK, cv2.FILLED)
    place = x + round(2 * size), y + height - below
    cv2.putText(drawn, label, place, font, scale, _WHITE, thickness, cv2.LINE_AA)


def _stroke(drawn: ImageArray, box: Box) -> float:
    """Width of a thin line in pixels: what the picture needs, but less on small people."""
    needed = max(1.0, float(max(drawn.shape[:2])) / 512)
    return min(needed, max(box.width, box.height, 40.0) / 100)


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
            cv2.line(drawn, *line, shade, max(round(width), 1), cv2.LINE_AA, shift=_FRACTION_BITS)


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
        fill = max(round(2 * size), 1) if hollow else cv2.FILLED
        cv2.rectangle(drawn, *corners, colour, fill, cv2.LINE_AA, shift=_FRACTION_BITS)
        edge = round(size) if hollow else round(2 * size)
        line = _DARK if hollow else _WHITE
        cv2.rectangle(drawn, *corners, line, max(edge, 1), cv2.LINE_AA, shift=_FRACTION_BITS)
        return
    centre, radius = _fixed(keypoint.x, keypoint.y), round(reach * 2**_FRACTION_BITS)
    fill = max(round(2 * size), 1) if hollow else cv2.FILLED
    cv2.circle(drawn, centre, radius, colour, fill, cv2.LINE_AA, shift=_FRACTION_BITS)
    if not hollow:
        edge = max(round(size), 1)
        cv2.circle(drawn, centre, radius, _DARK, edge, cv2.LINE_AA, shift=_FRACTION_BITS)


def _fixed(x: float, y: float) -> tuple[int, int]:
    """Continuous coordinates as OpenCV's: whole numbers mean the centres of pixels."""
    scale = 2**_FRACTION_BITS
    return round((x - 0.5) * scale), round((y - 0.5) * scale)
