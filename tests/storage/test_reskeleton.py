"""A project gets another skeleton: every person follows by name, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

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
from clickpose_app.core.reskeleton import REMOVED, Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton

BOX = Box(1.0, 2.0, 30.0, 60.0)
HEAD = Keypoint(0.1 + 0.2, -0.0, Visibility.OCCLUDED, Source.HUMAN)
TAIL = Keypoint(5e-324, 1e300, Visibility.VISIBLE, Source.PREDICTED, 1 / 3)
PAW = Keypoint(7.0, 8.0, Visibility.UNLABELLED)


def skeleton_of(*names: str) -> Skeleton:
    return Skeleton("pet", names, (), (), (0.1,) * len(names))


PET = skeleton_of("head", "tail", "paw")
ANNA = Person("anna", (HEAD, TAIL, PAW), BOX, Source.HUMAN, 0.7, extra={"id": 7, "coat": "grün"})
CROWD = Person("crowd", (), BOX, is_crowd=True)
IMAGE = ImageAnnotation((ANNA, CROWD), ImageState.REVIEWED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pets.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=PET) as project:
        ids = project.add_images([(f"{n}.jpg", None, None) for n in range(1201)])
        project.write_many((image_id, IMAGE) for image_id in ids[:-1])
    return path


def people(path: Path, image_id: int) -> tuple[Person, ...]:
    with Project.open(path, read_only=True) as project:
        return project.annotation(image_id).people


@pytest.mark.parametrize("image_id", [1, 500, 501, 1200])
def test_kept_joints_are_kept_bit_for_bit_in_their_new_place(path: Path, image_id: int) -> None:
    with Project.open(path) as project:
        project.set_skeleton(skeleton_of("paw", "tail", "head"))
    with Project.open(path, read_only=True) as project:
        assert project.skeleton.keypoints == ("paw", "tail", "head")
        annotation = project.annotation(image_id)
    assert annotation.state is ImageState.REVIEWED
    assert annotation.people == (replace(ANNA, keypoints=(PAW, TAIL, HEAD)), CROWD)
    assert repr(annotation.people[0].keypoints) == repr((PAW, TAIL, HEAD))


def test_renamed_joints_follow_even_when_two_exchange_their_names(path: Path) -> None:
    with Project.open(path) as project:
        project.set_skeleton(
            skeleton_of("tail", "head", "hand"), {"head": "tail", "tail": "head", "paw": "hand"}
        )
    assert people(path, 1)[0] == ANNA


def test_removed_joints_wait_with_their_person_and_come_back(path: Path) -> None:
    with Project.open(path) as project:
        project.set_skeleton(skeleton_of("tail"))
        anna = project.annotation(1).people[0]
        assert anna.keypoints == (TAIL,)
        assert list(anna.extra[REMOVED]) == ["head"]  # the paw was never labelled
        assert {key: anna.extra[key] for key in ANNA.extra} == ANNA.extra
        project.set_skeleton(PET)
        back = project.annotation(1).people[0]
    assert back.keypoints[:2] == (HEAD, TAIL)
    assert back.keypoints[2].visibility is Visibility.UNLABELLED
    assert back.extra == ANNA.extra


def test_new_joints_are_not_labelled_and_a_crowd_gets_none(path: Path) -> None:
    with Project.open(path) as project:
        project.set_skeleton(skeleton_of("head", "tail", "paw", "horn"))
    anna, crowd = people(path, 1)
    assert anna.keypoints[:3] == ANNA.keypoints
    assert anna.keypoints[3].visibility is Visibility.UNLABELLED
    assert anna.keypoints[3].source is Source.PREDICTED
    assert crowd == CROWD


def test_a_change_of_looks_alone_touches_nobody(path: Path) -> None:
    looks = replace(PET, colours=("#ff0000", "", ""), limbs=((0, 1),), sigmas=(0.2, 0.2, 0.2))
    with Project.open(path) as project:
        project.set_skeleton(looks)
        assert project.annotation(1) == IMAGE
    with Project.open(path, read_only=True) as project:
        assert project.skeleton == looks


def test_labelled_joints_are_counted_by_name(path: Path) -> None:
    with Project.open(path, read_only=True) as project:
        assert project.labelled_counts() == {"head": 1200, "tail": 1200, "paw": 0}


@pytest.mark.parametrize("renamed", [{"fin": "head"}, {"head": "fin"}, {"head": "x", "tail": "x"}])
def test_a_rename_of_what_is_not_there_is_refused(path: Path, renamed: dict[str, str]) -> None:
    with Project.open(path) as project:
        with pytest.raises(ValueError, match="become"):
            project.set_skeleton(skeleton_of("head", "tail", "x"), renamed)
        assert project.skeleton == PET


def test_one_damaged_annotation_leaves_all_as_they_were(path: Path) -> None:
    short = replace(ANNA, keypoints=(HEAD,))
    with Project.open(path) as project:
        project.write(900, ImageAnnotation((short,)))
        with pytest.raises(ProjectError, match="image 900"):
            project.set_skeleton(skeleton_of("tail"))
        assert project.skeleton == PET
        assert project.annotation(1) == IMAGE


def test_a_read_only_project_refuses(path: Path) -> None:
    with (
        Project.open(path, read_only=True) as project,
        pytest.raises(ProjectError, match="read-only"),
    ):
        project.set_skeleton(skeleton_of("tail"))


def test_what_an_imported_category_says_by_place_goes(path: Path) -> None:
    header = {"extra": {"info": 1}, "category_extra": {"sigmas": [0.1], "name": "pet"}}
    with Project.open(path) as project:
        project.set_coco_header(header)
        project.set_skeleton(skeleton_of("tail"))
        assert project.coco_header == {"extra": {"info": 1}, "category_extra": {"name": "pet"}}


_KILLED = """
import os, signal, sys
from pathlib import Path
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.storage.project import Project
from tests.storage.test_reskeleton import skeleton_of

change, done = Reskeleton.person, []

def person(self, person):
    done.append(person)
    if len(done) == 1500:
        os.kill(os.getpid(), signal.SIGKILL)
    return change(self, person)

Reskeleton.person = person
with Project.open(Path(sys.argv[1])) as project:
    project.set_skeleton(skeleton_of("tail"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_in_the_middle_leaves_all_as_they_were(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert killed.returncode == -9
    with Project.open(path) as project:
        assert project.skeleton == PET
        assert all(project.annotation(n) == IMAGE for n in (1, 700, 751, 1200))


def test_a_new_joint_lies_where_the_figure_has_it() -> None:
    coco, lsp = builtin_skeleton(), builtin_skeleton("lsp-14")
    standing = tuple(Keypoint(500 * x, 500 * y) for x, y in coco.figure)
    person = Person("p", standing, Box(0, 0, 500, 500))
    placed = Reskeleton.between(coco, lsp).person(person)
    for keypoint, (x, y) in zip(placed.keypoints, lsp.figure, strict=True):
        assert (keypoint.x, keypoint.y) == pytest.approx((500 * x, 500 * y))


def test_a_foreign_field_of_that_name_does_no_harm() -> None:
    change = Reskeleton.between(skeleton_of("tail"), skeleton_of("tail", "head"))
    for foreign in ("text", ["head"], {"head": ["far", "away"]}, {"head": 3}, {"other": 1}):
        person = Person("p", (TAIL,), BOX, extra={REMOVED: foreign})
        changed = change.person(person)
        assert not changed.keypoints[1].labelled
        assert changed.extra == person.extra


def test_a_project_from_before_there_were_figures_opens_and_gets_one(tmp_path: Path) -> None:
    coco = builtin_skeleton()
    path = tmp_path / "old.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=coco) as project:
        old = json.loads(project.setting("project.skeleton"))
        del old["colours"], old["figure"]
        project.set_setting("project.skeleton", json.dumps(old))
    with Project.open(path, read_only=True) as project:
        assert project.skeleton == coco
