from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.joint_table import JointTable

EVERYBODY = 1500  # more than are in memory at once


def person(number: int, *, at: float = 0.5, confidence: float | None = 0.5) -> Person:
    """A person of two joints in a box that is as large as their number; joint 1 moves."""
    side = float(number + 1)
    head = Keypoint(side / 2, 0.0, confidence=0.9)
    hand = Keypoint(at * side, side / 2, confidence=confidence)
    return Person(f"p{number}", (head, hand), Box(0.0, 0.0, side, side))


def table(*people: Person) -> JointTable:
    return JointTable.of(((i // 2 + 1, (p,)) for i, p in enumerate(people)), 2)


def all_of(rows: JointTable) -> np.ndarray:
    return np.ones(len(rows.person_ids), dtype=np.bool_)


def test_the_least_certain_joint_comes_first_and_placed_ones_last() -> None:
    sure, unsure, unknown = (person(i, confidence=c) for i, c in enumerate((0.9, 0.1, None)))
    placed = person(3, confidence=0.0)
    hand = replace(placed.keypoints[1], source=Source.HUMAN)
    rows = table(sure, unsure, unknown, replace(placed, keypoints=(placed.keypoints[0], hand)))
    assert rows.least_certain(1, all_of(rows)).tolist() == [1, 2, 0, 3]


def test_the_joint_farthest_from_where_it_usually_is_comes_first_whatever_the_size() -> None:
    people = [person(i) for i in range(9)]
    people[4] = person(4, at=0.9)
    people[7] = person(7, at=0.0)
    rows = table(*people)
    assert rows.most_unusual(1, all_of(rows))[:2].tolist() == [7, 4]


def test_joints_that_are_not_labelled_and_crowds_are_left_out() -> None:
    one = person(0)
    hidden = replace(one.keypoints[1], visibility=Visibility.UNLABELLED)
    crowd = Person("crowd", (), one.box, is_crowd=True)
    rows = JointTable.of([(1, (replace(one, keypoints=(one.keypoints[0], hidden)), crowd))], 2)
    assert rows.person_ids == ("p0",)
    assert rows.least_certain(0, all_of(rows)).tolist() == [0]
    assert rows.least_certain(1, all_of(rows)).tolist() == []
    assert rows.most_unusual(1, all_of(rows)).tolist() == []


def test_only_people_of_the_wanted_images_count() -> None:
    rows = table(*(person(i) for i in range(6)))
    assert rows.of_images(np.array([3, 1])).tolist() == [True, True, False, False, True, True]


def test_very_many_people_keep_their_order() -> None:
    rows = table(*(person(i) for i in range(EVERYBODY)))
    assert rows.person_ids == tuple(f"p{i}" for i in range(EVERYBODY))
    assert rows.xy[EVERYBODY - 1, 1].tolist() == pytest.approx([EVERYBODY / 2, EVERYBODY / 2])
    assert rows.box_xyxy.shape == (EVERYBODY, 4)


def test_nobody_is_a_table_too() -> None:
    rows = JointTable.of([], 17)
    assert rows.xy.shape == (0, 17, 2)
    assert rows.least_certain(3, all_of(rows)).tolist() == []


def test_an_update_moves_joints_and_unlabels_who_is_gone() -> None:
    first, second = person(0), person(1)
    rows = JointTable.of([(7, (first, second))], 2)
    moved = replace(first.keypoints[1], x=33.0, source=Source.HUMAN, confidence=None)
    rows.update(7, [replace(first, keypoints=(first.keypoints[0], moved))])
    assert rows.xy[0, 1, 0] == 33.0
    assert (rows.confidence[0, 1], bool(rows.pinned[0, 1])) == (1.0, True)
    assert rows.least_certain(1, all_of(rows)).tolist() == [0]
