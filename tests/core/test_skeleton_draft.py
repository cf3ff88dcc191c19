"""A skeleton on the drawing board."""

from __future__ import annotations

import pytest

from clickpose_app.core.skeleton_draft import DraftFlaw, DraftJoint, SkeletonDraft
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_a_draft_of_a_skeleton_is_that_skeleton(name: str) -> None:
    skeleton = builtin_skeleton(name)
    assert SkeletonDraft.of(skeleton).skeleton() == skeleton


def test_moving_a_joint_through_the_order_keeps_who_belongs_together() -> None:
    draft = SkeletonDraft.of(builtin_skeleton())
    limbs = {frozenset(builtin_skeleton().keypoints[k] for k in limb) for limb in draft.limbs}
    for k, step in ((0, 5), (16, -9), (3, 100), (5, -100)):
        draft = draft.shifted(k, step)
    moved = draft.skeleton()
    assert moved.keypoints != builtin_skeleton().keypoints
    assert {frozenset(moved.keypoints[k] for k in limb) for limb in moved.limbs} == limbs
    for left, right in moved.pairs:
        assert moved.keypoints[left].replace("left", "right") == moved.keypoints[right]


def test_a_new_joint_has_a_name_that_is_free() -> None:
    draft = SkeletonDraft("mine", (DraftJoint("joint_2"),)).added()
    assert [joint.name for joint in draft.joints] == ["joint_2", "joint_3"]


def test_without_names_the_left_twin_is_on_the_figures_left() -> None:
    joints = (DraftJoint("a", x=0.2), DraftJoint("b", x=0.8))
    assert SkeletonDraft("mine", joints, twins=((0, 1),)).skeleton().pairs == ((1, 0),)


def test_a_joint_has_one_twin_at_most() -> None:
    draft = SkeletonDraft("mine", tuple(DraftJoint(n) for n in "abcd"), twins=((0, 1), (2, 3)))
    assert draft.with_twin(1, 2).twins == ((1, 2),)
    assert draft.with_twin(0, None).twins == ((2, 3),)
    assert draft.with_twin(0, 0).twins == ((2, 3),)


@pytest.mark.parametrize(
    ("draft", "flaw"),
    [
        (SkeletonDraft(" ", (DraftJoint("a"),)), (DraftFlaw.NO_NAME, "")),
        (SkeletonDraft("mine"), (DraftFlaw.NO_JOINTS, "")),
        (
            SkeletonDraft("m", (DraftJoint("a"), DraftJoint(""))),
            (DraftFlaw.JOINT_WITHOUT_NAME, "2"),
        ),
        (SkeletonDraft("m", (DraftJoint("a"), DraftJoint("a"))), (DraftFlaw.NAME_TWICE, "a")),
    ],
)
def test_a_flaw_is_named_and_the_preview_is_there_all_the_same(
    draft: SkeletonDraft, flaw: tuple[DraftFlaw, str]
) -> None:
    assert draft.flaw == flaw
    preview = draft.preview()
    assert (preview is None) == (not draft.joints)
