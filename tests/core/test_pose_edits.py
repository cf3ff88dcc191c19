from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
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
from clickpose_app.core.pose_edits import Similarity, fit_box, pose_centre, transform_pose

PERSON = Person(
    "anna",
    (
        Keypoint(20, 20, Visibility.VISIBLE, Source.PREDICTED, 0.9),
        Keypoint(60, 20, Visibility.OCCLUDED, Source.HUMAN),
        Keypoint(60, 100, Visibility.VISIBLE, Source.PREDICTED, 0.5),
        Keypoint(5, 6, Visibility.UNLABELLED, Source.PREDICTED, 0.1),
    ),
    Box(10, 12, 66, 105),
    score=0.8,
)
OTHER = Person("other", (Keypoint(7, 7),) * 4, Box(0, 0, 10, 10))
IMAGE = ImageAnnotation((PERSON, OTHER), ImageState.PREDICTED)


def moved(similarity: Similarity, person: Person = PERSON) -> Person:
    image = replace(IMAGE, people=(person, OTHER))
    return transform_pose(image, person.id, similarity).people[0]


def corners(box: Box) -> tuple[float, float, float, float]:
    return (box.x1, box.y1, box.x2, box.y2)


def test_a_moved_pose_is_pinned_wherever_it_is_labelled() -> None:
    after = moved(Similarity(dx=7.25, dy=-3.5))
    assert (after.xy - PERSON.xy == (7.25, -3.5)).all()
    assert after.pinned.tolist() == [True, True, True, False]
    assert [k.visibility for k in after.keypoints] == [k.visibility for k in PERSON.keypoints]
    assert after.keypoints[0].confidence is None
    assert after.keypoints[3].confidence == 0.1


def test_others_stay_and_the_image_counts_as_edited() -> None:
    after = transform_pose(IMAGE, "anna", Similarity(dx=1))
    assert after.people[1] is OTHER
    assert after.state is ImageState.EDITED


def test_the_networks_box_goes_along_and_a_drawn_one_stays() -> None:
    there = Similarity(dx=10, dy=20)
    assert corners(moved(there).box) == pytest.approx((20, 32, 76, 125))
    drawn = replace(PERSON, box_source=Source.HUMAN)
    assert moved(there, drawn).box == PERSON.box


def test_a_quarter_turn_goes_clockwise_about_its_centre() -> None:
    x, y = pose_centre(PERSON)
    assert (x, y) == (40, 60)
    after = moved(Similarity(x, y, angle=math.pi / 2))
    assert after.xy[:3] == pytest.approx(np.array([(80, 40), (80, 80), (0, 80)]))


def test_scaling_keeps_the_centre_and_scales_the_margins_of_the_box() -> None:
    after = moved(Similarity(40, 60, scale=2.0))
    assert after.xy[:3] == pytest.approx(np.array([(0, -20), (80, -20), (80, 140)]))
    assert corners(after.box) == pytest.approx((-20, -36, 92, 150))


def test_an_ignore_region_moves_as_a_box() -> None:
    crowd = Person("crowd", (), Box(1, 2, 11, 22), Source.HUMAN, is_crowd=True)
    assert corners(moved(Similarity(dx=5, dy=6), crowd).box) == (6, 8, 16, 28)
    assert corners(moved(Similarity(6, 12, scale=2), crowd).box) == (-4, -8, 16, 32)
    assert pose_centre(crowd) == (6, 12)


def test_a_box_that_is_fitted_holds_the_labelled_joints_with_a_margin() -> None:
    after = fit_box(IMAGE, "anna", 400, 300).people[0]
    assert corners(after.box) == pytest.approx((13.6, 13.6, 66.4, 106.4))
    assert after.box_source is Source.HUMAN
    assert after.keypoints == PERSON.keypoints


def test_a_fitted_box_ends_at_the_edge_of_the_picture() -> None:
    assert corners(fit_box(IMAGE, "anna", 62, 90).people[0].box) == pytest.approx(
        (13.6, 13.6, 62, 90)
    )


def test_a_pose_all_outside_of_the_picture_has_a_box_nevertheless() -> None:
    outside = transform_pose(IMAGE, "anna", Similarity(dx=1000))
    assert fit_box(outside, "anna", 400, 300).people[0].box.x1 > 1000


def test_one_joint_has_a_box_with_an_extent() -> None:
    one = replace(PERSON, keypoints=PERSON.keypoints[:1])
    after = fit_box(ImageAnnotation((one,)), "anna", 400, 300).people[0]
    assert corners(after.box) == (16, 16, 24, 24)


def test_without_labelled_joints_there_is_nothing_to_fit() -> None:
    nobody = replace(PERSON, keypoints=PERSON.keypoints[3:])
    with pytest.raises(ValueError, match="no labelled joint"):
        fit_box(ImageAnnotation((nobody,)), "anna", 400, 300)
