"""Skeletons of many keypoints are taught and refined like those of few."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from clickpose_app.adaptation.labels import Labels, read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.teach import teach
from clickpose_app.core.predictor import PoseQuery
from clickpose_app.engine.loading import load_predictor
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.data_samples import Sample
from tests.adaptation.creatures import write_base, write_creatures

TINY = Recipe(size=64, batch=2, variants=2, warmup=1)


def people(folder: Path, name: str) -> Labels:
    """Pictures with somebody on each, whose joints lie anywhere in the box."""
    skeleton, rng = builtin_skeleton(name), np.random.default_rng(0)

    def person(sample: Sample) -> Sample:
        low, high = sample.boxes[:, None, :2], sample.boxes[:, None, 2:]
        shape = (len(sample.boxes), len(skeleton))
        return dataclasses.replace(
            sample,
            keypoints=(low + rng.random((*shape, 2)) * (high - low)).astype(np.float32),
            visibility=np.full(shape, 2, np.uint8),
            human=np.ones(shape, np.bool_),
        )

    samples = read_labels(write_creatures(folder)).samples
    return Labels(skeleton, tuple(person(sample) for sample in samples), name)


@pytest.mark.parametrize("name", ["halpe-26", "coco-wholebody-133"])
@pytest.mark.parametrize("guard", [True, False])
def test_a_skeleton_of_many_keypoints_is_taught_and_follows_a_click(
    tmp_path: Path, name: str, guard: bool
) -> None:
    labels, count = people(tmp_path, name), len(builtin_skeleton(name))
    asked = Plan(write_base(tmp_path), tmp_path / "many.safetensors", steps=2)
    recipe = dataclasses.replace(TINY, guard=guard)
    assert teach(labels, asked, lambda _: None, recipe).finished
    predictor = load_predictor(asked.out, "cpu")
    assert len(predictor.skeleton) == count
    encoded = predictor.encode(np.full((96, 96, 3), 120, np.uint8))
    found = predictor.detect(encoded)[0]
    pinned = np.zeros(count, np.bool_)
    pinned[-1] = True
    moved = found.keypoints + 5.0 * pinned[:, None]
    refined = predictor.refine(encoded, PoseQuery(moved, pinned, found.box, found.keypoints))
    assert refined.keypoints.shape == (count, 2) and np.isfinite(refined.keypoints).all()
    np.testing.assert_array_equal(refined.keypoints[-1], moved[-1])
