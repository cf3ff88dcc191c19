"""What a person and another program see of the adapt command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clickpose_app.adaptation import teach
from clickpose_app.adaptation.plan import Course
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.shipping import Shelf
from clickpose_app.cli import EXIT_USAGE, main
from clickpose_app.cli_adapt import EXIT_STOPPED
from clickpose_app.cli_options import EXIT_ERROR
from clickpose_app.network.clickpose import ClickPose
from tests.adaptation.creatures import write_base, write_creatures


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(teach, "Recipe", lambda: Recipe(size=64, batch=2, variants=2, warmup=1))
    write_base(tmp_path)
    return write_creatures(tmp_path)


def command(labels: Path, *options: str) -> list[str]:
    folder = labels.parent
    base, out = str(folder / "base.safetensors"), str(folder / "out" / "fish.safetensors")
    run = ["--base", base, "--out", out, "--steps", "4", "--threads", "1"]
    return ["adapt", str(labels), *run, *options]


def test_taught_weights_predict_and_are_evaluated_like_any_others(
    labels: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(labels)) == 0
    err = capfd.readouterr().err
    assert "4 labelled on 4 images, 4 keypoints; 2 images held out." in err
    assert "clicks to OKS 0.90, by hand" in err
    weights = ["--weights", str(tmp_path / "out" / "fish.safetensors"), "--device", "cpu"]
    found = tmp_path / "found.json"
    image = str(tmp_path / "fish 1 ü.png")
    prelabel = ["prelabel", image, "--out", str(found), "--score-threshold", "0", *weights]
    assert main(prelabel) == 0
    content = json.loads(found.read_text(encoding="utf-8"))
    assert content["categories"][0]["keypoints"] == ["snout", "left_fin", "right_fin", "tail"]
    assert len(content["annotations"][0]["keypoints"]) == 12
    assert main(["evaluate", str(labels), "--images", str(tmp_path), *weights]) == 0
    assert "AP" in capfd.readouterr().out


def test_another_program_reads_a_json_object_a_line(
    labels: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(labels, "--progress", "json")) == 0
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert events[0]["event"] == "started" and events[-1]["event"] == "finished"
    assert events[-1]["reason"] == "done" and "clicks" in events[-1]["figures"]


def test_a_stop_file_stops_and_the_same_command_goes_on(
    labels: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stop = tmp_path / "stop"
    stop.touch()
    asked = command(labels, "--stop-file", str(stop))
    assert main(asked) == EXIT_STOPPED
    assert "Stopped before the first step." in capfd.readouterr().err
    assert not (tmp_path / "out" / "fish.safetensors").exists()
    stop.unlink()
    assert main(asked) == 0


def test_a_stop_in_the_middle_leaves_weights_and_says_so(
    labels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = tmp_path / "stop"
    offer = Shelf.offer

    def stopping(shelf: Shelf, average: ClickPose, share: float, course: Course) -> None:
        offer(shelf, average, share, course)
        stop.touch()

    monkeypatch.setattr(Shelf, "offer", stopping)
    asked = command(labels, "--stop-file", str(stop))
    assert main(asked) == EXIT_STOPPED
    assert (tmp_path / "out" / "fish.safetensors").is_file()


def test_errors_reach_the_other_program_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = command(tmp_path / "none.json", "--progress", "json")
    assert main(asked) == EXIT_ERROR
    out, err = capfd.readouterr()
    assert json.loads(out)["event"] == "error" and "none.json" in err


def test_a_name_of_another_kind_is_refused(labels: Path) -> None:
    assert main(["adapt", str(labels), "--out", "fish.pth"]) == EXIT_USAGE
