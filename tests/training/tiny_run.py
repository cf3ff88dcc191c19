"""A run of four steps on two made-up photos, for every test that trains."""

from __future__ import annotations

import dataclasses
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import Stage, TrainingConfig
from tests.network.small_model import OURS

TINY = TrainingConfig(
    name="tiny",
    stages=[Stage(steps=2, size=64, batch=2), Stage(steps=2, size=96, batch=2)],
    shards=["photos.tar"],
    model=dataclasses.replace(OURS, keypoints=17).to_mapping(),
    shipped_people=9,
    warmup=1,
    refine_slots=2,
    bfloat16=False,
    save_every=4,
    log_every=1,
)


def write_photos(folder: Path) -> None:
    """Two photos with a person each: as photos.tar, and as photos.json beside 1.png and 2.png."""
    rng = np.random.default_rng(0)
    images: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    with tarfile.open(folder / "photos.tar", "w") as tar:
        for number in (1, 2):
            joints = [(50 + 3 * k, 40 + 4 * k, 2) for k in range(17)]
            person = {
                "id": number,
                "image_id": number,
                "category_id": 1,
                "bbox": [40, 30, 70, 90],
                "iscrowd": 0,
                "num_keypoints": 17,
                "keypoints": [v for joint in joints for v in joint],
                "keypoint_sources": "h" * 17,
            }
            image = {
                "id": number,
                "file_name": f"{number}.png",
                "width": 160,
                "height": 140,
                "source": "made",
            }
            photo = cv2.imencode(".png", rng.integers(0, 256, (140, 160, 3), dtype=np.uint8))[1]
            record = {"image": image, "annotations": [person]}
            _add(tar, f"{number}.json", json.dumps(record).encode())
            _add(tar, f"{number}.png", photo.tobytes())
            (folder / f"{number}.png").write_bytes(photo.tobytes())
            images.append(image)
            people.append(person)
    category = {"id": 1, "name": "person", "keypoints": builtin_skeleton().keypoints}
    content = {"images": images, "annotations": people, "categories": [category]}
    (folder / "photos.json").write_text(json.dumps(content), encoding="utf-8")


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))
