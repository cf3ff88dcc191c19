from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError
from clickpose_app.storage.images import (
    decode_image,
    find_images,
    image_size,
    is_image_path,
    read_image,
)
from tests.storage.permissions import unreadable

HEIGHT, WIDTH = 40, 60

# Four flat quarters, no two alike, so that every turn and mirror image shows; flat, so that
# lossy formats keep them. Top left red, top right green, bottom left blue, bottom right grey.
QUARTERS = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
QUARTERS[:20, :30] = (200, 40, 30)
QUARTERS[:20, 30:] = (20, 180, 60)
QUARTERS[20:, :30] = (40, 50, 210)
QUARTERS[20:, 30:] = (128, 128, 128)
# Away from the quarters' borders, where lossy formats smear.
FLAT = np.ix_(np.r_[0:12, 28:40], np.r_[0:22, 38:60])
PICTURE = Image.fromarray(QUARTERS)
GREY = np.repeat(np.asarray(PICTURE.convert("L"))[:, :, None], 3, axis=2)

# How a camera held so stores an upright picture, for each EXIF orientation.
STORED: dict[int, Callable[[ImageArray], ImageArray]] = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: np.rot90(upright, 2).transpose(1, 0, 2),
    8: lambda upright: np.rot90(upright, -1),
}


def save(path: Path, picture: Image.Image = PICTURE, **options: Any) -> Path:
    if path.suffix in {".jpg", ".webp"}:
        options = {"quality": 95} | options
    picture.save(path, **options)
    return path


def shows(path: Path, expected: ImageArray, tolerance: int = 0) -> None:
    pixels = read_image(path)
    assert pixels.dtype == np.uint8 and pixels.flags.c_contiguous
    assert pixels.shape == expected.shape
    assert image_size(path) == (pixels.shape[1], pixels.shape[0])
    difference = np.abs(pixels.astype(int) - expected.astype(int))
    assert difference[FLAT].max() <= tolerance


@pytest.mark.parametrize(
    ("name", "tolerance"),
    [("a.jpg", 6), ("a.png", 0), ("a.webp", 6), ("a.tif", 0), ("a.tiff", 0), ("a.bmp", 0)],
)
def test_every_format_comes_as_rgb(tmp_path: Path, name: str, tolerance: int) -> None:
    shows(save(tmp_path / name), QUARTERS, tolerance)


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize(
    ("name", "tolerance"), [("a.jpg", 6), ("a.png", 0), ("a.webp", 6), ("a.tif", 0)]
)
def test_every_orientation_is_turned_upright(
    tmp_path: Path, name: str, tolerance: int, orientation: int
) -> None:
    stored = Image.fromarray(np.ascontiguousarray(STORED[orientation](QUARTERS)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"tiffinfo": {0x0112: orientation}} if name == "a.tif" else {"exif": exif}
    shows(save(tmp_path / name, stored, **options), QUARTERS, tolerance)


def test_a_nonsensical_orientation_is_ignored(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 9
    shows(save(tmp_path / "a.png", exif=exif), QUARTERS)


@pytest.mark.parametrize("name", ["Größe.jpg", "人物.png", "снимок 1.webp", "ă#%?&'.bmp"])
def test_any_file_name_is_read(tmp_path: Path, name: str) -> None:
    shows(save(tmp_path / name), QUARTERS, 6)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.bmp"])
def test_grey_becomes_three_equal_channels(tmp_path: Path, name: str) -> None:
    shows(save(tmp_path / name, PICTURE.convert("L")), GREY, 6)


def test_black_and_white_becomes_black_and_white(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.tif", PICTURE.convert("1", dither=Image.Dither.NONE), compression="group4"
    )
    shows(path, np.where(GREY >= 128, 255, 0).astype(np.uint8))


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.bmp"])
def test_alpha_is_dropped_as_training_code_drops_it(tmp_path: Path, name: str) -> None:
    cut_out = PICTURE.copy()
    cut_out.putalpha(Image.fromarray((GREY[:, :, 0] > 100).astype(np.uint8) * 255))
    options = {"lossless": True, "exact": True} if name == "a.webp" else {}
    shows(save(tmp_path / name, cut_out, **options), QUARTERS)


def test_grey_with_alpha_is_grey(tmp_path: Path) -> None:
    shows(save(tmp_path / "a.png", PICTURE.convert("LA")), GREY)


@pytest.mark.parametrize("options", [{}, {"transparency": 0}])
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp"])
def test_a_palette_is_looked_up(tmp_path: Path, name: str, options: dict[str, int]) -> None:
    few = PICTURE.quantize(4)
    shows(save(tmp_path / name, few, **options), np.asarray(few.convert("RGB")))


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
@pytest.mark.parametrize("channels", [1, 3])
def test_sixteen_bits_become_eight(tmp_path: Path, name: str, channels: int) -> None:
    eight = GREY[:, :, :1] if channels == 1 else QUARTERS
    deep = eight.astype(np.uint16) * 256 + 200
    encoded = cv2.imencode(Path(name).suffix, deep[:, :, ::-1])[1]
    (tmp_path / name).write_bytes(encoded.tobytes())
    # Some decoders cut, others round.
    shows(tmp_path / name, GREY if channels == 1 else QUARTERS, 1)


@pytest.mark.parametrize(("name", "tolerance"), [("a.jpg", 6), ("a.tif", 0)])
def test_cmyk_is_turned_into_rgb(tmp_path: Path, name: str, tolerance: int) -> None:
    shows(save(tmp_path / name, PICTURE.convert("CMYK")), QUARTERS, tolerance)


@pytest.mark.parametrize("name", ["a.tif", "a.webp", "a.png"])
def test_of_several_pictures_the_first_counts(tmp_path: Path, name: str) -> None:
    second = Image.fromarray(255 - QUARTERS)
    shows(save(tmp_path / name, save_all=True, append_images=[second]), QUARTERS, 6)


def test_a_telephones_two_pictures_in_one_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    PICTURE.save(path, "MPO", save_all=True, append_images=[PICTURE.rotate(180)], quality=95)
    shows(path, QUARTERS, 6)


def test_content_counts_not_the_suffix(tmp_path: Path) -> None:
    shows(save(tmp_path / "a.png").rename(tmp_path / "a.jpg"), QUARTERS)


def test_a_16_bit_picture_in_portrait_is_turned_upright(tmp_path: Path) -> None:
    stored = np.asarray(STORED[6](GREY[:, :, 0])).astype(np.uint16) * 256
    path = tmp_path / "a.tif"
    Image.fromarray(stored).save(path, tiffinfo={0x0112: 6})
    shows(path, GREY)


def names(path: Path, message: str) -> None:
    with pytest.raises(ImageError) as caught:
        read_image(path)
    assert str(path) in caught.value.message
    assert message in caught.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    names(tmp_path / "größe.jpg", "does not exist")


def test_a_folder_is_no_image(tmp_path: Path) -> None:
    names(tmp_path, "is a folder")


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.touch()
    names(path, "is empty")


@pytest.mark.parametrize(
    "content", [b"hello", b"%PDF-1.7 " * 99, b"\xff\xd8\xff", bytes(1000), b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_image_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    names(path, "not an image that can be read")


def test_a_picture_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    PICTURE.convert("P").save(path, "GIF")
    names(path, "not an image that can be read")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.bmp"])
@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_file_that_is_cut_short_is_named(tmp_path: Path, name: str, kept: float) -> None:
    path = save(tmp_path / name, PICTURE.effect_spread(20))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(ImageError, match=r"damaged or cut short|not an image") as caught:
        read_image(path)
    assert str(path) in caught.value.message


@pytest.mark.parametrize("mode", ["F", "I"])
def test_pixels_of_32_bits_are_refused(tmp_path: Path, mode: str) -> None:
    names(save(tmp_path / "a.tif", PICTURE.convert(mode)), "32-bit pixels")


def declaring(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that says it is that large."""
    header = b"IHDR" + struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(100))
    chunks = [
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (header, body, b"IEND")
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    return path


def test_a_decompression_bomb_is_refused_by_what_it_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        pytest.fail("was decoded")

    monkeypatch.setattr(cv2, "imdecode", decode)
    path = declaring(tmp_path / "bomb.png", 60_000, 50_000)
    names(path, "60000 x 50000 pixels, more than 200 million")
    assert image_size(path) == (60_000, 50_000)


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png")
    assert read_image(path, max_pixels=WIDTH * HEIGHT).shape == (HEIGHT, WIDTH, 3)
    with pytest.raises(ImageError, match="too large"):
        read_image(path, max_pixels=WIDTH * HEIGHT - 1)


def test_an_image_larger_than_the_memory_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cv2, "imdecode", exhausted)
    names(save(tmp_path / "a.png"), "needs more memory")


def test_an_image_that_is_not_what_it_declares_is_damaged(tmp_path: Path) -> None:
    names(declaring(tmp_path / "a.png", 60, 40), "damaged or cut short")


def test_a_name_that_no_system_allows_is_an_image_error() -> None:
    names(Path("a\0.jpg"), "")


def test_an_image_without_permission_to_read_is_named(open_folder: Path) -> None:
    path = save(open_folder / "a.png")
    with unreadable(path):
        names(path, "cannot be read")


def test_a_folder_without_permission_to_read_is_named(open_folder: Path) -> None:
    with unreadable(open_folder), pytest.raises(ImageError, match="cannot be read"):
        find_images(open_folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    names(tmp_path / "a.jpg", "is not a file")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.JPG", True), ("a.tiff", True), ("a.txt", False), ("jpg", False), ("._a.jpg", False)],
)
def test_images_are_known_by_their_name(name: str, expected: bool) -> None:
    assert is_image_path(Path("folder") / name) is expected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "img10.jpg",
        "IMG2.PNG",
        "img1.webp",
        "notes.txt",
        ".hidden.jpg",
        "day 10/a.jpg",
        "day 9/a.jpg",
        "day 9/deeper/7.tif",
        ".thumbnails/a.jpg",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path


def found(folder: Path, recursive: bool) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_images(folder, recursive)]


def test_a_folders_images_come_in_the_order_of_their_numbers(folder: Path) -> None:
    assert found(folder, recursive=False) == ["img1.webp", "IMG2.PNG", "img10.jpg"]


def test_deeper_folders_come_in_the_order_of_their_numbers(folder: Path) -> None:
    assert found(folder, recursive=True) == [
        "day 9/a.jpg",
        "day 9/deeper/7.tif",
        "day 10/a.jpg",
        "img1.webp",
        "IMG2.PNG",
        "img10.jpg",
    ]


def test_links_that_lead_in_a_circle_are_walked_once(folder: Path) -> None:
    try:
        (folder / "day 9" / "up").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("no permission to make links")
    paths = find_images(folder, recursive=True)
    assert len({path.resolve() for path in paths}) == 6
    assert len(paths) == 6


def test_a_single_image_is_found_as_itself(folder: Path) -> None:
    assert find_images(folder / "img10.jpg") == [folder / "img10.jpg"]


@pytest.mark.parametrize(
    ("name", "message"), [("notes.txt", "is not an image"), ("none.jpg", "does not exist")]
)
def test_a_single_file_that_is_no_image_is_named(folder: Path, name: str, message: str) -> None:
    with pytest.raises(ImageError, match=message):
        find_images(folder / name)


def test_an_empty_folder_holds_no_images(tmp_path: Path) -> None:
    assert find_images(tmp_path, recursive=True) == []


def test_content_decodes_as_its_file_does(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    for suffix in (".png", ".jpg", ".webp", ".tif", ".bmp"):
        path = tmp_path / f"x{suffix}"
        path.write_bytes(cv2.imencode(suffix, pixels)[1].tobytes())
        assert np.array_equal(decode_image(path.read_bytes(), path.name), read_image(path))


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "is empty"), (b"no image", "not an image"), (b"\x89PNG\r\n", "not an image")],
)
def test_content_that_is_none_is_named(data: bytes, said: str) -> None:
    with pytest.raises(ImageError, match=f"shard/7.png.*{said}"):
        decode_image(data, "shard/7.png")


def test_content_that_is_too_large_is_refused_before_it_is_decoded() -> None:
    content = cv2.imencode(".png", np.zeros((20, 30, 3), np.uint8))[1].tobytes()
    with pytest.raises(ImageError, match="too large: 30 x 20"):
        decode_image(content, "x.png", max_pixels=100)
