"""Videos from file to data set, project and back, with people who keep their ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from clickpose_app.batch.conversion import export_project
from clickpose_app.batch.prelabel import prelabel
from clickpose_app.batch.results import Results
from clickpose_app.batch.sources import Sources, split_videos, with_videos
from clickpose_app.core import edits
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import read_coco
from clickpose_app.gui import opening
from clickpose_app.storage.project import Project
from clickpose_app.storage.videos import Pace
from tests.batch.clips import (
    SCORES,
    ColourPredictor,
    moving_photo,
    numbered_clip,
    with_people,
    write_clip,
)
from tests.batch.test_prelabel import make_image

COUNT = 40


def at(x: float, y: float, size: float = 1.0) -> Box:
    return Box(x, y, x + 40 * size, y + 90 * size)


def scene(number: int) -> dict[str, Box]:
    """Anna and Ben cross each other, Ben in front; Cleo grows as she comes nearer."""
    boxes = {
        "anna": at(20 + 5 * number, 30),
        "cleo": at(130, 120, 0.5 + number / COUNT),
        "ben": at(240 - 5 * number, 45),
    }
    if 12 <= number < 15:
        del boxes["cleo"]  # out of sight for three frames
    return boxes


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "clip.mp4"
    return write_clip(path, (with_people(moving_photo(i), scene(i)) for i in range(COUNT)))


def labelled(sources: Sources, out: Path, tracked: frozenset[Path] | None = None) -> dict[str, Any]:
    folders = sources.clip_folders if tracked is None else tracked
    results = Results(tracked=folders, fields=sources.fields)
    prelabel(sources.selection.images, ColourPredictor(), out, results=results)
    content: dict[str, Any] = json.loads(out.read_text())
    return content


def ids_by_person(content: dict[str, Any]) -> dict[str, set[int]]:
    """The track ids that each person had."""
    names = {score: name for name, score in SCORES.items()}
    found: dict[str, set[int]] = {}
    for entry in content["annotations"]:
        found.setdefault(names[entry["score"]], set()).add(entry["track_id"])
    return found


@pytest.mark.parametrize("pace", [Pace(), Pace(every=3), Pace(fps=10)], ids=str)
def test_people_keep_their_ids_while_the_camera_moves(
    clip: Path, tmp_path: Path, pace: Pace
) -> None:
    content = labelled(with_videos([clip], [], tmp_path, pace), tmp_path / "out.json")
    found = ids_by_person(content)
    assert {who: len(ids) for who, ids in found.items()} == {"anna": 1, "ben": 1, "cleo": 1}
    assert set.union(*found.values()) == {1, 2, 3}


def test_the_data_set_has_its_images_and_tells_where_they_are_from(
    clip: Path, tmp_path: Path
) -> None:
    content = labelled(with_videos([clip], [], tmp_path, Pace(every=10)), tmp_path / "out.json")
    assert [image["file_name"] for image in content["images"]] == [
        f"clip/{number:06}.jpg" for number in (0, 10, 20, 30)
    ]
    assert [image["id"] for image in content["images"]] == [1, 2, 3, 4]
    second = content["images"][1]
    assert (second["video"], second["frame"], second["seconds"]) == ("clip.mp4", 10, 0.4)
    assert all((tmp_path / image["file_name"]).is_file() for image in content["images"])


def test_nobody_is_followed_where_it_is_not_wanted(clip: Path, tmp_path: Path) -> None:
    sources = with_videos([clip], [], tmp_path, Pace(every=20))
    content = labelled(sources, tmp_path / "out.json", frozenset())
    assert not any("track_id" in entry for entry in content["annotations"])


def test_track_ids_survive_import_into_a_project_corrections_and_export(
    clip: Path, tmp_path: Path
) -> None:
    sources = with_videos([clip], [], tmp_path, Pace(every=10))
    before = labelled(sources, tmp_path / "out.json")
    path = opening.prepare(tmp_path / "out.json").project
    with Project.open(path) as project:
        found = project.annotation(1)
        person = found.people[0]
        project.write(1, edits.move_keypoint(found, person.id, 3, 12.5, 13.5))
    export_project(path, tmp_path / "again.json")
    after = json.loads((tmp_path / "again.json").read_text())
    assert [entry["track_id"] for entry in after["annotations"]] == [
        entry["track_id"] for entry in before["annotations"]
    ]
    assert [image.extra["frame"] for image in read_coco(tmp_path / "again.json").images] == [
        0,
        10,
        20,
        30,
    ]


def test_videos_and_folders_go_into_one_data_set(clip: Path, tmp_path: Path) -> None:
    make_image(tmp_path / "photos" / "7.png", width=320, height=240)
    sources = with_videos([clip], [tmp_path / "photos"], tmp_path / "frames", Pace(every=30))
    names = [image.file_name for image in sources.selection.images]
    assert names == ["photos/7.png", "frames/clip/000000.jpg", "frames/clip/000030.jpg"]
    content = labelled(sources, tmp_path / "out.json")
    assert [image["id"] for image in content["images"]] == [1, 2, 3]
    assert "video" not in content["images"][0]


def test_videos_of_one_name_go_into_folders_of_their_own(tmp_path: Path) -> None:
    for folder, name in (("a", "clip.mp4"), ("b", "clip.mp4"), ("b", "Clip.mkv")):
        (tmp_path / folder).mkdir(exist_ok=True)
        numbered_clip(tmp_path / folder / name, 3)
    videos = [tmp_path / "a" / "clip.mp4", tmp_path / "b" / "clip.mp4", tmp_path / "b" / "Clip.mkv"]
    sources = with_videos([*videos, videos[0]], [], tmp_path, Pace(every=2))
    assert [image.file_name for image in sources.selection.images] == [
        *("clip/000000.jpg", "clip/000002.jpg"),
        *("clip-2/000000.jpg", "clip-2/000002.jpg"),
        *("Clip-3/000000.jpg", "Clip-3/000002.jpg"),
    ]


def test_a_video_that_cannot_be_read_is_named_and_the_others_taken(
    clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"junk")
    sources = with_videos([tmp_path / "bad.mp4", clip], [], tmp_path, Pace(every=20))
    assert len(sources.selection.images) == 2
    assert "bad.mp4 is not a video" in sources.selection.failures[0]
    with pytest.raises(ClickPoseError, match=r"bad\.mp4 is not a video"):
        with_videos([tmp_path / "bad.mp4"], [], tmp_path, Pace())


def test_a_folder_called_like_a_video_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").mkdir()
    paths = [tmp_path / "clip.mp4", tmp_path / "b.mov", tmp_path / "c.jpg"]
    assert split_videos(paths) == ([paths[1]], [paths[0], paths[2]])


def test_the_people_of_a_folder_of_frames_are_followed_too(tmp_path: Path) -> None:
    from clickpose_app.batch.preview import encode_jpeg

    (tmp_path / "frames").mkdir()
    for number in range(8, 12):  # 8, 9, 10, 11: natural order
        pixels = with_people(moving_photo(number), scene(number))
        (tmp_path / "frames" / f"{number}.jpg").write_bytes(encode_jpeg(pixels, 95))
    sources = with_videos([], [tmp_path / "frames"], tmp_path, Pace())
    content = labelled(sources, tmp_path / "out.json", sources.folders)
    found = ids_by_person(content)
    assert {who: len(ids) for who, ids in found.items()} == {"anna": 1, "ben": 1, "cleo": 1}


def test_the_real_network_keeps_a_person_through_a_pan(tmp_path: Path) -> None:
    from clickpose_app.engine.loading import load_predictor
    from tests.batch.clips import photo

    def view(number: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
        left, top = 3 * number, number
        return np.ascontiguousarray(photo()[top : top + 400, left : left + 420])

    clip = write_clip(tmp_path / "pan.mp4", map(view, range(16)))
    sources = with_videos([clip], [], tmp_path, Pace(every=5))
    results = Results(tracked=sources.clip_folders)
    out = tmp_path / "out.json"
    prelabel(sources.selection.images, load_predictor(device="cpu"), out, results=results)
    for image in read_coco(out).images:
        largest = max(image.annotation.people, key=lambda person: person.box.area)
        assert largest.extra["track_id"] == 1
