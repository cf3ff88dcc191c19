"""How long a folder of very many images takes to show its first image, and a list its answers.

    python benchmarks/large_folder.py [--images N] [--views N] [--folder DIR]

Makes a folder of hard links to one small image, opens it twice in the real window (without a
screen and without a network): first as a new project, then again. Then types into the search,
orders the list, and walks through images while memory is watched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from clickpose_app.app import make_application, make_window
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui.image_list import Order, View
from clickpose_app.gui.main_window import MainWindow

_LINKS = 30_000  # of one file; more than some file systems allow would be refused


def no_network() -> Predictor:
    """Images only: what the network takes is the business of refine.py."""
    raise RuntimeError("this benchmark runs without a network")


def make_folder(folder: Path, count: int) -> None:
    """So many names of a few small photographs of noise."""
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    encoded = cv2.imencode(".jpg", noise)[1].tobytes()
    source = folder / "frame 0.jpg"
    for number in range(count):
        path = folder / f"frame {number}.jpg"
        if number % _LINKS == 0:
            path.write_bytes(encoded)
            source = path
        else:
            os.link(source, path)


def measure(name: str, act: Callable[[], object], application: QApplication) -> None:
    """Print wall and processor time of something and of the events that follow from it."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    application.processEvents()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<44}{wall * 1e3:>12.0f}{cpu * 1e3:>12.0f}")


def until(condition: Callable[[], bool], application: QApplication) -> None:
    """Let the window work until something is so."""
    while not condition():
        application.processEvents()
        time.sleep(0.001)


def open_window(folder: Path, count: int, name: str, application: QApplication) -> MainWindow:
    """Open the folder, and print when its first image and when all its names are there."""
    window = make_window(no_network)
    window.resize(1400, 900)
    window.show()
    application.processEvents()
    browser = window.browser

    def first() -> None:
        window.open_path(folder)
        until(lambda: browser.picture is not None, application)

    measure(f"{name}: first image", first, application)
    measure(
        f"{name}: all {count:,} names",
        lambda: until(lambda: len(browser.records) == count, application),
        application,
    )
    return window


def resident_megabytes() -> float:
    """Memory of this process; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Make the folder, open it, ask, walk, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--views", type=int, default=1_000, help="images to walk through")
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    options = parser.parse_args()
    application = make_application()
    made = Path(tempfile.mkdtemp(dir=options.folder)).resolve()
    try:
        make_folder(made, options.images)
        print(f"{'milliseconds':<44}{'wall':>12}{'processor':>12}")
        open_window(made, options.images, "new project", application).close()
        window = open_window(made, options.images, "known project", application)
        searches = [View(search=words) for words in ("f", "fr", "99")]
        for view in (*searches, *(View(order=order) for order in Order)):
            what = f"search {view.search}" if view.search else f"order {view.order.value}"
            measure(what, partial(window.browser.show_view, view), application)
        print(f"memory: {resident_megabytes():.0f} MB, after")
        for number in range(1, options.views + 1):
            window.browser.go(1)
            until(lambda: window.browser.picture is not None, application)
            window.session.send_back(f"note {number}")
            if number % max(options.views // 10, 1) == 0:
                print(f"{number:>7,} images: {resident_megabytes():.0f} MB")
        window.close()
    finally:
        shutil.rmtree(made)


if __name__ == "__main__":
    main()
