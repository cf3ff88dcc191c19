"""Which joints make a limb, found from a skeleton's lines and left/right pairs alone."""

from __future__ import annotations

from collections import deque

from clickpose_app.core.skeleton import Skeleton


def hanging_from(skeleton: Skeleton, k: int) -> tuple[int, ...]:
    """Joint k of a left or right side, and what hangs from it, in skeleton order.

    Limbs begin where a side meets the rest of the body: at joints with a line to their twin
    (shoulders, hips) or to a joint of neither side. From there each joint of the side hangs
    from its neighbour on the shortest way. So from the shoulder hangs the arm, from the elbow
    the wrist, from the eye the ear; the hip begins a limb of its own. A joint of neither side
    has nothing hanging from it that could be exchanged.

    Raises:
        IndexError: for a keypoint that the skeleton does not have.
    """
    if not 0 <= k < len(skeleton):
        raise IndexError(f"no keypoint {k} among {len(skeleton)}")
    side = skeleton.side(k)
    if side == "centre":
        return ()
    parents = _parents(skeleton, side)
    found = []
    for joint in parents:
        above: int | None = joint
        while above is not None and above != k:
            above = parents[above]
        if above == k:
            found.append(joint)
    return tuple(sorted(found))


def limb_mirrored(skeleton: Skeleton, k: int) -> tuple[int, ...]:
    """Skeleton.mirrored for just the limb that hangs from joint k, and its twin.

    Edits.swap_sides takes it; it exchanges nothing where k is of neither side.

    Raises:
        IndexError: for a keypoint that the skeleton does not have.
    """
    twins = skeleton.mirrored
    order = list(range(len(skeleton)))
    for joint in hanging_from(skeleton, k):
        order[joint], order[twins[joint]] = twins[joint], joint
    return tuple(order)


def _parents(skeleton: Skeleton, side: str) -> dict[int, int | None]:
    """For each joint of one side the one that it hangs from; None where a limb begins."""
    joints = [k for k in range(len(skeleton)) if skeleton.side(k) == side]
    neighbours: dict[int, list[int]] = {k: [] for k in joints}
    roots = set()
    for a, b in skeleton.limbs:
        for near, far in ((a, b), (b, a)):
            if near not in neighbours:
                continue
            if far in neighbours:
                neighbours[near].append(far)
            elif far == skeleton.mirrored[near] or skeleton.side(far) == "centre":
                roots.add(near)
    parents: dict[int, int | None] = dict.fromkeys(sorted(roots))
    waiting = deque(parents)
    for joint in joints:
        # What no line joins to the body (a hand drawn for itself) hangs from its first joint.
        _grow(parents, waiting, neighbours)
        if joint not in parents:
            parents[joint] = None
            waiting.append(joint)
    _grow(parents, waiting, neighbours)
    return parents


def _grow(
    parents: dict[int, int | None], waiting: deque[int], neighbours: dict[int, list[int]]
) -> None:
    """Walk outwards; where two ways are equally short, the limb listed first has the joint."""
    while waiting:
        joint = waiting.popleft()
        for other in sorted(neighbours[joint]):
            if other not in parents:
                parents[other] = joint
                waiting.append(other)
