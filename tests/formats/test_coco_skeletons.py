"""Files with another skeleton than COCO's keep it, and what is known of it comes along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_category import DEFAULT_SIGMA
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton


def read(tmp_path: Path, **category: Any) -> Skeleton:
    path = tmp_path / "file.json"
    entry = {"id": 1, "name": "person", **category}
    path.write_text(json.dumps({"images": [], "annotations": [], "categories": [entry]}))
    return read_coco(path).skeleton


@pytest.mark.parametrize("name", [name for name in BUILTIN_NAMES if name != "coco-17"])
def test_known_names_bring_what_is_known_and_keep_the_files_order(
    tmp_path: Path, name: str
) -> None:
    known = builtin_skeleton(name)
    names = known.keypoints[::-1]
    found = read(tmp_path, keypoints=list(names))
    assert found.keypoints == names
    assert found.sigmas == known.sigmas[::-1]
    assert found.figure == known.figure[::-1]
    assert [(names[a], names[b]) for a, b in found.limbs] == [
        (known.keypoints[a], known.keypoints[b]) for a, b in known.limbs
    ]
    assert {(names[a], names[b]) for a, b in found.pairs} == {
        (known.keypoints[a], known.keypoints[b]) for a, b in known.pairs
    }


def test_what_the_file_says_itself_wins(tmp_path: Path) -> None:
    known = builtin_skeleton("lsp-14")
    found = read(
        tmp_path,
        keypoints=list(known.keypoints),
        skeleton=[[1, 2]],
        sigmas=[0.5] * 14,
        flip_pairs=[[6, 1]],
    )
    assert (found.limbs, found.sigmas, found.pairs) == (((0, 1),), (0.5,) * 14, ((5, 0),))


def test_of_other_names_nothing_is_made_up(tmp_path: Path) -> None:
    found = read(tmp_path, keypoints=["head", "tail"])
    assert found.sigmas == (DEFAULT_SIGMA,) * 2
    assert (found.limbs, found.figure, found.colours) == ((), (), ())
