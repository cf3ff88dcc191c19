"""Where to look in a large image for people whom the first look is too coarse to show.

The first look is at the whole image, scaled down: of somebody of sixty pixels in 24 megapixels
it shows five. So the image is gone through in overlapping tiles at one or more finer scales. The
overlap is as long as the largest person who is looked for at a scale, so everybody is whole in
some tile; whoever is larger is looked for at the scale before.

Coordinates are in image pixels, sizes in pixels of the network's input where it is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import ImageArray

# Brightness that varies less than this, in 0..255, shows nobody: sky, walls, the dark.
_FLAT = 3.0
# A person who comes this close to where a tile ends, in input pixels, may go on beyond.
_RIM = 4.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One square part of an image.

    Attributes:
        window: in image pixels; it reaches out of an image that is smaller than it.
        scale: pixels of the network's input for each image pixel.
    """

    window: Box
    scale: float


@dataclass(frozen=True, slots=True)
class Tiling:
    """How an image is cut into tiles; sizes in pixels of the network's input.

    Of 16 people of 60 pixels on a scene (benchmarks/large_scenes.py) the shipped network proposed
    all where they were 40 pixels long in its input, 11 where they were 30.

    Attributes:
        side: of a tile.
        overlap: of neighbours, and so the longest person who is looked for in a tile.
        least: the shortest long side of people who are looked for.
        finest: the finest scale: somebody of 60 image pixels is 40 long in the input.
        most: tiles of an image; the finest scale becomes coarser where it takes more.
        least_score: of somebody in a tile for whom a closer look is worth its time.
    """

    side: int = 512
    overlap: float = 128.0
    least: float = 40.0
    finest: float = 2 / 3
    most: int = 160
    least_score: float = 0.035

    def tiles(self, width: int, height: int, first: float) -> list[Tile]:
        """All tiles of an image, the coarsest first; none where the first look is fine enough.

        Args:
            width: of the image, in pixels.
            height: likewise.
            first: scale of the first look.
        """
        finest = self.finest
        while True:
            found = [
                Tile(Box(x, y, x + self.side / scale, y + self.side / scale), scale)
                for scale in self._scales(first, finest)
                for y in self._starts(height, scale)
                for x in self._starts(width, scale)
            ]
            if len(found) <= self.most:
                return found
            finest *= 0.9

    def holds(self, box: Box, tile: Tile, width: int, height: int) -> bool:
        """Whether a tile is the place to find this person: whole in it, and not too large.

        Args:
            box: of the person.
            tile: in which they were seen.
            width: of the image; where it ends, people end for all tiles.
            height: likewise.
        """
        long = max(box.width, box.height) * tile.scale
        if not self.least / 2 <= long <= self.overlap:
            return False
        return ends_inside(box, tile.window, tile.scale, width, height)

    def _scales(self, first: float, finest: float) -> list[float]:
        """From coarse to fine, each showing the people who are too large for the next one."""
        ratio = finest / first
        # Somebody of a third more than `least` is found by the first look as well.
        if ratio < 4 / 3:
            return []
        steps = math.ceil(math.log(ratio) / math.log(self.overlap / self.least) - 1e-9)
        return [first * ratio ** ((i + 1) / steps) for i in range(steps)]

    def _starts(self, length: int, scale: float) -> list[float]:
        """Where tiles begin along a side of the image, spread evenly."""
        tile = self.side / scale
        if tile >= length:
            return [(length - tile) / 2]
        stride = (self.side - self.overlap) / scale
        count = 1 + math.ceil((length - tile) / stride)
        return [float(start) for start in np.linspace(0, length - tile, count)]


def ends_inside(box: Box, window: Box, scale: float, width: int, height: int) -> bool:
    """Whether nobody in this box can go on beyond the window, except out of the image.

    Args:
        box: of a person seen in the window.
        window: of the image.
        scale: of the window.
        width: of the image.
        height: likewise.
    """
    rim = _RIM / scale
    return (
        (box.x1 > window.x1 + rim or window.x1 <= 0)
        and (box.y1 > window.y1 + rim or window.y1 <= 0)
        and (box.x2 < window.x2 - rim or window.x2 >= width)
        and (box.y2 < window.y2 - rim or window.y2 >= height)
    )


def is_flat(image: ImageArray, tile: Tile) -> bool:
    """Whether a part of an image [H, W, 3] is too even to show anybody."""
    height, width = image.shape[:2]
    part = tile.window.clipped(width, height)
    # Every fifth pixel in both directions is as even as all of them.
    seen = image[int(part.y1) : math.ceil(part.y2) : 5, int(part.x1) : math.ceil(part.x2) : 5]
    return bool(seen.size == 0 or seen.std(axis=(0, 1)).max() < _FLAT)
