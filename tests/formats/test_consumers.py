"""What is exported loads in the programs that people take it to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools.coco import COCO as PyCoco  # noqa: N811 (ours is another)
from pycocotools.cocoeval import COCOeval

from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context
from tests.formats import coco_samples as coco
from tests.formats.test_yolo_pose import photo


@pytest.fixture
def supervision() -> Any:
    """The library, where it is installed: it brings ffmpeg and more, so the tests do without."""
    return pytest.importorskip("supervision")


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Two pictures, one of them with two people, whose joints lie in the picture."""
    for name in ("001.png", "002.png"):
        photo(tmp_path / "images" / name, (640, 480))
    images = [coco.image(n, file_name=f"00{n}.png") for n in (1, 2)]
    people = [coco.person(5), coco.person(6, bbox=[5.0, 6.0, 70.0, 80.0])]
    content = coco.data_set(images=images, annotations=people)
    return read_coco(coco.written(tmp_path / "in.json", content))


def write(name: str, path: Path, dataset: Dataset, images: Path) -> None:
    writer = format_named(name).write
    assert writer is not None
    writer(path, dataset, Context(images, lambda _: (640, 480)))


def boxes(loaded: Any) -> list[list[list[float]]]:
    """Those of each image, xyxy, in the order of the names."""
    by_name = {Path(path).name: found.xyxy.tolist() for path, _, found in loaded}
    return [by_name[name] for name in sorted(by_name)]


def expected(dataset: Dataset) -> list[Any]:
    return [
        pytest.approx(np.array([_xyxy(p.box) for p in i.annotation.people]).reshape(-1, 4))
        for i in dataset.images
    ]


def _xyxy(box: Any) -> list[float]:
    return [box.x1, box.y1, box.x2, box.y2]


@pytest.mark.parametrize("name", ["coco", "coco-wholebody"])
def test_supervision_loads_the_coco_kin(
    supervision: Any, name: str, dataset: Dataset, tmp_path: Path
) -> None:
    write(name, tmp_path / "out.json", dataset, tmp_path / "images")
    loaded = supervision.DetectionDataset.from_coco(
        str(tmp_path / "images"), str(tmp_path / "out.json")
    )
    assert loaded.classes == ["person"]
    assert [np.array(b).reshape(-1, 4) for b in boxes(loaded)] == expected(dataset)


def test_supervision_loads_a_yolo_pose_folder(
    supervision: Any, dataset: Dataset, tmp_path: Path
) -> None:
    write("yolo-pose", tmp_path / "yolo", dataset, tmp_path / "images")
    loaded = supervision.DetectionDataset.from_yolo(
        str(tmp_path / "yolo/images/train"),
        str(tmp_path / "yolo/labels/train"),
        str(tmp_path / "yolo/data.yaml"),
    )
    assert loaded.classes == ["person"]
    for found, wanted in zip(boxes(loaded), dataset.images, strict=True):
        people = [_xyxy(p.box) for p in wanted.annotation.people]
        assert np.array(found).reshape(-1, 4) == pytest.approx(
            np.array(people).reshape(-1, 4), abs=1e-3
        )


def test_pycocotools_scores_exported_results(dataset: Dataset, tmp_path: Path) -> None:
    first = replace(dataset, images=dataset.images[:1])
    write_coco(tmp_path / "truth.json", dataset)
    write("coco-results", tmp_path / "results.json", first, tmp_path)
    truth = PyCoco(str(tmp_path / "truth.json"))
    evaluation = COCOeval(truth, truth.loadRes(str(tmp_path / "results.json")), "keypoints")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    assert evaluation.stats[0] == pytest.approx(1)
