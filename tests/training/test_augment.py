"""Windows carry pixels and labels through the same map."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.augment import BORDER, cut_window, place_labels
from clickpose_app.training.data_appearance import (
    colour_map,
    degrade,
    occlude,
    recolour,
)
from clickpose_app.training.data_samples import PhotoFile, Sample
from clickpose_app.training.windows import Augmentation, Window, draw_window, window_map

SKELETON = builtin_skeleton()
MIRRORED = SKELETON.mirrored
K = len(SKELETON)
OPTIONS = Augmentation()
SIZE = 128


def sample_with(
    keypoints: NDArray[np.float64],
    *,
    visibility: int = 2,
    box: tuple[float, float, float, float] = (60, 30, 140, 190),
    ignore: tuple[tuple[float, float, float, float], ...] = (),
) -> Sample:
    """A photo of 200 x 220 pixels with one person."""
    return Sample(
        name="made up",
        source="made up",
        photo=PhotoFile(Path()),
        width=200,
        height=220,
        boxes=np.array([box], dtype=np.float32),
        keypoints=keypoints[None].astype(np.float32),
        visibility=np.full((1, K), visibility, dtype=np.uint8),
        human=np.arange(K)[None] % 2 == 0,
        ignore=np.array(ignore, dtype=np.float32).reshape(-1, 4),
    )


def joints(seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform([70, 40], [130, 180], (K, 2))


def identity(size: int = 220) -> Window:
    return window_map(size, np.zeros(2), 1.0, 0.0, False, np.zeros(2))


def mirror(sample: Sample) -> Window:
    centre = np.array([sample.width / 2, 0.0])
    return window_map(sample.width, centre, 1.0, 0.0, True, centre)


@pytest.mark.parametrize("halved", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_dot_on_a_keypoint_is_found_where_the_label_goes(seed: int, halved: bool) -> None:
    rng = np.random.default_rng(seed)
    point = np.array([rng.integers(70, 130), rng.integers(60, 160)]) + 0.5
    sample = sample_with(np.tile(point, (K, 1)))
    photo = np.zeros((sample.height, sample.width, 3), dtype=np.uint8)
    # A disc of odd width, so that its middle is the middle of a pixel.
    cv2.circle(photo, (int(point[0]), int(point[1])), 5, (255, 255, 255), -1)
    if halved:
        photo = np.asarray(cv2.resize(photo, (100, 110), interpolation=cv2.INTER_AREA), np.uint8)
    window = draw_window(sample, SIZE, Augmentation(people=1.0, most_person=0.8), rng)
    image = cut_window(photo, sample, window).astype(float)
    light = np.where(image.min(-1) > 127, 1.0, 0.0)
    ys, xs = np.nonzero(light)
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    assert len(labels.keypoints) == 1
    found = np.array([xs.mean(), ys.mean()]) + 0.5
    assert np.abs(found - labels.keypoints[0, 0]).max() < 1.0


def test_an_unchanged_window_keeps_every_pixel() -> None:
    rng = np.random.default_rng(1)
    sample = sample_with(joints())
    photo = rng.integers(0, 256, (sample.height, sample.width, 3)).astype(np.uint8)
    image = cut_window(photo, sample, identity())
    assert np.array_equal(image[:, : sample.width], photo)


def test_outside_the_photo_lies_the_imagenet_mean() -> None:
    sample = sample_with(joints())
    photo = np.full((sample.height, sample.width, 3), 255, dtype=np.uint8)
    image = cut_window(photo, sample, identity(300))
    assert (image[:, sample.width + 1 :] == BORDER).all()


def test_a_mirror_image_exchanges_left_and_right() -> None:
    sample = sample_with(joints())
    labels = place_labels(sample, mirror(sample), MIRRORED, OPTIONS)
    left, right = SKELETON.index("left_wrist"), SKELETON.index("right_wrist")
    x, y = sample.keypoints[0, right]
    assert labels.keypoints[0, left] == pytest.approx([sample.width - x, y])
    assert labels.weights[0, left] == (1.0 if sample.human[0, right] else OPTIONS.pseudo_weight)


def test_two_mirrors_change_nothing() -> None:
    sample = sample_with(joints())
    once = place_labels(sample, mirror(sample), MIRRORED, OPTIONS)
    again = dataclasses.replace(
        sample,
        boxes=once.boxes.astype(np.float32),
        keypoints=once.keypoints.astype(np.float32),
        visibility=once.visibility,
        human=once.weights == 1.0,
    )
    twice = place_labels(again, mirror(sample), MIRRORED, OPTIONS)
    assert twice.keypoints == pytest.approx(sample.keypoints, abs=1e-4)
    assert twice.boxes == pytest.approx(sample.boxes, abs=1e-4)
    assert np.array_equal(twice.weights == 1.0, sample.human)


def test_keypoints_outside_the_window_become_unknown() -> None:
    sample = sample_with(joints())
    window = window_map(110, np.zeros(2), 1.0, 0.0, False, np.zeros(2))
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    outside = (sample.keypoints[0] >= 110).any(-1)
    assert 0 < outside.sum() < K
    assert np.array_equal(labels.visibility[0] == 0, outside)
    assert np.array_equal(labels.weights[0] == 0, outside)
    assert labels.boxes[0] == pytest.approx([60, 30, 110, 110])


def test_without_rotation_a_box_is_kept_even_when_few_joints_are_known() -> None:
    sample = sample_with(np.full((K, 2), 100.0))
    window = window_map(SIZE, np.zeros(2), 0.5, 0.0, False, np.zeros(2))
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    assert labels.boxes[0] == pytest.approx([30, 15, 70, 95])


def test_a_turned_box_holds_the_joints_without_ballooning() -> None:
    sample = sample_with(joints(), box=(65, 35, 135, 185))
    window = window_map(400, np.array([100.0, 110.0]), 1.0, 40.0, False, np.array([200.0, 200.0]))
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    x1, y1, x2, y2 = labels.boxes[0]
    xy = labels.keypoints[0]
    assert (xy >= [x1, y1]).all() and (xy <= [x2, y2]).all()
    cos, sin = np.cos(np.deg2rad(40)), np.sin(np.deg2rad(40))
    assert x2 - x1 <= 70 * cos + 150 * sin and y2 - y1 <= 70 * sin + 150 * cos
    assert (x2 - x1) * (y2 - y1) < 0.9 * (70 * cos + 150 * sin) * (70 * sin + 150 * cos)


@pytest.mark.parametrize(
    ("window", "why"),
    [
        (window_map(220, np.zeros(2), 1.0, 0.0, False, np.array([0.0, -155.0])), "mostly cut off"),
        (window_map(220, np.zeros(2), 0.05, 0.0, False, np.zeros(2)), "too small"),
    ],
)
def test_people_that_cannot_be_judged_are_ignored(window: Window, why: str) -> None:
    labels = place_labels(sample_with(joints()), window, MIRRORED, OPTIONS)
    assert len(labels.boxes) == 0 and len(labels.ignore) == 1, why


def test_people_of_whom_two_joints_are_inside_are_ignored() -> None:
    keypoints = np.full((K, 2), 180.0)
    keypoints[:2] = 90.0
    window = window_map(140, np.zeros(2), 1.0, 0.0, False, np.zeros(2))
    labels = place_labels(sample_with(keypoints), window, MIRRORED, OPTIONS)
    assert len(labels.boxes) == 0
    assert labels.ignore[0] == pytest.approx([60, 30, 140, 140])


def test_ignore_regions_follow_the_window_and_are_cut_at_its_border() -> None:
    sample = sample_with(joints(), ignore=((150, 10, 190, 60), (0, 230, 5, 260)))
    window = window_map(SIZE, np.zeros(2), 0.8, 0.0, False, np.zeros(2))
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    assert labels.ignore == pytest.approx(np.array([[120, 8, 128, 48]]))


@pytest.mark.parametrize("seed", range(20))
def test_a_window_around_a_person_shows_that_person(seed: int) -> None:
    sample = sample_with(joints())
    options = Augmentation(people=1.0)
    window = draw_window(sample, SIZE, options, np.random.default_rng(seed))
    labels = place_labels(sample, window, MIRRORED, options)
    assert len(labels.boxes) == 1
    assert (labels.visibility > 0).sum() >= 3


@pytest.mark.parametrize("seed", range(20))
def test_a_window_of_a_whole_photo_has_the_wanted_size(seed: int) -> None:
    options = Augmentation(people=0.0)
    window = draw_window(sample_with(joints()), SIZE, options, np.random.default_rng(seed))
    least, most = options.whole_scale
    assert least - 1e-9 <= window.scale * 220 / SIZE <= most + 1e-9


def partly_labelled(source: str, *, by_a_person: bool = True) -> Sample:
    """Joint 0 unlabelled, joint 1 hidden, joint 2 labelled beyond the photo's right edge."""
    sample = sample_with(joints())
    sample.visibility[0, :2] = [0, 1]
    sample.keypoints[0, 2, 0] = sample.width + 5
    human = np.full((1, K), by_a_person)
    return dataclasses.replace(sample, source=source, human=human)


@pytest.mark.parametrize(
    ("source", "by_a_person", "unlabelled"),
    [("coco", True, 0), ("coco", False, -1), ("elsewhere", True, -1)],
)
def test_only_cocos_annotators_tell_that_a_joint_is_absent(
    source: str, by_a_person: bool, unlabelled: int
) -> None:
    sample = partly_labelled(source, by_a_person=by_a_person)
    labels = place_labels(sample, identity(), MIRRORED, OPTIONS)
    assert labels.presence[0].tolist() == [unlabelled, 1, 0] + [2] * (K - 3)


def test_a_labelled_joint_outside_the_window_is_not_in_the_picture() -> None:
    sample = partly_labelled("elsewhere")
    window = window_map(110, np.zeros(2), 1.0, 0.0, False, np.zeros(2))
    labels = place_labels(sample, window, MIRRORED, OPTIONS)
    outside = (sample.keypoints[0] >= 110).any(-1)
    assert (labels.presence[0, 1:] == 0).tolist() == outside[1:].tolist()
    assert labels.presence[0, 0] == -1


def test_a_mirror_image_exchanges_the_presence_of_left_and_right() -> None:
    sample = partly_labelled("coco")
    labels = place_labels(sample, mirror(sample), MIRRORED, OPTIONS)
    straight = place_labels(sample, identity(), MIRRORED, OPTIONS)
    assert np.array_equal(labels.presence[0], straight.presence[0, list(MIRRORED)])


def test_patches_hide_joints_that_are_there_and_no_others() -> None:
    labels = place_labels(partly_labelled("coco"), identity(), MIRRORED, OPTIONS)
    image = np.zeros((220, 220, 3), dtype=np.uint8)
    options = Augmentation(occlusion=1.0)
    for seed in range(30):
        after = occlude(image, labels, options, np.random.default_rng(seed))[1]
        if len(after.boxes):
            assert (after.presence[0, [0, 2]] == 0).all()
            present = labels.presence[0] > 0
            assert np.array_equal(after.presence[0][present], after.visibility[0][present])


def test_joints_behind_patches_are_hidden_but_stay_labelled() -> None:
    sample = sample_with(joints())
    labels = place_labels(sample, identity(), MIRRORED, OPTIONS)
    hidden = 0
    for seed in range(30):
        image = np.random.default_rng(0).integers(0, 256, (220, 220, 3)).astype(np.uint8)
        out, after = occlude(
            image, labels, Augmentation(occlusion=1.0), np.random.default_rng(seed)
        )
        if len(after.boxes) == 0:
            assert len(after.ignore) == 1
            continue
        assert np.array_equal(after.weights, labels.weights)
        assert set(after.visibility.ravel()) <= {1, 2}
        cells = labels.keypoints[0].astype(int)
        changed = (out != image).any(-1)[cells[:, 1], cells[:, 0]]
        behind = after.visibility[0] == 1
        assert behind[changed].all()
        hidden += int(behind.sum())
    assert hidden > 0


def test_people_nearly_all_behind_patches_become_ignore_regions() -> None:
    # All joints in one place: whichever patch covers one covers all.
    sample = sample_with(np.full((K, 2), 100.0))
    labels = place_labels(sample, identity(), MIRRORED, OPTIONS)
    options = Augmentation(occlusion=1.0)
    image = np.zeros((220, 220, 3), dtype=np.uint8)
    outcomes = [occlude(image, labels, options, np.random.default_rng(s))[1] for s in range(20)]
    gone = [after for after in outcomes if len(after.boxes) == 0]
    assert gone and all(after.ignore[0] == pytest.approx(labels.boxes[0]) for after in gone)


def test_no_colour_jitter_only_puts_channels_in_order() -> None:
    bgr = np.random.default_rng(2).integers(0, 256, (9, 7, 3)).astype(np.uint8)
    colours = colour_map(Augmentation(colour=0.0, grey=0.0), np.random.default_rng(0))
    assert np.array_equal(recolour(bgr, colours), bgr[..., ::-1])


def test_a_grey_image_has_equal_channels() -> None:
    bgr = np.random.default_rng(3).integers(0, 256, (9, 7, 3)).astype(np.uint8)
    image = recolour(bgr, colour_map(Augmentation(grey=1.0), np.random.default_rng(0)))
    assert (image.max(-1) - image.min(-1) <= 1).all()


def test_degrading_keeps_the_size_and_changes_the_image() -> None:
    image = np.random.default_rng(4).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    options = Augmentation(blur=1.0, noise=1.0, jpeg=1.0)
    out = degrade(image, options, np.random.default_rng(0))
    assert out.shape == image.shape and out.dtype == np.uint8
    assert not np.array_equal(out, image)


def drawn(options: Augmentation, count: int = 40) -> list[Window]:
    sample = sample_with(joints())
    return [draw_window(sample, SIZE, options, np.random.default_rng(s)) for s in range(count)]


def angle(window: Window) -> float:
    """Degrees by which a window is turned."""
    linear = window.matrix[:, :2] @ np.diag([-1.0 if window.flipped else 1.0, 1.0])
    return float(np.rad2deg(np.arctan2(linear[1, 0], linear[0, 0])))


def test_rotation_scale_and_mirror_follow_their_options() -> None:
    still = Augmentation(people=1.0, rotation=0.0, tumble=0.0, flip=0.0, filled=0.0)
    assert all(abs(angle(w)) < 1e-9 and not w.flipped for w in drawn(still))
    tumbled = Augmentation(people=1.0, tumble=1.0, tumble_angle=30.0)
    angles = [angle(w) for w in drawn(tumbled)]
    assert max(map(abs, angles)) <= 30.0 and max(angles) > 10.0 > -10.0 > min(angles)
    assert all(w.flipped for w in drawn(Augmentation(flip=1.0)))
    # The person is 160 pixels tall.
    shares = [160 * w.scale / SIZE for w in drawn(still)]
    assert still.least_person - 1e-9 <= min(shares) < max(shares) <= still.most_person + 1e-9
    small = Augmentation(people=1.0, filled=0.0, magnify=0.2)
    assert all(w.scale <= 0.2 + 1e-9 for w in drawn(small))


def test_colour_jitter_changes_colours_within_bounds() -> None:
    grey = np.full((4, 4, 3), 128, np.uint8)
    means = [
        recolour(grey, colour_map(OPTIONS, np.random.default_rng(seed))).mean()
        for seed in range(40)
    ]
    assert 90 < min(means) < 110 and 146 < max(means) < 166
