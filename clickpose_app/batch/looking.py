"""Poses for many images: decoded ahead, looked at in batches, handed over in order.

Three things go on at a time. Threads decode the next images; others wait for the network,
several batches of images that enter it at one size; and whoever takes the results writes them
meanwhile. However many images there are, only a window of them is in memory.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from clickpose_app.core.predictor import (
    BatchPredictor,
    ImageArray,
    PredictedPose,
    Predictor,
    detect_many,
    images_at_once,
)
from clickpose_app.errors import ImageError

T = TypeVar("T")

BUDGET = 256_000_000
"""Bytes of decoded pixels that wait, apart from the images that are being decoded."""

DECODERS = max(1, min(8, (os.cpu_count() or 1) // 2))
"""Threads that decode; one keeps up with two cores that compute."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen(Generic[T]):
    """An image that was looked at.

    Attributes:
        item: which.
        width: upright, in pixels.
        height: likewise.
        poses: all that was found, best first, low scores included.
        pixels: upright RGB [H, W, 3]; None where another process has them.
    """

    item: T
    width: int
    height: int
    poses: tuple[PredictedPose, ...]
    pixels: ImageArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Missed(Generic[T]):
    """An image that cannot be read.

    Attributes:
        item: which.
        why: one sentence.
    """

    item: T
    why: str


def look_at(
    items: Iterable[T], predictor: Predictor, read: Callable[[T], ImageArray]
) -> Generator[Seen[T] | Missed[T], None, None]:
    """What a predictor finds on each image, in the order of the images.

    Args:
        items: what to look at; taken as it is needed.
        predictor: who looks; one that takes batches gets images of one key together.
        read: gives an item's upright RGB pixels [H, W, 3], or raises ImageError; called on
            several threads.
    """
    lanes = predictor.lanes if isinstance(predictor, BatchPredictor) else 1
    with (
        ThreadPoolExecutor(DECODERS, thread_name_prefix="decode") as decoders,
        ThreadPoolExecutor(lanes, thread_name_prefix="network") as network,
    ):
        window = _Window(iter(items), predictor, read, decoders, network)
        try:
            yield from window.results()
        finally:
            window.drop()


@dataclass(slots=True, eq=False)
class _Slot(Generic[T]):
    """One image on its way: decoded, then part of a batch."""

    item: T
    decoding: Future[ImageArray | ImageError]
    batch: Future[list[tuple[PredictedPose, ...]]] | None = None
    place: int = 0

    @property
    def pixels(self) -> ImageArray | None:
        """Its pixels, as soon as there are some."""
        result = self.decoding.result() if self.decoding.done() else None
        return None if isinstance(result, ImageError) else result

    @property
    def pending(self) -> Future[Any]:
        """What it waits for."""
        return self.decoding if self.batch is None else self.batch


class _Window(Generic[T]):
    """The images that are in memory, in their order."""

    def __init__(
        self,
        items: Iterator[T],
        predictor: Predictor,
        read: Callable[[T], ImageArray],
        decoders: ThreadPoolExecutor,
        network: ThreadPoolExecutor,
    ) -> None:
        self._items, self._read, self._predictor = items, read, predictor
        self._decoders, self._network = decoders, network
        self._many = predictor if isinstance(predictor, BatchPredictor) else None
        self._lanes = 1 if self._many is None else self._many.lanes
        self._slots: deque[_Slot[T]] = deque()
        self._ended = False
        self._news = threading.Event()

    def results(self) -> Iterator[Seen[T] | Missed[T]]:
        """What comes out at the far end."""
        while True:
            # First, so that what ends from here on is not slept through.
            self._news.clear()
            self._take_in()
            self._send()
            if not self._slots:
                return
            finished = self._finished(self._slots[0])
            if finished is None:
                self._news.wait()
            else:
                self._slots.popleft()
                yield finished

    def drop(self) -> None:
        """Give up what has not been begun."""
        for slot in self._slots:
            slot.pending.cancel()

    @property
    def _at_once(self) -> int:
        return images_at_once(self._predictor)

    def _take_in(self) -> None:
        """Have more images decoded, as long as there is room for them."""
        # Every lane has a batch in work and one that waits; a third one is being gathered.
        most = 2 * self._lanes * self._at_once + max(self._at_once, 2 * DECODERS)
        decoding = sum(not slot.decoding.done() for slot in self._slots)
        held = sum(p.nbytes for slot in self._slots if (p := slot.pixels) is not None)
        while (
            not self._ended
            and len(self._slots) < most
            and decoding < 2 * DECODERS
            and (held < BUDGET or not self._slots)
        ):
            try:
                item = next(self._items)
            except StopIteration:
                self._ended = True
                return
            decoding += 1
            future = self._decoders.submit(self._decoded, item)
            future.add_done_callback(self._tell)
            self._slots.append(_Slot(item, future))

    def _tell(self, _: object) -> None:
        self._news.set()

    def _decoded(self, item: T) -> ImageArray | ImageError:
        try:
            return self._read(item)
        except ImageError as error:
            return error

    def _send(self) -> None:
        """Send batches to the network: full ones, or what there is where a lane would idle."""
        while True:
            batches = {s.batch for s in self._slots if s.batch is not None and not s.batch.done()}
            loose = [s for s in self._slots if s.batch is None and s.pixels is not None]
            if not loose or len(batches) >= 2 * self._lanes:
                return
            group = self._group(loose)
            coming = any(not s.decoding.done() for s in self._slots)
            if len(group) < self._at_once and coming and len(batches) >= self._lanes:
                return
            pixels = [p for s in group if (p := s.pixels) is not None]
            batch = self._network.submit(detect_many, self._predictor, pixels)
            batch.add_done_callback(self._tell)
            for place, slot in enumerate(group):
                slot.batch, slot.place = batch, place

    def _group(self, loose: list[_Slot[T]]) -> list[_Slot[T]]:
        """The oldest image, and others that go through the network with it."""
        keys: list[Hashable] = [self._key(slot) for slot in loose]
        return [s for s, key in zip(loose, keys, strict=True) if key == keys[0]][: self._at_once]

    def _key(self, slot: _Slot[T]) -> Hashable:
        pixels = slot.pixels
        assert pixels is not None
        height, width = pixels.shape[:2]
        return (width, height) if self._many is None else self._many.batch_key(width, height)

    @staticmethod
    def _finished(slot: _Slot[T]) -> Seen[T] | Missed[T] | None:
        """What came of an image; None if that is not known yet."""
        if not slot.pending.done():
            return None
        pixels = slot.decoding.result()
        if isinstance(pixels, ImageError):
            return Missed(slot.item, str(pixels))
        if slot.batch is None:
            return None
        poses = slot.batch.result()[slot.place]
        return Seen(slot.item, pixels.shape[1], pixels.shape[0], poses, pixels)
