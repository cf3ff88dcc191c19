"""How far two annotators of the same images agree, joint by joint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import BoolArray, FloatArray, keypoint_similarity
from clickpose_app.errors import FormatError
from clickpose_app.evaluation.assignment import assign
from clickpose_app.formats.coco_entries import bbox_and_area
from clickpose_app.formats.dataset import Dataset

SAME_PERSON = 0.1
"""OKS from which two annotations can be of the same person."""


@dataclass
class Agreement:
    """What two files say of the same images.

    Attributes:
        images: that both have.
        pairs: people whom both have.
        only: people whom only the first, and only the second, has.
        oks: mean over the pairs.
        joints: name -> mean similarity (what the joint adds to the OKS), mean distance in
            pixels, share of joints with the same visibility, and in how many pairs both
            labelled it; figures are None where nobody did.
        worst: images by how little they agree: file name and mean OKS, in which somebody whom
            only one annotator has counts 0.
    """

    images: int = 0
    pairs: int = 0
    only: tuple[int, int] = (0, 0)
    oks: float | None = None
    joints: dict[str, dict[str, float | int | None]] = field(default_factory=dict)
    worst: list[tuple[str, float]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The same, ready for a JSON file."""
        return dict(vars(self))

    def as_text(self, most: int = 10) -> str:
        """A table for people, with so many of the images that differ most."""
        mean = "-" if self.oks is None else f"{self.oks:.3f}"
        lines = [
            f"{self.images:,} images in both, {self.pairs:,} people in both; "
            f"{self.only[0]:,} only in the first, {self.only[1]:,} only in the second",
            f"OKS agreement {mean}",
            "",
        ]
        width = max((len(name) for name in self.joints), default=5)
        head = ("agreement", "pixels", "same v", "in both")
        lines.append(f"{'joint':<{width}}" + "".join(f"{title:>11}" for title in head))
        for name, found in self.joints.items():
            cells = (
                _cell(found["similarity"], ".3f"),
                _cell(found["pixels"], ".1f"),
                _cell(found["same_visibility"], ".0%"),
                f"{found['pairs']:,}",
            )
            lines.append(f"{name:<{width}}" + "".join(f"{cell:>11}" for cell in cells))
        differing = [(name, value) for name, value in self.worst if value < 1][:most]
        if differing:
            lines += ["", "where they differ most (OKS):"]
            lines += [f"  {value:.3f}  {name}" for name, value in differing]
        return "\n".join(lines)


def agreement(first: Dataset, second: Dataset, names: tuple[Path, Path]) -> Agreement:
    """Compare two annotations of the same images; they are the same by file name.

    Args:
        first: one annotator's.
        second: the other's, with the same keypoints.
        names: of both files, for errors.

    Raises:
        FormatError: if the keypoints differ or no image is in both.
    """
    if first.skeleton.keypoints != second.skeleton.keypoints:
        raise FormatError(f"{names[0]} and {names[1]} have different keypoints.")
    others = {image.file_name: image for image in second.images}
    sigmas = np.array(first.skeleton.sigmas)
    pairs: list[_Pair] = []
    found = Agreement()
    alone = [0, 0]
    for image in first.images:
        other = others.get(image.file_name)
        if other is None:
            continue
        found.images += 1
        own, theirs = _people(image.annotation), _people(other.annotation)
        here = _paired(own, theirs, sigmas)
        alone[0] += len(own) - len(here)
        alone[1] += len(theirs) - len(here)
        pairs += here
        most = max(len(own), len(theirs))
        total = sum(pair.oks for pair in here)
        found.worst.append((image.file_name, total / most if most else 1.0))
    if not found.images:
        raise FormatError(
            f"{names[0]} and {names[1]} have no image in common.",
            "Images are the same if their file names are.",
        )
    found.pairs, found.only = len(pairs), (alone[0], alone[1])
    found.oks = float(np.mean([pair.oks for pair in pairs])) if pairs else None
    found.worst.sort(key=lambda entry: entry[1])
    found.joints = {
        name: _joint([pair.joint(k) for pair in pairs])
        for k, name in enumerate(first.skeleton.keypoints)
    }
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """One person as two annotators have them: similarity, distance, who labelled what [K]."""

    similarity: FloatArray
    distance: FloatArray
    both: BoolArray
    same: BoolArray
    oks: float

    def joint(self, k: int) -> tuple[float, float, bool, bool]:
        """Of one keypoint: similarity, distance, whether both labelled it, and alike."""
        return (
            float(self.similarity[k]),
            float(self.distance[k]),
            bool(self.both[k]),
            bool(self.same[k]),
        )


def _people(annotation: ImageAnnotation) -> list[Person]:
    return [p for p in annotation.people if not p.is_crowd and p.labelled.any()]


def _paired(own: list[Person], theirs: list[Person], sigmas: FloatArray) -> list[_Pair]:
    """Who of the one is whom of the other, so that the OKS of all together is highest."""
    if not own or not theirs:
        return []
    table = [[_compare(a, b, sigmas) for b in theirs] for a in own]
    cost = np.array([[1 - pair.oks for pair in row] for row in table])
    return [table[i][j] for i, j in assign(cost) if table[i][j].oks >= SAME_PERSON]


def _compare(a: Person, b: Person, sigmas: FloatArray) -> _Pair:
    area = max(1.0, (bbox_and_area(a)[1] + bbox_and_area(b)[1]) / 2)
    similarity = keypoint_similarity(a.xy, b.xy, area, sigmas)
    both = a.labelled & b.labelled
    either = a.labelled | b.labelled
    seen = np.array([k.visibility for k in a.keypoints])
    same = seen == np.array([k.visibility for k in b.keypoints])
    # What only one of them labelled is no agreement.
    oks = float((similarity * both)[either].mean()) if either.any() else 0.0
    return _Pair(similarity, np.hypot(*(a.xy - b.xy).T), both, same, oks)


def _joint(found: Sequence[tuple[float, float, bool, bool]]) -> dict[str, float | int | None]:
    both = [each for each in found if each[2]]
    return {
        "similarity": float(np.mean([each[0] for each in both])) if both else None,
        "pixels": float(np.mean([each[1] for each in both])) if both else None,
        "same_visibility": float(np.mean([each[3] for each in found])) if found else None,
        "pairs": len(both),
    }


def _cell(value: float | int | None, form: str) -> str:
    return "-" if value is None else format(value, form)
