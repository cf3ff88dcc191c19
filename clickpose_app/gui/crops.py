"""Cut-outs around one joint of one person, at the scale of that person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from clickpose_app.core.predictor import ImageArray
from clickpose_app.gui.lazy_images import LazyImages
from clickpose_app.gui.pixels import to_qimage

_CACHE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Crop:
    """A square of an image file.

    Attributes:
        path: the file.
        x: centre in image pixels.
        y: as x.
        side: of the square, in image pixels.
        size: of the picture that it becomes, in screen pixels.
    """

    path: Path
    x: float
    y: float
    side: float
    size: int


class Crops(QObject):
    """Cuts squares out of image files, on a thread of its own."""

    ready = Signal(object)
    """The Crop that has just come."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread."""
        super().__init__(parent)
        self._images = LazyImages("crops", _CACHE_BYTES, self)
        self._images.ready.connect(self.ready)
        # People of one image often follow each other. Touched by the worker thread alone.
        self._last: tuple[tuple[Path, float], ImageArray] | None = None

    def get(self, crop: Crop) -> QImage | None:
        """The cut-out: a null one if the file cannot be read, None if it comes later."""
        return self._images.get(crop, lambda: self._read(crop))

    def forget(self) -> None:
        """Drop all wishes."""
        self._images.forget()

    def stop(self) -> bool:
        """Stop; True if the thread has ended."""
        return self._images.stop()

    def _read(self, crop: Crop) -> QImage:
        from clickpose_app.storage.images import image_size, read_image_reduced

        width, height = image_size(crop.path)
        reduction = max(crop.side / crop.size, 1.0)
        key = (crop.path, 2.0 ** np.floor(np.log2(min(reduction, 8.0))))
        if self._last is None or self._last[0] != key:
            small = read_image_reduced(crop.path, width / reduction, height / reduction)
            self._last = (key, small)
        pixels = self._last[1]
        scale = pixels.shape[1] / width
        square = cut(pixels, crop.x * scale, crop.y * scale, crop.side * scale)
        return to_qimage(square).scaled(
            crop.size,
            crop.size,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )


def cut(pixels: ImageArray, x: float, y: float, side: float) -> ImageArray:
    """A square around (x, y) out of pixels [H, W, 3]; black where there is no image."""
    length = max(round(side), 1)
    left, top = round(x - side / 2), round(y - side / 2)
    square = np.zeros((length, length, 3), dtype=np.uint8)
    height, width = pixels.shape[:2]
    x1, y1 = min(max(left, 0), width), min(max(top, 0), height)
    x2, y2 = min(max(left + length, 0), width), min(max(top + length, 0), height)
    square[y1 - top : y2 - top, x1 - left : x2 - left] = pixels[y1:y2, x1:x2]
    return square
