"""How long a folder of very many images takes to be listed, searched and put in order.

    python benchmarks/large_folder.py [--images N] [--folder DIR]

Makes a folder of hard links to one small image and opens it twice in the real window (without a
screen and without a network): first as a new project, then again. Then types into the search and
orders the list. How long it takes until the first image is seen is a row of window.py.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from measuring import Taken, take

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from clickpose_app.app import make_application, make_window
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui.image_list import Order, View
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.spare_memory import resident_bytes

_LINKS = 30_000  # of one file; more than some file systems allow would be refused


def no_network() -> Predictor:
    """Images only: what the network takes is the business of bench.py."""
    raise RuntimeError("this benchmark runs without a network")


def link_names(folder: Path, photo: bytes, numbers: Iterable[int]) -> None:
    """One photo under many names."""
    source = folder
    for position, number in enumerate(numbers):
        path = folder / f"frame {number}.jpg"
        if position % _LINKS == 0:
            path.write_bytes(photo)
            source = path
        else:
            os.link(source, path)


def make_folder(folder: Path, count: int) -> None:
    """So many names of a small photograph of noise."""
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    link_names(folder, cv2.imencode(".jpg", noise)[1].tobytes(), range(count))


def until(condition: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not condition():
        QApplication.processEvents()
        time.sleep(0.001)


def new_window() -> MainWindow:
    """A window without a network, with nothing open."""
    window = make_window(no_network)
    window.resize(1400, 900)
    window.show()
    QApplication.processEvents()
    return window


def show_first(window: MainWindow, folder: Path) -> None:
    """Open a folder and wait until its first image is painted."""
    window.open_path(folder)
    until(lambda: window.browser.picture is not None)
    QApplication.processEvents()


def list_all(window: MainWindow, count: int) -> None:
    """Wait until every name is listed."""
    until(lambda: len(window.browser.records) == count)


def first_image(count: int, times: int, *, known: bool) -> list[Taken]:
    """What it takes from opening a large folder to its first image.

    Args:
        count: images in the folder.
        times: how often it is opened; a new project at most five times, for it takes long.
        known: open the project that is there, instead of making a new one each time.
    """
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        make_folder(folder, count)
        if known:
            window = new_window()
            show_first(window, folder)
            list_all(window, count)
            window.close()
        for _ in range(times if known else min(times, 5)):
            window = new_window()
            found.append(take(partial(show_first, window, folder)))
            window.close()
            if not known:
                for path in folder.glob("*.clickpose*"):
                    path.unlink()
    return found


def resident_megabytes() -> float:
    """Memory of this process; 0 where the system does not tell."""
    return resident_bytes() / 1e6


def measure(name: str, act: Callable[[], object]) -> None:
    """Print wall and processor time of something and of the events that follow from it."""

    def painted() -> None:
        act()
        QApplication.processEvents()

    taken = take(painted)
    print(f"{name:<44}{taken.wall:>12.0f}{taken.cpu:>12.0f}")


def main() -> None:
    """Make the folder, open it, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    options = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name).resolve()
        make_folder(folder, options.images)
        print(f"{'milliseconds':<44}{'wall':>12}{'processor':>12}")
        for project in ("new", "known"):
            window = new_window()
            show_first(window, folder)
            all_names = f"{project} project: all {options.images:,} names"
            measure(all_names, partial(list_all, window, options.images))
            if project == "new":
                window.close()
        searches = [View(search=words) for words in ("f", "fr", "99")]
        for view in (*searches, *(View(order=order) for order in Order)):
            what = f"search {view.search}" if view.search else f"order {view.order.value}"
            measure(what, partial(window.browser.show_view, view))
        window.close()


if __name__ == "__main__":
    main()
