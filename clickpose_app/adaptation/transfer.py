"""A network for another skeleton that starts from what one for people knows.

Image features, attention and the heads that all keypoints share stay as they are. What a
network holds for each keypoint (its content, its size, its heat map) starts from the nearest
meaning: a keypoint of the same name is copied, one between such starts from its neighbours in
the graph of limbs, and one of a strange creature from an average joint, told apart from the
others by chance.

Shapes: K keypoints of the new skeleton, N of the old one, D width.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.network.clickpose import ClickPose

# What each limb on the way leaves of a neighbour's say.
_FADING = 0.5
# How far a joint that starts from others is moved away from them, in their own deviations.
_APART = 0.7
# What a limb passes on of a correction, before anything is learned.
_PASSED_ON = 0.4
# Heat maps of unknown joints begin almost flat.
_HEAT_SHARE = 0.1


def meaning_shares(new: Skeleton, old: Skeleton) -> tuple[FloatArray, FloatArray]:
    """From which old keypoints each new one starts.

    Args:
        new: K keypoints.
        old: N keypoints.

    Returns:
        Shares [K, N], each row adding up to 1, and how well each keypoint is known [K]: 1 where
        the name is the same, less for each limb to the nearest such one, 0 where none is near.
    """
    places = match_names(new.keypoints, old.keypoints)
    distance = limb_distances(new)
    shares = np.full((len(new), len(old)), 1.0 / len(old))
    known = np.zeros(len(new))
    anchors = [k for k, place in enumerate(places) if place is not None]
    for k in range(len(new)):
        near = {a: _FADING ** distance[k, a] for a in anchors if np.isfinite(distance[k, a])}
        if not near:
            continue
        closest = max(near.values())
        shares[k] = 0.0
        for anchor, weight in near.items():
            # Only the nearest: further ones are already said by them.
            place = places[anchor]
            if weight == closest and place is not None:
                shares[k, place] += weight
        shares[k] /= shares[k].sum()
        known[k] = closest
    return shares, known


def extends(new: Skeleton, old: Skeleton) -> bool:
    """Whether a skeleton has all keypoints of another one, and more."""
    places = match_names(new.keypoints, old.keypoints)
    return len(new) > len(old) and set(range(len(old))) <= set(places)


def limb_distances(skeleton: Skeleton) -> FloatArray:
    """How many limbs lie between any two keypoints [K, K]; infinite where no way leads."""
    count = len(skeleton)
    distance = np.full((count, count), np.inf)
    np.fill_diagonal(distance, 0.0)
    for a, b in skeleton.limbs:
        distance[a, b] = distance[b, a] = 1.0
    for via in range(count):
        distance = np.minimum(distance, distance[:, via, None] + distance[None, via])
    return distance


def adapted(
    base: ClickPose,
    old: Skeleton,
    new: Skeleton,
    mean_pose: FloatArray,
    *,
    people: int,
    seed: int,
    guarded: bool = False,
    skeleton_attention: bool = False,
    expected_errors: bool = False,
) -> ClickPose:
    """A network for the keypoints of new that starts from one for those of old.

    Args:
        base: a network with keypoint content shared by all ranks and a pose at each token.
        old: its skeleton.
        new: the skeleton to be learned.
        mean_pose: average pose in box units around the centre [K, 2], of the labels.
        people: whom the new network looks for in an image (its groups).
        seed: of what tells unknown keypoints apart.
        guarded: whether the keypoints of old, all of which must be among those of new, come out
            of the new network as they came out of the base.
        skeleton_attention: whether its keypoints attend to each other by the limbs between them.
        expected_errors: whether corrections are followed as its errors go together, instead of
            by shares that start from those of the base.
    """
    config = dataclasses.replace(
        base.config,
        keypoints=len(new),
        groups=people,
        guarded=guarded,
        skeleton_attention=skeleton_attention,
        expected_errors=expected_errors,
    )
    # A network of its own random start, so that the caller's dice stay as they are.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = ClickPose(config)
    shares, known = meaning_shares(new, old)
    starter = _Starter(
        torch.from_numpy(shares).float(),
        torch.from_numpy(known).float(),
        torch.Generator().manual_seed(seed),
    )
    state = base.state_dict()
    fresh = model.state_dict()
    before = state.pop("decoder.generation", torch.zeros(len(old)))
    for name, tensor in state.items():
        # Errors are those of a skeleton, and of what was learned of it.
        if name in fresh and not name.startswith("decoder.expected_errors."):
            fresh[name] = starter.part(name, tensor, fresh[name])
    fresh["queries.mean_pose"] = torch.from_numpy(mean_pose).float()
    if guarded:
        kept = starter.known >= 1.0
        carried = starter.mixed(torch.stack([*state["queries.mean_pose"].T, before], 1), apart=0.0)
        fresh["queries.mean_pose"][kept] = carried[kept, :2]
        fresh["decoder.generation"] = torch.where(kept, carried[:, 2], before.max() + 1)
    if "decoder.linked_corrections.share" in fresh.keys() & state.keys():
        fresh["decoder.linked_corrections.share"] = _linked(
            state["decoder.linked_corrections.share"], starter, limb_distances(new)
        )
    model.load_state_dict(fresh)
    if model.decoder.skeleton_bias is not None:
        model.decoder.skeleton_bias.tell_distances(torch.from_numpy(limb_distances(new)))
    return model


@dataclasses.dataclass(slots=True, eq=False)
class _Starter:
    """Makes each parameter of the new network from that of the old one.

    Attributes:
        shares: [K, N].
        known: [K].
        generator: of what tells unknown keypoints apart.
    """

    shares: Tensor
    known: Tensor
    generator: torch.Generator

    def part(self, name: str, old: Tensor, fresh: Tensor) -> Tensor:
        """A parameter or buffer by its name."""
        if name in ("decoder.keypoint_content", "decoder.keypoint_size"):
            return self.mixed(old, apart=_APART if "content" in name else 0.0)
        if name == "decoder.keypoint_label_content":
            # The first row belongs to no keypoint.
            return torch.cat([old[:1], self.mixed(old[1:], apart=_APART)])
        if name.startswith("heat_head.output.") or name.startswith("heat_head.correction."):
            return self._heat(name, old)
        if name.startswith("queries.pose_head.layers.2"):
            # Rows are x and y of each keypoint; unknown ones stay at the mean pose.
            pairs = self.mixed(torch.unflatten(old, 0, (-1, 2)), apart=0.0)
            return (pairs * _like(self.known >= 1.0, pairs)).flatten(0, 1)
        if name.endswith((".sharpness", ".prior", "linked_corrections.range")):
            return self.mixed(old, apart=0.0)
        return old if old.shape == fresh.shape else fresh

    def mixed(self, old: Tensor, *, apart: float) -> Tensor:
        """Rows [K, ...] from rows [N, ...]; apart moves those that are not known exactly."""
        rows: Tensor = torch.tensordot(self.shares, old, dims=([1], [0]))
        if apart > 0:
            noise = torch.randn(rows.shape, generator=self.generator) * old.std(0)
            rows = rows + apart * noise * _like((1 - self.known).clamp(0, 1).sqrt(), rows)
        return rows

    def _heat(self, name: str, old: Tensor) -> Tensor:
        rows: Tensor = self.mixed(old, apart=0.0)
        if name.endswith("bias"):
            return rows
        share = torch.where(self.known >= 1.0, 1.0, _HEAT_SHARE + 0.5 * self.known)
        noise = torch.randn(rows.shape, generator=self.generator) * old.std(0)
        unknown = _like((self.known < 1.0).float(), rows)
        return rows * _like(share, rows) + _HEAT_SHARE * noise * unknown


def _like(values: Tensor, rows: Tensor) -> Tensor:
    """Values [K] that multiply rows [K, ...]."""
    return values.float().view(-1, *[1] * (rows.ndim - 1))


def _linked(old: Tensor, starter: _Starter, distance: FloatArray) -> Tensor:
    """Shares of corrections [K, K]: those between known keypoints, else by the limbs between."""
    carried: Tensor = starter.shares @ old @ starter.shares.T
    exact = (starter.known >= 1.0).float()
    both = exact[:, None] * exact[None]
    near: Tensor = torch.from_numpy(_PASSED_ON**distance).float()
    near = near * (1 - torch.eye(len(near))) / 10.0  # the layer multiplies by ten
    return torch.where(both > 0, carried, near)
