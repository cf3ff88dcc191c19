"""People keep their track id from frame to frame."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from clickpose_app.batch.tracking import PATIENCE, Tracker, TrackIds
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.fake_predictor import STANDING

SKELETON = builtin_skeleton()


def standing(name: str, x: float, y: float = 50.0, *, size: float = 100.0) -> Person:
    """A person whose box begins at x, y; the name is kept besides."""
    box = Box(x, y, x + size / 2, y + size)
    points = np.array([x, y]) + STANDING * np.array([box.width, box.height])
    keypoints = tuple(Keypoint(float(px), float(py)) for px, py in points)
    return Person(f"{name}-{x}-{y}", keypoints, box, score=0.9, extra={"name": name})


def frame(*people: Person) -> ImageAnnotation:
    return ImageAnnotation(people, ImageState.PREDICTED)


def followed(frames: Iterable[ImageAnnotation]) -> list[dict[str, int]]:
    """Track id by name, frame by frame."""
    tracker = Tracker(SKELETON, TrackIds())
    return [
        {p.extra["name"]: p.extra["track_id"] for p in tracker.follow(annotation).people}
        for annotation in frames
    ]


def test_ids_count_from_one_and_stay_whatever_the_order() -> None:
    found = followed(
        frame(*people)
        for people in (
            [standing("a", 0), standing("b", 100)],
            [standing("b", 104), standing("a", 3)],
            [standing("a", 7), standing("b", 108)],
        )
    )
    assert found == [{"a": 1, "b": 2}] * 3


def test_two_who_cross_each_other_keep_theirs() -> None:
    # They overlap nearly wholly in the middle, at different heights of their joints.
    frames = [
        frame(standing("a", 10.0 * i, 40), standing("b", 300 - 10.0 * i, 60)) for i in range(31)
    ]
    assert followed(frames) == [{"a": 1, "b": 2}] * 31


def test_fast_ones_are_found_by_how_fast_they_were() -> None:
    # 40 pixels a frame with a box 50 wide: after the start, boxes of consecutive frames overlap
    # little, and each stands where the other's neighbour stood.
    positions = [0, 8, 20, 40, 70, 110, 150, 190, 230]
    frames = [frame(*(standing(str(n), x + 80 * n) for n in range(3))) for x in positions]
    assert followed(frames) == [{"0": 1, "1": 2, "2": 3}] * len(positions)


def test_a_person_who_was_out_of_sight_comes_back_as_the_same() -> None:
    walk = [frame(standing("a", 4.0 * i)) for i in range(20)]
    walk[8:12] = [frame()] * 4
    assert [found.get("a") for found in followed(walk)] == [1] * 8 + [None] * 4 + [1] * 8


def test_patience_ends() -> None:
    walk = [frame(standing("a", 0)), *[frame()] * (PATIENCE + 1), frame(standing("a", 0))]
    assert followed(walk)[-1] == {"a": 2}
    del walk[1]
    assert followed(walk)[-1] == {"a": 1}


def test_whoever_appears_far_away_is_somebody_else() -> None:
    assert followed([frame(standing("a", 0)), frame(standing("b", 500))]) == [{"a": 1}, {"b": 2}]


def test_ids_are_shared_by_all_videos_of_a_data_set() -> None:
    ids = TrackIds()
    first, second = Tracker(SKELETON, ids), Tracker(SKELETON, ids)
    one = first.follow(frame(standing("a", 0))).people[0].extra["track_id"]
    other = second.follow(frame(standing("a", 0))).people[0].extra["track_id"]
    assert (one, other) == (1, 2)


def test_people_without_labelled_joints_are_followed_by_their_boxes() -> None:
    def boxed(x: float) -> Person:
        return Person(str(x), (), Box(x, 0, x + 50, 100), score=0.5, extra={"name": "a"})

    assert followed([frame(boxed(0)), frame(boxed(5))]) == [{"a": 1}, {"a": 1}]


def test_crowd_regions_get_no_id() -> None:
    crowd = Person("crowd", (), Box(0, 0, 50, 100), is_crowd=True)
    found = Tracker(SKELETON, TrackIds()).follow(frame(crowd, standing("a", 0)))
    assert "track_id" not in found.people[0].extra
    assert found.people[1].extra["track_id"] == 1


def test_the_annotation_itself_stays_as_it_was() -> None:
    before = frame(standing("a", 0))
    after = Tracker(SKELETON, TrackIds()).follow(before)
    assert "track_id" not in before.people[0].extra
    assert after.state is before.state
    assert (after.people[0].xy == before.people[0].xy).all()


def test_without_scipy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ClickPoseError, match=r"needs scipy.*clickpose-app\[video\]"):
        Tracker(SKELETON, TrackIds())
