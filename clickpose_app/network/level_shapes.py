"""The levels of a flattened feature pyramid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from torch import Tensor

Sizes: TypeAlias = tuple[tuple[int, int], ...]
"""Height and width of each level, in cells."""


@dataclass(frozen=True, slots=True)
class LevelShapes:
    """Heights and widths of the levels of a flattened feature pyramid.

    Attributes:
        sizes: (height, width) a level, in cells.
    """

    sizes: Sizes

    def __len__(self) -> int:
        """Number of levels."""
        return len(self.sizes)

    @property
    def starts(self) -> tuple[int, ...]:
        """Index of each level's first token."""
        starts, total = [], 0
        for height, width in self.sizes:
            starts.append(total)
            total += height * width
        return tuple(starts)

    @property
    def tokens(self) -> int:
        """S, tokens of all levels together."""
        return sum(height * width for height, width in self.sizes)

    def wh(self, like: Tensor) -> Tensor:
        """Widths and heights [L, 2] in cells, with the type and device of like."""
        return like.new_tensor([(width, height) for height, width in self.sizes])
