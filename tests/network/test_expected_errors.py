"""Corrections are followed as the errors of the network go together."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from clickpose_app.network.expected_errors import ExpectedErrors
from tests.network.small_model import OURS, make_model

BOX = torch.tensor([[[0.5, 0.5, 0.4, 0.8]]])


def of_errors(errors: Tensor, known: Tensor | None = None) -> ExpectedErrors:
    """Three keypoints with such errors [P, 3, 2], in box sides."""
    expected = ExpectedErrors(3)
    expected.observe(errors, torch.ones(errors.shape[:2]) > 0 if known is None else known)
    return expected


def together(seed: int = 0) -> Tensor:
    """Errors of which the first two keypoints share nearly all, and the third nothing."""
    generator = torch.Generator().manual_seed(seed)
    errors = 0.04 * torch.randn(400, 3, 2, generator=generator)
    errors[:, 1] = errors[:, 0] + 0.1 * errors[:, 1]
    return errors


def answer(expected: ExpectedErrors, by: list[list[float]], pinned: list[bool]) -> Tensor:
    """Steps [3, 2] in box sides after a correction in box sides."""
    moved = torch.tensor(by)[None, None] * BOX[:, :, None, 2:]
    steps: Tensor = expected(moved, torch.tensor([[pinned]]), BOX)
    return (steps / BOX[:, :, None, 2:])[0, 0]


def test_nobody_follows_before_errors_were_seen() -> None:
    steps = answer(ExpectedErrors(3), [[0.04, 0], [0, 0], [0, 0]], [True, False, False])
    assert steps[1:].abs().max() == 0


def test_a_keypoint_follows_one_whose_errors_it_shares_and_no_other_does() -> None:
    steps = answer(of_errors(together()), [[0.04, 0.02], [0, 0], [0, 0]], [True, False, False])
    torch.testing.assert_close(steps[1], torch.tensor([0.036, 0.018]), atol=0.004, rtol=0)
    assert steps[2].abs().max() < 0.006


def test_what_an_earlier_correction_has_said_is_not_said_again() -> None:
    expected = of_errors(together())
    alone = answer(expected, [[0, 0], [0, 0], [0.04, 0]], [False, False, True])
    # The first was placed before: its twin is known by now, whatever the second correction is.
    after = answer(expected, [[0, 0], [0.04, 0], [0, 0]], [True, True, False])
    first = answer(expected, [[0.04, 0], [0, 0], [0, 0]], [True, False, False])
    assert first[1, 0] > 0.03 and alone[:2].abs().max() < 0.006
    assert after[2].abs().max() < 0.01


def test_a_correction_far_beyond_the_errors_counts_for_less() -> None:
    expected = of_errors(together())
    usual = answer(expected, [[0.05, 0], [0, 0], [0, 0]], [True, False, False])[1, 0]
    odd = answer(expected, [[0.5, 0], [0, 0], [0, 0]], [True, False, False])[1, 0]
    assert usual > 0.04 and odd < 0.2


def test_only_what_a_person_placed_counts() -> None:
    steps = answer(of_errors(together()), [[0.04, 0], [0, 0], [0, 0]], [False, False, False])
    assert steps.abs().max() == 0


def test_keypoints_without_a_label_say_nothing() -> None:
    errors, known = together(), torch.ones(400, 3) > 0
    errors[:, 1] = 9.0
    known[:, 1] = False
    steps = answer(of_errors(errors, known), [[0.04, 0], [0, 0], [0, 0]], [True, False, False])
    assert steps[1].abs().max() == 0 and np.isfinite(steps.numpy()).all()


def test_the_network_moves_the_others_along() -> None:
    model = make_model(dataclasses.replace(OURS, expected_errors=True))
    assert model.decoder.linked_corrections is None
    errors = model.decoder.expected_errors
    assert errors is not None
    keypoints = 0.3 + 0.4 * torch.rand(1, 1, 5, 2, generator=torch.Generator().manual_seed(1))
    pinned = torch.tensor([[[True, False, False, False, False]]])
    moved = torch.full((1, 1, 5, 2), 0.02) * pinned[..., None]
    before = model.decoder.refinement_queries(BOX, keypoints, pinned, moved).keypoints
    torch.testing.assert_close(before, keypoints)
    errors.observe(0.05 * torch.randn(50, 1, 2).expand(-1, 5, -1), torch.ones(50, 5) > 0)
    after = model.decoder.refinement_queries(BOX, keypoints, pinned, moved).keypoints
    assert (after[0, 0, 0] == keypoints[0, 0, 0]).all()
    assert ((after - keypoints)[0, 0, 1:] > 0.01).all()


def test_pose_layers_have_no_say_of_who_was_corrected_and_all_of_whom_nobody_was() -> None:
    model = make_model(dataclasses.replace(OURS, expected_errors=True))
    memory = model.encode(torch.rand(1, 3, 64, 64), None)
    keypoints = 0.3 + 0.4 * torch.rand(1, 1, 5, 2, generator=torch.Generator().manual_seed(1))
    nothing = torch.zeros(1, 1, 5, dtype=torch.bool)
    first = torch.tensor([[[True, False, False, False, False]]])
    with torch.no_grad():
        held = model.refine(memory, BOX, keypoints, first, torch.zeros(1, 1, 5, 2))
        free = model.refine(memory, BOX, keypoints, nothing, torch.zeros(1, 1, 5, 2))
    torch.testing.assert_close(held.keypoints, keypoints)
    torch.testing.assert_close(held.boxes, BOX)
    assert ((free.keypoints - keypoints).abs() > 1e-4).any()
