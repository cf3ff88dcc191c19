"""The prelabel command with videos, previews, report and Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

import clickpose_app.engine.many
from clickpose_app import cli
from tests.batch.clips import numbered_clip
from tests.batch.test_prelabel import make_image
from tests.fake_predictor import FakePredictor


@pytest.fixture(autouse=True)
def predictor(monkeypatch: pytest.MonkeyPatch) -> FakePredictor:
    fake = FakePredictor()
    monkeypatch.setattr(clickpose_app.engine.many, "load_for_many", lambda *_: fake)
    return fake


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return numbered_clip(tmp_path / "clip.mp4", 30)


def prelabelled(*arguments: object) -> int:
    return cli.main(["prelabel", *map(str, arguments)])


def test_a_video_becomes_frames_and_tracks_beside_the_result(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.json"
    out.parent.mkdir()
    assert prelabelled(clip, "--every", 10, "--out", out) == 0
    content = json.loads(out.read_text())
    names = [image["file_name"] for image in content["images"]]
    assert names == ["clip/000000.jpg", "clip/000010.jpg", "clip/000020.jpg"]
    assert all((out.parent / name).is_file() for name in names)
    assert [entry["track_id"] for entry in content["annotations"]] == [1, 2] * 3


def test_frames_go_where_one_wants_them_or_nowhere(clip: Path, tmp_path: Path) -> None:
    frames = tmp_path / "pictures"
    assert prelabelled(clip, "--fps", 5, "--frames", frames, "--out", tmp_path / "a.json") == 0
    assert len(list((frames / "clip").glob("*.jpg"))) == 6
    # Relative to the result, so that whoever opens it finds them.
    first = json.loads((tmp_path / "a.json").read_text())["images"][0]
    assert first["file_name"] == "pictures/clip/000000.jpg"
    out = tmp_path / "b.json"
    assert prelabelled(clip, "--fps", 5, "--no-frames", "--no-track", "--out", out) == 0
    content = json.loads(out.read_text())
    assert content["images"][1]["file_name"] == "clip/000005.jpg"
    assert "track_id" not in content["annotations"][0]
    assert {path.name for path in tmp_path.iterdir()} == {
        *("a.json", "b.json", "clip.mp4", "pictures"),
    }


def test_previews_report_and_parquet_in_one_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_image(tmp_path / "photos" / "a.png")
    (tmp_path / "photos" / "b.png").write_bytes(b"junk")
    out, page, drawn = (tmp_path / name for name in ("out.parquet", "r.html", "drawn"))
    arguments = ("--out", out, "--report", page, "--preview", drawn, "--track")
    assert prelabelled(tmp_path / "photos", *arguments) == 3
    with duckdb.connect() as database:
        query = "SELECT image, track FROM read_parquet($path) ORDER BY track"
        found = database.execute(query, {"path": str(out)}).fetchall()
    assert found == [("a.png", 1), ("a.png", 2)]
    content = page.read_text()
    assert "b.png is not an image" in content
    for fact in ("fake predictor", "coco-17", "clickpose-s.safetensors", str(out)):
        assert fact in content
    assert (drawn / "a.png.jpg").is_file()
    assert "b.png" in capsys.readouterr().err


def test_a_video_that_was_cut_short_is_told_and_code_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = numbered_clip(tmp_path / "a.mkv", 100)
    path.write_bytes(path.read_bytes()[:-30_000])
    page = tmp_path / "r.html"
    assert prelabelled(path, "--fps", 2, "--out", tmp_path / "o.json", "--report", page) == 3
    assert "damaged or cut short: its first" in capsys.readouterr().err
    assert "damaged or cut short: its first" in page.read_text()


def test_a_project_gets_its_report(tmp_path: Path) -> None:
    make_image(tmp_path / "photos" / "a.png")
    from clickpose_app.storage.project import Project
    from clickpose_app.storage.skeletons import builtin_skeleton

    path = tmp_path / "p.clickpose"
    with Project.create(path, image_root=tmp_path / "photos", skeleton=builtin_skeleton()) as new:
        new.add_images([("a.png", None, None)])
    assert prelabelled("--into", path, "--report", tmp_path / "r.html") == 0
    assert "<b>2</b>people found" in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["clip.mp4", "--every", "2", "--fps", "2", "--out", "o.json"], "either --every or --fps"),
        (["clip.mp4", "--frames", "f", "--no-frames", "--out", "o.json"], "either --frames or"),
        (["photos", "--every", "2", "--out", "o.json"], "are about videos"),
        (["clip.mp4", "--shard", "1/2", "--out", "o.json"], "--shard takes frames apart"),
        (["photos", "--track", "--shard", "1/2", "--out", "o.json"], "--shard takes frames apart"),
        (["--into", "p.clickpose", "--track"], "--track goes with --out"),
        (["clip.mp4", "--image-ids", "i.json", "--out", "o.json"], "does not go with videos"),
        (["photos", "--report", "r.html", "--out", "o.json", "--ray"], "--ray goes without videos"),
        (["clip.mp4", "--every", "0", "--out", "o.json"], "--every"),
    ],
)
def test_what_does_not_go_together_is_told(
    arguments: list[str],
    why: str,
    clip: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(clip.parent)
    make_image(Path("photos/a.png"))
    assert prelabelled(*arguments) == 2
    assert why in capsys.readouterr().err
