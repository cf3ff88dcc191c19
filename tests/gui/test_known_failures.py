"""What other annotation tools were reported to get wrong, tried in the whole window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageAnnotation, Visibility
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_check import check_coco
from tests.gui.desk import LEFT_WRIST, NOSE, Desk, make_photo

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
MakeDesk = Callable[[], Desk]

RED, BLUE = (200, 0, 0), (0, 0, 200)


def export(desk: Desk, out: Path) -> list[ImageAnnotation]:
    """Export, have it checked, and read it back."""
    desk.window.files.export_to(out)
    desk.wait(lambda: "Exported" in desk.window.statusBar().currentMessage())
    assert list(check_coco(out)) == []
    return [image.annotation for image in read_coco(out).images]


def same_poses(read: ImageAnnotation, shown: ImageAnnotation) -> None:
    """What a file can say of the people is the same."""
    assert len(read.people) == len(shown.people)
    for a, b in zip(read.people, shown.people, strict=True):
        assert [k.visibility for k in a.keypoints] == [k.visibility for k in b.keypoints]
        assert (a.xy[a.labelled] == b.xy[b.labelled]).all()


def wait_for_project_in(desk: Desk, folder: Path) -> None:
    desk.wait(lambda: desk.project_path.parent == folder.resolve())


# A photo that the camera has turned


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_a_turned_photo_is_upright_for_eyes_network_and_export(
    make_desk: MakeDesk, tmp_path: Path, orientation: int, turn: int
) -> None:
    upright = Image.new("RGB", (400, 300), RED)
    upright.paste(BLUE, (200, 0, 400, 300))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    photos = tmp_path / "photos"
    photos.mkdir()
    upright.rotate(turn, expand=True).save(photos / "a.jpg", quality=95, exif=exif)
    desk = make_desk()
    desk.open(photos)
    desk.wait_for_people(2)
    assert desk.canvas.image_size == QSize(400, 300)
    seen = desk.canvas.viewport().grab().toImage()
    left, right = (seen.pixelColor(desk.spot(x, 4)) for x in (20, 380))
    assert left.red() > 150 > left.blue()
    assert right.blue() > 150 > right.red()
    standing = desk.predictor.detect(desk.predictor.encode(np.zeros((300, 400, 3), np.uint8)))
    assert (desk.people[0].xy == standing[0].keypoints).all()
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    (read,) = export(desk, tmp_path / "out.json")
    same_poses(read, desk.annotation)
    (image,) = read_coco(tmp_path / "out.json").images
    assert (image.width, image.height) == (400, 300)


# Names in other scripts


@pytest.mark.parametrize("name", ["été ñ", "写真 1", "e\u0301 decomposed", "😀", "a b'\"%20#&"])
def test_names_of_files_are_kept_to_the_letter(
    make_desk: MakeDesk, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / f"Ordner {name}" / f"inner {name}"
    folder.mkdir(parents=True)
    make_photo(folder / f"{name}.png")
    desk = make_desk()
    desk.open(folder.parent)
    desk.wait_for_people(2)
    assert desk.file_name == f"inner {name}/{name}.png"
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    out = folder / f"out {name}.json"
    (read,) = export(desk, out)
    same_poses(read, desk.annotation)
    left, project = desk.annotation, desk.project_path
    desk.close()
    again = make_desk()
    again.open(project)
    again.wait_for_people(2)
    assert again.annotation == left
    coco = make_desk()
    coco.open(out)
    coco.wait_for_people(2)
    assert coco.file_name == f"inner {name}/{name}.png" or coco.file_name == f"{name}.png"
    same_poses(coco.annotation, left)


# Keypoints and people that get lost or mixed up


def work(desk: Desk, number: int) -> ImageAnnotation:
    """Change everything that can be changed of an image's first person."""
    desk.drag_joint(0, LEFT_WRIST, 20 + number, 10)
    desk.wait_for_calm()
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    desk.session.select(desk.people[0].id, 5)
    for _ in range(2):
        desk.press(Key.Key_Q)
    assert desk.joint(0, 5).visibility is Visibility.UNLABELLED
    desk.press(Key.Key_N)
    desk.drag(desk.spot(180, 20), desk.spot(220, 90 + number))
    desk.wait_for_calm()
    assert len(desk.people) == 3
    return desk.annotation


def test_going_to_and_fro_loses_no_keypoint(desk: Desk) -> None:
    left = {}
    for number in range(3):
        left[desk.file_name] = work(desk, number)
        desk.press(Key.Key_D)
        if number < 2:
            desk.wait_for_people(2)
    for key in (*[Key.Key_A] * 3, *[Key.Key_D] * 3, *[Key.Key_A] * 2):
        desk.press(key)
        assert desk.annotation == left[desk.file_name]
        desk.wait_for_people(3)
        assert desk.annotation == left[desk.file_name]
        assert desk.stored() == left[desk.file_name]


def test_undo_goes_on_after_the_image_was_left_and_everything_was_stored(desk: Desk) -> None:
    start = desk.annotation
    done = work(desk, 0)
    steps = desk.session.history.depth
    for _ in range(2):
        desk.press(Key.Key_D)
        desk.wait_for_people(2)
        desk.press(Key.Key_A)
    for _ in range(steps):
        desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == start
    assert desk.stored() == start
    for _ in range(steps):
        desk.press(Key.Key_Z, CTRL | SHIFT)
    assert desk.annotation == done
    assert desk.stored() == done


def test_people_keep_their_identity_and_order_over_sessions(
    desk: Desk, make_desk: MakeDesk
) -> None:
    work(desk, 0)
    desk.session.delete_person(desk.people[1].id)
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 20), desk.spot(190, 90))
    desk.wait_for_calm()
    left, folder = desk.annotation, desk.project_path.parent
    desk.close()
    for _ in range(3):
        again = make_desk()
        again.open(folder)
        again.wait_for_people(3)
        assert again.annotation == left
        again.close()


def test_opening_in_any_order_erases_nothing(
    desk: Desk, make_desk: MakeDesk, folder: Path, tmp_path: Path
) -> None:
    left = work(desk, 0)
    export(desk, folder / "out.json")
    desk.close()
    other = tmp_path / "other"
    other.mkdir()
    make_photo(other / "bild 1.png", shade=7)
    again = make_desk()
    for path, people in (
        (folder / "bild 1.png", 3),
        (other, 2),
        (folder, 3),
        (folder / "out.json", 3),
        (other / "bild 1.png", 2),
        (folder, 3),
    ):
        again.open(path)
        wait_for_project_in(again, path.parent if path.is_file() else path)
        again.wait_for_people(people)
        if people == 3:
            same_poses(again.annotation, left)
    assert again.annotation == left


# People who are unlike others


def test_a_person_of_one_keypoint_is_worked_on_like_any_other(
    desk: Desk, make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk.press(Key.Key_J, SHIFT)
    desk.click(desk.spot(200, 100))
    desk.press(Key.Key_Escape)
    desk.drag_joint(2, NOSE, 6, 6)
    nose = desk.joint(2, NOSE)
    desk.wait_for_calm()
    assert desk.joint(2, NOSE) == nose
    for k in np.flatnonzero(desk.people[2].labelled)[1:]:
        # The rest follows the correction; this person shall have nothing but the nose.
        desk.session.set_visibility(desk.people[2].id, int(k), Visibility.UNLABELLED)
    alone = list(desk.people[2].labelled)
    assert alone == [True] + [False] * 16
    desk.session.select(desk.people[2].id, NOSE)
    desk.press(Key.Key_B, SHIFT)  # fit the box
    assert desk.people[2].box.area > 0
    desk.press(Key.Key_Right, ALT)
    desk.press(Key.Key_X)
    desk.press(Key.Key_Z)
    desk.press(Key.Key_F)
    start = desk.joint_spot(2, NOSE)
    desk.drag(start, start + QPoint(10, 10), modifier=ALT)
    desk.press(Key.Key_C, CTRL)
    QTest.mouseMove(desk.canvas.viewport(), desk.spot(200, 200))
    desk.press(Key.Key_V, CTRL)
    assert len(desk.people) == 4
    assert all(list(person.labelled) == alone for person in desk.people[2:])
    assert desk.stored() == desk.annotation
    read = export(desk, tmp_path / "out.json")
    same_poses(read[0], desk.annotation)
    left, project = desk.annotation, desk.project_path
    desk.close()
    again = make_desk()
    again.open(project)
    again.wait_for_people(4)
    assert again.annotation == left


def test_every_mix_of_visibilities_is_exported(desk: Desk, tmp_path: Path) -> None:
    first, second = desk.people
    for k in range(17):
        desk.session.set_visibility(first.id, k, Visibility(k % 3))
        desk.session.set_visibility(second.id, k, Visibility.UNLABELLED)
    (read, *_) = export(desk, tmp_path / "out.json")
    assert [k.visibility for k in read.people[0].keypoints] == [k % 3 for k in range(17)]
    assert not read.people[1].labelled.any()
    same_poses(read, desk.annotation)


# Keys go where they are meant


def test_keys_work_from_the_lists_too(desk: Desk) -> None:
    ids = [person.id for person in desk.people]
    for widget in (
        desk.window.images.view,
        desk.window.poses.people_view,
        desk.window.poses.keypoint_view,
    ):
        widget.setFocus()
        for key, person in ((Key.Key_2, 1), (Key.Key_1, 0)):
            QTest.keyClick(widget, key)
            assert desk.session.person_id == ids[person]
