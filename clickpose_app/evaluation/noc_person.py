"""Number of clicks by the annotator's protocol: how much work each person on an image is.

For every labelled person the prediction that answers for them is corrected as a careful
annotator would: the worst joint is put in its place, and the next one, until the pose is good
enough. With refinement the others follow each click; without it they stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.predictor import EncodedImage, PoseQuery, PredictedPose, Predictor
from clickpose_app.core.thresholds import CORRECTABLE_SCORE
from clickpose_app.evaluation.truth import LabelledPerson

OKS_LEVELS = (0.85, 0.90, 0.95)
"""How good a pose has to become; each level is counted on the way to the last."""

BOX_CLICKS = 2
"""Two corners of the box of somebody whom the network missed."""

Worst = Literal["distance", "tolerance"]
"""In what unit the worst joint is the worst: pixels, or the joint's tolerance in OKS."""

Follow = Callable[[FloatArray, FloatArray, BoolArray], FloatArray]
"""Keypoints before a click [K, 2], with the click [K, 2], which are pinned [K] -> keypoints."""


@dataclass(frozen=True, slots=True)
class PersonRules:
    """What the protocol leaves open.

    Attributes:
        score_threshold: predictions less certain than this are not there to be corrected.
        found_at: OKS from which a prediction answers for a person. Below 0.1 there is nothing
            in it to build upon, and an annotator would rather delete than correct it.
        worst: how joints are compared. An annotator sees pixels.
    """

    score_threshold: float = CORRECTABLE_SCORE
    found_at: float = 0.1
    worst: Worst = "distance"


@dataclass(frozen=True, slots=True, eq=False)
class ImageClicks:
    """What the people of one image cost.

    Shapes: N labelled people, in the order given; T levels.

    Attributes:
        manual: clicks without refinement [N, T].
        refined: clicks with refinement [N, T]; None if nobody refines.
        found: who was answered for by a prediction [N].
    """

    manual: FloatArray
    refined: FloatArray | None
    found: BoolArray


@dataclass(slots=True)
class Refining:
    """One person whose pose follows clicks, as the window does it.

    Attributes:
        predictor: who refines.
        encoded: the image.
        box: of the person; a drawn one stays, one of the network follows the refinement.
        drawn: whether the box was drawn by hand.
    """

    predictor: Predictor
    encoded: EncodedImage
    box: Box
    drawn: bool = False

    def follow(self, before: FloatArray, clicked: FloatArray, pinned: BoolArray) -> FloatArray:
        """Where the keypoints are after a click: a Follow."""
        query = PoseQuery(clicked, pinned.copy(), self.box, before)
        answer = self.predictor.refine(self.encoded, query)
        if not self.drawn:
            self.box = answer.box
        # As apply_refinement: what a person placed stays, whatever comes back.
        return np.where(pinned[:, None], clicked, answer.keypoints)


def count_clicks(
    people: Sequence[LabelledPerson],
    poses: Sequence[PredictedPose],
    rules: PersonRules,
    refiner: tuple[Predictor, EncodedImage] | None = None,
) -> ImageClicks:
    """Count the clicks of one image.

    A person who was found costs their corrections. Somebody who was missed costs every
    labelled joint without refinement; with it, the box and the corrections of the pose that
    appears in it. Corrections never exceed the number of labelled joints.

    Args:
        people: those labelled, keypoints in the order of the poses.
        poses: all predictions on the image.
        rules: what the protocol leaves open.
        refiner: the predictor and its encoding of the image; None to count manual clicks only.
    """
    sure = [pose for pose in poses if pose.score >= rules.score_threshold]
    answers = match_people(people, sure, rules.found_at)
    manual = np.zeros((len(people), len(OKS_LEVELS)))
    refined = np.zeros_like(manual)
    for i, (person, answer) in enumerate(zip(people, answers, strict=True)):
        if answer is None:
            manual[i] = person.labelled.sum()
        else:
            manual[i] = corrections(person, sure[answer].keypoints, rules.worst)
        if refiner is not None:
            pose = None if answer is None else sure[answer]
            refined[i] = _with_refinement(person, pose, rules.worst, *refiner)
    found = np.array([answer is not None for answer in answers], dtype=np.bool_)
    return ImageClicks(manual, None if refiner is None else refined, found)


def match_people(
    people: Sequence[LabelledPerson], poses: Sequence[PredictedPose], found_at: float
) -> list[int | None]:
    """Which pose answers for each person: the most similar pair first, nobody twice."""
    scores = np.array([[p.similarity(pose.keypoints) for pose in poses] for p in people])
    answers: list[int | None] = [None] * len(people)
    scores = scores.reshape(len(people), len(poses))
    while scores.size and scores.max() >= found_at:
        person, pose = np.unravel_index(int(scores.argmax()), scores.shape)
        answers[int(person)] = int(pose)
        scores[person, :] = scores[:, pose] = -1.0
    return answers


def corrections(
    person: LabelledPerson,
    keypoints: FloatArray,
    worst: Worst = "distance",
    follow: Follow | None = None,
) -> list[int]:
    """How many joints must be put in their place until a pose is good enough, at each level.

    Args:
        person: where the joints are.
        keypoints: the pose to be corrected [K, 2].
        worst: how the worst joint is chosen, among those labelled and not yet placed.
        follow: moves the other joints after each click; None if they stay.

    Returns:
        The number of clicks for each of OKS_LEVELS, at most the number of labelled joints.
    """
    most = int(person.labelled.sum())
    clicks = [most] * len(OKS_LEVELS)
    pinned = np.zeros(len(keypoints), dtype=np.bool_)
    # All joints placed are a perfect pose, so the last click needs no look.
    for done in range(most):
        similarity = person.similarity(keypoints)
        for i, level in enumerate(OKS_LEVELS):
            if similarity >= level:
                clicks[i] = min(clicks[i], done)
        if similarity >= OKS_LEVELS[-1]:
            break
        k = worst_joint(person, keypoints, pinned, worst)
        clicked = keypoints.copy()
        clicked[k], pinned[k] = person.keypoints[k], True
        keypoints = clicked if follow is None else follow(keypoints, clicked, pinned)
    return clicks


def _with_refinement(
    person: LabelledPerson,
    pose: PredictedPose | None,
    worst: Worst,
    predictor: Predictor,
    encoded: EncodedImage,
) -> FloatArray:
    if pose is not None:
        refining = Refining(predictor, encoded, pose.box)
        return np.array(corrections(person, pose.keypoints, worst, refining.follow), float)
    drawn = predictor.pose_in_box(encoded, person.box)
    refining = Refining(predictor, encoded, person.box, drawn=True)
    clicks = corrections(person, drawn.keypoints, worst, refining.follow)
    return BOX_CLICKS + np.array(clicks, float)


def worst_joint(
    person: LabelledPerson, keypoints: FloatArray, pinned: BoolArray, worst: Worst
) -> int:
    """Which joint an annotator places next, among those labelled and not yet placed."""
    error = np.hypot(*(keypoints - person.keypoints).T)
    if worst == "tolerance":
        error = error / person.sigmas
    return int(np.where(person.labelled & ~pinned, error, -1.0).argmax())
