"""kill -9 of exports while they exchange older files for new ones, and of whoever goes on."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickpose_app.batch.conversion import export_project
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.exchange import finish_exchanges, finish_exchanges_in
from tests.torture.kills import annotated_project, check_export, kill, program
from tests.torture.table import Row

_FORMATS = ("labelme", "cvat", "labelme", "label-studio")  # hundreds of files, or two
_IMAGES = 250
_LONGEST = 0.02  # seconds from the plan on; hundreds of files take some milliseconds
_PATIENCE = 60.0


def kill_exchange(scratch: Path, tries: int, seed: int) -> Row:
    """Exports over an older one, killed as soon as files are exchanged; all is of one project."""
    row = Row("kill -9 of `export` while it exchanges the files of an older one")
    rng, cut, again = random.Random(seed), Counter[str](), 0
    projects = [annotated_project(scratch, _IMAGES, people) for people in (1, 2)]
    with state_in(scratch / "state"):
        for name in sorted(set(_FORMATS)):
            export_project(projects[0], place_of(scratch, name), format_named(name))
        for number in range(tries):
            name = _FORMATS[number % len(_FORMATS)]
            out = place_of(scratch, name)
            with row.counting():
                kill_while_exchanging(out, name, projects, rng)
                cut[name] += bool(plans(out))
                if plans(out) and number % 2:
                    kill_who_goes_on(out, rng)
                    again += bool(plans(out))
                go_on(out, name, projects, number)
                check_place(out, name, scratch / "state")
    row.said.add(
        f"{cut.total()} kills fell between the first file and the last "
        f"({', '.join(f'{name} {count}' for name, count in sorted(cut.items()))}), "
        f"and {again} more while that was made good"
    )
    return row


def place_of(scratch: Path, name: str) -> Path:
    """Where a format is exported to, in a folder of its own."""
    chosen = format_named(name)
    folder = scratch / name
    folder.mkdir(exist_ok=True)
    return folder / ("out" + (chosen.suffixes[0] if chosen.suffixes else ""))


def plans(out: Path) -> list[Path]:
    """Of exchanges that have not come to their end."""
    return list(out.parent.glob(".*.exchange"))


def kill_while_exchanging(out: Path, name: str, projects: list[Path], rng: random.Random) -> None:
    """Let exports replace each other, and kill them a moment after one has made its plan."""
    process = program("tests.torture.exporting", out, name, *projects)
    assert process.stdout is not None
    process.stdout.readline()
    moment, end = rng.random() ** 2 * _LONGEST, time.monotonic() + _PATIENCE
    while not plans(out):
        assert time.monotonic() < end, "nothing was exchanged"
    time.sleep(moment)
    kill(process)


def kill_who_goes_on(out: Path, rng: random.Random) -> None:
    """The next start, killed while it goes on with what the first has left."""
    process = program("tests.torture.exporting", "--go-on", out.parent)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(rng.random() ** 2 * _LONGEST)
    kill(process)


def go_on(out: Path, name: str, projects: list[Path], number: int) -> None:
    """The next start, the next who looks there, or the next export: in turn."""
    if number % 3 == 0:
        finish_exchanges()
    elif number % 3 == 1:
        finish_exchanges_in(out.parent)
    else:
        export_project(projects[number % 2], out, format_named(name))


def check_place(out: Path, name: str, state: Path) -> None:
    """All files of an export are of one project, and nothing of the exchange is left.

    A plan that was written down a moment before the kill has moved nothing, and may wait for the
    next export; files that were still being written lie apart, and are nobody's any more.
    """
    check_export(out, name, _IMAGES)
    finish_exchanges_in(out.parent)
    finish_exchanges()
    check_export(out, name, _IMAGES)
    assert not plans(out), f"{name}: a plan that nobody follows"
    notes = list(state.rglob("*.exchange"))
    assert not notes, f"{name}: still noted: {notes}"
    for stage in out.parent.glob(".out*-*"):
        shutil.rmtree(stage)
    assert [each.name for each in out.parent.iterdir() if each.name.startswith(".")] == []


@contextmanager
def state_in(folder: Path) -> Iterator[None]:
    """What programs note for their next start, in a folder of its own."""
    before = os.environ.get("XDG_STATE_HOME")
    folder.mkdir()
    os.environ["XDG_STATE_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_STATE_HOME"]
        else:
            os.environ["XDG_STATE_HOME"] = before
