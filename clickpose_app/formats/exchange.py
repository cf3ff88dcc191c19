"""Put several files into the places of older ones so that, in the end, all are new or all old.

No file system renames many files at once. So what is going to happen is written down first, in a
file beside them; whoever comes after a kill in the middle goes on from there. Renaming is the same
however often it is begun, so nobody has to know whether somebody else is at it as well.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import platformdirs

from clickpose_app.formats.atomic_file import atomic_file

_KEPT_SECONDS = 30 * 24 * 3600
_PREFIX, _SUFFIX = ".clickpose-", ".exchange"


class _Move(msgspec.Struct, array_like=True):
    """A new file, and the place where it belongs, both relative to the plan.

    Attributes:
        new: the file.
        target: its place.
        was: time of change in nanoseconds and size of what is there before; None for nothing.
    """

    new: str
    target: str
    was: tuple[int, int] | None


class _Plan(msgspec.Struct):
    """All that is going to happen.

    Attributes:
        stage: folder of the new files, which goes at the end.
        moves: one a file.
    """

    stage: str
    moves: list[_Move]


def exchange(stage: Path, moves: Sequence[tuple[Path, Path]]) -> None:
    """Move new files to their places, all or none.

    Args:
        stage: the folder that all new files are in, beside their places or the folder of them;
            it goes at the end, also if nothing could be moved.
        moves: (new file, place) of each.

    Raises:
        OSError: if files cannot be moved. If some have been, the rest follows later.
    """
    home = stage.parent
    journal = home / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    note = None
    try:
        for _, target in moves:
            target.parent.mkdir(parents=True, exist_ok=True)
        plan = _Plan(stage.name, [_move(new, target, home) for new, target in moves])
        with atomic_file(journal) as file:
            file.write(msgspec.json.encode(plan))
        note = _note(journal)
        _finish(journal, plan)
    except BaseException:
        if all(new.exists() for new, _ in moves):
            journal.unlink(missing_ok=True)
            shutil.rmtree(stage, ignore_errors=True)
        raise
    finally:
        if note is not None and not journal.exists():
            note.unlink(missing_ok=True)


def _move(new: Path, target: Path, home: Path) -> _Move:
    return _Move(os.path.relpath(new, home), os.path.relpath(target, home), _looks(target))


def finish_exchanges_in(folder: Path) -> None:
    """Go on with what was begun in a folder, if anything was."""
    with suppress(OSError):
        _finish_all(folder.glob(f"{_PREFIX}*{_SUFFIX}"))


def finish_exchanges() -> None:
    """Go on with whatever this person's programs have begun and not come to the end of."""
    with suppress(OSError):
        for note in _notes().glob(f"*{_SUFFIX}"):
            with suppress(OSError, ValueError):  # one that is spoilt keeps no other from its end
                _follow(note)


def _follow(note: Path) -> None:
    """Go on with the plan that a note speaks of; the note goes with it."""
    journal = Path(note.read_bytes().decode("utf-8", "replace"))
    if journal.suffix != _SUFFIX:
        note.unlink(missing_ok=True)  # nobody can say what it speaks of
        return
    if not journal.parent.is_dir() and time.time() - note.stat().st_mtime < _KEPT_SECONDS:
        return  # a disk that is not there now
    _finish_all([journal])
    if not journal.exists():
        note.unlink(missing_ok=True)


def _finish_all(journals: Iterable[Path]) -> None:
    for journal in journals:
        try:
            plan = msgspec.json.decode(journal.read_bytes(), type=_Plan)
        except (OSError, msgspec.DecodeError):
            continue  # somebody else has come to its end, or it is no file of ours
        if _stays_at_home(plan, journal.parent):
            _finish(journal, plan)


def _stays_at_home(plan: _Plan, home: Path) -> bool:
    """Whether a plan, which anybody may have written, moves files of its folder only."""
    names = [plan.stage, *(move.new for move in plan.moves), *(m.target for m in plan.moves)]
    apart = all(name and not Path(name).is_absolute() for name in names)
    stage = Path(plan.stage)
    return (
        apart
        and len(stage.parts) == 1
        and plan.stage.startswith(".")
        and all(".." not in Path(name).parts for name in names)
        and all(Path(move.new).parts[0] == plan.stage for move in plan.moves)
        and not (home / stage).is_symlink()
    )


def _finish(journal: Path, plan: _Plan) -> None:
    """Move what has not been moved, unless somebody has changed its place since."""
    home = journal.parent
    for move in plan.moves:
        target = home / move.target
        if _looks(target) != move.was:
            continue  # moved already; or a person has worked on it, and their work stays
        with suppress(FileNotFoundError):
            (home / move.new).replace(target)
    journal.unlink(missing_ok=True)
    shutil.rmtree(home / plan.stage, ignore_errors=True)


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _notes() -> Path:
    return platformdirs.user_state_path("clickpose", appauthor=False) / "exchanges"


def _note(journal: Path) -> Path | None:
    """Write down where a plan is, for the next start; without that the next export finds it."""
    try:
        folder = _notes()
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / journal.name.removeprefix(".")
        # Whole or not at all: of half a path nobody could say what it speaks of.
        with atomic_file(note) as file:
            file.write(str(journal.absolute()).encode("utf-8"))
    except (OSError, UnicodeEncodeError):
        return None
    return note
