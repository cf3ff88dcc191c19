"""Pictures without labels: the averaged network teaches the one that learns.

A mean teacher (Tarvainen and Valpola, NIPS 2017): from time to time the averaged weights look
at unlabelled pictures, as they are and mirrored. Joints on which both views agree are taken for
labels that count less than a person's; the network that learns sees them through windows that are
turned, recoloured and spoilt. Joints on which the views differ teach nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from clickpose_app.adaptation.plan import Course, Tell
from clickpose_app.core.geometry import BoolArray, FloatArray
from clickpose_app.core.predictor import ImageArray, PredictedPose, Predictor
from clickpose_app.errors import ClickPoseError, ImageError, Words
from clickpose_app.storage.images import find_images, read_image
from clickpose_app.training.data_samples import LEAST_JOINTS, PhotoFile, Sample

SOURCE = "unlabelled"
"""Source of the samples, which are balanced against the labelled ones by it."""

MOST_AT_ONCE = 60
"""Pictures that the teacher looks at each time."""

# Joints agree within this share of the longer side of the box.
_AGREE = 0.03
# Share of its joints that must agree for a creature to be learned from.
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Sureness:
    """Who is learned from, by score.

    Attributes:
        sure: a creature of a lower score is a region to ignore ...
        doubtful: ... and one of a lower score than this is nobody.
    """

    sure: float = 0.5
    doubtful: float = 0.15


USUAL = Sureness()


def unlabelled_images(folder: Path, labelled: Sequence[Sample]) -> list[Path]:
    """The pictures in a folder and in folders in it that are not among the labelled ones.

    Raises:
        ClickPoseError: there are none.
    """
    known = {sample.photo.path.resolve() for sample in labelled}
    names = {Path(sample.name).name for sample in labelled}
    found = [
        path
        for path in find_images(folder, recursive=True)
        if path.resolve() not in known and path.name not in names
    ]
    if not found:
        raise ClickPoseError(
            Words("{folder} holds no pictures beside the labelled ones.", folder=folder),
            Words("Leave --unlabelled out."),
        )
    return found


def look_at(
    teacher: Predictor,
    pictures: Sequence[Path],
    course: Course,
    share: float,
    tell: Tell,
    sureness: Sureness = USUAL,
) -> list[Sample]:
    """What the teacher is sure of on unlabelled pictures, as far as a share of the run allows.

    Args:
        teacher: looks.
        pictures: to be looked at.
        course: of the run; where its steps are counted, all pictures are looked at.
        share: of the run.
        tell: told how many were looked at, and which cannot be read.
        sureness: of whom it must be how sure.
    """
    begun, looked_at = course.look(), 0

    def enough() -> bool:
        nonlocal looked_at
        late = course.look() - begun > share and course.plan.steps is None
        if late or course.plan.stop():
            return True
        looked_at += 1
        return False

    sure, failures = sure_samples(teacher, pictures, enough, sureness)
    tell({"event": "unlabelled", "looked_at": looked_at, "sure": len(sure), "failures": failures})
    return sure


def sure_samples(
    predictor: Predictor,
    pictures: Sequence[Path],
    stop: Callable[[], bool],
    sureness: Sureness = USUAL,
) -> tuple[list[Sample], list[str]]:
    """What the teacher is sure of on unlabelled pictures, and why some cannot be read.

    Args:
        predictor: the teacher.
        pictures: to be looked at.
        stop: asked before each; True ends it.
        sureness: of whom it must be how sure.
    """
    samples, failures = [], []
    for path in pictures:
        if stop():
            break
        try:
            image = read_image(path)
        except ImageError as error:
            failures.append(str(error))
            continue
        sample = _sample(predictor, path, image, sureness)
        if sample is not None:
            samples.append(sample)
    return samples, failures


def _sample(
    predictor: Predictor, path: Path, image: ImageArray, sureness: Sureness
) -> Sample | None:
    height, width = image.shape[:2]
    poses = [p for p in predictor.detect(predictor.encode(image)) if p.score >= sureness.doubtful]
    if not any(pose.score >= sureness.sure for pose in poses):
        return None
    mirrored = _mirrored(predictor, image)
    boxes, keypoints, visibility, ignore = [], [], [], []
    for pose in poses:
        corners = (pose.box.x1, pose.box.y1, pose.box.x2, pose.box.y2)
        agreed = _agreed(pose, mirrored)
        enough = max(_ENOUGH * len(agreed), min(LEAST_JOINTS, len(agreed)))
        if pose.score >= sureness.sure and agreed.sum() >= enough and pose.box.area > 1:
            boxes.append(corners)
            keypoints.append(pose.keypoints)
            visibility.append(np.where(agreed, 2, 0))
        else:
            ignore.append(corners)
    if not boxes:
        return None
    shape = (len(boxes), len(predictor.skeleton))
    return Sample(
        name=str(path),
        source=SOURCE,
        photo=PhotoFile(path),
        width=width,
        height=height,
        boxes=np.array(boxes, np.float32),
        keypoints=np.array(keypoints, np.float32),
        visibility=np.array(visibility, np.uint8),
        human=np.zeros(shape, dtype=np.bool_),
        ignore=np.array(ignore, np.float32).reshape(-1, 4),
    )


def _mirrored(predictor: Predictor, image: ImageArray) -> list[FloatArray]:
    """Poses found in the mirror image, carried back."""
    flipped = np.ascontiguousarray(cv2.flip(image, 1), dtype=np.uint8)
    twins = list(predictor.skeleton.mirrored)
    back = []
    for pose in predictor.detect(predictor.encode(flipped)):
        keypoints = pose.keypoints[twins].copy()
        keypoints[:, 0] = image.shape[1] - keypoints[:, 0]
        back.append(keypoints)
    return back


def _agreed(pose: PredictedPose, mirrored: Sequence[FloatArray]) -> BoolArray:
    """Which joints [K] the most similar pose of the mirror image has at the same place."""
    reach = _AGREE * max(pose.box.width, pose.box.height)
    agreed = [np.hypot(*(pose.keypoints - other).T) <= reach for other in mirrored]
    best = max(agreed, key=lambda each: int(each.sum()), default=None)
    return np.zeros(len(pose.keypoints), np.bool_) if best is None else best
