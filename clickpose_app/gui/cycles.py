"""Python's collector of reference cycles, kept on the main thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000
_SETTLED_MS = 20_000  # by then the libraries are imported, and the network is loaded


class CycleCollector(QObject):
    """Collects cycles between events of the main thread, and nowhere else.

    Left alone, Python collects on whichever thread happens to allocate. If that is the
    network's, a dialog that was in a cycle is destroyed there, and Qt hangs or crashes, since
    its widgets may be touched by the main thread alone.
    """

    def __init__(self, parent: QObject) -> None:
        """Take over from Python for as long as parent lives."""
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(_SETTLED_MS, self, self.settle)

    def look(self) -> None:
        """Collect the oldest generation that Python itself would have collected by now."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """Hold what is there for permanent: collecting need not walk over all of torch again."""
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.enable()
