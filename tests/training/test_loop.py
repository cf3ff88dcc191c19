"""A run can be stopped, gone on with, measured and believed."""

from __future__ import annotations

import csv
import dataclasses
import errno
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import Popen
from typing import Any

import cv2
import msgspec
import pytest
import torch
from torch import Tensor

from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.network.checkpoint import load_checkpoint, read_metadata
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training import run_state
from clickpose_app.training.config import CocoFolder, EvaluationSet, TrainingConfig, read_config
from clickpose_app.training.loop import train
from clickpose_app.training.run_log import CURVES_FILE, LOG_FILE
from clickpose_app.training.run_state import STATE_FILE
from tests.network.small_model import OURS
from tests.training.tiny_run import TINY, write_photos

STAGE = "name: x\nstages: [{steps: 1, size: 64, batch: 1}]\n"
OFTEN = msgspec.structs.replace(TINY, save_every=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with photos to train on."""
    write_photos(tmp_path)
    return tmp_path


def run(
    config: TrainingConfig,
    folder: Path,
    out: Path,
    stop_at: int | None = None,
    accept_changes: bool = False,
) -> Path:
    def progress(step: int, numbers: Mapping[str, float]) -> None:
        assert numbers.get("total", 1.0) > 0
        if step == stop_at:
            raise KeyboardInterrupt

    return train(
        config,
        folder,
        out,
        builtin_skeleton(),
        progress,
        workers=0,
        accept_changes=accept_changes,
    )


def state_of(out: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(out / STATE_FILE, weights_only=True)
    return state


def assert_same_weights(a: dict[str, Tensor], b: dict[str, Tensor]) -> None:
    """Up to what threads change in the order of sums."""
    assert a.keys() == b.keys()
    for name, tensor in a.items():
        torch.testing.assert_close(b[name], tensor, atol=2e-5, rtol=1e-4, msg=name)


def log_of(out: Path) -> list[dict[str, str]]:
    with (out / LOG_FILE).open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_leaves_weights_a_log_and_curves(folder: Path) -> None:
    path = run(TINY, folder, folder / "run")
    model = load_checkpoint(path)
    assert model.config == dataclasses.replace(TINY.model_config, groups=9)
    assert [row["step"] for row in log_of(folder / "run")] == ["1", "2", "3", "4"]
    picture = cv2.imread(str(folder / "run" / CURVES_FILE))
    assert picture is not None and min(picture.shape[:2]) > 300
    # What is shipped is the average, which lags behind the model.
    state = state_of(folder / "run")
    assert any(not torch.equal(t, state["average"][n]) for n, t in state["model"].items())


def test_the_weights_carry_the_whole_configuration(folder: Path) -> None:
    metadata = read_metadata(run(TINY, folder, folder / "run"))
    assert metadata["step"] == "4"
    assert msgspec.json.decode(metadata["training"], type=TrainingConfig) == TINY


@pytest.mark.parametrize("stop_at", [1, 3])
def test_an_interrupted_run_goes_on_as_if_it_had_not_been(folder: Path, stop_at: int) -> None:
    run(OFTEN, folder, folder / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(OFTEN, folder, folder / "halves", stop_at=stop_at)
    run(OFTEN, folder, folder / "halves")
    whole, halves = state_of(folder / "whole"), state_of(folder / "halves")
    assert_same_weights(whole["model"], halves["model"])
    assert_same_weights(whole["average"], halves["average"])


KILLED_RUN = """
import os, signal, sys
from pathlib import Path
import msgspec
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.loop import train

def progress(step, numbers):
    if step == 3:
        os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
config = msgspec.json.decode(sys.argv[2], type=TrainingConfig)
train(config, folder, folder / "killed", builtin_skeleton(), progress, workers=0)
"""


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise there")
def test_a_killed_run_goes_on_from_its_state_and_logs_each_step_once(
    folder: Path, other_process: Callable[..., Popen[str]]
) -> None:
    config = msgspec.structs.replace(TINY, save_every=2)
    killed = other_process(KILLED_RUN, folder, msgspec.json.encode(config).decode())
    assert killed.wait() == -signal.SIGKILL
    assert state_of(folder / "killed")["step"] == 2
    assert [row["step"] for row in log_of(folder / "killed")] == ["1", "2", "3"]
    run(config, folder, folder / "killed")
    run(config, folder, folder / "whole")
    assert [row["step"] for row in log_of(folder / "killed")] == ["1", "2", "3", "4"]
    whole, gone_on = state_of(folder / "whole"), state_of(folder / "killed")
    assert_same_weights(whole["model"], gone_on["model"])
    assert_same_weights(whole["average"], gone_on["average"])


def test_bfloat16_trains_too(folder: Path) -> None:
    run(msgspec.structs.replace(TINY, bfloat16=True), folder, folder / "run")
    assert log_of(folder / "run")[-1]["step"] == "4"


SETS = {
    "shards": EvaluationSet(shards=["photos.tar"]),
    "coco": EvaluationSet(coco=CocoFolder(json="photos.json", images=".")),
}


@pytest.mark.parametrize("chosen", SETS)
def test_the_average_is_measured_during_the_run_and_at_its_end(folder: Path, chosen: str) -> None:
    config = msgspec.structs.replace(TINY, evaluate=SETS[chosen], evaluate_every=2)
    run(config, folder, folder / "run")
    rows = log_of(folder / "run")
    assert [row["step"] for row in rows if row["AP"]] == ["2", "4"]
    assert all(0 <= float(row["AP"]) <= 1 for row in rows if row["AP"])
    assert all(row["total"] for row in rows)


def test_measuring_changes_nothing_in_the_run(folder: Path) -> None:
    config = msgspec.structs.replace(TINY, evaluate=SETS["shards"], evaluate_every=1)
    run(config, folder, folder / "measured")
    run(TINY, folder, folder / "plain")
    measured, plain = state_of(folder / "measured"), state_of(folder / "plain")
    assert_same_weights(measured["model"], plain["model"])


def test_photos_to_measure_on_are_asked_for_before_the_run(folder: Path) -> None:
    missing = EvaluationSet(shards=["nowhere.tar"])
    config = msgspec.structs.replace(TINY, evaluate=missing)
    with pytest.raises(FormatError, match=r"no shard .*nowhere\.tar"):
        run(config, folder, folder / "run")
    assert not (folder / "run").exists()


def test_shards_and_coco_folders_are_trained_on_together(folder: Path) -> None:
    coco = [CocoFolder(json="photos.json", images=".", source="mine")]
    run(msgspec.structs.replace(TINY, coco=coco), folder, folder / "both")
    assert (folder / "both" / "tiny.safetensors").is_file()


def test_a_state_of_another_network_is_named(folder: Path) -> None:
    run(TINY, folder, folder / "run")
    wider = dataclasses.replace(OURS, keypoints=17, feedforward=128).to_mapping()
    other = msgspec.structs.replace(TINY, model=wider)
    with pytest.raises(ClickPoseError, match=rf"{STATE_FILE} .*: model changed"):
        run(other, folder, folder / "run")
    with pytest.raises(ClickPoseError, match=rf"{STATE_FILE} holds .* another network"):
        run(other, folder, folder / "run", accept_changes=True)


def test_a_state_of_another_configuration_needs_a_word(folder: Path) -> None:
    run(TINY, folder, folder / "run")
    other = msgspec.structs.replace(TINY, learning_rate=1e-5, clip=2.0)
    with pytest.raises(ClickPoseError, match="learning_rate, clip changed") as error:
        run(other, folder, folder / "run")
    assert "--accept-changes" in error.value.hint
    run(other, folder, folder / "run", accept_changes=True)


def test_what_no_step_depends_on_may_change(folder: Path) -> None:
    run(TINY, folder, folder / "run")
    other = msgspec.structs.replace(TINY, save_every=7, evaluate=SETS["coco"])
    run(other, folder, folder / "run")
    assert log_of(folder / "run")[-1]["AP"]


def test_a_damaged_state_is_named(folder: Path) -> None:
    (folder / "run").mkdir()
    (folder / "run" / STATE_FILE).write_bytes(b"not a state")
    with pytest.raises(ClickPoseError, match=rf"{STATE_FILE} is not a state of a run"):
        run(TINY, folder, folder / "run")


@pytest.mark.parametrize("writer", ["state", "weights"])
def test_a_full_disk_is_named_and_leaves_the_last_state(
    folder: Path, monkeypatch: pytest.MonkeyPatch, writer: str
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(OFTEN, folder, folder / "run", stop_at=2)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if writer == "state":
        monkeypatch.setattr(torch, "save", full)
    else:
        monkeypatch.setattr(run_state, "save_checkpoint", full)
    named = STATE_FILE if writer == "state" else "tiny.safetensors"
    with pytest.raises(ClickPoseError, match=rf"{named} cannot be written: .*No space") as error:
        run(OFTEN, folder, folder / "run")
    assert "goes on" in error.value.hint
    assert state_of(folder / "run")["step"] == (2 if writer == "state" else 3)
    assert not list((folder / "run").glob("*.tmp"))


def test_a_configuration_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(msgspec.yaml.encode(TINY))
    assert read_config(path) == TINY
    assert TINY.steps == 4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("name: x", "stages"),
        ("name: x\nstages: []", "has no stages"),
        (STAGE, "neither shards nor coco"),
        (STAGE + "shards: [a]\nevaluate: {}", "either shards or coco in evaluate"),
        ("name: x\nstages: [{steps: 1, size: 64, batch: 0}]", "batch"),
        ("name: x\nshards: []\nstages: []\nfoo: 1", "foo"),
        ("name: x\nshards: []\nstages: []\nmodel: {wings: 2}", "wings"),
        ("[", "run.yaml"),
    ],
)
def test_a_mistake_in_a_configuration_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(text)
    with pytest.raises(FormatError, match=named):
        read_config(path)


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        read_config(tmp_path / "nowhere.yaml")


def test_the_shipped_configuration_is_valid() -> None:
    path = Path(__file__).parents[2] / "models" / "clickpose-s.yaml"
    assert read_config(path).name == "clickpose-s"
