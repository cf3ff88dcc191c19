"""Any predictor, or anybody's results, in the loop of the published protocol.

The published software forgets a click by the next round and lets the clicked joint drift. Our
predictors are asked as the window asks them: all clicks stay pinned, and whoever was not
clicked is left alone. So the rounds are counted as published, of a model as it is used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.predictor import EncodedImage, PoseQuery, PredictedPose, Predictor
from clickpose_app.evaluation.coco_ap import truth_entries
from clickpose_app.evaluation.noc_official import (
    AP_LEVELS,
    ImageTruth,
    OfficialRules,
    Refine,
    Round,
    by_hand,
    rounds_until,
    run_rounds,
)
from clickpose_app.evaluation.truth import labelled_people
from clickpose_app.formats.dataset import Dataset, DatasetImage


class PredictorLoop:
    """The people of one image, refined by a predictor with all their clicks pinned."""

    def __init__(
        self,
        poses: Sequence[PredictedPose],
        size: tuple[int, int],
        places: Sequence[int],
        refiner: tuple[Predictor, EncodedImage] | None = None,
    ) -> None:
        """Start from what was found.

        Args:
            poses: best first.
            size: of the image, width and height in pixels.
            places: for each keypoint of the data set its place in a pose.
            refiner: the predictor and its encoding of the image; None to correct by hand.
        """
        self._poses = list(poses)
        self._pinned = [np.zeros(len(pose.keypoints), dtype=np.bool_) for pose in poses]
        self._size = np.array(size, dtype=np.float64)
        self._places = list(places)
        self._refiner = refiner

    def people(self) -> Round:
        """Everybody as they are now."""
        count = len(self._places)
        keypoints = [pose.keypoints[self._places] / self._size for pose in self._poses]
        return Round(
            np.array([[pose.score] for pose in self._poses]).reshape(-1, 1),
            np.array([self._cxcywh(pose.box) for pose in self._poses]).reshape(-1, 4),
            np.array(keypoints).reshape(-1, count, 2),
        )

    def refine(self, before: Round, clicked: Round, clicks: BoolArray) -> Round:
        """Let everybody who was clicked follow: a Refine."""
        if self._refiner is None:
            return by_hand(before, clicked, clicks)
        predictor, encoded = self._refiner
        for i in np.flatnonzero(clicks.any(axis=1)).tolist():
            pose, pinned = self._poses[i], self._pinned[i]
            hit = np.array(self._places)[clicks[i]]
            placed = pose.keypoints.copy()
            placed[hit] = clicked.keypoints[i][clicks[i]] * self._size
            pinned[hit] = True
            query = PoseQuery(placed, pinned.copy(), pose.box, pose.keypoints)
            answer = predictor.refine(encoded, query)
            held = np.where(pinned[:, None], placed, answer.keypoints)
            self._poses[i] = replace(answer, keypoints=held)
        return self.people()

    def _cxcywh(self, box: Box) -> FloatArray:
        low, high = np.array([box.x1, box.y1]), np.array([box.x2, box.y2])
        scaled: FloatArray = np.concatenate([(low + high) / 2, high - low])
        return scaled / np.tile(self._size, 2)


def image_truth(image: DatasetImage, dataset: Dataset) -> ImageTruth | None:
    """What an image of a data set is scored against; None for one without any keypoints.

    The published protocol looks at no such image.
    """
    annotation = image.annotation
    if not any(person.labelled.any() for person in annotation.people):
        return None
    return ImageTruth(
        labelled_people(annotation, dataset.skeleton, dataset.skeleton),
        list(truth_entries(annotation, 0, len(dataset.skeleton))),
        image.width,
        image.height,
        dataset.skeleton.sigma_array,
    )


def count_rounds(
    poses: Sequence[PredictedPose],
    truth: ImageTruth | None,
    places: Sequence[int],
    rules: OfficialRules,
    refiner: tuple[Predictor, EncodedImage] | None = None,
) -> FloatArray:
    """How many rounds an image takes to each of AP_LEVELS.

    Args:
        poses: what was found.
        truth: of the image; None for one that the protocol leaves out.
        places: as for PredictorLoop.
        rules: sizes of the loop.
        refiner: as for PredictorLoop.

    Returns:
        [1, T]; [0, T] for an image that is left out.
    """
    if truth is None:
        return np.zeros((0, len(AP_LEVELS)))
    best = sorted(poses, key=lambda pose: -pose.score)[: rules.people]
    loop = PredictorLoop(best, (truth.width, truth.height), places, refiner)
    refine: Refine = loop.refine
    found = run_rounds(loop.people(), truth, refine, rules, until=AP_LEVELS[-1])
    return np.array([[rounds_until(found, level, rules) for level in AP_LEVELS]], dtype=np.float64)
