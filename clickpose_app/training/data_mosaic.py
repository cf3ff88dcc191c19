"""Crowded scenes from single people: four small windows side by side make one.

Most training photos show one large person. Four of them together have the people of a
crowd: small, many, and next to each other (the mosaic of Bochkovskiy et al., YOLOv4, 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clickpose_app.training.augment import WindowLabels

TILES = 2
"""Tiles on each axis."""

Tile = tuple[NDArray[np.uint8], WindowLabels]


def mosaic(tiles: Sequence[Tile]) -> Tile:
    """One window of TILES x TILES windows, row by row.

    Args:
        tiles: pixels [S, S, 3] and labels in their pixels, all of one size.

    Returns:
        Pixels [TILES * S, TILES * S, 3] and labels in their pixels.
    """
    side = tiles[0][0].shape[0]
    rows = [
        np.concatenate([pixels for pixels, _ in tiles[row * TILES : (row + 1) * TILES]], 1)
        for row in range(TILES)
    ]
    shifts = [np.array([i % TILES, i // TILES]) * float(side) for i in range(len(tiles))]
    moved = [label.shifted(shift) for (_, label), shift in zip(tiles, shifts, strict=True)]
    return np.concatenate(rows, 0), WindowLabels.joined(moved)
