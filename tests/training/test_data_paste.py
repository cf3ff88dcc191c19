"""A pasted person is where the labels say, and what lies behind is hidden."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.augment import WindowLabels, place_labels
from clickpose_app.training.data import TrainingWindows
from clickpose_app.training.data_paste import Pasting, body_mask, donors, only_person, paste
from clickpose_app.training.data_samples import PhotoFile, Sample
from clickpose_app.training.windows import Augmentation, Window, window_map

SKELETON = builtin_skeleton()
MIRRORED = SKELETON.mirrored
K = len(SKELETON)
OPTIONS = Augmentation(paste=1.0)
_FACE = [(100, 40), (104, 36), (96, 36), (109, 38), (91, 38)]
_ARMS = [(118, 62), (82, 62), (126, 90), (74, 90), (128, 116), (72, 116)]
_LEGS = [(112, 118), (88, 118), (113, 158), (87, 158), (113, 198), (87, 198)]
STANDING = np.array([*_FACE, *_ARMS, *_LEGS], dtype=np.float32)


def standing(path: Path = Path(), *, people: int = 1) -> Sample:
    """A photo of 200 x 220 pixels with people in one and the same place."""
    return Sample(
        name="made up",
        source="made up",
        photo=PhotoFile(path),
        width=200,
        height=220,
        boxes=np.tile(np.array([[65, 20, 135, 210]], np.float32), (people, 1)),
        keypoints=np.tile(STANDING, (people, 1, 1)),
        visibility=np.full((people, K), 2, np.uint8),
        human=np.ones((people, K), dtype=bool),
        ignore=np.zeros((0, 4), np.float32),
    )


def still(size: int = 220) -> Window:
    return window_map(size, np.zeros(2), 1.0, 0.0, False, np.zeros(2))


def nobody() -> WindowLabels:
    empty = dataclasses.replace(only_person(standing(), 0), boxes=np.zeros((0, 4), np.float32))
    none = dataclasses.replace(
        empty,
        keypoints=empty.keypoints[:0],
        visibility=empty.visibility[:0],
        human=empty.human[:0],
    )
    return place_labels(none, still(), MIRRORED, OPTIONS)


def white(sample: Sample) -> NDArray[np.uint8]:
    return np.full((sample.height, sample.width, 3), 255, np.uint8)


@pytest.mark.parametrize("flipped", [False, True])
def test_joints_of_a_pasted_person_lie_in_the_pasted_pixels(flipped: bool) -> None:
    donor = standing()
    centre, target = np.array([100.0, 110.0]), np.array([120.0, 100.0])
    window = window_map(220, centre, 0.8, 20.0, flipped, target)
    scene = np.zeros((220, 220, 3), np.uint8)
    image, labels = paste(scene, nobody(), white(donor), donor, window, MIRRORED, OPTIONS)
    expected = place_labels(donor, window, MIRRORED, OPTIONS)
    assert np.array_equal(labels.keypoints, expected.keypoints)
    x, y = labels.keypoints[0].astype(int).T
    assert (image[y, x] > 200).all()
    assert 0.05 < (image > 127).mean() < 0.3  # a body, not a box
    assert ((image > 0) & (image < 255)).any()  # with soft edges


def test_what_lies_behind_is_hidden_and_not_unknown() -> None:
    scene_labels = place_labels(standing(), still(), MIRRORED, OPTIONS)
    donor = standing()
    # Only the legs of the one behind are covered.
    window = window_map(220, np.array([100, 40.0]), 1.0, 0.0, False, np.array([100, 140.0]))
    image = np.zeros((220, 220, 3), np.uint8)
    _, labels = paste(image, scene_labels, white(donor), donor, window, MIRRORED, OPTIONS)
    assert len(labels.boxes) == 2
    behind, front = labels.visibility
    assert (behind[[13, 14]] == 1).all() and (labels.presence[0, [13, 14]] == 1).all()
    assert (behind[:11] == 2).all() and set(front) <= {0, 2}
    assert (labels.weights[0] == scene_labels.weights[0]).all()


def test_people_all_behind_become_ignore_regions() -> None:
    scene_labels = place_labels(standing(), still(), MIRRORED, OPTIONS)
    donor = standing()
    image = np.zeros((220, 220, 3), np.uint8)
    _, labels = paste(image, scene_labels, white(donor), donor, still(), MIRRORED, OPTIONS)
    assert len(labels.boxes) == 1
    assert labels.ignore[0] == pytest.approx(scene_labels.boxes[0])


def test_a_person_who_would_not_count_is_not_pasted() -> None:
    image = np.zeros((220, 220, 3), np.uint8)
    away = window_map(220, np.zeros(2), 1.0, 0.0, False, np.array([200.0, 200.0]))
    out, labels = paste(image, nobody(), white(standing()), standing(), away, MIRRORED, OPTIONS)
    assert out is image and len(labels.boxes) == 0


def test_what_lies_outside_the_donors_photo_is_not_pasted() -> None:
    donor = dataclasses.replace(standing(), width=200, height=150)  # cut off at the knees
    image = np.full((220, 220, 3), 7, np.uint8)
    photo = np.full((150, 200, 3), 255, np.uint8)
    out, _ = paste(image, nobody(), photo, donor, still(), MIRRORED, OPTIONS)
    assert (out[153:] == 7).all() and (out[130:145] == 255).any()


def test_limbs_without_labels_are_not_cut_out() -> None:
    known = np.ones(K, dtype=bool)
    whole = body_mask(STANDING.astype(float), known, 220)
    known[[7, 9]] = False
    without = body_mask(STANDING.astype(float), known, 220)
    x, y = STANDING[9].astype(int)
    assert whole[y, x] > 0.9 and without[y, x] < 0.1


def test_only_whole_people_who_stand_alone_are_cut_out() -> None:
    assert donors(standing()) == [0]
    assert donors(standing(people=2)) == []
    hipless = standing()
    hipless.visibility[0, 11] = 0
    assert donors(hipless) == []
    crowd = np.array([[60, 20, 140, 120]], np.float32)
    assert donors(dataclasses.replace(standing(), ignore=crowd)) == []


def test_windows_without_pasting_are_what_they_were(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    noise = np.random.default_rng(0).integers(0, 256, (220, 200, 3)).astype(np.uint8)
    path.write_bytes(cv2.imencode(".png", noise)[1].tobytes())

    def raw(share: float, n: int = 0) -> tuple[NDArray[np.uint8], list[WindowLabels]]:
        options = Augmentation(paste=share, occlusion=0.0)
        stream = TrainingWindows(
            [standing(path)], size=96, batch=8, seed=1, skeleton=SKELETON, options=options
        )
        return stream.raw_batch(n)

    without, never, often = raw(0.0), raw(1e-9), raw(1.0)
    assert np.array_equal(without[0], never[0])
    people = [sum(len(labels.boxes) for labels in batch[1]) for batch in (without, often)]
    assert people[1] > people[0]
    again = raw(1.0)
    assert np.array_equal(often[0], again[0])


def test_another_skeleton_cannot_be_pasted() -> None:
    three = Skeleton("three", ("a", "b", "c"), (), (), (1.0, 1.0, 1.0))
    with pytest.raises(FormatError, match="three cannot be cut out"):
        Pasting([standing()], 96, OPTIONS, three)
