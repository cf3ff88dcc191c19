"""Small pictures that are read when they come into view, the newest wish first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from clickpose_app.gui.cache import ByteCache
from clickpose_app.gui.worker import Worker

Read = Callable[[], QImage]

_MOST_WANTED = 200  # a few screens; whoever scrolls on wants no others any more
_EMPTY_COSTS = 100  # bytes noted for a picture that could not be read


class LazyImages(QObject):
    """Reads small pictures on a thread of its own and keeps the last of them.

    Asking never waits: what is not there yet comes later, and ``ready`` tells when.
    """

    ready = Signal(object)
    """The key of a picture that has just been read."""

    def __init__(self, name: str, cache_bytes: int, parent: QObject | None = None) -> None:
        """Start the thread.

        Args:
            name: of the thread.
            cache_bytes: how much memory the pictures may take together.
            parent: Qt owner.
        """
        super().__init__(parent)
        self._cache: ByteCache[QImage] = ByteCache(cache_bytes)
        self._wanted: OrderedDict[Hashable, Read] = OrderedDict()
        self._lock = Lock()
        self._worker = Worker(name)

    @property
    def nbytes(self) -> int:
        """Memory that the kept pictures cost, in bytes."""
        return self._cache.nbytes

    def get(self, key: Hashable, read: Read) -> QImage | None:
        """The picture of that key; a null one if it cannot be read, None if it comes later.

        Args:
            key: what the picture is known by.
            read: makes it, on the worker thread; what it raises makes a null picture.
        """
        kept = self._cache.get(key)
        if kept is not None:
            return kept
        with self._lock:
            known = key in self._wanted
            self._wanted[key] = read
            self._wanted.move_to_end(key)
            while len(self._wanted) > _MOST_WANTED:
                self._wanted.popitem(last=False)
        if not known:
            self._worker.submit("", self._read_newest, self._keep)
        return None

    def rest(self, resting: bool) -> None:
        """Read nothing for a while: a hand moves, and its refinement comes next."""
        self._worker.hold_back(0 if resting else None)

    def forget(self) -> None:
        """Drop all wishes and pictures: another project is open."""
        with self._lock:
            self._wanted.clear()
        self._cache.clear()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Stop; True if the thread has ended."""
        return self._worker.close(timeout_s)

    def _read_newest(self) -> tuple[Hashable, QImage] | None:
        # On the worker thread. Wishes may have been dropped since this was queued.
        with self._lock:
            if not self._wanted:
                return None
            key, read = self._wanted.popitem()
        try:
            return key, read()
        except Exception:
            # What is wrong with a file is said when it is opened, not once for every row.
            return key, QImage()

    def _keep(self, read: tuple[Hashable, QImage] | None) -> None:
        if read is not None:
            key, image = read
            self._cache.put(key, image, max(image.sizeInBytes(), _EMPTY_COSTS))
            self.ready.emit(key)
