from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from clickpose_app.cli import main
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person, Source
from clickpose_app.core.geometry import Box
from clickpose_app.core.work import Spell
from clickpose_app.errors import FormatError, ProjectError
from clickpose_app.formats.work_csv import HEADERS, write_work_csv
from clickpose_app.storage.project import Project
from clickpose_app.storage.work import read_numbers, record_work, worked_images

WHEN = datetime(2026, 5, 4, 12, 0).timestamp()
PINNED = Keypoint(1, 1, source=Source.HUMAN)
ANNA = Person("anna", (PINNED, *[Keypoint(2, 2)] * 16), Box(0, 0, 9, 9))


@pytest.fixture
def worked_path(project_path: Path) -> Path:
    """A project with some work on its first image."""
    with Project.open(project_path) as project:
        project.write(1, ImageAnnotation((ANNA,), ImageState.EDITED))
        record_work(project, [Spell(1, "anna", WHEN, 8.5, 2, 1), Spell(1, "", WHEN + 1, 3.0, 1, 0)])
    return project_path


def test_work_is_read_as_it_was_recorded(worked_path: Path) -> None:
    with Project.open(worked_path, read_only=True) as project:
        (image,) = worked_images(project)
    assert (image.file_name, image.state, image.people) == ("a.jpg", ImageState.EDITED, (ANNA,))
    assert image.spells == (Spell(1, "anna", WHEN, 8.5, 2, 1), Spell(1, "", WHEN + 1, 3.0, 1, 0))


def test_all_of_the_work_is_recorded_or_none(project_path: Path) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(ProjectError):
            record_work(project, [Spell(1, "", WHEN, 1, 1, 0), Spell(99, "", WHEN, 1, 1, 0)])
        assert worked_images(project) == []


def test_a_project_that_is_read_only_records_nothing(worked_path: Path) -> None:
    with Project.open(worked_path, read_only=True) as project, pytest.raises(ProjectError):
        record_work(project, [Spell(1, "", WHEN, 1, 1, 0)])


def test_numbers_are_read_while_a_window_has_the_project_open(worked_path: Path) -> None:
    with Project.open(worked_path):
        numbers = read_numbers(worked_path, datetime.fromtimestamp(WHEN).date())
    assert numbers.states[ImageState.EDITED] == 1
    assert numbers.states[ImageState.NEW] == 2
    assert numbers.today == numbers.overall
    assert (numbers.overall.clicks, numbers.overall.saved) == (3, 14)


def test_the_table_has_a_row_an_image_and_person(worked_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "work.csv"
    assert write_work_csv(out, read_numbers(worked_path).people) == 2
    with out.open(encoding="utf-8-sig", newline="") as file:
        header, anna, whole = csv.reader(file)
    assert header == list(HEADERS)
    row = dict(zip(header, anna, strict=True))
    assert (row["image"], row["person"], row["person id"]) == ("a.jpg", "1", "anna")
    assert (row["joints labelled"], row["joints placed by hand"]) == ("17", "1")
    assert (row["clicks"], row["clicks by hand"], row["clicks saved"]) == ("2", "17", "15")
    assert row["active seconds"] == "8.5"
    assert row["last worked on"].startswith("2026-05-04 12:00:00")
    assert whole[:5] == ["a.jpg", "edited", "", "", "no"]


def test_a_file_name_is_never_a_formula(worked_path: Path, tmp_path: Path) -> None:
    (anna, _) = read_numbers(worked_path).people
    image = replace(anna.image, file_name="=cmd.jpg")
    write_work_csv(tmp_path / "work.csv", [replace(anna, image=image)])
    assert "\n'=cmd.jpg," in (tmp_path / "work.csv").read_text(encoding="utf-8-sig")


def test_a_table_that_cannot_be_written_is_named(worked_path: Path, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        write_work_csv(tmp_path / "nowhere" / "work.csv", read_numbers(worked_path).people)


def test_the_command_prints_the_numbers_and_writes_the_table(
    worked_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["numbers", str(worked_path), "--csv", str(tmp_path / "work.csv")]) == 0
    said = capsys.readouterr().out
    assert "3 images: 2 new, 1 edited" in said
    assert ["clicks", "saved", "0", "14"] in [line.split() for line in said.splitlines()]
    assert "2 rows" in said
    assert (tmp_path / "work.csv").exists()
