"""Disks that are full, closed to writing, failing or slow: real ones, or as strace makes them."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from clickpose_app.formats.coco import read_coco
from tests.gui import test_killed as killed
from tests.torture.kills import ROOT, annotated_project, photos, program
from tests.torture.table import Fault, RefusedError, Row

_PATIENCE_S = 240.0
_EDITS = 6


@contextmanager
def small_disk(at: Path, megabytes: int, row: Row) -> Iterator[Path | None]:
    """A disk of that size; None, with the reason in the row, where we may not mount one."""
    at.mkdir()
    options = f"size={megabytes}m"
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        row.skipped = "mounting a small disk needs root"
        yield None
        return
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], check=False)
    if mounted.returncode:
        row.skipped = "mounting a small disk is not allowed here"
        yield None
        return
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free inside."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def window(
    state: Path, seed: int, folder: Path, wrap: tuple[str, ...] = ()
) -> Iterator[subprocess.Popen[str]]:
    """The window under a scripted hand, certainly dead at the end."""
    process = program("tests.gui.killed_window", state, seed, folder, wrap=wrap)
    with killed.killed_at_the_end(process, _PATIENCE_S):
        yield process


def edits(process: subprocess.Popen[str], count: int) -> list[killed.Line]:
    """What the window says until so many edits are done."""
    return killed.until(
        process, lambda lines: sum(line["what"] == "edit" for line in lines) >= count
    )


def refused_edits(process: subprocess.Popen[str]) -> list[killed.Line]:
    """What the window says until it has told of an edit that it could not store, and a bit more."""
    said = killed.until(process, lambda lines: bool(lines) and bool(lines[-1].get("unstored")))
    return said + edits(process, _EDITS)


def stored_edits(process: subprocess.Popen[str]) -> list[killed.Line]:
    """What the window says until nothing waits any more."""
    return killed.until(process, lambda lines: bool(lines) and lines[-1].get("unstored") == 0)


def kill_and_check(
    process: subprocess.Popen[str], said: list[killed.Line], project: Path
) -> list[killed.Line]:
    """kill -9; every edit that was told of is in the project."""
    process.kill()
    assert process.stdout is not None
    rest = process.stdout.read().splitlines(keepends=True)
    said = said + [json.loads(line) for line in rest if line.endswith("\n")]
    killed.check_file(project)
    killed.check_edits(project, said)
    return said


def full_under_window(scratch: Path, tries: int, seed: int) -> Row:
    """The disk is full for a while, and the window is killed once there is room again."""
    row = Row("full disk under the window, room again, kill -9")
    with small_disk(scratch / "disk", 16, row) as disk:
        if disk is None:
            return row
        folder = photos(disk / "photos")
        for number in range(tries):
            with (
                row.counting(),
                window(scratch / "state", seed * 1000 + number, folder) as process,
            ):
                said = edits(process, _EDITS)
                with filled(disk):
                    said += refused_edits(process)
                row.check_said(said[-1]["message"])
                said += stored_edits(process)
                kill_and_check(process, said, folder / "annotations.clickpose")
    return row


def command(*arguments: object, row: Row, code: int = 0) -> None:
    """Run the command line; whatever it refuses is to be said in one line."""
    done = subprocess.run(
        [sys.executable, "-m", "clickpose_app", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != code:
        raise RefusedError(f"{arguments[0]}: exit code {done.returncode}: {done.stderr}")
    if code:
        lines = [line for line in done.stderr.splitlines() if line.startswith("clickpose:")]
        if len(lines) != 1:
            raise RefusedError(f"{arguments[0]}: not one sentence: {done.stderr}")
        row.check_said(lines[0])


def full_under_export(scratch: Path, tries: int, seed: int) -> Row:
    """An export that finds no room leaves the one before as it was, and nothing else."""
    row, rng = Row("full disk under `export`"), random.Random(seed)
    with small_disk(scratch / "disk", 4, row) as disk:
        if disk is None:
            return row
        project, out = annotated_project(scratch, 300), disk / "out.json"
        for number in range(tries):
            with row.counting():
                old = bytes(rng.randrange(1, 2000)) if number % 2 else None
                out.unlink(missing_ok=True)
                if old is not None:
                    out.write_bytes(old)
                with filled(disk):
                    command("export", project, "--out", out, row=row, code=1)
                    left = sorted(path.name for path in disk.iterdir() if path.name != "filler")
                    assert left == ([] if old is None else ["out.json"]), left
                    assert old is None or out.read_bytes() == old
                command("export", project, "--out", out, row=row)
                assert len(read_coco(out).images) == 300
    return row


def full_under_prelabel(scratch: Path, tries: int, seed: int) -> Row:
    """prelabel with the shipped model finds no room, and goes on when there is some."""
    row, _ = Row("full disk under `prelabel`"), seed
    folder = photos(scratch / "photos")
    with small_disk(scratch / "disk", 4, row) as disk:
        if disk is None:
            return row
        out = disk / "out.json"
        for _ in range(tries):
            with row.counting():
                with filled(disk):
                    command("prelabel", folder, "--out", out, row=row, code=1)
                    assert not out.exists()
                command("prelabel", folder, "--out", out, row=row)
                assert len(read_coco(out).images) == 3
                out.unlink()
                assert list(disk.iterdir()) == []
    return row


def read_only(scratch: Path, tries: int, seed: int) -> Row:
    """A disk that cannot be written to: the project is made elsewhere, exports are refused."""
    row = Row("read-only disk: window, `export`, `prelabel --into`")
    with small_disk(scratch / "disk", 16, row) as disk:
        if disk is None:
            return row
        folder = photos(disk / "photos")
        project = annotated_project(disk, 3)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        own = {"XDG_DATA_HOME": str(scratch / "data")}
        for number in range(tries):
            with row.counting(), patch.dict(os.environ, own):
                with window(scratch / "state", seed * 1000 + number, folder) as process:
                    said = edits(process, _EDITS)
                    (made,) = (scratch / "data").rglob("*.clickpose")
                    kill_and_check(process, said, made)
                command("export", project, "--out", disk / "out.json", row=row, code=1)
                command("export", project, "--out", scratch / "out.json", row=row)
                assert len(read_coco(scratch / "out.json").images) == 3
                command("prelabel", "--into", project, row=row, code=1)
    return row


def strace(*inject: str, only: Path | None = None) -> tuple[str, ...]:
    """What makes system calls of a program slow or fail."""
    calls = "trace=pwrite64,fdatasync,fsync,ftruncate,rename"
    paths = () if only is None else ("-P", str(only))
    options = [part for each in inject for part in ("-e", f"inject={each}")]
    # Detached, so that what is killed is the program.
    return ("strace", "-D", "-f", "-qq", "-o", os.devnull, "-e", calls, *paths, *options)


def failing(scratch: Path, tries: int, seed: int) -> Row:
    """Writes to the project's log fail for a while, as on a network drive that goes away."""
    row = Row("disk that reports errors for a while (EIO), kill -9")
    if shutil.which("strace") is None:
        row.skipped = "needs strace"
        return row
    folder, rng = photos(scratch / "photos"), random.Random(seed)
    project = folder / "annotations.clickpose"
    with window(scratch / "state", seed, folder) as process:
        edits(process, 1)
    for number in range(tries):
        first = rng.randrange(40, 120)
        call = ("pwrite64", "fdatasync")[number % 2]
        errors = f"{call}:error=EIO:when={first}..{first + 40}"
        wrap = strace(errors, only=project.with_name(project.name + "-wal"))
        with (
            row.counting(),
            window(scratch / "state", seed * 1000 + number, folder, wrap) as process,
        ):
            said = refused_edits(process)
            row.check_said(next(line["message"] for line in said if line.get("unstored")))
            said += stored_edits(process)
            kill_and_check(process, said, project)
    return row


def slow(scratch: Path, tries: int, seed: int) -> Row:
    """Each flush and each renaming takes 0.2 s, as on a slow network drive."""
    row = Row("slow disk (each flush takes 0.2 s), kill -9")
    if shutil.which("strace") is None:
        row.skipped = "needs strace"
        return row
    folder, rng = photos(scratch / "photos"), random.Random(seed)
    wrap = strace("fdatasync,fsync,rename:delay_enter=200000")
    for number in range(tries):
        with (
            row.counting(),
            window(scratch / "state", seed * 1000 + number, folder, wrap) as process,
        ):
            said = edits(process, _EDITS)
            time.sleep(rng.random())
            kill_and_check(process, said, folder / "annotations.clickpose")
    return row


FAULTS: dict[str, Fault] = {
    "full-window": full_under_window,
    "full-export": full_under_export,
    "full-prelabel": full_under_prelabel,
    "read-only": read_only,
    "failing": failing,
    "slow": slow,
}
