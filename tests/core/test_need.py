from __future__ import annotations

from dataclasses import replace

import pytest

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.need import NOBODY, need_of
from clickpose_app.core.review import accept, send_back

BOX = Box(0.0, 0.0, 10.0, 10.0)


def person(*confidences: float | None, score: float | None = 1.0) -> Person:
    keypoints = tuple(Keypoint(1.0, 2.0, confidence=c) for c in confidences)
    return Person("p", keypoints, BOX, score=score)


def need(*people: Person, state: ImageState = ImageState.PREDICTED) -> float | None:
    return need_of(ImageAnnotation(people, state))


def test_nothing_is_known_of_a_new_image() -> None:
    assert need(state=ImageState.NEW) is None


def test_less_certain_joints_and_people_need_more() -> None:
    sure, unsure = person(0.9, 0.9), person(0.9, 0.3)
    assert need(sure) == pytest.approx(0.1)
    assert need(unsure) == pytest.approx(0.4)
    assert need(sure, unsure) == pytest.approx(0.25)
    assert need(replace(sure, score=0.5)) == pytest.approx(0.55)


def test_an_image_without_people_lies_in_between() -> None:
    assert need() == NOBODY
    certain, uncertain = need(person(0.9)), need(person(0.2))
    assert certain is not None and uncertain is not None
    assert certain < NOBODY < uncertain


def test_what_a_person_placed_is_certain() -> None:
    before = person(0.2, 0.6, score=0.5)
    placed = replace(before.keypoints[0], source=Source.HUMAN, confidence=None)
    assert need(replace(before, keypoints=(placed, before.keypoints[1]))) == pytest.approx(0.2)
    assert need(replace(before, keypoints=(placed,))) == 0


def test_a_drawn_box_leaves_no_doubt_that_somebody_is_there() -> None:
    drawn = replace(person(0.6, score=0.3), box_source=Source.HUMAN)
    assert need(drawn) == pytest.approx(0.4)


def test_joints_not_labelled_and_crowd_regions_do_not_count() -> None:
    hidden = Keypoint(0.0, 0.0, Visibility.UNLABELLED, confidence=0.0)
    one = person(0.8)
    crowd = Person("crowd", (), BOX, is_crowd=True)
    assert need(replace(one, keypoints=(*one.keypoints, hidden)), crowd) == pytest.approx(0.2)


def test_a_verdict_settles_the_need() -> None:
    unsure = ImageAnnotation((person(0.1),), ImageState.EDITED)
    assert need_of(accept(unsure)) == 0
    assert need_of(send_back(unsure, "left and right")) == 1


def test_sending_back_leaves_a_note_and_accepting_clears_it() -> None:
    image = ImageAnnotation((person(0.5),), ImageState.EDITED)
    back = send_back(image, " left and right \n")
    assert (back.state, back.note, back.people) == (
        ImageState.REJECTED,
        "left and right",
        image.people,
    )
    assert accept(back) == replace(image, state=ImageState.REVIEWED)
