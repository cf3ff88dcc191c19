"""Teaching looks at pictures without labels on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from clickpose_app.adaptation.labels import read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.teach import teach
from tests.adaptation.creatures import write_base, write_creatures

TINY = Recipe(size=64, batch=2, variants=2, warmup=1, first_share=0.0)


def run(folder: Path, **options: Any) -> list[Any]:
    """Everything that is told of a run with two pictures without labels, one of them broken."""
    labels = read_labels(write_creatures(folder))
    labels = replace(labels, samples=labels.samples[1:])
    (folder / "broken.png").write_bytes(b"not a picture")
    events: list[Any] = []
    plan = Plan(write_base(folder), folder / "fish.safetensors", unlabelled=folder, **options)
    assert teach(labels, plan, events.append, TINY).finished
    return [event for event in events if event["event"] == "unlabelled"]


def test_the_average_looks_at_the_other_pictures_as_it_learns(tmp_path: Path) -> None:
    looks = run(tmp_path, steps=6)
    assert len(looks) == 3 and all(look["looked_at"] == 2 for look in looks)
    assert all("broken.png" in look["failures"][0] for look in looks)


def test_where_minutes_count_looking_takes_a_small_share_of_them(tmp_path: Path) -> None:
    seconds = iter(range(10_000))
    # A second at each glance at the clock, so that one picture is a twentieth of the run.
    looks = run(tmp_path, minutes=20 / 60, clock=lambda: float(next(seconds)))
    assert looks and all(look["looked_at"] < 2 for look in looks)
