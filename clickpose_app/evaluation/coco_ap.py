"""Average precision of keypoints as COCO defines it (pycocotools, OKS)."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.geometry import FloatArray
from clickpose_app.evaluation.ap_resampling import Matches
from clickpose_app.evaluation.coco_results import in_skeleton_order
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_entries import person_entry
from clickpose_app.formats.dataset import Dataset

METRICS = ("AP", "AP50", "AP75", "APM", "APL", "AR")
"""Mean over OKS 0.5:0.95, at 0.5, at 0.75, of medium and of large people; average recall."""

MOST_PEOPLE = 20
"""COCO looks at no more than this many of the best on an image."""


class CocoEvaluation:
    """What COCO's rules make of the detections on a data set.

    Attributes:
        figures: a number in 0..1 for each of METRICS; -1 where there is nobody to find.
        matches: which detection hit whom, image by image in the order of the data set, to be
            counted again on resampled images.
    """

    def __init__(self, dataset: Dataset, detections: Sequence[dict[str, Any]]) -> None:
        """Match detections with people.

        Args:
            dataset: whose people are to be found. Those whose iscrowd is 1, and those without
                keypoints, are regions to ignore.
            detections: image_id, keypoints (flat x, y, v in the order of the data set's
                skeleton) and score.
        """
        ids = [image.id for image in dataset.images]
        people = [
            entry
            for image in dataset.images
            for entry in truth_entries(image.annotation, image.id, len(dataset.skeleton))
        ]
        evaluation = _prepared(ids, people, detections, dataset.skeleton.sigma_array)
        # pycocotools reports on standard output, which belongs to whoever called us.
        with contextlib.redirect_stdout(io.StringIO()):
            evaluation.evaluate()
            evaluation.accumulate()
            evaluation.summarize()
        self.figures = {
            name: float(value) for name, value in zip(METRICS, evaluation.stats, strict=False)
        }
        self.matches = [Matches(records) for records in _by_size(evaluation, ids)]


def evaluate_coco(ground_truth: Path, detections: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Score detections by COCO's rules.

    Args:
        ground_truth: a COCO JSON file.
        detections: COCO results: image_id, keypoints (flat x, y, v in the order of the file's
            category) and score.

    Returns:
        As CocoEvaluation.figures.

    Raises:
        FormatError: naming what is wrong in the ground truth or in a detection.
    """
    dataset = read_coco(ground_truth)
    ordered = in_skeleton_order(dataset, ground_truth, detections)
    return CocoEvaluation(dataset, ordered).figures


def image_ap(
    people: Sequence[dict[str, Any]], detections: Sequence[dict[str, Any]], sigmas: FloatArray
) -> float:
    """AP over OKS 0.5:0.95 of a single image, people of all sizes; -1 without people to find.

    Args:
        people: from truth_entries() for image 0.
        detections: keypoints and score; image_id is 0.
        sigmas: tolerances [K].
    """
    evaluation = _prepared([0], people, detections, sigmas)
    evaluation.params.areaRng = evaluation.params.areaRng[:1]
    evaluation.params.areaRngLbl = evaluation.params.areaRngLbl[:1]
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"]
    known = precision[precision > -1]
    return float(known.mean()) if known.size else -1.0


def truth_entries(
    annotation: ImageAnnotation, image_id: int, keypoint_count: int
) -> Iterator[dict[str, Any]]:
    """The people of an image as pycocotools takes them, ids still missing."""
    for person in annotation.people:
        entry = person_entry(
            person, image_id=image_id, category_id=1, keypoint_count=keypoint_count
        )
        needed = ("image_id", "category_id", "bbox", "area", "iscrowd")
        yield {"keypoints": entry["keypoints"], "num_keypoints": entry["num_keypoints"]} | {
            name: entry[name] for name in needed
        }


def _prepared(
    ids: Sequence[int],
    people: Sequence[dict[str, Any]],
    detections: Sequence[dict[str, Any]],
    sigmas: FloatArray,
) -> COCOeval:
    frame = {"images": [{"id": number} for number in ids], "categories": [{"id": 1}]}
    wanted = [entry | {"id": i} for i, entry in enumerate(people, start=1)]
    found = [_detection_entry(i, entry) for i, entry in enumerate(detections, start=1)]
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation = COCOeval(
            _index(frame | {"annotations": wanted}),
            _index(frame | {"annotations": found}),
            iouType="keypoints",
        )
    evaluation.params.kpt_oks_sigmas = sigmas
    return evaluation


def _index(dataset: Any) -> COCO:
    index = COCO()
    index.dataset = dataset
    index.createIndex()
    return index


def _by_size(evaluation: COCOeval, ids: Sequence[int]) -> Iterator[list[Any]]:
    """For all, medium and large people: the record of each image, in the order of ids."""
    sorted_ids = list(evaluation.params.imgIds)
    places = [sorted_ids.index(number) for number in ids]
    records: list[Any] = list(evaluation.evalImgs)
    for i in range(len(evaluation.params.areaRng)):
        of_size = records[i * len(ids) : (i + 1) * len(ids)]
        yield [of_size[place] for place in places]


def _detection_entry(number: int, detection: dict[str, Any]) -> dict[str, Any]:
    """As pycocotools' loadRes makes it of a result without a box: the box of the keypoints."""
    xy = np.asarray(detection["keypoints"], dtype=np.float64).reshape(-1, 3)[:, :2]
    x, y = xy.min(axis=0)
    w, h = np.ptp(xy, axis=0)
    return {
        "id": number,
        "image_id": detection["image_id"],
        "category_id": 1,
        "keypoints": detection["keypoints"],
        "score": float(detection["score"]),
        "bbox": [x, y, w, h],
        "area": w * h,
        "iscrowd": 0,
    }
