from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.storage.skeletons import builtin_skeleton, read_skeleton

TINY: dict[str, Any] = {
    "name": "tiny",
    "keypoints": ["nose", "left_hand", "right_hand"],
    "limbs": [["nose", "left_hand"]],
    "pairs": [["left_hand", "right_hand"]],
    "sigmas": [0.1, 0.2, 0.2],
}


def test_the_shipped_skeleton_is_cocos() -> None:
    skeleton = builtin_skeleton()
    assert (skeleton.name, len(skeleton)) == ("coco-17", 17)
    assert skeleton.keypoints[0] == "nose"
    for left, right in skeleton.pairs:
        assert skeleton.keypoints[left].replace("left", "right") == skeleton.keypoints[right]


def test_limbs_and_pairs_are_read_by_name(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(TINY))
    skeleton = read_skeleton(path)
    assert (skeleton.limbs, skeleton.pairs) == (((0, 1),), ((1, 2),))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"limbs": [["nose", "tail"]]}, "unknown keypoint 'tail'"),
        ({"sigmas": [0.1]}, "1 sigmas for 3 keypoints"),
        ({"sigmas": "wide"}, r"\$\.sigmas"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_skeleton_file_is_named_with_its_fault(
    tmp_path: Path, change: dict[str, Any], complaint: str
) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(TINY | change))
    with pytest.raises(FormatError, match=complaint) as caught:
        read_skeleton(path)
    assert str(path) in caught.value.message


def test_a_missing_skeleton_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.json"):
        read_skeleton(tmp_path / "none.json")
