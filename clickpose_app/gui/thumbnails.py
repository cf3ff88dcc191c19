"""Thumbnails of image files, kept on the disk from one session to the next."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from clickpose_app.gui.lazy_images import LazyImages
from clickpose_app.gui.pixels import to_qimage

WIDTH, HEIGHT = 80, 60
"""Largest size of a thumbnail, in pixels of a plain screen; they are kept at twice that."""

_CACHE_BYTES = 32 * 1024 * 1024
_DISK_BYTES = 512 * 1024 * 1024
_SWEPT_TO = 0.8  # of the limit, so that not every start has to sweep


class Thumbnails(QObject):
    """Thumbnails by path, made on a thread of their own when they are first asked for."""

    ready = Signal(object)
    """The Path whose thumbnail has just come."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread."""
        super().__init__(parent)
        self._images = LazyImages("thumbnails", _CACHE_BYTES, self)
        self._images.ready.connect(self.ready)
        self.folder = platformdirs.user_cache_path("clickpose", appauthor=False) / "thumbnails"
        self._swept = False

    @property
    def nbytes(self) -> int:
        """Memory that the kept thumbnails cost, in bytes."""
        return self._images.nbytes

    def get(self, path: Path) -> QImage | None:
        """The thumbnail of a file: a null one if it cannot be read, None if it comes later."""
        return self._images.get(path, lambda: self._read(path))

    def rest(self, resting: bool) -> None:
        """Make none for a while."""
        self._images.rest(resting)

    def forget(self) -> None:
        """Drop all wishes: another project is open."""
        self._images.forget()

    def stop(self) -> bool:
        """Stop; True if the thread has ended."""
        return self._images.stop()

    # From here on: on the worker thread.

    def _read(self, path: Path) -> QImage:
        if not self._swept:
            self._swept = True
            sweep(self.folder, _DISK_BYTES)
        kept = self.folder / kept_name(path)
        image = QImage(str(kept))
        if image.isNull():
            image = small_image(path, 2 * WIDTH, 2 * HEIGHT)
            # A cache that cannot be written costs time, nothing else.
            with suppress(OSError):
                kept.parent.mkdir(parents=True, exist_ok=True)
                unfinished = kept.with_name(f"{kept.stem}.{os.getpid()}.part.jpg")
                if image.save(str(unfinished), quality=85):
                    unfinished.replace(kept)
        return image


def kept_name(path: Path) -> Path:
    """The name of a file's thumbnail: another one when the file changes.

    Raises:
        OSError: if the file is not there.
    """
    status = path.stat()
    what = f"{path}\0{status.st_mtime_ns}\0{status.st_size}\0{WIDTH}x{HEIGHT}"
    digest = hashlib.sha256(os.fsencode(what)).hexdigest()
    return Path(digest[:2]) / f"{digest[2:34]}.jpg"


def small_image(path: Path, width: int, height: int) -> QImage:
    """An image file scaled down to fit (never up); ImageError if it cannot be read."""
    from clickpose_app.storage.images import read_image_reduced  # OpenCV is slow to import

    image = to_qimage(read_image_reduced(path, width, height))
    if image.width() <= width and image.height() <= height:
        return image
    return image.scaled(
        width,
        height,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def sweep(folder: Path, limit: int) -> None:
    """Delete the oldest kept thumbnails if all together take more than limit bytes."""
    found: list[tuple[float, int, Path]] = []
    for file in folder.glob("*/*"):
        with suppress(OSError):
            status = file.stat()
            found.append((status.st_mtime, status.st_size, file))
    total = sum(size for _, size, _ in found)
    if total <= limit:
        return
    for _, size, file in sorted(found):
        if total <= limit * _SWEPT_TO:
            break
        with suppress(OSError):
            file.unlink()
            total -= size
