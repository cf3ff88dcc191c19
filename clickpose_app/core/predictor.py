"""The Predictor protocol: the one seam between the application and any network.

Encode an image once; detect people in it; after each correction refine just the
one person. Values cross, never model state, so undo restores nothing but values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.skeleton import Skeleton

ImageArray = NDArray[np.uint8]
"""Upright RGB pixels [H, W, 3], uint8."""


@dataclass(frozen=True, slots=True, eq=False)
class PredictedPose:
    """One person as a network sees it.

    Attributes:
        keypoints: [K, 2] in image pixels.
        confidence: per-keypoint certainty [K] in 0..1; NaN for a keypoint of which the network
            knows nothing.
        box: in image pixels.
        score: certainty that this is a person, in 0..1.
        visibility: 0 not in the picture, 1 hidden, 2 visible [K]; None from a network that
            cannot tell.
    """

    keypoints: FloatArray
    confidence: FloatArray
    box: Box
    score: float
    visibility: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PoseQuery:
    """One person as the annotator left them, to be refined.

    Attributes:
        keypoints: current positions [K, 2] in image pixels.
        pinned: which of them a person placed [K]; they come back bit for bit.
        box: current box in image pixels; the predictor grows a copy around the keypoints.
        before: positions before the correction that is being followed [K, 2]; how far a
            keypoint was off tells where the others are. None where it is not known.
    """

    keypoints: FloatArray
    pinned: BoolArray
    box: Box
    before: FloatArray | None = None


@runtime_checkable
class EncodedImage(Protocol):
    """What a predictor keeps of an image: opaque to all others, made to be cached."""

    @property
    def nbytes(self) -> int:
        """Memory that keeping it costs, in bytes."""
        ...


class Predictor(Protocol):
    """Finds people in images and follows corrections. Used from one thread at a time."""

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of every pose that comes back."""
        ...

    @property
    def description(self) -> str:
        """What runs where, for the status line: e.g. ``clickpose-s on CPU (bfloat16)``."""
        ...

    def encode(self, image: ImageArray) -> EncodedImage:
        """The costly step, once an image: pixels [H, W, 3] to features."""
        ...

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """All people found, best first, low scores included; the caller applies its threshold."""
        ...

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """The cheap step, once a correction: the other keypoints follow the pinned ones."""
        ...

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        """A pose for a person whose box was drawn by hand; box in image pixels."""
        ...


@runtime_checkable
class BatchPredictor(Protocol):
    """A predictor that makes better use of its device when it is given many images."""

    @property
    def lanes(self) -> int:
        """How many threads may call detect_many() at a time, so that the device never waits."""
        ...

    @property
    def at_once(self) -> int:
        """How many images a call shall bring at most; falls where the device's memory ends."""
        ...

    def batch_key(self, width: int, height: int) -> Hashable:
        """Images of these sizes go through the network together if their keys are equal."""
        ...

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        """For each image of one key what detect(encode(image)) gives."""
        ...


@runtime_checkable
class SteppingPredictor(Protocol):
    """A predictor that can refine somebody else while it encodes."""

    def encode_in_steps(self, image: ImageArray, between: Callable[[], None]) -> EncodedImage:
        """What encode() gives.

        Args:
            image: [H, W, 3].
            between: called now and then, on the same thread; may call any other method.
        """
        ...


def encode(predictor: Predictor, image: ImageArray, between: Callable[[], None]) -> EncodedImage:
    """An image encoded with pauses in between, where the predictor can make them."""
    if isinstance(predictor, SteppingPredictor):
        return predictor.encode_in_steps(image, between)
    return predictor.encode(image)


def detect_many(
    predictor: Predictor, images: Sequence[ImageArray]
) -> list[tuple[PredictedPose, ...]]:
    """People on each image: in one call where the predictor can, else one image by one."""
    if isinstance(predictor, BatchPredictor):
        return predictor.detect_many(images)
    return [predictor.detect(predictor.encode(image)) for image in images]


def images_at_once(predictor: Predictor) -> int:
    """How many images a call of detect_many() shall bring at most."""
    return predictor.at_once if isinstance(predictor, BatchPredictor) else 1
