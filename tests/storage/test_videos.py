"""Videos are read frame after frame, upright, as far as they go."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from clickpose_app.errors import ImageError
from clickpose_app.storage import videos
from clickpose_app.storage.video_process import Declared, Grabbed
from clickpose_app.storage.videos import Frame, Pace, is_video_path, open_video
from tests.batch.clips import SIZE, number_of, numbered_clip, turn_upright


def read(path: Path, pace: Pace | None = None) -> tuple[list[Frame], str]:
    with open_video(path) as video:
        frames = list(video.frames(pace or Pace()))
        return frames, video.shortcoming()


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mp4v"), ("a.avi", "MJPG"), ("a.mkv", "mp4v"), ("a.webm", "VP80")]
)
def test_every_frame_comes_once_and_in_order(tmp_path: Path, name: str, codec: str) -> None:
    frames, shortcoming = read(numbered_clip(tmp_path / name, 60, codec=codec))
    assert [number_of(frame.pixels) for frame in frames] == list(range(60))
    assert [frame.index for frame in frames] == list(range(60))
    assert [frame.seconds for frame in frames] == pytest.approx(np.arange(60) / 25, abs=2e-3)
    assert shortcoming == ""


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_each_nth_frame_is_just_that_frame(tmp_path: Path, name: str) -> None:
    frames, _ = read(numbered_clip(tmp_path / name, 60), Pace(every=7))
    assert [number_of(frame.pixels) for frame in frames] == list(range(0, 60, 7))


@pytest.mark.parametrize(
    ("fps", "expected"),
    [(5, list(range(0, 60, 5))), (10, [0, 3, 5, 8, 10, 13, 15, 18, 20]), (1000, list(range(60)))],
)
def test_so_many_frames_a_second_are_taken_by_the_time_of_the_video(
    tmp_path: Path, fps: float, expected: list[int]
) -> None:
    frames, _ = read(numbered_clip(tmp_path / "a.mp4", 60), Pace(fps=fps))
    assert [number_of(frame.pixels) for frame in frames][: len(expected)] == expected


def test_a_video_is_turned_as_its_metadata_says(tmp_path: Path) -> None:
    path = numbered_clip(tmp_path / "a.mp4", 5)
    plain, _ = read(path)
    turn_upright(path)
    turned, _ = read(path)
    assert turned[0].pixels.shape == (SIZE[0], SIZE[1], 3)
    # The red corner has gone from the top left to the top right.
    red = turned[0].pixels[20, -20].astype(int)
    assert red[0] > 200 > red[1]
    difference = np.rot90(turned[3].pixels).astype(int) - plain[3].pixels
    assert np.abs(difference).max() < 4


@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "mp4v"), ("a.avi", "MJPG")])
def test_a_video_that_was_cut_short_gives_what_it_holds_and_says_so(
    tmp_path: Path, name: str, codec: str
) -> None:
    path = numbered_clip(tmp_path / name, 100, codec=codec)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    frames, shortcoming = read(path)
    assert 20 < len(frames) < 90
    # The last one may be damaged.
    assert [number_of(frame.pixels) for frame in frames][:-1] == list(range(len(frames) - 1))
    assert f"{path} ends after" in shortcoming
    assert f"its first {len(frames)} frames were read" in shortcoming


def test_a_video_without_its_index_is_refused_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = numbered_clip(tmp_path / "a.mp4", 50)
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(ImageError, match=r"a\.mp4 is not a video that can be read, or its begin"):
        read(path)
    assert capfd.readouterr().err == ""


def test_what_is_no_video_is_named(tmp_path: Path) -> None:
    junk, empty = tmp_path / "junk.mp4", tmp_path / "empty.mp4"
    junk.write_bytes(os.urandom(5000))
    empty.touch()
    (tmp_path / "folder.mp4").mkdir()
    for path, why in (
        (junk, "is not a video"),
        (empty, "is empty"),
        (tmp_path / "gone.mp4", "does not exist"),
        (tmp_path / "folder.mp4", "is not a file"),
    ):
        with pytest.raises(ImageError, match=why):
            read(path)


def test_a_video_of_enormous_frames_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = numbered_clip(tmp_path / "a.mp4", 3)
    with (
        pytest.raises(ImageError, match="320 x 240 pixels a frame"),
        open_video(path, max_pixels=1000),
    ):
        pass


def test_names_that_look_like_addresses_or_are_not_ascii_are_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clip = numbered_clip(tmp_path / "a.mp4", 3).read_bytes()
    for name in ("http:x.mp4", "Übung %03d 人.mp4", "-i.mp4"):
        Path(name).write_bytes(clip)
        assert len(read(Path(name))[0]) == 3


def test_videos_are_told_by_their_names() -> None:
    assert is_video_path(Path("a/CLIP.MP4"))
    assert not is_video_path(Path("a/clip.jpg"))


def dies_at_once(connection: Connection, path: str) -> None:
    del connection, path
    os.abort()


def dies_in_the_middle(connection: Connection, path: str) -> None:
    del path
    connection.send(Declared("MP4V", 4.0, 2.0, 10.0, 30.0))
    connection.recv()
    connection.send(Grabbed(1, 0.0, (2, 4, 3)))
    connection.send_bytes(bytes(24))
    connection.send(Grabbed(2, 0.1, (2, 4, 3)))
    os.abort()


def test_a_file_that_ends_the_decoder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = numbered_clip(tmp_path / "a.mp4", 3)
    monkeypatch.setattr(videos, "decode", dies_at_once)
    with pytest.raises(ImageError, match="not a video that can be read"):
        read(path)


def test_what_was_read_before_the_decoder_ended_is_kept_and_the_rest_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = numbered_clip(tmp_path / "a.mp4", 3)
    monkeypatch.setattr(videos, "decode", dies_in_the_middle)
    with open_video(path) as video:
        found = list(video.frames(Pace()))
        said = video.shortcoming()
    assert [frame.index for frame in found] == [0]
    assert said == (
        f"{path} is damaged: decoding it broke off after 0.1 seconds, and its first 2 frames were "
        "read."
    )
