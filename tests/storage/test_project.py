from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import ImageRecord, Project
from clickpose_app.storage.skeletons import builtin_skeleton

ANNA = Person(
    "0f" * 16,
    (
        Keypoint(0.1 + 0.2, -0.0, Visibility.OCCLUDED, Source.HUMAN),
        Keypoint(5e-324, 1e300, Visibility.UNLABELLED, Source.PREDICTED, 1 / 3),
    ),
    Box(1.0, 2.0, 3.3, 4.4),
    Source.HUMAN,
    0.7,
    extra={"id": 7, "attributes": {"coat": "grün", "n": 2**70}},
)
CROWD = Person("crowd", (), Box(0.0, 0.0, 9.0, 9.0), is_crowd=True)
IMAGE = ImageAnnotation((ANNA, CROWD), ImageState.REVIEWED)

WRITES: dict[str, Callable[[Project], Any]] = {
    "add_images": lambda p: p.add_images([("new.jpg", 1, 1)]),
    "write": lambda p: p.write(1, IMAGE),
    "write_many": lambda p: p.write_many([(1, IMAGE)]),
    "set_image_size": lambda p: p.set_image_size(1, 2, 3),
    "set_setting": lambda p: p.set_setting("zoom", "2"),
    "set_coco_header": lambda p: p.set_coco_header({"info": {}}),
    "set_image_extra": lambda p: p.set_image_extra(1, {"license": 3}),
}


def test_a_new_project_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "neu.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()) as project:
        assert project.images() == []
        assert (project.path, project.image_root) == (path, tmp_path)
        assert project.skeleton == builtin_skeleton()
        assert not project.read_only
    assert [file.name for file in tmp_path.iterdir()] == ["neu.clickpose"]


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "notes.clickpose"
    path.write_text("precious")
    with pytest.raises(ProjectError, match=r"notes\.clickpose already exists"):
        Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton())
    assert path.read_text() == "precious"
    assert [file.name for file in tmp_path.iterdir()] == ["notes.clickpose"]


def test_a_project_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "p.clickpose"
    with pytest.raises(ProjectError, match=r"p\.clickpose"):
        Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton())


def test_a_project_whose_name_is_too_long_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / ("p" * 249)
    with pytest.raises(ProjectError, match="cannot be created"):
        Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton())
    assert list(tmp_path.iterdir()) == []


def test_images_are_listed_in_the_order_they_came(project_path: Path) -> None:
    with Project.open(project_path) as project:
        assert project.images() == [
            ImageRecord(1, "a.jpg", 640, 480, ImageState.NEW),
            ImageRecord(2, "b/ü.png", None, None, ImageState.NEW),
            ImageRecord(3, "c.tif", 30, 20, ImageState.NEW),
        ]


def test_images_added_again_keep_id_size_and_annotation(project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.write(1, IMAGE)
        again = [("c.tif", None, None), ("a.jpg", 100, None), ("d.jpg", 7, 8), ("d.jpg", 7, 8)]
        assert project.add_images(again) == [3, 1, 4, 4]
        assert project.images()[0] == ImageRecord(1, "a.jpg", 100, 480, ImageState.REVIEWED, 0.0)
        assert project.images()[2:] == [
            ImageRecord(3, "c.tif", 30, 20, ImageState.NEW),
            ImageRecord(4, "d.jpg", 7, 8, ImageState.NEW),
        ]
        assert project.annotation(1) == IMAGE


@pytest.mark.parametrize("name", ["", "../a.jpg", "a/../../b.jpg", "/etc/passwd", "a\0.jpg"])
def test_no_image_lies_outside_the_image_root(project_path: Path, name: str) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(ProjectError, match="outside the image folder"):
            project.add_images([("fine.jpg", 1, 1), (name, 1, 1)])
        with pytest.raises(ProjectError, match="outside the image folder"):
            project.image_path(msgspec.structs.replace(project.images()[0], file_name=name))
        assert len(project.images()) == 3


def test_a_name_that_is_not_unicode_is_refused(project_path: Path) -> None:
    with Project.open(project_path) as project, pytest.raises(ProjectError, match="valid Unicode"):
        project.add_images([("caf\udce9.jpg", 1, 1)])


def test_an_image_path_lies_in_the_image_root(project_path: Path) -> None:
    with Project.open(project_path) as project:
        found = project.image_path(project.images()[1])
        assert found == project_path.parent / "images" / "b" / "ü.png"


def test_a_project_moved_with_its_images_finds_them(project_path: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "images", tmp_path / "moved" / "images"
    new.parent.mkdir()
    shutil.move(old, new)
    shutil.move(project_path, new.parent)
    with Project.open(new.parent / project_path.name) as project:
        assert project.image_root == new


def test_a_project_moved_without_its_images_finds_them(project_path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(project_path, elsewhere)
    with Project.open(elsewhere / project_path.name) as project:
        assert project.image_root == tmp_path / "images"


def test_an_image_without_annotation_is_new_and_empty(project_path: Path) -> None:
    with Project.open(project_path) as project:
        assert project.annotation(2) == ImageAnnotation()


def test_an_annotation_survives_closing_exactly(project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.write(2, IMAGE)
    with Project.open(project_path) as project:
        assert repr(project.annotation(2)) == repr(IMAGE)
        assert [record.state for record in project.images()] == [
            ImageState.NEW,
            ImageState.REVIEWED,
            ImageState.NEW,
        ]


def test_the_last_write_counts(project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.write(1, IMAGE)
        project.write(1, ImageAnnotation((CROWD,), ImageState.REJECTED))
        assert project.annotation(1) == ImageAnnotation((CROWD,), ImageState.REJECTED)


@pytest.mark.parametrize("call", ["annotation", "write", "set_image_size", "set_image_extra"])
def test_an_unknown_image_is_a_key_error(project_path: Path, call: str) -> None:
    arguments = {"write": (IMAGE,), "set_image_size": (1, 1), "set_image_extra": ({},)}
    with Project.open(project_path) as project, pytest.raises(KeyError, match="99"):
        getattr(project, call)(99, *arguments.get(call, ()))


def test_several_annotations_are_written_together_or_not_at_all(project_path: Path) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(KeyError):
            project.write_many([(1, IMAGE), (99, IMAGE)])
        assert project.annotation(1) == ImageAnnotation()
        project.write_many([(1, IMAGE), (3, IMAGE)])
        assert project.annotation(1) == project.annotation(3) == IMAGE


def test_an_error_in_the_callers_own_iteration_writes_nothing(project_path: Path) -> None:
    def failing() -> Any:
        yield (1, IMAGE)
        raise RuntimeError("the caller's")

    with Project.open(project_path) as project:
        with pytest.raises(RuntimeError, match="the caller's"):
            project.write_many(failing())
        assert project.annotation(1) == ImageAnnotation()
        project.write(1, IMAGE)


def test_a_number_that_is_not_finite_is_refused_and_the_old_value_stays(
    project_path: Path,
) -> None:
    broken = ImageAnnotation((replace(ANNA, keypoints=(Keypoint(float("nan"), 0),)),))
    with Project.open(project_path) as project:
        project.write(1, IMAGE)
        with pytest.raises(ProjectError, match=r"lauf\.clickpose: the annotation of image 1"):
            project.write(1, broken)
        assert project.annotation(1) == IMAGE


def test_image_sizes_can_be_noted_later(project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.set_image_size(2, 1920, 1080)
        assert project.images()[1] == ImageRecord(2, "b/ü.png", 1920, 1080, ImageState.NEW)


def test_settings_keep_the_last_value(project_path: Path) -> None:
    with Project.open(project_path) as project:
        assert project.setting("zoom") == ""
        assert project.setting("zoom", "1") == "1"
        project.set_setting("zoom", "2")
        project.set_setting("zoom", "größer")
    with Project.open(project_path) as project:
        assert project.setting("zoom", "1") == "größer"


def test_unknown_coco_fields_come_back(project_path: Path) -> None:
    header, extra = {"info": {"year": 2017, "n": [1.5, None]}}, {"coco_url": "http://x", "id": 42}
    with Project.open(project_path) as project:
        assert project.coco_header == {} == project.image_extra(1)
        project.set_coco_header(header)
        project.set_image_extra(1, {"id": 1})
        project.set_image_extra(1, extra)
    with Project.open(project_path) as project:
        assert project.coco_header == header
        assert project.image_extra(1) == extra
        assert project.image_extra(2) == {}


def test_unknown_fields_that_json_cannot_hold_are_refused(project_path: Path) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(ProjectError, match="COCO header"):
            project.set_coco_header({"info": float("inf")})
        with pytest.raises(ProjectError, match="image 1"):
            project.set_image_extra(1, {"info": float("inf")})


@pytest.mark.parametrize("write", WRITES)
def test_a_read_only_project_refuses_to_change(project_path: Path, write: str) -> None:
    before = project_path.read_bytes()
    with Project.open(project_path, read_only=True) as project:
        assert project.read_only
        with pytest.raises(ProjectError, match=r"lauf\.clickpose is open read-only"):
            WRITES[write](project)
    assert project_path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_closing_twice_does_no_harm(project_path: Path, read_only: bool) -> None:
    project = Project.open(project_path, read_only=read_only)
    project.close()
    project.close()


def damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("INSERT INTO annotation VALUES (2, '[{')", "the annotation of image 2"),
        ("INSERT INTO annotation VALUES (2, 7)", "the annotation of image 2"),
        ("UPDATE image SET state = 'lost' WHERE id = 2", "the annotation of image 2"),
    ],
)
def test_a_damaged_annotation_is_named(project_path: Path, statement: str, complaint: str) -> None:
    damage(project_path, statement)
    with Project.open(project_path) as project, pytest.raises(ProjectError, match=complaint):
        project.annotation(2)


def test_an_unknown_state_is_named_in_the_list(project_path: Path) -> None:
    damage(project_path, "UPDATE image SET state = 'lost' WHERE id = 2")
    with (
        Project.open(project_path) as project,
        pytest.raises(ProjectError, match=r"list of images cannot be read \('lost'\)"),
    ):
        project.images()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_skeleton_is_named_and_the_project_let_go(
    project_path: Path, read_only: bool
) -> None:
    damage(project_path, "UPDATE setting SET value = '{}' WHERE key = 'project.skeleton'")
    for _ in range(2):
        with pytest.raises(ProjectError, match="its skeleton cannot be read"):
            Project.open(project_path, read_only=read_only)
