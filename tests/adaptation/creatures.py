"""A made-up creature with four joints, on images in a folder and in a tar shard."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from clickpose_app.network.checkpoint import save_checkpoint
from clickpose_app.network.config import ModelConfig
from tests.network.small_model import OURS, make_model

JOINTS = ("snout", "left_fin", "right_fin", "tail")
SHAPE = np.array([[0.0, -1.0], [-0.5, 0.0], [0.5, 0.0], [0.0, 1.0]])
SIDE = 96


def write_creatures(folder: Path, count: int = 6) -> Path:
    """A COCO file with its images beside it, and the same images in creatures.tar."""
    rng = np.random.default_rng(3)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    with tarfile.open(folder / "creatures.tar", "w") as tar:
        for number in range(1, count + 1):
            joints = rng.uniform(35, 60, 2) + 22 * SHAPE
            pixels = rng.integers(120, 160, (SIDE, SIDE, 3), dtype=np.uint8)
            cv2.fillPoly(pixels, [joints[[0, 1, 3, 2]].astype(np.int32)], (20, 60, 200))
            encoded = cv2.imencode(".png", pixels)[1].tobytes()
            name = f"fish {number} ü.png"
            (folder / name).write_bytes(encoded)
            member = tarfile.TarInfo(name)
            member.size = len(encoded)
            tar.addfile(member, io.BytesIO(encoded))
            low, high = joints.min(0) - 3, joints.max(0) + 3
            images.append({"id": number, "file_name": name, "width": SIDE, "height": SIDE})
            annotations.append(
                {
                    "id": number,
                    "image_id": number,
                    "category_id": 1,
                    "bbox": [*low.tolist(), *(high - low).tolist()],
                    "area": float((high - low).prod()),
                    "iscrowd": 0,
                    "num_keypoints": 4,
                    "keypoints": [v for x, y in joints.tolist() for v in (x, y, 2)],
                }
            )
    category = {
        "id": 1,
        "name": "fish",
        "keypoints": JOINTS,
        "skeleton": [[1, 2], [1, 3], [2, 4], [3, 4]],
        "flip_pairs": [[2, 3]],
    }
    content = {"images": images, "annotations": annotations, "categories": [category]}
    path = folder / "creatures.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_base(folder: Path, **changes: Any) -> Path:
    """Weights of a small network for people."""
    config = ModelConfig.from_mapping({**OURS.to_mapping(), "keypoints": 17, **changes})
    path = folder / "base.safetensors"
    save_checkpoint(path, make_model(config), {})
    return path
