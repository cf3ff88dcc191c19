"""The joined pose layers answer what the decoder answers that they are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from clickpose_app.network import packing
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from tests.network.golden_cases import load, require_golden
from tests.network.small_model import OURS, PUBLISHED_LIKE, make_model

TOLERANCE = 1e-5


TAUGHT = replace(OURS, guarded=True, skeleton_attention=True)


@pytest.fixture(params=[PUBLISHED_LIKE, OURS, TAUGHT], ids=["published", "ours", "taught"])
def model(request: pytest.FixtureRequest) -> ClickPose:
    model = make_model(request.param)
    generation, bias = model.decoder.generation, model.decoder.skeleton_bias
    if generation is not None and bias is not None:
        generation[-2:] = 1.0
        distances = torch.arange(len(generation)).float()
        bias.tell_distances((distances[:, None] - distances).abs())
        torch.nn.init.normal_(bias.share, generator=torch.Generator().manual_seed(3))
    return model


def photos(batch: int) -> torch.Tensor:
    images = torch.randn(batch, 3, 128, 192, generator=torch.Generator().manual_seed(1))
    return images.contiguous(memory_format=torch.channels_last)


def padding() -> torch.Tensor:
    """Two images, each with another part of it padded."""
    mask = torch.zeros(2, 128, 192, dtype=torch.bool)
    mask[0, 100:] = True
    mask[1, :, 130:] = True
    return mask


def corrections(
    batch: int, people: int, config: ModelConfig
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(2)
    k = config.keypoints
    boxes = 0.2 + 0.4 * torch.rand(batch, people, 4, generator=generator)
    keypoints = torch.rand(batch, people, k, 2, generator=generator)
    pinned = torch.rand(batch, people, k, generator=generator) < 0.4
    return boxes, keypoints, pinned, 0.1 * torch.randn(batch, people, k, 2, generator=generator)


@torch.inference_mode()
@pytest.mark.parametrize("people", [1, 7])
@pytest.mark.parametrize("batch", [1, 2])
def test_corrections_are_answered_the_same(model: ClickPose, batch: int, people: int) -> None:
    memory = model.encode(photos(batch), padding() if batch == 2 else None)
    asked = corrections(batch, people, model.config)
    wanted = model.refine(memory, *asked)
    found = model.refine(memory, *asked, layers=model.joined_layers())
    assert not torch.equal(wanted.keypoints, asked[1])
    for name in ("logits", "boxes", "keypoints", "quality", "visibility"):
        mine, theirs = getattr(found, name), getattr(wanted, name)
        assert (mine is None) == (theirs is None)
        if theirs is not None:
            torch.testing.assert_close(mine, theirs, atol=TOLERANCE, rtol=0)
    pinned = asked[2]
    assert torch.equal(found.keypoints[pinned], asked[1][pinned])


@torch.inference_mode()
def test_the_first_pass_finds_the_same(model: ClickPose) -> None:
    memory = model.encode(photos(2), padding())
    wanted, found = model.detect(memory), model.detect(memory, model.joined_layers())
    torch.testing.assert_close(found.keypoints, wanted.keypoints, atol=TOLERANCE, rtol=0)
    torch.testing.assert_close(found.logits, wanted.logits, atol=1e-4, rtol=0)


@torch.inference_mode()
def test_they_keep_the_weights_of_the_moment_when_they_were_made() -> None:
    model = make_model(OURS)
    memory, layers = model.encode(photos(1), None), model.joined_layers()
    before = model.detect(memory, layers).keypoints
    for head in model.decoder.pose_heads:
        for parameter in head.parameters():
            parameter.zero_()
    assert torch.equal(model.detect(memory, layers).keypoints, before)
    assert not torch.equal(model.detect(memory, model.joined_layers()).keypoints, before)


@torch.inference_mode()
@pytest.mark.skipif(not packing.can_pack(torch.bfloat16), reason="no bfloat16 on this processor")
def test_in_bfloat16_they_answer_a_hundredth_beside_what_they_answer_else(
    model: ClickPose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_WORTH", 0)
    memory, asked = model.encode(photos(1), None), corrections(1, 2, model.config)
    exact, rough = (
        model.refine(memory, *asked, layers=model.joined_layers(dtype))
        for dtype in (torch.float32, torch.bfloat16)
    )
    pinned = asked[2]
    assert torch.equal(rough.keypoints[pinned], asked[1][pinned])
    assert rough.keypoints.dtype is torch.float32
    beside = (rough.keypoints - exact.keypoints)[~pinned].abs()
    moved = (exact.keypoints - asked[1])[~pinned].abs()
    assert 0 < beside.mean() < 0.02 * moved.mean()


@torch.inference_mode()
@pytest.mark.parametrize("size", ["reduced", "full"])
def test_they_reach_the_published_golden_numbers(size: str) -> None:
    require_golden()
    golden = load(size)
    memory = golden.model.encode(golden.images, golden.padding)
    layers = golden.model.joined_layers()
    found = golden.model.detect(memory, layers).keypoints.flatten(2)
    torch.testing.assert_close(found, golden["pred_keypoints"][..., :34], atol=1e-4, rtol=0)
    for number in (1, 2, 3):
        refined = golden.model.refine(
            memory,
            golden[f"auto_r{number}_grown_boxes"],
            golden[f"auto_r{number}_in_kpts"],
            golden[f"auto_r{number}_clicked"].bool(),
            hold_pinned=False,
            layers=layers,
        )
        wanted = golden[f"auto_r{number}_pred_keypoints"][..., :34]
        torch.testing.assert_close(refined.keypoints.flatten(2), wanted, atol=1e-4, rtol=0)
