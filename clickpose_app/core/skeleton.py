"""Skeleton: which keypoints a person has, how they connect, and how exact they can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clickpose_app.core.geometry import FloatArray


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The keypoints of one kind of being, in a fixed order.

    Attributes:
        name: e.g. ``coco-17``.
        keypoints: K unique names, in order.
        limbs: pairs of 0-based keypoint indices that are drawn as lines.
        pairs: (left, right) 0-based indices that a mirror image exchanges.
        sigmas: K tolerances of OKS (COCO's k_i is twice the sigma).
    """

    name: str
    keypoints: tuple[str, ...]
    limbs: tuple[tuple[int, int], ...]
    pairs: tuple[tuple[int, int], ...]
    sigmas: tuple[float, ...]

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
