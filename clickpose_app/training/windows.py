"""Random square windows of a photo: around people, of the whole photo, or where nobody is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
import numpy as np

from clickpose_app.core.geometry import FloatArray
from clickpose_app.training.data_samples import Sample

FILLED_SIDE = 0.85
"""Least long side of the photo, in window sides, where a window is to be filled."""


class Augmentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How windows are drawn and spoilt; shares and probabilities in 0..1.

    Attributes:
        people: share of windows around people; the others show the whole photo.
        filled: share of these that are moved and magnified to hold little outside the photo.
        group: share of these around up to three neighbours instead of one person.
        least_person, most_person: long side of the person or group in window sides.
        magnify: largest magnification of a photo.
        rotation: standard deviation in degrees of windows around people.
        tumble: probability of a rotation of up to tumble_angle degrees instead.
        tumble_angle: degrees.
        whole_rotation: standard deviation in degrees of windows of whole photos.
        whole_scale: least and largest size of a whole photo in window sides.
        empty_scale: the same of photos without people.
        flip: probability of a mirror image.
        colour: strength of the colour jitter; 1 is up to a quarter of the contrast.
        grey: probability of a grey image.
        blur, noise, jpeg: their probabilities.
        occlusion: probability of patches over the image.
        paste: probability of a person from another photo in front of the scene.
        mosaic: probability of a scene of four small windows side by side.
        least_inside: part of a box that must be inside for its person to count.
        least_pixels: long side in window pixels below which a person does not count.
        pseudo_weight: of keypoints that a model placed; a person's weigh 1.
    """

    people: float = 0.75
    filled: float = 0.8
    group: float = 0.3
    least_person: float = 0.45
    most_person: float = 1.1
    magnify: float = 2.5
    rotation: float = 15.0
    tumble: float = 0.15
    tumble_angle: float = 45.0
    whole_rotation: float = 5.0
    whole_scale: tuple[float, float] = (0.6, 1.2)
    empty_scale: tuple[float, float] = (0.8, 2.5)
    flip: float = 0.5
    colour: float = 1.0
    grey: float = 0.05
    blur: float = 0.12
    noise: float = 0.12
    jpeg: float = 0.12
    occlusion: float = 0.3
    paste: float = 0.0
    mosaic: float = 0.0
    least_inside: float = 0.25
    least_pixels: float = 12.0
    pseudo_weight: float = 0.7


@dataclass(frozen=True, slots=True)
class Window:
    """Where a square window lies in its photo.

    Attributes:
        size: S, its side in pixels.
        matrix: affine map of photo to window coordinates [2, 3].
        flipped: whether it is a mirror image, so that left and right change names.
    """

    size: int
    matrix: FloatArray
    flipped: bool

    @property
    def scale(self) -> float:
        """Window pixels for each photo pixel."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))


def window_map(
    size: int,
    centre: FloatArray,
    scale: float,
    degrees: float,
    flipped: bool,
    target: FloatArray,
) -> Window:
    """The window in which a photo's point comes to lie at target.

    Args:
        size: S.
        centre: (x, y) in the photo.
        scale: window pixels for each photo pixel.
        degrees: rotation, clockwise on the screen, after the mirror.
        flipped: mirror the photo.
        target: (x, y) in the window.
    """
    angle = np.deg2rad(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    linear = scale * np.array([[cos, -sin], [sin, cos]]) @ np.diag([-1.0 if flipped else 1.0, 1.0])
    shift = target - linear @ centre
    return Window(size, np.concatenate([linear, shift[:, None]], axis=1), flipped)


def draw_window(
    sample: Sample, size: int, options: Augmentation, rng: np.random.Generator
) -> Window:
    """A random window: around people, of the whole photo, or anywhere where nobody is."""
    flipped = bool(rng.random() < options.flip)
    if len(sample.boxes) == 0:
        return _whole_window(sample, size, options.empty_scale, 0.0, flipped, rng)
    if rng.random() >= options.people:
        degrees = rng.normal(0.0, options.whole_rotation)
        return _whole_window(sample, size, options.whole_scale, degrees, flipped, rng)
    box = _subject(sample, options.group, rng)
    long_side = max(float((box[2:] - box[:2]).max()), 1.0)
    wanted = np.exp(rng.uniform(np.log(options.least_person), np.log(options.most_person)))
    filled = bool(rng.random() < options.filled)
    least = FILLED_SIDE * size / max(sample.width, sample.height) if filled else 0.0
    scale = min(max(wanted * size / long_side, least), options.magnify)
    degrees = rng.normal(0.0, options.rotation)
    if rng.random() < options.tumble:
        degrees = rng.uniform(-options.tumble_angle, options.tumble_angle)
    slack = max(0.1 * size, 0.45 * (size - scale * long_side))
    target = 0.5 * size + rng.uniform(-slack, slack, 2)
    window = window_map(size, (box[:2] + box[2:]) / 2, scale, degrees, flipped, target)
    return _over_photo(window, sample) if filled else window


def _over_photo(window: Window, sample: Sample) -> Window:
    """The window moved until it lies over the photo, or the photo within it, on each axis."""
    linear, shift = window.matrix[:, :2], window.matrix[:, 2]
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]]) * [sample.width, sample.height]
    mapped = corners @ linear.T + shift
    low, high = mapped.min(0), mapped.max(0)
    # Either end of the photo may stick out or be held back, but not one of each.
    ends = np.stack([-low, window.size - high])
    move = np.clip(0, ends.min(0), ends.max(0))
    return replace(window, matrix=np.column_stack([linear, shift + move]))


def _whole_window(
    sample: Sample,
    size: int,
    scales: tuple[float, float],
    degrees: float,
    flipped: bool,
    rng: np.random.Generator,
) -> Window:
    photo = np.array([sample.width, sample.height], dtype=np.float64)
    share = np.exp(rng.uniform(np.log(scales[0]), np.log(scales[1])))
    scale = min(share * size / photo.max(), 2.0)
    room = np.abs(size - scale * photo) / 2
    return window_map(size, photo / 2, scale, degrees, flipped, size / 2 + rng.uniform(-room, room))


def _subject(sample: Sample, group: float, rng: np.random.Generator) -> FloatArray:
    """Box xyxy [4] of a person, or of a group of neighbours; well labelled people come oftener."""
    boxes: FloatArray = sample.boxes.astype(np.float64)
    labelled = ((sample.visibility > 0) * (1.0 + sample.human)).sum(1)
    chosen = int(rng.choice(len(boxes), p=labelled / labelled.sum()))
    alone: FloatArray = boxes[chosen]
    if len(boxes) == 1 or rng.random() >= group:
        return alone
    centres, sides = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]).max(1)
    distance = np.linalg.norm(centres - centres[chosen], axis=1)
    near = [int(i) for i in np.argsort(distance) if distance[i] < 1.2 * sides[chosen]]
    together: FloatArray = boxes[near[: int(rng.integers(2, 4))]]
    union: FloatArray = np.concatenate([together[:, :2].min(0), together[:, 2:].max(0)])
    return union
