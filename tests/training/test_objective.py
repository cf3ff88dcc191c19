"""Losses, matching and simulated clicks, on made-up people."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.data import Targets
from clickpose_app.training.heat import heat_loss, heat_targets
from clickpose_app.training.losses import Truth, dense_losses, layer_losses, pose_losses
from clickpose_app.training.matching import generalised_iou, match, similarity
from clickpose_app.training.objective import Objective
from clickpose_app.training.simulation import (
    ErrorRates,
    RefinementTask,
    click_counts,
    click_worst,
    go_on,
    own_predictions,
    spoilt_poses,
)
from tests.network.small_model import OURS, make_model

SKELETON = builtin_skeleton()
SIGMAS = torch.tensor(SKELETON.sigmas)


def people(*centres: float) -> Targets:
    """One person a centre, side by side, every keypoint known."""
    count = len(centres)
    boxes = torch.tensor([[c, 0.5, 0.2, 0.6] for c in centres]).reshape(count, 4)
    spread = torch.rand(count, 17, 2, generator=torch.Generator().manual_seed(0)) - 0.5
    return Targets(
        boxes=boxes,
        keypoints=boxes[:, None, :2] + spread * boxes[:, None, 2:],
        visibility=torch.full((count, 17), 2),
        weights=torch.ones(count, 17),
        area=0.53 * boxes[:, 2] * boxes[:, 3],
        ignore=torch.zeros(0, 4),
        presence=torch.full((count, 17), 2),
    )


def perfect(target: Targets, order: list[int]) -> LayerOutput:
    """Predictions that are the truth, in another order, with one stranger behind."""
    stranger = torch.tensor([[0.9, 0.1, 0.05, 0.05]])
    boxes = torch.cat([target.boxes[order], stranger])[None]
    keypoints = torch.cat([target.keypoints[order], torch.full((1, 17, 2), 0.9)])[None]
    logits = torch.full((1, len(order) + 1, 2), -8.0)
    logits[0, : len(order), 1] = 8.0
    return LayerOutput(logits, boxes, keypoints, torch.zeros(1, len(order) + 1, 17))


def test_matching_finds_each_person_their_prediction() -> None:
    target = people(0.2, 0.5, 0.8)
    output = perfect(target, [2, 0, 1])
    for layer in (output, LayerOutput(output.logits, output.boxes)):
        (pairs,) = match(layer, [target], SIGMAS)
        assert {tuple(p) for p in pairs.T.tolist()} == {(0, 2), (1, 0), (2, 1)}


def test_perfect_predictions_cost_nothing_but_quality() -> None:
    target = people(0.2, 0.5)
    output = perfect(target, [1, 0])
    losses = layer_losses(output, [target], match(output, [target], SIGMAS), SIGMAS)
    for name in ("box", "giou", "keypoints", "oks"):
        assert float(losses[name]) < 1e-4, name
    assert float(losses["classes"]) < 1e-3
    assert float(losses["quality"]) == pytest.approx(2 * 0.6931, abs=1e-2)


def test_an_image_without_people_only_costs_false_alarms() -> None:
    empty = people()
    output = perfect(people(0.3), [0])
    losses = layer_losses(output, [empty], match(output, [empty], SIGMAS), SIGMAS)
    assert float(losses["classes"]) > 1
    assert all(float(v) == 0 for name, v in losses.items() if name != "classes")


def test_false_alarms_in_ignore_regions_are_free() -> None:
    region = torch.tensor([[0.3, 0.5, 0.4, 0.9]])
    ignored = dataclasses.replace(people(), ignore=region)
    output = perfect(people(0.3), [0])
    losses = layer_losses(output, [ignored], match(output, [ignored], SIGMAS), SIGMAS)
    assert float(losses["classes"]) < 1e-3


def test_unlabelled_and_pinned_keypoints_teach_nothing() -> None:
    target = people(0.5)
    weights = torch.ones(1, 17)
    weights[0, 3] = 0
    held = torch.zeros(1, 17, dtype=torch.bool)
    held[0, 5] = True
    wrong = target.keypoints.clone()
    wrong[0, [3, 5]] += 0.3
    truth = Truth(target.boxes, target.keypoints, weights, target.area, target.presence)
    losses = pose_losses(wrong, truth, SIGMAS, held)
    assert float(losses["keypoints"]) == 0
    assert float(losses["oks"]) < 1e-5


def test_oks_agrees_with_the_formula_at_one_sigma() -> None:
    area, sigma = torch.tensor([0.25]), torch.tensor([0.05])
    # d^2 = 2 * area * (2 sigma)^2 makes e^-1.
    step = (2 * 0.25 * (2 * 0.05) ** 2) ** 0.5
    a, b = torch.zeros(1, 1, 2), torch.tensor([[[step, 0.0]]])
    assert float(similarity(a, b, torch.ones(1, 1), area, sigma)) == pytest.approx(0.36788, 1e-4)


def test_generalised_iou_of_apart_boxes_is_negative() -> None:
    a = torch.tensor([0.2, 0.5, 0.2, 0.2])
    assert float(generalised_iou(a, a)) == pytest.approx(1, abs=1e-4)
    assert float(generalised_iou(a, torch.tensor([0.8, 0.5, 0.2, 0.2]))) == pytest.approx(
        -0.5, abs=1e-3
    )


def test_clicks_follow_the_published_law() -> None:
    generator = torch.Generator().manual_seed(0)
    drawn = click_counts(generator, (40, 100), 17)
    assert drawn.shape == (40, 100)
    assert 0.60 < float((drawn == 1).float().mean()) < 0.66
    assert 2.0 < float(drawn.float().mean()) < 2.4
    assert int(drawn.min()) == 1 and int(drawn.max()) <= 17


def test_spoilt_poses_have_clicked_keypoints_on_the_truth() -> None:
    targets = [people(0.2, 0.6), people()]
    template = torch.zeros(17, 2)
    generator = torch.Generator().manual_seed(1)
    task = spoilt_poses(targets, 12, template, SKELETON.pairs, SIGMAS, ErrorRates(), generator)
    assert task.person[0].tolist() == [0, 1] * 6
    assert (task.person[1] == -1).all()
    assert task.pinned[0].any() and not task.pinned[1].any()
    truth = targets[0].keypoints[task.person[0]]
    assert torch.equal(task.keypoints[0][task.pinned[0]], truth[task.pinned[0]])
    assert not torch.equal(task.keypoints[0][~task.pinned[0]], truth[~task.pinned[0]])


def one_wrong_joint(target: Targets) -> RefinementTask:
    """The network's prediction of one person, with joint 7 far off and joint 2 a little."""
    output = perfect(target, [0])
    assert output.keypoints is not None
    moved = output.keypoints.clone()
    moved[0, 0, 7] += 0.2
    moved[0, 0, 2] += 0.01
    output = dataclasses.replace(output, keypoints=moved, boxes=output.boxes * 0.5)
    return own_predictions(output, [torch.tensor([[0], [0]])], [target])


def test_a_simulated_click_corrects_the_worst_joint_and_grows_the_box() -> None:
    target = people(0.5)
    task = click_worst(one_wrong_joint(target), [target], torch.ones(1, 1))
    assert task.pinned[0, 0].nonzero()[:, 0].tolist() == [7]
    assert torch.equal(task.keypoints[0, 0, 7], target.keypoints[0, 7])
    torch.testing.assert_close(task.moved[0, 0, 7], torch.tensor([-0.2, -0.2]))
    assert (task.moved[0, 0, :7] == 0).all()
    box = task.boxes[0, 0]
    corner = (task.keypoints[0, 0, 7] - box[:2]).abs() - box[2:] / 2
    assert (corner < 1e-6).all()


def test_earlier_clicks_stay_pinned_in_later_rounds() -> None:
    target = people(0.5)
    task = click_worst(one_wrong_joint(target), [target], torch.ones(1, 1))
    answer = LayerOutput(torch.zeros(1, 1, 2), task.boxes, task.keypoints)
    task = click_worst(go_on(task, answer), [target], torch.ones(1, 1))
    assert task.pinned[0, 0].nonzero()[:, 0].tolist() == [2, 7]
    assert (task.moved[0, 0, 7] == 0).all() and (task.moved[0, 0, 2] != 0).all()


def test_nobody_is_clicked_where_nobody_is_or_nothing_is_labelled() -> None:
    hidden = dataclasses.replace(people(0.5), visibility=torch.zeros(1, 17, dtype=torch.long))
    task = click_worst(one_wrong_joint(people(0.5)), [hidden], torch.full((1, 1), 5))
    assert not task.pinned.any() and (task.moved == 0).all()
    nobody = dataclasses.replace(task, person=torch.tensor([[-1]]))
    assert not click_worst(nobody, [people()], torch.full((1, 1), 5)).pinned.any()


def test_heat_is_wanted_at_joints_and_unknown_where_nobody_labelled_them() -> None:
    target = people(0.5)
    visibility, presence = target.visibility.clone(), target.presence.clone()
    visibility[0, 3], presence[0, 3] = 0, -1
    visibility[0, 4], presence[0, 4] = 0, 0
    target = dataclasses.replace(target, visibility=visibility, presence=presence)
    target = dataclasses.replace(target, ignore=torch.tensor([[0.1, 0.1, 0.2, 0.2]]))
    wanted, weight = heat_targets([target], 40, 40)
    x, y = (target.keypoints[0, 0] * 40).long().tolist()
    assert float(wanted[0, 0, y, x]) == float(wanted[0, 0].max()) > 0.8
    assert float(wanted[0, 3].max()) == 0 and float(weight[0, 3, 20, 20]) == 0
    assert float(wanted[0, 4].max()) == 0 and float(weight[0, 4, 20, 20]) == 1
    assert float(weight[0, 0, 2, 2]) == 0 and float(weight[0, 0, 39, 39]) == 1


def test_heat_maps_that_are_right_cost_little() -> None:
    target = people(0.5)
    wanted, _ = heat_targets([target], 40, 40)
    right = torch.logit(wanted.clamp(1e-4, 1 - 1e-4))
    assert float(heat_loss(right, [target])) < 1e-3
    assert float(heat_loss(-right, [target])) > 100
    assert float(heat_loss(torch.full((1, 17, 40, 40), -9.0), [people()])) < 1e-3


def test_every_person_has_tokens_that_answer_for_them() -> None:
    model = make_model(dataclasses.replace(OURS, keypoints=17))
    targets = [people(0.3, 0.7)]
    with torch.no_grad():
        memory = model.encode(torch.randn(1, 3, 128, 128), None)
        losses = dense_losses(model.queries(memory.encoded), targets, SIGMAS)
        none = dense_losses(model.queries(memory.encoded), [people()], SIGMAS)
    assert float(losses["keypoints"]) > 0 and float(losses["giou"]) > 0
    assert float(none["keypoints"]) == 0 and float(none["giou"]) == 0


def test_a_few_steps_on_one_batch_lower_the_loss() -> None:
    config = TrainingConfig(
        name="tiny",
        shards=[],
        stages=[Stage(steps=8, size=64, batch=2)],
        model=dataclasses.replace(OURS, keypoints=17).to_mapping(),
        refine_slots=2,
    )
    model = make_model(config.model_config).train()
    objective = Objective(config, SKELETON.pairs, SIGMAS)
    images, targets = torch.randn(2, 3, 64, 64), [people(0.3, 0.7), people()]
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    totals = []
    for _ in range(8):
        terms = objective(model, images, targets, torch.Generator().manual_seed(0))
        optimiser.zero_grad()
        torch.autograd.backward(terms["total"])
        optimiser.step()
        totals.append(float(terms["total"].detach()))
    assert totals[-1] < 0.8 * totals[0]
    parts = torch.stack([v for n, v in terms.items() if "/" not in n and n != "total"])
    assert float(terms["total"].detach()) == pytest.approx(float(parts.detach().sum()), rel=1e-4)


def test_more_people_than_the_network_carries_on_are_no_error() -> None:
    config = TrainingConfig(
        name="tiny",
        shards=["none.tar"],
        stages=[Stage(steps=1, size=64, batch=1)],
        model=dataclasses.replace(OURS, keypoints=17).to_mapping(),
        refine_slots=2,
    )
    model = make_model(config.model_config).train()
    crowd = people(*(0.1 + 0.08 * i for i in range(config.model_config.groups + 4)))
    objective = Objective(config, SKELETON.pairs, SIGMAS)
    terms = objective(model, torch.randn(1, 3, 64, 64), [crowd], torch.Generator().manual_seed(0))
    assert bool(terms["total"].isfinite())
