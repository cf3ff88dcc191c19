"""Does reading on give the right frames, does seeking, and how fast is a video read?

Each video is read once from its beginning, and then 60 frames are sought and compared with it.
Without arguments the videos are made here; name your own for other codecs.

    python benchmarks/video_reading.py [VIDEO ...]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike

from clickpose_app.batch.frames import write_frames
from clickpose_app.storage.videos import Pace, open_video

SOUGHT = 60
FRAMES, SIZE, FPS = 120, (1280, 720), 25
MADE = (
    ("a.mp4", "mp4v"),
    ("a.mkv", "mp4v"),
    ("a.avi", "MJPG"),
    ("a.ts", "mp2v"),
    ("a.webm", "VP80"),
)


def make(path: Path, codec: str) -> None:
    """A video in which something moves, and noise, so that no two frames are alike."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), FPS, SIZE)
    coarse = np.random.default_rng(1).integers(0, 200, (SIZE[1] // 20, SIZE[0] // 20, 3))
    noise = cv2.resize(coarse.astype(np.uint8), SIZE)
    for number in range(FRAMES):
        frame = np.roll(noise, 7 * number, axis=1)
        cv2.putText(frame, str(number), (100, 450), cv2.FONT_HERSHEY_PLAIN, 40, (255,) * 3, 30)
        writer.write(frame)
    writer.release()


def small(pixels: MatLike) -> MatLike:
    """Enough of a frame to tell it from all others."""
    return cv2.resize(pixels, (96, 54), interpolation=cv2.INTER_AREA).astype(np.int16)


def wrong_seeks(path: Path, frames: list[MatLike]) -> int:
    """How many of 60 sought frames are another one than reading on gave under that number."""
    capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    rng, wrong = random.Random(1), 0
    for _ in range(SOUGHT):
        number = rng.randrange(len(frames))
        capture.set(cv2.CAP_PROP_POS_FRAMES, number)
        there, pixels = capture.read()
        if not there:
            wrong += 1
            continue
        seen = small(pixels[..., ::-1])
        nearest = min(range(len(frames)), key=lambda n: int(np.abs(frames[n] - seen).sum()))
        wrong += nearest != number
    return wrong


def measure(path: Path) -> None:
    """One row of the table."""
    with open_video(path) as video:
        frames = [small(frame.pixels) for frame in video.frames(Pace())]
        declared = video.declared_frames
    begun = time.perf_counter()
    with open_video(path) as video:
        read = sum(1 for _ in video.frames(Pace()))
    reading = read / (time.perf_counter() - begun)
    begun = time.perf_counter()
    with open_video(path) as video:
        taken = sum(1 for _ in video.frames(Pace(every=10)))
    passing = read / (time.perf_counter() - begun)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        write_frames(path, Path(folder) / "frames", Pace(every=10))
        writing = taken / (time.perf_counter() - begun)
    wrong = wrong_seeks(path, frames)
    print(
        f"{path.name:<12}{declared:>10}{read:>8}{f'{wrong}/{SOUGHT}':>14}"
        f"{reading:>12.0f}{passing:>14.0f}{writing:>14.1f}"
    )


def main() -> None:
    """Print the table."""
    print(
        f"{'video':<12}{'declared':>10}{'read':>8}{'wrong seeks':>14}"
        f"{'all, fps':>12}{'every 10, fps':>14}{'written/s':>14}"
    )
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            measure(Path(name))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, codec in MADE:
            make(Path(folder) / name, codec)
            measure(Path(folder) / name)


if __name__ == "__main__":
    main()
