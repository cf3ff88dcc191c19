from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
    new_person_id,
)
from clickpose_app.core.geometry import Box, keypoint_similarity
from clickpose_app.errors import FormatError
from clickpose_app.evaluation.agreement import Agreement, agreement
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.skeletons import builtin_skeleton

SKELETON = builtin_skeleton()
NAMES = (Path("a.json"), Path("b.json"))


def somebody(x: float, *, moved: dict[int, float] | None = None, hidden: int = -1) -> Person:
    """17 joints below each other at x; some moved to the right, one not labelled."""
    keypoints = tuple(
        Keypoint(
            x + (moved or {}).get(k, 0.0),
            10.0 + 5 * k,
            Visibility.UNLABELLED if k == hidden else Visibility.VISIBLE,
            Source.HUMAN,
        )
        for k in range(len(SKELETON))
    )
    return Person(new_person_id(), keypoints, Box(x - 20, 0, x + 20, 100), Source.HUMAN)


def compared(own: dict[str, list[Person]], theirs: dict[str, list[Person]]) -> Agreement:
    def dataset(images: dict[str, list[Person]]) -> Dataset:
        return Dataset(
            SKELETON,
            tuple(
                DatasetImage(i, name, 400, 300, ImageAnnotation(tuple(people), ImageState.EDITED))
                for i, (name, people) in enumerate(images.items(), start=1)
            ),
        )

    return agreement(dataset(own), dataset(theirs), NAMES)


def test_the_same_people_in_another_order_agree_wholly() -> None:
    found = compared({"a": [somebody(50), somebody(200)]}, {"a": [somebody(200), somebody(50)]})
    assert (found.images, found.pairs, found.only, found.oks) == (1, 2, (0, 0), 1.0)
    assert all(joint["similarity"] == 1.0 for joint in found.joints.values())
    assert "differ most" not in found.as_text()


def test_a_moved_joint_shows_in_its_row_alone() -> None:
    wrist = SKELETON.index("left_wrist")
    found = compared({"a": [somebody(50)]}, {"a": [somebody(50, moved={wrist: 6.0})]})
    area = 0.53 * 40 * 100
    expected = keypoint_similarity(
        np.zeros((1, 2)), np.array([[6.0, 0.0]]), area, np.array([SKELETON.sigmas[wrist]])
    )[0]
    assert found.joints["left_wrist"]["similarity"] == pytest.approx(expected)
    assert found.joints["left_wrist"]["pixels"] == pytest.approx(6.0)
    assert found.joints["nose"]["pixels"] == 0.0
    assert found.oks == pytest.approx((16 + expected) / 17)


def test_what_only_one_labelled_is_no_agreement() -> None:
    found = compared({"a": [somebody(50)]}, {"a": [somebody(50, hidden=0)]})
    assert found.oks == pytest.approx(16 / 17)
    nose = found.joints["nose"]
    assert (nose["pairs"], nose["same_visibility"], nose["similarity"]) == (0, 0.0, None)


def test_somebody_whom_one_misses_counts_nothing_and_names_the_image() -> None:
    found = compared(
        {"good": [somebody(50)], "bad": [somebody(50), somebody(300)], "mine": []},
        {"good": [somebody(50)], "bad": [somebody(50)], "yours": []},
    )
    assert (found.images, found.pairs, found.only) == (2, 2, (1, 0))
    assert found.worst == [("bad", 0.5), ("good", 1.0)]
    assert "0.500  bad" in found.as_text()
    assert json.loads(json.dumps(found.as_json()))["pairs"] == 2


def test_files_without_a_common_image_are_named() -> None:
    with pytest.raises(FormatError, match=r"a\.json and b\.json have no image in common"):
        compared({"a": []}, {"b": []})


def test_files_with_other_keypoints_are_named() -> None:
    other = replace(SKELETON, keypoints=tuple(f"p{k}" for k in range(17)))
    with pytest.raises(FormatError, match="different keypoints"):
        agreement(Dataset(SKELETON, ()), Dataset(other, ()), NAMES)
