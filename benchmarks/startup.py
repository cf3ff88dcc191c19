"""How long from the start of the process to the visible window, and to the first pose?

Starts ``clickpose FOLDER`` several times on a copy of the sample pictures and prints medians.
Needs a display; under Xvfb or with QT_QPA_PLATFORM=offscreen the figures are close to those
of a desk.

    python benchmarks/startup.py [--runs 5] [--weights F]
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from clickpose_app.paths import resources_dir

_TIMEOUT_S = 120

# Runs in the process that is measured: notes when the window is painted and when people appear.
_CHILD = """
import json, sys, time
from pathlib import Path
started = float(sys.argv[1])
from PySide6.QtCore import QEvent, QObject, QTimer
from clickpose_app import app
from clickpose_app.gui.main_window import MainWindow

times = {}

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint and "window" not in times:
            times["window"] = time.time() - started
            times["torch"] = "torch" in sys.modules
        return False

watch = Watch()
show = MainWindow.show

def shown(window):
    window.centralWidget().installEventFilter(watch)
    window.session.annotation_changed.connect(lambda found: note(window, found))
    window.messages.say = lambda message, hint="": end(window, message)
    show(window)

def note(window, found):
    if found.state.value == "predicted" and "pose" not in times:
        times["pose"] = time.time() - started
        QTimer.singleShot(0, lambda: end(window, ""))

def end(window, message):
    times["message"] = message
    window.close()

MainWindow.show = shown
weights = Path(sys.argv[3]) if sys.argv[3] else None
app.run_window(Path(sys.argv[2]), weights=weights)
print(json.dumps(times))
"""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--weights", type=Path, default=None)
    options = parser.parse_args()
    runs = [_run(options.weights) for _ in range(options.runs)]
    print(f"{'start to':24}{'median s':>10}{'worst s':>10}")
    for name, key in (("visible window", "window"), ("first pose", "pose")):
        seconds = [run[key] for run in runs if key in run]
        if seconds:
            print(f"{name:24}{statistics.median(seconds):10.2f}{max(seconds):10.2f}")
        else:
            print(f"{name:24}{'-':>10}{'-':>10}  {runs[0]['message']}")
    imported = sum(run["torch"] for run in runs)
    print(f"torch was imported before the window was visible in {imported} of {len(runs)} runs")


def _run(weights: Path | None) -> dict[str, float]:
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
            check=True,
        )
    times: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return times


if __name__ == "__main__":
    main()
