"""Pre-labelling: which images, which ids, and what is written."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from pycocotools.coco import COCO

from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import read_coco
from tests.fake_predictor import FakePredictor


def make_image(path: Path, width: int = 40, height: int = 30) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    black: ImageArray = np.zeros((height, width, 3), dtype=np.uint8)
    path.write_bytes(cv2.imencode(path.suffix, black)[1].tobytes())
    return path


def chosen(*paths: Path, **options: Any) -> dict[str, int]:
    return {image.file_name: image.id for image in select_images(paths, **options).images}


# which images, which ids


def test_names_are_relative_to_the_folder_and_ids_count_from_one(tmp_path: Path) -> None:
    for name in ("b.png", "a.png"):
        make_image(tmp_path / name)
    assert chosen(tmp_path) == {"a.png": 1, "b.png": 2}


def test_names_are_relative_to_what_all_folders_share(tmp_path: Path) -> None:
    make_image(tmp_path / "one" / "a.png")
    make_image(tmp_path / "two" / "a.png")
    assert chosen(tmp_path / "one", tmp_path / "two") == {"one/a.png": 1, "two/a.png": 2}


def test_an_image_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    path = make_image(tmp_path / "a.png")
    assert chosen(tmp_path, path) == {"a.png": 1}


def test_folders_in_folders_are_looked_into_on_request(tmp_path: Path) -> None:
    make_image(tmp_path / "a.png")
    make_image(tmp_path / "deep" / "b.png")
    assert chosen(tmp_path) == {"a.png": 1}
    assert chosen(tmp_path, recursive=True) == {"a.png": 1, "deep/b.png": 2}


def test_files_that_are_called_by_numbers_have_these_as_ids(tmp_path: Path) -> None:
    for name in ("000139.png", "7.png"):
        make_image(tmp_path / name)
    assert chosen(tmp_path) == {"000139.png": 139, "7.png": 7}


@pytest.mark.parametrize("names", [("7.png", "007.png"), ("7.png", "x.png"), ("7.png", "٣.png")])
def test_numbers_that_are_not_all_different_are_not_ids(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    for name in names:
        make_image(tmp_path / name)
    assert sorted(chosen(tmp_path).values()) == [1, 2]


def test_ids_are_taken_by_name_or_by_its_last_part(tmp_path: Path) -> None:
    for name in ("a.png", "deep/b.png", "c.png"):
        make_image(tmp_path / name)
    ids = {"deep/b.png": 20, "elsewhere/a.png": 10, "elsewhere/d.png": 40}
    selection = select_images([tmp_path], recursive=True, image_ids=ids)
    assert {i.file_name: i.id for i in selection.images} == {"a.png": 10, "deep/b.png": 20}
    assert selection.left_out == 1


def test_a_last_part_that_several_images_share_decides_nothing(tmp_path: Path) -> None:
    make_image(tmp_path / "a.png")
    with pytest.raises(ClickPoseError, match="None of the 1 images is in the data set"):
        chosen(tmp_path, image_ids={"x/a.png": 1, "y/a.png": 2})


def test_two_images_for_one_id_are_refused(tmp_path: Path) -> None:
    make_image(tmp_path / "x" / "a.png")
    make_image(tmp_path / "y" / "a.png")
    with pytest.raises(ClickPoseError, match="the same image of the data set"):
        chosen(tmp_path, recursive=True, image_ids={"z/a.png": 1})


def test_paths_without_images_are_named_and_the_others_taken(tmp_path: Path) -> None:
    make_image(tmp_path / "full" / "a.png")
    (tmp_path / "empty").mkdir()
    selection = select_images([tmp_path / "full", tmp_path / "empty", tmp_path / "gone.png"])
    assert len(selection.images) == 1
    assert "empty holds no images" in selection.failures[0]
    assert "gone.png does not exist" in selection.failures[1]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_an_image_whose_name_json_cannot_hold_is_named_before_the_work(tmp_path: Path) -> None:
    make_image(tmp_path / "a.png")
    make_image(tmp_path / "\udcff.png")
    selection = select_images([tmp_path])
    assert [image.file_name for image in selection.images] == ["a.png"]
    assert "not valid Unicode" in selection.failures[0]


def test_nothing_to_label_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ClickPoseError, match="holds no images"):
        select_images([tmp_path])


# what is written


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for number in (3, 5):
        make_image(tmp_path / "photos" / f"{number}.png", width=100 + number, height=200)
    return tmp_path / "photos"


def test_the_result_is_a_data_set_with_scores(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    report = prelabel(select_images([photos]).images, FakePredictor(), out)
    assert (report.images, report.people, report.failures) == (2, 4, ())
    content = json.loads(out.read_text())
    assert [(i["id"], i["width"], i["height"]) for i in content["images"]] == [
        (3, 103, 200),
        (5, 105, 200),
    ]
    assert [entry["score"] for entry in content["annotations"]] == [0.95, 0.8, 0.95, 0.8]
    for entry in content["annotations"]:
        assert entry["num_keypoints"] == 17
        assert entry["keypoint_sources"] == "p" * 17


def test_pycocotools_reads_the_result_as_data_set_and_as_results(
    photos: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    prelabel(select_images([photos]).images, FakePredictor(), out)
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(out))
        annotations: Any = coco.dataset["annotations"]
        results = coco.loadRes(annotations)
    assert sorted(coco.getImgIds()) == [3, 5]
    assert len(results.anns) == 4


def test_it_opens_again_as_predicted_people(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    predictor = FakePredictor()
    prelabel(select_images([photos]).images, predictor, out)
    person = read_coco(out).images[0].annotation.people[0]
    assert not person.pinned.any()
    expected = predictor.detect(predictor.encode(np.zeros((200, 103, 3), dtype=np.uint8)))[0]
    assert (person.xy == expected.keypoints).all()
    assert [k.confidence for k in person.keypoints] == list(expected.confidence)


def test_people_below_the_threshold_are_left_out(photos: Path, tmp_path: Path) -> None:
    images = select_images([photos]).images
    people = [
        prelabel(images, FakePredictor(), tmp_path / "out.json", score_threshold=t).people
        for t in (0.0, 0.3, 0.9, 1.0)
    ]
    assert people == [6, 4, 2, 0]


def test_images_that_cannot_be_read_are_named_and_all_others_written(
    photos: Path, tmp_path: Path
) -> None:
    (photos / "4.png").write_bytes(b"no image")
    shown: list[tuple[int, int]] = []
    report = prelabel(
        select_images([photos]).images,
        FakePredictor(),
        tmp_path / "out.json",
        progress=lambda done, total: shown.append((done, total)),
    )
    assert report.images == 2
    (failure,) = report.failures
    assert "4.png" in failure
    assert [i.id for i in read_coco(tmp_path / "out.json").images] == [3, 5]
    assert shown == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_where_no_image_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no image")
    out = tmp_path / "out.json"
    out.write_text("old")
    with pytest.raises(ClickPoseError, match=r"None of the images can be read.*a\.png"):
        prelabel(select_images([tmp_path]).images, FakePredictor(), out)
    assert out.read_text() == "old"


def test_a_network_that_breaks_down_leaves_the_old_result(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    predictor = FakePredictor()
    predictor.failing.add("encode")
    with pytest.raises(RuntimeError):
        prelabel(select_images([photos]).images, predictor, out)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.json",
        "out.json.work",
        "photos",
    ]
