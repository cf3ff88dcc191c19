"""Video files: read frame after frame, upright, with OpenCV's FFmpeg.

Never sought, only read on: what a seek lands on depends on codec and container, while reading on
gives the right frame in all of them (``benchmarks/video_reading.py`` shows both).
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError, Words
from clickpose_app.storage.images import DEFAULT_MAX_PIXELS

VIDEO_SUFFIXES = frozenset(
    {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ts", ".webm", ".wmv"}
)
"""File name endings of the videos that we read, in lower case."""

# Less than this is missing also from sound that goes on a little after the last picture.
_MISSING_FRAMES, _MISSING_SHARE, _MISSING_SECONDS = 3, 0.1, 1.0

# What FFmpeg prints about damaged files, we say in a sentence of our own. Read by OpenCV at its
# first video.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

# FFmpeg takes a text for a video if it lists others, and reads those wherever they are: only
# containers are let in, and only from files. Rare decoders are not tried on a file's beginning.
_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegvideo,mpegts,asf"
_CODECS = (
    "h264,hevc,av1,libdav1d,libaom-av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,msmpeg4v1,msmpeg4v2,"
    "msmpeg4,mpeg1video,mpeg2video,mpegvideo,mjpeg,ffv1,huffyuv,ffvhuff,prores,dnxhd,rawvideo,"
    "wmv1,wmv2,wmv3,vc1,h263,flv,theora,png"
)
_LIMITS = f"format_whitelist;{_CONTAINERS}|protocol_whitelist;file|codec_whitelist;{_CODECS}"

# MagicYUV: CVE-2026-8461, a write out of bounds in FFmpeg before 8.1.2, which OpenCV still brings.
_UNSAFE = ("MAGY", "M8", "M2R", "M2Y", "M2G", "M0R", "M0Y", "M0G")


def is_video_path(path: Path) -> bool:
    """Whether the name ends like that of a video."""
    return path.suffix.lower() in VIDEO_SUFFIXES


@dataclass(frozen=True, slots=True)
class Pace:
    """Which frames of a video are taken.

    Attributes:
        every: each so many frames, the first included.
        fps: so many a second of the video's own time instead; never more than it has.
    """

    every: int = 1
    fps: float | None = None

    def __str__(self) -> str:
        """E.g. ``every 5`` or ``2 fps``."""
        return f"every {self.every}" if self.fps is None else f"{self.fps:g} fps"

    def taken(self, index: int, seconds: float, taken_before: float | None) -> bool:
        """Whether a frame is one of them.

        Args:
            index: of the frame, from 0.
            seconds: its time in the video.
            taken_before: time of the frame taken last; None for the first.
        """
        if self.fps is None:
            return index % self.every == 0
        if taken_before is None:
            return True
        # Times are rounded to whole milliseconds by some containers.
        return _slot(seconds, self.fps) > _slot(taken_before, self.fps)


def _slot(seconds: float, fps: float) -> int:
    return math.floor((seconds + 1e-3) * fps)


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

    def __init__(self, path: Path, capture: cv2.VideoCapture) -> None:
        """Read from an open capture."""
        self._path, self._capture = path, capture
        self._fps = capture.get(cv2.CAP_PROP_FPS)
        self._declared = capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self._read, self._seconds = 0, 0.0

    @property
    def declared_frames(self) -> int:
        """How many frames the file says or lets estimate; 0 if it does not."""
        return max(int(self._declared), 0) if math.isfinite(self._declared) else 0

    @property
    def frames_read(self) -> int:
        """How many frames were read so far, passed over or not."""
        return self._read

    def frames(self, pace: Pace) -> Iterator[Frame]:
        """The frames of that pace; all others are passed over without being made into pictures."""
        before: float | None = None
        while self._capture.grab():
            index, self._read = self._read, self._read + 1
            self._seconds = self._time(index)
            if not pace.taken(index, self._seconds, before):
                continue
            there, pixels = self._capture.retrieve()
            if there:
                before = self._seconds
                yield Frame(index, self._seconds, np.ascontiguousarray(pixels[..., ::-1], np.uint8))

    def shortcoming(self) -> str:
        """One sentence if the file ended before what it declares, else nothing; once all is read.

        By the time of the last frame, because declared numbers of frames are estimates.
        """
        if not 0 < self._fps < math.inf or self.declared_frames == 0:
            return ""
        declared = self._declared / self._fps
        interval = self._seconds / (self._read - 1) if self._read > 1 else 1 / self._fps
        missing = declared - self._seconds - interval
        if missing <= max(
            _MISSING_FRAMES * interval, min(_MISSING_SHARE * declared, _MISSING_SECONDS)
        ):
            return ""
        return (
            f"{self._path} ends after {self._seconds + interval:.1f} of {declared:.1f} seconds, "
            f"damaged or cut short: its first {self._read:,} frames were read."
        )

    def _time(self, index: int) -> float:
        seconds = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if math.isfinite(seconds) and seconds >= self._seconds:
            return float(seconds)
        # Damage can make time run backwards.
        return max(self._seconds, index / self._fps if 0 < self._fps < math.inf else 0.0)


def _codec(capture: cv2.VideoCapture) -> str:
    """The four letters that a file says its codec has."""
    number = int(capture.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
    return number.to_bytes(4, "little").decode("latin-1").upper()


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
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = _LIMITS
    # An absolute name, because FFmpeg takes "a:b.mp4" for an address.
    capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise ImageError(
                Words(
                    "{path} is not a video that can be read, or its beginning or index is missing.",
                    path=path,
                ),
                Words("Copy it again from where it came, or convert it to MP4 (H.264)."),
            )
        if _codec(capture).startswith(_UNSAFE):
            raise ImageError(
                Words("{path} is a MagicYUV video, which is not safe to read.", path=path),
                Words("Convert it to MP4 (H.264) with a program that you trust."),
            )
        width, height = (
            capture.get(which) for which in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
        )
        if width * height > max_pixels:
            raise ImageError(
                Words(
                    "{path} is too large: {width:.0f} x {height:.0f} pixels a frame, "
                    "more than {millions:g} million.",
                    path=path,
                    width=width,
                    height=height,
                    millions=max_pixels / 1e6,
                ),
                Words("Scale it down first."),
            )
        yield Video(path, capture)
    finally:
        capture.release()
