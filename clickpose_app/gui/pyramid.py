"""A picture in halving sizes, so that a large one is drawn as fast as a small one, and calmly."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

_SMALLEST = 512  # pixels of the longer side that need no smaller copy


class Pyramid:
    """An image and copies of 1/2, 1/4, ... its size; scaling far down from one would flicker."""

    def __init__(self, image: QImage) -> None:
        """Make the copies; may run on any thread."""
        self.levels = [image]
        while max(image.width(), image.height()) > _SMALLEST:
            size = QSize(max(image.width() // 2, 1), max(image.height() // 2, 1))
            mode = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
            self.levels.append(image)

    @property
    def size(self) -> QSize:
        """Of the image itself."""
        return self.levels[0].size()

    @property
    def nbytes(self) -> int:
        """Memory of all levels, in bytes."""
        return sum(level.sizeInBytes() for level in self.levels)

    def level(self, scale: float) -> QImage:
        """The smallest copy that has a pixel for each physical one at that scale."""
        wanted, found = scale * self.size.width(), self.levels[0]
        for level in self.levels[1:]:
            if level.width() < wanted:
                break
            found = level
        return found
