"""A pre-labelling run that is stopped, killed or shared goes on, and comes to the same end."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clickpose_app.batch.into_project import prelabel_project
from clickpose_app.batch.journal import journal_path
from clickpose_app.batch.merge import merge_coco
from clickpose_app.batch.prelabel import prelabel, select_images, share_of
from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageState
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import FakePredictor, Tired
from tests.gui.desk import make_photo, make_photos

KILLS = int(os.environ.get("CLICKPOSE_KILLS", "6"))
COUNT = 2 * KILLS


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return make_photos(tmp_path / "photos", COUNT)


def undisturbed(photos: Path, out: Path) -> bytes:
    prelabel(select_images([photos]).images, FakePredictor(), out)
    return out.read_bytes()


def test_a_run_that_broke_down_repeats_nothing(photos: Path, tmp_path: Path) -> None:
    images, out = select_images([photos]).images, tmp_path / "out.json"
    with pytest.raises(RuntimeError):
        prelabel(images, Tired(5), out)
    assert not out.exists()
    again, steps = FakePredictor(), []
    report = prelabel(images, again, out, progress=lambda done, total: steps.append((done, total)))
    assert again.calls.count("encode") == COUNT - 5
    assert steps[0] == (5, COUNT) and steps[-1] == (COUNT, COUNT)
    assert (report.images, report.people) == (COUNT, 2 * COUNT)
    assert not journal_path(out).exists()
    assert out.read_bytes() == undisturbed(photos, tmp_path / "whole.json")


def test_whenever_a_run_is_killed_it_comes_to_the_same_end(photos: Path, tmp_path: Path) -> None:
    out, rng = tmp_path / "out.json", random.Random(5)
    command = [sys.executable, "-m", "tests.batch.killed_prelabel", str(photos), str(out)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    whole = undisturbed(photos, tmp_path / "whole.json")
    reached = 0
    for _ in range(KILLS):
        if out.exists():
            # It came to its end before the kill: from the start again.
            assert out.read_bytes() == whole
            out.unlink()
            reached = 0
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdout is not None
            begun = int(process.stdout.readline())
            assert begun >= reached  # what was done stays done
            time.sleep(rng.random() * 0.05)
            process.kill()
            reached = max([begun, *(int(line) for line in process.stdout)])
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    assert out.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "photos", "whole.json"]


def test_an_image_that_changed_meanwhile_is_looked_at_again(photos: Path, tmp_path: Path) -> None:
    images, out = select_images([photos]).images, tmp_path / "out.json"
    with pytest.raises(RuntimeError):
        prelabel(images, Tired(5), out)
    make_photo(photos / "1.png", shade=9)
    os.utime(photos / "1.png", (1, 1))
    again = FakePredictor()
    prelabel(images, again, out)
    assert again.calls.count("encode") == COUNT - 4


def test_work_of_other_settings_is_not_mixed_in(photos: Path, tmp_path: Path) -> None:
    images, out = select_images([photos]).images, tmp_path / "out.json"
    with pytest.raises(RuntimeError):
        prelabel(images, Tired(5), out)
    with pytest.raises(ClickPoseError, match=r"out\.json\.work holds unfinished work of other"):
        prelabel(images, FakePredictor(), out, score_threshold=0.7)
    prelabel(images, FakePredictor(), out)


def test_a_journal_that_is_none_is_named(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    journal_path(out).write_bytes(b"not a database" * 100)
    with pytest.raises(ClickPoseError, match=r"out\.json\.work, where finished work is kept"):
        prelabel(select_images([photos]).images, FakePredictor(), out)


def test_shares_make_a_whole(photos: Path, tmp_path: Path) -> None:
    images = select_images([photos]).images
    parts = [share_of(images, number, 3) for number in (1, 2, 3)]
    assert sorted(i.id for part in parts for i in part) == sorted(i.id for i in images)
    files = [tmp_path / f"{number}.json" for number in range(3)]
    for part, path in zip(parts, files, strict=True):
        prelabel(part, FakePredictor(), path)
    merge_coco(files, tmp_path / "all.json", "refuse")
    whole = json.loads(undisturbed(photos, tmp_path / "whole.json"))
    merged = read_coco(tmp_path / "all.json")
    assert {i.id: i.file_name for i in merged.images} == {
        i["id"]: i["file_name"] for i in whole["images"]
    }


def project_of(photos: Path, skeleton: Skeleton | None = None) -> Path:
    path = photos.parent / "p.clickpose"
    with Project.create(
        path, image_root=photos, skeleton=skeleton or builtin_skeleton()
    ) as project:
        project.add_images((f"{n}.png", None, None) for n in range(1, COUNT + 1))
    return path


def test_predictions_go_into_a_project_and_what_a_person_did_stays(photos: Path) -> None:
    path = project_of(photos)
    first = prelabel_project(path, FakePredictor())
    assert (first.images, first.people, first.kept) == (COUNT, 2 * COUNT, 0)
    with Project.open(path) as project:
        found = project.annotation(1)
        assert found.state is ImageState.PREDICTED
        assert project.images()[0].width == 400
        edited = edits.move_keypoint(found, found.people[0].id, 3, 1.25, 2.5)
        reviewed = edits.with_state(project.annotation(2), ImageState.REVIEWED)
        project.write_many([(1, edited), (2, reviewed)])
    again = prelabel_project(path, FakePredictor(), again=True)
    assert (again.images, again.kept) == (COUNT - 2, 2)
    with Project.open(path, read_only=True) as project:
        assert project.annotation(1) == edited
        assert project.annotation(2) == reviewed
    assert prelabel_project(path, FakePredictor()).images == 0


def test_a_project_run_that_broke_down_goes_on(photos: Path) -> None:
    path = project_of(photos)
    with pytest.raises(RuntimeError):
        prelabel_project(path, Tired(5))
    assert prelabel_project(path, FakePredictor()).images == COUNT - 5


def test_a_project_whose_keypoints_nobody_knows_is_refused(photos: Path) -> None:
    strange = Skeleton(
        name="bee", keypoints=("feeler", "sting"), limbs=((0, 1),), pairs=(), sigmas=(0.05, 0.05)
    )
    with pytest.raises(ClickPoseError, match="knows none of the keypoints"):
        prelabel_project(project_of(photos, strange), FakePredictor())


def test_an_image_of_a_project_that_is_gone_is_named(photos: Path) -> None:
    path = project_of(photos)
    (photos / "3.png").unlink()
    report = prelabel_project(path, FakePredictor())
    assert report.images == COUNT - 1
    assert "3.png" in report.failures[0]
