"""The selected person's joints, then the nearest joint, then boxes."""

from __future__ import annotations

import numpy as np

from clickpose_app.core.annotation import Keypoint, Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.gui.hit import Hit, HitIndex, hit_test


def person(name: str, *points: tuple[float, float], box: Box) -> Person:
    return Person(name, tuple(Keypoint(x, y) for x, y in points), box)


LARGE = person("large", (10, 10), (50, 50), box=Box(0, 0, 100, 100))
SMALL = person("small", (12, 10), (80, 80), box=Box(5, 5, 90, 90))


def test_the_nearest_joint_wins() -> None:
    assert hit_test([LARGE, SMALL], None, 11.5, 10, 5) == Hit("small", 0)
    assert hit_test([LARGE, SMALL], None, 10.5, 10, 5) == Hit("large", 0)


def test_the_selected_persons_joint_wins_over_a_nearer_one() -> None:
    assert hit_test([LARGE, SMALL], "large", 11.9, 10, 5) == Hit("large", 0)


def test_a_box_never_takes_a_click_meant_for_a_joint() -> None:
    assert hit_test([LARGE, SMALL], "small", 50, 53, 5) == Hit("large", 1)


def test_beside_all_joints_the_smallest_box_is_hit() -> None:
    assert hit_test([SMALL, LARGE], "large", 30, 30, 5) == Hit("small")
    assert hit_test([SMALL, LARGE], None, 97, 97, 5) == Hit("large")


def test_beside_everything_nothing_is_hit() -> None:
    assert hit_test([LARGE, SMALL], None, 300, 300, 5) is None
    assert hit_test([], None, 0, 0, 5) is None


def test_an_unlabelled_joint_cannot_be_hit() -> None:
    keypoint = Keypoint(10, 10, Visibility.UNLABELLED)
    hidden = Person("hidden", (keypoint,), Box(0, 0, 20, 20))
    assert hit_test([hidden], "hidden", 10, 10, 5) == Hit("hidden")


def test_a_crowd_without_keypoints_can_be_hit_by_its_box() -> None:
    crowd = Person("crowd", (), Box(0, 0, 20, 20), is_crowd=True)
    assert hit_test([crowd], "crowd", 10, 10, 5) == Hit("crowd")


def test_an_index_of_many_answers_as_each_person_alone_would() -> None:
    rng = np.random.default_rng(0)
    people = [
        person(str(i), *rng.uniform(0, 100, (5, 2)).tolist(), box=Box(0, 0, 1 + i, 1 + i))
        for i in range(30)
    ]
    index = HitIndex(people)
    for x, y in rng.uniform(0, 100, (200, 2)):
        distances = {p.id: np.hypot(*(p.xy - (x, y)).T) for p in people}
        best = min(distances, key=lambda i: float(distances[i].min()))
        hit = index.at(None, x, y, 1000)
        assert hit == Hit(best, int(distances[best].argmin()))


def test_of_two_joints_on_one_spot_the_one_on_top_is_hit() -> None:
    above = person("above", (10, 10), (60, 60), box=Box(0, 0, 100, 100))
    assert hit_test([LARGE, above], None, 10, 10, 5) == Hit("above", 0)
    assert hit_test([above, LARGE], None, 10, 10, 5) == Hit("large", 0)
