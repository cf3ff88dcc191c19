"""A network for another skeleton that starts from what one for people knows."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch

from clickpose_app.adaptation.transfer import adapted, limb_distances, meaning_shares
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.network.small_model import OURS, make_model

COCO = builtin_skeleton()


def base() -> ClickPose:
    return make_model(dataclasses.replace(OURS, keypoints=17))


def shuffled() -> tuple[Skeleton, list[int]]:
    """COCO's keypoints in another order, and where each comes from."""
    order = [int(k) for k in np.random.default_rng(0).permutation(17)]
    names = tuple(COCO.keypoints[k] for k in order)
    sigmas = tuple(COCO.sigmas[k] for k in order)
    return Skeleton("shuffled", names, (), (), sigmas), order


def test_the_same_keypoints_in_another_order_are_placed_the_same() -> None:
    old = base()
    skeleton, order = shuffled()
    mean = old.queries.mean_pose.detach()[order].double().numpy()
    new = adapted(old, COCO, skeleton, mean, people=old.config.groups, seed=1).eval()
    images = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        found, again = (m.detect(m.encode(images, None)) for m in (old, new))
    torch.testing.assert_close(found.keypoints[:, :, order], again.keypoints)
    torch.testing.assert_close(found.boxes, again.boxes)


def test_a_correction_moves_the_same_keypoints_in_another_order() -> None:
    old = base()
    skeleton, order = shuffled()
    new = adapted(old, COCO, skeleton, np.zeros((17, 2)), people=6, seed=1).eval()
    images, box = torch.rand(1, 3, 64, 64), torch.tensor([[[0.5, 0.5, 0.6, 0.6]]])
    keypoints = 0.3 + 0.4 * torch.rand(1, 1, 17, 2)
    pinned = torch.zeros(1, 1, 17, dtype=torch.bool)
    pinned[..., 3] = True
    moved = torch.full((1, 1, 17, 2), 0.05) * pinned[..., None]
    with torch.no_grad():
        a = old.refine(old.encode(images, None), box, keypoints, pinned, moved)
        b = new.refine(
            new.encode(images, None),
            box,
            keypoints[:, :, order],
            pinned[:, :, order],
            moved[:, :, order],
        )
    torch.testing.assert_close(a.keypoints[:, :, order], b.keypoints)


def test_a_keypoint_without_a_twin_starts_from_its_neighbours_on_the_skeleton() -> None:
    names = ("left_knee", "left_shin", "left_ankle", "left_toe")
    skeleton = Skeleton("leg", names, ((0, 1), (1, 2), (2, 3)), (), (0.1,) * 4)
    shares, known = meaning_shares(skeleton, COCO)
    knee, ankle = COCO.index("left_knee"), COCO.index("left_ankle")
    assert shares[0, knee] == 1 and shares[2, ankle] == 1
    assert shares[1, knee] == shares[1, ankle] == 0.5
    assert shares[3, ankle] == 1
    assert known[0] == 1 > known[3] > 0


def test_joints_of_a_strange_creature_are_told_apart_from_the_first() -> None:
    strange = Skeleton("wheel", ("a1", "b1", "c1"), (), (), (0.1,) * 3)
    shares, known = meaning_shares(strange, COCO)
    assert (known == 0).all() and np.allclose(shares, 1 / 17)
    new = adapted(base(), COCO, strange, np.zeros((3, 2)), people=4, seed=1)
    contents = new.decoder.keypoint_content
    assert contents.shape == (3, OURS.d_model)
    assert float(torch.pdist(contents.detach()).min()) > 1.0


def test_distances_count_limbs() -> None:
    skeleton = Skeleton("y", ("a", "b", "c", "d"), ((0, 1), (1, 2)), (), (0.1,) * 4)
    distance = limb_distances(skeleton)
    assert distance[0, 2] == 2 and distance[2, 0] == 2 and np.isinf(distance[0, 3])
