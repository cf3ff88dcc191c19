from __future__ import annotations

import torch

from clickpose_app.network.corrections import LinkedCorrections

BOXES = torch.tensor([[[0.5, 0.5, 0.4, 0.8]]])


def linked() -> LinkedCorrections:
    """Three keypoints, of which the second follows the first by half."""
    links = LinkedCorrections(3)
    with torch.no_grad():
        links.share[1, 0] = 0.05
    return links


def step(moved: float, pinned: bool) -> torch.Tensor:
    far = torch.zeros(1, 1, 3, 2)
    far[0, 0, 0, 0] = moved
    held = torch.tensor([[[pinned, False, False]]])
    with torch.no_grad():
        out: torch.Tensor = linked()(far, held, BOXES)
    return out[0, 0]


def test_nobody_follows_before_training() -> None:
    moved = torch.rand(1, 1, 3, 2)
    assert (LinkedCorrections(3)(moved, torch.ones(1, 1, 3, dtype=torch.bool), BOXES) == 0).all()


def test_a_small_correction_takes_the_linked_keypoint_along() -> None:
    answer = step(0.004, pinned=True)
    torch.testing.assert_close(answer[1], torch.tensor([0.002, 0.0]), rtol=1e-2, atol=1e-6)
    assert (answer[2] == 0).all()


def test_a_large_correction_was_a_confusion_that_nobody_shares() -> None:
    assert step(0.4, pinned=True)[1].abs().max() < 0.001


def test_only_what_a_person_placed_counts() -> None:
    assert (step(0.004, pinned=False) == 0).all()
