"""Video files: read frame after frame, upright, with OpenCV's FFmpeg in a process of its own.

Never sought, only read on: what a seek lands on depends on codec and container, while reading on
gives the right frame in all of them (``benchmarks/video_reading.py`` shows both).
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError, Words
from clickpose_app.storage.images import DEFAULT_MAX_PIXELS
from clickpose_app.storage.video_process import Declared, Grabbed, Pace, decode

__all__ = ["VIDEO_SUFFIXES", "Frame", "Pace", "Video", "is_video_path", "open_video"]

VIDEO_SUFFIXES = frozenset(
    {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ts", ".webm", ".wmv"}
)
"""File name endings of the videos that we read, in lower case."""

# Less than this is missing also from sound that goes on a little after the last picture.
_MISSING_FRAMES, _MISSING_SHARE, _MISSING_SECONDS = 3, 0.1, 1.0

# MagicYUV: CVE-2026-8461, a write out of bounds in FFmpeg before 8.1.2, which OpenCV still brings.
_UNSAFE = ("MAGY", "M8", "M2R", "M2Y", "M2G", "M0R", "M0Y", "M0G")

_PATIENCE_S = 120.0  # without a frame, after which decoding counts as endless


def is_video_path(path: Path) -> bool:
    """Whether the name ends like that of a video."""
    return path.suffix.lower() in VIDEO_SUFFIXES


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a video.

    Attributes:
        index: in the video, from 0.
        seconds: when it is shown.
        pixels: upright RGB [H, W, 3].
    """

    index: int
    seconds: float
    pixels: ImageArray


class Video:
    """A video that is read from its beginning; made by open_video()."""

    def __init__(self, path: Path, connection: Connection, declared: Declared) -> None:
        """Read what the process at the other end decodes."""
        self._path, self._connection, self._declared = path, connection, declared
        self._last = Grabbed(0, 0.0, None)
        self._broke_off = False

    @property
    def declared_frames(self) -> int:
        """How many frames the file says or lets estimate; 0 if it does not."""
        frames = self._declared.frames
        return max(int(frames), 0) if math.isfinite(frames) else 0

    @property
    def frames_read(self) -> int:
        """How many frames were read so far, passed over or not."""
        return self._last.read

    def frames(self, pace: Pace) -> Iterator[Frame]:
        """The frames of that pace."""
        try:
            self._connection.send(pace)
            while (grabbed := _received(self._connection)) is not None:
                assert isinstance(grabbed, Grabbed)
                self._last = grabbed
                if grabbed.shape is None:
                    return
                pixels: ImageArray = np.empty(grabbed.shape, np.uint8)
                self._connection.recv_bytes_into(pixels.data.cast("B"))
                yield Frame(grabbed.read - 1, grabbed.seconds, pixels)
        except (EOFError, OSError):
            pass
        self._broke_off = True

    def shortcoming(self) -> str:
        """One sentence if the file ended before what it declares, else nothing; once all is read.

        By the time of the last frame, because declared numbers of frames are estimates.
        """
        read, seconds, fps = self._last.read, self._last.seconds, self._declared.fps
        if self._broke_off:
            return (
                f"{self._path} is damaged: decoding it broke off after {seconds:.1f} seconds, and "
                f"its first {read:,} frames were read."
            )
        if not 0 < fps < math.inf or self.declared_frames == 0:
            return ""
        declared = self._declared.frames / fps
        interval = seconds / (read - 1) if read > 1 else 1 / fps
        missing = declared - seconds - interval
        if missing <= max(
            _MISSING_FRAMES * interval, min(_MISSING_SHARE * declared, _MISSING_SECONDS)
        ):
            return ""
        return (
            f"{self._path} ends after {seconds + interval:.1f} of {declared:.1f} seconds, "
            f"damaged or cut short: its first {read:,} frames were read."
        )


def _received(connection: Connection) -> object:
    """The next message; None if the other end is gone or takes endlessly."""
    try:
        return connection.recv() if connection.poll(_PATIENCE_S) else None
    except (EOFError, OSError):
        return None


@contextmanager
def open_video(path: Path, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> Iterator[Video]:
    """Open a video file to be read from its beginning, turned as its metadata says.

    Args:
        path: any name, also outside ASCII.
        max_pixels: a video whose frames declare more is refused.

    Raises:
        ImageError: naming the file, if it is missing, no video, damaged beyond reading or too
            large.
    """
    try:
        if not path.is_file():
            if path.exists():
                raise ImageError(Words("{path} is not a file.", path=path))
            raise ImageError(Words("{path} does not exist.", path=path))
        if path.stat().st_size == 0:
            raise ImageError(
                Words("{path} is empty.", path=path), Words("Copy it again from where it came.")
            )
        with path.open("rb"):
            pass
    except OSError as error:
        raise ImageError(
            Words("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error)
        ) from error
    # A fresh interpreter, which the frozen application can be as well.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=decode, args=(theirs, str(path.absolute())), daemon=True)
    process.start()
    theirs.close()
    try:
        declared = _received(ours)
        if not isinstance(declared, Declared):
            raise ImageError(
                Words(
                    "{path} is not a video that can be read, or its beginning or index is missing.",
                    path=path,
                ),
                Words("Copy it again from where it came, or convert it to MP4 (H.264)."),
            )
        _check(path, declared, max_pixels)
        yield Video(path, ours, declared)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _check(path: Path, declared: Declared, max_pixels: int) -> None:
    if declared.codec.startswith(_UNSAFE):
        raise ImageError(
            Words("{path} is a MagicYUV video, which is not safe to read.", path=path),
            Words("Convert it to MP4 (H.264) with a program that you trust."),
        )
    if declared.width * declared.height > max_pixels:
        raise ImageError(
            Words(
                "{path} is too large: {width:.0f} x {height:.0f} pixels a frame, "
                "more than {millions:g} million.",
                path=path,
                width=declared.width,
                height=declared.height,
                millions=max_pixels / 1e6,
            ),
            Words("Scale it down first."),
        )
