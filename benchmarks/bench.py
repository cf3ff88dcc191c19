"""Where the time goes: every stage of the network and of the window, in one table.

Each row says how long it takes, how much that varies, and how near it is to the floor: the time
that its arithmetic takes at the rate at which this machine multiplies large matrices, measured in
the same run.

    python benchmarks/bench.py [--only PART ...] [--seconds 2] [--threads 2] [--clock cpu]
    python benchmarks/bench.py --only "shipped float32 cpu" --profile
    python benchmarks/bench.py --json FILE
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from machine import Rate, Report, at_the_end, describe, load, rates_of, this_machine, write_report
from measuring import HEADER, Measured, chosen, in_own_process, line, spread, take_often
from network_rows import Question, gflop_of, questions
from profiling import operator_table, operators

from clickpose_app.engine.devices import cpu_has_bfloat16
from clickpose_app.errors import ClickPoseError

_WINDOW = Path(__file__).with_name("window.py")
_FRAMES = 60
_PROFILED_MS = 1000.0
GESTURES = (
    "24 MP, 100 people: whole frame",
    "24 MP, 100 people: pan, fitted",
    "24 MP, 100 people: pan, 4 times",
    "24 MP, 100 people: zoom",
    "24 MP, 100 people: drag a joint",
    "24 MP, 100 people: drag with magnifier",
    "drop a joint to repaint",
    "shipped model: drop to others followed",
)
"""Rows of window.py; each is measured in a process of its own."""


def all_questions() -> dict[str, Question]:
    """Every row of the network by its name."""
    devices = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
    return {question.name: question for question in questions(devices, cpu_has_bfloat16())}


def measure(
    question: Question, seconds: float, rates: dict[str, Rate], *, profiled: bool = False
) -> tuple[Measured, str]:
    """One row, and where asked for what its operators cost."""
    work = question.prepare()
    gflop, floor = None, None
    if question.rate:
        gflop = gflop_of(work)  # warms it up, too
        rate = rates.get(question.rate)
        floor = None if rate is None else rate.floor(gflop)
    else:
        work.run()
    taken = take_often(work.run, seconds)
    row = Measured(question.name, taken, question.images, gflop, floor)
    if not profiled or not question.rate:
        return row, ""
    runs = max(1, min(20, int(_PROFILED_MS / spread(row, "wall").median)))
    return row, operator_table(operators(work.run, runs, cuda="cuda" in question.rate))


def gesture(name: str, frames: int) -> Measured:
    """A row of the window."""
    try:
        arguments = ["--row", name, "--frames", str(frames)]
        return Measured(f"window, {name}", in_own_process(_WINDOW, arguments))
    except ClickPoseError as error:
        return Measured(f"window, {name}", [], failure=str(error))


def run(options: argparse.Namespace) -> None:
    """Measure and print row by row; write the report at the end."""
    asked = all_questions()
    windows = {f"window, {name}": name for name in GESTURES}
    names = chosen([*asked, *windows], options.only)
    if options.list:
        print("\n".join(names))
        return
    machine = this_machine()
    wanted = {asked[name].rate for name in names if name in asked}
    rates = rates_of([d for d in ("cpu", "cuda") if any(rate.startswith(d) for rate in wanted)])
    print(describe(machine, rates, options.clock), HEADER, sep="\n", flush=True)
    rows = []
    for name in names:
        cost = ""
        if name in asked:
            row, cost = measure(asked[name], options.seconds, rates, profiled=options.profile)
        else:
            row = gesture(windows[name], options.frames)
        rows.append(row)
        print(line(row, options.clock), *([cost] if cost else []), sep="\n", flush=True)
    print(f"load at the end {load():.1f}")
    if options.json is not None:
        write_report(Report(at_the_end(machine), rates, rows), options.json)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", default=[], help="rows whose names contain this")
    parser.add_argument("--list", action="store_true", help="print the rows' names, no more")
    parser.add_argument("--seconds", type=float, default=2.0, help="for a row (2)")
    parser.add_argument("--frames", type=int, default=_FRAMES, help="for a row of the window")
    parser.add_argument("--threads", type=int, help="of torch; as many as it takes otherwise")
    parser.add_argument(
        "--clock",
        choices=("wall", "cpu"),
        default="wall",
        help="which times medians and ratios are of; the processor's on a busy machine",
    )
    parser.add_argument("--profile", action="store_true", help="what torch's operators cost")
    parser.add_argument("--json", type=Path, help="write the results with the machine's facts")
    options = parser.parse_args(arguments)
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    try:
        run(options)
    except ClickPoseError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
