"""Average precision of keypoints as COCO defines it, over any Predictor."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from clickpose_app.core.predictor import PredictedPose, Predictor
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, ImageError
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.coco import CocoDataset, read_coco
from clickpose_app.formats.coco_entries import person_entry
from clickpose_app.storage.images import read_image

METRICS = ("AP", "AP50", "AP75", "APM", "APL", "AR")
"""Mean over OKS 0.5:0.95, at 0.5, at 0.75, of medium and of large people; average recall."""

# COCO looks at no more than this many of the best on an image.
_MOST_PEOPLE = 20
_NAMED = 3


def evaluate(
    predictor: Predictor,
    ground_truth: Path,
    images: Path,
    *,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, float]:
    """How well a predictor finds the people of a data set.

    Args:
        predictor: who is examined; its skeleton needs all keypoints of the data set.
        ground_truth: a COCO JSON file.
        images: the folder that its images lie in.
        progress: called at the start and after each image with how many of how many are done.

    Returns:
        As evaluate_coco().

    Raises:
        FormatError: naming what is wrong in the ground truth.
        ImageError: naming images that are missing, unreadable or of another size than stated.
    """
    dataset = read_coco(ground_truth)
    places = _keypoint_places(ground_truth, dataset.skeleton, predictor.skeleton)
    _check_all_there(dataset, images)
    detections: list[dict[str, Any]] = []
    if progress:
        progress(0, len(dataset.images))
    for done, image in enumerate(dataset.images, start=1):
        pixels = read_image(images / image.file_name)
        height, width = pixels.shape[:2]
        if (width, height) != (image.width, image.height):
            raise ImageError(
                f"{images / image.file_name} has {width} x {height} pixels, but "
                f"{ground_truth.name} says {image.width} x {image.height}.",
                "Take the images that the annotations were made on.",
            )
        poses = predictor.detect(predictor.encode(pixels))[:_MOST_PEOPLE]
        detections += (_result(image.id, pose, places) for pose in poses)
        if progress:
            progress(done, len(dataset.images))
    return _score(dataset, detections)


def evaluate_coco(ground_truth: Path, detections: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Score detections by COCO's rules (pycocotools, OKS with the skeleton's sigmas).

    People whose iscrowd is 1, and people without keypoints, are regions to ignore: what is
    found there counts neither for nor against.

    Args:
        ground_truth: a COCO JSON file.
        detections: COCO results: image_id, keypoints (flat x, y, v in the order of the file's
            category) and score.

    Returns:
        A number in 0..1 for each of METRICS; -1 where the data set has nobody to find.

    Raises:
        FormatError: naming what is wrong in the ground truth or in a detection.
    """
    dataset = read_coco(ground_truth)
    names = dataset.category_extra.get("keypoints", dataset.skeleton.keypoints)
    places = [list(names).index(name) for name in dataset.skeleton.keypoints]
    known = {image.id for image in dataset.images}
    results = []
    for i, detection in enumerate(detections):
        flat = np.asarray(detection.get("keypoints", ()), dtype=np.float64)
        if detection.get("image_id") not in known:
            raise FormatError(f"Detection {i}: its image_id is none of {ground_truth}.")
        if flat.size != 3 * len(names) or not np.isfinite(flat).all() or "score" not in detection:
            raise FormatError(
                f"Detection {i}: it needs a score and {len(names)} keypoints of 3 numbers each."
            )
        ordered = flat.reshape(-1, 3)[places].ravel().tolist()
        results.append(detection | {"keypoints": ordered})
    return _score(dataset, results)


def write_figures(path: Path, figures: Mapping[str, float]) -> None:
    """Write figures as a JSON object; FormatError if the file cannot be written."""
    with atomic_file(path) as file:
        file.write(json.dumps(figures, indent=2).encode() + b"\n")


def _score(dataset: CocoDataset, detections: Sequence[dict[str, Any]]) -> dict[str, float]:
    images_and_category = {
        "images": [{"id": image.id} for image in dataset.images],
        "categories": [{"id": 1}],
    }
    people = list(_truth_entries(dataset))
    found_people = [_detection_entry(i, entry) for i, entry in enumerate(detections, start=1)]
    # pycocotools reports on standard output, which belongs to whoever called us.
    with contextlib.redirect_stdout(io.StringIO()):
        truth = _index(images_and_category | {"annotations": people})
        found = _index(images_and_category | {"annotations": found_people})
        evaluation = COCOeval(truth, found, iouType="keypoints")
        evaluation.params.kpt_oks_sigmas = dataset.skeleton.sigma_array
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return {name: float(value) for name, value in zip(METRICS, evaluation.stats, strict=False)}


def _index(dataset: Any) -> COCO:
    index = COCO()
    index.dataset = dataset
    index.createIndex()
    return index


def _truth_entries(dataset: CocoDataset) -> Iterator[dict[str, Any]]:
    number = 0
    for image in dataset.images:
        for person in image.annotation.people:
            number += 1
            entry = person_entry(
                person, image_id=image.id, category_id=1, keypoint_count=len(dataset.skeleton)
            )
            needed = ("image_id", "category_id", "bbox", "area", "iscrowd")
            yield {
                "id": number,
                "keypoints": entry["keypoints"],
                "num_keypoints": entry["num_keypoints"],
            } | {name: entry[name] for name in needed}


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


def _result(image_id: int, pose: PredictedPose, places: Sequence[int]) -> dict[str, Any]:
    points = pose.keypoints[places]
    flat = np.column_stack([points, np.full(len(points), 2.0)]).ravel().tolist()
    return {"image_id": image_id, "keypoints": flat, "score": pose.score}


def _keypoint_places(ground_truth: Path, wanted: Skeleton, offered: Skeleton) -> list[int]:
    """For each keypoint of the data set its place among those that the predictor finds."""
    missing = [name for name in wanted.keypoints if name not in offered.keypoints]
    if missing:
        raise FormatError(
            f"{ground_truth} has keypoints that the model does not find: {', '.join(missing)}.",
            "Evaluate it with weights that were trained for them.",
        )
    return [offered.index(name) for name in wanted.keypoints]


def _check_all_there(dataset: CocoDataset, folder: Path) -> None:
    missing = [i.file_name for i in dataset.images if not (folder / i.file_name).is_file()]
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        raise ImageError(
            f"{len(missing)} of {len(dataset.images)} images are not in {folder}: {named}.",
            "Name the folder that the file names of the data set are relative to.",
        )
