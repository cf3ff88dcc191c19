"""Parity with the published model, on its golden numbers."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from clickpose_app.engine.postprocess import select_published
from clickpose_app.network.clickpose import Detections, Memory
from tests.network.golden_cases import Golden, load, require_golden

TOLERANCE = 1e-4
PIXELS = 2e-2


@pytest.fixture(scope="module", params=["reduced", "full"])
def golden(request: pytest.FixtureRequest) -> Golden:
    require_golden()
    return load(request.param)


@pytest.fixture(scope="module")
def memory(golden: Golden) -> Memory:
    with torch.inference_mode():
        return golden.model.encode(golden.images, golden.padding)


def assert_close(found: Tensor, expected: Tensor, tolerance: float = TOLERANCE) -> None:
    torch.testing.assert_close(found, expected, atol=tolerance, rtol=0.0, check_dtype=False)


def test_batch_of_two_with_padding_gives_the_published_first_pass(
    golden: Golden, memory: Memory
) -> None:
    with torch.inference_mode():
        found = golden.model.detect(memory)
    assert_close(found.logits, golden["pred_logits"])
    assert_close(found.boxes, golden["pred_boxes"])
    assert_close(found.keypoints.flatten(2), golden["pred_keypoints"][..., :34])


def test_every_pose_layer_agrees(golden: Golden, memory: Memory) -> None:
    with torch.inference_mode():
        outputs = golden.model.first_pass(memory).pose_outputs
    for layer, output in enumerate(outputs, start=golden.model.config.box_layers):
        assert output.keypoints is not None
        assert_close(output.logits, golden[f"layer{layer}_logits"])
        assert_close(output.boxes, golden[f"layer{layer}_boxes"])
        assert_close(output.keypoints.flatten(2), golden[f"layer{layer}_kpts"])


def test_the_same_tokens_become_queries(golden: Golden, memory: Memory) -> None:
    with torch.inference_mode():
        proposals = golden.model.queries(memory.encoded)
    chosen, order = proposals.chosen.sort(1)
    assert torch.equal(chosen, golden["enc_topk_index_sorted"].long())
    references = proposals.references.gather(1, order[..., None].expand(-1, -1, 4))
    assert_close(references, golden["ref_enc"])


def test_postprocessing_agrees_to_a_fraction_of_a_pixel(golden: Golden, memory: Memory) -> None:
    with torch.inference_mode():
        found = golden.model.detect(memory)
    expected = golden["post_boxes"]
    selected = select_published(found, golden["orig_size"], expected.shape[1])
    assert_close(selected.scores, golden["post_scores"])
    assert torch.equal(selected.labels, golden["post_labels"])
    assert_close(selected.boxes, expected, PIXELS)
    keypoints = torch.unflatten(golden["post_keypoints"], -1, (-1, 3))[..., :2]
    assert_close(selected.keypoints, keypoints, PIXELS)


@pytest.mark.parametrize("variant", ["frozen", "unfrozen"])
def test_three_rounds_of_clicks_agree(golden: Golden, memory: Memory, variant: str) -> None:
    keypoints = golden["free_start_kpts"]
    for number in (1, 2, 3):
        keypoints, pinned = clicked(golden, keypoints, number)
        found = refined(golden, memory, keypoints, pinned, f"free_{variant}_r{number}")
        expected = golden[f"free_{variant}_r{number}_kpts"].view_as(keypoints)
        assert_close(found.logits, golden[f"free_{variant}_r{number}_logits"])
        assert_close(found.boxes, golden[f"free_{variant}_r{number}_boxes"])
        moved = torch.ones_like(pinned) if variant == "unfrozen" else ~pinned
        assert_close(found.keypoints[moved], expected[moved])
        if variant == "frozen":
            # Bit for bit, also where the published decoder clamps 0.0004 to 0.0010.
            assert torch.equal(found.keypoints[pinned], keypoints[pinned])
        keypoints = expected


def test_rounds_of_the_official_loop_agree(golden: Golden, memory: Memory) -> None:
    for number in (1, 2, 3):
        keypoints = golden[f"auto_r{number}_in_kpts"]
        boxes = golden[f"auto_r{number}_grown_boxes"]
        pinned = golden[f"auto_r{number}_clicked"].bool()
        with torch.inference_mode():
            found = golden.model.refine(memory, boxes, keypoints, pinned, hold_pinned=False)
        assert_close(found.logits, golden[f"auto_r{number}_pred_logits"])
        assert_close(found.boxes, golden[f"auto_r{number}_pred_boxes"])
        expected = golden[f"auto_r{number}_pred_keypoints"][..., :34]
        assert_close(found.keypoints.flatten(2), expected)


def test_one_person_is_refined_as_among_all(golden: Golden, memory: Memory) -> None:
    keypoints, pinned = clicked(golden, golden["free_start_kpts"], 1)
    boxes = golden["free_frozen_r1_in_boxes"]
    with torch.inference_mode():
        all_of_them = golden.model.refine(memory, boxes, keypoints, pinned)
        alone = golden.model.refine(memory, boxes[:, :1], keypoints[:, :1], pinned[:, :1])
    assert_close(alone.keypoints, all_of_them.keypoints[:, :1], 1e-5)


def test_an_image_alone_and_in_a_padded_batch_give_the_same(golden: Golden, memory: Memory) -> None:
    height, width = golden.sizes[0]
    image = golden.images[:1, :, :height, :width]
    with torch.inference_mode():
        alone = golden.model.detect(golden.model.encode(image, None))
        batched = golden.model.detect(memory)
    assert_close(alone.keypoints, batched.keypoints[:1])


def clicked(golden: Golden, keypoints: Tensor, number: int) -> tuple[Tensor, Tensor]:
    """Keypoints with the clicks of a round in place, and which those are."""
    keypoints = keypoints.clone()
    pinned = torch.zeros(keypoints.shape[:3], dtype=torch.bool)
    for round_number, image, person, k, x, y in golden["free_clicks"].tolist():
        if int(round_number) == number:
            keypoints[int(image), int(person), int(k)] = torch.tensor([x, y])
            pinned[int(image), int(person), int(k)] = True
    return keypoints, pinned


def refined(
    golden: Golden, memory: Memory, keypoints: Tensor, pinned: Tensor, case: str
) -> Detections:
    """One round of a free_* case."""
    with torch.inference_mode():
        return golden.model.refine(
            memory,
            golden[f"{case}_in_boxes"],
            keypoints,
            pinned,
            hold_pinned="unfrozen" not in case,
        )
