"""Annotations go between projects and files, whatever their format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from clickpose_app.batch.conversion import Source, opened, write, write_project
from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError, ProjectError
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_format import COCO
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.coco_samples import data_set, image, person


@pytest.fixture
def coco(tmp_path: Path) -> Path:
    """Two images, one of them with a person whose entry has a field of its own."""
    path = tmp_path / "Leute.json"
    entries = data_set(annotations=[person(7, colour="red")], images=[image(3), image(1)])
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_a_coco_file_becomes_a_project_and_the_same_coco_file(coco: Path, tmp_path: Path) -> None:
    out = tmp_path / "Leute.clickpose"
    with opened(coco, images=tmp_path) as source:
        report = write_project(source, out)
    assert (report.images, report.people) == (2, 1)
    back = tmp_path / "back.json"
    with opened(out) as source:
        assert write(source, back, COCO).people == 1
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in (coco, back))
    assert after["images"] == before["images"]
    (annotation,) = after["annotations"]
    assert (annotation["id"], annotation["colour"]) == (7, "red")
    assert annotation["keypoints"] == before["annotations"][0]["keypoints"]


def test_a_project_that_is_there_is_never_replaced(coco: Path, tmp_path: Path) -> None:
    out = tmp_path / "work.clickpose"
    with Project.create(out, image_root=tmp_path, skeleton=builtin_skeleton()) as project:
        (image_id,) = project.add_images([("a.jpg", 10, 10)])
        mine = ImageAnnotation((Person("me", (Keypoint(1, 2),) * 17, Box(0, 0, 9, 9)),))
        project.write(image_id, mine)
    with (
        opened(coco, images=tmp_path) as source,
        pytest.raises(ProjectError, match="is there already"),
    ):
        write_project(source, out)
    with Project.open(out, read_only=True) as project:
        assert project.annotation(image_id) == mine


def test_a_project_needs_to_know_where_its_images_are(coco: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.clickpose"
    with opened(coco) as source, pytest.raises(FormatError, match="where its images are"):
        write_project(source, out)
    assert not out.exists()


def test_a_damaged_person_leaves_no_half_made_project(coco: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.clickpose"
    entries = data_set(images=[image(1, file_name="../outside.jpg"), image(2)])
    coco.write_text(json.dumps(entries), encoding="utf-8")
    with pytest.raises(FormatError), opened(coco, images=tmp_path) as source:
        write_project(source, out)
    assert list(tmp_path.glob("*.clickpose*")) == []


def test_images_beside_the_file_are_found(coco: Path, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "001.jpg").write_bytes(b"")
    with opened(coco) as source:
        assert source.images == tmp_path / "images"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("gone.json", None, "does not exist"), ("notes.txt", "hello", "none of the formats")],
)
def test_what_is_no_annotation_file_is_named(
    tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=words) as caught, opened(path):
        pass
    assert name in caught.value.message


@pytest.mark.parametrize("name", ["coco", "coco-wholebody", "crowdpose"])
def test_every_file_by_the_rules_of_coco_is_checked(tmp_path: Path, name: str) -> None:
    skeleton = builtin_skeleton()
    person = Person("", (Keypoint(5, 5),) * 17, Box(0, 0, 99, 9))
    found = DatasetImage(1, "a.jpg", 9, 9, ImageAnnotation((person,)))
    source = Source(Dataset(skeleton, (found,)), None)
    said = [str(each) for each in write(source, tmp_path / "out.json", format_named(name)).findings]
    assert any("bbox reaches out of the image" in each for each in said)
    sound = Source(Dataset(skeleton, (replace(found, annotation=ImageAnnotation()),)), None)
    assert write(sound, tmp_path / "sound.json", format_named(name)).findings == ()


def test_an_export_counts_each_person_once(coco: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    with opened(coco) as source:
        assert write(source, out, COCO).people == 1
    assert len(read_coco(out).images) == 2
