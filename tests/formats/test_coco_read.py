"""What a COCO file says, as values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clickpose_app.core.annotation import ImageState, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.formats.coco import read_coco, read_image_ids
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.coco_samples import (
    NAMES,
    category,
    data_set,
    image,
    keypoints,
    person,
    written,
)


def read_person(tmp_path: Path, entry: dict[str, Any], **lists: Any) -> Person:
    path = written(tmp_path / "a.json", data_set(annotations=[entry], **lists))
    (only,) = read_coco(path).images[0].annotation.people
    return only


def test_a_person_has_the_places_and_visibilities_of_the_file(tmp_path: Path) -> None:
    found = read_person(tmp_path, person())
    assert found.box == Box.from_xywh(10.1, 20.2, 30.3, 40.4)
    for k, keypoint in enumerate(found.keypoints):
        assert keypoint.visibility is Visibility(k % 3)
        if keypoint.labelled:
            assert (keypoint.x, keypoint.y) == (10.25 + k, 20.125 + 2 * k)


def test_the_shipped_skeleton_is_recognised_by_its_names(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set())
    assert read_coco(path).skeleton is builtin_skeleton()


def test_keypoints_are_matched_by_name_and_not_by_position(tmp_path: Path) -> None:
    flat = keypoints()
    turned = [v for k in reversed(range(17)) for v in flat[3 * k : 3 * k + 3]]
    letters = "".join("ph"[k % 2] for k in range(17))
    scores = [k / 17 for k in range(17)]
    straight = person(keypoint_sources=letters, keypoint_scores=scores)
    entry = person(keypoints=turned, keypoint_sources=letters[::-1], keypoint_scores=scores[::-1])
    expected = read_person(tmp_path, straight).keypoints
    backwards = category(keypoints=list(reversed(NAMES)))
    assert read_person(tmp_path, entry, categories=[backwards]).keypoints == expected


def test_what_is_not_labelled_waits_unpinned_in_the_middle_of_the_box(tmp_path: Path) -> None:
    entry = person(bbox=[10, 20, 30, 40], keypoint_sources="h" * 17)
    nose = read_person(tmp_path, entry).keypoints[0]
    assert (nose.x, nose.y) == (25, 40)
    assert nose.visibility is Visibility.UNLABELLED
    assert not nose.pinned


def test_an_annotation_without_keypoints_is_a_person_with_a_box(tmp_path: Path) -> None:
    entry = person()
    del entry["keypoints"], entry["num_keypoints"]
    found = read_person(tmp_path, entry)
    assert len(found.keypoints) == 17
    assert not found.labelled.any()
    assert not found.pinned.any()


def test_keypoints_without_a_box_get_one_around_them(tmp_path: Path) -> None:
    entry = person(keypoints=[4.5, 6, 2, 10, 20, 1] + [0, 0, 0] * 15)
    del entry["bbox"]
    assert read_person(tmp_path, entry).box == Box(4.5, 6, 10, 20)


@pytest.mark.parametrize("value", [1, True])
def test_a_crowd_is_a_region_to_ignore_without_keypoints(tmp_path: Path, value: object) -> None:
    found = read_person(tmp_path, person(iscrowd=value, keypoints=[0] * 51))
    assert found.is_crowd
    assert found.keypoints == ()


def test_keypoints_that_somebody_labelled_in_a_crowd_stay(tmp_path: Path) -> None:
    found = read_person(tmp_path, person(iscrowd=1))
    assert found.is_crowd
    assert found.labelled.sum() == 11


def test_iscrowd_and_area_may_be_missing(tmp_path: Path) -> None:
    entry = person()
    del entry["iscrowd"], entry["area"]
    assert not read_person(tmp_path, entry).is_crowd


def test_without_a_score_a_human_placed_the_keypoints(tmp_path: Path) -> None:
    found = read_person(tmp_path, person())
    assert (found.pinned == found.labelled).all()
    assert found.box_source is Source.HUMAN
    assert found.score is None


def test_with_a_score_a_network_placed_the_keypoints(tmp_path: Path) -> None:
    found = read_person(tmp_path, person(score=0.5))
    assert not found.pinned.any()
    assert found.box_source is Source.PREDICTED
    assert found.score == 0.5


def test_letters_say_who_placed_each_keypoint(tmp_path: Path) -> None:
    found = read_person(tmp_path, person(score=0.5, keypoint_sources="-hp" * 5 + "-h"))
    sources = [keypoint.source for keypoint in found.keypoints]
    assert sources == ([Source.PREDICTED, Source.HUMAN, Source.PREDICTED] * 6)[:17]


def test_a_labelled_keypoint_without_a_letter_goes_by_the_score(tmp_path: Path) -> None:
    assert read_person(tmp_path, person(keypoint_sources="-" * 17)).keypoints[1].pinned


def test_confidences_that_are_meant_otherwise_stay_unknown_fields(tmp_path: Path) -> None:
    found = read_person(tmp_path, person(keypoint_scores="high", bbox_source="a drone"))
    assert found.keypoints[1].confidence is None
    assert found.extra["keypoint_scores"] == "high"
    assert found.extra["bbox_source"] == "a drone"
    assert read_person(tmp_path, person(keypoint_scores=["x"] * 17)).extra["keypoint_scores"]


def test_people_keep_their_id_from_one_access_to_the_next(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set(annotations=[person(1), person(2)]))
    first = read_coco(path).images[0]
    ids = [found.id for found in first.annotation.people]
    assert ids == [found.id for found in first.annotation.people]
    assert len(set(ids)) == 2
    assert set(ids).isdisjoint(p.id for p in read_coco(path).images[0].annotation.people)


def test_images_without_people_are_there(tmp_path: Path) -> None:
    images = read_coco(written(tmp_path / "a.json", data_set())).images
    assert [i.id for i in images] == [1, 2]
    assert images[1].annotation.people == ()
    assert images[1].annotation.state is ImageState.NEW


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ImageState.EDITED),
        ({"score": 0.5}, ImageState.PREDICTED),
        ({"score": 0.5, "bbox_source": "human"}, ImageState.EDITED),
    ],
)
def test_the_state_follows_from_who_placed_what(
    tmp_path: Path, fields: dict[str, Any], state: ImageState
) -> None:
    path = written(tmp_path / "a.json", data_set(annotations=[person(**fields)]))
    assert read_coco(path).images[0].annotation.state is state


def test_file_names_become_plain(tmp_path: Path) -> None:
    names = ["a\\b.jpg", "./c.jpg", "d//e.jpg", "Übung/日本 1.jpg"]
    images = [image(i, file_name=name) for i, name in enumerate(names)]
    path = written(tmp_path / "a.json", data_set(images=images, annotations=[]))
    found = [i.file_name for i in read_coco(path).images]
    assert found == ["a/b.jpg", "c.jpg", "d/e.jpg", "Übung/日本 1.jpg"]
    assert read_image_ids(path) == dict(zip(found, range(4), strict=True))


def test_sizes_written_as_whole_floats_are_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set(images=[image(1, width=640.0)]))
    width = read_coco(path).images[0].width
    assert width == 640
    assert isinstance(width, int)


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_coco(path).images) == 2


def test_another_skeleton_is_taken_from_the_category(tmp_path: Path) -> None:
    mouse = {
        "id": 7,
        "name": "mouse",
        "keypoints": ["snout", "left_ear", "right_ear", "tail"],
        "skeleton": [[1, 2], [1, 3], [3, 4]],
        "sigmas": [0.1, 0.2, 0.2, 0.3],
    }
    entry = person(category_id=7, keypoints=keypoints(4))
    path = written(tmp_path / "a.json", data_set(annotations=[entry], categories=[mouse]))
    skeleton = read_coco(path).skeleton
    assert skeleton.name == "mouse"
    assert skeleton.keypoints == ("snout", "left_ear", "right_ear", "tail")
    assert skeleton.limbs == ((0, 1), (0, 2), (2, 3))
    assert skeleton.pairs == ((1, 2),)
    assert skeleton.sigmas == (0.1, 0.2, 0.2, 0.3)


def test_pairs_that_the_file_states_come_before_names(tmp_path: Path) -> None:
    face = category(keypoints=["f_1", "f_2", "left_a", "right_a"], skeleton=[], flip_pairs=[[2, 1]])
    entry = person(keypoints=keypoints(4))
    path = written(tmp_path / "a.json", data_set(annotations=[entry], categories=[face]))
    assert read_coco(path).skeleton.pairs == ((1, 0),)


def test_edges_that_count_from_zero_are_understood(tmp_path: Path) -> None:
    two = category(keypoints=["head", "tail"], skeleton=[[0, 1]])
    path = written(tmp_path / "a.json", data_set(annotations=[], categories=[two]))
    assert read_coco(path).skeleton.limbs == ((0, 1),)


def test_a_person_category_without_names_has_those_of_coco(tmp_path: Path) -> None:
    bare = {"id": 1, "name": "person"}
    path = written(tmp_path / "a.json", data_set(categories=[bare, {"id": 2, "name": "dog"}]))
    assert read_coco(path).skeleton is builtin_skeleton()


def test_keypoints_of_an_export_that_was_shifted_come_back_in_place(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", data_set(clickpose={"keypoint_shift": -0.5}))
    (found,) = read_coco(path).images[0].annotation.people
    assert (found.keypoints[1].x, found.keypoints[1].y) == (11.75, 22.625)
