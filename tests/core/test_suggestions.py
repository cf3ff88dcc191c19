"""Who is offered beside the people of an annotation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clickpose_app.core import edits
from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.suggestions import LEAST_SCORE, MOST, suggestions, unclaimed
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import STANDING

SIGMAS = builtin_skeleton().sigma_array


def pose(x: float, score: float = 0.15) -> PredictedPose:
    box = Box(x, 0, x + 100, 200)
    points = np.array([x, 0]) + STANDING * (100, 200)
    return PredictedPose(points, np.full(17, 0.5), box, score)


def test_most_certain_first_and_noise_left_out() -> None:
    weak, strong, noise = pose(0), pose(200, 0.25), pose(400, LEAST_SCORE - 0.01)
    assert suggestions([weak, noise, strong], (), SIGMAS) == (strong, weak)


def test_whoever_is_annotated_or_dismissed_is_not_offered() -> None:
    there, gone, new = pose(0), pose(200), pose(400)
    people = [edits.person_from_pose(there)]
    dismissed = [edits.person_from_pose(gone)]
    assert suggestions([there, gone, new], people, SIGMAS, dismissed) == (new,)


def test_a_similar_pose_is_the_same_person_whatever_the_boxes() -> None:
    person = replace(edits.person_from_pose(pose(0)), box=Box(0, 0, 400, 200))
    assert suggestions([pose(1)], [person], SIGMAS) == ()


def test_of_two_poses_of_one_person_the_better_is_offered() -> None:
    better = pose(0, 0.2)
    assert suggestions([pose(3), better], (), SIGMAS) == (better,)


def test_nobody_in_a_crowd_region_is_offered() -> None:
    crowd = Person("c", (), Box(0, 0, 300, 300), is_crowd=True)
    outside = pose(500)
    assert suggestions([pose(10), outside], [crowd], SIGMAS) == (outside,)


def test_there_is_a_most() -> None:
    assert len(suggestions([pose(200.0 * i) for i in range(40)], (), SIGMAS)) == MOST


def test_poses_of_others_are_claimed() -> None:
    mine, theirs = pose(0), pose(90)
    assert unclaimed([mine, theirs], [edits.person_from_pose(theirs)], SIGMAS) == (mine,)
