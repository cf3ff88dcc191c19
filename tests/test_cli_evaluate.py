"""The evaluate command: which figures it shows and writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import clickpose_app.engine.loading
from clickpose_app import cli
from tests.batch.test_prelabel import make_image
from tests.fake_predictor import FakePredictor
from tests.formats.coco_samples import data_set, image, keypoints, person, written

METRICS = ["AP", "AP50", "AP75", "APM", "APL", "AR"]
LEVELS = ["85", "90", "95"]


@pytest.fixture(autouse=True)
def predictor(monkeypatch: pytest.MonkeyPatch) -> FakePredictor:
    """The network that the command loads."""
    fake = FakePredictor()

    def load(weights: Path | None = None, device: str = "auto") -> FakePredictor:
        del weights, device
        return fake

    monkeypatch.setattr(clickpose_app.engine.loading, "load_predictor", load)
    return fake


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    make_image(tmp_path / "photos" / "a.png", width=640, height=480)
    content = data_set(images=[image(1, file_name="a.png")], annotations=[person(area=2000.0)])
    return written(tmp_path / "truth.json", content)


def test_ap_is_shown_and_written(
    truth: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    call = ["evaluate", str(truth), "--images", str(tmp_path / "photos")]
    assert cli.main([*call, "--json", str(out)]) == 0
    figures = json.loads(out.read_text())
    assert list(figures) == [*METRICS, "ci95"]
    assert list(figures["ci95"]) == METRICS
    assert f"AP    {figures['AP']:.4f} [" in capsys.readouterr().out
    assert cli.main(call) == 0


def test_clicks_are_counted_with_refinement_and_by_hand(
    truth: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    call = ["evaluate", str(truth), "--images", str(tmp_path / "photos"), "--noc"]
    assert cli.main([*call, "--json", str(out)]) == 0
    figures = json.loads(out.read_text())
    for name in ("noc_person", "noc_person_manual", "noc_person_saved", "noc_official"):
        assert list(figures[name]) == list(figures["ci95"][name]) == LEVELS
    # Nobody is where the fake network sees people: by hand that is every labelled joint.
    assert figures["noc_person_manual"] == dict.fromkeys(LEVELS, 11)
    said = capsys.readouterr().out
    assert "with refinement" in said
    assert "0 of 1 people found." in said


def test_results_of_another_tool_are_scored_without_a_network(
    truth: Path, tmp_path: Path, predictor: FakePredictor
) -> None:
    detection = {"image_id": 1, "category_id": 1, "keypoints": keypoints(), "score": 0.25}
    results, out = tmp_path / "results.json", tmp_path / "figures.json"
    results.write_text(json.dumps([detection]))
    call = ["evaluate", str(truth), "--predictions", str(results), "--json", str(out)]
    assert cli.main(call) == 0
    figures = json.loads(out.read_text())
    assert figures["AP"] == pytest.approx(1)
    assert figures["noc_person_manual"] == dict.fromkeys(LEVELS, 0)
    assert "noc_person" not in figures
    assert cli.main([*call, "--score-threshold", "0.3"]) == 0
    assert json.loads(out.read_text())["noc_person_manual"] == dict.fromkeys(LEVELS, 11)
    assert predictor.calls == []


@pytest.mark.parametrize("both", [True, False])
def test_images_and_predictions_exclude_each_other(
    both: bool, truth: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = ["--images", "photos", "--predictions", "results.json"] if both else []
    assert cli.main(["evaluate", str(truth), *extra]) == 2
    assert "Give either --images or --predictions" in capsys.readouterr().err


def test_a_results_file_that_is_not_there_is_named(
    truth: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", str(truth), "--predictions", "nowhere.json"]) == 1
    assert "nowhere.json cannot be read: No such file" in capsys.readouterr().err
