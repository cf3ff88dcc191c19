"""Whatever an image file holds, it becomes pixels or one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.core.predictor import ImageArray
from clickpose_app.storage.images import image_size, read_image, read_image_reduced
from tests.fuzz.damage import damaged_bytes
from tests.fuzz.harness import examples, survived
from tests.fuzz.pictures import BOMBS, SEEDS

_REFUSED = {"floats.tif", "really_text.jpg", "really_a_gif.png", "empty.jpg"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("images")


def tried(path: Path, content: bytes) -> ImageArray | None:
    """The pixels of a file; whatever is given out agrees with what the header says."""
    path.write_bytes(content)
    size = survived(path, lambda: image_size(path))
    pixels = survived(path, lambda: read_image(path))
    reduced = survived(path, lambda: read_image_reduced(path, 5, 5))
    for found in (pixels, reduced):
        if found is not None:
            assert found.dtype == np.uint8
            assert found.ndim == 3 and found.shape[2] == 3
    if pixels is not None:
        assert size == (pixels.shape[1], pixels.shape[0])
    return pixels


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_sound_picture_of_any_kind_is_shown_or_named(folder: Path, name: str) -> None:
    shown = tried(folder / name, SEEDS[name]) is not None
    assert shown == (name not in _REFUSED)


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_size_that_is_a_lie_costs_no_memory(folder: Path, name: str) -> None:
    tried(folder / name, BOMBS[name])


@st.composite
def damaged_pictures(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(SEEDS)))
    return name, draw(damaged_bytes(SEEDS[name]))


@examples(120)
@given(damaged_pictures())
def test_a_damaged_picture(folder: Path, damaged: tuple[str, bytes]) -> None:
    name, content = damaged
    tried(folder / name, content)


@examples(20)
@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=300))
def test_bytes_behind_the_first_of_a_picture(folder: Path, name: str, content: bytes) -> None:
    tried(folder / name, SEEDS[name][:16] + content)


def test_what_a_library_thinks_of_a_header_is_not_printed(tmp_path: Path) -> None:
    """In a process of its own, because pytest has its own filters of warnings."""
    damaged = tmp_path / "cut_exif.jpg"
    damaged.write_bytes(SEEDS["cut_exif.jpg"])
    code = (
        "import sys; from pathlib import Path\n"
        "from clickpose_app.storage.images import image_size\n"
        "from clickpose_app.errors import ImageError\n"
        "try: print(image_size(Path(sys.argv[1])))\n"
        "except ImageError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(damaged)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=True,
    )
    assert done.stdout.strip()
    assert done.stderr == ""


def test_what_a_library_logs_of_a_tiff_is_not_shown(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It says so as an error, which Python prints where nobody listens."""
    content = SEEDS["plain.tif"].replace(
        b"\x15\x01\x03\x00\x01\x00\x00\x00\x03\x00", b"\x15\x01\x03\x00\x01\x00\x00\x00\x00\x08"
    )
    assert content != SEEDS["plain.tif"]
    assert tried(folder / "samples.tif", content) is None
    assert not caplog.records
