"""Each kind of picture that people have, by name: shown as it is, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clickpose_app import cli
from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ImageError
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.images import image_size, read_image
from clickpose_app.storage.project import Project
from tests.batch.clips import ColourPredictor, with_people
from tests.fuzz.pictures import BOMBS, SEEDS
from tests.storage.test_images import STORED

GIF = SEEDS["really_a_gif.png"]
JPEG, PNG = SEEDS["plain.jpg"], SEEDS["plain.png"]

SHOWN = {
    "CMYK": ("a.jpg", SEEDS["cmyk.jpg"]),
    "CMYK in a TIFF": ("a.tif", SEEDS["cmyk.tif"]),
    "one bit a pixel": ("a.png", SEEDS["one_bit.png"]),
    "one bit a pixel in a TIFF": ("a.tif", SEEDS["one_bit.tif"]),
    "animated WebP: its first frame": ("a.webp", SEEDS["animated.webp"]),
    "animated PNG: its first frame": ("a.png", SEEDS["animated.png"]),
    "wrong ending": ("a.jpg", PNG),
}
REFUSED = {
    "truncated JPEG": ("a.jpg", JPEG[: len(JPEG) * 2 // 3], "cut short|damaged|cannot be read"),
    "truncated PNG": ("a.png", PNG[: len(PNG) * 2 // 3], "cut short|damaged|cannot be read"),
    "0 bytes": ("a.jpg", b"", "is empty"),
    "65,535 wide and high": ("a.png", BOMBS["wide.png"], "too large"),
    "decompression bomb": ("a.tif", BOMBS["widest.tif"], "too large|cannot be read|no image"),
    "animated GIF": ("a.gif", GIF, "GIF|is not an image|cannot be read"),
    "animated GIF with the ending of a PNG": ("a.png", GIF, "GIF|is not an image|cannot be read"),
    "text": ("a.jpg", b"not a picture at all", "is not an image|cannot be read"),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_is_shown(tmp_path: Path, kind: str) -> None:
    name, content = SHOWN[kind]
    path = tmp_path / name
    path.write_bytes(content)
    pixels = read_image(path)
    assert pixels.shape == (12, 20, 3)
    assert image_size(path) == (20, 12)
    assert int(pixels.max()) > int(pixels.min())


@pytest.mark.parametrize("kind", REFUSED)
def test_is_refused(tmp_path: Path, kind: str) -> None:
    name, content, words = REFUSED[kind]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImageError, match=words) as caught:
        read_image(path)
    assert name in caught.value.message and len(caught.value.message.splitlines()) == 1


@pytest.mark.parametrize("kind", REFUSED)
def test_is_named_by_the_command_line(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, content, _ = REFUSED[kind]
    path = tmp_path / name
    path.write_bytes(content)
    assert cli.main(["prelabel", str(path), "--out", str(tmp_path / "out.json")]) in (1, 3)
    said = capsys.readouterr().err
    assert name in said and "Traceback" not in said and "unexpected" not in said


def test_a_line_of_65_535_pixels_is_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "line.png"
    Image.fromarray(np.zeros((1, 65_535, 3), np.uint8)).save(path)
    assert read_image(path).shape == (1, 65_535, 3)


@pytest.mark.parametrize("orientation", sorted(STORED))
def test_pixels_and_stored_annotations_agree_however_the_camera_was_held(
    tmp_path: Path, orientation: int
) -> None:
    """A person painted into the upright picture is found, stored and exported where it is."""
    people = {"anna": Box(40, 30, 90, 150)}
    upright = with_people(np.full((200, 300, 3), 120, np.uint8), people)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = tmp_path / "a.png"
    Image.fromarray(np.ascontiguousarray(STORED[orientation](upright))).save(photo, exif=exif)
    out, project = tmp_path / "out.json", tmp_path / "p.clickpose"
    prelabel(select_images([photo]).images, ColourPredictor(), out)
    assert cli.main(["import", str(out), "--images", str(tmp_path), "--out", str(project)]) == 0
    (exported,) = read_coco(out).images
    with Project.open(project, read_only=True) as opened:
        (record,) = opened.images()
        stored = opened.annotation(record.id)
    assert (exported.width, exported.height) == image_size(photo) == (300, 200)
    assert (record.width, record.height) == (300, 200)
    assert stored.people[0].box == exported.annotation.people[0].box
    box = stored.people[0].box
    painted = read_image(photo)[round(box.y1) : round(box.y2), round(box.x1) : round(box.x2)]
    assert np.abs(painted.astype(int) - (255, 0, 0)).max(axis=2).mean() < 60
    assert abs(box.x1 - 40) < 4 and abs(box.y2 - 150) < 4
