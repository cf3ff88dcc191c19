from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import nn

from clickpose_app.training.calibration import fit
from tests.network.small_model import OURS, make_model


def test_modest_scores_are_raised_to_the_share_that_is_right() -> None:
    generator = torch.Generator().manual_seed(0)
    true_logits = 4 * torch.rand(20_000, generator=generator) - 2
    qualities = 0.3 + 0.7 * torch.rand(20_000, generator=generator)
    right = torch.rand(20_000, generator=generator) < true_logits.sigmoid() * qualities
    assert fit(true_logits - 1.5, qualities, right) == pytest.approx(1.5, abs=0.1)


def test_nothing_moves_scores_without_bounds() -> None:
    logits, qualities = torch.zeros(10), torch.ones(10)
    assert -3 <= fit(logits, qualities, torch.zeros(10, dtype=torch.bool)) < -2.9


def test_a_network_that_finds_nobody_keeps_its_scores() -> None:
    assert fit(torch.zeros(0), torch.zeros(0), torch.zeros(0, dtype=torch.bool)) == 0.0


def test_the_last_class_head_decides_the_score() -> None:
    model = make_model(dataclasses.replace(OURS, keypoints=17))
    with torch.inference_mode():
        memory = model.encode(torch.randn(1, 3, 64, 64), None)
        before = model.detect(memory)
    head = model.decoder.class_heads[-1]
    assert isinstance(head, nn.Linear)
    with torch.no_grad():
        head.weight[1] *= 2.0
        head.bias[1] = head.bias[1] * 2.0 + 1.0
    with torch.inference_mode():
        after = model.detect(memory)
    torch.testing.assert_close(after.logits[..., 1], 2 * before.logits[..., 1] + 1)
    assert torch.equal(after.keypoints, before.keypoints)
