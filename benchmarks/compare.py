"""Whether this working tree is faster than another commit: both measured in turns, ratios.

    make bench-compare BASE=main
    python benchmarks/compare.py BASE [--only PART ...] [--turns 9] [--seconds 0.5] [--clock cpu]

BASE is checked out into a temporary folder. A process of each version answers in turns, row by row
(base, now, now, base, ...), so that whatever else the machine does befalls both alike. The ratio
is that of medians; the interval says where it lies in 95 of 100 such runs, by drawing turns anew.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import msgspec
import numpy as np
from measuring import CLOCKS, Answer, Asked, Clock, Taken, chosen

from clickpose_app.errors import ClickPoseError
from clickpose_app.evaluation.bootstrap import interval

ROOT = Path(__file__).resolve().parent.parent
QUICK = (
    "decode JPEG",
    "shipped float32 cpu preprocess",
    "shipped float32 cpu first pass",
    "shipped float32 cpu detect",
    "shipped float32 cpu refine",
    "shipped float32 cpu click",
)
_RESAMPLES = 2000
_HEADER = (
    f"{'milliseconds a call':<46}{'base':>9}{'now':>9}{'now/base':>10}"
    f"{'interval':>15}  {'other clock':>11}"
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much longer something takes now than it did, and where that lies in 95 of 100 runs."""

    value: float
    low: float
    high: float


def ratio(base: Sequence[float], now: Sequence[float]) -> Ratio:
    """The ratio of medians of turns that were taken side by side, so drawn together."""
    a, b = np.asarray(base), np.asarray(now)
    drawn = np.random.default_rng(0).integers(0, len(a), (_RESAMPLES, len(a)))
    low, high = interval(np.median(b[drawn], axis=1) / np.median(a[drawn], axis=1))
    return Ratio(float(np.median(b) / np.median(a)), low, high)


@dataclass(slots=True)
class Pair:
    """The turns of one row: in each, the median of a version's calls, on both clocks.

    Attributes:
        base: of the commit compared with.
        now: of this working tree.
        failure: why there is nothing to compare.
    """

    base: list[Taken]
    now: list[Taken]
    failure: str = ""

    def line(self, name: str, clock: Clock) -> str:
        """One line of the table."""
        if self.failure or not self.base:
            return f"{name:<46}{'-':>9}  {self.failure or 'nothing was measured'}"
        found = {
            c: ratio([t.on(c) for t in self.base], [t.on(c) for t in self.now]) for c in CLOCKS
        }
        here, other = found[clock], found["cpu" if clock == "wall" else "wall"]
        base, now = (np.median([t.on(clock) for t in turns]) for turns in (self.base, self.now))
        between = f"{here.low:.2f} - {here.high:.2f}"
        return (
            f"{name:<46}{base:>9.2f}{now:>9.2f}{here.value:>10.2f}{between:>15}"
            f"  {other.value:>11.2f}"
        )


def commit_named(base: str, root: Path = ROOT) -> str:
    """The full hash of what a person calls BASE.

    Raises:
        ClickPoseError: there is no such commit, or no repository.
    """
    if not base:
        raise ClickPoseError(
            "There is no commit to compare with.", "Name one: make bench-compare BASE=main"
        )
    command = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"]
    done = _git(root, *command)
    if done.returncode:
        inside = _git(root, "rev-parse", "--git-dir").returncode == 0
        if not inside:
            raise ClickPoseError(f"{root} is no git checkout.", "Clone the repository to compare.")
        raise ClickPoseError(
            f"{base!r} names no commit of this repository.",
            "Take a branch, a tag or a hash; git log --oneline shows them.",
        )
    return done.stdout.strip()


@contextmanager
def checked_out(commit: str, root: Path = ROOT) -> Iterator[Path]:
    """A folder with the files of a commit, which is gone afterwards, whatever happened.

    Raises:
        ClickPoseError: git cannot make it; with what git says.
    """
    folder = Path(tempfile.mkdtemp(prefix="clickpose-base-"))
    tree = folder / "tree"
    try:
        done = _git(root, "worktree", "add", "--detach", "--quiet", str(tree), commit)
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise ClickPoseError(f"{commit[:10]} cannot be checked out: {said[-1] if said else ''}")
        yield tree
    finally:
        removed = _git(root, "worktree", "remove", "--force", str(tree)).returncode == 0
        shutil.rmtree(folder, ignore_errors=True)
        if not removed:
            _git(root, "worktree", "prune")


class Version:
    """A process that measures with the package of one folder; see serving.py.

    Args:
        folder: that holds the package.
        name: for what goes wrong.
        threads: of torch.
    """

    def __init__(self, folder: Path, name: str, threads: int | None) -> None:
        self.name = name
        surroundings = {**os.environ, "PYTHONPATH": str(folder)}
        if threads is not None:
            surroundings["OMP_NUM_THREADS"] = str(threads)
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "benchmarks" / "serving.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
            # Ctrl+C is for us, who end it.
            start_new_session=True,
        )

    def ask(self, row: str, seconds: float) -> list[Taken]:
        """What each call of a row took.

        Raises:
            ClickPoseError: this version cannot do it.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        line = ""
        with suppress(BrokenPipeError):
            self._process.stdin.write(msgspec.json.encode(Asked(row, seconds)).decode() + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        if not line:
            raise ClickPoseError(f"The process of {self.name} ended.")
        found = msgspec.json.decode(line, type=Answer)
        if found.failure:
            raise ClickPoseError(f"{self.name}: {found.failure}")
        return found.taken

    def end(self) -> None:
        """Ask no more."""
        self._process.kill()
        self._process.communicate()


def compare(base: Version, now: Version, row: str, turns: int, seconds: float) -> Pair:
    """Measure a row in turns; who begins changes, for the machine may favour one."""
    pair = Pair([], [])
    sides = [(base, pair.base), (now, pair.now)]
    try:
        for version, _ in sides:
            version.ask(row, 0)
        for turn in range(turns):
            for version, taken in sides if turn % 2 else reversed(sides):
                taken.append(_median(version.ask(row, seconds)))
    except ClickPoseError as error:
        pair.failure = str(error)
    return pair


def run(options: argparse.Namespace) -> None:
    """Measure and print row by row."""
    from bench import all_questions

    commit = commit_named(options.base)
    names = chosen(all_questions(), options.only or QUICK)
    with ExitStack() as stack:
        tree = stack.enter_context(checked_out(commit))
        base = Version(tree, f"base {commit[:10]}", options.threads)
        stack.callback(base.end)
        now = Version(ROOT, "this working tree", options.threads)
        stack.callback(now.end)
        print(
            f"base {commit[:10]}; {options.clock} clock, {options.turns} turns", _HEADER, sep="\n"
        )
        for name in names:
            pair = compare(base, now, name, options.turns, options.seconds)
            print(pair.line(name, options.clock), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", metavar="BASE", help="a branch, tag or hash")
    parser.add_argument(
        "--only", nargs="*", default=[], help="rows whose names contain this (quick ones)"
    )
    parser.add_argument("--turns", type=int, default=9, help="of each version, a row (9)")
    parser.add_argument("--seconds", type=float, default=0.5, help="for a turn (0.5)")
    parser.add_argument("--threads", type=int, help="of torch; as many as it takes otherwise")
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="which the ratio is of")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        run(options)
    except ClickPoseError as error:
        print(f"bench-compare: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the temporary checkout is gone.", file=sys.stderr)
        return 130
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Being told to end is like Ctrl+C: what was made is taken away."""
    raise KeyboardInterrupt


def _median(taken: Sequence[Taken]) -> Taken:
    wall, cpu = (float(np.median([t.on(clock) for t in taken])) for clock in CLOCKS)
    return Taken(wall, cpu)


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(root), *arguments]
    # In a session of its own, or Ctrl+C would end git halfway.
    return subprocess.run(command, capture_output=True, text=True, start_new_session=True)


if __name__ == "__main__":
    sys.exit(main())
