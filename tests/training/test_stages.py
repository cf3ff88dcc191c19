from __future__ import annotations

import dataclasses

import pytest
import torch

from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.objective import Objective
from clickpose_app.training.published.objective import PublishedObjective
from clickpose_app.training.stages import choose_learners, objective_of, rate_at, stage_at
from tests.network.small_model import OURS, make_model
from tests.training.test_objective import people

SKELETON = builtin_skeleton()
SIGMAS = torch.tensor(SKELETON.sigmas)
WHOLE = Stage(steps=100, size=64, batch=2)
POSES = Stage(steps=50, size=64, batch=2, pose_only=True, rounds=3, learning_rate=1e-4)
MODEL = dataclasses.replace(OURS, keypoints=17)


def run(*stages: Stage, objective: str = "clickpose") -> TrainingConfig:
    return TrainingConfig(
        name="tiny",
        shards=["none.tar"],
        stages=list(stages),
        model=MODEL.to_mapping(),
        warmup=10,
        learning_rate=4e-4,
        refine_slots=2,
        objective="published" if objective == "published" else "clickpose",
    )


def test_steps_belong_to_their_stage() -> None:
    config = run(WHOLE, POSES)
    assert [stage_at(config, step) for step in (0, 99, 100, 149, 500)] == [
        (WHOLE, 0),
        (WHOLE, 0),
        (POSES, 100),
        (POSES, 100),
        (POSES, 100),
    ]


def test_a_stage_with_its_own_rate_rises_and_falls_by_itself() -> None:
    config = run(WHOLE, POSES)
    assert rate_at(config, 9) == rate_at(config, 10) == 1.0
    assert rate_at(config, 99) < 0.001
    assert rate_at(config, 100) == pytest.approx(0.25 / 10)
    assert rate_at(config, 110) == pytest.approx(0.25)
    assert rate_at(config, 149) < 0.001


def test_stages_without_a_rate_share_one_cosine() -> None:
    assert rate_at(run(WHOLE, WHOLE), 105) == pytest.approx(0.5, abs=1e-6)


def test_only_pose_layers_learn_where_only_they_shall() -> None:
    config = run(POSES)
    model = make_model(MODEL).train()
    choose_learners(model, POSES, frozen_stride=1)
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    objective = objective_of(config, POSES, SKELETON, SIGMAS)
    assert isinstance(objective, Objective)
    terms = objective(
        model,
        torch.randn(2, 3, 64, 64),
        [people(0.3, 0.7), people()],
        torch.Generator().manual_seed(0),
    )
    torch.autograd.backward(terms["total"])
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    optimiser.step()
    changed = {n for n, p in model.named_parameters() if not torch.equal(p, before[n])}
    assert changed
    for name in changed:
        assert name.startswith("decoder."), name
        assert not name.startswith("decoder.layers.0."), name
    assert any(name.startswith("decoder.layers.2.") for name in changed)
    assert any(name.startswith("decoder.heat_readers.") for name in changed)
    choose_learners(model, WHOLE, frozen_stride=4)
    assert model.queries.output.weight.requires_grad
    assert not next(model.backbone.parameters()).requires_grad


def test_the_published_objective_can_be_chosen() -> None:
    chosen = objective_of(run(WHOLE, objective="published"), WHOLE, SKELETON, SIGMAS)
    assert isinstance(chosen, PublishedObjective)
