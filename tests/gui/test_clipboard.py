"""Poses that travel: to another place, another image, another window."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageState, Source, Visibility
from clickpose_app.storage.project import Project
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def copy_first(desk: Desk) -> None:
    desk.session.select(desk.people[0].id)
    desk.press(Key.Key_C, CTRL)


def test_a_pose_is_pasted_with_its_middle_at_the_cursor(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    desk.wait_for_calm()
    copy_first(desk)
    QTest.mouseMove(desk.canvas.viewport(), desk.spot(260, 140))
    before = desk.annotation
    desk.press(Key.Key_V, CTRL)
    original, copy = desk.people[0], desk.people[2]
    box = copy.box
    middle = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
    assert middle == pytest.approx((260, 140), abs=desk.canvas.pixel)
    assert copy.xy - copy.xy[0] == pytest.approx(original.xy - original.xy[0])
    assert copy.id != original.id
    assert desk.session.person_id == copy.id
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


def test_a_pasted_pose_is_a_start_that_nobody_has_pinned(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    desk.session.set_visibility(desk.people[0].id, NOSE, Visibility.OCCLUDED)
    desk.wait_for_calm()
    copy_first(desk)
    desk.press(Key.Key_V, CTRL)
    copy = desk.people[2]
    assert not copy.pinned.any()
    assert copy.box_source is Source.PREDICTED
    assert copy.score is None
    assert copy.keypoints[NOSE].visibility is Visibility.OCCLUDED
    desk.drag_joint(2, NOSE, 10, 10)
    desk.wait_for_calm()
    assert desk.joint(2, LEFT_WRIST).confidence is not None


def test_on_another_image_a_pose_is_pasted_where_it_was(desk: Desk) -> None:
    copy_first(desk)
    xy = desk.people[0].xy
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    QTest.mouseMove(desk.canvas.viewport(), desk.spot(260, 140))
    desk.press(Key.Key_V, CTRL)
    assert desk.people[2].xy == pytest.approx(xy)


def test_fields_of_an_imported_person_do_not_travel(desk: Desk) -> None:
    person = replace(desk.people[0], extra={"track_id": 7})
    people = (person, *desk.people[1:])
    desk.session.apply(replace(desk.annotation, people=people), "Track")
    copy_first(desk)
    assert "track_id" not in QGuiApplication.clipboard().text()
    desk.press(Key.Key_V, CTRL)
    assert desk.people[2].extra == {}


def test_ctrl_d_takes_the_pose_to_the_next_image(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    desk.wait_for_calm()
    original, left = desk.people[0], desk.annotation
    desk.session.select(original.id)
    desk.press(Key.Key_D, CTRL)
    assert desk.file_name == "bild 2.png"
    desk.wait(lambda: desk.session.history.can_undo)
    copy = desk.session.person
    assert copy is not None
    assert copy.xy == pytest.approx(original.xy)
    # Whom the network found there is replaced by the copy, the other one stays.
    assert [person.score for person in desk.people] == [0.80, None]
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert [person.score for person in desk.people] == [0.95, 0.80]
    desk.press(Key.Key_A)
    assert desk.annotation == left


def test_ctrl_d_to_an_image_that_was_seen_before_replaces_nobody_that_was_touched(
    desk: Desk,
) -> None:
    desk.press(Key.Key_D)
    desk.wait_for_people(2)
    desk.drag_joint(0, LEFT_WRIST, 12, 2)
    desk.wait_for_calm()
    touched = desk.people[0]
    desk.press(Key.Key_A)
    desk.session.select(desk.people[0].id)
    desk.press(Key.Key_D, CTRL)
    desk.wait_for_people(3)
    assert touched in desk.people


def test_at_the_last_image_ctrl_d_says_so(desk: Desk) -> None:
    for _ in range(2):
        desk.press(Key.Key_D)
        desk.wait_for_people(2)
    desk.session.select(desk.people[0].id)
    desk.press(Key.Key_D, CTRL)
    assert "last image" in desk.window.statusBar().currentMessage()
    assert len(desk.people) == 2


def test_a_pose_goes_from_window_to_window_as_text(desk: Desk) -> None:
    copy_first(desk)
    record = json.loads(QGuiApplication.clipboard().text())
    assert record["keypoints"]["left_wrist"][2] == 2
    QGuiApplication.clipboard().setText(json.dumps({**record, "origin": "elsewhere/a.png"}))
    desk.press(Key.Key_V, CTRL)
    assert desk.people[2].xy == pytest.approx(desk.people[0].xy)


def test_a_pose_of_another_skeleton_is_matched_by_name(desk: Desk) -> None:
    record = {
        "clickpose_pose": 1,
        "origin": "",
        "box": [10, 20, 60, 120],
        "keypoints": {"tail": [1, 2, 2], "left wrist": [30, 40, 1], "Nose": [33, 44, 2]},
    }
    QGuiApplication.clipboard().setText(json.dumps(record))
    desk.press(Key.Key_V, CTRL)
    person = desk.people[2]
    assert person.labelled.sum() == 2
    assert person.xy[LEFT_WRIST] == pytest.approx((30, 40))
    assert person.keypoints[LEFT_WRIST].visibility is Visibility.OCCLUDED
    assert person.xy[NOSE] == pytest.approx((33, 44))


def test_names_that_say_the_same_in_another_order_are_the_same_joint(desk: Desk) -> None:
    record = {"clickpose_pose": 1, "box": [10, 20, 60, 120], "keypoints": {"WristL": [30, 40, 2]}}
    QGuiApplication.clipboard().setText(json.dumps(record))
    desk.press(Key.Key_V, CTRL)
    assert desk.people[2].xy[LEFT_WRIST] == pytest.approx((30, 40))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("just words", "no pose to paste"),
        ('{"clickpose_pose": 1}', "damaged"),
        ('{"clickpose_pose": 1, "box": [0,0,1,NaN], "keypoints": {"nose": [1,1,2]}}', "damaged"),
        ('{"clickpose_pose": 1, "box": [0,0,1,1], "keypoints": {"nose": [1,1,9]}}', "damaged"),
        (
            '{"clickpose_pose": 1, "box": [0,0,1,1], "keypoints": {"tail": [1,1,2]}}',
            "fits no joint",
        ),
        ("[" * 5000 + "clickpose_pose", "no pose to paste"),
    ],
)
def test_what_is_no_pose_is_not_pasted(desk: Desk, text: str, words: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.press(Key.Key_V, CTRL)
    assert len(desk.people) == 2
    assert words in desk.window.statusBar().currentMessage()


def test_a_pose_from_a_larger_image_is_pasted_inside(desk: Desk) -> None:
    record = {
        "clickpose_pose": 1,
        "origin": "big/a.png",
        "box": [4000, 3000, 4050, 3100],
        "keypoints": {"nose": [4025, 3010, 2]},
    }
    QGuiApplication.clipboard().setText(json.dumps(record))
    desk.press(Key.Key_V, CTRL)
    box = desk.people[2].box
    assert ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2) == pytest.approx((400, 300))


def test_copying_needs_a_person(desk: Desk) -> None:
    for key in (Key.Key_C, Key.Key_D):
        desk.press(key, CTRL)
        assert "Select a person first" in desk.window.statusBar().currentMessage()
    assert desk.file_name == "bild 1.png"


def test_people_that_nobody_touched_are_deleted_in_one_step(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 20, 10)
    desk.wait_for_calm()
    desk.press(Key.Key_Y)
    before = desk.annotation
    touched, accepted = desk.people[0], desk.people[2]
    desk.window.actions_by_name["delete_untouched"].trigger()
    assert desk.people == (touched, accepted)
    assert desk.stored() == desk.annotation
    desk.press(Key.Key_Z, CTRL)
    assert desk.annotation == before


def test_a_read_only_project_takes_no_pose(desk: Desk, make_desk: Callable[[], Desk]) -> None:
    copy_first(desk)
    before = desk.people
    project = desk.project_path
    desk.close()
    again = make_desk()
    again.window.browser.open_project(Project.open(project, read_only=True))
    again.wait_for_people(2)
    again.press(Key.Key_V, CTRL)
    again.press(Key.Key_Y)
    assert again.people == before
    assert again.annotation.state is ImageState.PREDICTED
