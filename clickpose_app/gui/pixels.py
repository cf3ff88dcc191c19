"""Decode images off the main thread, and keep the last few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from clickpose_app.core.predictor import ImageArray
from clickpose_app.gui.cache import ByteCache
from clickpose_app.gui.pyramid import Pyramid
from clickpose_app.gui.texts import tr
from clickpose_app.gui.worker import Worker

CACHE_BYTES = 192 * 1024 * 1024


Stamp = tuple[int, int] | None
"""Time of the last change in ns and size in bytes; None for a file that is not there."""


def stamp_of(path: Path) -> Stamp:
    """What tells a file from the one that took its place."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


@dataclass(frozen=True, eq=False)
class Picture:
    """One decoded image, for the network and for the screen.

    Attributes:
        path: the file that it came from.
        array: upright RGB [H, W, 3].
        image: the same pixels as Qt shows them.
        pyramid: that image and its smaller copies.
        stamp: of the file then, another one when the file is changed or replaced.
    """

    path: Path
    array: ImageArray
    image: QImage
    pyramid: Pyramid
    stamp: Stamp = None

    @property
    def nbytes(self) -> int:
        """Memory that keeping it costs, in bytes."""
        return self.array.nbytes + self.pyramid.nbytes


def to_qimage(array: ImageArray) -> QImage:
    """A copy of RGB pixels [H, W, 3] in the format that Qt draws fastest."""
    height, width = array.shape[:2]
    shared = QImage(array.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)


def read_picture(path: Path) -> Picture:
    """Decode an image file; ImageError if that is refused or fails."""
    from clickpose_app.storage.images import read_image  # OpenCV is slow to import

    stamp = stamp_of(path)  # before: a change while it is read makes it old at once
    array = read_image(path)
    image = to_qimage(array)
    return Picture(path, array, image, Pyramid(image), stamp)


class PictureLoader(QObject):
    """Decodes on a thread of its own, so that pictures appear while the network is busy."""

    failed = Signal(str, object)
    """What was attempted, and the exception."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        cache_bytes: int = CACHE_BYTES,
        read: Callable[[Path], Picture] = read_picture,
    ) -> None:
        """Start the thread.

        Args:
            parent: Qt owner.
            cache_bytes: how much memory decoded pictures may take together.
            read: how a file becomes a picture.
        """
        super().__init__(parent)
        self._cache: ByteCache[Picture] = ByteCache(cache_bytes)
        self._lock = Lock()
        self._read = read
        self._worker = Worker("pictures")
        self._worker.failed.connect(self.failed)

    def load(self, path: Path, done: Callable[[Picture], None]) -> None:
        """Hand over the picture of a file: at once when it is kept, later otherwise.

        A file that was asked for earlier and is still waiting is forgotten.
        """
        kept = self._kept(path)
        if kept is not None:
            done(kept)
            return
        self._worker.submit(
            tr("reading {name}…").format(name=path.name), lambda: self.read(path), done, key="shown"
        )

    def look_ahead(self, path: Path, done: Callable[[Picture], None]) -> None:
        """Decode a file that will probably be asked for next; failures wait until it is."""
        self._worker.submit(
            tr("reading {name}…").format(name=path.name),
            lambda: self._try_read(path),
            lambda picture: done(picture) if picture is not None else None,
            key="ahead",
            priority=1,
        )

    def read(self, path: Path) -> Picture:
        """The picture of a file, now; may be called from any thread.

        Raises:
            ImageError: if the file cannot be read.
        """
        kept = self._kept(path)
        if kept is not None:
            return kept
        picture = self._read(path)
        with self._lock:
            self._cache.put(path, picture, picture.nbytes)
        return picture

    def close(self, timeout_s: float = 5.0) -> bool:
        """Stop; True if the thread has ended."""
        return self._worker.close(timeout_s)

    def _kept(self, path: Path) -> Picture | None:
        with self._lock:
            kept = self._cache.get(path)
        return kept if kept is not None and kept.stamp == stamp_of(path) else None

    def _try_read(self, path: Path) -> Picture | None:
        try:
            return self.read(path)
        except Exception:
            return None
