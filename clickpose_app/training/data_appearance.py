"""What happens to the pixels of a training window: colour, blur, noise, patches."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import FloatArray
from clickpose_app.training.augment import WindowLabels
from clickpose_app.training.windows import Augmentation

LUMA = np.array([0.299, 0.587, 0.114])
HIDDEN_PERSON = 0.7
"""A person with this share of the joints behind patches does not count any more."""

Pixels = NDArray[np.uint8]


def colour_map(options: Augmentation, rng: np.random.Generator) -> FloatArray:
    """A random affine map of RGB in 0..255 [3, 4]: contrast, brightness, saturation, hue, grey."""
    contrast, brightness, hue, saturation = rng.uniform(-options.colour, options.colour, 4)
    grey = rng.random() < options.grey
    mean = np.tile(LUMA, (3, 1))
    # Hue is a rotation around the grey axis, saturation the distance from it.
    angle = np.deg2rad(12.0 * hue)
    axis = 1 / np.sqrt(3)
    cross = axis * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    turn = np.cos(angle) * np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) / 3
    keep = 0.0 if grey else np.exp(0.35 * saturation)
    stretch = np.exp(0.25 * contrast)
    gain = stretch * (keep * (turn - mean) + mean)
    level = 128 * (1 - stretch) + 35 * brightness
    return np.concatenate([gain, np.full((3, 1), level)], axis=1)


def recolour(photo_bgr: Pixels, colours: FloatArray) -> Pixels:
    """A decoded photo [H, W, 3] in OpenCV's channel order, to RGB through a colour map [3, 4]."""
    return np.asarray(cv2.transform(photo_bgr, colours[:, [2, 1, 0, 3]]), dtype=np.uint8)


def degrade(image: Pixels, options: Augmentation, rng: np.random.Generator) -> Pixels:
    """Blur, sensor noise and JPEG blocks, each sometimes, on a window [S, S, 3]."""
    if rng.random() < options.blur:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8)), np.uint8)
    if rng.random() < options.noise:
        noise = rng.standard_normal(image.shape, dtype=np.float32) * rng.uniform(2.0, 14.0)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    if rng.random() < options.jpeg:
        quality = int(rng.integers(20, 75))
        encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        image = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), dtype=np.uint8)
    return image


def occlude(
    image: Pixels, labels: WindowLabels, options: Augmentation, rng: np.random.Generator
) -> tuple[Pixels, WindowLabels]:
    """Lay patches over a window, half of them on joints; what they cover is hidden, not unknown.

    Returns:
        The image, and the labels with visibility and presence 1 behind patches; people who
        are nearly all hidden become ignore regions.
    """
    if rng.random() >= options.occlusion:
        return image, labels
    image = image.copy()
    covered = np.zeros(image.shape[:2], dtype=np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        _lay_patch(image, covered, labels, rng)
    return image, hide(labels, covered)


def hide(labels: WindowLabels, covered: Pixels) -> WindowLabels:
    """What remains of labels of which some pixels were painted over.

    Args:
        labels: of a window.
        covered: above 0 where it was painted over [S, S].

    Returns:
        Labels with visibility and presence 1 there: a hidden joint is where it was. People who
        are nearly all hidden become ignore regions.
    """
    known = labels.visibility > 0
    if not known.any():
        return labels
    cell = labels.keypoints.astype(int).clip(0, len(covered) - 1)
    behind = known & (covered[cell[..., 1], cell[..., 0]] > 0)
    gone = behind.sum(1) >= HIDDEN_PERSON * known.sum(1)
    visibility = np.where(behind, 1, labels.visibility).astype(np.uint8)
    presence = np.where(behind & (labels.presence > 0), 1, labels.presence).astype(np.int8)
    return replace(
        labels,
        boxes=labels.boxes[~gone],
        keypoints=labels.keypoints[~gone],
        visibility=visibility[~gone],
        weights=labels.weights[~gone],
        presence=presence[~gone],
        ignore=np.concatenate([labels.ignore, labels.boxes[gone]]),
    )


def _lay_patch(
    image: Pixels, covered: Pixels, labels: WindowLabels, rng: np.random.Generator
) -> None:
    """Draw one rectangle or ellipse of a colour, of noise or of another part of the image."""
    size = len(image)
    centre, side = rng.uniform(0, size, 2), 0.5 * size
    if len(labels.boxes):
        person = int(rng.integers(len(labels.boxes)))
        box, joints = labels.boxes[person], np.flatnonzero(labels.visibility[person])
        side = float((box[2:] - box[:2]).max())
        if rng.random() < 0.5:
            centre = labels.keypoints[person, rng.choice(joints)] + rng.normal(0, 0.04 * side, 2)
    width, height = np.maximum(rng.uniform(0.08, 0.35, 2) * side, 3)
    half = np.array([width, height]) / 2
    x1, y1 = (int(v) for v in (centre - half).clip(0, size - 1))
    x2, y2 = (int(v) for v in (centre + half).clip(1, size))
    if x2 <= x1 or y2 <= y1:
        return
    shape = np.ones((y2 - y1, x2 - x1), dtype=np.uint8)
    if rng.random() < 0.5:
        shape[:] = 0
        middle = ((x2 - x1) // 2, (y2 - y1) // 2)
        cv2.ellipse(shape, middle, (max(middle[0], 1), max(middle[1], 1)), 0, 0, 360, (1,), -1)
    texture = _texture(image, y2 - y1, x2 - x1, rng)
    region = image[y1:y2, x1:x2]
    region[shape > 0] = texture[shape > 0]
    covered[y1:y2, x1:x2] |= shape


def _texture(image: Pixels, height: int, width: int, rng: np.random.Generator) -> Pixels:
    kind, size = rng.random(), len(image)
    if kind < 0.4:
        y = int(rng.integers(0, size - height + 1))
        x = int(rng.integers(0, size - width + 1))
        part: Pixels = image[y : y + height, x : x + width].copy()
        return part
    colour = rng.integers(0, 256, 3)
    if kind < 0.75:
        return np.full((height, width, 3), colour, dtype=np.uint8)
    cells = rng.integers(-60, 61, (int(rng.integers(2, 9)), int(rng.integers(2, 9)), 3)) + colour
    coarse = cells.clip(0, 255).astype(np.uint8)
    smooth = cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_NEAREST
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=smooth), np.uint8)
