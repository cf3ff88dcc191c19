"""Whatever a video file holds, it becomes frames or one sentence, and nothing else is read."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.errors import ImageError
from clickpose_app.storage.videos import Pace, open_video
from tests.batch.clips import numbered_clip
from tests.fuzz.damage import damaged_bytes
from tests.fuzz.harness import examples, survived

KINDS = {"seed.mp4": "mp4v", "seed.avi": "MJPG", "seed.mkv": "mp4v"}
_MOST_FRAMES = 500


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("videos")
    return {
        name: numbered_clip(folder / name, 6, codec=codec).read_bytes()
        for name, codec in KINDS.items()
    }


def frames(path: Path) -> int:
    """How many frames come out of it; each is a picture."""
    count = 0
    with open_video(path) as video:
        assert video.declared_frames >= 0
        for frame in video.frames(Pace()):
            assert frame.pixels.ndim == 3 and frame.pixels.shape[2] == 3
            count += 1
            if count == _MOST_FRAMES:
                break
        shortcoming = video.shortcoming()
        assert len(shortcoming.splitlines()) < 2
    return count


@examples(15)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_videos_of_any_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    seeds: dict[str, bytes],
    name: str,
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzzed-{name}"
    path.write_bytes(data.draw(damaged_bytes(seeds[name])))
    survived(path, lambda: frames(path))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_sound_video_is_read(tmp_path: Path, seeds: dict[str, bytes], name: str) -> None:
    (tmp_path / name).write_bytes(seeds[name])
    assert frames(tmp_path / name) == 6


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile 'secret.mp4'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "v=0\nm=video 5004 RTP/AVP 96\nc=IN IP4 127.0.0.1\na=rtpmap:96 H264/90000\n",
        "<?xml version='1.0'?><MPD><Period><BaseURL>{secret}</BaseURL></Period></MPD>",
    ],
    ids=["concat", "playlist", "playlist of a server", "session of a server", "dash"],
)
@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".ts"])
def test_a_text_that_names_other_files_is_no_video(
    tmp_path: Path, seeds: dict[str, bytes], text: str, ending: str
) -> None:
    """FFmpeg would open them, wherever they are."""
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(seeds["seed.mp4"])
    path = tmp_path / f"list{ending}"
    path.write_text(text.replace("{secret}", str(secret)))
    with pytest.raises(ImageError, match="is not a video that can be read"), open_video(path):
        pass


@pytest.mark.parametrize("ending", [".avi", ".mkv"])
def test_a_codec_with_a_known_hole_is_refused_before_its_first_frame(
    tmp_path: Path, ending: str
) -> None:
    path = numbered_clip(tmp_path / f"magic{ending}", 3, codec="MAGY")
    with pytest.raises(ImageError, match="MagicYUV video"), open_video(path):
        pass


def test_nothing_of_a_video_is_decoded_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damage can end the process, or spoil its memory so that something else ends it later."""

    def capture(*_: object) -> None:
        raise AssertionError("was opened here")

    path = numbered_clip(tmp_path / "a.mp4", 3)
    monkeypatch.setattr(cv2, "VideoCapture", capture)
    assert frames(path) == 3
