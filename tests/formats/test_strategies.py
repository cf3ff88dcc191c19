"""What the strategies promise to the round trips that build on them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.dataset import Dataset
from tests.formats.strategies import data_sets, differences


@settings(max_examples=50)
@given(data_sets())
def test_coco_carries_whatever_is_drawn(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_coco(path, dataset)
        # Corner plus size minus corner may differ in the last bit.
        assert differences(read_coco(path), dataset, tolerance=1e-9) == []


@settings(max_examples=50)
@given(data_sets())
def test_somebody_who_is_missing_is_a_difference(dataset: Dataset) -> None:
    nobody = tuple(replace(image, annotation=ImageAnnotation()) for image in dataset.images)
    people = sum(len(image.annotation.people) for image in dataset.images)
    assert bool(differences(replace(dataset, images=nobody), dataset)) == bool(people)
