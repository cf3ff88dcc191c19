"""Files of COCO results: read in any order of keypoints, refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.evaluation.coco_results import in_skeleton_order, poses_by_image, read_results
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import Dataset
from tests.formats.coco_samples import NAMES, category, data_set, written

FLAT = [float(n) for k in range(17) for n in (k, 2 * k, 1)]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return read_coco(written(tmp_path / "truth.json", data_set()))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "is no list of detections"),
        ("[1]", "is no list of detections"),
        ("[", "is no JSON"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_holds_no_results_is_named(
    text: str | None, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "results.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(FormatError, match=rf"results\.json {sentence}"):
        read_results(path)


@pytest.mark.parametrize(
    "fields",
    [
        {"keypoints": None},
        {"keypoints": "many"},
        {"keypoints": FLAT[:-1]},
        {"score": None},
        {"score": float("nan")},
        {"score": "high"},
    ],
)
def test_a_detection_that_lacks_something_is_named(
    fields: dict[str, Any], dataset: Dataset
) -> None:
    good = {"image_id": 1, "keypoints": FLAT, "score": 1}
    with pytest.raises(FormatError, match=r"r\.json: detection 1: it needs a score and 17"):
        in_skeleton_order(dataset, Path("t.json"), [good, good | fields], "r.json")


def test_results_of_another_data_set_are_refused(dataset: Dataset) -> None:
    stranger = {"image_id": 77, "keypoints": FLAT, "score": 1}
    with pytest.raises(FormatError, match=r"Detection 0: its image_id is none of t\.json"):
        in_skeleton_order(dataset, Path("t.json"), [stranger])


def test_keypoints_come_in_the_order_of_the_skeleton(tmp_path: Path) -> None:
    backwards = data_set(categories=[category(keypoints=list(reversed(NAMES)))])
    dataset = read_coco(written(tmp_path / "t.json", backwards))
    entry = {"image_id": 2, "keypoints": FLAT, "score": 0.5}
    (pose,) = poses_by_image(in_skeleton_order(dataset, Path("t.json"), [entry]))[2]
    assert pose.keypoints[:, 0].tolist() == list(range(16, -1, -1))
    assert (pose.score, pose.box.xywh) == (0.5, (0.0, 0.0, 16.0, 32.0))


def test_results_are_read_as_they_are(tmp_path: Path) -> None:
    entries = [{"image_id": 1, "keypoints": FLAT, "score": 1, "area": 3}]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(entries))
    assert read_results(path) == entries
