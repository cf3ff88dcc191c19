"""All that a run writes, stopped and gone on with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from clickpose_app.batch import results as module
from clickpose_app.batch.into_project import prelabel_project
from clickpose_app.batch.journal import journal_path
from clickpose_app.batch.prelabel import PrelabelReport, prelabel, select_images
from clickpose_app.batch.project_results import write_project_results
from clickpose_app.batch.report import ReportRequest
from clickpose_app.batch.results import Results
from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageState
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.batch.test_prelabel import make_image
from tests.fake_predictor import FakePredictor, Tired

COUNT = 6


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for number in range(1, COUNT + 1):
        make_image(tmp_path / "photos" / f"{number}.png", 100, 80)
    (tmp_path / "photos" / "bad <b>.png").write_bytes(b"junk")
    return tmp_path / "photos"


def all_of(folder: Path) -> Results:
    return Results(folder / "drawn", ReportRequest(folder / "r.html", "A run", {}))


def ran(photos: Path, folder: Path, predictor: FakePredictor) -> PrelabelReport:
    images = select_images([photos]).images
    return prelabel(images, predictor, folder / "out.parquet", results=all_of(folder))


def people_in(path: Path) -> int:
    with duckdb.connect() as database:
        query = "SELECT count(*) FROM read_parquet($path)"
        (found,) = database.execute(query, {"path": str(path)}).fetchone() or (-1,)
    return int(found)


def test_a_run_that_broke_down_comes_to_the_same_end_in_all_outputs(
    photos: Path, tmp_path: Path
) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    for folder in (whole, stopped):
        folder.mkdir()
    ran(photos, whole, FakePredictor())
    with pytest.raises(RuntimeError):
        ran(photos, stopped, Tired(3))
    assert {path.name for path in stopped.iterdir()} == {"out.parquet.work", "drawn"}
    again = FakePredictor()
    report = ran(photos, stopped, again)
    assert again.calls.count("encode") == COUNT - 3
    assert (report.images, report.people, len(report.failures)) == (COUNT, 2 * COUNT, 1)
    assert people_in(stopped / "out.parquet") == 2 * COUNT
    drawn = {path.name: path.read_bytes() for path in (whole / "drawn").iterdir()}
    assert len(drawn) == COUNT
    assert {path.name: path.read_bytes() for path in (stopped / "drawn").iterdir()} == drawn
    pages = [(f / "r.html").read_text().partition('class="figures"')[2] for f in (whole, stopped)]
    assert pages[0] == pages[1]
    assert "bad &lt;b&gt;.png is not an image" in pages[0]
    assert not journal_path(stopped / "out.parquet").exists()


def test_a_run_that_was_killed_while_writing_repeats_no_network_work(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context, pytest.raises(KeyboardInterrupt):

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        context.setattr(module, "write_report", killed)
        ran(photos, tmp_path, FakePredictor())
    assert not (tmp_path / "r.html").exists()
    again = FakePredictor()
    ran(photos, tmp_path, again)
    assert again.calls == []
    assert (tmp_path / "r.html").exists()
    assert len(list((tmp_path / "drawn").iterdir())) == COUNT


def test_what_would_fail_after_the_work_fails_before_it(photos: Path, tmp_path: Path) -> None:
    predictor = FakePredictor()
    (photos / "1.jpg").write_bytes((photos / "1.png").read_bytes())
    (tmp_path / "file").touch()
    for results, why in (
        (Results(preview=photos), "would replace it"),
        (Results(preview=tmp_path / "file"), "cannot be made"),
        (Results(report=ReportRequest(tmp_path / "no" / "r.html", "", {})), "does not exist"),
        (Results(report=ReportRequest(tmp_path, "", {})), "that is a folder"),
    ):
        with pytest.raises(ClickPoseError, match=why):
            prelabel(
                *(select_images([photos]).images, predictor, tmp_path / "out.json"),
                results=results,
            )
    assert predictor.calls == []


def test_previews_that_cannot_be_drawn_are_named_apart(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "drawn").mkdir()
    (tmp_path / "drawn" / "2.png.jpg").write_bytes(b"mine")
    report = ran(photos, tmp_path, FakePredictor())
    (sentence,) = report.not_drawn
    assert "2.png.jpg is there and no preview of ours" in sentence
    assert len(report.failures) == 1
    assert "no preview of ours" in (tmp_path / "r.html").read_text()


def test_a_project_has_previews_and_a_report_of_what_nobody_has_touched(
    photos: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.clickpose"
    with Project.create(path, image_root=photos, skeleton=builtin_skeleton()) as project:
        project.add_images((f"{n}.png", None, None) for n in range(1, COUNT + 1))
    prelabel_project(path, FakePredictor())
    with Project.open(path) as project:
        reviewed = edits.with_state(project.annotation(2), ImageState.REVIEWED)
        project.write(2, reviewed)
    assert write_project_results(path, all_of(tmp_path), ("x.png is damaged.",)) == ()
    drawn = sorted(preview.name for preview in (tmp_path / "drawn").iterdir())
    assert drawn == ["1.png.jpg", "3.png.jpg", "4.png.jpg", "5.png.jpg", "6.png.jpg"]
    page = (tmp_path / "r.html").read_text()
    assert "<b>5</b>images labelled" in page and "x.png is damaged." in page
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
