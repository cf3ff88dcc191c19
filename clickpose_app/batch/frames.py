"""Frames of videos as picture files, so that a data set of them has its images.

A note in the folder of the frames says of which video they are, so that a run that was stopped
writes only what is missing, and nobody's own pictures are ever replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import msgspec
import numpy as np

from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.storage.videos import Frame, Pace, open_video

NOTE_NAME = ".clickpose-frames.json"
"""The note in a folder of frames."""

_DIGITS = 6
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class FrameFile:
    """One frame that lies there as a picture.

    Attributes:
        path: of the picture.
        index: of the frame in its video, from 0.
        seconds: when it is shown.
    """

    path: Path
    index: int
    seconds: float


@dataclass(frozen=True)
class Clip:
    """The frames of one video.

    Attributes:
        video: the file.
        folder: of the pictures.
        frames: in the order of time.
        shortcoming: one sentence if the video was cut short, else nothing.
    """

    video: Path
    folder: Path
    frames: tuple[FrameFile, ...]
    shortcoming: str = ""


class _Taken(msgspec.Struct):
    """What one pace gave of a video: name, index and seconds of each frame."""

    frames: list[tuple[str, int, float]]
    shortcoming: str = ""


class _Note(msgspec.Struct):
    video: str
    stamp: str
    complete: dict[str, _Taken] = {}


def write_frames(
    video: Path, folder: Path, pace: Pace, *, progress: Callable[[int, int], object] | None = None
) -> Clip:
    """Write frames of a video as JPEG files, named by their number in it: ``000123.jpg``.

    Frames that are there already stay as they are; when all are, the video is not read.

    Args:
        video: the file.
        folder: for the pictures; new, or with frames of this very video.
        pace: which frames.
        progress: called now and then with how many frames were read of about how many that the
            video holds in all.

    Raises:
        ImageError: if the video cannot be read at all, or holds no frame.
        ClickPoseError: if the folder holds something else, or cannot be written.
    """
    note = _own_note(video, folder)
    taken = note.complete.get(str(pace))
    if taken is None or not all((folder / name).is_file() for name, _, _ in taken.frames):
        taken = _extract(video, folder, pace, progress)
        if not taken.frames:
            raise ImageError(
                f"{video} holds no frame that can be read.", "Copy it again from where it came."
            )
        note.complete[str(pace)] = taken
        _write_note(folder, note)
    frames = tuple(FrameFile(folder / name, index, time) for name, index, time in taken.frames)
    return Clip(video, folder, frames, taken.shortcoming)


def _extract(
    video: Path, folder: Path, pace: Pace, progress: Callable[[int, int], object] | None
) -> _Taken:
    taken = _Taken([])
    with open_video(video) as source:
        total = source.declared_frames
        digits = max(_DIGITS, len(str(total)))
        for frame in source.frames(pace):
            name = f"{frame.index:0{digits}}.jpg"
            if not (folder / name).exists():
                _write_frame(folder / name, frame)
            taken.frames.append((name, frame.index, round(frame.seconds, 6)))
            if progress:
                progress(frame.index + 1, max(total, frame.index + 1))
        taken.shortcoming = source.shortcoming()
        if progress:
            progress(source.frames_read, source.frames_read)
    return taken


def _write_frame(path: Path, frame: Frame) -> None:
    bgr = np.ascontiguousarray(frame.pixels[..., ::-1])
    there, encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    assert there
    with atomic_file(path) as file:
        file.write(encoded.tobytes())


def _own_note(video: Path, folder: Path) -> _Note:
    """The note of the folder, which is made if it is not there."""
    try:
        facts = video.stat()
    except OSError as error:
        raise ImageError(f"{video} cannot be read: {error.strerror or error}.") from error
    new = _Note(video.name, f"{facts.st_size} {facts.st_mtime_ns}")
    path = folder / NOTE_NAME
    try:
        if path.is_file():
            note = msgspec.json.decode(path.read_bytes(), type=_Note)
            for leftover in folder.glob(".*.tmp"):
                leftover.unlink()
            if (note.video, note.stamp) == (new.video, new.stamp):
                return note
            if any(folder.glob("*.jpg")):
                raise ClickPoseError(
                    f"{folder} holds frames of another {note.video}, or of what it was before.",
                    "Delete that folder, or choose another one with --frames.",
                )
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ClickPoseError(
                f"{folder}, where the frames of {video.name} would go, is in use for something "
                "else.",
                "Choose another folder with --frames.",
            )
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, msgspec.MsgspecError) as error:
        raise ClickPoseError(
            f"The folder of frames {folder} cannot be used: {error}.",
            "Choose another one with --frames.",
        ) from error
    # Before the first frame, so that what a kill leaves behind is known as ours.
    _write_note(folder, new)
    return new


def _write_note(folder: Path, note: _Note) -> None:
    with atomic_file(folder / NOTE_NAME) as file:
        file.write(msgspec.json.encode(note))
