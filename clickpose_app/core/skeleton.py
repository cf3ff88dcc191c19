"""Skeleton: which keypoints a person has, how they connect, and how exact they can be."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

import numpy as np

from clickpose_app.core.geometry import FloatArray

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The keypoints of one kind of being, in a fixed order.

    Attributes:
        name: e.g. ``coco-17``.
        keypoints: K unique names, in order.
        limbs: pairs of 0-based keypoint indices that are drawn as lines.
        pairs: (left, right) 0-based indices that a mirror image exchanges.
        sigmas: K tolerances of OKS (COCO's k_i is twice the sigma).
        colours: K colours as ``#rrggbb``, an empty one for a keypoint that takes the colour of
            its side; empty when all do.
        figure: K positions (x, y) in 0..1 on a figure that stands and looks at us, x to the
            right, y down, both in the same unit; empty where nobody has drawn one.
    """

    name: str
    keypoints: tuple[str, ...]
    limbs: tuple[tuple[int, int], ...]
    pairs: tuple[tuple[int, int], ...]
    sigmas: tuple[float, ...]
    colours: tuple[str, ...] = ()
    figure: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a skeleton that contradicts itself.

        Raises:
            ValueError: naming what is wrong.
        """
        count = len(self.keypoints)
        if count == 0:
            raise ValueError("a skeleton needs at least one keypoint")
        if len(set(self.keypoints)) != count:
            raise ValueError("keypoint names must be unique")
        if len(self.sigmas) != count:
            raise ValueError(f"{len(self.sigmas)} sigmas for {count} keypoints")
        if not all(sigma > 0 for sigma in self.sigmas):
            raise ValueError("every sigma must be above zero")
        for kind, edges in (("limb", self.limbs), ("pair", self.pairs)):
            for a, b in edges:
                if not (0 <= a < count and 0 <= b < count) or a == b:
                    raise ValueError(f"{kind} ({a}, {b}) does not join two of {count} keypoints")
        paired = [keypoint for pair in self.pairs for keypoint in pair]
        if len(set(paired)) != len(paired):
            raise ValueError("a keypoint is in two pairs")
        self._check_looks()

    def _check_looks(self) -> None:
        count = len(self.keypoints)
        if len(self.colours) not in (0, count):
            raise ValueError(f"{len(self.colours)} colours for {count} keypoints")
        for colour in self.colours:
            if colour and not _COLOUR.fullmatch(colour):
                raise ValueError(f"the colour {colour} is not written as #rrggbb")
        if len(self.figure) not in (0, count):
            raise ValueError(f"{len(self.figure)} places on the figure for {count} keypoints")
        if not all(math.isfinite(v) and 0 <= v <= 1 for place in self.figure for v in place):
            raise ValueError("every place on the figure must lie in 0..1")

    def __len__(self) -> int:
        """K, the number of keypoints."""
        return len(self.keypoints)

    def index(self, keypoint: str) -> int:
        """Position of a keypoint by its name; ValueError if there is none."""
        return self.keypoints.index(keypoint)

    @property
    def mirrored(self) -> tuple[int, ...]:
        """For each keypoint the index of its mirror twin (itself when it has none)."""
        order = list(range(len(self)))
        for a, b in self.pairs:
            order[a], order[b] = b, a
        return tuple(order)

    def side(self, keypoint: int) -> str:
        """``left``, ``right`` or ``centre``, the person's own side."""
        for a, b in self.pairs:
            if keypoint == a:
                return "left"
            if keypoint == b:
                return "right"
        return "centre"

    @property
    def sigma_array(self) -> FloatArray:
        """The sigmas as an array [K]."""
        return np.asarray(self.sigmas, dtype=np.float64)

    @property
    def anatomy(self) -> Skeleton:
        """The same skeleton without colours and figure, to compare what it means."""
        return replace(self, colours=(), figure=())
