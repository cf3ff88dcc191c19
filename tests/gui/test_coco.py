"""COCO JSON goes in and comes out of the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.geometry import Box
from clickpose_app.formats.coco import read_coco
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.gui.desk import LEFT_WRIST, NOSE, Desk, make_photo

MakeDesk = Callable[[], Desk]


@pytest.fixture
def coco(tmp_path: Path) -> Path:
    """Two images, one person on the second, and fields that ClickPose does not know."""
    folder = tmp_path / "Übung"
    (folder / "images").mkdir(parents=True)
    for name in ("a.png", "b.png"):
        make_photo(folder / "images" / name)
    skeleton = builtin_skeleton()
    keypoints = [v for k in range(17) for v in (100.5 + 5 * k, 50.25 + 10 * k, 1 + k % 2)]
    file: dict[str, Any] = {
        "info": {"description": "mine"},
        "licenses": [],
        "images": [
            {"id": 70, "file_name": "a.png", "width": 400, "height": 300, "camera": "left"},
            {"id": 30, "file_name": "b.png", "width": 400, "height": 300},
        ],
        "annotations": [
            {
                "id": 7,
                "image_id": 30,
                "category_id": 1,
                "bbox": [90.0, 40.0, 110.0, 190.0],
                "area": 9000.0,
                "iscrowd": 0,
                "keypoints": keypoints,
                "num_keypoints": 17,
                "colour of the shirt": "red",
            }
        ],
        "categories": [
            {
                "id": 1,
                "name": "person",
                "keypoints": list(skeleton.keypoints),
                "skeleton": [[a + 1, b + 1] for a, b in skeleton.limbs],
            }
        ],
    }
    path = folder / "persönen.json"
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    return path


def export(desk: Desk, out: Path) -> dict[str, Any]:
    desk.window.files.export_to(out)
    desk.wait(lambda: "Exported" in desk.window.statusBar().currentMessage())
    written: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return written


def test_an_export_reads_back_as_what_is_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    written = export(desk, tmp_path / "out.json")
    assert len(written["images"]) == 3
    image = read_coco(tmp_path / "out.json").images[0]
    shown = desk.annotation
    people = image.annotation.people
    assert image.annotation.state is ImageState.EDITED
    assert [person.box for person in people] == [person.box for person in shown.people]
    for read, drawn in zip(people, shown.people, strict=True):
        assert (read.xy == drawn.xy).all()
        for a, b in zip(read.keypoints, drawn.keypoints, strict=True):
            assert (a.visibility, a.source) == (b.visibility, b.source)


def test_a_coco_file_opens_with_its_people_and_its_own_project(
    make_desk: MakeDesk, coco: Path
) -> None:
    desk = make_desk()
    desk.open(coco)
    desk.wait_for_people(2)  # the first image has nobody yet, so the network is asked
    assert desk.project_path == coco.with_suffix(".clickpose").resolve()
    desk.press(Qt.Key.Key_D)
    assert desk.file_name == "b.png"
    assert len(desk.people) == 1
    assert desk.people[0].pinned.all()
    assert desk.people[0].xy[NOSE].tolist() == [100.5, 50.25]


def test_a_crowd_region_has_no_joints_to_work_on(make_desk: MakeDesk, folder: Path) -> None:
    make_photo(folder / "crowd.png")
    path = folder / "crowd.clickpose"
    crowd = Person("crowd", (), Box(50, 50, 200, 200), is_crowd=True)
    with Project.create(path, image_root=folder, skeleton=builtin_skeleton()) as project:
        (image_id,) = project.add_images([("crowd.png", None, None)])
        project.write(image_id, ImageAnnotation((crowd,), ImageState.EDITED))
    desk = make_desk()
    desk.open(path)
    desk.wait_for_people(1)
    before = desk.annotation
    desk.click(desk.spot(60, 60))
    assert desk.session.person_id == "crowd"
    for key in (Qt.Key.Key_X, Qt.Key.Key_R):
        desk.press(key)
        assert "no joints" in desk.window.statusBar().currentMessage()
    assert desk.annotation == before


def test_unknown_fields_and_ids_of_an_imported_file_come_out_again(
    make_desk: MakeDesk, coco: Path, tmp_path: Path
) -> None:
    desk = make_desk()
    desk.open(coco)
    desk.wait_for_people(2)
    written = export(desk, tmp_path / "out.json")
    assert written["info"]["description"] == "mine"
    assert [image["id"] for image in written["images"]] == [70, 30]
    assert written["images"][0]["camera"] == "left"
    (annotation,) = [a for a in written["annotations"] if a["image_id"] == 30]
    assert annotation["id"] == 7
    assert annotation["colour of the shirt"] == "red"


def test_a_coco_file_opened_again_goes_on_where_it_was(make_desk: MakeDesk, coco: Path) -> None:
    first = make_desk()
    first.open(coco)
    first.wait_for_people(2)
    first.press(Qt.Key.Key_D)
    first.wait(lambda: first.canvas.image_size.width())
    first.click(first.joint_spot(0, NOSE))
    first.press(Qt.Key.Key_Delete)
    first.close()
    again = make_desk()
    again.open(coco)
    again.wait(lambda: again.file_name == "b.png")
    assert again.people == ()
    assert "was there already" in again.window.statusBar().currentMessage()


def test_images_that_are_elsewhere_are_asked_for(
    make_desk: MakeDesk, coco: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (coco.parent / "images").rename(elsewhere)
    asked: list[str] = []

    def answer(message: str) -> Path:
        asked.append(message)
        return elsewhere

    desk = make_desk()
    monkeypatch.setattr(desk.window.files, "ask_image_root", answer)
    desk.open(coco)
    desk.wait_for_people(2)
    assert len(asked) == 1
    assert coco.name in asked[0]


def test_a_damaged_coco_file_is_named_and_leaves_no_project(
    make_desk: MakeDesk, coco: Path
) -> None:
    coco.write_text('{"images": [{"id": "one"}], "annotations": [], "categories": []}')
    desk = make_desk()
    desk.open(coco)
    desk.wait(lambda: desk.message)
    assert coco.name in desk.message
    assert list(coco.parent.glob("*.clickpose*")) == []


def test_an_image_that_is_left_out_is_named(desk: Desk, folder: Path, tmp_path: Path) -> None:
    (folder / "bild 10.png").write_bytes(b"not a picture")
    written = export(desk, tmp_path / "out.json")
    assert [image["file_name"] for image in written["images"]] == ["bild 1.png", "bild 2.png"]
    assert "Left out of out.json" in desk.message
    assert "bild 10.png" in desk.message


def test_an_export_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.window.files.export_to(tmp_path / "no such folder" / "out.json")
    desk.wait(lambda: desk.message)
    assert "no such folder" in desk.message
