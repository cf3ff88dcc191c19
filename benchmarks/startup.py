"""How long from the start of the process to help, window and first pose, and what memory rests?

Starts ``clickpose --help`` and ``clickpose FOLDER`` several times on a copy of the sample pictures
and prints medians. The processor's time is that of the whole process, all threads together; on a
machine that does other things it says more. Needs a display; under Xvfb or with
QT_QPA_PLATFORM=offscreen the figures are close to those of a desk.

    python benchmarks/startup.py [--runs 5] [--weights F]
    python benchmarks/startup.py --imports [--runs 5]  # which modules that time goes into
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from measuring import Taken

from clickpose_app.paths import resources_dir

_TIMEOUT_S = 120
_LINES = 25

# Compiled once, as for a person who starts it again, whatever the surroundings of this process say.
_SURROUNDINGS = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

# Runs in the process that is measured: notes when the window is painted, when people appear, and
# what memory is resident when for three seconds next to nothing has been computed.
_CHILD = """
import json, sys, time
from pathlib import Path
started = float(sys.argv[1])
from PySide6.QtCore import QEvent, QObject, QTimer
from clickpose_app import app
from clickpose_app.gui.main_window import MainWindow

found = {"taken": {}}

def now():
    return {"wall": (time.time() - started) * 1e3, "cpu": time.process_time() * 1e3}

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint and "visible window" not in found["taken"]:
            found["taken"]["visible window"] = now()
            found["torch"] = "torch" in sys.modules
        return False

watch = Watch()
show = MainWindow.show

def shown(window):
    window.centralWidget().installEventFilter(watch)
    window.session.annotation_changed.connect(lambda annotation: note(window, annotation))
    window.messages.say = lambda message, hint="": end(window, message)
    show(window)

def note(window, annotation):
    if annotation.state.value == "predicted" and "first pose" not in found["taken"]:
        found["taken"]["first pose"] = now()
        rest(window, time.process_time())

def rest(window, before):
    def look():
        used = time.process_time() - before
        if used > 0.05:
            rest(window, time.process_time())
            return
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                found["megabytes"] = int(line.split()[1]) / 1e3
        QTimer.singleShot(0, lambda: end(window, ""))
    QTimer.singleShot(3000, look)

def end(window, message):
    found["message"] = message
    window.close()

MainWindow.show = shown
weights = Path(sys.argv[3]) if sys.argv[3] else None
app.run_window(Path(sys.argv[2]), weights=weights)
print(json.dumps(found))
"""


@dataclass
class Started:
    """What one start of the window took.

    Attributes:
        taken: until something was there, by its name.
        torch: whether torch was imported before the window was visible.
        megabytes: resident at rest; 0 where the system does not tell.
        message: what went wrong; empty if nothing did.
    """

    taken: dict[str, Taken] = field(default_factory=dict)
    torch: bool = False
    megabytes: float = 0.0
    message: str = ""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--weights", type=Path, default=None)
    parser.add_argument("--imports", action="store_true", help="the modules and what they cost")
    options = parser.parse_args()
    if options.imports:
        for what in ("clickpose_app.__main__", "clickpose_app.app", "torch"):
            print_imports(what, options.runs)
        return
    start_help()  # compiles what is not, and is not counted
    start_window(options.weights)
    helps = [start_help() for _ in range(options.runs)]
    runs = [start_window(options.weights) for _ in range(options.runs)]
    print(f"{'start to':24}{'median s':>10}{'worst s':>10}{'processor s':>13}")
    print_row("clickpose --help", helps)
    for name in ("visible window", "first pose"):
        print_row(name, [run.taken[name] for run in runs if name in run.taken], runs[0].message)
    resting = [run.megabytes for run in runs if run.megabytes]
    if resting:
        print(f"{'resident at rest':24}{np.median(resting):>10.0f} MB")
    imported = sum(run.torch for run in runs)
    print(f"torch was imported before the window was visible in {imported} of {len(runs)} runs")


def print_row(name: str, taken: list[Taken], message: str = "") -> None:
    """The medians of some starts, or why there are none."""
    if not taken:
        print(f"{name:24}{'-':>10}{'-':>10}  {message}")
        return
    wall, cpu = ([t.on(clock) / 1e3 for t in taken] for clock in ("wall", "cpu"))
    print(f"{name:24}{np.median(wall):>10.2f}{max(wall):>10.2f}{np.median(cpu):>13.2f}")


def start_help() -> Taken:
    """What ``clickpose --help`` takes, from outside."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    command = [sys.executable, "-m", "clickpose_app", "--help"]
    subprocess.run(command, env=_SURROUNDINGS, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall * 1e3, cpu * 1e3)


def start_window(weights: Path | None) -> Started:
    """Start the window on the sample pictures, and close it when it rests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for sample in (resources_dir() / "samples").glob("*.jpg"):
            shutil.copy(sample, folder)
        # The clock is read in the shell, so that the interpreter's own start counts.
        done = subprocess.run(
            [
                "sh",
                "-c",
                'exec "$0" -c "$1" "$(date +%s.%N)" "$2" "$3"',
                sys.executable,
                _CHILD,
                name,
                str(weights or ""),
            ],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            env=_SURROUNDINGS,
        )
    if done.returncode:
        said = (done.stderr.strip() or "nothing was said").splitlines()[0]
        sys.exit(f"The window did not start ({said}). It needs a screen; Xvfb is one.")
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Started)


def print_imports(module: str, runs: int) -> None:
    """What importing a module costs, by the packages that it brings along.

    Each module counts with the least of its times, in which the machine disturbed it least.
    """
    least: dict[str, int] = {}
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    for _ in range(runs):
        done = subprocess.run(command, env=_SURROUNDINGS, capture_output=True, text=True)
        for name, microseconds in import_times(done.stderr).items():
            least[name] = min(least.get(name, microseconds), microseconds)
    packages: dict[str, int] = defaultdict(int)
    for name, microseconds in least.items():
        packages[_package(name)] += microseconds
    print(f"import {module}: {sum(least.values()) / 1e3:.0f} ms, {len(least)} modules")
    for package, microseconds in sorted(packages.items(), key=lambda item: -item[1])[:_LINES]:
        print(f"{microseconds / 1e3:10.1f} ms  {package}")


def import_times(told: str) -> dict[str, int]:
    """Microseconds of each module itself, from what ``python -X importtime`` tells."""
    times = {}
    for line in told.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if line.startswith("import time:") and parts[0].strip().isdigit():
            times[parts[2].strip()] = int(parts[0])
    return times


def _package(module: str) -> str:
    """Our own and torch's by their parts, others as a whole."""
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[0] in ("clickpose_app", "PySide6", "torch") else 1])


if __name__ == "__main__":
    main()
