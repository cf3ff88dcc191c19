"""Make scores mean what they say: a score of 0.7 is right in seven of ten cases.

Focal loss leaves a briefly trained detector too modest. An offset of its logits, fitted on
training photos (Platt, 1999, without the slope), is folded into the last class head.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from clickpose_app.core.geometry import AREA_OF_BOX, Box, oks
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import small_predictor
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.data import Sample, decode
from clickpose_app.training.matching import PERSON

# A detection is right when its pose is at least this similar to a labelled one.
_RIGHT = 0.5
# Logits are not corrected by more than this: the photos were too few or too odd.
_MOST = 3.0
_EXACT, _TRIED = 1e-5, 21
# Less certain detections are beyond doubt not shown and would only outnumber the others.
_LEAST_SCORE = 0.02


def calibrate(model: ClickPose, samples: Sequence[Sample], skeleton: Skeleton) -> float:
    """Fit the scores of a model on photos, and fold the result into its last class head.

    Args:
        model: in evaluation mode; changed in place.
        samples: labelled photos.
        skeleton: of the labels.

    Returns:
        The offset by which logits were corrected.
    """
    predictor = small_predictor(model, skeleton, "calibration")
    chances, qualities, right = [], [], []
    for sample in samples:
        image = cv2.cvtColor(decode(sample, halved=False), cv2.COLOR_BGR2RGB)
        encoded = predictor.encode(np.asarray(image, np.uint8))
        for pose in predictor.detect(encoded):
            if pose.score >= _LEAST_SCORE and not _unknown(pose, sample):
                # The engine multiplies what the class head says with the OKS to expect.
                quality = float(pose.confidence.mean()) if model.config.keypoint_quality else 1.0
                chances.append(pose.score / quality)
                qualities.append(quality)
                right.append(_is_right(pose, sample, skeleton))
    logits = torch.logit(torch.tensor(chances), eps=1e-6)
    offset = fit(logits, torch.tensor(qualities), torch.tensor(right))
    head = model.decoder.class_heads[-1]
    assert isinstance(head, nn.Linear)
    with torch.no_grad():
        head.bias[PERSON] += offset
    return offset


def fit(logits: Tensor, qualities: Tensor, right: Tensor) -> float:
    """The offset that makes sigmoid(logits + offset) * qualities the chance of being right.

    Only an offset: a slope would change how much the class head counts against the quality,
    and with it the order of people, which training found.

    Args:
        logits: [N].
        qualities: expected OKS [N] in 0..1.
        right: [N] bool.
    """
    if len(logits) == 0:
        return 0.0  # a network that finds nobody has no scores to correct
    x, q, y = logits.double().numpy(), qualities.double().numpy(), right.double().numpy()

    def cost(offset: float) -> float:
        p = np.clip(q / (1 + np.exp(-(x + offset))), 1e-6, 1 - 1e-6)
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())

    # Narrowed around the best of a few, again and again; there is one valley, or nearly.
    low, high = -_MOST, _MOST
    while high - low > _EXACT:
        offsets = np.linspace(low, high, _TRIED)
        best = int(np.argmin([cost(float(offset)) for offset in offsets]))
        low, high = offsets[max(best - 1, 0)], offsets[min(best + 1, _TRIED - 1)]
    return float((low + high) / 2)


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
