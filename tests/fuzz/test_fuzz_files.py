"""Skeletons, training configurations and checkpoints: read, or one sentence."""

from __future__ import annotations

import json
import pickle
import random
import struct
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.network.checkpoint import load_checkpoint, save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.paths import models_dir, resources_dir
from clickpose_app.storage.skeletons import read_skeleton
from clickpose_app.training.config import read_config
from tests.fuzz.damage import (
    HOSTILE_NUMBERS,
    HOSTILE_TEXTS,
    damaged_bytes,
    damaged_json,
    json_bytes,
)
from tests.fuzz.harness import CORPUS, examples, survived
from tests.network.small_model import OURS, PUBLISHED_LIKE

SKELETON: Any = json.loads((resources_dir() / "skeletons" / "coco-17.json").read_bytes())
CONFIG_TEXT = (models_dir() / "clickpose-s.yaml").read_bytes()
CONFIG: Any = msgspec.yaml.decode(CONFIG_TEXT)

# A text of a few bytes that becomes 2 ** 30 values when it is written out.
ALIASES = (
    b"["
    + b"&a [x, x]"
    + b"".join(b", &%c [*%c, *%c]" % (letter, letter - 1, letter - 1) for letter in range(98, 123))
    + b"]"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@examples(60)
@given(damaged_json(SKELETON).map(json_bytes) | damaged_bytes(json_bytes(SKELETON)))
def test_skeletons(folder: Path, content: bytes) -> None:
    path = folder / "skeleton.json"
    path.write_bytes(content)
    survived(path, lambda: read_skeleton(path))


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b'{"name":' * 100_000, b"\xff\xfe{}"])
def test_skeletons_that_are_none(folder: Path, content: bytes) -> None:
    path = folder / "skeleton.json"
    path.write_bytes(content)
    assert survived(path, lambda: read_skeleton(path)) is None


@examples(40)
@given(damaged_json(CONFIG).map(json_bytes) | damaged_bytes(CONFIG_TEXT))
def test_training_configurations(folder: Path, content: bytes) -> None:
    """JSON is YAML as well."""
    path = folder / "run.yaml"
    path.write_bytes(content)
    survived(path, lambda: read_config(path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 20_000,
        b"name: \xff",
        b"name: \0",
        b"!!python/object/apply:os.system [id]",
        b"a: &a [x, x]\n"
        + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 123)),
        b"&a [*a]",
    ],
)
def test_training_configurations_that_are_none(folder: Path, content: bytes) -> None:
    path = folder / "run.yaml"
    path.write_bytes(content)
    assert survived(path, lambda: read_config(path)) is None


@pytest.fixture(scope="module")
def own_weights(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weights") / "own.safetensors"
    save_checkpoint(path, ClickPose(OURS), {"licence": "none"})
    return path.read_bytes()


def rewritten(weights: bytes, header: Any) -> bytes:
    """The same file with another header."""
    (size,) = struct.unpack("<Q", weights[:8])
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + weights[8 + size :]


LIES: tuple[Any, ...] = (
    *HOSTILE_NUMBERS,
    *HOSTILE_TEXTS,
    None,
    [],
    {},
    [0, 2**64],
    [2**62, 2**62],
    [-1, 5],
)


def lying(about: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What a header says about a tensor, with one field that is not so."""
    return about | {chance.choice(("dtype", "shape", "data_offsets", "x")): chance.choice(LIES)}


def header_of(weights: bytes) -> Any:
    (size,) = struct.unpack("<Q", weights[:8])
    return json.loads(weights[8 : 8 + size])


@pytest.mark.parametrize("kind", ["config", "bytes", "length"])
@examples(8)
@given(st.data())
def test_own_weights_with_lying_headers(
    folder: Path, own_weights: bytes, kind: str, data: st.DataObject
) -> None:
    header = header_of(own_weights)
    about = header["__metadata__"]
    if kind == "config":
        config = data.draw(damaged_json(json.loads(about["config"])))
        header["__metadata__"] = about | {"config": json.dumps(config)}
        content = rewritten(own_weights, header)
    elif kind == "length":
        length = data.draw(st.integers(0, 2**64 - 1))
        content = struct.pack("<Q", length) + own_weights[8:]
    else:
        content = data.draw(damaged_bytes(own_weights[:4000])) + own_weights[4000:]
    path = folder / "own.safetensors"
    path.write_bytes(content)
    survived(path, lambda: load_checkpoint(path))


def test_own_weights_that_lie_about_tensors(folder: Path, own_weights: bytes) -> None:
    """Numbered, without Hypothesis, which takes what torch does meanwhile for draws gone astray."""
    path = folder / "own.safetensors"
    for seed in range(examples(25).max_examples):
        chance = random.Random(seed)
        header = header_of(own_weights)
        names = sorted(header.keys() - {"__metadata__"})
        for name in chance.sample(names, chance.randint(1, 3)):
            header[name] = chance.choice((lying(header[name], chance), chance.choice(LIES)))
        path.write_bytes(rewritten(own_weights, header))
        survived(path, lambda: load_checkpoint(path))


@pytest.mark.parametrize(
    "field", ["encoder_layers", "decoder_layers", "queries", "d_model", "heads", "keypoints"]
)
def test_own_weights_that_say_they_are_gigantic(
    folder: Path, own_weights: bytes, field: str
) -> None:
    header = header_of(own_weights)
    config = json.loads(header["__metadata__"]["config"]) | {field: 64 * 10**6}
    header["__metadata__"]["config"] = json.dumps(config)
    path = folder / "own.safetensors"
    path.write_bytes(rewritten(own_weights, header))
    assert survived(path, lambda: load_checkpoint(path)) is None


class Code:
    """Leaves a file when somebody unpickles it."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, tuple[Path]]:
        return Path.touch, (self.trace,)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weights") / "seed.pth"
    torch.save({"model": {"a": torch.zeros(3)}, "epoch": 3}, path)
    return path.read_bytes()


@examples(25)
@given(st.data())
def test_published_weights_of_any_bytes(
    folder: Path, published: bytes, data: st.DataObject
) -> None:
    path = folder / "published.pth"
    path.write_bytes(data.draw(damaged_bytes(published)))
    assert survived(path, lambda: load_checkpoint(path, PUBLISHED_LIKE)) is None


@pytest.mark.parametrize("zipped", [True, False])
def test_code_in_weights_never_runs(folder: Path, zipped: bool) -> None:
    trace, path = folder / "ran", folder / "code.pth"
    content = {"model": {"a": Code(trace)}}
    if zipped:
        torch.save(content, path)
    else:
        path.write_bytes(pickle.dumps(content))
    assert survived(path, lambda: load_checkpoint(path, PUBLISHED_LIKE)) is None
    assert not trace.exists()


@pytest.mark.parametrize(
    "content",
    [
        3,
        [],
        {"model": 3},
        {"model": {1: torch.zeros(1)}},
        {"model": {"a": "b"}},
        {"model": {"backbone.0.body.conv1.weight": torch.full((64, 3, 7, 7), float("nan"))}},
    ],
)
def test_weights_of_other_programs(folder: Path, content: Any) -> None:
    path = folder / "other.pth"
    torch.save(content, path)
    assert survived(path, lambda: load_checkpoint(path, PUBLISHED_LIKE)) is None


@pytest.mark.parametrize("kept", sorted(CORPUS.glob("training/*")), ids=lambda path: path.name)
def test_training_configurations_that_are_known_to_be_nasty(kept: Path) -> None:
    assert survived(kept, lambda: read_config(kept)) is None
