"""A large picture is searched while one works: nothing waits for it, nothing is changed by it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import ImageState, Source
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, PoseQuery, PredictedPose
from clickpose_app.core.searching import SearchNews
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.settings_dialog import NetworkPage
from tests.fake_predictor import FakePredictor
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PARTS = 6
# Between the two people whom the fake network finds first, and far from both.
LATE = (Box(185, 20, 195, 45), Box(200, 20, 210, 45), Box(212, 20, 222, 45))


class SearchingPredictor(FakePredictor):
    """A fake network that finds small people in the parts of a picture, one in each other part.

    Attributes:
        parts: holds the search up at each part until a test lets it go on; open at first.
        in_part: set while a part is being looked at.
        gave_way: how many parts were dropped for something more urgent.
        closer: boxes that were looked at closer.
        score: of those found.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts, self.in_part = threading.Event(), threading.Event()
        self.parts.set()
        self.gave_way = 0
        self.closer: list[Box] = []
        self.score = 0.6
        self.refined: list[int] = []
        self._done: dict[int, int] = {}

    def search_on(self, encoded: EncodedImage, give_way: Callable[[], bool]) -> SearchNews | None:
        self.threads.add(threading.current_thread().name)
        self.in_part.set()
        while not self.parts.wait(0.005):
            if give_way():
                self.gave_way += 1
                self.in_part.clear()
                return None
        self.in_part.clear()
        done = self._done[id(encoded)] = self._done.get(id(encoded), 0) + 1
        late = [self._standing(box, self.score) for box in LATE[: done // 2]]
        return SearchNews((*self.detect(encoded), *late), done, PARTS, anew=done % 2 == 0)

    def look_closer(
        self, encoded: EncodedImage, box: Box, give_way: Callable[[], bool]
    ) -> bool | None:
        del encoded, give_way  # what it takes is not worth giving way
        self.closer.append(box)
        return True

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        self.refined.append(sum(self._done.values()))
        return super().refine(encoded, query)


@pytest.fixture
def predictor() -> SearchingPredictor:
    return SearchingPredictor()


@pytest.fixture
def held(make_desk: Callable[[], Desk], folder: Path, predictor: SearchingPredictor) -> Desk:
    """A window whose search has come to the first part and no further."""
    predictor.parts.clear()
    desk = make_desk()
    desk.open(folder)
    desk.wait_for_people(2)
    desk.wait(predictor.in_part.is_set)
    return desk


def search_to_the_end(desk: Desk, predictor: SearchingPredictor) -> None:
    predictor.parts.set()
    desk.wait(lambda: not desk.window.searching.active)
    desk.wait_for_calm()


def shown_search(desk: Desk) -> str:
    return desk.window.status._activity.text()


def test_small_people_join_a_prediction_that_nobody_touched(
    held: Desk, predictor: SearchingPredictor
) -> None:
    first = held.people
    search_to_the_end(held, predictor)
    assert len(held.people) == 5
    assert held.people[:2] == first
    assert held.annotation.state is ImageState.PREDICTED
    assert held.stored() == held.annotation
    assert not held.session.history.can_undo


def test_it_is_said_that_the_picture_is_being_searched(
    held: Desk, predictor: SearchingPredictor
) -> None:
    said: list[str] = []
    held.window.searching.progress_changed.connect(said.append)
    search_to_the_end(held, predictor)
    assert f"searching for small people: part 3 of {PARTS}" in said
    assert said[-1] == ""
    held.wait(lambda: shown_search(held) == "")


def test_a_click_is_answered_before_the_search_ends(
    held: Desk, predictor: SearchingPredictor
) -> None:
    held.drag_joint(0, LEFT_WRIST, 30, 20)
    held.wait(lambda: held.session.waiting)
    held.wait_for_calm()
    # No part had been let through: the one under way gave way.
    assert predictor.refined == [0]
    assert predictor.gave_way >= 1
    assert held.window.searching.active
    assert held.joint(0, LEFT_WRIST).source is Source.HUMAN
    search_to_the_end(held, predictor)
    assert sum(predictor._done.values()) == PARTS


def test_edited_people_are_never_touched_and_late_ones_are_suggestions(
    held: Desk, predictor: SearchingPredictor
) -> None:
    held.drag_joint(0, LEFT_WRIST, 30, 20)
    held.wait_for_calm()
    edited = held.annotation
    search_to_the_end(held, predictor)
    assert held.annotation == edited == held.stored()
    late = [pose for pose in held.window.suggestions.shown if pose.score == predictor.score]
    assert len(late) == 3
    held.press(Key.Key_Y)
    held.wait(lambda: len(held.people) == 3)
    assert held.people[2].box == LATE[0]
    assert held.people[:2] == edited.people


def test_what_was_undone_can_still_be_redone_after_the_search(
    held: Desk, predictor: SearchingPredictor
) -> None:
    held.drag_joint(0, LEFT_WRIST, 30, 20)
    held.wait_for_calm()
    held.window.session.undo()
    search_to_the_end(held, predictor)
    assert len(held.people) == 2
    held.window.session.redo()
    assert held.joint(0, LEFT_WRIST).source is Source.HUMAN


def test_nobody_appears_under_a_hand_that_moves(held: Desk, predictor: SearchingPredictor) -> None:
    found: list[object] = []
    held.window.searching.found.connect(found.append)
    start = held.joint_spot(0, NOSE)
    held.drag_begin(start, start + QPoint(25, 15))
    poses = (predictor._standing(LATE[0], 0.9),)
    held.window.searching._take(SearchNews(poses, 2, PARTS))
    assert len(held.people) == 2 and not found
    QTest.mouseRelease(held.canvas.viewport(), LEFT, NONE, start + QPoint(25, 15))
    held.wait(lambda: found)
    held.wait_for_calm()
    assert len(held.people) == 2
    assert held.joint(0, NOSE).source is Source.HUMAN


def test_less_certain_ones_are_only_suggested(held: Desk, predictor: SearchingPredictor) -> None:
    predictor.score = 0.2
    search_to_the_end(held, predictor)
    assert len(held.people) == 2
    assert sum(pose.score == 0.2 for pose in held.window.suggestions.shown) == 3


def test_another_picture_ends_the_search_of_the_one_before(
    held: Desk, predictor: SearchingPredictor
) -> None:
    before = held.file_name
    held.press(Key.Key_Right)
    held.wait(lambda: held.file_name != before)
    held.wait_for_people(2)
    search_to_the_end(held, predictor)
    assert len(held.people) == 5
    # The first picture came no further than the part that was dropped.
    assert sorted(predictor._done.values()) == [PARTS]
    held.press(Key.Key_Left)
    held.wait(lambda: held.file_name == before)
    assert len(held.people) == 2


def test_a_reviewed_picture_is_not_searched(
    make_desk: Callable[[], Desk], folder: Path, predictor: SearchingPredictor
) -> None:
    Settings.of_user().search = False
    desk = make_desk()
    desk.open(folder)
    desk.wait_for_people(2)
    desk.session.accept()
    Settings.of_user().search = True
    desk.window.searching._settings.search = True
    desk.window.searching._on_settings_changed("search")
    assert not desk.window.searching.active
    assert not predictor._done


def test_the_search_can_be_switched_off_and_on(held: Desk, predictor: SearchingPredictor) -> None:
    settings = held.window.searching._settings
    page = NetworkPage(settings)
    assert page.search.isChecked()
    page.search.click()
    assert not settings.search and not held.window.searching.active
    predictor.parts.set()
    held.wait(lambda: not predictor.in_part.is_set())
    assert len(held.people) == 2
    page.search.click()
    search_to_the_end(held, predictor)
    assert len(held.people) == 5
    page.deleteLater()


def test_whoever_is_selected_is_looked_at_closer_before_the_search_goes_on(
    held: Desk, predictor: SearchingPredictor
) -> None:
    held.click(held.joint_spot(1, NOSE))
    held.wait(lambda: predictor.closer)
    assert predictor.closer == [held.people[1].box]
    assert held.window.searching.active and not predictor._done
    held.click(held.joint_spot(1, LEFT_WRIST))
    search_to_the_end(held, predictor)
    assert len(predictor.closer) == 1  # the same person in the same box is looked at once


def test_a_person_whose_box_has_changed_is_looked_at_again(
    held: Desk, predictor: SearchingPredictor
) -> None:
    held.click(held.joint_spot(1, NOSE))
    held.wait(lambda: predictor.closer)
    box = held.people[1].box
    narrow = replace(box, x2=box.x1 + box.width / 2)
    held.session.set_box(held.people[1].id, narrow)
    held.wait(lambda: len(predictor.closer) == 2)
    assert predictor.closer[1] == narrow


def test_a_closer_look_that_gave_way_is_taken_later(
    held: Desk, predictor: SearchingPredictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([None, None, True])
    asked: list[Box] = []

    def look_closer(_: EncodedImage, box: Box, __: Callable[[], bool]) -> bool | None:
        asked.append(box)
        return next(answers)

    monkeypatch.setattr(predictor, "look_closer", look_closer)
    held.click(held.joint_spot(1, NOSE))
    held.wait(lambda: len(asked) == 3)
    search_to_the_end(held, predictor)
    assert len(asked) == 3
