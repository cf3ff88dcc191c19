"""Give memory back to the system that the network has used and needs no more.

Encoding an image takes some hundred megabytes for a moment. The C library keeps what is freed for
the next time, and a person who looks at one image for minutes keeps it with them.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

RESTS_AFTER_MS = 2000
"""The network has nothing to do for so long: whoever hurries on gets no slower."""


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


class SpareMemory(QObject):
    """Gives memory back when the network has rested for a while.

    Args:
        parent: Qt owner.
        give: what gives it back; called on a thread of its own, so that nobody waits for it.
    """

    def __init__(self, parent: QObject | None = None, give: Callable[[], object] = give_back):
        super().__init__(parent)
        self._give = give
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTS_AFTER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def watch(self, activity: str) -> None:
        """Be told what the network does now; empty when it rests."""
        if activity:
            self._timer.stop()
        else:
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        threading.Thread(target=self._give, name="spare memory").start()
