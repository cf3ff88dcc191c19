"""Large photos, reduced once: a window is cut out of each a hundred times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from clickpose_app.errors import ClickPoseError, Words
from clickpose_app.training.data_samples import PhotoFile, Sample, decode

KEPT_SIDE = 400.0
"""Long side in pixels that the smallest creature of a photo keeps."""

# Less than this is not worth the loss of sharpness.
_WORTH = 0.7


def reduced(samples: Sequence[Sample], folder: Path) -> list[Sample]:
    """The same samples, those of large photos with a smaller copy in a folder.

    Raises:
        ImageError: naming a photo that cannot be decoded.
        ClickPoseError: naming the folder, if it cannot be written.
    """
    return [_reduced(s, folder / f"{i}.jpg") for i, s in enumerate(samples)]


def _reduced(sample: Sample, path: Path) -> Sample:
    if len(sample.boxes) == 0:
        return sample
    smallest = float((sample.boxes[:, 2:] - sample.boxes[:, :2]).max(1).min())
    scale = KEPT_SIDE / max(smallest, 1.0)
    if scale > _WORTH:
        return sample
    photo = decode(sample, halved=False)
    width, height = max(1, round(scale * sample.width)), max(1, round(scale * sample.height))
    small = cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA)
    encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 95])[1]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded.tobytes())
    except OSError as error:
        raise ClickPoseError(
            Words("{path} cannot be written: {error}.", path=path, error=error.strerror or error),
            Words("Make room there, or write the weights to another folder."),
        ) from error
    factor = np.array([width / sample.width, height / sample.height], np.float32)
    corners = np.tile(factor, 2)
    return replace(
        sample,
        photo=PhotoFile(path),
        width=width,
        height=height,
        boxes=sample.boxes * corners,
        keypoints=sample.keypoints * factor,
        ignore=sample.ignore * corners,
    )
