"""A skeleton that is being drawn up: it may contradict itself until it is finished."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clickpose_app.core.figure import figure_of
from clickpose_app.core.keypoint_map import meaning
from clickpose_app.core.skeleton import Skeleton

NEW_SIGMA = 0.07
"""For a joint of which nobody has measured how exactly it can be placed."""

Edge = tuple[int, int]


class DraftFlaw(enum.Enum):
    """What keeps a draft from being a skeleton."""

    NO_NAME = "no name"
    NO_JOINTS = "no joints"
    JOINT_WITHOUT_NAME = "joint without name"
    NAME_TWICE = "name twice"


@dataclass(frozen=True, slots=True)
class DraftJoint:
    """One joint of a draft.

    Attributes:
        name: may be empty, or another's too, for now.
        origin: its name in the skeleton that the draft began with; empty for a new joint.
        sigma: tolerance of OKS, above zero.
        colour: ``#rrggbb``, or empty for the colour of its side.
        x: on the figure, 0..1.
        y: on the figure, 0..1.
    """

    name: str
    origin: str = ""
    sigma: float = NEW_SIGMA
    colour: str = ""
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class SkeletonDraft:
    """Joints in their order, and how they belong together; every edit gives a new draft.

    Attributes:
        name: of the skeleton.
        joints: in order.
        limbs: pairs of indices that are joined by a line.
        twins: pairs of indices that mirror each other, in any order.
    """

    name: str
    joints: tuple[DraftJoint, ...] = ()
    limbs: tuple[Edge, ...] = ()
    twins: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, skeleton: Skeleton) -> SkeletonDraft:
        """Begin with a skeleton."""
        colours = skeleton.colours or ("",) * len(skeleton)
        joints = tuple(
            DraftJoint(name, name, sigma, colour, float(x), float(y))
            for name, sigma, colour, (x, y) in zip(
                skeleton.keypoints, skeleton.sigmas, colours, figure_of(skeleton), strict=True
            )
        )
        return cls(skeleton.name, joints, skeleton.limbs, skeleton.pairs)

    # Edits

    def with_name(self, name: str) -> SkeletonDraft:
        """Call the skeleton something else."""
        return replace(self, name=name)

    def with_joint(self, k: int, joint: DraftJoint) -> SkeletonDraft:
        """Put another joint in place of joint k."""
        return replace(self, joints=(*self.joints[:k], joint, *self.joints[k + 1 :]))

    def moved(self, k: int, x: float, y: float) -> SkeletonDraft:
        """Put joint k elsewhere on the figure; it stays inside."""
        x, y = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
        return self.with_joint(k, replace(self.joints[k], x=x, y=y))

    def added(self) -> SkeletonDraft:
        """Append a joint under a name that is free, in the middle of the figure."""
        taken = {joint.name for joint in self.joints}
        number = len(self.joints) + 1
        while f"joint_{number}" in taken:
            number += 1
        return replace(self, joints=(*self.joints, DraftJoint(f"joint_{number}")))

    def removed(self, k: int) -> SkeletonDraft:
        """Leave joint k out, with its limbs."""
        order = [i for i in range(len(self.joints)) if i != k]
        return self._ordered(order)

    def shifted(self, k: int, step: int) -> SkeletonDraft:
        """Move joint k up or down in the order by so many places; stays at the ends."""
        order = list(range(len(self.joints)))
        order.insert(min(max(k + step, 0), len(order) - 1), order.pop(k))
        return self._ordered(order)

    def with_limb_toggled(self, a: int, b: int) -> SkeletonDraft:
        """Join two joints by a limb, or take their limb away."""
        if a == b:
            return self
        rest = tuple(limb for limb in self.limbs if set(limb) != {a, b})
        joined = rest if len(rest) < len(self.limbs) else (*self.limbs, (a, b))
        return replace(self, limbs=joined)

    def with_twin(self, k: int, twin: int | None) -> SkeletonDraft:
        """Say which joint mirrors joint k; whoever mirrored either of them does no longer."""
        ends = {k, twin}
        rest = tuple(pair for pair in self.twins if not ends & set(pair))
        return replace(self, twins=rest if twin is None or twin == k else (*rest, (k, twin)))

    def twin(self, k: int) -> int | None:
        """The joint that mirrors joint k, if any."""
        for a, b in self.twins:
            if k in (a, b):
                return b if k == a else a
        return None

    # What becomes of it

    @property
    def flaw(self) -> tuple[DraftFlaw, str] | None:
        """What is wrong first, and the name that it is about; None if nothing is."""
        if not self.name.strip():
            return DraftFlaw.NO_NAME, ""
        if not self.joints:
            return DraftFlaw.NO_JOINTS, ""
        seen: set[str] = set()
        for number, joint in enumerate(self.joints, start=1):
            if not joint.name.strip():
                return DraftFlaw.JOINT_WITHOUT_NAME, str(number)
            if joint.name in seen:
                return DraftFlaw.NAME_TWICE, joint.name
            seen.add(joint.name)
        return None

    def skeleton(self) -> Skeleton:
        """The finished skeleton.

        Raises:
            ValueError: if the draft has a flaw.
        """
        return self._skeleton(self.name.strip(), tuple(joint.name for joint in self.joints))

    def preview(self) -> Skeleton | None:
        """The draft as it would look, whatever its names are; None while it has no joints."""
        if not self.joints:
            return None
        names: list[str] = []
        for joint in self.joints:
            name = joint.name
            while not name.strip() or name in names:
                name += "?"
            names.append(name)
        return self._skeleton(self.name, tuple(names))

    def _skeleton(self, name: str, keypoints: tuple[str, ...]) -> Skeleton:
        colours = tuple(joint.colour for joint in self.joints)
        return Skeleton(
            name=name,
            keypoints=keypoints,
            limbs=self.limbs,
            pairs=tuple(self._left_first(a, b) for a, b in self.twins),
            sigmas=tuple(joint.sigma for joint in self.joints),
            colours=colours if any(colours) else (),
            figure=tuple((joint.x, joint.y) for joint in self.joints),
        )

    def _left_first(self, a: int, b: int) -> Edge:
        for left, right in ((a, b), (b, a)):
            if "left" in meaning(self.joints[left].name):
                return left, right
        # The figure looks at us, so its left is on our right.
        return (a, b) if self.joints[a].x >= self.joints[b].x else (b, a)

    def _ordered(self, order: list[int]) -> SkeletonDraft:
        place = {old: new for new, old in enumerate(order)}

        def kept(edges: Iterable[Edge]) -> tuple[Edge, ...]:
            return tuple((place[a], place[b]) for a, b in edges if a in place and b in place)

        joints = tuple(self.joints[k] for k in order)
        return replace(self, joints=joints, limbs=kept(self.limbs), twins=kept(self.twins))
