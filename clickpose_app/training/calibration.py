"""Make scores mean what they say: a score of 0.7 is right in seven of ten cases.

Focal loss leaves a briefly trained detector too modest. A line through its logits, fitted
on training photos (Platt, 1999), is folded into the last class head.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import Tensor, nn

from clickpose_app.core.geometry import Box, oks
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.torch_predictor import SMALL_SIZE, TorchPredictor
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.data import AREA_OF_BOX, Sample, decode
from clickpose_app.training.matching import PERSON

# A detection is right when its pose is at least this similar to a labelled one.
_RIGHT = 0.5
# Less certain detections are beyond doubt not shown and would only outnumber the others.
_LEAST_SCORE = 0.02


def calibrate(
    model: ClickPose, samples: Sequence[Sample], skeleton: Skeleton
) -> tuple[float, float]:
    """Fit the scores of a model on photos, and fold the result into its last class head.

    Args:
        model: in evaluation mode; changed in place.
        samples: labelled photos.
        skeleton: of the labels.

    Returns:
        Slope and offset by which logits were corrected.
    """
    predictor = TorchPredictor(
        model,
        skeleton,
        name="calibration",
        device=torch.device("cpu"),
        dtype=torch.float32,
        size=SMALL_SIZE,
    )
    scores, right = [], []
    for sample in samples:
        image = cv2.cvtColor(decode(sample, halved=False), cv2.COLOR_BGR2RGB)
        encoded = predictor.encode(np.asarray(image, np.uint8))
        for pose in predictor.detect(encoded):
            if pose.score >= _LEAST_SCORE and not _unknown(pose, sample):
                # What the class head said, before the engine weighed it with the pose.
                quality = float(pose.confidence.mean()) if model.config.keypoint_quality else 1.0
                scores.append(pose.score / quality)
                right.append(_is_right(pose, sample, skeleton))
    slope, offset = fit(torch.logit(torch.tensor(scores), eps=1e-6), torch.tensor(right))
    head = model.decoder.class_heads[-1]
    assert isinstance(head, nn.Linear)
    with torch.no_grad():
        head.weight[PERSON] *= slope
        head.bias[PERSON] = head.bias[PERSON] * slope + offset
    return slope, offset


def fit(logits: Tensor, right: Tensor) -> tuple[float, float]:
    """Slope and offset that make sigmoid(slope * logits + offset) the chance of being right.

    Args:
        logits: [N].
        right: [N] bool.
    """
    if len(logits) == 0:
        return 1.0, 0.0  # a network that finds nobody has no scores to correct
    x, y = logits.double().numpy(), right.double().numpy()

    def cost(line: NDArray[np.float64]) -> float:
        z = line[0] * x + line[1]
        return float((np.logaddexp(0, z) - y * z).mean())

    slope, offset = (float(v) for v in minimize(cost, np.array([1.0, 0.0])).x)
    # Order must survive: a model that knows nothing keeps its scores.
    return (slope, offset) if slope > 0 else (1.0, 0.0)


def _is_right(pose: PredictedPose, sample: Sample, skeleton: Skeleton) -> bool:
    return any(
        oks(
            pose.keypoints,
            sample.keypoints[i].astype(np.float64),
            sample.visibility[i] > 0,
            AREA_OF_BOX * float((box[2] - box[0]) * (box[3] - box[1])),
            skeleton.sigma_array,
        )
        >= _RIGHT
        for i, box in enumerate(sample.boxes)
    )


def _unknown(pose: PredictedPose, sample: Sample) -> bool:
    """Whether a pose lies in a region of which nothing is known."""
    centre = ((pose.box.x1 + pose.box.x2) / 2, (pose.box.y1 + pose.box.y2) / 2)
    return any(Box(*(float(v) for v in region)).contains(*centre) for region in sample.ignore)
