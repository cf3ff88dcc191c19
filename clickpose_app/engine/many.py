"""Many images: side by side on a processor's cores, in batches on a GPU.

On a processor every image goes through the network alone, on one core, and as many at a time
as there are cores: that is faster than all cores on one image, and an image's poses are the
same, bit for bit, whatever else is looked at and on however many cores. A GPU wants batches;
there the same poses come out to about a ten thousandth of the image's size.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from torch import Tensor

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import (
    EncodedImage,
    ImageArray,
    PoseQuery,
    PredictedPose,
)
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.devices import choose_device
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.looks import (
    Glance,
    Sighting,
    distinct_people,
    mirrored_sightings,
    sightings,
)
from clickpose_app.engine.preprocess import NetworkInput, cut_windows
from clickpose_app.engine.torch_predictor import TorchPredictor, pose_on
from clickpose_app.errors import ClickPoseError, Words
from clickpose_app.network.clickpose import Detections

T = TypeVar("T")
R = TypeVar("R")

MOST_LANES = 8
"""Threads of one process that look at images; past it they would wait for each other."""

GPU_LANES = 2
"""One prepares and reads off what the other's batch is computed for."""

GPU_BATCH = 16
"""Images a batch on a GPU, to begin with."""


class ManyPredictor:
    """A predictor for data sets: a BatchPredictor that is a Predictor, too.

    Args:
        one: the predictor of single images, which it agrees with.
        lanes: threads that may look at images at a time.
        at_once: images a batch, at most.
    """

    def __init__(self, one: TorchPredictor, *, lanes: int, at_once: int) -> None:
        self._one, self._lanes = one, lanes
        self._pieces = Pieces(at_once)
        # A window is a fifth of a first look in size, so this many cost no more memory.
        self._windows = Pieces(4 * at_once)

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of every pose that comes back."""
        return self._one.skeleton

    @property
    def description(self) -> str:
        """What runs where."""
        return self._one.description

    @property
    def lanes(self) -> int:
        """How many threads may call detect_many() at a time."""
        return self._lanes

    @property
    def at_once(self) -> int:
        """Images a batch, at most."""
        return self._pieces.size

    def encode(self, image: ImageArray) -> EncodedImage:
        """As TorchPredictor."""
        return self._one.encode(image)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """As TorchPredictor."""
        return self._one.detect(encoded)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """As TorchPredictor."""
        return self._one.refine(encoded, query)

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        """As TorchPredictor."""
        return self._one.pose_in_box(encoded, box)

    def batch_key(self, width: int, height: int) -> Hashable:
        """The size at which such an image enters the network, with its padding."""
        return self._one.input_sides(width, height)

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        """For each image what detect(encode(image)) gives; second looks are batched as well."""
        if len(images) == 1 and self.at_once == 1:
            return [self._one.detect(self._one.encode(images[0]))]
        inputs = [self._one.network_input(image) for image in images]
        firsts = self._pieces.run(self._first_glances, inputs)
        seen = [sightings(glance, self._one.closer) for glance in firsts]
        mirrored = self._look_closer(images, firsts, seen)
        return [
            tuple(
                pose_on(person, image.shape[1], image.shape[0])
                for person in distinct_people(people, self._one.sigmas, windows)
            )
            for image, people, windows in zip(images, seen, mirrored, strict=True)
        ]

    def _first_glances(self, inputs: Sequence[NetworkInput]) -> list[Glance]:
        found = self._one.found_in(*_batch(inputs))
        return [
            Glance(
                found.of_image(i),
                Box(0, 0, ready.width, ready.height),
                self._one.scaled(ready.width, ready.height)[0] / ready.width,
                whole=True,
            )
            for i, ready in enumerate(inputs)
        ]

    def _look_closer(
        self, images: Sequence[ImageArray], firsts: Sequence[Glance], seen: list[list[Sighting]]
    ) -> list[list[Box]]:
        """Second looks at people of all images; what they show is added to what was seen.

        Returns:
            The windows of each image that were looked at in the mirror.
        """
        closer = self._one.closer
        if closer is None:
            return [[] for _ in images]
        known = [distinct_people(people, self._one.sigmas) for people in seen]
        windows = [
            closer.second_looks(people, first.scale)
            for people, first in zip(known, firsts, strict=True)
        ]
        find_in = partial(self._one.found_in, padding=None)
        for i, glance in self._glances(images, windows, closer.side, find_in):
            seen[i] += sightings(glance, closer)
        known = [distinct_people(people, self._one.sigmas) for people in seen]
        mirrored = [closer.mirrored_looks(people) for people in known]
        for i, glance in self._glances(images, mirrored, closer.side, self._one.found_in_mirror):
            seen[i] += mirrored_sightings(glance, closer)
        return mirrored

    def _glances(
        self,
        images: Sequence[ImageArray],
        windows: Sequence[Sequence[Box]],
        side: int,
        find_in: Callable[[Tensor], Detections],
    ) -> list[tuple[int, Glance]]:
        """A glance at each window of each image, with the number of the image."""
        wanted = [(i, window) for i, of_one in enumerate(windows) for window in of_one]

        def glances(part: Sequence[tuple[int, Box]]) -> list[tuple[int, Glance]]:
            cuts = [
                cut_windows(images[i], [window for _, window in of_one], side)
                for i, of_one in groupby(part, key=lambda pair: pair[0])
            ]
            found = find_in(_together(cuts))
            return [
                (i, Glance(found.of_image(n), window, side / window.width))
                for n, (i, window) in enumerate(part)
            ]

        return self._windows.run(glances, wanted)


class Pieces:
    """Cuts work into pieces that the device's memory holds: half as large when it ends.

    Args:
        size: of a piece, to begin with.
    """

    def __init__(self, size: int) -> None:
        self.size = size

    def run(self, work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
        """What work makes of all items, in order.

        Args:
            work: makes one result an item.
            items: any number.

        Raises:
            ClickPoseError: if the memory does not even hold one item.
        """
        results: list[R] = []
        while len(results) < len(items):
            piece = items[len(results) : len(results) + self.size]
            try:
                results += work(piece)
            except torch.cuda.OutOfMemoryError as error:
                if len(piece) == 1:
                    raise ClickPoseError(
                        Words("The GPU's memory does not hold a single image."),
                        Words("Close what else uses it, or take --device cpu."),
                    ) from error
                # Another lane may have halved it meanwhile.
                self.size = min(self.size, len(piece) // 2)
                torch.cuda.empty_cache()
        return results


def load_for_many(
    weights: Path | None = None,
    device: str = "auto",
    cores: int | None = None,
    kind: type[ManyPredictor] = ManyPredictor,
) -> ManyPredictor:
    """The predictor of a weights file, for data sets; see load_predictor().

    On a processor this process computes with one thread an image from now on.

    Args:
        weights: as for load_predictor().
        device: as for load_predictor().
        cores: of the processor, to use at a time; None for all that torch would.
        kind: what is made of the predictor of single images.
    """
    predictor = load_predictor(weights, device)
    if predictor.device.type != "cpu":
        return kind(predictor, lanes=GPU_LANES, at_once=GPU_BATCH)
    threads = torch.get_num_threads() if cores is None else cores
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    return kind(predictor, lanes=max(1, min(threads, MOST_LANES)), at_once=1)


def makers(
    weights: Path | None,
    devices: Sequence[str],
    cores: int | None = None,
    load: Callable[..., ManyPredictor] = load_for_many,
) -> Callable[[str], ManyPredictor]:
    """What makes the predictor of each of several devices, in a process of its own.

    Args:
        weights: as for load_predictor().
        devices: their names; processors share the cores.
        cores: for each processor, where that is known.
        load: load_for_many(), or what takes the same.

    Raises:
        ClickPoseError: a device is not there.
    """
    processors = sum(choose_device(device).type == "cpu" for device in devices)
    share = max(1, torch.get_num_threads() // max(1, processors))
    return partial(load, weights, cores=share if cores is None else cores)


def _batch(inputs: Sequence[NetworkInput]) -> tuple[Tensor, Tensor | None]:
    """Inputs of one size side by side, with the padding of each."""
    images = _together([ready.image for ready in inputs])
    if all(ready.padding is None for ready in inputs):
        return images, None
    nothing = torch.from_numpy(np.zeros((1, *images.shape[2:]), dtype=np.bool_))
    return images, torch.cat([nothing if r.padding is None else r.padding for r in inputs])


def _together(images: Sequence[Tensor]) -> Tensor:
    return torch.cat(list(images)).contiguous(memory_format=torch.channels_last)
