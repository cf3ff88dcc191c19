"""Parquet: one row a person, read back by a program that is not ours."""

from __future__ import annotations

import builtins
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError
from clickpose_app.formats import people_parquet
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.formats.people_parquet import parquet_writer
from clickpose_app.storage.skeletons import builtin_skeleton

SKELETON = builtin_skeleton()
NOSE, LEFT_EYE = 0, 1
JOINTS = tuple(Keypoint(float(k), float(2 * k) + 0.5, confidence=0.5) for k in range(17))
ANNA = Person("a", JOINTS, Box(1.0, 2.0, 30.5, 40.0), score=0.75, extra={"track_id": 7})


def image(number: int, *people: Person, name: str = "") -> DatasetImage:
    annotation = ImageAnnotation(people, ImageState.PREDICTED)
    return DatasetImage(number, name or f"{number}.jpg", 64, 48, annotation)


def written(path: Path, *images: DatasetImage) -> Path:
    with parquet_writer(path, SKELETON) as writer:
        for each in images:
            writer.add(each)
    return path


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as database:
        return database.execute(query, {"path": str(path)}).fetchall()


def test_duckdb_reads_one_row_a_person(tmp_path: Path) -> None:
    ben = replace(ANNA, id="b", score=None, extra={})
    path = written(tmp_path / "out.parquet", image(3, ANNA, ben), image(4), image(5, ben))
    found = rows(
        path,
        "SELECT image, image_id, width, height, person, track, score, box_x1, box_y1, box_x2, "
        "box_y2 FROM read_parquet($path) ORDER BY image_id, person",
    )
    box = (1.0, 2.0, 30.5, 40.0)
    assert found == [
        ("3.jpg", 3, 64, 48, 0, 7, 0.75, *box),
        ("3.jpg", 3, 64, 48, 1, None, None, *box),
        ("5.jpg", 5, 64, 48, 0, None, None, *box),
    ]


def test_keypoints_are_there_flat_and_by_name(tmp_path: Path) -> None:
    joints = list(JOINTS)
    joints[NOSE] = Keypoint(9.0, 9.0, Visibility.UNLABELLED)
    joints[LEFT_EYE] = Keypoint(10.25, 11.5, Visibility.OCCLUDED, confidence=0.25)
    path = written(tmp_path / "out.parquet", image(1, replace(ANNA, keypoints=tuple(joints))))
    ((flat, *named),) = rows(
        path,
        "SELECT keypoints, nose_x, nose_v, nose_confidence, left_eye_x, left_eye_y, left_eye_v, "
        "left_eye_confidence, right_ankle_y FROM read_parquet($path)",
    )
    assert list(flat[:9]) == [0, 0, 0, 10.25, 11.5, 1, 2, 4.5, 2]
    assert len(flat) == 51
    assert named == [None, 0, None, 10.25, 11.5, 1, 0.25, 32.5]


def test_it_is_written_in_groups_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_parquet, "ROWS", 10)
    path = written(tmp_path / "out.parquet", *(image(n, ANNA, ANNA, ANNA) for n in range(1, 12)))
    metadata = pq.ParquetFile(path).metadata
    assert metadata.num_rows == 33
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [12, 12, 9]


def test_the_file_says_how_many_images_and_which_skeleton(tmp_path: Path) -> None:
    path = written(tmp_path / "out.parquet", image(1), image(2))
    about = pq.ParquetFile(path).metadata
    assert about.num_rows == 0
    assert about.metadata[b"clickpose.images"] == b"2"
    described = json.loads(about.metadata[b"clickpose.skeleton"])
    assert tuple(described["keypoints"]) == SKELETON.keypoints


def test_crowd_regions_are_nobody(tmp_path: Path) -> None:
    crowd = Person("c", (), Box(0, 0, 5, 5), is_crowd=True)
    path = written(tmp_path / "out.parquet", image(1, crowd, ANNA))
    assert rows(path, "SELECT person FROM read_parquet($path)") == [(1,)]


def test_strange_names_come_through(tmp_path: Path) -> None:
    name = "Übung/'; DROP TABLE \u4eba.jpg"
    path = written(tmp_path / "out.parquet", image(1, ANNA, name=name))
    assert rows(path, "SELECT image FROM read_parquet($path)") == [(name,)]


def test_where_the_work_fails_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), parquet_writer(path, SKELETON) as writer:
        writer.add(image(1, ANNA))
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [other.name for other in tmp_path.iterdir()] == ["out.parquet"]


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(FormatError, match=r"needs pyarrow.*clickpose-app\[parquet\]"):
        written(tmp_path / "out.parquet")
