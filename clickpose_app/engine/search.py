"""The search for small people through a large image, one part after the other.

Whoever a tile proposes is looked at closer, and only the closer look's word counts: at the
size that the network knows best it tells people from all else, where a tile still guesses.
Nothing is kept of a tile but the people whom it led to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import ImageArray
from clickpose_app.engine.looks import Closer, Glance, Sighting, distinct_people, sightings
from clickpose_app.engine.preprocess import cut_windows
from clickpose_app.engine.tiles import Tile, Tiling, ends_inside, is_flat
from clickpose_app.network.clickpose import Detections

FindIn = Callable[[Tensor], list[Detections]]
"""The first pass in each of a batch of images [N, 3, H, W], in the processor's memory."""

LEAST_SCORE = 0.1
"""People whom a closer look is less certain of are not added; nobody would be shown them."""

MOST_PEOPLE = 400
"""Found in tiles, at most; the least certain ones go first."""

_LARGER = 2.5
"""A head or a hand is this much smaller than its owner, who is known already."""

_TRUSTED = 0.3
"""Trust below which a closer look shows somebody at a size that it was not meant for."""


_SHOWN = 0.9  # part of a box that a window shows of whoever it is meant for
_SAME = 0.5  # intersection over union of a proposed box and that of the closer look


class Search:
    """What is found in one image; step() looks at its next part.

    Attributes:
        people: those of the first looks and those found since, best first.
        done: how many tiles were looked at.
        total: how many there are; 0 for an image whose first look shows enough.
    """

    def __init__(
        self,
        image: ImageArray,
        first: Sequence[Sighting],
        scale: float,
        closer: Closer,
        sigmas: Tensor,
        tiling: Tiling | None = None,
    ) -> None:
        """Begin; nothing is looked at yet.

        Args:
            image: RGB [H, W, 3].
            first: the people of the first looks.
            scale: of the look at the whole image.
            closer: how people are looked at closer.
            sigmas: of the skeleton [K].
            tiling: how the image is cut.
        """
        self._tiling = tiling or Tiling()
        self._closer, self._sigmas = closer, sigmas
        self._image: ImageArray | None = image
        self._height, self._width = image.shape[:2]
        self._first = list(first)
        self._found: list[Sighting] = []
        self._windows: list[Box] = []
        self._left = self._tiling.tiles(self._width, self._height, scale)
        self.people = list(first)
        self.done, self.total = 0, len(self._left)

    @property
    def finished(self) -> bool:
        """Whether all tiles were looked at."""
        return self.done == self.total

    def step(self, find_in: FindIn, at_once: int = 1) -> bool:
        """Look at the next tiles; True if that led to anybody new.

        If it raises, the search is where it was and can go on.

        Args:
            find_in: who looks.
            at_once: how many tiles at a time; the closer looks, a fifth in size, come fourfold.
        """
        image = self._image
        tiles = self._left[:at_once]
        if image is None or not tiles:
            return False
        windows: list[Box] = []
        proposed: list[Box] = []
        shown = [tile for tile in tiles if not is_flat(image, tile)]
        for tile, glance in zip(shown, self._glances(image, shown, find_in), strict=True):
            boxes = [_grown(person.box) for person in self._proposed(tile, glance)]
            known = [*self._windows, *windows]
            windows += self._closer.windows(boxes, tile.scale, before=known)
            proposed += boxes
        found: list[Sighting] = []
        for i in range(0, len(windows), 4 * at_once):
            found += self._look_closer(image, windows[i : i + 4 * at_once], proposed, find_in)
        self._windows += windows
        self._left = self._left[len(tiles) :]
        self.done += len(tiles)
        if self.finished:
            self._image = None  # nobody looks at it again
        if not found:
            return False
        return self._take(found)

    def _glances(self, image: ImageArray, tiles: Sequence[Tile], find_in: FindIn) -> list[Glance]:
        if not tiles:
            return []
        cuts = [cut_windows(image, [tile.window], self._tiling.side) for tile in tiles]
        found = find_in(together(cuts))
        return [
            Glance(one, tile.window, tile.scale, whole=True)
            for one, tile in zip(found, tiles, strict=True)
        ]

    def _proposed(self, tile: Tile, glance: Glance) -> list[Sighting]:
        """Who is worth a closer look: of a size for this tile, whole in it, not a known part."""
        able = [
            person
            for person in sightings(glance, self._closer)
            if person.score >= self._tiling.least_score
            and self._tiling.holds(person.box, tile, self._width, self._height)
            and not self._is_part(person.box)
        ]
        return distinct_people(able, self._sigmas)

    def _look_closer(
        self,
        image: ImageArray,
        windows: Sequence[Box],
        proposed: Sequence[Box],
        find_in: FindIn,
    ) -> list[Sighting]:
        """Who is there indeed, of those proposed and of all others whom the windows show whole."""
        side = self._closer.side
        found = find_in(cut_windows(image, windows, side))
        people: list[Sighting] = []
        for one, window in zip(found, windows, strict=True):
            seen = sightings(Glance(one, window, side / window.width), self._closer)
            meant = [box for box in proposed if box.shared_area(window) >= _SHOWN * box.area]
            people += [
                p
                for p in seen
                if p.score >= LEAST_SCORE
                and p.trust >= _TRUSTED
                and self._is_whole(p.box, window, side / window.width, meant)
            ]
        return [p for p in people if not self._is_part(p.box)]

    def _is_whole(self, box: Box, window: Box, scale: float, meant: Sequence[Box]) -> bool:
        """Whether somebody ends inside the window, or is one of those whom it is meant to show."""
        if box.shared_area(Box(0, 0, self._width, self._height)) < box.area / 2:
            return False
        if ends_inside(box, window, scale, self._width, self._height):
            return True
        return any(box.iou(other) >= _SAME for other in meant)

    def _is_part(self, box: Box) -> bool:
        """Whether a box surrounds a joint of somebody far larger: a head, a hand, a foot."""
        long = max(box.width, box.height)
        for owner in self._first:
            if owner.chance < self._closer.least_chance:
                continue
            if max(owner.box.width, owner.box.height) < _LARGER * long:
                continue
            inside = [box.contains(float(x), float(y)) for x, y in owner.keypoints]
            if any(inside) and owner.score >= LEAST_SCORE:
                return True
        return False

    def _take(self, found: list[Sighting]) -> bool:
        """Merge what was found with what is known."""
        self._found = distinct_people([*self._found, *found], self._sigmas)[:MOST_PEOPLE]
        before = len(self.people)
        best = np.array([p.score for p in self.people]).sum()
        self.people = distinct_people([*self._first, *self._found], self._sigmas)
        after = np.array([p.score for p in self.people]).sum()
        return bool(len(self.people) != before or after != best)


def _grown(box: Box) -> Box:
    """With a rim, so that nobody is cut by a window of their own."""
    dx, dy = 0.05 * box.width, 0.05 * box.height
    return Box(box.x1 - dx, box.y1 - dy, box.x2 + dx, box.y2 + dy)


def parts_of(width: int, height: int, scale: float) -> int:
    """How many tiles an image of this size takes, whose first look has this scale."""
    return len(Tiling().tiles(width, height, scale))


def each(found: Detections, count: int) -> list[Detections]:
    """The detections of a batch, one image after the other."""
    return [found.of_image(i) for i in range(count)]


def together(images: Sequence[Tensor]) -> Tensor:
    """Images [1, 3, H, W] of one size as a batch."""
    return torch.cat(list(images)).contiguous(memory_format=torch.channels_last)
