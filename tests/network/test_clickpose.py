from __future__ import annotations

import pytest
import torch

from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from tests.network.small_model import OURS, PUBLISHED_LIKE, make_model


@pytest.fixture(scope="module", params=[PUBLISHED_LIKE, OURS], ids=["published", "ours"])
def model(request: pytest.FixtureRequest) -> ClickPose:
    return make_model(request.param)


def photo(batch: int = 1, height: int = 128, width: int = 160) -> torch.Tensor:
    return torch.randn(batch, 3, height, width, generator=torch.Generator().manual_seed(1))


def people(number: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(2)
    boxes = 0.3 + 0.3 * torch.rand(1, number, 4, generator=generator)
    keypoints = 0.2 + 0.6 * torch.rand(1, number, 5, 2, generator=generator)
    return boxes, keypoints, torch.rand(1, number, 5, generator=generator) < 0.5


@torch.inference_mode()
def test_pinned_keypoints_come_back_bit_for_bit(model: ClickPose) -> None:
    boxes, keypoints, pinned = people(7)
    keypoints[0, 0, 0] = torch.tensor([0.0004, 1.0])  # where a logit would clamp
    pinned[0, 0, 0] = True
    found = model.refine(model.encode(photo(), None), boxes, keypoints, pinned)
    assert torch.equal(found.keypoints[pinned], keypoints[pinned])
    assert not torch.equal(found.keypoints[~pinned], keypoints[~pinned])


@torch.inference_mode()
def test_pinned_keypoints_drift_when_asked_to_as_in_the_published_software() -> None:
    model = make_model(PUBLISHED_LIKE)
    boxes, keypoints, pinned = people(3)
    memory = model.encode(photo(), None)
    found = model.refine(memory, boxes, keypoints, pinned, hold_pinned=False)
    assert not torch.equal(found.keypoints[pinned], keypoints[pinned])


@torch.inference_mode()
def test_people_are_refined_independently(model: ClickPose) -> None:
    memory = model.encode(photo(), None)
    boxes, keypoints, pinned = people(4)
    together = model.refine(memory, boxes, keypoints, pinned)
    for i in range(4):
        one = slice(i, i + 1)
        alone = model.refine(memory, boxes[:, one], keypoints[:, one], pinned[:, one])
        torch.testing.assert_close(alone.keypoints, together.keypoints[:, one], atol=1e-5, rtol=0)


@torch.inference_mode()
def test_images_of_a_batch_do_not_see_each_other(model: ClickPose) -> None:
    images = photo(2)
    both = model.detect(model.encode(images, None))
    second = model.detect(model.encode(images[1:], None))
    torch.testing.assert_close(both.keypoints[1:], second.keypoints, atol=1e-4, rtol=0)


@torch.inference_mode()
def test_a_mask_without_padding_is_the_same_as_none(model: ClickPose) -> None:
    mask = torch.zeros(1, 128, 160, dtype=torch.bool)
    masked = model.detect(model.encode(photo(), mask))
    unmasked = model.detect(model.encode(photo(), None))
    assert torch.equal(masked.keypoints, unmasked.keypoints)


@torch.inference_mode()
def test_detections_have_the_promised_shapes(model: ClickPose) -> None:
    memory = model.encode(photo(2), None)
    found = model.detect(memory)
    assert found.logits.shape == (2, 6, 2)
    assert found.boxes.shape == (2, 6, 4)
    assert found.keypoints.shape == (2, 6, 5, 2)
    assert (found.quality is not None) == model.config.keypoint_quality
    assert memory.nbytes > sum(v.numel() * 4 for v in memory.pose_values)


@torch.inference_mode()
def test_more_people_than_groups_can_be_refined(model: ClickPose) -> None:
    boxes, keypoints, pinned = people(25)
    found = model.refine(model.encode(photo(), None), boxes, keypoints, pinned)
    assert found.keypoints.shape == (1, 25, 5, 2)
    assert model.template(boxes).shape == (1, 25, 5, 2)


@torch.inference_mode()
def test_a_tiny_image_is_no_error(model: ClickPose) -> None:
    found = model.detect(model.encode(photo(height=32, width=32), None))
    assert torch.isfinite(found.keypoints).all()


def test_gradients_reach_every_part_that_training_uses() -> None:
    model = make_model(OURS)
    memory = model.encode(photo(), None)
    found = model.first_pass(memory)
    last = found.pose_outputs[-1]
    assert last.keypoints is not None and last.quality is not None
    boxes, keypoints, pinned = people(2)
    moved = torch.full_like(keypoints, 0.01)
    refined = [
        layer.keypoints
        for layer in model.refine_layers(memory, boxes, keypoints, pinned, moved)
        if layer.keypoints is not None
    ]
    assert last.visibility is not None and memory.heat is not None
    assert found.proposals.token_poses is not None
    parts = [last.keypoints, last.boxes, last.logits, last.quality, *refined]
    parts += [last.visibility, memory.heat.logits]
    parts += [found.proposals.token_poses, found.proposals.logits, found.proposals.boxes]
    torch.autograd.backward(torch.stack([part.sum() for part in parts]).sum())
    without = {name for name, p in model.named_parameters() if p.grad is None}
    # As published: the keypoint sizes' head acts through detached references.
    assert all(
        name.startswith(
            (
                "decoder.pose_size_head",
                "decoder.box_heads",
                "decoder.class_heads",
                "decoder.pose_heads",
                "decoder.keypoint_size",
            )
        )
        for name in without
    ), without


@pytest.mark.parametrize("backbone", ["resnet18", "resnet34", "resnet50"])
def test_other_backbones_run(backbone: str) -> None:
    config = ModelConfig(
        backbone=backbone,
        d_model=64,
        heads=4,
        encoder_layers=1,
        decoder_layers=2,
        box_layers=1,
        feedforward=64,
        queries=10,
        groups=3,
    )
    model = make_model(config)
    with torch.inference_mode():
        assert model.detect(model.encode(photo(), None)).keypoints.shape == (1, 3, 17, 2)


def test_proposals_are_the_same_where_only_the_chosen_are_asked_for(model: ClickPose) -> None:
    with torch.no_grad():
        encoded = model.encode(photo(), None).encoded
        every, chosen = model.queries(encoded), model.queries(encoded, every_token=False)
    assert torch.equal(every.chosen, chosen.chosen)
    torch.testing.assert_close(every.references, chosen.references)
    torch.testing.assert_close(every.poses, chosen.poses)
    assert torch.equal(chosen.boxes, chosen.references)
    assert chosen.token_poses is None


def test_what_is_seen_in_the_mirror_changes_sides(model: ClickPose) -> None:
    with torch.inference_mode():
        found = model.detect(model.encode(photo(), None))
    twins = torch.arange(found.keypoints.shape[2])
    twins[[0, 1]] = twins[[1, 0]]
    there = found.mirrored(twins)
    torch.testing.assert_close(there.keypoints[:, :, 0, 0], 1 - found.keypoints[:, :, 1, 0])
    torch.testing.assert_close(there.keypoints[:, :, 2, 0], 1 - found.keypoints[:, :, 2, 0])
    assert torch.equal(there.keypoints[:, :, 0, 1], found.keypoints[:, :, 1, 1])
    torch.testing.assert_close(there.boxes[..., 0], 1 - found.boxes[..., 0])
    back = there.mirrored(twins)
    torch.testing.assert_close(back.keypoints, found.keypoints)
    torch.testing.assert_close(back.boxes, found.boxes)
    assert (back.quality is None) == (found.quality is None)
