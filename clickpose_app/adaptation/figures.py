"""How good a network is on labelled images that it did not learn from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import cv2
import numpy as np

from clickpose_app.core.geometry import AREA_OF_BOX, Box, FloatArray
from clickpose_app.core.predictor import ImageArray, Predictor
from clickpose_app.evaluation.noc_person import (
    OKS_LEVELS,
    PersonRules,
    count_clicks,
    match_people,
)
from clickpose_app.evaluation.truth import LabelledPerson
from clickpose_app.training.data_samples import Sample, decode

PCK_SHARE = 0.05
"""A keypoint is right within this share of the longer side of the box."""

_CLICKS_AT = OKS_LEVELS.index(0.90)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the labelled creatures of held-out images.

    Attributes:
        images: how many.
        creatures: how many are labelled on them.
        found: share of them that a prediction answers for.
        oks: OKS of these predictions; 0 for who was missed.
        pck: share of labelled keypoints within PCK_SHARE; missed creatures have none right.
        joints: labelled keypoints a creature: the clicks of placing every joint.
        by_hand: clicks to OKS 0.90 without refinement; NaN where clicks were not counted.
        clicks: clicks to OKS 0.90 while the network follows; NaN likewise.
    """

    images: int
    creatures: int
    found: float
    oks: float
    pck: float
    joints: float
    by_hand: float = math.nan
    clicks: float = math.nan

    def to_mapping(self) -> dict[str, float]:
        """Rounded numbers by name, without those that were not measured; counts stay whole."""
        return {
            name: value if isinstance(value, int) else round(float(value), 4)
            for name, value in asdict(self).items()
            if not math.isnan(value)
        }


def measure(
    predictor: Predictor,
    samples: Sequence[Sample],
    *,
    clicks: bool = True,
    rules: PersonRules | None = None,
) -> Figures:
    """Figures of a predictor on labelled photos.

    Args:
        predictor: of the skeleton of the labels.
        samples: photos that it did not learn from.
        clicks: whether clicks are counted, which takes longer.
        rules: of who counts as found; None for those of the evaluation.

    Raises:
        ImageError: naming a photo that cannot be decoded.
    """
    rules = rules if rules is not None else PersonRules()
    rows: list[tuple[float, float, float, float, float, float]] = []
    for people, image in labelled_images(samples, predictor.skeleton.sigma_array):
        encoded = predictor.encode(image)
        poses = predictor.detect(encoded)
        sure = [pose for pose in poses if pose.score >= rules.score_threshold]
        answers = match_people(people, sure, rules.found_at)
        counted = count_clicks(people, poses, rules, (predictor, encoded)) if clicks else None
        for i, (person, answer) in enumerate(zip(people, answers, strict=True)):
            keypoints = None if answer is None else sure[answer].keypoints
            by_hand = refined = math.nan
            if counted is not None and counted.refined is not None:
                by_hand = float(counted.manual[i, _CLICKS_AT])
                refined = float(counted.refined[i, _CLICKS_AT])
            rows.append((*_hits(person, keypoints), by_hand, refined))
    if not rows:
        return Figures(len(samples), 0, 0.0, 0.0, 0.0, 0.0)
    found, oks, right, joints, by_hand, refined = np.array(rows).T
    return Figures(
        images=len(samples),
        creatures=len(rows),
        found=float(found.mean()),
        oks=float(oks.mean()),
        pck=float(right.sum() / max(1.0, joints.sum())),
        joints=float(joints.mean()),
        by_hand=float(by_hand.mean()),
        clicks=float(refined.mean()),
    )


def labelled_images(
    samples: Sequence[Sample], sigmas: FloatArray
) -> Iterator[tuple[list[LabelledPerson], ImageArray]]:
    """Who is labelled on each photo, and its pixels [H, W, 3] RGB."""
    for sample in samples:
        image = cv2.cvtColor(decode(sample, halved=False), cv2.COLOR_BGR2RGB)
        yield labelled_creatures(sample, sigmas), np.asarray(image, np.uint8)


def labelled_creatures(sample: Sample, sigmas: FloatArray) -> list[LabelledPerson]:
    """Who is labelled on a photo."""
    people = []
    for i, corners in enumerate(sample.boxes):
        box = Box(*(float(v) for v in corners))
        people.append(
            LabelledPerson(
                sample.keypoints[i].astype(np.float64),
                sample.visibility[i] > 0,
                AREA_OF_BOX * box.area,
                box,
                sigmas,
            )
        )
    return people


def _hits(
    person: LabelledPerson, keypoints: FloatArray | None
) -> tuple[float, float, float, float]:
    """Found or not, OKS, labelled keypoints that are right, labelled keypoints."""
    labelled = float(person.labelled.sum())
    if keypoints is None:
        return 0.0, 0.0, 0.0, labelled
    error = np.hypot(*(keypoints - person.keypoints).T)
    right = error <= PCK_SHARE * max(person.box.width, person.box.height)
    return 1.0, person.similarity(keypoints), float(right[person.labelled].sum()), labelled
