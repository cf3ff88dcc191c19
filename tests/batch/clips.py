"""Videos for tests: frames that carry their number, and people of one colour on a moving photo."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

import cv2
import numpy as np

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, ImageArray, PredictedPose
from clickpose_app.paths import resources_dir
from tests.fake_predictor import FakeEncoding, FakePredictor

SIZE = 320, 240
FPS = 25
_BITS, _CELL = 10, 30

COLOURS: Mapping[str, tuple[int, int, int]] = {
    "anna": (255, 0, 0),
    "ben": (0, 0, 255),
    "cleo": (0, 255, 0),
}
"""Pure colours (RGB), which no photo has; each is one person."""

SCORES: Mapping[str, float] = {"anna": 0.9, "ben": 0.8, "cleo": 0.7}
"""What ColourPredictor gives them, so that a test knows whom it found."""

_HIDDEN = 25  # pixels of height; whoever shows less is not found


def write_clip(path: Path, frames: Iterable[ImageArray], *, codec: str = "mp4v") -> Path:
    """A video of those RGB frames."""
    writer: cv2.VideoWriter | None = None
    for frame in frames:
        if writer is None:
            height, width = frame.shape[:2]
            fourcc = cv2.VideoWriter.fourcc(*codec)
            writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, fourcc, FPS, (width, height))
            assert writer.isOpened()
        writer.write(np.ascontiguousarray(frame[..., ::-1]))
    assert writer is not None
    writer.release()
    return path


def numbered(number: int) -> ImageArray:
    """A picture that shows a number in black and white cells, the top left corner red."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    for bit in range(_BITS):
        shade = 255 if number >> bit & 1 else 0
        pixels[100:140, 10 + _CELL * bit : 36 + _CELL * bit] = shade
    pixels[:40, :60] = (255, 0, 0)
    return pixels


def number_of(pixels: ImageArray) -> int:
    """The number that such a picture shows."""
    cells = [pixels[110:130, 16 + _CELL * bit : 30 + _CELL * bit].mean() for bit in range(_BITS)]
    return sum(1 << bit for bit, shade in enumerate(cells) if shade > 128)


def numbered_clip(path: Path, count: int, *, codec: str = "mp4v") -> Path:
    """A video of that many numbered frames."""
    return write_clip(path, map(numbered, range(count)), codec=codec)


def turn_upright(path: Path) -> None:
    """Say in an MP4's metadata that its pictures are to be turned by 90 degrees clockwise."""
    content = bytearray(path.read_bytes())
    # The matrix of the track header, 16.16 fixed point; see ISO/IEC 14496-12, 8.3.2.
    start = content.index(b"tkhd") + 4
    assert content[start] == 0
    start += 40
    one = 1 << 16
    matrix = struct.pack(">9i", 0, one, 0, -one, 0, 0, SIZE[1] * one, 0, 1 << 30)
    content[start : start + len(matrix)] = matrix
    path.write_bytes(bytes(content))


def photo(name: str = "astronaut.jpg") -> ImageArray:
    """One of the sample photos, RGB [H, W, 3]."""
    pixels = cv2.imread(str(resources_dir() / "samples" / name))
    assert pixels is not None
    return np.ascontiguousarray(pixels[..., ::-1], np.uint8)


def moving_photo(number: int, *, pan: float = 2.0, zoom: float = 0.004) -> ImageArray:
    """A frame of a camera that pans and zooms over a photo."""
    scale = 1 + zoom * number
    view = np.array([[scale, 0, -pan * number], [0, scale, -pan * number / 2]])
    drawn = cv2.warpAffine(photo(), view, SIZE, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(drawn // 2 + 60, np.uint8)  # so that no colour is pure


def with_people(pixels: ImageArray, boxes: Mapping[str, Box]) -> ImageArray:
    """The picture with people as blocks of their colour."""
    drawn: ImageArray = pixels.copy()
    for name, box in boxes.items():
        corners = (round(box.x1), round(box.y1)), (round(box.x2), round(box.y2))
        cv2.rectangle(drawn, *corners, COLOURS[name], cv2.FILLED)
    return drawn


class ColourPredictor(FakePredictor):
    """Finds the blocks of pure colour; the largest first, so that the order changes."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: ImageArray = np.zeros((1, 1, 3), np.uint8)

    def encode(self, image: ImageArray) -> EncodedImage:
        self._seen = image
        return super().encode(image)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        assert isinstance(encoded, FakeEncoding)
        boxes = {name: self._find(colour) for name, colour in COLOURS.items()}
        poses = [self._standing(b, SCORES[name]) for name, b in boxes.items() if b is not None]
        return tuple(sorted(poses, key=lambda pose: -pose.box.area))

    def _find(self, colour: tuple[int, int, int]) -> Box | None:
        near = np.abs(self._seen.astype(int) - colour).max(axis=2) < 60
        near = cv2.erode(near.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        rows, columns = np.nonzero(near)
        if len(rows) == 0 or rows.max() - rows.min() < _HIDDEN:
            return None
        corners = columns.min() - 2, rows.min() - 2, columns.max() + 3, rows.max() + 3
        return Box(*map(float, corners))
