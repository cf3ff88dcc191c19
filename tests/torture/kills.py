"""kill -9 at any moment: of the window, of prelabel, of an export, of a migration."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from clickpose_app.batch.conversion import export_project
from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.edits import predicted_annotation
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.exchange import finish_exchanges_in
from clickpose_app.storage import schema
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import FakeEncoding, FakePredictor
from tests.gui import test_killed as killed
from tests.gui.desk import make_photo
from tests.torture.table import Row

ROOT = Path(__file__).parents[2]
_IMAGES = 30
_EXPORTED_IMAGES = 300


def photos(folder: Path, count: int = 3) -> Path:
    """A folder of small pictures."""
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        make_photo(folder / f"{number}.png", shade=number)
    return folder


def program(module: str, *arguments: object, wrap: Sequence[str] = ()) -> subprocess.Popen[str]:
    """One of our programs in a process of its own, which tells what it does line by line."""
    return subprocess.Popen(
        [*wrap, sys.executable, "-m", module, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def kill(process: subprocess.Popen[str]) -> list[str]:
    """kill -9; whole lines that it still said."""
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]


def kill_window(scratch: Path, tries: int, seed: int) -> Row:
    """The window under scripted editing; each opens what the one before has left."""
    row, rng = Row("kill -9 of the window while somebody edits"), random.Random(seed)
    folder, state = photos(scratch / "photos"), scratch / "state"
    before: list[killed.Line] = []
    for number in range(tries):
        with row.counting():
            first = [folder] if number == 0 else []
            with killed.working(state, seed * 1000 + number, *first) as process:
                said = killed.work_and_kill(process, rng)
            if before:
                killed.check_view(said[0], before)
            before = said
            killed.check_file(folder / "annotations.clickpose")
            killed.check_edits(folder / "annotations.clickpose", said)
    return row


def kill_prelabel(scratch: Path, tries: int, seed: int) -> Row:
    """Runs that are killed until they come to their end, and once more from the start."""
    row, rng = Row("kill -9 of `prelabel`"), random.Random(seed)
    folder = photos(scratch / "photos", _IMAGES)
    whole = scratch / "whole.json"
    prelabel(select_images([folder]).images, FakePredictor(), whole)
    out, reached = scratch / "out.json", 0
    while row.tries < tries:
        with row.counting():
            process = program("tests.batch.killed_prelabel", folder, out)
            assert process.stdout is not None
            begun = int(process.stdout.readline())
            assert begun >= reached, f"{reached} images were done, {begun} are left of them"
            time.sleep(rng.random() * 0.1)
            reached = max([begun, *(int(line) for line in kill(process))])
            if out.exists():
                assert out.read_bytes() == whole.read_bytes(), "the result is another one"
                out.unlink()
                reached = 0
            else:
                work = out.with_name("out.json.work")
                with closing(sqlite3.connect(work)) as journal:
                    assert journal.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return row


def annotated_project(scratch: Path, images: int, people: int = 2) -> Path:
    """A project of so many annotated images, whose files nobody needs, with 1 or 2 people each."""
    poses = FakePredictor().detect(FakeEncoding(400, 300))[:people]
    path = scratch / ("p.clickpose" if people == 2 else f"p{people}.clickpose")
    with Project.create(path, image_root=scratch, skeleton=builtin_skeleton()) as project:
        ids = project.add_images((f"{n}.png", 400, 300) for n in range(images))
        found = predicted_annotation(poses, score_threshold=0.5)
        project.write_many((i, found) for i in ids)
    return path


_EXPORTED = ("coco", "cvat", "labelme", "label-studio")


def kill_export(scratch: Path, tries: int, seed: int) -> Row:
    """Two projects in turn into the same file or folder; all of it is of one of them."""
    row, rng = (
        Row("kill -9 of `export` (COCO, CVAT, labelme, Label Studio in turn)"),
        random.Random(seed),
    )
    projects = [annotated_project(scratch, _EXPORTED_IMAGES, people) for people in (1, 2)]
    cut = 0
    for number in range(tries):
        name = _EXPORTED[number % len(_EXPORTED)]
        chosen = format_named(name)
        place = scratch / f"place{number}"
        place.mkdir()
        out = place / ("out" + (chosen.suffixes[0] if chosen.suffixes else ""))
        with row.counting():
            for project in projects[number % 2 :]:
                export_project(project, out, chosen)
            process = program("tests.torture.exporting", out, name, *projects)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.random() * 0.6)
            kill(process)
            cut += any(place.glob(".*.exchange"))
            finish_exchanges_in(place)
            check_export(out, name, _EXPORTED_IMAGES)
    row.said.add(f"{cut} kills fell between the first file and the last")
    return row


def check_export(out: Path, name: str, images: int) -> None:
    """Everybody is in it, and all of it is of one project."""
    if name == "coco":
        content = json.loads(out.read_text())
        found = len(content["images"]), len(content["annotations"])
    elif name == "cvat":
        text = out.read_text()
        assert text.rstrip().endswith("</annotations>"), "half an XML file"
        json.loads(out.with_suffix(".labels.json").read_text())
        found = text.count("<image "), text.count("<skeleton ")
    elif name == "label-studio":
        tasks = json.loads(out.read_text())
        found = len(tasks), sum(map(_people_of_task, tasks))
    else:
        numbered = (file for file in out.glob("*.json") if file.stem.isdecimal())
        files = [json.loads(file.read_text()) for file in numbered]
        groups = [{shape["group_id"] for shape in file["shapes"]} for file in files]
        assert len({len(group) for group in groups}) == 1, "some files old, some new"
        found = len(files), sum(len(group) for group in groups)
    assert found in ((images, images), (images, 2 * images)), f"{name}: {found} images and people"


def _people_of_task(task: dict[str, Any]) -> int:
    """Rectangles of a Label Studio task, one a person."""
    answers = [*task.get("annotations", ()), *task.get("predictions", ())]
    return sum(part["type"] == "rectanglelabels" for each in answers for part in each["result"])


def kill_migration(scratch: Path, tries: int, seed: int) -> Row:
    """Projects of the first version, opened one after the other, killed in the middle."""
    row, rng = Row("kill -9 while a project is brought from version 1 to 2"), random.Random(seed)
    first = annotated_project(scratch, 500)
    with closing(sqlite3.connect(first, isolation_level=None)) as database:
        database.executescript(
            "DROP TABLE work; ALTER TABLE image DROP COLUMN need; "
            "ALTER TABLE image DROP COLUMN note; PRAGMA user_version = 1; VACUUM;"
        )
    content = first.read_bytes()
    for _ in range(tries):
        with row.counting():
            copies = [scratch / f"copy{n}.clickpose" for n in range(20)]
            for copy in copies:
                copy.write_bytes(content)
                for tail in ("-wal", "-shm", ".lock"):
                    copy.with_name(copy.name + tail).unlink(missing_ok=True)
            process = program("tests.torture.migrating", *copies)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.random() * 0.15)
            kill(process)
            for copy in copies:
                check_migrated(copy)
    return row


def check_migrated(path: Path) -> None:
    """Whole, of one version or the other, and brought up to date when it is opened."""
    killed.check_file(path)
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        columns = [row[1] for row in database.execute("PRAGMA table_info(image)")]
    assert (version, "need" in columns) in ((1, False), (schema.SCHEMA_VERSION, True))
    with Project.open(path) as project:
        assert len(project.images()) == 500
        assert len(project.annotation(500).people) == 2
        project.write(1, ImageAnnotation(state=ImageState.REVIEWED))
