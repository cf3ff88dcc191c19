"""Two processes train as one would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import torch

from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import Stage
from clickpose_app.training.loop import start_run, train
from clickpose_app.training.losses import LossWeights
from clickpose_app.training.processes import Processes, joined
from clickpose_app.training.run_log import LOG_FILE
from clickpose_app.training.run_state import STATE_FILE
from tests.training.tiny_run import TINY, write_photos

# Without refinement nothing is drawn by the processes themselves, so that sums must agree.
CONFIG = msgspec.structs.replace(
    TINY,
    stages=[Stage(steps=2, size=64, batch=3), Stage(steps=2, size=96, batch=2)],
    losses=LossWeights(refine=0.0),
)
TORCHRUN = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")


def test_two_processes_arrive_at_the_weights_of_one(tmp_path: Path) -> None:
    write_photos(tmp_path)
    config = tmp_path / "run.yaml"
    config.write_bytes(msgspec.yaml.encode(CONFIG))
    options = [str(config), "--out", str(tmp_path / "two"), "--device", "cpu", "--workers", "0"]
    ran = subprocess.run(
        [*TORCHRUN, "-m", "clickpose_app", "train", *options], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("Trained:") == 1
    train(CONFIG, tmp_path, tmp_path / "one", builtin_skeleton(), lambda *_: None, workers=0)
    one, two = (
        torch.load(tmp_path / out / STATE_FILE, weights_only=True) for out in ("one", "two")
    )
    start = start_run(CONFIG, tmp_path).model.state_dict()
    moved = sum(float((one["model"][n] - start[n]).square().sum()) for n in start)
    apart = sum(float((one["model"][n] - two["model"][n]).square().sum()) for n in start)
    assert (apart / moved) ** 0.5 < 0.02
    logs = [(tmp_path / out / LOG_FILE).read_text().splitlines() for out in ("one", "two")]
    assert [line.split(",")[0] for line in logs[0]] == [line.split(",")[0] for line in logs[1]]
    last = [dict(zip(log[0].split(","), log[-1].split(","), strict=True)) for log in logs]
    assert float(last[1]["total"]) == pytest.approx(float(last[0]["total"]), rel=1e-2)


def test_alone_nothing_is_summed() -> None:
    with joined("cpu") as processes:
        assert processes == Processes()
        assert processes.first and processes.total(3.0) == 3.0
        assert processes.total_by_name({"a": 1.0}) == {"a": 1.0}
        processes.agree(5, "step")
