"""The published model's golden numbers: weights rebuilt from names, images from seeds."""

from __future__ import annotations

import importlib.util
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clickpose_app.network.checkpoint import build, from_published
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "golden"


def require_golden() -> None:
    """Skip where the golden numbers are absent; on CI that is a failure instead."""
    if not FOLDER.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(f"the golden numbers are not at {FOLDER}")


@dataclass(frozen=True)
class Golden:
    """One golden case: the network, its two images batched with padding, expected arrays."""

    model: ClickPose
    images: Tensor
    padding: Tensor
    sizes: list[tuple[int, int]]
    arrays: dict[str, Any]

    def __getitem__(self, name: str) -> Tensor:
        """An expected array."""
        return torch.from_numpy(self.arrays[name])


@cache
def load(size: str) -> Golden:
    """The ``reduced`` or the ``full`` case."""
    spec = importlib.util.spec_from_file_location("fill_weights", FOLDER / "fill_weights.py")
    assert spec is not None and spec.loader is not None
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    facts = json.loads((FOLDER / f"golden_{size}_eval.json").read_text())
    manifest = "manifest_reduced.json" if size == "reduced" else "manifest_r50_coco17.json"
    shapes = json.loads((FOLDER / manifest).read_text())["state_dict"]
    weights = {name: torch.from_numpy(array) for name, array in recipe.fill(shapes).items()}
    config = ModelConfig.from_published(facts["config"])
    path = FOLDER / manifest
    model = build(config, from_published(weights, path), path)
    sizes = [(h, w) for h, w in facts["sizes"]]
    height, width = max(h for h, _ in sizes), max(w for _, w in sizes)
    images = torch.zeros(len(sizes), 3, height, width)
    padding = torch.ones(len(sizes), height, width, dtype=torch.bool)
    for i, ((h, w), seed) in enumerate(zip(sizes, facts["seeds"], strict=True)):
        images[i, :, :h, :w] = torch.from_numpy(recipe.synthetic_image(h, w, seed))
        padding[i, :h, :w] = False
    with np.load(FOLDER / f"golden_{size}_eval.npz") as file:
        arrays = {name: file[name] for name in file.files}
    return Golden(model, images, padding, sizes, arrays)
