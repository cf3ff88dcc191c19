"""What a run tells is what the window understands: both sides, without a process between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.adaptation.figures import Figures
from clickpose_app.adaptation.labels import read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.shipping import Shelf
from clickpose_app.adaptation.teach import teach
from clickpose_app.gui.teaching_events import Finished, Saved, TeachingEvent, read_event
from tests.adaptation.creatures import write_base, write_creatures

TINY = Recipe(size=64, batch=2, variants=2, warmup=1)


def run(folder: Path, **options: Any) -> list[dict[str, Any]]:
    base = folder / "base.safetensors"
    if not base.exists():
        write_base(folder)
    events: list[Any] = []
    asked = Plan(base, folder / "fish.safetensors", **{"steps": 10, **options})
    teach(read_labels(write_creatures(folder)), asked, events.append, TINY)
    return events


def test_the_window_understands_every_event_of_a_run(tmp_path: Path) -> None:
    events = run(tmp_path)
    read: list[TeachingEvent] = []
    for event in events:
        understood = read_event(json.dumps(event).encode())
        assert understood is not None, event
        read.append(understood)
    saved = [event for event in read if isinstance(event, Saved)]
    assert saved and saved[-1].figures.images == 2 and saved[-1].figures.clicks is not None
    last = read[-1]
    assert isinstance(last, Finished) and last.figures == saved[-1].figures


def test_a_run_that_goes_on_remembers_the_best_that_it_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for = iter([False] * 12 + [True] * 100)
    stopped = run(tmp_path, stop=lambda: next(asked_for))
    written = stopped[-1]["figures"]
    assert stopped[-1]["reason"] == "stopped" and written
    recalled = []
    original = Shelf.recall

    def note(shelf: Shelf) -> None:
        original(shelf)
        recalled.append(shelf.figures)

    monkeypatch.setattr(Shelf, "recall", note)
    run(tmp_path)
    assert recalled == [Figures(**written)]
