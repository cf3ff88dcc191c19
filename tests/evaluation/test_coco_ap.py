"""COCO AP over any predictor."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.evaluation.coco_ap import METRICS, evaluate_coco
from tests.formats.coco_samples import NAMES, category, data_set, person, written

LARGE = [100.0, 100.0, 200.0, 200.0]
MEDIUM = [400.0, 100.0, 50.0, 80.0]


def standing(bbox: list[float], v: int = 2) -> list[float]:
    """Keypoints spread over a box."""
    x, y, w, h = bbox
    return [n for k in range(17) for n in (x + w * (k % 5) / 4, y + h * k / 16, v)]


def truth(number: int, bbox: list[float], **fields: Any) -> dict[str, Any]:
    area = 0.53 * bbox[2] * bbox[3]
    return person(number, bbox=bbox, keypoints=standing(bbox), area=area) | fields


def found(bbox: list[float], score: float = 0.9, **fields: Any) -> dict[str, Any]:
    entry = {"image_id": 1, "category_id": 1, "keypoints": standing(bbox), "score": score}
    return entry | fields


@pytest.fixture
def two_people(tmp_path: Path) -> Path:
    return written(
        tmp_path / "truth.json", data_set(annotations=[truth(1, LARGE), truth(2, MEDIUM)])
    )


def test_finding_everybody_exactly_is_perfect(two_people: Path) -> None:
    figures = evaluate_coco(two_people, [found(LARGE), found(MEDIUM)])
    assert figures == pytest.approx(dict.fromkeys(METRICS, 1))
    assert tuple(figures) == ("AP", "AP50", "AP75", "APM", "APL", "AR")


def test_finding_nobody_is_zero(two_people: Path) -> None:
    assert set(evaluate_coco(two_people, []).values()) == {0}


def test_finding_one_of_two_is_half(two_people: Path) -> None:
    figures = evaluate_coco(two_people, [found(LARGE)])
    assert figures["AR"] == 0.5
    assert figures["APL"] == pytest.approx(1)
    assert figures["APM"] == 0


def test_a_false_alarm_with_a_higher_score_costs(two_people: Path) -> None:
    alarm = found([10.0, 300.0, 100.0, 100.0], score=0.99)
    figures = evaluate_coco(two_people, [alarm, found(LARGE), found(MEDIUM)])
    assert figures["AP"] < 0.8


def test_what_is_found_in_a_crowd_counts_neither_way(tmp_path: Path) -> None:
    crowd = truth(2, MEDIUM, iscrowd=1, keypoints=[0] * 51)
    path = written(tmp_path / "truth.json", data_set(annotations=[truth(1, LARGE), crowd]))
    detections = [found(MEDIUM, 0.99), found(MEDIUM, 0.98), found(LARGE)]
    assert evaluate_coco(path, detections)["AP"] == pytest.approx(1)


def test_sizes_of_which_there_is_nobody_are_minus_one(tmp_path: Path) -> None:
    path = written(tmp_path / "truth.json", data_set(annotations=[truth(1, LARGE)]))
    assert evaluate_coco(path, [found(LARGE)])["APM"] == -1


def test_the_sigmas_of_the_skeleton_decide_how_exact_is_exact(tmp_path: Path) -> None:
    figures = []
    for sigma in (0.01, 0.3):
        fish = category(keypoints=["a", "b"], skeleton=[], sigmas=[sigma, sigma])
        entry = person(bbox=LARGE, area=20000.0, keypoints=[150, 150, 2, 250, 250, 2])
        path = written(tmp_path / "t.json", data_set(annotations=[entry], categories=[fish]))
        off = {"image_id": 1, "keypoints": [160, 150, 2, 250, 260, 2], "score": 1}
        figures.append(evaluate_coco(path, [off])["AP"])
    assert figures == pytest.approx([0, 1])


def test_keypoints_are_taken_in_the_order_of_the_file(tmp_path: Path) -> None:
    backwards = [category(keypoints=list(reversed(NAMES)))]
    content = data_set(annotations=[truth(1, LARGE)], categories=backwards)
    path = written(tmp_path / "truth.json", content)
    assert evaluate_coco(path, [found(LARGE)])["AP"] == pytest.approx(1)


def test_pycocotools_stays_silent(two_people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate_coco(two_people, [found(LARGE)])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"image_id": 5}, "Detection 0: its image_id is none of"),
        ({"keypoints": [1, 2, 2]}, "Detection 0: it needs a score and 17 keypoints"),
        ({"keypoints": [math.nan] * 51}, "Detection 0: it needs a score and 17 keypoints"),
    ],
)
def test_a_detection_that_does_not_fit_is_named(
    two_people: Path, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(FormatError, match=sentence):
        evaluate_coco(two_people, [found(LARGE, **fields)])
