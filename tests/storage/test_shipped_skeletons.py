"""Every skeleton that is shipped holds together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import (
    BUILTIN_NAMES,
    builtin_skeleton,
    known_skeleton,
    read_skeleton,
    with_known_looks,
    write_skeleton,
)

COUNTS = {
    "coco-17": 17,
    "lsp-14": 14,
    "crowdpose-14": 14,
    "mpii-16": 16,
    "human-art-21": 21,
    "halpe-26": 26,
    "coco-wholebody-133": 133,
    "hand-21": 21,
    "face-68": 68,
}

# A face is eight separate lines: jaw, brows, nose, eyes, lips outside and inside.
PARTS = {"face-68": 8, "coco-wholebody-133": 9}

every = pytest.mark.parametrize("name", BUILTIN_NAMES)


def parts(skeleton: Skeleton) -> int:
    """How many pieces the limbs join the keypoints to; a keypoint without limbs is one."""
    piece = list(range(len(skeleton)))
    for a, b in skeleton.limbs:
        piece = [piece[a] if p == piece[b] else p for p in piece]
    return len(set(piece))


def test_every_file_is_offered_and_every_offer_is_a_file() -> None:
    files = {path.stem for path in (resources_dir() / "skeletons").glob("*.json")}
    assert files == set(BUILTIN_NAMES) == set(COUNTS)


@every
def test_names_sigmas_and_figure_are_complete(name: str) -> None:
    skeleton = builtin_skeleton(name)
    assert skeleton.name == name
    assert len(skeleton) == len(skeleton.sigmas) == len(skeleton.figure) == COUNTS[name]
    assert len(set(skeleton.keypoints)) == len(skeleton)
    assert len(set(skeleton.figure)) == len(skeleton)  # each joint can be grabbed


@every
def test_limbs_join_all_keypoints(name: str) -> None:
    skeleton = builtin_skeleton(name)
    assert parts(skeleton) == PARTS.get(name, 1)
    assert {end for limb in skeleton.limbs for end in limb} == set(range(len(skeleton)))
    assert len({frozenset(limb) for limb in skeleton.limbs}) == len(skeleton.limbs)


@pytest.mark.parametrize("name", [name for name in BUILTIN_NAMES if name != "hand-21"])
def test_the_figure_is_its_own_mirror_image(name: str) -> None:
    skeleton = builtin_skeleton(name)
    figure = np.array(skeleton.figure)
    np.testing.assert_allclose(
        figure[list(skeleton.mirrored)], figure * (-1, 1) + (1, 0), atol=1e-9
    )
    for left, right in skeleton.pairs:
        # It looks at us, so its left is on our right.
        assert figure[left, 0] > figure[right, 0]


@every
def test_left_is_paired_with_right(name: str) -> None:
    skeleton = builtin_skeleton(name)
    pairs = {(skeleton.keypoints[a], skeleton.keypoints[b]) for a, b in skeleton.pairs}
    for keypoint in skeleton.keypoints:
        if "left" in keypoint:
            assert (keypoint, keypoint.replace("left", "right")) in pairs


@every
def test_limbs_are_mirrored_too(name: str) -> None:
    skeleton = builtin_skeleton(name)
    limbs = {frozenset(limb) for limb in skeleton.limbs}
    mirrored = skeleton.mirrored
    assert {frozenset(mirrored[end] for end in limb) for limb in limbs} == limbs


def test_the_same_joint_has_the_same_name_and_the_published_tolerance_everywhere() -> None:
    coco = builtin_skeleton()
    for name in BUILTIN_NAMES[:7]:
        other = builtin_skeleton(name)
        shared = set(coco.keypoints) & set(other.keypoints)
        assert len(shared) >= 12
        for keypoint in shared:
            assert other.sigmas[other.index(keypoint)] == coco.sigmas[coco.index(keypoint)]
            assert other.figure[other.index(keypoint)] == coco.figure[coco.index(keypoint)]


def test_published_tolerances_are_as_published() -> None:
    body = builtin_skeleton("coco-wholebody-133")
    assert body.sigmas[:17] == builtin_skeleton().sigmas
    assert body.sigmas[17:23] == (0.068, 0.066, 0.066, 0.092, 0.094, 0.094)
    assert body.sigmas[23:91] == builtin_skeleton("face-68").sigmas
    assert body.sigmas[91:112] == body.sigmas[112:] == builtin_skeleton("hand-21").sigmas
    crowd = builtin_skeleton("crowdpose-14")
    assert crowd.sigmas[crowd.index("neck")] == crowd.sigmas[crowd.index("head_top")] == 0.079


@every
def test_a_skeleton_survives_its_file(name: str, tmp_path: Path) -> None:
    skeleton = builtin_skeleton(name)
    path = tmp_path / "copy.json"
    write_skeleton(path, skeleton)
    assert read_skeleton(path) == skeleton


def test_a_skeleton_is_known_by_its_names_in_any_order() -> None:
    skeleton = builtin_skeleton("lsp-14")
    assert known_skeleton(skeleton.keypoints[::-1]) == skeleton
    assert known_skeleton(("head", "tail")) is None


def test_a_figure_is_found_for_a_skeleton_that_came_without() -> None:
    coco = builtin_skeleton()
    assert with_known_looks(coco.anatomy) == coco
    spelt = Skeleton("mine", ("RightAnkle", "left ankle"), (), (), (0.1, 0.1))
    places = match_names(("right_ankle", "left_ankle"), coco.keypoints)
    assert with_known_looks(spelt).figure == tuple(coco.figure[k] for k in places if k is not None)
    unknown = Skeleton("mine", ("head", "tail"), (), (), (0.1, 0.1))
    assert with_known_looks(unknown) == unknown


def test_a_skeleton_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none.*mine\.json cannot be written"):
        write_skeleton(tmp_path / "none" / "mine.json", builtin_skeleton())
