"""The annotator's protocol, on poses whose clicks can be counted by head."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.predictor import EncodedImage, PoseQuery, PredictedPose
from clickpose_app.evaluation.noc_person import (
    PersonRules,
    corrections,
    count_clicks,
    match_people,
)
from clickpose_app.evaluation.truth import LabelledPerson
from tests.fake_predictor import FakeEncoding, FakePredictor

ENCODED = FakeEncoding(640, 480)
FAR = 1000.0


def person(count: int = 10, labelled: int | None = None, shift: float = 0.0) -> LabelledPerson:
    """Joints on a line, of which the first so many are labelled."""
    points = np.column_stack([np.arange(count) * 10.0 + shift, np.full(count, 50.0)])
    known = np.arange(count) < (count if labelled is None else labelled)
    return LabelledPerson(points, known, 1000.0, Box.around(points, 5.0), np.full(count, 0.05))


def pose(keypoints: FloatArray, score: float = 0.9, box: Box | None = None) -> PredictedPose:
    return PredictedPose(keypoints, np.ones(len(keypoints)), box or Box.around(keypoints), score)


def with_errors(truth: LabelledPerson, *errors: tuple[int, float]) -> FloatArray:
    """The true pose with joints moved to the side by so many pixels."""
    keypoints: FloatArray = truth.keypoints.copy()
    for k, pixels in errors:
        keypoints[k, 1] += pixels
    return keypoints


@dataclass
class Follower(FakePredictor):
    """Knows where everybody is, and moves so many joints there at each refinement.

    Attributes:
        truth: the pose.
        helps: how many joints follow a click.
        start: the pose in a drawn box.
        asked: the queries that it got.
    """

    truth: FloatArray
    helps: int
    start: FloatArray | None = None
    asked: list[PoseQuery] = field(default_factory=list)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        assert encoded is ENCODED
        self.asked.append(query)
        keypoints = query.keypoints.copy()
        off = np.flatnonzero((keypoints != self.truth).any(axis=1))[: self.helps]
        keypoints[off] = self.truth[off]
        # Whatever it says of pinned joints must not matter.
        keypoints[query.pinned] += FAR
        return pose(keypoints, box=query.box.grown_to(keypoints))

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        assert encoded is ENCODED
        assert self.start is not None
        return pose(self.start, box=box)


def test_a_perfect_pose_costs_nothing() -> None:
    truth = person()
    assert corrections(truth, truth.keypoints) == [0, 0, 0]


def test_every_level_is_counted_where_it_is_reached() -> None:
    # Of ten joints, four far off leave an OKS of 0.6: 0.7, 0.8, 0.9 and 1 after each click.
    truth = person()
    keypoints = with_errors(truth, (0, FAR), (1, FAR), (2, FAR), (3, FAR))
    assert corrections(truth, keypoints) == [3, 3, 4]


def test_joints_that_are_not_labelled_cost_nothing() -> None:
    truth = person(labelled=5)
    assert corrections(truth, with_errors(truth, (7, FAR), (8, FAR))) == [0, 0, 0]
    assert corrections(truth, with_errors(truth, (0, FAR), (8, FAR))) == [1, 1, 1]


def test_clicks_never_exceed_the_labelled_joints() -> None:
    truth = person(labelled=3)
    assert corrections(truth, truth.keypoints + FAR) == [3, 3, 3]


@pytest.mark.parametrize(("worst", "first"), [("distance", 1), ("tolerance", 0)])
def test_the_worst_joint_is_clicked_first(worst: str, first: int) -> None:
    truth = person(2)
    sigmas = np.array([0.01, 0.5])
    truth = LabelledPerson(truth.keypoints, truth.labelled, truth.area, truth.box, sigmas)
    clicked: list[int] = []

    def note(before: FloatArray, keypoints: FloatArray, pinned: BoolArray) -> FloatArray:
        del before
        clicked.extend(k for k in np.flatnonzero(pinned).tolist() if k not in clicked)
        return keypoints

    keypoints = with_errors(truth, (0, 50.0), (1, 60.0))
    corrections(truth, keypoints, "tolerance" if worst == "tolerance" else "distance", note)
    assert clicked[0] == first


def test_refinement_saves_the_clicks_that_it_makes_unnecessary() -> None:
    truth = person()
    keypoints = with_errors(truth, *((k, FAR + k) for k in range(6)))
    follower = Follower(truth.keypoints, helps=1)
    clicks = count_clicks([truth], [pose(keypoints)], PersonRules(found_at=0), (follower, ENCODED))
    assert clicks.refined is not None
    assert clicks.manual.tolist() == [[5, 5, 6]]
    assert clicks.refined.tolist() == [[3, 3, 3]]


def test_each_refinement_is_told_of_every_earlier_click() -> None:
    truth = person()
    keypoints = with_errors(truth, (2, FAR), (5, 2 * FAR), (7, 3 * FAR))
    follower = Follower(truth.keypoints, helps=0)
    count_clicks([truth], [pose(keypoints)], PersonRules(), (follower, ENCODED))
    pinned = [np.flatnonzero(query.pinned).tolist() for query in follower.asked]
    assert pinned == [[7], [5, 7], [2, 5, 7]]
    for query in follower.asked:
        assert np.array_equal(query.keypoints[query.pinned], truth.keypoints[query.pinned])
    before = follower.asked[0].before
    assert before is not None
    assert np.array_equal(before, keypoints)


def test_the_networks_box_follows_and_a_drawn_one_stays() -> None:
    truth = person()
    wrong = with_errors(truth, (0, FAR), (1, FAR))
    follower = Follower(truth.keypoints, helps=0, start=wrong)
    count_clicks([truth], [pose(wrong)], PersonRules(), (follower, ENCODED))
    assert follower.asked[0].box != follower.asked[1].box
    follower.asked.clear()
    count_clicks([truth], [], PersonRules(), (follower, ENCODED))
    assert [query.box for query in follower.asked] == [truth.box, truth.box]


def test_somebody_missed_costs_every_joint_by_hand_and_a_box_with_refinement() -> None:
    truth = person(labelled=8)
    start = with_errors(truth, (0, FAR), (1, FAR))
    follower = Follower(truth.keypoints, helps=1, start=start)
    clicks = count_clicks([truth], [], PersonRules(), (follower, ENCODED))
    assert clicks.manual.tolist() == [[8, 8, 8]]
    assert clicks.refined is not None
    assert clicks.refined.tolist() == [[3, 3, 3]]
    assert not clicks.found.any()


def test_uncertain_predictions_are_not_there() -> None:
    truth = person()
    uncertain = pose(truth.keypoints, score=0.19)
    assert count_clicks([truth], [uncertain], PersonRules()).manual.tolist() == [[10] * 3]
    lower = PersonRules(score_threshold=0.1)
    assert count_clicks([truth], [uncertain], lower).manual.tolist() == [[0] * 3]


def test_the_most_similar_pair_is_matched_first_and_nobody_twice() -> None:
    near, other = person(), person(shift=20.0)
    between = pose(near.keypoints + np.array([4.0, 0.0]), score=0.9)
    exact = pose(near.keypoints, score=0.3)
    assert match_people([near, other], [between, exact], 0.0) == [1, 0]
    assert match_people([near, other], [between], 0.0) == [0, None]
    assert match_people([near], [between, exact], 0.0) == [1]


def test_a_pose_somewhere_else_answers_for_nobody() -> None:
    truth = person()
    assert match_people([truth], [pose(truth.keypoints + FAR)], 0.1) == [None]
    assert match_people([truth], [], 0.1) == [None]
    assert match_people([], [pose(truth.keypoints)], 0.1) == []


def test_an_image_without_people_counts_nothing() -> None:
    clicks = count_clicks([], [pose(person().keypoints)], PersonRules())
    assert clicks.manual.shape == (0, 3)
    assert clicks.refined is None
