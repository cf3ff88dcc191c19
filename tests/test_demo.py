"""The demo without a screen does the same job as the window."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from clickpose_app import demo
from clickpose_app.errors import ClickPoseError
from clickpose_app.paths import resources_dir
from clickpose_app.qt_platform import NoDisplayError, QtPlatformError
from clickpose_app.storage.images import find_images
from tests.fake_predictor import FakePredictor


def test_it_writes_before_and_after_pictures_and_coco_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.work_without_window(FakePredictor(), tmp_path / "out")
    said = capsys.readouterr().out
    assert "16 other joints followed" in said
    assert str((tmp_path / "out" / "demo.coco.json").resolve()) in said
    photos = find_images(resources_dir() / "samples")
    assert len(photos) >= 2
    for photo in photos:
        before, after = (
            cv2.imread(str(tmp_path / "out" / f"{photo.stem}-{when}.png"))
            for when in ("before", "after")
        )
        assert before is not None
        assert after is not None
    written = json.loads((tmp_path / "out" / "demo.coco.json").read_text(encoding="utf-8"))
    assert [image["file_name"] for image in written["images"]] == [p.name for p in photos]
    sources = "".join(annotation["keypoint_sources"] for annotation in written["annotations"])
    assert sources.count("h") == 1


def test_the_corrected_picture_differs_from_the_one_before(tmp_path: Path) -> None:
    demo.work_without_window(FakePredictor(), tmp_path)
    changed = [
        photo.name
        for photo in find_images(resources_dir() / "samples")
        if (tmp_path / f"{photo.stem}-before.png").read_bytes()
        != (tmp_path / f"{photo.stem}-after.png").read_bytes()
    ]
    assert len(changed) == 1


def test_a_network_that_is_certain_of_nobody_still_shows_a_correction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "SCORE_THRESHOLD", 1.0)
    demo.work_without_window(FakePredictor(), tmp_path)
    said = capsys.readouterr().out
    assert "best guess" in said
    assert "16 other joints followed" in said
    assert "1 people in" not in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ClickPoseError, match="file"):
        demo.work_without_window(FakePredictor(), tmp_path / "file")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (NoDisplayError("There is no display.", "Get one."), "There is no display."),
        (QtPlatformError("Qt lacks libegl1.", "apt install libegl1"), "apt install libegl1"),
    ],
)
def test_where_no_window_can_open_the_work_is_done_without_one(
    reason: QtPlatformError,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def no_window() -> None:
        raise reason

    monkeypatch.setattr(demo, "check_qt_platform", no_window)
    monkeypatch.setattr("clickpose_app.engine.loading.load_predictor", lambda: FakePredictor())
    assert demo.run_demo(tmp_path) == 0
    assert said in capsys.readouterr().out
    assert (tmp_path / "demo.coco.json").is_file()


def test_where_a_window_can_open_it_shows_the_copied_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(demo, "check_qt_platform", lambda: None)
    monkeypatch.setattr("clickpose_app.app.run_window", lambda path: opened.append(path))
    demo.run_demo(None)
    assert opened == [tmp_path / "demo"]


def test_the_window_works_on_a_copy_of_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    folder = demo.working_copy()
    names = [path.name for path in find_images(resources_dir() / "samples")]
    assert [path.name for path in find_images(folder)] == names


def test_every_sample_has_a_stated_licence() -> None:
    samples = resources_dir() / "samples"
    text = (samples / "LICENSES.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in find_images(samples))
