"""The published objective away from its golden numbers: drawing, and images it once broke on."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
import torch
from torch import Tensor

from clickpose_app.errors import ClickPoseError
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import Losses
from clickpose_app.training.published.denoising import (
    Denoising,
    DenoisingNoise,
    box_mask,
    draw_denoising,
    pose_mask,
)
from clickpose_app.training.published.forward import first_pass, refine
from clickpose_app.training.published.interaction import click
from clickpose_app.training.published.losses import MatchedPeople
from clickpose_app.training.published.objective import (
    PublishedObjective,
    PublishedOptions,
    draw_step,
)
from tests.network.small_model import OURS, PUBLISHED_LIKE, make_model

K = PUBLISHED_LIKE.keypoints
SIGMAS = torch.full((K,), 0.05)
LABELS = dataclasses.replace(PUBLISHED_LIKE, denoising_labels=100)
NOISE = DenoisingNoise(queries=40)


def people(count: int, seed: int = 0) -> Targets:
    """People at random places, every third keypoint unlabelled."""
    draws = torch.Generator().manual_seed(seed)
    centre = 0.3 + 0.4 * torch.rand(count, 2, generator=draws)
    side = 0.1 + 0.2 * torch.rand(count, 2, generator=draws)
    spread = torch.rand(count, K, 2, generator=draws) - 0.5
    visibility = torch.full((count, K), 2)
    visibility[:, ::3] = 0
    labelled = visibility[..., None] > 0
    return Targets(
        boxes=torch.cat([centre, side], 1),
        keypoints=(centre[:, None] + spread * side[:, None]) * labelled,
        visibility=visibility,
        weights=(visibility > 0).float(),
        area=0.53 * side.prod(1),
        ignore=torch.zeros(0, 4),
        presence=visibility,
    )


def draw(
    *counts: int, seed: int = 0, corrected: bool = True, noise: DenoisingNoise = NOISE
) -> Denoising:
    generator = torch.Generator().manual_seed(seed)
    targets = [people(n, i) for i, n in enumerate(counts)]
    return draw_denoising(targets, LABELS, noise, generator, corrected=corrected)


def small_draw(*counts: int) -> Denoising:
    """Denoising queries for PUBLISHED_LIKE itself, which has two rows of labels."""
    targets = [people(n, i) for i, n in enumerate(counts)]
    noise = DenoisingNoise(queries=5)
    generator = torch.Generator().manual_seed(0)
    return draw_denoising(targets, PUBLISHED_LIKE, noise, generator, corrected=True)


def train_step(
    config: ModelConfig, *counts: int, options: PublishedOptions | None = None
) -> tuple[Losses, ClickPose]:
    model = make_model(config).train()
    options = options or PublishedOptions(denoising=DenoisingNoise(queries=5))
    objective = PublishedObjective(options, SIGMAS)
    images = torch.randn(len(counts), 3, 96, 96, generator=torch.Generator().manual_seed(1))
    targets = [people(n, i) for i, n in enumerate(counts)]
    terms = objective(model, images, targets, torch.Generator().manual_seed(2))
    torch.autograd.backward(terms["total"])
    return terms, model


# -- drawing ----------------------------------------------------------------------------------


def test_people_repeat_until_the_queries_are_full() -> None:
    drawn = draw(3, 40)
    truth = people(3, 0).boxes
    assert torch.equal(drawn.true_boxes[0, :39], truth.repeat(13, 1))
    assert bool((drawn.true_boxes[0, 39] == truth).all(1).any())
    assert torch.equal(drawn.true_boxes[1], people(40, 1).boxes)


def test_more_people_than_queries_are_drawn_from() -> None:
    drawn = draw(60)
    known = (drawn.true_boxes[0][:, None] == people(60, 0).boxes).all(-1)
    assert bool(known.any(1).all())
    assert drawn.boxes.shape == (1, 40, 4)


def test_noise_stays_in_its_range_and_fills_it() -> None:
    drawn = draw(*[3] * 50, corrected=False)
    side = drawn.true_boxes[..., 2:]
    centre_off = (drawn.boxes - drawn.true_boxes)[..., :2] / side
    side_off = (drawn.boxes - drawn.true_boxes)[..., 2:] / side
    assert 0.19 < float(centre_off.abs().max()) <= 0.2 + 1e-5
    assert 0.39 < float(side_off.abs().max()) <= 0.4 + 1e-5
    assert float(side_off.mean()) == pytest.approx(0, abs=0.02)
    inside = (drawn.keypoints > 0) & (drawn.keypoints < 1)
    off = (drawn.keypoints - drawn.true_keypoints) / drawn.boxes[..., None, 2:]
    assert 0.19 < float(off[inside].abs().max()) <= 0.2 + 1e-4
    assert bool((drawn.keypoints >= 0).all())


def test_half_of_the_labels_are_replaced() -> None:
    drawn = draw(*[3] * 100)
    assert float((drawn.labels != 1).float().mean()) == pytest.approx(0.5 * 99 / 100, abs=0.03)
    assert int(drawn.labels.min()) == 0
    assert int(drawn.labels.max()) == 99
    clean = torch.arange(1, K + 1)
    changed = (drawn.keypoint_labels != clean).float().mean()
    assert float(changed) == pytest.approx(0.5 * (1 - (K - 1) / K / K), abs=0.02)
    assert int(drawn.keypoint_labels.min()) == 0


def test_some_keypoints_are_already_corrected_when_clicks_are_trained() -> None:
    def exact(drawn: Denoising) -> Tensor:
        labelled = drawn.true_weights > 0
        return ((drawn.keypoints == drawn.true_keypoints).all(-1) & labelled)[labelled]

    assert not bool(exact(draw(*[3] * 50, corrected=False)).any())
    # The mean number of different keypoints among n draws, n drawn with P(n) like n^-2.
    chances = torch.arange(1, K + 1) ** -2.0
    chances = chances / chances.sum()
    different = K * (1 - (1 - 1 / K) ** torch.arange(1, K + 1))
    expected = float((chances * different).sum()) / K
    found = float(exact(draw(*[3] * 50)).float().mean())
    assert found == pytest.approx(expected, abs=0.02)


def test_the_seed_alone_decides_what_is_drawn() -> None:
    first, again, other = draw(2, 0, seed=3), draw(2, 0, seed=3), draw(2, 0, seed=4)
    for field in dataclasses.fields(Denoising):
        assert torch.equal(getattr(first, field.name), getattr(again, field.name))
    assert not torch.equal(first.boxes, other.boxes)


def test_images_without_people_get_random_background() -> None:
    drawn = draw(0, 2)
    assert float(drawn.true_classes[0].sum()) == 0
    assert float(drawn.true_classes[1, :, 1].sum()) == 40
    assert bool((drawn.true_boxes[0] > 0).all())
    assert set(draw(0, noise=dataclasses.replace(NOISE, label=0.0)).labels.flatten().tolist()) == {
        PUBLISHED_LIKE.classes
    }


def test_masks_let_nobody_see_the_denoising_queries_of_others() -> None:
    drawn = draw(3, 0, noise=DenoisingNoise(queries=7))
    box, pose = box_mask(drawn, 4), pose_mask(drawn, 4, 1 + K)
    assert bool(box[:, 7:, :7].all())
    assert not bool(box[:, :, 7:].any())
    assert not bool(box[0, :3, :3].any())
    assert bool(box[0, :3, 3:7].all())
    assert not bool(box[1, :7, :7].any())
    people_alone = pose[0].view(11, 1 + K, 11, 1 + K).float().mean((1, 3))
    assert torch.equal(people_alone.diagonal(), torch.zeros(11))
    assert bool((people_alone[7:, :7] == 1).all())
    assert not bool(people_alone[:7, 7:].any())


def test_rounds_follow_the_published_law() -> None:
    generator = torch.Generator().manual_seed(0)
    drawn = [
        draw_step(LABELS, [people(1)], PublishedOptions(), generator).rounds for _ in range(400)
    ]
    share = sum(n == 1 for n in drawn) / len(drawn)
    assert share == pytest.approx(1 / sum(n**-2 for n in range(1, K + 1)), abs=0.08)
    assert max(drawn) <= K
    alone = draw_step(LABELS, [people(1)], PublishedOptions(interactive=False), generator)
    assert alone.rounds == 0


@pytest.mark.parametrize("values", [{"queries": 0}, {"label": 1.5}, {"box": -0.1}])
def test_noise_that_cannot_be_drawn_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(values, DenoisingNoise)


def test_options_are_read_from_a_configuration() -> None:
    options = msgspec.convert({"interactive": False, "denoising": {"queries": 7}}, PublishedOptions)
    assert options == PublishedOptions(interactive=False, denoising=DenoisingNoise(queries=7))


# -- clicks -----------------------------------------------------------------------------------


def test_a_click_moves_the_farthest_labelled_keypoint_and_grows_the_box() -> None:
    truth = people(1)
    keypoints = truth.keypoints[None].clone()
    keypoints[0, 0, 0] = 0.9  # unlabelled, so never clicked, however far off
    keypoints[0, 0, 2] += 0.05
    keypoints[0, 0, 4] -= 0.2
    state = LayerOutput(torch.zeros(1, 1, 2), truth.boxes[None], keypoints)
    matched = MatchedPeople.of([truth], [torch.tensor([[0], [0]])])
    boxes, moved = click(state, matched)
    assert torch.equal(moved[0, 0, 4], truth.keypoints[0, 4])
    others = [0, 1, 2, 3]
    assert torch.equal(moved[0, 0, others], keypoints[0, 0, others])
    low, high = boxes[0, 0, :2] - boxes[0, 0, 2:] / 2, boxes[0, 0, :2] + boxes[0, 0, 2:] / 2
    assert bool((moved[0, 0] >= low - 1e-6).all())
    assert bool((moved[0, 0] <= high + 1e-6).all())


def test_nobody_is_clicked_without_a_labelled_keypoint_or_a_match() -> None:
    truth = people(2)
    hidden = dataclasses.replace(truth, visibility=torch.zeros_like(truth.visibility))
    keypoints = 0.4 + 0.02 * torch.rand(1, 3, K, 2)
    boxes = torch.tensor([0.5, 0.5, 0.9, 0.9]).repeat(1, 3, 1)
    state = LayerOutput(torch.zeros(1, 3, 2), boxes, keypoints)
    matched = MatchedPeople.of([hidden], [torch.tensor([[2, 0], [0, 1]])])
    _, moved = click(state, matched)
    assert torch.equal(moved, keypoints)


# -- forward ----------------------------------------------------------------------------------


def test_denoising_queries_change_nothing_for_the_others() -> None:
    model = make_model(PUBLISHED_LIKE)
    with torch.no_grad():
        memory = model.encode(torch.randn(2, 3, 96, 96), None)
        found = first_pass(model, memory, small_draw(2, 0))
        alone = model.first_pass(memory)
    for ours, plain in zip(found.layers, [*alone.box_outputs, *alone.pose_outputs], strict=True):
        torch.testing.assert_close(ours.matching.logits, plain.logits, atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(ours.matching.boxes, plain.boxes, atol=1e-5, rtol=1e-4)
        assert (ours.matching.keypoints is None) == (plain.keypoints is None)
        if ours.matching.keypoints is not None and plain.keypoints is not None:
            torch.testing.assert_close(
                ours.matching.keypoints, plain.keypoints, atol=1e-5, rtol=1e-4
            )


def test_a_round_is_what_refining_without_holding_clicks_gives() -> None:
    model = make_model(PUBLISHED_LIKE)
    boxes = torch.tensor([[[0.4, 0.5, 0.3, 0.6], [0.7, 0.4, 0.2, 0.3]]])
    keypoints = 0.3 + 0.4 * torch.rand(1, 2, K, 2, generator=torch.Generator().manual_seed(0))
    pinned = torch.ones(1, 2, K, dtype=torch.bool)
    with torch.no_grad():
        memory = model.encode(torch.randn(1, 3, 96, 96), None)
        found = refine(model, memory, boxes, keypoints)[-1]
        plain = model.refine(memory, boxes, keypoints, pinned, hold_pinned=False)
    assert found.keypoints is not None
    torch.testing.assert_close(found.keypoints, plain.keypoints, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(found.boxes, plain.boxes, atol=1e-5, rtol=1e-4)


# -- training ---------------------------------------------------------------------------------


def test_a_batch_trains_every_part_that_the_published_objective_trains() -> None:
    terms, model = train_step(PUBLISHED_LIKE, 2, 1)
    assert bool(torch.isfinite(terms["total"]))
    still = {
        name.split(".")[1]
        for name, parameter in model.named_parameters()
        if not name.startswith("backbone") and parameter.grad is None
    }
    assert still == {"pose_size_head"}  # starved as published


@pytest.mark.parametrize("counts", [(0, 0), (0, 2), (9, 1), (40, 0)])
def test_images_without_people_and_with_too_many_train(counts: tuple[int, int]) -> None:
    # Five denoising queries, four people carried on through clicks, six groups, thirty queries.
    config = dataclasses.replace(PUBLISHED_LIKE, refine_groups=4)
    terms, model = train_step(config, *counts)
    for name, value in terms.items():
        assert bool(torch.isfinite(value)), name
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    assert gradients
    assert all(bool(torch.isfinite(gradient).all()) for gradient in gradients)


def test_the_same_terms_are_logged_whatever_the_batch_and_the_rounds() -> None:
    names = {frozenset(train_step(PUBLISHED_LIKE, *counts)[0]) for counts in [(1, 1), (0, 0)]}
    assert len(names) == 1


def test_the_first_pass_alone_can_be_trained() -> None:
    options = PublishedOptions(interactive=False, denoising=DenoisingNoise(queries=5))
    terms, _ = train_step(PUBLISHED_LIKE, 2, 1, options=options)
    assert "loss_ce_1" in terms
    assert "loss_ce_2" not in terms


def test_only_the_total_carries_a_gradient() -> None:
    terms, _ = train_step(PUBLISHED_LIKE, 1)
    assert [name for name, value in terms.items() if value.requires_grad] == ["total"]


def test_bfloat16_trains() -> None:
    with torch.autocast("cpu", torch.bfloat16):
        terms, _ = train_step(PUBLISHED_LIKE, 2, 0)
    assert terms["total"].dtype == torch.float32
    assert bool(torch.isfinite(terms["total"]))


def test_additions_that_leave_the_decoder_alone_train() -> None:
    config = dataclasses.replace(PUBLISHED_LIKE, shared_keypoint_content=True, peak_proposals=True)
    terms, _ = train_step(config, 2, 1)
    assert bool(torch.isfinite(terms["total"]))


def test_a_model_with_our_additions_is_refused() -> None:
    with pytest.raises(ClickPoseError, match="relative_steps"):
        train_step(OURS, 1)


def test_a_few_steps_lower_the_loss() -> None:
    model = make_model(PUBLISHED_LIKE).train()
    options = PublishedOptions(denoising=DenoisingNoise(queries=5))
    objective = PublishedObjective(options, SIGMAS)
    images = torch.randn(2, 3, 96, 96, generator=torch.Generator().manual_seed(1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    totals = []
    for _ in range(12):
        generator = torch.Generator().manual_seed(2)
        total = objective(model, images, [people(2, 0), people(1, 1)], generator)["total"]
        optimiser.zero_grad()
        torch.autograd.backward(total)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        totals.append(float(total.detach()))
    assert min(totals[-3:]) < 0.8 * totals[0]
