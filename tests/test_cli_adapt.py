"""What a person and another program see of the adapt command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
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


def test_it_steps_back_behind_other_programs_where_it_is_asked_to(
    labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr("clickpose_app.adaptation.threads.step_back", lambda: asked.append(1))
    assert main(command(labels, "--priority", "usual")) == 0
    assert asked == []
    assert main(command(labels, "--priority", "low")) == 0
    assert asked == [1]


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are told otherwise here")
def test_a_process_that_steps_back_is_nicer_than_before() -> None:
    code = (
        "import os; from clickpose_app.adaptation.threads import step_back; "
        "before = os.nice(0); step_back(); print(os.nice(0) - before)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 0


def test_it_needs_none_of_what_the_frozen_application_leaves_out(labels: Path) -> None:
    """Teach runs the frozen application once more, as ``clickpose adapt``."""
    spec = (Path(__file__).parents[1] / "app.spec").read_text(encoding="utf-8")
    excluded = re.findall(r'"([\w.]+)"', spec[spec.index("excludes=[") : spec.index("executable")])
    assert {"scipy", "matplotlib", "pandas"} <= set(excluded)
    code = (
        "import sys, json\n"
        "for name in json.loads(sys.argv[1]): sys.modules[name] = None\n"
        "from clickpose_app.cli import main\n"
        "sys.exit(main(sys.argv[2:]))"
    )
    arguments = [json.dumps(excluded), *command(labels, "--priority", "low")]
    # The recipe is the real one there, and the creatures are small.
    arguments[arguments.index("--steps") + 1] = "2"
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "Taught:" in ran.stderr
