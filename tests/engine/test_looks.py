from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from clickpose_app.core.geometry import Box
from clickpose_app.engine.looks import (
    Closer,
    Look,
    Sighting,
    best_look,
    best_looks,
    distinct_people,
    sightings,
    visibilities,
)
from clickpose_app.network.clickpose import Detections
from clickpose_app.network.clickpose import Memory as NetworkMemory

SIGMAS = torch.full((3,), 0.05)
NO_MEMORY: NetworkMemory = None  # type: ignore[assignment]


def seen(score: float, shift: float, trust: float = 1.0) -> Sighting:
    points = np.array([[10.0, 10], [20, 20], [30, 30]]) + shift
    box = Box(shift, shift, 40 + shift, 40 + shift)
    return Sighting(points, np.full(3, score), box, score, score, trust)


def test_the_better_of_two_equal_poses_stays() -> None:
    kept = distinct_people([seen(0.4, 0), seen(0.9, 0.5), seen(0.6, 60)], SIGMAS)
    assert [p.score for p in kept] == [0.9, 0.6]


def test_a_pose_seen_at_a_known_size_beats_a_surer_one() -> None:
    kept = distinct_people([seen(0.9, 0, trust=0.2), seen(0.6, 0.5)], SIGMAS)
    assert [p.score for p in kept] == [0.6]


def test_views_of_one_pose_average_out_by_how_sure_they_are() -> None:
    (alone,) = distinct_people([seen(0.8, 0), seen(0.8, 0.5)], SIGMAS)
    assert alone.keypoints[0].tolist() == pytest.approx([10.25, 10.25])
    (sure,) = distinct_people([seen(0.8, 0), seen(0.2, 0.5)], SIGMAS)
    assert sure.keypoints[0].tolist() == pytest.approx([10, 10], abs=0.01)


def test_joints_outside_the_picture_tell_nobody_apart() -> None:
    one, other = seen(0.9, 0), seen(0.6, 0)
    other.keypoints[2] += 100
    assert len(distinct_people([one, replace(other, keypoints=other.keypoints + 0.1)], SIGMAS)) == 1
    apart = seen(0.6, 0)
    apart.keypoints[1:] += 100
    assert len(distinct_people([one, apart], SIGMAS)) == 2
    cut = np.array([2, 0, 0])
    assert len(distinct_people([one, replace(apart, visibility=cut)], SIGMAS)) == 1


def test_nobody_is_no_error() -> None:
    assert distinct_people([], SIGMAS) == []


def test_small_and_large_people_are_looked_at_again() -> None:
    closer = Closer(side=200, person=150, known=(100, 200))
    small, right, large = Box(0, 0, 20, 50), Box(0, 0, 50, 150), Box(0, 0, 200, 400)
    windows = closer.windows([small, right, large], 1.0)
    assert [w.width for w in windows] == pytest.approx([50 * 200 / 150, 400 * 200 / 150])
    assert windows[0].contains(10, 25)


def test_neighbours_share_a_window() -> None:
    closer = Closer(side=200, person=150, known=(100, 200))
    assert len(closer.windows([Box(0, 0, 20, 60), Box(10, 0, 35, 60)], 1.0)) == 1
    assert len(closer.windows([Box(0, 0, 20, 60), Box(90, 0, 110, 60)], 1.0)) == 2


def test_there_are_no_more_windows_than_allowed() -> None:
    closer = Closer(most=3)
    assert len(closer.windows([Box(x, 0, x + 20, 40) for x in range(0, 900, 100)], 1.0)) == 3


def test_everybody_likely_enough_is_looked_at_in_the_mirror() -> None:
    closer = Closer(side=200, person=150, known=(100, 200), mirror_score=0.3)
    known = replace(seen(0.8, 0), box=Box(0, 0, 50, 150))
    windows = closer.mirrored_looks([known, seen(0.5, 400), seen(0.2, 800)])
    assert [w.width for w in windows] == pytest.approx([200, 40 * 200 / 150])
    assert windows[1].contains(420, 420)


def test_who_was_looked_for_in_the_mirror_is_less_likely_where_the_two_disagree() -> None:
    there, elsewhere = Box(-5, -5, 60, 60), Box(500, 500, 600, 600)
    other = replace(seen(0.6, 0.5), mirrored=True)

    def score(people: list[Sighting], window: Box) -> float:
        (person,) = distinct_people(people, SIGMAS, [window])
        return person.score

    assert score([seen(0.8, 0), other], there) == pytest.approx(0.75)
    assert score([seen(0.8, 0), seen(0.3, 0.2), other], there) == pytest.approx(0.75)
    assert score([seen(0.8, 0)], there) == pytest.approx(0.6)
    assert score([seen(0.8, 0)], elsewhere) == pytest.approx(0.8)


def look(window: Box, scale: float) -> Look:
    nobody = Detections(torch.zeros(1, 0, 2), torch.zeros(1, 0, 4), torch.zeros(1, 0, 3, 2))
    return Look(NO_MEMORY, nobody, window, scale)


def test_the_look_that_shows_a_person_best_is_chosen() -> None:
    whole, near = look(Box(0, 0, 400, 400), 1.0), look(Box(0, 0, 80, 80), 2.8)
    closer = Closer()
    assert best_look([whole, near], Box(10, 10, 40, 70), closer) is near
    assert best_look([whole, near], Box(100, 100, 180, 260), closer) is whole
    # Half outside the window: however well the size suits, the rest cannot be seen.
    assert best_look([whole, near], Box(50, 10, 110, 70), closer) is whole
    assert closer.suits(near, Box(10, 10, 40, 70)) and not closer.suits(whole, Box(10, 10, 40, 70))
    assert best_look([near], Box(100, 100, 180, 260), closer) is None


def test_only_looks_in_which_somebody_is_seen_best_are_worth_their_memory() -> None:
    whole, near, other = (
        look(Box(0, 0, 400, 400), 1.0),
        look(Box(0, 0, 80, 80), 2.8),
        look(Box(200, 0, 280, 80), 2.8),
    )
    small, large = Box(10, 10, 40, 70), Box(100, 100, 180, 260)
    looks, closer = [whole, near, other], Closer()
    assert best_looks(looks, [small, small], closer) == [near]
    assert best_looks(looks, [small, large], closer) == [whole, near]
    assert best_looks(looks, [], closer) == []


def test_people_cut_by_a_closer_window_are_left_to_other_looks() -> None:
    inside, cut = [0.5, 0.5, 0.4, 0.8], [0.95, 0.5, 0.4, 0.8]
    found = Detections(
        torch.zeros(1, 2, 2), torch.tensor([[inside, cut]]), torch.full((1, 2, 3, 2), 0.5)
    )
    people = sightings(Look(NO_MEMORY, found, Box(100, 100, 200, 200), 2.0), Closer())
    assert [p.box.xywh for p in people] == [pytest.approx((130, 110, 40, 80))]


def test_a_joint_is_left_out_only_when_it_is_surely_not_in_the_picture() -> None:
    chances = torch.tensor([[[0.7, 0.2, 0.1], [0.5, 0.3, 0.2], [0.45, 0.1, 0.45]]])
    assert visibilities(chances).tolist() == [[0, 1, 2]]
