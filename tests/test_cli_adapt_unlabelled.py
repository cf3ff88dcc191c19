"""What a person sees of the adapt command with pictures that nobody labelled."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from clickpose_app.adaptation import source_free, unlabelled
from clickpose_app.cli import EXIT_USAGE, main
from clickpose_app.cli_adapt import EXIT_STOPPED
from clickpose_app.cli_options import EXIT_ERROR
from clickpose_app.training.data_samples import Sample
from tests.adaptation.creatures import write_base, write_creatures
from tests.adaptation.test_source_free import TINY, person_in


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(source_free, "GENTLE", TINY)
    write_base(tmp_path)
    folder = tmp_path / "night ü"
    folder.mkdir()
    write_creatures(folder, 10)
    return folder


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    def everywhere(
        _: object, pictures: Sequence[Path], stop: Callable[[], bool], __: object
    ) -> tuple[list[Sample], list[str]]:
        return [person_in(picture) for picture in pictures if not stop()], []

    monkeypatch.setattr(unlabelled, "sure_samples", everywhere)


def command(pictures: Path, *options: str) -> list[str]:
    folder = pictures.parent
    base, out = str(folder / "base.safetensors"), str(folder / "night.safetensors")
    run = ["--base", base, "--out", out, "--steps", "4", "--threads", "1"]
    return ["adapt", "--unlabelled", str(pictures), *run, *options]


@pytest.mark.usefixtures("sure")
def test_pictures_alone_make_weights_that_serve_like_any_others(
    pictures: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(pictures)) == 0
    err = capfd.readouterr().err
    assert "10 pictures without labels." in err
    assert "OKS 1.000 with the base, 1.00 times as many sure joints; taken" in err
    assert "At home in these pictures:" in err
    weights = ["--weights", str(tmp_path / "night.safetensors"), "--device", "cpu"]
    found = tmp_path / "found.json"
    image = str(pictures / "fish 1 ü.png")
    assert main(["prelabel", image, "--out", str(found), *weights]) == 0
    assert len(json.loads(found.read_text())["categories"][0]["keypoints"]) == 17


@pytest.mark.usefixtures("sure")
def test_another_program_reads_a_json_object_a_line(
    pictures: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(pictures, "--progress", "json")) == 0
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert events[0]["event"] == "pictures" and events[-1]["event"] == "finished"


def test_a_base_that_is_sure_of_nobody_is_one_sentence(
    pictures: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(pictures)) == EXIT_ERROR
    err = capfd.readouterr().err
    said = [line for line in err.splitlines() if line.startswith("clickpose:")]
    assert len(said) == 1 and "is sure of people on 0 of" in said[0] and "Label some" in said[0]
    assert "Traceback" not in err and not (tmp_path / "night.safetensors").exists()


def test_a_stop_before_anything_was_better_leaves_no_file(
    pictures: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stop = tmp_path / "stop"
    stop.touch()
    assert main(command(pictures, "--stop-file", str(stop))) == EXIT_STOPPED
    assert "Stopped before anything was better." in capfd.readouterr().err
    assert not (tmp_path / "night.safetensors").exists()


def test_neither_labels_nor_pictures_is_a_question(
    pictures: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "night.safetensors")]
    assert main(["adapt", *out]) == EXIT_USAGE
    assert "Give LABELS, or pictures without labels" in capfd.readouterr().err
    images = ["--images", str(pictures)]
    assert main(["adapt", "--unlabelled", str(pictures), *images, *out]) == EXIT_USAGE
    assert main(["adapt", "--unlabelled", str(tmp_path / "none"), *out]) == EXIT_ERROR
    assert "none" in capfd.readouterr().err
