"""A network that is made at home in pictures that nobody labelled."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch

from clickpose_app.adaptation import unlabelled
from clickpose_app.adaptation.agreement import Agreement, agreement
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.source_free import adapt_to_pictures
from clickpose_app.adaptation.unlabelled import SOURCE
from clickpose_app.engine.loading import load_predictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.network.checkpoint import read_metadata
from clickpose_app.training.data_samples import PhotoFile, Sample
from tests.adaptation.creatures import SIDE, write_base, write_creatures

TINY = Recipe(size=64, batch=2, warmup=1, slots=1, rounds=1)
PICTURES = 10


def person_in(picture: Path, moved: float = 0.0, sure: int = 17) -> Sample:
    """A pose of which somebody is sure; so many of its joints."""
    joints = np.random.default_rng(5).uniform(25, 70, (1, 17, 2)).astype(np.float32)
    return Sample(
        name=str(picture),
        source=SOURCE,
        photo=PhotoFile(picture),
        width=SIDE,
        height=SIDE,
        boxes=np.array([[20, 20, 75, 75]], np.float32),
        keypoints=joints + np.float32(moved),
        visibility=np.array([[2] * sure + [0] * (17 - sure)], np.uint8),
        human=np.zeros((1, 17), np.bool_),
        ignore=np.zeros((0, 4), np.float32),
    )


Answer = Callable[[int, Path], Sample]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    pictures = tmp_path / "own pictures ü"
    pictures.mkdir()
    write_creatures(pictures, PICTURES)
    out = tmp_path / "home.safetensors"
    return Plan(write_base(tmp_path), out, steps=4, unlabelled=pictures)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Says of what the network is sure at each of its looks, the first that of the base."""

    def give(answer: Answer) -> None:
        looks: list[int] = []

        def sure(
            _: object, pictures: Sequence[Path], stop: Callable[[], bool], __: object
        ) -> tuple[list[Sample], list[str]]:
            looks.append(len(looks))
            return [answer(looks[-1], p) for p in pictures if not stop()], []

        monkeypatch.setattr(unlabelled, "sure_samples", sure)

    return give


Answers = Callable[[Answer], None]


def steady(look: int, picture: Path) -> Sample:
    """The same answer at each look."""
    del look
    return person_in(picture)


def test_weights_that_agree_with_the_base_are_written_and_serve_everywhere(
    plan: Plan, answers: Answers
) -> None:
    answers(steady)
    events: list[Any] = []
    assert adapt_to_pictures(plan, events.append, TINY)
    kinds = [event["event"] for event in events]
    assert kinds[0] == "pictures" and kinds[-1] == "finished" and kinds.count("agreed") == 3
    json.dumps(events)
    before = safetensors.torch.load_file(plan.base)
    after = safetensors.torch.load_file(plan.out)
    changed = {name for name in before if not before[name].equal(after[name])}
    assert any(name.startswith("decoder.pose_heads") for name in changed)
    assert any(name.startswith("encoder") for name in changed)
    predictor = load_predictor(plan.out, "cpu")
    image = np.zeros((SIDE, SIDE, 3), np.uint8)
    assert len(predictor.skeleton) == 17 and predictor.detect(predictor.encode(image))
    taught = json.loads(read_metadata(plan.out)["taught"])
    assert taught["labels"] == "none" and taught["base"] == plan.base.name
    assert read_metadata(plan.out)["config"] == read_metadata(plan.base)["config"]
    assert not plan.folder.exists()


def test_what_confidences_mean_is_not_learned_from_own_answers(
    plan: Plan, answers: Answers
) -> None:
    answers(steady)
    adapt_to_pictures(plan, ignore, TINY)
    before = safetensors.torch.load_file(plan.base)
    after = safetensors.torch.load_file(plan.out)
    heads = [name for name in before if "quality" in name or "visibility" in name]
    assert heads and all(before[name].equal(after[name]) for name in heads)


def ignore(event: object) -> None:
    del event


def refused(plan: Plan) -> str:
    with pytest.raises(ClickPoseError) as caught:
        adapt_to_pictures(plan, ignore, TINY)
    assert not plan.out.exists() and not plan.folder.exists()
    return str(caught.value)


def test_a_network_that_talked_itself_into_something_else_is_not_taken(
    plan: Plan, answers: Answers
) -> None:
    answers(lambda look, picture: person_in(picture, moved=0.0 if look < 1 else 12.0))
    assert "Nothing better than" in refused(plan)


def test_a_network_that_contradicts_itself_more_is_not_taken(plan: Plan, answers: Answers) -> None:
    answers(lambda look, picture: person_in(picture, sure=17 if look < 1 else 12))
    assert "Nothing better than" in refused(plan)


def test_where_the_base_is_sure_of_nobody_nothing_is_learned(plan: Plan) -> None:
    assert "is sure of people on 0 of the pictures" in refused(plan)


def test_too_few_pictures_are_said(plan: Plan) -> None:
    assert plan.unlabelled is not None
    for picture in sorted(plan.unlabelled.glob("*.png"))[3:]:
        picture.unlink()
    assert "holds 3 pictures; at least 8 are needed" in refused(plan)


def test_a_stop_leaves_what_was_better_by_then(plan: Plan, answers: Answers) -> None:
    answers(steady)
    agreed: list[Any] = []
    stopping = replace(plan, stop=lambda: bool(agreed))
    events: list[Any] = []

    def tell(event: Any) -> None:
        events.append(event)
        agreed.extend([event] if event["event"] == "agreed" else [])

    assert not adapt_to_pictures(stopping, tell, TINY)
    assert events[-1]["reason"] == "stopped" and events[-1]["weights"] == str(plan.out)
    load_predictor(plan.out, "cpu")
    plan.out.unlink()
    events.clear()
    assert not adapt_to_pictures(stopping, tell, TINY)
    assert events[-1]["weights"] is None and not plan.out.exists()


def test_whoever_is_missed_counts_against_the_agreement() -> None:
    base = [person_in(Path("a.png")), person_in(Path("b.png"))]
    sigmas = [0.05] * 17
    assert agreement(base, base, sigmas) == Agreement(1.0, 1.0)
    half = agreement(base, base[:1], sigmas)
    assert half == Agreement(0.5, 0.5) and not half.holds
    assert agreement([person_in(Path("a.png"), sure=10)], base[:1], sigmas).steadiness == 1.7
