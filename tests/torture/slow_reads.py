"""Images on a drive that takes long to answer: each opening, look and read of them is delayed."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

from tests.torture.disks import edits, kill_and_check, window
from tests.torture.kills import photos
from tests.torture.table import Fault, Row

_EDITS = 6
_DELAY_US = 300_000


def delayed(folder: Path, microseconds: int = _DELAY_US) -> tuple[str, ...]:
    """What makes a program wait for each opening, look at and read of the images of a folder.

    The folder's own entries and the project in it answer as ever: what is slow is the data.
    """
    calls = "openat,stat,lstat,newfstatat,statx,read,pread64"
    images = sorted(path for path in folder.iterdir() if path.suffix in (".png", ".jpg"))
    paths = [part for image in images for part in ("-P", str(image))]
    delay = f"inject={calls}:delay_enter={microseconds}"
    traced = ("strace", "-D", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}")
    return (*traced, *paths, "-e", delay)


def slow_images(scratch: Path, tries: int, seed: int) -> Row:
    """The window is worked in while images come slowly, and killed."""
    row = Row("images that take long (0.3 s each open, look and read), kill -9")
    if shutil.which("strace") is None:
        row.skipped = "needs strace"
        return row
    folder, rng = photos(scratch / "photos", 5), random.Random(seed)
    for number in range(tries):
        wrap = delayed(folder)
        with (
            row.counting(),
            window(scratch / "state", seed * 1000 + number, folder, wrap) as process,
        ):
            said = edits(process, _EDITS)
            time.sleep(rng.random())
            kill_and_check(process, said, folder / "annotations.clickpose")
    return row


FAULTS: dict[str, Fault] = {"slow-images": slow_images}
