"""Small pictures of large files: decoded at a fraction of their size, upright, within limits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clickpose_app.errors import ImageError
from clickpose_app.storage.images import image_names, read_image_reduced

WIDTH, HEIGHT = 640, 400


def write(path: Path, *, orientation: int = 1) -> Path:
    """A black picture whose stored top-left quarter is red."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[: HEIGHT // 2, : WIDTH // 2] = (255, 0, 0)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(path, exif=exif)
    return path


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize(
    ("wanted", "size"), [((160, 120), (160, 100)), ((81, 400), (160, 100)), ((50, 1), (80, 50))]
)
def test_as_small_as_still_reaches_what_is_wanted(
    tmp_path: Path, suffix: str, wanted: tuple[int, int], size: tuple[int, int]
) -> None:
    pixels = read_image_reduced(write(tmp_path / f"é{suffix}"), *wanted)
    assert (pixels.shape[1], pixels.shape[0]) == size
    height, width = pixels.shape[:2]
    assert pixels[height // 4, width // 4].tolist() == pytest.approx([255, 0, 0], abs=6)
    assert pixels[3 * height // 4, 3 * width // 4].max() < 6


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_turned_photo_is_upright(tmp_path: Path, suffix: str) -> None:
    pixels = read_image_reduced(write(tmp_path / f"a{suffix}", orientation=6), 50, 80)
    assert (pixels.shape[1], pixels.shape[0]) == (50, 80)
    # Turned by a quarter to the right, what was on the top left is on the top right.
    assert pixels[20, 37].tolist() == pytest.approx([255, 0, 0], abs=6)
    assert pixels[20, 12].max() < 6


def test_what_is_too_large_or_damaged_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg")
    with pytest.raises(ImageError, match="too large"):
        read_image_reduced(path, 80, 50, max_pixels=1000)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ImageError, match=r"a\.jpg"):
        read_image_reduced(path, 80, 50)


def test_names_are_relative_with_forward_slashes(tmp_path: Path) -> None:
    (tmp_path / "b" / "ü").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("a.JPG", "notes.txt", ".c.png", "b/1.webp", "b/ü/2.tif", ".hidden/3.png"):
        (tmp_path / name).write_bytes(b"")
    assert list(image_names(tmp_path)) == ["a.JPG"]
    assert sorted(image_names(tmp_path, recursive=True)) == ["a.JPG", "b/1.webp", "b/ü/2.tif"]
    with pytest.raises(ImageError, match="nowhere"):
        list(image_names(tmp_path / "nowhere"))
