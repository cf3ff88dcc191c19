"""A screen of its own for a program, in memory (Xvfb), with a mouse and keys (xdotool)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

SIZE = (1600, 1000)
PATIENCE_S = 120.0

_HEADER_WORDS = 25  # of the file in which Xvfb keeps its screen: the XWD format, version 7


def missing() -> str:
    """What is not there to have a screen; empty if nothing is."""
    if not sys.platform.startswith("linux"):
        return "Xvfb is of Linux"
    absent = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


class Screen:
    """What is shown, and the hand on mouse and keys."""

    def __init__(self, display: str, buffer: Path) -> None:
        self.display = display
        self._buffer = buffer

    def see(self) -> npt.NDArray[np.uint8]:
        """What the screen shows, RGB [H, W, 3]."""
        data = self._buffer.read_bytes()
        header = np.frombuffer(data, ">u4", _HEADER_WORDS)
        start = int(header[0]) + 12 * int(header[19])  # header, then a table of colours
        height, row = int(header[5]), int(header[12])
        rows = np.frombuffer(data, np.uint8, height * row, start).reshape(height, -1, 4)
        return rows[:, : int(header[4]), 2::-1]

    def do(self, *words: object) -> None:
        """What xdotool is told: mousemove 10 20 mousedown 1, for example."""
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *map(str, words)], env=environment, check=True, timeout=60)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press at one point, move as a hand does, and let go at another."""
        self._move(start)
        self.do("mousedown", 1)
        for part in (0.2, 0.5, 0.8, 1.0):
            self._move(tuple(a + part * (b - a) for a, b in zip(start, end, strict=True)))
        self.do("mouseup", 1)

    def _move(self, spot: tuple[float, ...]) -> None:
        self.do("mousemove", "--sync", *map(round, spot), "sleep", "0.1")


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """An X server without a monitor, as long as it is wanted.

    Args:
        folder: where it keeps its picture.
    """
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-nolisten", "tcp"),
            *("-screen", "0", "{}x{}x24".format(*SIZE), "-fbdir", str(folder)),
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            number = said.readline().strip()  # empty when it could not start
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until something is so, while a process runs."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        said = log.read_text(errors="replace")
        assert process.poll() is None, said
        assert time.monotonic() < deadline, f"it took too long; {said}"
        time.sleep(0.1)
