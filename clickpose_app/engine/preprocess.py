"""Pixels to network input, and coordinates there and back.

Three frames: image pixels (see core.geometry), ``xy_norm`` in 0..1 of the image, and the
network's input, which is the image scaled down and padded to whole cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.predictor import ImageArray

# Mean and standard deviation of ImageNet's RGB values, in 0..255.
_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
_DEVIATION = np.array([58.395, 57.12, 57.375], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkInput:
    """One image ready for the network.

    Attributes:
        image: [1, 3, H, W], normalised, zero in the padding.
        padding: [1, H, W], True where padding; None when there is none.
        width: of the original image in pixels.
        height: likewise.
    """

    image: Tensor
    padding: Tensor | None
    width: int
    height: int


def scaled_size(width: int, height: int, short: int, long: int) -> tuple[int, int]:
    """Size (width, height) at which an image enters the network.

    The short side becomes `short`, unless the long side would then exceed `long`, which
    then decides (as published for evaluation: 800 and 1333).
    """
    least, most = min(width, height), max(width, height)
    if most * short / least > long:
        short = round(long * least / most)
    if width < height:
        return short, int(short * height / width)
    return int(short * width / height), short


def to_input(image: ImageArray, size: tuple[int, int], multiple: int) -> NetworkInput:
    """Scale an image [H, W, 3] to size (width, height) and pad it to a multiple of cells.

    Args:
        image: RGB uint8.
        size: from scaled_size().
        multiple: both sides of the input become multiples of it.
    """
    height, width = image.shape[:2]
    shrinks = size[0] < width
    scaled = cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    padded_w = -(-size[0] // multiple) * multiple
    padded_h = -(-size[1] // multiple) * multiple
    tensor = torch.zeros(1, 3, padded_h, padded_w).contiguous(memory_format=torch.channels_last)
    tensor[0, :, : size[1], : size[0]] = _normalised(scaled)
    padding = None
    if (padded_w, padded_h) != size:
        padding = torch.ones(1, padded_h, padded_w, dtype=torch.bool)
        padding[0, : size[1], : size[0]] = False
    return NetworkInput(tensor, padding, width, height)


def cut_windows(image: ImageArray, windows: Sequence[Box], side: int) -> Tensor:
    """Square windows of an image [H, W, 3], scaled to one size [N, 3, side, side].

    Args:
        image: RGB uint8.
        windows: in image pixels; they may reach out of the image, where everything is zero.
        side: of the result, in pixels.
    """
    out = torch.zeros(len(windows), 3, side, side)
    halves = [image]
    for i, window in enumerate(windows):
        scale = side / window.width
        # Halves of a large photo serve all its windows; what is left to reduce is little.
        level = max(0, math.floor(-math.log2(2 * scale)))
        while len(halves) <= level:
            halves.append(_halved(halves[-1]))
        times = 2**level
        x1, y1, x2, y2 = (edge / times for edge in (window.x1, window.y1, window.x2, window.y2))
        scale *= times
        source, origin, zoom = _reduced(halves[level], Box(x1, y1, x2, y2), scale)
        steps = scale / zoom[0], scale / zoom[1]
        # The map speaks of pixel centres at integers; coordinates have them at halves.
        shift = [
            -scale * (x1 - origin[0]) + steps[0] / 2 - 0.5,
            -scale * (y1 - origin[1]) + steps[1] / 2 - 0.5,
        ]
        matrix = np.array([[steps[0], 0, shift[0]], [0, steps[1], shift[1]]])
        cut = cv2.warpAffine(
            source,
            matrix,
            (side, side),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=tuple(float(v) for v in _MEAN),
        )
        out[i] = _normalised(cut)
    return out.contiguous(memory_format=torch.channels_last)


def _halved(image: ImageArray) -> ImageArray:
    """An image [H, W, 3] at half the size; an odd last row or column is left out."""
    height, width = (max(2, side // 2 * 2) for side in image.shape[:2])
    size = (width // 2, height // 2)
    half = cv2.resize(image[:height, :width], size, interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.uint8)


def _reduced(
    image: ImageArray, window: Box, scale: float
) -> tuple[ImageArray, tuple[int, int], tuple[float, float]]:
    """What a window is cut from: pixels, where they begin in the image, and their zoom (x, y).

    Far smaller at once would skip pixels: average them down to about twice the size.
    """
    if scale > 0.5:
        return image, (0, 0), (1.0, 1.0)
    height, width = image.shape[:2]
    zoom = 2 * scale
    rim = math.ceil(4 / zoom)
    left, top = max(0, int(window.x1) - rim), max(0, int(window.y1) - rim)
    right, bottom = min(width, int(window.x2) + rim), min(height, int(window.y2) + rim)
    if left < right and top < bottom and (right - left) * (bottom - top) * 4 < width * height:
        # Of a large photo the rest is not worth its time.
        part = image[top:bottom, left:right]
        size = (max(1, round((right - left) * zoom)), max(1, round((bottom - top) * zoom)))
        reduced = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        zooms = size[0] / (right - left), size[1] / (bottom - top)
        return np.asarray(reduced, np.uint8), (left, top), zooms
    whole = cv2.resize(image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
    zoom = whole.shape[1] / width
    return np.asarray(whole, np.uint8), (0, 0), (zoom, zoom)


def boxes_to_norm(box: Box, window: Box) -> Tensor:
    """A box in image pixels as cxcywh [4] in 0..1 of a window of the image."""
    return torch.tensor(
        [
            ((box.x1 + box.x2) / 2 - window.x1) / window.width,
            ((box.y1 + box.y2) / 2 - window.y1) / window.height,
            box.width / window.width,
            box.height / window.height,
        ],
        dtype=torch.float32,
    )


def box_from_norm(cxcywh: Tensor, window: Box) -> Box:
    """The inverse of boxes_to_norm."""
    cx, cy, w, h = (float(v) for v in cxcywh)
    return Box(
        window.x1 + (cx - w / 2) * window.width,
        window.y1 + (cy - h / 2) * window.height,
        window.x1 + (cx + w / 2) * window.width,
        window.y1 + (cy + h / 2) * window.height,
    )


def points_to_norm(xy: FloatArray, window: Box) -> Tensor:
    """Keypoints [K, 2] in image pixels to 0..1; those outside the window go to its border."""
    origin, sides = _frame(window)
    return torch.from_numpy(np.clip((xy - origin) / sides, 0.0, 1.0).astype(np.float32))


def points_from_norm(xy_norm: Tensor, window: Box) -> FloatArray:
    """Keypoints [..., 2] in 0..1 of a window to image pixels."""
    origin, sides = _frame(window)
    scaled: FloatArray = xy_norm.double().cpu().numpy() * sides + origin
    return scaled


def _normalised(image: NDArray[np.generic]) -> Tensor:
    """Pixels [H, W, 3] as the network takes them [3, H, W]."""
    normalised = (image.astype(np.float32) - _MEAN) / _DEVIATION
    return torch.from_numpy(normalised).permute(2, 0, 1)


def _frame(window: Box) -> tuple[FloatArray, FloatArray]:
    return np.array([window.x1, window.y1]), np.array([window.width, window.height])
