"""COCO results: the poses that any tool has found, one JSON object each."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.errors import FormatError
from clickpose_app.formats.dataset import Dataset

_HINT = (
    "It must be a list as COCO wants results: image_id, category_id, keypoints and score of "
    "each person."
)


def read_results(path: Path) -> list[dict[str, Any]]:
    """The detections in a COCO results file.

    Raises:
        FormatError: if it cannot be read or is no list of detections.
    """
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    except ValueError as error:
        raise FormatError(f"{path} is no JSON: {error}.", _HINT) from error
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise FormatError(f"{path} is no list of detections.", _HINT)
    return content


def in_skeleton_order(
    dataset: Dataset,
    ground_truth: Path,
    detections: Sequence[dict[str, Any]],
    source: str = "",
) -> list[dict[str, Any]]:
    """Detections with their keypoints in the order of the data set's skeleton.

    Args:
        dataset: as read from ground_truth.
        ground_truth: for error messages.
        detections: keypoints in the order of the file's category.
        source: where they come from, for error messages.

    Raises:
        FormatError: naming the first detection that does not fit.
    """
    names = dataset.category_extra.get("keypoints", dataset.skeleton.keypoints)
    places = [list(names).index(name) for name in dataset.skeleton.keypoints]
    known = {image.id for image in dataset.images}
    ordered = []
    for i, detection in enumerate(detections):
        which = f"{source}: detection {i}" if source else f"Detection {i}"
        if detection.get("image_id") not in known:
            raise FormatError(
                f"{which}: its image_id is none of {ground_truth}.",
                "Score results with the data set that they were made for.",
            )
        points = _points(detection.get("keypoints"), len(names))
        score = detection.get("score")
        if points is None or not isinstance(score, int | float) or not math.isfinite(score):
            raise FormatError(
                f"{which}: it needs a score and {len(names)} keypoints of 3 numbers each.", _HINT
            )
        ordered.append(detection | {"keypoints": points[places].ravel().tolist()})
    return ordered


def poses_by_image(detections: Sequence[Mapping[str, Any]]) -> dict[int, list[PredictedPose]]:
    """Detections as poses, by the id of their image; the box is that of the keypoints."""
    poses: dict[int, list[PredictedPose]] = {}
    for entry in detections:
        points = np.asarray(entry["keypoints"], dtype=np.float64).reshape(-1, 3)
        pose = PredictedPose(
            points[:, :2], points[:, 2], Box.around(points[:, :2]), float(entry["score"])
        )
        poses.setdefault(int(entry["image_id"]), []).append(pose)
    return poses


def result(image_id: int, pose: PredictedPose, places: Sequence[int]) -> dict[str, Any]:
    """A pose as a detection; places are those of the data set's keypoints in it."""
    points = pose.keypoints[list(places)]
    flat = np.column_stack([points, np.full(len(points), 2.0)]).ravel().tolist()
    return {"image_id": image_id, "keypoints": flat, "score": pose.score}


def _points(flat: Any, count: int) -> FloatArray | None:
    """Keypoints [K, 3], or None if that is not what they are."""
    try:
        points = np.asarray(flat, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return points.reshape(-1, 3) if points.size == 3 * count and np.isfinite(points).all() else None
