"""Teaching from labels to weights that serve everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch
import torch

from clickpose_app.adaptation import shipping
from clickpose_app.adaptation.figures import Figures
from clickpose_app.adaptation.labels import Labels, read_labels
from clickpose_app.adaptation.memories import encode_windows
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe, mean_direction, study, training_config
from clickpose_app.adaptation.state import new_learner
from clickpose_app.adaptation.teach import split, teach
from clickpose_app.engine.input_size import PEOPLE_SIZE, SMALL_SIZE, InputSize
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import CheckpointError
from clickpose_app.network.checkpoint import read_metadata
from clickpose_app.training.data import TrainingWindows, decode
from clickpose_app.training.data_samples import Sample
from tests.adaptation.creatures import write_base, write_creatures

TINY = Recipe(size=64, batch=2, variants=2, warmup=1)


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    return read_labels(write_creatures(tmp_path))


def plan(folder: Path, name: str = "fish", **options: Any) -> Plan:
    base = folder / "base.safetensors"
    if not base.exists():
        write_base(folder)
    return Plan(base, folder / f"{name}.safetensors", **{"steps": 6, **options})


def ignore(event: object) -> None:
    del event


def test_taught_weights_carry_skeleton_and_figures_and_predict(
    tmp_path: Path, labels: Labels
) -> None:
    events: list[Any] = []
    asked = plan(tmp_path)
    outcome = teach(labels, asked, events.append, TINY)
    assert outcome.finished and outcome.figures is not None and not asked.folder.exists()
    stored = json.loads(read_metadata(asked.out)["figures"])
    assert stored == outcome.figures.to_mapping() and stored["images"] == 2
    predictor = load_predictor(asked.out, "cpu")
    assert predictor.skeleton.keypoints == labels.skeleton.keypoints
    assert predictor.skeleton.pairs == ((1, 2),)
    image = np.zeros((96, 96, 3), np.uint8)
    poses = predictor.detect(predictor.encode(image))
    assert poses and poses[0].keypoints.shape == (4, 2)
    kinds = [event["event"] for event in events]
    assert kinds[0] == "started" and kinds[-1] == "finished"
    assert {"encoding", "measured", "saved"} <= set(kinds)
    json.dumps(events)


@pytest.mark.parametrize(
    ("plain", "mirrored", "size"),
    [(0.75, 0.76, PEOPLE_SIZE), (0.75, 0.74, SMALL_SIZE), (0.5, 0.6, SMALL_SIZE)],
)
def test_held_out_photos_decide_whether_taught_weights_are_asked_in_the_mirror(
    tmp_path: Path,
    labels: Labels,
    monkeypatch: pytest.MonkeyPatch,
    plain: float,
    mirrored: float,
    size: InputSize,
) -> None:
    def measured(predictor: TorchPredictor, held: Sequence[Sample], **how: object) -> Figures:
        mirror = predictor.closer == PEOPLE_SIZE.closer
        # Whoever would not be shown is missed.
        assert not mirror or "rules" not in how
        return Figures(len(held), 2, 1.0, mirrored if mirror else plain, 0.5, 4.0)

    monkeypatch.setattr(shipping, "measure", measured)
    outcome = teach(labels, plan(tmp_path), ignore, TINY)
    assert load_predictor(plan(tmp_path).out, "cpu").closer == size.closer
    # What is told of them is measured as they will be used.
    told = mirrored if size is PEOPLE_SIZE else plain
    assert outcome.figures is not None and outcome.figures.oks == told


def test_the_same_seed_comes_to_the_same_weights(tmp_path: Path, labels: Labels) -> None:
    torch.rand(3)
    outs = []
    for name in ("a", "b"):
        asked = plan(tmp_path, name)
        teach(labels, asked, ignore, TINY)
        outs.append(safetensors.torch.load_file(asked.out))
    for name, tensor in outs[0].items():
        torch.testing.assert_close(tensor, outs[1][name], rtol=0, atol=0, msg=name)


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, labels: Labels) -> None:
    events: list[Any] = []
    asked_for = iter([False] * 10 + [True] * 100)
    stopped = plan(tmp_path, stop=lambda: next(asked_for))
    assert not teach(labels, stopped, events.append, TINY).finished
    assert stopped.out.is_file() and (stopped.folder / "state.pt").is_file()
    assert not list(stopped.folder.glob("*.npy"))
    steps = [event["step"] for event in events if event["event"] == "measured"]
    events.clear()
    assert teach(labels, plan(tmp_path), events.append, TINY).finished
    assert events[0]["resumed"] is True
    assert min(e["step"] for e in events if e["event"] == "measured") > max(steps)
    assert not stopped.folder.exists()


def test_a_state_of_other_labels_is_not_gone_on_from(tmp_path: Path, labels: Labels) -> None:
    asked_for = iter([False] * 10 + [True] * 100)
    teach(labels, plan(tmp_path, stop=lambda: next(asked_for)), ignore, TINY)
    events: list[Any] = []
    fewer = Labels(labels.skeleton, labels.samples[:5], labels.source)
    teach(fewer, plan(tmp_path), events.append, TINY)
    assert [e["event"] for e in events][:2] == ["anew", "started"]


def test_held_out_images_are_never_learned_from(labels: Labels) -> None:
    train, held = split(labels.samples, 0.12, seed=1)
    assert len(held) == 2 and len(train) == 4
    assert not {s.name for s in train} & {s.name for s in held}


def test_kept_features_are_those_of_the_network(tmp_path: Path, labels: Labels) -> None:
    write_base(tmp_path)
    creature = study(labels.samples)
    learner = new_learner(plan(tmp_path), labels.skeleton, creature, TINY)
    windows = TrainingWindows(
        labels.samples,
        size=64,
        batch=2,
        seed=1,
        skeleton=labels.skeleton,
        options=training_config(creature, TINY, 1).windows,
        workers=0,
    )
    kept = encode_windows(learner.model, windows, 2, tmp_path / "kept", lambda *_: False)
    assert kept is not None and len(kept.targets) == 4
    features, targets = kept.batch(np.array([2, 3]))
    fresh = next(windows.batches(1))
    from clickpose_app.training.data import normalise

    with torch.no_grad():
        wanted = learner.model.encode(normalise(fresh.images), None)
        memory = learner.model.remember(features)
    torch.testing.assert_close(memory.seen.tokens, wanted.seen.tokens, rtol=0, atol=0.01)
    assert memory.heat is not None and wanted.heat is not None
    torch.testing.assert_close(memory.heat.logits, wanted.heat.logits, rtol=0, atol=0.05)
    torch.testing.assert_close(targets[0].keypoints, fresh.targets[0].keypoints)


def test_whether_a_creature_turns_is_read_from_the_labels(labels: Labels) -> None:
    assert not study(labels.samples).turns
    shape = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 1.0]])
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    turned = np.stack([shape @ [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]] for a in angles])
    assert mean_direction(turned, np.ones(turned.shape[:2])) < 0.1


def test_a_network_of_another_kind_is_refused(tmp_path: Path, labels: Labels) -> None:
    write_base(tmp_path, person_pose=False)
    with pytest.raises(CheckpointError, match="of a kind that cannot be taught"):
        teach(labels, plan(tmp_path), ignore, TINY)


def test_learning_lowers_the_loss(tmp_path: Path, labels: Labels) -> None:
    events: list[Any] = []
    teach(labels, plan(tmp_path, steps=40), events.append, TINY)
    losses = [event["loss"] for event in events if event["event"] == "step"]
    assert losses[-1] < 0.8 * losses[0]
    assert decode(labels.samples[0], halved=False).shape == (96, 96, 3)
