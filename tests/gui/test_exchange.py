"""Annotations of other programs come into the window and go out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from PySide6.QtWidgets import QDialog, QFileDialog

from clickpose_app.core.annotation import Source
from clickpose_app.gui.exchange import Exchange, Wanted
from clickpose_app.gui.format_dialog import FormatDialog
from tests.formats import coco_samples as coco
from tests.formats.test_coco_kin import detections, whole_body_file
from tests.gui.desk import SIZE, Desk, make_photo

MakeDesk = Callable[[], Desk]


@pytest.fixture
def yolo(tmp_path: Path) -> Path:
    """A data set with two pictures, one person on the second."""
    folder = tmp_path / "Übung yolo"
    (folder / "images/train").mkdir(parents=True)
    (folder / "labels/train").mkdir(parents=True)
    for shade, name in enumerate(("a", "b"), start=1):
        make_photo(folder / f"images/train/{name}.png", shade=shade)
    joints = " ".join(f"{0.3 + k / 50:.3f} {0.2 + k / 30:.3f} 2" for k in range(17))
    (folder / "labels/train/b.txt").write_text(f"0 0.5 0.5 0.5 0.8 {joints}\n")
    content = {"train": "images/train", "kpt_shape": [17, 3], "names": {0: "person"}}
    (folder / "data.yaml").write_text(yaml.safe_dump(content))
    return folder


def said(desk: Desk) -> str:
    return str(desk.window.statusBar().currentMessage())


def test_a_yolo_data_set_is_imported_and_can_be_worked_on(
    make_desk: MakeDesk, yolo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(yolo / "data.yaml"), "")
    )
    desk = make_desk()
    desk.window.actions_by_name["import_annotations"].trigger()
    desk.wait(lambda: "Read 1 people on 2 images from data.yaml" in said(desk))
    desk.window.browser.go(1)
    desk.wait(lambda: desk.file_name == "images/train/b.png")
    (person,) = desk.people
    assert person.keypoints[0].source is Source.HUMAN
    assert person.keypoints[0].x == pytest.approx(0.3 * SIZE[0])
    assert desk.stored() == desk.annotation


def test_any_file_of_a_folder_stands_for_the_folder(make_desk: MakeDesk, yolo: Path) -> None:
    (yolo / "README.md").write_text("what this is")
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(yolo / "README.md"))
    desk.wait(lambda: "Read 1 people on 2 images" in said(desk))


def test_an_import_done_twice_leaves_the_work_as_it_is(make_desk: MakeDesk, yolo: Path) -> None:
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(yolo / "data.yaml"))
    desk.wait(lambda: "Read 1 people" in said(desk))
    desk.window.browser.go(1)
    desk.wait(lambda: len(desk.people) == 1 and desk.file_name.endswith("b.png"))
    desk.session.delete_person(desk.people[0].id)
    desk.window.exchange.import_from(Wanted(yolo / "data.yaml"))
    desk.wait(lambda: "was there already" in said(desk))
    desk.wait(lambda: desk.file_name.endswith("b.png"))
    assert desk.people == ()


def test_an_image_folder_that_is_not_found_is_asked_for(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = tmp_path / "far" / "away"
    pictures.mkdir(parents=True)
    make_photo(pictures / "001.png")
    (tmp_path / "in").mkdir()
    images = [coco.image(1, file_name="001.png", width=400, height=300)]
    content = whole_body_file() | {"images": images}
    path = coco.written(tmp_path / "in" / "whole.json", content)
    asked: list[Path] = []

    def answer(_self: Exchange, about: Path) -> Path:
        asked.append(about)
        return pictures

    monkeypatch.setattr(Exchange, "ask_images", answer)
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(path))
    desk.wait(lambda: "Read 1 people on 1 images from whole.json (COCO-WholeBody)" in said(desk))
    assert asked == [path]
    assert len(desk.people[0].keypoints) == 133


def test_pictures_that_lie_beside_the_folder_of_labelme_are_asked_for(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "photos").mkdir()
    make_photo(tmp_path / "photos" / "a.png")
    point = {"label": "nose", "points": [[5, 6]], "shape_type": "point", "group_id": None}
    content = {"version": "5.4.1", "shapes": [point], "imagePath": "../photos/a.png"}
    (tmp_path / "labels").mkdir()
    file = tmp_path / "labels" / "a.json"
    file.write_text(json.dumps({**content, "imageHeight": 300, "imageWidth": 400}))
    answers = [tmp_path / "labels", tmp_path / "photos"]
    monkeypatch.setattr(Exchange, "ask_images", lambda *_: answers.pop(0))
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(file))
    # Asked once; an answer that does not help is told, and not asked for again and again.
    desk.wait(lambda: desk.message)
    assert "imagePath '../photos/a.png' is not in" in desk.message
    desk.window.exchange.import_from(Wanted(file))
    desk.wait(lambda: "Read 1 people on 1 images" in said(desk))
    assert desk.file_name == "a.png"
    assert answers == []


def test_results_ask_for_the_coco_file_of_their_images(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("001.png", "002.png"):
        make_photo(tmp_path / name)
    images = [
        coco.image(number, file_name=f"{number:03d}.png", width=400, height=300)
        for number in (1, 2)
    ]
    described = coco.written(tmp_path / "val.json", coco.data_set(images=images))
    results = coco.written(tmp_path / "results.json", detections())
    monkeypatch.setattr(Exchange, "ask_description", lambda *_: described)
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(results))
    desk.wait(lambda: "(COCO results)" in said(desk))
    desk.window.browser.go(1)
    desk.wait(lambda: desk.file_name == "002.png")
    assert not desk.people[0].pinned.any()


def test_nobody_who_declines_to_answer_gets_a_project(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = coco.written(tmp_path / "results.json", detections())
    asked: list[Path] = []

    def decline(_self: Exchange, about: Path) -> None:
        asked.append(about)

    monkeypatch.setattr(Exchange, "ask_description", decline)
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(results))
    desk.wait(lambda: asked)
    assert desk.window.browser.project is None
    assert list(tmp_path.glob("*.clickpose*")) == []


def test_what_cannot_be_imported_is_said_in_one_sentence(make_desk: MakeDesk, yolo: Path) -> None:
    (yolo / "labels/train/b.txt").write_text("0 12\n")
    desk = make_desk()
    desk.window.exchange.import_from(Wanted(yolo / "data.yaml"))
    desk.wait(lambda: desk.message)
    assert "b.txt, line 1" in desk.message
    assert desk.window.browser.project is None


def test_an_export_says_what_the_format_cannot_hold(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "for training"

    def choose(dialog: FormatDialog) -> QDialog.DialogCode:
        dialog.choose("yolo-pose")
        assert "folder" in dialog.facts.text()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(FormatDialog, "exec", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    people = len(desk.people)
    desk.window.actions_by_name["export_as"].trigger()
    desk.wait(lambda: desk.message)
    assert "Ultralytics YOLO pose cannot hold scores of people" in desk.message
    label = (out / "labels/train/bild 1.txt").read_text(encoding="utf-8")
    assert len(label.splitlines()) == people
    assert (out / "images/train/bild 1.png").read_bytes()


def test_an_export_that_holds_everything_says_nothing_more(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.window.exchange.make_dialog()
    dialog.choose("coco-wholebody")
    desk.window.exchange.export_to(tmp_path / "out.json", dialog.choice)
    dialog.deleteLater()
    desk.wait(lambda: "Exported" in said(desk))
    assert desk.message == ""
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["annotations"][0]["face_kpts"] == [0] * 204


def test_nothing_open_is_nothing_to_export(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.actions_by_name["export_as"].trigger()
    assert "Nothing is open" in said(desk)
