"""Number of clicks by the published protocol: rounds per image, in lock-step.

In each round every person who is matched gets one click, whether they need it or not, until
COCO's AP on that image reaches a threshold (Click-Pose, Yang et al., ICCV 2023, as its software
counts). It is here for comparison with published figures; what an annotator does is
noc_person. Coordinates are in 0..1 of the image.

Shapes: R people of the loop, C classes (the last is the person), K keypoints, N people labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clickpose_app.core.geometry import BoolArray, FloatArray, keypoint_similarity
from clickpose_app.evaluation.assignment import assign
from clickpose_app.evaluation.coco_ap import image_ap
from clickpose_app.evaluation.truth import LabelledPerson

AP_LEVELS = (0.85, 0.90, 0.95)
"""Where the published figures stop."""

_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class OfficialRules:
    """The sizes of the published loop.

    Attributes:
        people: R, how many of the best are corrected.
        selected: how many pairs of person and class are scored, best first.
        rounds: after which an image is given up; it then counts as many.
    """

    people: int = 20
    selected: int = 20
    rounds: int = 17


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """The people of the loop between two rounds.

    Attributes:
        scores: [R, C] in 0..1.
        boxes: [R, 4], cxcywh.
        keypoints: [R, K, 2].
    """

    scores: FloatArray
    boxes: FloatArray
    keypoints: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """What is scored in a round, best first.

    Attributes:
        scores: [S], falling.
        labels: class of each [S].
        keypoints: in image pixels [S, K, 2].
    """

    scores: FloatArray
    labels: Sequence[int]
    keypoints: FloatArray


Refine = Callable[[Round, Round, BoolArray], Round]
"""People before a click, with the clicks in place, which keypoints were clicked [R, K] -> people.

The published loop refines all of them and lets clicked keypoints drift; to hold the clicks of
all rounds is up to whoever refines.
"""


@dataclass(frozen=True, slots=True, eq=False)
class ImageTruth:
    """What an image is scored against.

    Attributes:
        people: labelled, no crowds; keypoints in pixels.
        entries: everybody as pycocotools takes them, crowds included, image_id 0.
        width: in pixels.
        height: in pixels.
        sigmas: tolerances [K].
    """

    people: Sequence[LabelledPerson]
    entries: Sequence[dict[str, object]]
    width: int
    height: int
    sigmas: FloatArray

    @property
    def size(self) -> FloatArray:
        """Width and height [2]."""
        return np.array([self.width, self.height], dtype=np.float64)


def by_hand(before: Round, clicked: Round, clicks: BoolArray) -> Round:
    """A Refine that refines nothing: what was clicked stays, and so does all else."""
    del before, clicks
    return clicked


def run_rounds(
    start: Round, truth: ImageTruth, refine: Refine, rules: OfficialRules, until: float = 0.95
) -> list[float]:
    """AP on one image in each round: before any click, after one click on everybody, ...

    Args:
        start: at most R people, best first.
        truth: of the image.
        refine: moves the keypoints that were not clicked.
        rules: sizes of the loop.
        until: AP at which it ends.

    Returns:
        One AP a round, at most rules.rounds + 1; -1 where there is nobody to find.
    """
    pairs = match(start, truth)
    people, found = start, []
    for done in range(rules.rounds + 1):
        found.append(score(select(people, truth, rules.selected), people, truth))
        if found[-1] >= until or done == rules.rounds:
            break
        clicked, clicks = click(people, truth, pairs)
        people = refine(people, clicked, clicks)
    return found


def rounds_until(found: Sequence[float], level: float, rules: OfficialRules) -> int:
    """How many rounds an image takes to an AP; rules.rounds if it never gets there.

    The loop ends at its own level, so AP of all rounds up to the highest level serve for all.
    """
    reached = (i for i, value in enumerate(found) if value >= level)
    return next(reached, rules.rounds)


def match(people: Round, truth: ImageTruth) -> list[tuple[int, int]]:
    """Who of the loop is whom of the truth, by class, distance and OKS: made once an image."""
    cost = np.zeros((len(people.scores), len(truth.people)))
    for i, person in enumerate(truth.people):
        xy, labelled = person.keypoints / truth.size, person.labelled.astype(np.float64)
        offset = people.keypoints - xy
        area = max(person.area / (truth.width * truth.height), _LEAST)
        each = keypoint_similarity(people.keypoints, xy, area, person.sigmas)
        similarity = each @ labelled / (labelled.sum() + _LEAST)
        cost[:, i] = 10 * np.abs(offset).sum(-1) @ labelled + 4 * (1 - similarity)
    return assign(cost + 2 * _class_cost(people.scores[:, -1])[:, None])


def click(
    people: Round, truth: ImageTruth, pairs: Sequence[tuple[int, int]]
) -> tuple[Round, BoolArray]:
    """Put the worst visible keypoint of everybody who is matched in its place.

    Returns:
        The people, their boxes grown to their keypoints, and what was clicked [R, K]. A pose
        without any error gets no click.
    """
    keypoints, boxes = people.keypoints.copy(), people.boxes.copy()
    clicks = np.zeros(keypoints.shape[:2], dtype=np.bool_)
    for i, j in pairs:
        person = truth.people[j]
        xy = person.keypoints / truth.size
        error = np.abs(keypoints[i] - xy).sum(-1) * person.labelled
        worst = int(error.argmax())
        if error[worst] > 0:
            keypoints[i, worst], clicks[i, worst] = xy[worst], True
        half = boxes[i, 2:] / 2
        low = np.minimum(boxes[i, :2] - half, keypoints[i].min(axis=0))
        high = np.maximum(boxes[i, :2] + half, keypoints[i].max(axis=0))
        boxes[i] = np.concatenate([(low + high) / 2, high - low])
    return replace(people, keypoints=keypoints, boxes=boxes), clicks


def select(people: Round, truth: ImageTruth, count: int) -> Selected:
    """Post-processing of the published model: the best scores over people and classes."""
    flat = people.scores.ravel()
    best = np.argsort(-flat, kind="stable")[:count]
    classes = people.scores.shape[1]
    keypoints = people.keypoints[best // classes] * truth.size
    return Selected(flat[best], (best % classes).tolist(), keypoints)


def score(selected: Selected, people: Round, truth: ImageTruth) -> float:
    """AP of what was selected; other classes than the last are no people."""
    person = people.scores.shape[1] - 1
    detections = [
        {
            "image_id": 0,
            "keypoints": np.column_stack([xy, np.ones(len(xy))]).ravel().tolist(),
            "score": float(value),
        }
        for xy, value, label in zip(
            selected.keypoints, selected.scores, selected.labels, strict=True
        )
        if label == person
    ]
    return image_ap(truth.entries, detections, truth.sigmas)


def _class_cost(p: FloatArray) -> FloatArray:
    """Focal cost of calling each a person (alpha 0.25, gamma 2), from chances [R]."""
    positive = 0.25 * (1 - p) ** 2 * -np.log(p + 1e-8)
    negative = 0.75 * p**2 * -np.log(1 - p + 1e-8)
    cost: FloatArray = positive - negative
    return cost
