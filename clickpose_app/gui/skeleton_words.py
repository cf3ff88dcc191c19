"""Sentences about skeletons: their joints in words, and what a change of skeleton does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.texts import text, tr

_NAMED = 4  # joints that a sentence names before it only counts the others

# What the shipped skeletons call their joints; those of other skeletons stay as they are.
_JOINTS = frozenset(
    (
        text("nose"),
        text("head"),
        text("head top"),
        text("neck"),
        text("upper neck"),
        text("thorax"),
        text("pelvis"),
        text("hip"),
        text("face"),
        text("wrist"),
        text("thumb"),
        text("forefinger"),
        text("middle finger"),
        text("ring finger"),
        text("pinky finger"),
        text("left eye"),
        text("right eye"),
        text("left ear"),
        text("right ear"),
        text("left shoulder"),
        text("right shoulder"),
        text("left elbow"),
        text("right elbow"),
        text("left wrist"),
        text("right wrist"),
        text("left hip"),
        text("right hip"),
        text("left knee"),
        text("right knee"),
        text("left ankle"),
        text("right ankle"),
        text("left big toe"),
        text("right big toe"),
        text("left small toe"),
        text("right small toe"),
        text("left heel"),
        text("right heel"),
        text("left finger"),
        text("right finger"),
        text("left toe"),
        text("right toe"),
        text("left hand root"),
        text("right hand root"),
        text("left thumb"),
        text("right thumb"),
        text("left forefinger"),
        text("right forefinger"),
        text("left middle finger"),
        text("right middle finger"),
        text("left ring finger"),
        text("right ring finger"),
        text("left pinky finger"),
        text("right pinky finger"),
    )
)


def joint_name(keypoint: str) -> str:
    """A keypoint's name as a person reads it."""
    words = keypoint.replace("_", " ")
    # Those of a finger or a face are counted: left_thumb1, face-12.
    joint = words.rstrip("-0123456789")
    return tr(joint) + words[len(joint) :] if joint in _JOINTS else words


def joint_names(keypoints: Sequence[str]) -> str:
    """A few names, and how many others there are."""
    # One more name takes no more room than saying that there is one more.
    count = len(keypoints) if len(keypoints) <= _NAMED + 1 else _NAMED
    shown = ", ".join(joint_name(keypoint) for keypoint in keypoints[:count])
    more = len(keypoints) - count
    return tr("{names} and %n more", more).format(names=shown) if more else shown


def by_hand_sentence(unknown: Sequence[str]) -> str:
    """Which joints a person has to place; empty when the network knows all."""
    if not unknown:
        return ""
    return tr("Place by hand: {joints}.").format(joints=joint_names(unknown))


def network_sentence(project: Skeleton, network: Skeleton | None) -> str:
    """How much of a skeleton the network predicts; empty while no network is there."""
    if network is None:
        return ""
    between = KeypointMap.between(project, network)
    if between.shared == 0:
        return tr("The network knows none of these joints: all are placed by hand.")
    if not between.unknown:
        return tr("The network predicts all of these joints.")
    sentence = tr("The network predicts {shared} of these joints.").format(shared=between.shared)
    return f"{sentence} {by_hand_sentence(between.unknown)}"


def change_sentence(change: Reskeleton) -> str:
    """What happens to the project's joints."""
    gone = [change.old.keypoints[k] for k in change.removed]
    sentences = []
    if gone:
        sentences.append(tr("Takes out: {joints}.").format(joints=joint_names(gone)))
    if change.added:
        sentences.append(tr("Adds: {joints}.").format(joints=joint_names(change.added)))
    return "\n".join(sentences) or tr("Keeps the same joints.")


def removal_sentence(change: Reskeleton, labelled: Mapping[str, int]) -> str:
    """How many labelled joints leave the project; empty if nobody has any."""
    gone = [change.old.keypoints[k] for k in change.removed]
    count = sum(labelled[name] for name in gone)
    if count == 0:
        return ""
    worst = sorted((name for name in gone if labelled[name]), key=lambda name: -labelled[name])
    sentence = tr("Labelled joints that leave the project: {count:,} ({joints}).")
    return sentence.format(count=count, joints=joint_names(worst))
