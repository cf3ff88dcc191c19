"""The published training step, on its golden numbers.

Tolerances are what two correct kernels differ by, with a little room: loss terms came out
within 1e-6 of the published ones, gradient norms within 2e-5.
"""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.losses import Losses
from clickpose_app.training.published.denoising import box_mask, pose_mask
from clickpose_app.training.published.losses import LOSS_WEIGHTS, weighted_total
from clickpose_app.training.published.objective import Draw, Step, loss_terms
from tests.network.golden_cases import require_golden
from tests.training.golden_step import SIGMAS, GoldenStep, golden_step

TERMS, GRADIENTS = 1e-5, 1e-4
OUTPUTS = 1e-5
LAYERS = 3  # of the reduced decoder: one box layer, two pose layers


@pytest.fixture(scope="module")
def golden() -> GoldenStep:
    require_golden()
    return golden_step()


def assert_terms(found: Losses, expected: dict[str, float]) -> None:
    assert set(found) == set(expected)
    for name, value in expected.items():
        assert float(found[name].detach()) == pytest.approx(value, rel=TERMS, abs=1e-7), name


def assert_close(found: Tensor, expected: Tensor, tolerance: float = OUTPUTS) -> None:
    torch.testing.assert_close(found.detach(), expected, atol=tolerance, rtol=0.0)


def model_only(golden: GoldenStep) -> Losses:
    step = Step(golden.step.first, [])
    return loss_terms(step, golden.targets, Draw(golden.draw.denoising, 0), SIGMAS)[0]


def test_every_term_of_the_interactive_step_agrees(golden: GoldenStep) -> None:
    assert_terms(golden.terms, golden.facts["interactive_terms"])


def test_every_term_without_interaction_agrees(golden: GoldenStep) -> None:
    assert_terms(model_only(golden), golden.facts["model_only_terms"])


def test_the_totals_agree(golden: GoldenStep) -> None:
    total = float(golden.total.detach())
    assert total == pytest.approx(golden.facts["total_weighted"], rel=1e-6)
    assert total == pytest.approx(139.87277, abs=1e-3)
    total = float(weighted_total(model_only(golden)).detach())
    assert total == pytest.approx(golden.facts["model_only_total_weighted"], rel=1e-6)
    assert total == pytest.approx(92.13170, abs=1e-3)


def test_terms_have_the_published_weights(golden: GoldenStep) -> None:
    counted = {n: w for n, w in golden.facts["weight_dict"].items() if n in golden.terms}
    for name, weight in counted.items():
        alone = weighted_total({name: torch.tensor(1.0)})
        assert float(alone) == pytest.approx(weight), name
    for name in golden.facts["terms_without_weight"]:
        nothing = {name: torch.tensor(1.0), "loss_ce": torch.tensor(0.0)}
        assert float(weighted_total(nothing)) == 0.0, name
    assert set(counted) | set(golden.facts["terms_without_weight"]) == set(golden.terms)
    assert LOSS_WEIGHTS["loss_ce"] == 2.0


def test_every_gradient_norm_agrees(golden: GoldenStep) -> None:
    for name, norm in golden.facts["grad_norms_total_loss"].items():
        assert golden.gradients[name] == pytest.approx(norm, rel=GRADIENTS), name


def test_the_same_parameters_learn_nothing(golden: GoldenStep) -> None:
    still = {name for name, norm in golden.gradients.items() if norm == 0.0}
    assert still == set(golden.facts["params_zero_grad"])


@pytest.mark.parametrize("image", [0, 1])
def test_predictions_are_matched_to_the_same_people(golden: GoldenStep, image: int) -> None:
    outputs = {"final": "", **{f"aux{i}": f"_{i}" for i in range(4)}}
    for name, suffix in outputs.items():
        expected = golden[f"match_{name}_img{image}"]
        queries, people = golden.matches[suffix].pairs[image]
        order = golden_order(golden, name, image) if name == "aux0" else None
        found = queries if order is None else order[queries]
        assert as_pairs(found, people) == as_pairs(*expected), name
    queries, people = golden.matches["_interm"].pairs[image]
    found = golden_order(golden, "interm", image)[queries]
    assert as_pairs(found, people) == as_pairs(*golden[f"match_interm_img{image}"])


def test_self_attention_masks_agree(golden: GoldenStep) -> None:
    box, pose = box_mask(golden.draw.denoising, 60), pose_mask(golden.draw.denoising, 10, 18)
    for image, suffix in enumerate(["", "_img1"]):
        assert torch.equal(box[image], golden[f"attn_mask_box{suffix}"][0].bool())
        assert torch.equal(pose[image], golden[f"attn_mask_pose{suffix}"][0].bool())


def test_outputs_of_the_pose_layers_agree(golden: GoldenStep) -> None:
    for name, layer in (("aux1", 1), ("out", 2)):
        found = golden.step.first.layers[layer]
        assert_output(golden, name, found.matching, "pred_logits", "pred_boxes", "pred_keypoints")
        assert_output(
            golden, name, found.denoising, "dn_class_pred", "dn_bbox_pred", "dn_pose_pred"
        )


def test_outputs_of_the_box_layers_agree_as_sets(golden: GoldenStep) -> None:
    outputs = {"aux0": golden.step.first.layers[0].matching, "interm": golden.step.first.proposals}
    for name, found in outputs.items():
        for image in (0, 1):
            order = golden_order(golden, name, image)
            assert_close(found.logits[image], golden[f"{name}_pred_logits"][image, order])
            assert_close(found.boxes[image], golden[f"{name}_pred_boxes"][image, order])
    found = golden.step.first.layers[0].denoising
    assert_close(found.logits, golden["aux0_dn_class_pred"])
    assert_close(found.boxes, golden["aux0_dn_bbox_pred"])


def test_rounds_of_clicks_start_and_end_where_they_should(golden: GoldenStep) -> None:
    assert len(golden.step.rounds) == 2
    for number, given in enumerate(golden.step.rounds, 1):
        assert_close(given.keypoints, golden[f"train_r{number}_in_kpts"])
        logits = golden[f"train_r{number}_in_box_logit"]
        assert_close(given.boxes, logits.sigmoid())
    for number, output in enumerate(golden.step.rounds[-1].outputs, LAYERS - 1):
        assert_output(golden, f"aux{number}", output, "pred_logits", "pred_boxes", "pred_keypoints")


def assert_output(
    golden: GoldenStep, name: str, found: LayerOutput, logits: str, boxes: str, keypoints: str
) -> None:
    assert found.keypoints is not None
    assert_close(found.logits, golden[f"{name}_{logits}"])
    assert_close(found.boxes, golden[f"{name}_{boxes}"])
    assert_close(found.keypoints.flatten(2), golden[f"{name}_{keypoints}"][..., :34])


def golden_order(golden: GoldenStep, name: str, image: int) -> Tensor:
    """The golden row of each of our queries: equal scores may sort either way."""
    outputs = {"aux0": golden.step.first.layers[0].matching, "interm": golden.step.first.proposals}
    ours = outputs[name].boxes[image].detach()
    order = torch.cdist(ours, golden[f"{name}_pred_boxes"][image]).argmin(1)
    assert len(set(order.tolist())) == len(order)
    return order


def as_pairs(queries: Tensor, people: Tensor) -> set[tuple[int, int]]:
    return set(zip(queries.tolist(), people.tolist(), strict=True))
