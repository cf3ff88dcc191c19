"""How long does the window keep the person waiting when images lie on a drive that is slow?

A heartbeat of 10 ms runs in the real window (offscreen, fake network) while a scripted hand goes
from image to image and edits; the gap between two beats is how long a key or a click would wait.
Every opening, look at and read of an image is delayed by strace, as if a network drive took that
long to answer.

    python benchmarks/slow_drive.py [--images 12] [--delays 0 50 300]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
_PHOTOS = (".jpg", ".jpeg", ".png")


def main() -> None:
    """A row for each delay."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--images", type=int, default=12)
    parser.add_argument("--delays", type=int, nargs="+", default=[0, 50, 300], help="milliseconds")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    print("| delay of each call | median gap | longest gap | image asked for until shown |")
    print("| ---: | ---: | ---: | ---: |")
    for delay in options.delays:
        with tempfile.TemporaryDirectory() as scratch:
            print(f"| {delay} ms | {row(Path(scratch), options.images, delay)} |", flush=True)


def row(scratch: Path, images: int, delay: int) -> str:
    """What a window of its own has measured."""
    from tests.torture.slow_reads import delayed

    folder = scratch / "photos"
    folder.mkdir()
    samples = (ROOT / "resources" / "samples").iterdir()
    photos = sorted(path for path in samples if path.suffix in _PHOTOS)
    for number in range(images):
        photo = photos[number % len(photos)]
        (folder / f"{number:03d}{photo.suffix}").write_bytes(photo.read_bytes())
    # Also without a delay under strace, which slows every call a little.
    wrap = delayed(folder, max(delay * 1000, 1))
    done = subprocess.run(
        [*wrap, sys.executable, __file__, "--work", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"XDG_STATE_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)},
    )
    return done.stdout.strip()


def work(folder: Path) -> None:
    """Go through a folder and edit; print the median and the longest gap, and the waiting."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from window import FakePredictor

    from clickpose_app.app import make_application, make_window

    make_application()
    window = make_window(FakePredictor)
    window.resize(1400, 900)
    window.show()
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(10)
    window.open_path(folder)
    waits = []
    for name in [None, *range(len(list(folder.glob("0*"))) - 1)]:
        begin = time.perf_counter()
        if name is not None:
            window.actions_by_name["next"].trigger()
        while window.canvas.image_size.isEmpty() or not window.session.annotation.people:
            QApplication.processEvents()
            time.sleep(0.001)
        waits.append(time.perf_counter() - begin)
        person = window.session.annotation.people[0]
        window.session.select(person.id, 9)
        for _ in range(3):
            window.actions_by_name["visibility"].trigger()
            end = time.perf_counter() + 0.2
            while time.perf_counter() < end:
                QApplication.processEvents()
                time.sleep(0.001)
    gaps = [after - before for before, after in pairwise(beats)]
    figures = (statistics.median(gaps), max(gaps), statistics.median(waits))
    print(" | ".join(f"{figure * 1e3:.0f} ms" for figure in figures))
    window.close()


if __name__ == "__main__":
    # strace names the files that it delays, and the tests know how.
    sys.path.insert(0, str(ROOT))
    main()
