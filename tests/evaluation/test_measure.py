"""All figures of a predictor or of a file of results, in one walk."""

from __future__ import annotations

import json
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
from clickpose_app.evaluation.measure import measure_predictor, measure_results
from clickpose_app.evaluation.noc_official import OfficialRules
from clickpose_app.evaluation.noc_person import PersonRules
from tests.evaluation.test_coco_ap import LARGE, standing, truth
from tests.fake_predictor import FakePredictor
from tests.formats.coco_samples import NAMES, data_set, image, written


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
    report = measure_predictor(
        Oracle(),
        photographed(photos),
        photos,
        progress=lambda done, total: shown.append((done, total)),
    )
    assert report.figures["AR"] == 1
    assert shown == [(0, 2), (1, 2), (2, 2)]


def test_the_predictors_keypoints_are_matched_by_name(photos: Path) -> None:
    coco = FakePredictor().skeleton
    turned = Skeleton("turned", coco.keypoints[::-1], (), (), coco.sigmas[::-1])
    report = measure_predictor(Oracle(turned), photographed(photos), photos)
    assert report.figures["AR"] == 1


def test_keypoints_that_the_predictor_does_not_find_are_named(photos: Path) -> None:
    coco = FakePredictor().skeleton
    other = replace(coco, keypoints=(*coco.keypoints[:-1], "tail"), limbs=(), pairs=())
    with pytest.raises(FormatError, match="does not find: right_ankle"):
        measure_predictor(FakePredictor(other), photographed(photos), photos)


def test_missing_images_are_named_before_anything_is_computed(photos: Path) -> None:
    path = photographed(photos)
    (photos / "002.png").unlink()
    predictor = FakePredictor()
    with pytest.raises(ImageError, match=r"1 of 2 images are not in .*: 002\.png\."):
        measure_predictor(predictor, path, photos)
    assert predictor.calls == []


def test_an_image_of_another_size_than_stated_is_named(photos: Path) -> None:
    images = [image(1, file_name="001.png", width=641)]
    with pytest.raises(ImageError, match=r"001\.png has 640 x 480 .* says 641 x 480"):
        measure_predictor(FakePredictor(), photographed(photos, images=images), photos)


def test_clicks_by_both_protocols_come_from_one_run(photos: Path) -> None:
    predictor = Oracle()
    rules, loop = PersonRules(), OfficialRules()
    report = measure_predictor(predictor, photographed(photos), photos, noc=rules, official=loop)
    protocols = ["noc_person", "noc_person_manual", "noc_official", "noc_official_manual"]
    assert {name: report.clicks[name]["95"] for name in protocols} == dict.fromkeys(protocols, 0)
    assert report.clicks.keys() == {*protocols, "noc_person_saved"}
    assert report.counts == {"people": 1, "people_found": 1}
    assert predictor.calls.count("encode") == 2


def test_results_score_as_the_predictor_that_made_them(photos: Path) -> None:
    path = photographed(photos)
    oracle = Oracle()
    ours = measure_predictor(oracle, path, photos, noc=PersonRules(), official=OfficialRules())
    results = photos.parent / "results.json"
    detection = {"category_id": 1, "keypoints": standing(LARGE), "score": 0.9}
    results.write_text(json.dumps([detection | {"image_id": i} for i in (1, 2)]))
    theirs = measure_results(path, results, PersonRules())
    assert theirs.figures == ours.figures
    for name in ("noc_person_manual", "noc_official_manual"):
        assert theirs.clicks[name] == ours.clicks[name]
        assert theirs.ci95[name] == ours.ci95[name]


def test_a_data_set_without_images_has_no_figures(tmp_path: Path) -> None:
    path = written(tmp_path / "t.json", data_set(images=[], annotations=[]))
    (tmp_path / "r.json").write_text("[]")
    report = measure_results(path, tmp_path / "r.json", PersonRules())
    assert set(report.figures.values()) == {-1}
    assert set(report.clicks["noc_person_manual"].values()) == {-1}
