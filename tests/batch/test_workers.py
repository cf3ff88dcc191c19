"""Several devices: a process each, one result, whatever happens to one of them."""

from __future__ import annotations

import functools
import os
import signal
from pathlib import Path

import pytest

from clickpose_app.batch.into_project import prelabel_project
from clickpose_app.batch.looking import Missed, Seen
from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.batch.workers import start_workers
from clickpose_app.core.annotation import ImageState
from clickpose_app.core.predictor import EncodedImage, ImageArray
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.images import read_image
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import FakePredictor
from tests.gui.desk import make_photos

COUNT = 12


class Device(FakePredictor):
    """Writes down which images it saw, so that the test knows who did what."""

    def __init__(self, diary: Path, device: str) -> None:
        super().__init__()
        self._diary, self._device = diary, device

    def encode(self, image: ImageArray) -> EncodedImage:
        with self._diary.open("a") as file:
            file.write(f"{os.getpid()} {image[0, 0, 0]}\n")
        if self._device == "dying":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._device == "failing":
            raise RuntimeError("no such kernel")
        return super().encode(image)


def make(diary: Path, device: str) -> Device:
    if device == "absent":
        raise ClickPoseError("There is no device absent.", "Take another.")
    return Device(diary, device)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return make_photos(tmp_path / "photos", COUNT)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary"


def test_two_workers_write_what_one_would(photos: Path, diary: Path, tmp_path: Path) -> None:
    images, out, whole = select_images([photos]).images, tmp_path / "o.json", tmp_path / "w.json"
    steps: list[tuple[int, int]] = []
    watched: list[tuple[int, bool]] = []
    with start_workers(functools.partial(make, diary), ["cpu", "cpu"]) as workers:
        assert workers.description == "fake predictor"
        report = prelabel(
            images,
            workers,
            out,
            progress=lambda *step: steps.append(step),
            watch=lambda image, pixels, _: watched.append((image.id, pixels is None)),
        )
    assert (report.images, report.people) == (COUNT, 2 * COUNT)
    prelabel(images, FakePredictor(), whole)
    assert out.read_bytes() == whole.read_bytes()
    assert steps == [(done, COUNT) for done in range(COUNT + 1)]
    assert watched == [(number, True) for number in range(1, COUNT + 1)]
    seen = [int(line.split()[1]) for line in diary.read_text().splitlines()]
    assert len(seen) == len(set(seen)) == COUNT  # nobody does another's work again


def test_workers_fill_a_project_and_serve_again(photos: Path, diary: Path) -> None:
    path = photos.parent / "p.clickpose"
    with Project.create(path, image_root=photos, skeleton=builtin_skeleton()) as project:
        project.add_images((f"{n}.png", None, None) for n in range(1, COUNT + 1))
    with start_workers(functools.partial(make, diary), ["cpu", "cpu"]) as workers:
        assert prelabel_project(path, workers).images == COUNT
        assert prelabel_project(path, workers, again=True).images == COUNT
    with Project.open(path, read_only=True) as project:
        assert all(record.state is ImageState.PREDICTED for record in project.images())


def test_an_image_that_a_worker_cannot_read_is_named_in_its_place(
    photos: Path, diary: Path
) -> None:
    (photos / "3.png").write_bytes(b"no image")
    paths = [photos / f"{n}.png" for n in range(1, 5)]
    with start_workers(functools.partial(make, diary), ["cpu", "cpu"]) as workers:
        results = list(workers.look(paths, read_image))
    assert [result.item for result in results] == paths
    assert [isinstance(result, Seen) for result in results] == [True, True, False, True]
    assert isinstance(results[2], Missed) and "3.png" in results[2].why


def test_a_worker_that_is_killed_is_named_and_what_is_done_stays_done(
    photos: Path, diary: Path, tmp_path: Path
) -> None:
    images, out = select_images([photos]).images, tmp_path / "o.json"
    with (
        start_workers(functools.partial(make, diary), ["cpu", "dying"]) as workers,
        pytest.raises(ClickPoseError, match=r"worker on dying ended .*exit code -9") as caught,
    ):
        prelabel(images, workers, out)
    assert "what is done stays done" in caught.value.hint
    prelabel(images, FakePredictor(), out)
    prelabel(images, FakePredictor(), tmp_path / "w.json")
    assert out.read_bytes() == (tmp_path / "w.json").read_bytes()


def test_what_goes_wrong_in_a_worker_is_told_here(photos: Path, diary: Path) -> None:
    with (
        start_workers(functools.partial(make, diary), ["failing"]) as workers,
        pytest.raises(RuntimeError, match="on failing: no such kernel"),
    ):
        list(workers.look([photos / "1.png"], read_image))
    with (
        pytest.raises(ClickPoseError, match="no device absent"),
        start_workers(functools.partial(make, diary), ["cpu", "absent"]),
    ):
        pass
