"""Give memory back to the system that the network has used and needs no more.

Encoding an image takes some hundred megabytes for a moment. The C library keeps what is freed for
the next time, and a person who looks at one image for minutes keeps it with them. Images of many
sizes leave gaps of many sizes, which fit nothing that comes later: kept, they grow and grow.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

RESTS_AFTER_MS = 2000
"""The network has nothing to do for so long: whoever hurries on gets no slower."""

GROWN_BYTES = 256 * 1024 * 1024
"""Growth since memory was given back last, after which nobody waits for a rest."""

HURRIED_SECONDS = 20.0
"""Nobody who hurries is disturbed more often: what is given back has to be asked for again."""


def give_back() -> bool:
    """Return free memory to the system; whether it does that when asked (glibc does)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return False
    trim(ctypes.c_size_t(0))
    return True


def resident_bytes() -> int:
    """Memory of this process that is in RAM; 0 where nobody says."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE
    return 0


class SpareMemory(QObject):
    """Gives memory back when the network has rested for a while, or when too much has gathered.

    Args:
        parent: Qt owner.
        give: what gives it back; called on a thread of its own, so that nobody waits for it.
        held: how many bytes the process has.
        clock: seconds that have passed since any moment.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        give: Callable[[], object] = give_back,
        held: Callable[[], int] = resident_bytes,
        clock: Callable[[], float] = time.monotonic,
    ):
        super().__init__(parent)
        self._give, self._held, self._clock = give, held, clock
        self._settled = 0  # bytes after it was given back last
        self._given = clock()  # when that was
        self._giving = threading.Lock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTS_AFTER_MS)
        self._timer.timeout.connect(self._start)

    def watch(self, activity: str) -> None:
        """Be told what the network does now; empty when it rests."""
        if activity:
            self._timer.stop()
            return
        self._timer.start()
        held = self._held()
        # It may have been counted in the middle of the next image, which takes some for itself.
        self._settled = min(self._settled, held)
        disturbed = self._clock() - self._given < HURRIED_SECONDS
        if not disturbed and held > self._settled + GROWN_BYTES:
            self._start()

    def _start(self) -> None:
        if self._giving.acquire(blocking=False):
            threading.Thread(target=self._run, name="spare memory").start()

    def _run(self) -> None:
        try:
            self._give()
            self._settled, self._given = self._held(), self._clock()
        finally:
            self._giving.release()
