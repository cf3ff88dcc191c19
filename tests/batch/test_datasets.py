from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.batch.merge import merge_coco
from clickpose_app.batch.split import by_annotator, by_folder, by_image, write_parts
from clickpose_app.batch.statistics import count
from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_check import check_coco
from tests.formats.coco_samples import data_set, image, person, written


def names(path: Path) -> list[str]:
    return [i.file_name for i in read_coco(path).images]


def file(path: Path, images: list[dict[str, Any]], people: list[dict[str, Any]]) -> Path:
    return written(path, data_set(images=images, annotations=people))


def two_files(tmp_path: Path) -> tuple[Path, Path]:
    """Both count from 1, and both have shared.jpg, with one person each."""
    first = file(
        tmp_path / "first.json",
        [image(1, file_name="a/one.jpg"), image(2, file_name="shared.jpg")],
        [person(1, 1, annotator="Anna"), person(2, 2, annotator="Anna")],
    )
    second = file(
        tmp_path / "second.json",
        [image(1, file_name="b/two.jpg"), image(3, file_name="shared.jpg")],
        [person(1, 1), person(7, 3, annotator="Ben")],
    )
    return first, second


def test_merging_renumbers_what_is_taken_and_keeps_everybody(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    report = merge_coco(two_files(tmp_path), out, "all")
    assert (report.images, report.people, report.shared) == (3, 4, 1)
    assert names(out) == ["a/one.jpg", "shared.jpg", "b/two.jpg"]
    assert list(check_coco(out)) == []
    content = json.loads(out.read_text())
    assert [i["id"] for i in content["images"]] == [1, 2, 3]
    assert len({a["id"] for a in content["annotations"]}) == 4
    assert [a["image_id"] for a in content["annotations"]] == [1, 2, 2, 3]


def test_merging_takes_the_first_files_people_on_request(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert merge_coco(two_files(tmp_path), out, "first").people == 3


def test_an_image_in_two_files_is_not_merged_unasked(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"both have shared\.jpg.*--same-image"):
        merge_coco(two_files(tmp_path), tmp_path / "out.json", "refuse")
    assert not (tmp_path / "out.json").exists()


def test_files_with_other_keypoints_are_not_merged(tmp_path: Path) -> None:
    first, second = two_files(tmp_path)
    content = json.loads(second.read_text())
    content["categories"][0]["keypoints"] = [f"point {k}" for k in range(17)]
    second.write_text(json.dumps(content))
    with pytest.raises(FormatError, match=r"second\.json has other keypoints"):
        merge_coco([first, second], tmp_path / "out.json", "all")


def test_splitting_by_image_loses_and_repeats_nothing(tmp_path: Path) -> None:
    images = [image(i, file_name=f"{i}.jpg") for i in range(1, 12)]
    dataset = read_coco(file(tmp_path / "all.json", images, [person(5, 3)]))
    parts = by_image(dataset, [80, 10, 10], seed=1)
    assert [len(part.images) for part in parts.values()] == [9, 1, 1]
    together = [i.file_name for part in parts.values() for i in part.images]
    assert sorted(together) == sorted(i.file_name for i in dataset.images)
    again = by_image(dataset, [80, 10, 10], seed=1)
    assert [part.images for part in again.values()] == [part.images for part in parts.values()]
    assert by_image(dataset, [80, 10, 10], seed=2) != parts


def test_a_share_of_nothing_is_refused(tmp_path: Path) -> None:
    dataset = read_coco(file(tmp_path / "all.json", [image(1)], []))
    with pytest.raises(ClickPoseError, match="above 0"):
        by_image(dataset, [1, 0], seed=0)


def test_splitting_by_folder_and_by_annotator_names_the_parts(tmp_path: Path) -> None:
    out = tmp_path / "merged.json"
    merge_coco(two_files(tmp_path), out, "all")
    dataset = read_coco(out)
    written_parts = write_parts(by_folder(dataset), out, tmp_path / "folders")
    assert [path.name for path in written_parts] == [
        "merged-a.json",
        "merged-top.json",
        "merged-b.json",
    ]
    parts = by_annotator(dataset, "annotator")
    assert {name: sum(len(i.annotation.people) for i in p.images) for name, p in parts.items()} == {
        "Anna": 2,
        "Ben": 1,
        "nobody": 1,
    }
    for path in write_parts(parts, out, tmp_path / "people"):
        assert list(check_coco(path)) == []


def test_parts_whose_names_become_the_same_file_are_refused(tmp_path: Path) -> None:
    images = [image(1, file_name="a b/1.jpg"), image(2, file_name="a_b/2.jpg")]
    dataset = read_coco(file(tmp_path / "all.json", images, []))
    with pytest.raises(ClickPoseError, match=r"'a b' and 'a_b' would both be all-a_b\.json"):
        write_parts(by_folder(dataset), tmp_path / "all.json", tmp_path / "out")


def test_statistics_count_images_people_and_joints(tmp_path: Path) -> None:
    first, _ = two_files(tmp_path)
    found = count(read_coco(first))
    people = json.loads(first.read_text())["annotations"]
    assert (found.images, found.empty, found.people, found.crowds) == (2, 0, 2, 0)
    assert found.per_image == {1: 2}
    labelled = sum(entry["num_keypoints"] for entry in people)
    assert sum(occluded + visible for _, occluded, visible in found.joints.values()) == labelled
    assert "images" in found.as_text()
    assert json.loads(json.dumps(found.as_json()))["people"] == 2


def test_statistics_of_nothing_are_zeros(tmp_path: Path) -> None:
    found = count(read_coco(file(tmp_path / "none.json", [image(1)], [])))
    assert (found.people, found.empty, found.heights) == (0, 1, None)
    assert "nose" in found.as_text()
