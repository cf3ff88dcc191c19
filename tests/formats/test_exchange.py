"""Files that belong together are exchanged all or none, whenever the program ends."""

from __future__ import annotations

import errno
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from clickpose_app import cli
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.exchange import finish_exchanges, finish_exchanges_in
from clickpose_app.formats.folders import staged_files, staged_folder
from tests.formats.tool_data import context, swarm

NAMES = ("a", "b", "c", "deep/d")

# Writes new files into a folder, and dies like a killed program after so many were renamed.
DIES = """
import os, sys
from pathlib import Path
from clickpose_app.formats.folders import staged_folder
place, left = Path(sys.argv[1]), int(sys.argv[2])
true = Path.replace
def replace(self, target):
    global left
    if not str(target).endswith(".exchange"):
        if left == 0:
            os._exit(9)
        left -= 1
    return true(self, target)
Path.replace = replace
with staged_folder(place) as stage:
    for name in ("a", "b", "c", "deep/d"):
        (stage / name).parent.mkdir(exist_ok=True)
        (stage / name).write_text("new")
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three old files, one of somebody else."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "place"
    (folder / "deep").mkdir(parents=True)
    for name in ("a", "b", "deep/d"):
        (folder / name).write_text("old")
    (folder / "theirs").write_text("theirs")
    return folder


def died(
    other_process: Callable[..., subprocess.Popen[str]], place: Path, renamed: int
) -> list[str]:
    """What is in the files after a program has died in the middle."""
    process = other_process(DIES, place, renamed)
    process.communicate()
    assert process.returncode == 9
    return contents(place)


def contents(place: Path) -> list[str]:
    """Each file's content; nothing for one that is not there."""
    files = [place / name for name in NAMES]
    return [file.read_text() if file.exists() else "" for file in files]


def rest(place: Path) -> set[str]:
    """What lies in the folder and beside it that nobody wants there."""
    beside = {path.name for path in place.parent.iterdir()} - {"place", "state"}
    return beside | {p.name for p in place.iterdir()} - {"a", "b", "c", "deep", "theirs"}


@pytest.mark.parametrize("renamed", range(4))
def test_the_next_start_goes_on_where_a_program_died(
    other_process: Callable[..., subprocess.Popen[str]], place: Path, renamed: int
) -> None:
    now = died(other_process, place, renamed)
    assert now == [*["new"] * renamed, *["old", "old", "", "old"][renamed:]]
    assert cli.main(["validate", str(place / "theirs")]) != 0  # any command at all
    assert contents(place) == ["new"] * 4
    assert (place / "theirs").read_text() == "theirs"
    assert rest(place) == set()


@pytest.mark.parametrize("words", [b"", b"/half/a/pa", b"\xff\xfe", b"a\0b.exchange"])
def test_a_spoilt_note_keeps_no_other_exchange_from_its_end(
    other_process: Callable[..., subprocess.Popen[str]], place: Path, words: bytes
) -> None:
    died(other_process, place, 1)
    notes = place.parent / "state" / "clickpose" / "exchanges"
    if not notes.is_dir():
        pytest.skip("this system keeps its notes elsewhere")
    for name in ("0.exchange", "clickpose-z.exchange"):  # read before or after the sound one
        (notes / name).write_bytes(words)
    finish_exchanges()
    assert contents(place) == ["new"] * 4
    left = [note.name for note in notes.iterdir()]
    assert left == [] or b"exchange" in words


def test_the_next_export_goes_on_as_well(
    other_process: Callable[..., subprocess.Popen[str]], place: Path
) -> None:
    died(other_process, place, 1)
    with staged_folder(place) as stage:
        assert contents(place) == ["new"] * 4
        (stage / "a").write_text("newer")
    assert contents(place) == ["newer", "new", "new", "new"]
    assert rest(place) == set()


def test_what_a_person_wrote_since_then_stays(
    other_process: Callable[..., subprocess.Popen[str]], place: Path
) -> None:
    died(other_process, place, 1)
    (place / "b").write_text("by hand, since")
    (place / "c").write_text("by hand, too")
    finish_exchanges_in(place.parent)
    assert contents(place) == ["new", "by hand, since", "by hand, too", "new"]


def test_what_cannot_be_moved_at_all_leaves_everything_as_it_was(place: Path) -> None:
    (place / "a").unlink()
    (place / "a").mkdir()
    (place / "a" / "x").write_text("in the way")
    with pytest.raises(FormatError, match="place cannot be written"), staged_folder(place) as stage:
        for name in ("a", "b"):
            (stage / name).write_text("new")
    assert (place / "b").read_text() == "old"
    assert rest(place) == set()


def test_a_disk_that_fails_in_the_middle_is_said_and_the_rest_follows(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == place / "b":
            raise OSError(errno.EIO, "Input/output error")
        return true(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(FormatError, match="Input/output error"), staged_folder(place) as stage:
        for name in ("a", "b", "c"):
            (stage / name).write_text("new")
    monkeypatch.undo()
    finish_exchanges_in(place.parent)
    assert contents(place) == ["new", "new", "new", "old"]


def test_a_plan_of_somebody_else_moves_nothing_into_or_out_of_other_folders(
    place: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    stage = place / ".stage"
    stage.mkdir()
    (stage / "x").write_text("evil")
    for new, target in (("../secret", "b"), (".stage/x", "../secret"), (str(secret), "b")):
        plan = {"stage": ".stage", "moves": [[new, target, None]]}
        (place / ".clickpose-0.exchange").write_text(json.dumps(plan))
        finish_exchanges_in(place)
    (place / ".clickpose-0.exchange").write_text(json.dumps({"stage": "../place", "moves": []}))
    finish_exchanges_in(place)
    assert secret.read_text() == "secret"
    assert contents(place)[1] == "old"


def test_two_files_are_written_through_links_and_keep_their_permissions(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "x.json").write_text("old")
    (real / "x.json").chmod(0o640)
    link = tmp_path / "x.json"
    link.symlink_to(real / "x.json")
    with staged_files(link, real / "y.json") as stage:
        (stage / "x.json").write_text("new")
        (stage / "y.json").write_text("new")
    assert link.is_symlink() and (real / "x.json").read_text() == "new"
    assert (real / "x.json").stat().st_mode & 0o777 == 0o640
    assert {path.name for path in real.iterdir()} == {"x.json", "y.json"}


@pytest.mark.parametrize("name", ["cvat", "label-studio", "labelme"])
def test_an_export_over_an_older_one_leaves_nothing_beside_it(tmp_path: Path, name: str) -> None:
    chosen = format_named(name)
    assert chosen.write is not None
    out = tmp_path / f"out{chosen.suffixes[0] if chosen.suffixes else ''}"
    chosen.write(out, swarm(), context())
    before = {path.name for path in tmp_path.iterdir()}
    chosen.write(out, swarm(), context())
    assert {path.name for path in tmp_path.iterdir()} == before


def test_finishing_needs_no_state_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "theirs"))  # a file, so no folder
    with staged_folder(place) as stage:
        for name in ("a", "b"):
            (stage / name).write_text("new")
    assert contents(place) == ["new", "new", "", "old"]
