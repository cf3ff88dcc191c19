"""kill -9 at any moment: every edit that was done is in the project, and the window returns."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from clickpose_app.storage.project import Project

KILLS = int(os.environ.get("CLICKPOSE_KILLS", "10"))
"""How often the window is killed; more on request."""

PATIENCE_S = 120.0

Line = dict[str, Any]


@contextmanager
def working(state: Path, seed: int, *folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The window in a process of its own; certainly dead at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.killed_window", str(state), str(seed), *map(str, folder)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    with killed_at_the_end(process, PATIENCE_S):
        yield process


@contextmanager
def killed_at_the_end(process: subprocess.Popen[str], patience_s: float) -> Iterator[None]:
    """No process is left; one that hangs must not hang the tests: killing it ends its output."""
    patience = threading.Timer(patience_s, process.kill)
    patience.start()
    try:
        yield
    finally:
        patience.cancel()
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], enough: Callable[[list[Line]], bool]) -> list[Line]:
    """What the window says, until that is enough."""
    assert process.stdout is not None
    lines: list[Line] = []
    while not enough(lines):
        text = process.stdout.readline()
        assert text.endswith("\n"), f"the window ended by itself after {lines[-3:]}"
        lines.append(json.loads(text))
    return lines


def work_and_kill(process: subprocess.Popen[str], rng: random.Random) -> list[Line]:
    """Let the window work and kill it; everything that it said."""
    edits = rng.randint(3, 25)
    said = until(process, lambda lines: sum(line["what"] == "edit" for line in lines) >= edits)
    if rng.random() < 0.5:
        said += until(process, lambda lines: bool(lines) and lines[-1]["what"] == "view")
    else:
        # Anywhere between two edits, or in the middle of one.
        threading.Event().wait(rng.uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    assert process.stdout is not None
    rest = process.stdout.read()
    return said + [json.loads(text) for text in rest.splitlines(keepends=True) if text[-1] == "\n"]


def check_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def marks(pinned: list[list[Any]], visibility: list[list[int]]) -> dict[Any, Any]:
    """Everything that a hand makes of an image, each thing under a key of its own."""
    placed = {(person_id, k): (x, y) for person_id, k, x, y in pinned}
    return placed | {(n, k): v for n, row in enumerate(visibility) for k, v in enumerate(row)}


def stored_marks(path: Path, image: str) -> dict[Any, Any]:
    """The same, from the project file."""
    with Project.open(path) as project:
        (record,) = (record for record in project.images() if record.file_name == image)
        people = project.annotation(record.id).people
    pinned = [
        [person.id, k, keypoint.x, keypoint.y]
        for person in people
        for k, keypoint in enumerate(person.keypoints)
        if keypoint.pinned
    ]
    return marks(pinned, [[int(k.visibility) for k in person.keypoints] for person in people])


def check_edits(path: Path, said: list[Line]) -> None:
    """Every edit that was told of is stored, and at most the gesture in progress besides."""
    for image, last in {line["image"]: line for line in said if line["what"] == "edit"}.items():
        stored, told = stored_marks(path, image), marks(last["pinned"], last["visibility"])
        differing = {key for key in stored | told if stored.get(key) != told.get(key)}
        in_progress = said[-1]["what"] == "begin" and said[-1]["image"] == image
        # A joint that was not labelled becomes visible when it is dragged: two marks, one gesture.
        assert len(differing) <= (2 if in_progress else 0), (image, differing, said[-1])


def check_view(opened: Line, said: list[Line]) -> None:
    """The window that opens shows what was seen when the one before it was killed.

    Exactly that where it had settled; else what had been written down until then.
    """
    settled = [n for n, line in enumerate(said) if line["what"] in ("view", "opened")][-1]
    after = said[settled + 1 :]
    if not any(line.get("action") == "go" for line in after):
        assert opened["image"] == said[settled]["image"]
    if not any(line.get("action") in ("go", "look") for line in after):
        assert same_place(opened["outlook"], said[settled]["outlook"]), (opened, said[settled])
    if not any(line.get("action") in ("go", "look") for line in after):
        seen = [said[settled], *(line for line in after if line["what"] == "edit")]
        shown = (opened["person"], opened["keypoint"])
        in_progress = said[-1]["what"] == "begin"
        assert in_progress or shown in [(line["person"], line["keypoint"]) for line in seen]


def same_place(a: list[float] | None, b: list[float] | None) -> bool:
    if a is None or b is None:
        return a is b
    return a[0] == b[0] and a[1:] == pytest.approx(b[1:], abs=2 / b[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_whenever_it_is_killed_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    rng, state = random.Random(20), tmp_path / "state"
    path = folder / "annotations.clickpose"
    before: list[Line] = []
    for number in range(KILLS):
        # Only the first time it is told what to open: then it finds what a crash left.
        with working(state, number, *([folder] if number == 0 else [])) as process:
            said = work_and_kill(process, rng)
        assert said[0]["what"] == "opened"
        if before:
            check_view(said[0], before)
        check_file(path)
        check_edits(path, said)
        before = said
