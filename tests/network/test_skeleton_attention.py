"""Attention between joints, biased by the limbs between them."""

from __future__ import annotations

import dataclasses

import torch

from clickpose_app.network.skeleton_attention import FURTHEST, SkeletonBias
from tests.network.small_model import OURS, make_model


def test_published_weights_and_the_shipped_model_have_none() -> None:
    assert not any("skeleton_bias" in name for name in make_model(OURS).state_dict())


def test_before_learning_it_changes_nothing() -> None:
    plain = make_model(OURS)
    biased = make_model(dataclasses.replace(OURS, skeleton_attention=True))
    missing, unexpected = biased.load_state_dict(plain.state_dict(), strict=False)
    assert not unexpected and all(name.startswith("decoder.skeleton_bias") for name in missing)
    assert biased.decoder.skeleton_bias is not None
    with torch.no_grad():
        biased.decoder.skeleton_bias.share.zero_()
        images = torch.rand(1, 3, 64, 64)
        found, again = (m.detect(m.encode(images, None)) for m in (plain, biased))
    torch.testing.assert_close(found.keypoints, again.keypoints)


def test_training_and_use_attend_alike() -> None:
    model = make_model(dataclasses.replace(OURS, skeleton_attention=True))
    assert model.decoder.skeleton_bias is not None
    with torch.no_grad():
        model.decoder.skeleton_bias.share.add_(0.3 * torch.randn(2, 4, FURTHEST + 2))
    images = torch.rand(1, 3, 64, 64)
    learning = model.detect(model.encode(images, None))
    with torch.no_grad():
        used = model.detect(model.encode(images, None))
    torch.testing.assert_close(learning.keypoints, used.keypoints, rtol=0, atol=1e-5)


def test_each_distance_has_a_bias_of_its_own_and_the_box_has_none() -> None:
    bias = SkeletonBias(2, 3, 3)
    far = float("inf")
    bias.tell_distances(torch.tensor([[0.0, 1.0, far], [1.0, 0.0, 40.0], [far, 40.0, 0.0]]))
    with torch.no_grad():
        bias.share[1, 2] = torch.arange(FURTHEST + 2.0) / 5
        found = bias(1)
    assert found.shape == (3, 4, 4) and (found[:2] == 0).all()
    assert (found[2, 0] == 0).all() and (found[2, :, 0] == 0).all()
    expected = torch.tensor([[0.0, 1.0, 7.0], [1.0, 0.0, 6.0], [7.0, 6.0, 0.0]])
    torch.testing.assert_close(found[2, 1:, 1:], expected)
