"""What is in a COCO data set: how many, how large, how completely labelled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clickpose_app.core.annotation import Visibility
from clickpose_app.formats.bulk import without_cycle_search
from clickpose_app.formats.dataset import Dataset

# COCO's limits between small, medium and large people: their areas are 32^2 and 96^2.
_SIDES = (32.0, 96.0)
_SIZES = ("small", "medium", "large")


@dataclass
class Statistics:
    """Counts over a data set.

    Attributes:
        images: all of them.
        empty: images without people.
        people: without crowd regions.
        crowds: regions that stand for many people.
        per_image: number of people -> number of images.
        sizes: small, medium, large (sides of 32 and 96 pixels) -> number of people.
        heights: of the boxes in pixels, at the 5th, 50th and 95th percentile; None without any.
        joints: name -> how often not labelled, occluded and visible.
        by_hand: labelled joints that a person placed.
    """

    images: int = 0
    empty: int = 0
    people: int = 0
    crowds: int = 0
    per_image: Counter[int] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    heights: tuple[float, float, float] | None = None
    joints: dict[str, list[int]] = field(default_factory=dict)
    by_hand: int = 0

    def as_json(self) -> dict[str, Any]:
        """The same, ready for a JSON file."""
        return vars(self) | {"per_image": dict(self.per_image), "sizes": dict(self.sizes)}

    def as_text(self) -> str:
        """A table for people."""
        lines = [
            f"images    {self.images:>9,}   without people {self.empty:,}",
            f"people    {self.people:>9,}   crowd regions {self.crowds:,}",
        ]
        if self.heights is not None:
            low, middle, high = self.heights
            sizes = ", ".join(f"{self.sizes[size]:,} {size}" for size in _SIZES)
            lines += [
                f"          {sizes}",
                f"height    {middle:>9,.0f}   pixels; 90 % have {low:,.0f} to {high:,.0f}",
            ]
        labelled = sum(occluded + visible for _, occluded, visible in self.joints.values())
        lines += [f"joints    {labelled:>9,}   labelled, {self.by_hand:,} of them by hand", ""]
        width = max((len(name) for name in self.joints), default=5)
        lines.append(f"{'joint':<{width}}  {'visible':>10}  {'occluded':>10}  {'not there':>10}")
        for name, (missing, occluded, visible) in self.joints.items():
            lines.append(f"{name:<{width}}  {visible:>10,}  {occluded:>10,}  {missing:>10,}")
        return "\n".join(lines)


@without_cycle_search()
def count(dataset: Dataset) -> Statistics:
    """Count what is in a data set, image by image."""
    found = Statistics(images=len(dataset.images))
    joints = np.zeros((len(dataset.skeleton), len(Visibility)), dtype=np.int64)
    heights: list[float] = []
    for image in dataset.images:
        everybody = image.annotation.people
        people = [p for p in everybody if not p.is_crowd]
        found.crowds += len(everybody) - len(people)
        found.people += len(people)
        found.per_image[len(people)] += 1
        for person in people:
            heights.append(person.box.height)
            side = person.box.area**0.5
            found.sizes[_SIZES[sum(side >= limit for limit in _SIDES)]] += 1
            for k, keypoint in enumerate(person.keypoints):
                joints[k, keypoint.visibility] += 1
                found.by_hand += keypoint.labelled and keypoint.pinned
    found.empty = found.per_image[0]
    if heights:
        low, middle, high = np.percentile(heights, [5, 50, 95])
        found.heights = float(low), float(middle), float(high)
    names = dataset.skeleton.keypoints
    found.joints = {name: joints[k].tolist() for k, name in enumerate(names)}
    return found
