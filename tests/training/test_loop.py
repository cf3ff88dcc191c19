from __future__ import annotations

import dataclasses
import io
import json
import tarfile
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
import torch

from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.network.checkpoint import load_checkpoint, read_metadata
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.config import Stage, TrainingConfig, read_config
from clickpose_app.training.loop import LOG_FILE, STATE_FILE, train
from tests.network.small_model import OURS

TINY = TrainingConfig(
    name="tiny",
    stages=[Stage(steps=2, size=64, batch=2), Stage(steps=2, size=96, batch=1)],
    shards=["photos.tar"],
    model=dataclasses.replace(OURS, keypoints=17).to_mapping(),
    shipped_people=9,
    warmup=1,
    refine_slots=2,
    bfloat16=False,
    save_every=1,
    log_every=1,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one shard of two photos, a person on each."""
    rng = np.random.default_rng(0)
    with tarfile.open(tmp_path / "photos.tar", "w") as tar:
        for number in (1, 2):
            joints = [(50 + 3 * k, 40 + 4 * k, 2) for k in range(17)]
            person = {
                "bbox": [40, 30, 70, 90],
                "iscrowd": 0,
                "num_keypoints": 17,
                "keypoints": [v for joint in joints for v in joint],
                "keypoint_sources": "h" * 17,
            }
            record = {
                "image": {
                    "id": number,
                    "file_name": f"{number}.webp",
                    "width": 160,
                    "height": 140,
                    "source": "made",
                },
                "annotations": [person],
            }
            photo = rng.integers(0, 256, (140, 160, 3), dtype=np.uint8)
            add(tar, f"{number}.json", json.dumps(record).encode())
            add(tar, f"{number}.webp", cv2.imencode(".webp", photo)[1].tobytes())
    return tmp_path


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def run(config: TrainingConfig, folder: Path, out: Path, stop_at: int | None = None) -> Path:
    def progress(step: int, losses: dict[str, float]) -> None:
        assert losses["total"] > 0
        if step == stop_at:
            raise KeyboardInterrupt

    return train(config, folder, out, builtin_skeleton(), progress, workers=0)


def test_a_run_leaves_weights_that_load_and_say_how_they_were_made(folder: Path) -> None:
    path = run(TINY, folder, folder / "run")
    model = load_checkpoint(path)
    assert model.config == dataclasses.replace(TINY.model_config, groups=9)
    metadata = read_metadata(path)
    assert metadata["step"] == "4"
    assert json.loads(metadata["training"])["name"] == "tiny"
    assert len((folder / "run" / LOG_FILE).read_text().splitlines()) == 5


@pytest.mark.parametrize("stop_at", [1, 3])
def test_an_interrupted_run_goes_on_as_if_it_had_not_been(folder: Path, stop_at: int) -> None:
    whole = run(TINY, folder, folder / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(TINY, folder, folder / "halves", stop_at=stop_at)
    halves = run(TINY, folder, folder / "halves")
    first, second = load_checkpoint(whole).state_dict(), load_checkpoint(halves).state_dict()
    for name, tensor in first.items():
        torch.testing.assert_close(second[name], tensor, atol=2e-3, rtol=1e-2, msg=name)


def test_a_state_of_another_network_is_named(folder: Path) -> None:
    run(TINY, folder, folder / "run")
    wider = dataclasses.replace(OURS, keypoints=17, feedforward=128).to_mapping()
    other = msgspec.structs.replace(TINY, model=wider)
    with pytest.raises(ClickPoseError, match=STATE_FILE):
        run(other, folder, folder / "run")


def test_a_configuration_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(msgspec.yaml.encode(TINY))
    assert read_config(path) == TINY
    assert TINY.steps == 4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("name: x\nstages: [{steps: 1, size: 64, batch: 1}]", "neither shards nor coco"),
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
