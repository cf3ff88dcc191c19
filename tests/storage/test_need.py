"""Need, note and state are written together with the annotation, and are always true of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.need import need_of
from clickpose_app.core.review import accept, send_back
from clickpose_app.errors import ProjectError
from clickpose_app.storage.project import Project

ANNA = Person("anna", (Keypoint(1.0, 2.0, confidence=0.25),), Box(0.0, 0.0, 4.0, 4.0), score=0.5)
IMAGE = ImageAnnotation((ANNA,), ImageState.PREDICTED)


def test_each_write_keeps_need_and_note_true(project_path: Path) -> None:
    with Project.open(project_path) as project:
        for annotation in (IMAGE, send_back(IMAGE, "schräg"), accept(IMAGE), ImageAnnotation()):
            project.write(2, annotation)
            record = project.images()[1]
            assert record.state is annotation.state
            assert (record.need, record.note) == (need_of(annotation), annotation.note)
            assert project.annotation(2) == annotation


def test_a_write_that_fails_leaves_need_and_note(project_path: Path) -> None:
    broken = ImageAnnotation((Person("x", (), Box(float("nan"), 0, 1, 1)),), ImageState.EDITED)
    with Project.open(project_path) as project:
        project.write(1, send_back(IMAGE, "why"))
        before = project.images()
        with pytest.raises(ProjectError, match="cannot be stored"):
            project.write_many([(2, IMAGE), (1, broken)])
        with pytest.raises(ProjectError, match="cannot be stored"):
            project.write(1, send_back(IMAGE, "caf\udce9"))
        assert project.images() == before


def test_all_people_are_read_in_the_order_of_the_images(
    project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clickpose_app.storage.project._READ_AT_ONCE", 1)
    with Project.open(project_path) as project:
        project.write_many([(3, IMAGE), (1, ImageAnnotation())])
        assert list(project.people()) == [(1, ()), (3, (ANNA,))]
