"""Brightness, contrast and gamma of what is shown; never of what a network sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

LIMIT = 100
"""Each slider goes from minus this to plus this."""


@dataclass(frozen=True)
class ImageLook:
    """How pixels are shown; 0 everywhere leaves them as they are.

    Attributes:
        brightness: in -100..100; adds up to half of the range.
        contrast: in -100..100; around middle grey, from a third to three times.
        gamma: in -100..100; positive lightens the dark, up to an exponent of a third.
    """

    brightness: int = 0
    contrast: int = 0
    gamma: int = 0

    @property
    def neutral(self) -> bool:
        """Whether pixels are shown as they are."""
        return self == ImageLook()

    def table(self) -> NDArray[np.uint8]:
        """What each of the 256 values of a channel becomes."""
        values = np.linspace(0.0, 1.0, 256)
        values = values ** (3.0 ** (-self.gamma / LIMIT))
        values = (values - 0.5) * 3.0 ** (self.contrast / LIMIT) + 0.5
        values += 0.5 * self.brightness / LIMIT
        table: NDArray[np.uint8] = np.rint(np.clip(values, 0.0, 1.0) * 255).astype(np.uint8)
        return table

    def change(self, image: QImage) -> None:
        """Apply it to the pixels of an RGB32 image, in place."""
        if self.neutral or image.isNull():
            return
        # Two bytes at a time, through a table of all pairs: half the work.
        pairs: NDArray[np.uint16] = np.frombuffer(image.bits(), dtype=np.uint16)
        np.take(_pair_table(self), pairs, out=pairs, mode="clip")
        pixels: NDArray[np.uint32] = pairs.view(np.uint32)
        np.bitwise_or(pixels, np.uint32(0xFF000000), out=pixels)  # the unused byte stays opaque


@lru_cache(maxsize=4)
def _pair_table(look: ImageLook) -> NDArray[np.uint16]:
    one = look.table().astype(np.uint16)
    # Entry high * 256 + low: the order of bytes in memory does not matter, both go the same way.
    return (one[:, None] * 256 + one[None, :]).reshape(-1)
