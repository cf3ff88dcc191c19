"""Cut a window out of a photo: one affine map carries the pixels and the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import FloatArray
from clickpose_app.training.data_samples import LEAST_JOINTS, Sample
from clickpose_app.training.windows import Augmentation, Window

BORDER = (124, 116, 104)
"""RGB outside the photo: the ImageNet mean, about zero once normalised."""

JOINT_MARGIN = 0.06
"""What a person extends beyond the joints, as a share of the long side of the box."""

COMPLETE_SOURCE = "coco"
"""COCO's annotators label every joint that can be seen or guessed: the others are not there."""


@dataclass(frozen=True, slots=True)
class WindowLabels:
    """People in one window, in its pixels.

    Attributes:
        boxes: xyxy [N, 4], inside the window.
        keypoints: [N, K, 2].
        visibility: [N, K]; 0 unknown or outside, 1 hidden, 2 visible.
        weights: [N, K]; zero where visibility is.
        ignore: xyxy [M, 4], inside the window.
        presence: [N, K]; -1 nobody knows, 0 not in the picture, 1 hidden, 2 visible.
    """

    boxes: FloatArray
    keypoints: FloatArray
    visibility: NDArray[np.uint8]
    weights: FloatArray
    ignore: FloatArray
    presence: NDArray[np.int8]

    def shifted(self, by: FloatArray) -> WindowLabels:
        """The same people elsewhere, by (x, y) pixels."""
        corners = np.tile(by, 2)
        return replace(
            self,
            boxes=self.boxes + corners,
            keypoints=self.keypoints + by,
            ignore=self.ignore + corners,
        )

    @classmethod
    def joined(cls, parts: Sequence[WindowLabels]) -> WindowLabels:
        """The people of all parts in one window."""
        names = [field.name for field in fields(cls)]
        return cls(**{n: np.concatenate([getattr(part, n) for part in parts]) for n in names})


def cut_window(photo: NDArray[np.uint8], sample: Sample, window: Window) -> NDArray[np.uint8]:
    """The pixels of a window [S, S, 3], by one warp of the photo.

    Args:
        photo: the sample's, decoded at full or half size [H, W, 3] RGB.
        sample: tells the full size.
        window: that is cut.
    """
    # The map speaks of full-size photo coordinates, OpenCV of indices: pixel centres at integers.
    zoom = np.array([sample.width / photo.shape[1], sample.height / photo.shape[0]])
    linear = window.matrix[:, :2] * zoom
    shift = window.matrix[:, 2] + linear @ [0.5, 0.5] - 0.5
    out = cv2.warpAffine(
        photo,
        np.concatenate([linear, shift[:, None]], axis=1),
        (window.size, window.size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=BORDER,
    )
    return np.asarray(out, dtype=np.uint8)


def place_labels(
    sample: Sample, window: Window, mirrored: tuple[int, ...], options: Augmentation
) -> WindowLabels:
    """Carry a photo's labels into a window.

    Args:
        sample: whose labels they are.
        window: its map.
        mirrored: each keypoint's twin in a mirror image [K].
        options: tell who counts.
    """
    count, k = len(sample.boxes), len(mirrored)
    keypoints = (sample.keypoints.astype(np.float64)).reshape(count, k, 2)
    keypoints = keypoints @ window.matrix[:, :2].T + window.matrix[:, 2]
    visibility, human = sample.visibility.reshape(count, k), sample.human.reshape(count, k)
    presence = _presence(sample).reshape(count, k)
    if window.flipped:
        twins = list(mirrored)
        keypoints, visibility, human = keypoints[:, twins], visibility[:, twins], human[:, twins]
        presence = presence[:, twins]
    whole = _carry_boxes(sample.boxes, window, keypoints, visibility > 0)
    inside = ((keypoints >= 0) & (keypoints < window.size)).all(-1)
    presence = np.where(inside | (presence < 0), presence, 0).astype(np.int8)
    visibility = np.where(inside, visibility, 0).astype(np.uint8)
    boxes = whole.clip(0, window.size)
    sides = boxes[:, 2:] - boxes[:, :2]
    share = sides.prod(1) / np.maximum((whole[:, 2:] - whole[:, :2]).prod(1), 1e-9)
    counts = (share >= options.least_inside) & ((visibility > 0).sum(1) >= min(LEAST_JOINTS, k))
    counts &= sides.max(1, initial=0) >= options.least_pixels
    nobody = np.zeros((len(sample.ignore), 0, 2))
    regions = _carry_boxes(sample.ignore, window, nobody, np.zeros((len(nobody), 0), dtype=bool))
    ignore = np.concatenate([boxes[~counts], regions.clip(0, window.size)])
    weights = np.where(human, 1.0, options.pseudo_weight) * (visibility > 0)
    return WindowLabels(
        boxes=boxes[counts],
        keypoints=keypoints[counts],
        visibility=visibility[counts],
        weights=weights[counts],
        ignore=ignore[((ignore[:, 2:] - ignore[:, :2]) >= 1).all(1)],
        presence=presence[counts],
    )


def _presence(sample: Sample) -> NDArray[np.int8]:
    """What a photo's labels tell of each keypoint's presence [P, K], as in WindowLabels.

    A labelled keypoint outside the photo is not in the picture. One without a label is
    known to be absent only where a COCO annotator went through the whole person.
    """
    labelled = sample.visibility > 0
    complete = (sample.human | ~labelled).all(1, keepdims=True)
    if sample.source != COMPLETE_SOURCE:
        complete = np.zeros_like(complete)
    photo = [sample.width, sample.height]
    seen = ((sample.keypoints >= 0) & (sample.keypoints <= photo)).all(-1)
    unlabelled = np.where(complete, 0, -1)
    presence = np.where(labelled, np.where(seen, sample.visibility, 0), unlabelled)
    return presence.astype(np.int8)


def _carry_boxes(
    boxes: NDArray[np.float32],
    window: Window,
    keypoints: FloatArray,
    labelled: NDArray[np.bool_],
) -> FloatArray:
    """Boxes xyxy [P, 4] in the window, not cut at its border.

    The frame around a turned box is too big for what it holds. So the box is that of the
    ellipse in the photo's box, grown to the joints with a margin, within the turned frame;
    without a rotation this is the photo's box exactly.
    """
    linear = window.matrix[:, :2]
    half = (boxes[:, 2:] - boxes[:, :2]).astype(np.float64) / 2
    middle = (boxes[:, :2] + half) @ linear.T + window.matrix[:, 2]
    frame = half @ np.abs(linear).T
    ellipse = np.sqrt(half**2 @ (linear**2).T)
    margin = JOINT_MARGIN * 2 * half.max(1, initial=0) * window.scale
    known = labelled[..., None]
    offset = keypoints - middle[:, None]
    low = np.where(known, offset, np.inf).min(1, initial=np.inf) - margin[:, None]
    high = np.where(known, offset, -np.inf).max(1, initial=-np.inf) + margin[:, None]
    low = np.maximum(np.minimum(low, -ellipse), -frame)
    high = np.minimum(np.maximum(high, ellipse), frame)
    return np.concatenate([middle + low, middle + high], axis=1)
