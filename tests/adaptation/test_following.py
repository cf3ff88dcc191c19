"""How a taught network follows corrections."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import torch

from clickpose_app.adaptation.labels import read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Creature, Recipe, study, training_config
from clickpose_app.adaptation.state import new_learner
from clickpose_app.adaptation.teach import teach
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PoseQuery
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import load_predictor, small_predictor
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.adaptation.creatures import write_base, write_creatures
from tests.network.small_model import OURS, make_model

TINY = Recipe(size=64, batch=2, variants=2, warmup=1)


def test_taught_weights_know_the_errors_that_were_made(tmp_path: Path) -> None:
    labels = read_labels(write_creatures(tmp_path))
    plan = Plan(write_base(tmp_path), tmp_path / "fish.safetensors", steps=6)
    teach(labels, plan, lambda _: None, TINY)
    model = load_predictor(plan.out, "cpu")._model
    errors = model.decoder.expected_errors
    assert errors is not None and model.decoder.linked_corrections is None
    assert (torch.diagonal(errors.covariance) > 0).all() and float(errors.seen) == 6


def test_a_skeleton_of_known_joints_keeps_the_shares_that_people_have_taught(
    tmp_path: Path,
) -> None:
    coco = builtin_skeleton()
    more = Skeleton("feet", (*coco.keypoints, "left_toe"), coco.limbs, (), (*coco.sigmas, 0.05))
    creature = Creature(np.zeros((18, 2)), 1.0, (40.0, 60.0), 1)
    plan = Plan(write_base(tmp_path), tmp_path / "feet.safetensors")
    model = new_learner(plan, more, creature, TINY).model
    assert model.decoder.expected_errors is None
    assert model.decoder.linked_corrections is not None


def test_a_correction_moves_the_others_as_far_as_errors_go_together() -> None:
    skeleton = Skeleton("five", tuple("abcde"), (), (), (0.05,) * 5)
    model = make_model(dataclasses.replace(OURS, expected_errors=True))
    errors = model.decoder.expected_errors
    assert errors is not None
    shared = 0.05 * torch.randn(60, 1, 2, generator=torch.Generator().manual_seed(0))
    errors.observe(shared.expand(-1, 5, -1), torch.ones(60, 5) > 0)
    predictor = small_predictor(model, skeleton, "five")
    encoded = predictor.encode(np.zeros((96, 96, 3), np.uint8))
    before = np.array([[30.0, 30], [60, 30], [30, 60], [60, 60], [45, 45]])
    clicked, pinned = before.copy(), np.array([True, False, False, False, False])
    clicked[0] += [3, 0]
    answer = predictor.refine(encoded, PoseQuery(clicked, pinned, Box(20, 20, 70, 70), before))
    steps = answer.keypoints - before
    np.testing.assert_array_equal(answer.keypoints[0], clicked[0])
    assert (np.abs(steps[1:, 0] - 3) < 0.6).all() and (np.abs(steps[1:, 1]) < 0.6).all()


def test_of_many_joints_fewer_poses_are_mended_in_a_step(tmp_path: Path) -> None:
    creature = study(read_labels(write_creatures(tmp_path)).samples)
    few = training_config(creature, Recipe(), 1)
    face = dataclasses.replace(creature, mean_pose=np.zeros((68, 2)))
    many = training_config(face, Recipe(), 1)
    assert (few.refine_slots, few.refine_rounds) == (3, 2)
    assert (many.refine_slots, many.refine_rounds) == (1, 1)
