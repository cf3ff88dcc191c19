"""AP of resampled images: counted again, and the same as matched again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from clickpose_app.core.geometry import FloatArray
from clickpose_app.evaluation.ap_resampling import resampled_figures
from clickpose_app.evaluation.coco_ap import METRICS, CocoEvaluation
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage
from tests.formats.coco_samples import data_set, image, person, written

IMAGES = 12


def crowd(seed: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """People of many sizes, regions to ignore, and detections good, bad and false."""
    chance = np.random.default_rng(seed)
    people, found = [], []
    for number in range(IMAGES * 3):
        image_id = number // 3 + 1
        size = float(chance.uniform(20, 200))
        corner = chance.uniform(0, 300, 2)
        points = corner + chance.uniform(0, size, (17, 2))
        flat = np.column_stack([points, np.full(17, 2.0)]).ravel().tolist()
        ignored = int(chance.random() < 0.15)
        bbox = [*corner.tolist(), size, size]
        if image_id > 2:
            people.append(
                person(number + 1, image_id, bbox=bbox, area=0.53 * size**2, iscrowd=ignored)
                | {"keypoints": flat}
            )
        for _ in range(int(chance.integers(0, 3))):
            off = points + chance.normal(0, chance.uniform(0.01, 0.1) * size, (17, 2))
            shown = np.column_stack([off, np.full(17, 2.0)]).ravel().tolist()
            value = round(float(chance.random()), 1)
            found.append({"image_id": image_id, "keypoints": shown, "score": value})
    images = [image(number) for number in range(1, IMAGES + 1)]
    return data_set(images=images, annotations=people), found


def repeated(
    dataset: Dataset, found: Sequence[dict[str, Any]], times: FloatArray
) -> tuple[Dataset, list[dict[str, Any]]]:
    """The data set with each image there so many times, under new ids."""
    images: list[DatasetImage] = []
    detections: list[dict[str, Any]] = []
    for original, count in zip(dataset.images, times.astype(int).tolist(), strict=True):
        for _ in range(count):
            number = len(images) + 1
            images.append(replace(original, id=number, annotation=original.annotation))
            detections += [d | {"image_id": number} for d in found if d["image_id"] == original.id]
    return replace(dataset, images=tuple(images)), detections


@pytest.mark.parametrize("seed", range(4))
def test_each_image_once_gives_the_figures_themselves(seed: int, tmp_path: Path) -> None:
    content, found = crowd(seed)
    dataset = read_coco(written(tmp_path / "t.json", content))
    evaluation = CocoEvaluation(dataset, found)
    again = resampled_figures(evaluation.matches, np.ones((1, IMAGES)))
    assert tuple(again) == METRICS
    assert {name: values[0] for name, values in again.items()} == pytest.approx(evaluation.figures)
    assert 0 < evaluation.figures["AP"] < 1


@pytest.mark.parametrize("seed", range(4))
def test_a_resample_gives_what_matching_it_anew_gives(seed: int, tmp_path: Path) -> None:
    content, found = crowd(seed)
    # Equal scores are put in order by image, which repetition changes.
    found = [entry | {"score": 0.01 * (i + 1)} for i, entry in enumerate(found)]
    dataset = read_coco(written(tmp_path / "t.json", content))
    times = np.random.default_rng(seed).multinomial(IMAGES, [1 / IMAGES] * IMAGES).astype(float)
    again = resampled_figures(CocoEvaluation(dataset, found).matches, times[None])
    anew = CocoEvaluation(*repeated(dataset, found, times)).figures
    assert {name: values[0] for name, values in again.items()} == pytest.approx(anew)


def test_a_resample_with_nobody_to_find_has_no_figure(tmp_path: Path) -> None:
    content, found = crowd(0)
    dataset = read_coco(written(tmp_path / "t.json", content))
    alone = np.zeros((1, IMAGES))
    alone[0, 0] = IMAGES
    again = resampled_figures(CocoEvaluation(dataset, found).matches, alone)
    assert np.isnan(again["AP"][0])


def test_without_any_detection_every_figure_is_zero(tmp_path: Path) -> None:
    dataset = read_coco(written(tmp_path / "t.json", crowd(0)[0]))
    again = resampled_figures(CocoEvaluation(dataset, []).matches, np.ones((2, IMAGES)))
    assert all((values == 0).all() for values in again.values())
