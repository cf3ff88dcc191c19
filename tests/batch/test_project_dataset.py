"""A project goes out as COCO JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.batch.conversion import export_project
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ProjectError
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.batch.test_prelabel import make_image
from tests.formats.coco_samples import data_set, image, people_of, person, written

SOMEBODY = Person("somebody", (Keypoint(1.5, 2.5),) * 17, Box(0, 0, 10, 20))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "a.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()) as created:
        yield created


def exported(project: Project) -> dict[str, Any]:
    out = project.path.with_suffix(".json")
    export_project(project.path, out)
    content: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return content


def test_people_and_states_go_out_while_another_has_the_project_open(project: Project) -> None:
    first, _ = project.add_images([("a.jpg", 40, 30), ("Übung/b.jpg", 50, 60)])
    reviewed = ImageAnnotation((SOMEBODY,), ImageState.REVIEWED)
    project.write(first, reviewed)
    out = project.path.with_suffix(".json")
    report = export_project(project.path, out)
    assert (report.images, report.people, report.left_out) == (2, 1, ())
    images = read_coco(out).images
    assert [(i.file_name, i.width, i.height) for i in images] == [
        ("a.jpg", 40, 30),
        ("Übung/b.jpg", 50, 60),
    ]
    assert images[0].annotation.state is ImageState.REVIEWED
    (found,) = images[0].annotation.people
    assert (found.xy == SOMEBODY.xy).all()


def test_a_size_that_nobody_noted_is_that_of_the_file(project: Project, tmp_path: Path) -> None:
    make_image(tmp_path / "a.png", width=44, height=33)
    project.add_images([("a.png", None, None)])
    (entry,) = exported(project)["images"]
    assert (entry["width"], entry["height"]) == (44, 33)


def test_an_image_without_a_size_is_named_and_the_others_written(project: Project) -> None:
    project.add_images([("gone.png", None, None), ("a.png", 9, 9)])
    report = export_project(project.path, project.path.with_suffix(".json"))
    assert report.images == 1
    (failure,) = report.left_out
    assert "gone.png does not exist" in str(failure)


def test_imported_image_ids_stay_and_others_evade_them(project: Project) -> None:
    ids = project.add_images((f"{i}.jpg", 9, 9) for i in range(4))
    project.set_image_extra(ids[0], {"id": 2})
    project.set_image_extra(ids[2], {"id": 2})
    project.set_image_extra(ids[3], {"id": "text"})
    assert [entry["id"] for entry in exported(project)["images"]] == [2, 5, 3, 4]


def test_an_imported_file_comes_out_as_it_went_in(project: Project, tmp_path: Path) -> None:
    content = data_set(
        images=[image(30, coco_url="http://x"), image(7)],
        annotations=[person(9, 30, note="für"), person(2, 7)],
        mood="good",
    )
    dataset = read_coco(written(tmp_path / "in.json", content))
    # As the window imports it.
    ids = project.add_images((i.file_name, i.width, i.height) for i in dataset.images)
    for image_id, imported in zip(ids, dataset.images, strict=True):
        project.write(image_id, imported.annotation)
        project.set_image_extra(image_id, dict(imported.extra))
    header = {"extra": dict(dataset.extra), "category_extra": dict(dataset.category_extra)}
    project.set_coco_header(header)
    again = exported(project)
    assert again.pop("clickpose")
    for entry in again["annotations"]:
        assert entry.pop("keypoint_sources") == "-hh" * 5 + "-h"
    assert again == content


def test_keypoints_are_shifted_on_request(project: Project) -> None:
    (number,) = project.add_images([("a.jpg", 40, 30)])
    project.write(number, ImageAnnotation((SOMEBODY,)))
    out = project.path.with_suffix(".json")
    export_project(project.path, out, keypoint_shift=-0.5)
    (entry,) = json.loads(out.read_text())["annotations"]
    assert entry["keypoints"][:3] == [1, 2, 2]
    again = people_of(read_coco(out).images[0].annotation)
    assert (again[0].xy == replace(SOMEBODY, id="").xy).all()


def test_what_was_imported_and_breaks_a_rule_is_told(project: Project) -> None:
    project.add_images([("a.jpg", 40, 30)])
    assert export_project(project.path, project.path.with_suffix(".json")).findings == ()
    other = {"id": 5, "name": "dog", "keypoints": ["nose", "nose"], "skeleton": []}
    project.set_coco_header({"extra": {"categories": [other]}})
    (finding,) = export_project(project.path, project.path.with_suffix(".json")).findings
    assert str(finding) == "error: category 5: keypoints names one twice"


def test_a_project_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"gone\.clickpose"):
        export_project(tmp_path / "gone.clickpose", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()
