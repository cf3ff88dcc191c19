"""COCO AP over any predictor."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, ImageArray, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, ImageError
from clickpose_app.evaluation.coco_ap import METRICS, evaluate, evaluate_coco, write_figures
from tests.fake_predictor import FakePredictor
from tests.formats.coco_samples import NAMES, category, data_set, image, person, written

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


def test_figures_are_written_as_json(tmp_path: Path) -> None:
    write_figures(tmp_path / "out.json", {"AP": 0.5})
    assert json.loads((tmp_path / "out.json").read_text()) == {"AP": 0.5}


class Oracle(FakePredictor):
    """Sees the people whom it was told of, in the order of the skeleton."""

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        del encoded
        points = np.array(standing(LARGE)).reshape(17, 3)[:, :2]
        order = [NAMES.index(name) for name in self.skeleton.keypoints]
        return (PredictedPose(points[order], np.ones(17), Box(0, 0, 1, 1), 0.9),)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two black pictures, and a person on the first."""
    folder = tmp_path / "images"
    folder.mkdir()
    for name in ("001.png", "002.png"):
        black: ImageArray = np.zeros((480, 640, 3), dtype=np.uint8)
        (folder / name).write_bytes(cv2.imencode(".png", black)[1].tobytes())
    return folder


def photographed(folder: Path, **lists: Any) -> Path:
    images = [image(1, file_name="001.png"), image(2, file_name="002.png")]
    content = data_set(images=images, annotations=[truth(1, LARGE)]) | lists
    return written(folder.parent / "truth.json", content)


def test_a_predictor_is_asked_about_each_image(photos: Path) -> None:
    shown: list[tuple[int, int]] = []
    figures = evaluate(
        Oracle(),
        photographed(photos),
        photos,
        progress=lambda done, total: shown.append((done, total)),
    )
    assert figures["AR"] == 1
    assert shown == [(0, 2), (1, 2), (2, 2)]


def test_the_predictors_keypoints_are_matched_by_name(photos: Path) -> None:
    coco = FakePredictor().skeleton
    turned = Skeleton("turned", coco.keypoints[::-1], (), (), coco.sigmas[::-1])
    assert evaluate(Oracle(turned), photographed(photos), photos)["AR"] == 1


def test_keypoints_that_the_predictor_does_not_find_are_named(photos: Path) -> None:
    coco = FakePredictor().skeleton
    other = replace(coco, keypoints=(*coco.keypoints[:-1], "tail"), limbs=(), pairs=())
    with pytest.raises(FormatError, match="does not find: right_ankle"):
        evaluate(FakePredictor(other), photographed(photos), photos)


def test_missing_images_are_named_before_anything_is_computed(photos: Path) -> None:
    path = photographed(photos)
    (photos / "002.png").unlink()
    predictor = FakePredictor()
    with pytest.raises(ImageError, match=r"1 of 2 images are not in .*: 002\.png\."):
        evaluate(predictor, path, photos)
    assert predictor.calls == []


def test_an_image_of_another_size_than_stated_is_named(photos: Path) -> None:
    images = [image(1, file_name="001.png", width=641)]
    with pytest.raises(ImageError, match=r"001\.png has 640 x 480 .* says 641 x 480"):
        evaluate(FakePredictor(), photographed(photos, images=images), photos)
