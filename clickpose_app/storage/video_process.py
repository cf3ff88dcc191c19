"""The process in which a video is decoded: damage that ends FFmpeg ends nothing else.

A damaged video can crash the library that decodes it, or spoil memory that is somebody else's.
So it is decoded where nothing is lost, and frames come through a pipe.
"""

from __future__ import annotations

import math
import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection

import cv2
import numpy as np

from clickpose_app.bounded_process import bound_this_process

# What FFmpeg prints about damaged files, we say in a sentence of our own. Read by OpenCV at its
# first video.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

# FFmpeg takes a text for a video if it lists others, and reads those wherever they are: only
# containers are let in, and only from files. Rare decoders are not tried on a file's beginning.
_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegvideo,mpegts,asf"
_CODECS = (
    "h264,hevc,av1,libdav1d,libaom-av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,msmpeg4v1,msmpeg4v2,"
    "msmpeg4,mpeg1video,mpeg2video,mpegvideo,mjpeg,ffv1,huffyuv,ffvhuff,prores,dnxhd,rawvideo,"
    "wmv1,wmv2,wmv3,vc1,h263,flv,theora,png"
)
_LIMITS = f"format_whitelist;{_CONTAINERS}|protocol_whitelist;file|codec_whitelist;{_CODECS}"


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


@dataclass(frozen=True, slots=True)
class Declared:
    """What a video file says of itself.

    Attributes:
        codec: its four letters, in capitals.
        width: of a frame, in pixels.
        height: of a frame, in pixels.
        fps: frames a second.
        frames: how many; often an estimate, and 0 or no number if nobody knows.
    """

    codec: str
    width: float
    height: float
    fps: float
    frames: float


@dataclass(frozen=True, slots=True)
class Grabbed:
    """How far a video has been read; with pixels behind it if they are wanted.

    Attributes:
        read: frames so far.
        seconds: when the last of them is shown.
        shape: of the pixels that follow, [H, W, 3]; None if the video is at its end.
    """

    read: int
    seconds: float
    shape: tuple[int, ...] | None


def decode(connection: Connection, path: str) -> None:
    """Tell what a video declares, wait for a pace, and send the frames of that pace.

    Args:
        connection: gets Declared, or None if the file cannot be opened; then for each frame
            Grabbed and the pixels, upright RGB, and at the end one more Grabbed.
        path: absolute, because FFmpeg takes "a:b.mp4" for an address.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the frames ends this
    bound_this_process()
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = _LIMITS
    capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
    try:
        declared = _declared(capture)
        connection.send(declared if capture.isOpened() else None)
        pace = connection.recv()
        assert isinstance(pace, Pace)
        _send_frames(connection, capture, pace, declared.fps)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # nobody wants more of it
    finally:
        capture.release()


def _declared(capture: cv2.VideoCapture) -> Declared:
    number = int(capture.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
    return Declared(
        number.to_bytes(4, "little").decode("latin-1").upper(),
        capture.get(cv2.CAP_PROP_FRAME_WIDTH),
        capture.get(cv2.CAP_PROP_FRAME_HEIGHT),
        capture.get(cv2.CAP_PROP_FPS),
        capture.get(cv2.CAP_PROP_FRAME_COUNT),
    )


def _send_frames(connection: Connection, capture: cv2.VideoCapture, pace: Pace, fps: float) -> None:
    """All others than those of the pace are passed over without being made into pictures."""
    read, seconds, before = 0, 0.0, None
    while capture.grab():
        seconds = _time(capture, read, seconds, fps)
        read += 1
        if not pace.taken(read - 1, seconds, before):
            continue
        there, pixels = capture.retrieve()
        if there:
            before = seconds
            upright = np.ascontiguousarray(pixels[..., ::-1], np.uint8)
            connection.send(Grabbed(read, seconds, upright.shape))
            connection.send_bytes(upright.data.cast("B"))
    connection.send(Grabbed(read, seconds, None))


def _time(capture: cv2.VideoCapture, index: int, before: float, fps: float) -> float:
    seconds = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
    if math.isfinite(seconds) and seconds >= before:
        return float(seconds)
    # Damage can make time run backwards.
    return max(before, index / fps if 0 < fps < math.inf else 0.0)
