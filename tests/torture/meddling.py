"""Files that vanish under the running window, and a clock that is set back."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from clickpose_app.storage.project import Project
from clickpose_app.storage.work import worked_images
from tests.torture.disks import command, edits, kill_and_check, stored_edits, window
from tests.torture.kills import photos, program
from tests.torture.table import Fault, Row

_EDITS = 6


def _vanishing(fault: str, meddle: Callable[[Path], None]) -> Fault:
    """Do something to the files of the open project, between two edits; then kill the window."""

    def bring_about(scratch: Path, tries: int, seed: int) -> Row:
        row, rng = Row(fault), random.Random(seed)
        folder = photos(scratch / "photos")
        project = folder / "annotations.clickpose"
        for number in range(tries):
            state = scratch / "state"
            with (
                row.counting(),
                window(state, seed * 1000 + number, folder) as process,
            ):
                said = edits(process, _EDITS)
                time.sleep(rng.random() * 0.1)
                meddle(project)
                said += edits(process, _EDITS)
                said += stored_edits(process)
                kill_and_check(process, said, project)
                for line in said:
                    if line.get("unstored"):
                        row.check_said(line["message"])
        return row

    return bring_about


def _delete(*tails: str) -> Callable[[Path], None]:
    def meddle(project: Path) -> None:
        for tail in tails:
            project.with_name(project.name + tail).unlink()

    return meddle


def _away_and_back(project: Path) -> None:
    folder = project.parent
    away = folder.with_name("away")
    folder.rename(away)
    time.sleep(0.5)
    away.rename(folder)


def clock_set_back(scratch: Path, tries: int, seed: int) -> Row:
    """The clock is an hour earlier with every second look; the window works and is killed."""
    row = Row("clock set back again and again, kill -9")
    folder = photos(scratch / "photos")
    for number in range(tries):
        with row.counting():
            process: subprocess.Popen[str] = program(
                "tests.torture.odd_clock", scratch / "state", seed * 1000 + number, folder
            )
            try:
                said = edits(process, 3 * _EDITS)
                kill_and_check(process, said, folder / "annotations.clickpose")
            finally:
                process.kill()
                process.communicate()
            with Project.open(folder / "annotations.clickpose", read_only=True) as project:
                seconds = [spell.seconds for w in worked_images(project) for spell in w.spells]
            assert all(0 <= each < 600 for each in seconds), f"negative work: {seconds}"
            command("numbers", folder / "annotations.clickpose", row=row)
    return row


FAULTS: dict[str, Fault] = {
    "project-deleted": _vanishing("project file deleted while open, kill -9", _delete("")),
    "log-deleted": _vanishing("its -wal log deleted while open, kill -9", _delete("-wal")),
    "all-deleted": _vanishing(
        "project, log, index and lock deleted while open, kill -9",
        _delete("", "-wal", "-shm", ".lock"),
    ),
    "folder-away": _vanishing("folder gone for half a second, kill -9", _away_and_back),
    "clock": clock_set_back,
}
