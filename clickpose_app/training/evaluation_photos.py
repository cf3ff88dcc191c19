"""Measure averaged weights on photos that are never trained on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import load_predictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.evaluation.coco_ap import evaluate_coco
from clickpose_app.evaluation.coco_results import result
from clickpose_app.formats.coco import read_coco
from clickpose_app.training.config import EvaluationSet
from clickpose_app.training.data import decode
from clickpose_app.training.data_coco import read_coco_folder
from clickpose_app.training.data_samples import Sample, read_shard, read_shards


@dataclass(frozen=True, slots=True)
class EvaluationPhotos:
    """A COCO file and the photos that it describes.

    Attributes:
        json: the file.
        photos: by the id of the image.
        order: the file's keypoints, each by its place in the skeleton.
    """

    json: Path
    photos: dict[int, Sample]
    order: tuple[int, ...]

    def measure(self, weights: Path, device: str) -> dict[str, float]:
        """AP, AP50 and so on (coco_ap.METRICS) of a weights file.

        Args:
            weights: as they are shipped.
            device: cpu or cuda.
        """
        predictor = load_predictor(weights, device)
        detections: list[dict[str, Any]] = []
        for image_id, photo in self.photos.items():
            image = cv2.cvtColor(decode(photo, halved=False), cv2.COLOR_BGR2RGB)
            poses = predictor.detect(predictor.encode(np.asarray(image, np.uint8)))
            detections += [result(image_id, pose, self.order) for pose in poses]
        return evaluate_coco(self.json, detections)


@contextmanager
def evaluation_photos(
    chosen: EvaluationSet, folder: Path, skeleton: Skeleton
) -> Iterator[EvaluationPhotos]:
    """The photos of a configuration's evaluate field, checked before the run begins.

    Args:
        chosen: the field.
        folder: that its paths are relative to.
        skeleton: of the run.

    Raises:
        FormatError: naming what is missing or wrong.
    """
    if chosen.coco is not None:
        yield _from_folder(folder / chosen.coco.json, folder / chosen.coco.images, skeleton)
        return
    shards = [folder / shard for shard in chosen.shards]
    with tempfile.TemporaryDirectory(prefix="clickpose-evaluate-") as scratch:
        yield _from_shards(shards, Path(scratch) / "evaluate.json", skeleton)


def _from_folder(path: Path, images: Path, skeleton: Skeleton) -> EvaluationPhotos:
    dataset = read_coco(path)
    names = dataset.category_extra.get("keypoints", dataset.skeleton.keypoints)
    ids = {image.file_name: image.id for image in dataset.images}
    samples = read_coco_folder(path, images, skeleton)
    order = tuple(skeleton.index(name) for name in names)
    return EvaluationPhotos(path, {ids[sample.name]: sample for sample in samples}, order)


def _from_shards(shards: Sequence[Path], path: Path, skeleton: Skeleton) -> EvaluationPhotos:
    """The photos stay in the shards; their labels become one COCO file with new ids."""
    samples = dict(enumerate(read_shards(shards), start=1))
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for _, record, _ in (each for shard in shards for each in read_shard(shard)):
        number = len(images) + 1
        images.append(record["image"] | {"id": number, "file_name": str(number)})
        for annotation in record["annotations"]:
            ids = {"id": len(annotations) + 1, "image_id": number, "category_id": 1}
            annotations.append(annotation | ids)
    category = {"id": 1, "name": "person", "keypoints": skeleton.keypoints}
    content = {"images": images, "annotations": annotations, "categories": [category]}
    try:
        path.write_text(json.dumps(content), encoding="utf-8")
    except OSError as error:
        raise ClickPoseError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Make room there, or set TMPDIR to another folder.",
        ) from error
    read_coco(path)
    return EvaluationPhotos(path, samples, tuple(range(len(skeleton))))
