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
from clickpose_app.engine.tiles import Tile, Tiling, is_flat
from clickpose_app.network.clickpose import Detections

FindIn = Callable[[Tensor], Detections]
"""The first pass in a batch of images [N, 3, H, W], in the processor's memory."""

LEAST_SCORE = 0.1
"""People whom a closer look is less certain of are not added; nobody would be shown them."""

MOST_PEOPLE = 400
"""Found in tiles, at most; the least certain ones go first."""

_LARGER = 2.5
"""A head or a hand is this much smaller than its owner, who is known already."""

_TRUSTED = 0.3
"""Trust below which a closer look shows somebody at a size that it was not meant for."""


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
        shown = [tile for tile in tiles if not is_flat(image, tile)]
        for tile, glance in zip(shown, self._glances(image, shown, find_in), strict=True):
            proposed = [person.box for person in self._proposed(tile, glance)]
            known = [*self._windows, *windows]
            windows += self._closer.windows(proposed, tile.scale, before=known)
        found: list[Sighting] = []
        for i in range(0, len(windows), 4 * at_once):
            found += self._look_closer(image, windows[i : i + 4 * at_once], find_in)
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
        found = find_in(_together(cuts))
        return [
            Glance(found.of_image(i), tile.window, tile.scale, True) for i, tile in enumerate(tiles)
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
        self, image: ImageArray, windows: Sequence[Box], find_in: FindIn
    ) -> list[Sighting]:
        side = self._closer.side
        found = find_in(cut_windows(image, windows, side))
        people: list[Sighting] = []
        for i, window in enumerate(windows):
            seen = sightings(Glance(found.of_image(i), window, side / window.width), self._closer)
            people += [p for p in seen if p.score >= LEAST_SCORE and p.trust >= _TRUSTED]
        return [p for p in people if self._on_image(p.box) and not self._is_part(p.box)]

    def _on_image(self, box: Box) -> bool:
        return box.shared_area(Box(0, 0, self._width, self._height)) >= box.area / 2 > 0

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


def _together(images: Sequence[Tensor]) -> Tensor:
    return torch.cat(list(images)).contiguous(memory_format=torch.channels_last)
