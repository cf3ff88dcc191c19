"""Frames of videos as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from clickpose_app.batch.frames import NOTE_NAME, write_frames
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.storage import videos
from clickpose_app.storage.images import read_image
from clickpose_app.storage.videos import Pace
from tests.batch.clips import number_of, numbered_clip


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return numbered_clip(tmp_path / "clip.mp4", 30)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != NOTE_NAME)


def test_frames_are_called_by_their_number_so_that_they_sort(clip: Path, tmp_path: Path) -> None:
    found = write_frames(clip, tmp_path / "clip", Pace(every=10))
    assert names(tmp_path / "clip") == ["000000.jpg", "000010.jpg", "000020.jpg"]
    assert [(frame.path.name, frame.index) for frame in found.frames] == [
        ("000000.jpg", 0),
        ("000010.jpg", 10),
        ("000020.jpg", 20),
    ]
    assert [number_of(read_image(frame.path)) for frame in found.frames] == [0, 10, 20]
    assert found.frames[2].seconds == pytest.approx(0.8)


def test_what_is_there_is_neither_read_nor_written_again(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_frames(clip, tmp_path / "clip", Pace(every=10))
    times = [frame.path.stat().st_mtime_ns for frame in first.frames]
    with monkeypatch.context() as context:
        context.setattr(videos.Video, "frames", None)
        assert write_frames(clip, tmp_path / "clip", Pace(every=10)) == first
    # One that was lost comes back, the others stay as they are.
    first.frames[1].path.unlink()
    assert write_frames(clip, tmp_path / "clip", Pace(every=10)) == first
    after = [frame.path.stat().st_mtime_ns for frame in first.frames]
    assert (after[0], after[2]) == (times[0], times[2])


def test_another_pace_adds_what_is_missing(clip: Path, tmp_path: Path) -> None:
    write_frames(clip, tmp_path / "clip", Pace(every=10))
    found = write_frames(clip, tmp_path / "clip", Pace(every=15))
    assert [frame.index for frame in found.frames] == [0, 15]
    assert len(names(tmp_path / "clip")) == 4


def test_a_run_that_was_stopped_between_frames_goes_on(clip: Path, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_frames(clip, tmp_path / "clip", Pace(), progress=stop)
    assert len(names(tmp_path / "clip")) == 6
    (tmp_path / "clip" / ".000006.jpg-abcd.tmp").write_bytes(b"half")
    early = (tmp_path / "clip" / "000002.jpg").stat().st_mtime_ns
    assert len(write_frames(clip, tmp_path / "clip", Pace()).frames) == 30
    assert (tmp_path / "clip" / "000002.jpg").stat().st_mtime_ns == early
    assert len(names(tmp_path / "clip")) == 30


def test_nobodys_own_pictures_are_touched(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clip"
    folder.mkdir()
    (folder / "000000.jpg").write_bytes(b"mine")
    with pytest.raises(ClickPoseError, match=r"clip\.mp4 would go, is in use for something else"):
        write_frames(clip, folder, Pace())
    assert (folder / "000000.jpg").read_bytes() == b"mine"


def test_frames_of_what_the_video_was_before_are_not_mixed_in(clip: Path, tmp_path: Path) -> None:
    write_frames(clip, tmp_path / "clip", Pace())
    numbered_clip(clip, 12)
    with pytest.raises(ClickPoseError, match=r"frames of another clip\.mp4, or of what it was"):
        write_frames(clip, tmp_path / "clip", Pace())


def test_a_damaged_note_is_named(clip: Path, tmp_path: Path) -> None:
    write_frames(clip, tmp_path / "clip", Pace(every=10))
    (tmp_path / "clip" / NOTE_NAME).write_text("{")
    with pytest.raises(ClickPoseError, match=r"folder of frames .* cannot be used"):
        write_frames(clip, tmp_path / "clip", Pace(every=10))


def test_a_video_that_was_cut_short_says_so_each_time(tmp_path: Path) -> None:
    path = numbered_clip(tmp_path / "a.mkv", 100)
    path.write_bytes(path.read_bytes()[:-30_000])
    first = write_frames(path, tmp_path / "a", Pace())
    assert 0 < len(first.frames) < 90
    assert "cut short" in first.shortcoming
    assert write_frames(path, tmp_path / "a", Pace()) == first


def test_what_is_no_video_leaves_no_folder_that_stands_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"junk")
    with pytest.raises(ImageError, match="not a video"):
        write_frames(path, tmp_path / "a", Pace())
    path.unlink()
    numbered_clip(path, 3)
    assert len(write_frames(path, tmp_path / "a", Pace()).frames) == 3
