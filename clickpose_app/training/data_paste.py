"""A person from another photo in front of a scene, cut out along the skeleton.

Copy-paste makes crowds, overlaps and unlikely places out of photos of one person (Dwibedi et
al., ICCV 2017; Ghiasi et al., CVPR 2021). There are no outlines here, so the cut is a body of
thick limbs drawn around the joints, with soft edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import BoolArray, FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.training.augment import WindowLabels, cut_window, place_labels
from clickpose_app.training.data_appearance import colour_map, hide, recolour
from clickpose_app.training.data_samples import Sample, decode
from clickpose_app.training.windows import Augmentation, Window, window_map

FACE, SHOULDERS, HIPS = slice(0, 5), (5, 6), (11, 12)
BODY = slice(5, 17)
"""Indices of COCO's keypoints."""

LEAST_BODY = 10
"""Joints of the 12 below the head that somebody needs to be cut out."""
LEAST_SIDE = 80
"""Long side in photo pixels below which somebody is too blurred for a foreground."""
MOST_SHARED = 0.05
"""Part of somebody's box that others may share: the cut would take them along."""

# (joint, joint, length, half width); lengths and widths in body heights, after Drillis and
# Contini (1966), the widths with clothes.
_LIMBS = (
    (5, 7, 0.17, 0.042),
    (6, 8, 0.17, 0.042),
    (7, 9, 0.15, 0.036),
    (8, 10, 0.15, 0.036),
    (11, 13, 0.245, 0.06),
    (12, 14, 0.245, 0.06),
    (13, 15, 0.246, 0.045),
    (14, 16, 0.246, 0.045),
)
_ENDS = ((7, 9, 0.5, 0.036), (8, 10, 0.5, 0.036), (13, 15, 0.18, 0.05), (14, 16, 0.18, 0.05))
"""Hands and feet: beyond the second joint by that part of the limb."""
_TORSO, _SHOULDER_WIDTH, _TORSO_RIM, _HEAD, _NECK = 0.3, 0.23, 0.045, 0.085, 0.05

Pixels = NDArray[np.uint8]


class Pasting:
    """Puts people in front of windows.

    Args:
        samples: photos to take people from.
        size: S, the side of the windows.
        options: how often, how large and how much recoloured.
        skeleton: of the labels.

    Raises:
        FormatError: the skeleton is not COCO's, whose joints the cut is made from.
    """

    def __init__(
        self, samples: Sequence[Sample], size: int, options: Augmentation, skeleton: Skeleton
    ) -> None:
        if len(skeleton) != 17 or skeleton.keypoints[5] != "left_shoulder":
            raise FormatError(
                f"People of {skeleton.name} cannot be cut out: the body is drawn from COCO's "
                "joints.",
                "Set paste to 0 in the configuration's windows.",
            )
        self._samples, self._size = samples, size
        self._options, self._mirrored = options, skeleton.mirrored
        self._donors = [(i, p) for i, each in enumerate(samples) for p in donors(each)]

    def __call__(
        self, image: Pixels, labels: WindowLabels, rng: np.random.Generator
    ) -> tuple[Pixels, WindowLabels]:
        """The window with one more person, or as it was, as the dice fall.

        Raises:
            ImageError: naming a photo that cannot be read.
        """
        if rng.random() >= self._options.paste or not self._donors:
            return image, labels
        index, person = self._donors[int(rng.integers(len(self._donors)))]
        donor = only_person(self._samples[index], person)
        window = draw_place(donor, self._size, self._options, rng)
        photo = decode(donor, halved=window.scale <= 0.5)
        photo = recolour(photo, colour_map(self._options, rng))
        return paste(image, labels, photo, donor, window, self._mirrored, self._options)


def donors(sample: Sample) -> list[int]:
    """The people of a photo who can be cut out: large, well labelled and apart from others."""
    boxes = np.concatenate([sample.boxes, sample.ignore]).astype(np.float64)
    chosen = []
    for p, (box, visibility) in enumerate(zip(sample.boxes, sample.visibility, strict=True)):
        known = visibility > 0
        whole = known[[*SHOULDERS, *HIPS]].all() and known[FACE].any()
        if not whole or known[BODY].sum() < LEAST_BODY or (box[2:] - box[:2]).max() < LEAST_SIDE:
            continue
        low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
        shared = (high - low).clip(0).prod(1) / (box[2:] - box[:2]).prod()
        if np.delete(shared, p).max(initial=0.0) <= MOST_SHARED:
            chosen.append(p)
    return chosen


def only_person(sample: Sample, person: int) -> Sample:
    """The photo as if nobody else were labelled in it."""
    one = slice(person, person + 1)
    return replace(
        sample,
        boxes=sample.boxes[one],
        keypoints=sample.keypoints[one],
        visibility=sample.visibility[one],
        human=sample.human[one],
        ignore=sample.ignore[:0],
    )


def draw_place(donor: Sample, size: int, options: Augmentation, rng: np.random.Generator) -> Window:
    """A random place, size and turn for the one person of a sample, as a map into the window."""
    box: FloatArray = donor.boxes[0].astype(np.float64)
    wanted = np.exp(rng.uniform(np.log(options.least_person / 2), np.log(options.most_person)))
    scale = min(wanted * size / float((box[2:] - box[:2]).max()), options.magnify)
    degrees = rng.normal(0.0, options.rotation / 2)
    flipped = bool(rng.random() < options.flip)
    target = rng.uniform(0.05, 0.95, 2) * size
    return window_map(size, (box[:2] + box[2:]) / 2, scale, degrees, flipped, target)


def paste(
    image: Pixels,
    labels: WindowLabels,
    photo: Pixels,
    donor: Sample,
    window: Window,
    mirrored: tuple[int, ...],
    options: Augmentation,
) -> tuple[Pixels, WindowLabels]:
    """Lay one person over a window.

    Joints of others that come to lie behind are hidden (visibility and presence 1), as behind
    a patch: they are where they were, and a network can guess them from the rest. People
    nearly all behind become ignore regions.

    Args:
        image: the window [S, S, 3].
        labels: of the people in it.
        photo: the donor's [H, W, 3] RGB, at full or half size.
        donor: a sample of one person.
        window: map of the donor's photo to the window.
        mirrored: each keypoint's twin in a mirror image [K].
        options: tell who counts.

    Returns:
        The window and the labels of all; unchanged if the person would not count there.
    """
    person = place_labels(donor, window, mirrored, options)
    if len(person.boxes) == 0:
        return image, labels
    known = donor.visibility[0] > 0
    if window.flipped:
        known = known[list(mirrored)]
    alpha = body_mask(person.keypoints[0], known, window.size)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * [donor.width, donor.height]
    outline = corners @ window.matrix[:, :2].T + window.matrix[:, 2]
    inside = np.zeros(alpha.shape, dtype=np.uint8)
    cv2.fillConvexPoly(inside, outline.round().astype(np.int32), (1,))
    alpha *= inside
    pixels = cut_window(photo, donor, window)
    mixed = image + alpha[..., None] * (pixels.astype(np.float32) - image)
    labels = hide(labels, (alpha > 0.5).astype(np.uint8))
    # Around the pasted person there is nothing of the photo that they come from.
    added = replace(person, ignore=labels.ignore[:0])
    return mixed.round().clip(0, 255).astype(np.uint8), WindowLabels.joined([labels, added])


def body_height(keypoints: FloatArray, known: BoolArray) -> float:
    """How tall a body stands, guessed from the parts that are least foreshortened, in pixels."""
    torso = keypoints[list(SHOULDERS)].mean(0) - keypoints[list(HIPS)].mean(0)
    width = keypoints[SHOULDERS[0]] - keypoints[SHOULDERS[1]]
    guesses = [np.linalg.norm(torso) / _TORSO, np.linalg.norm(width) / _SHOULDER_WIDTH]
    for a, b, length, _ in _LIMBS:
        if known[a] and known[b]:
            guesses.append(np.linalg.norm(keypoints[a] - keypoints[b]) / length)
    return float(np.quantile(guesses, 0.7))


def body_mask(keypoints: FloatArray, known: BoolArray, size: int) -> NDArray[np.float32]:
    """How much of each pixel belongs to a body, 0..1 [S, S].

    Args:
        keypoints: of COCO's 17 joints, in window pixels [17, 2]; shoulders and hips are needed.
        known: which of them are labelled [17].
        size: S.
    """
    mask = np.zeros((size, size), dtype=np.uint8)
    tall = body_height(keypoints, known)

    def line(start: FloatArray, end: FloatArray, half_width: float) -> None:
        ends = [tuple(int(v) for v in np.round(point)) for point in (start, end)]
        cv2.line(mask, ends[0], ends[1], (1,), max(1, round(2 * half_width * tall)))

    for a, b, _, width in _LIMBS:
        if known[a] and known[b]:
            line(keypoints[a], keypoints[b], width)
    for a, b, beyond, width in _ENDS:
        if known[a] and known[b]:
            line(keypoints[b], keypoints[b] + beyond * (keypoints[b] - keypoints[a]), width)
    corners = keypoints[[5, 6, 12, 11]]
    cv2.fillPoly(mask, [corners.round().astype(np.int32)], (1,))
    for i in range(4):
        line(corners[i], corners[(i + 1) % 4], _TORSO_RIM)
    neck = keypoints[list(SHOULDERS)].mean(0)
    face = keypoints[FACE][known[FACE]].mean(0)
    # The face is the lower half of a head with hair on it.
    head = face + 0.15 * (face - neck)
    line(neck, head, _NECK)
    line(head, head, _HEAD)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), max(0.6, 0.012 * tall))
    return np.asarray(soft, dtype=np.float32)
