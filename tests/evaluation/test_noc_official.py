"""The published protocol: its golden numbers, and its rules one by one."""

from __future__ import annotations

import copy
import importlib.util
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.evaluation.coco_ap import truth_entries
from clickpose_app.evaluation.noc_official import (
    ImageTruth,
    OfficialRules,
    Round,
    Selected,
    by_hand,
    click,
    match,
    rounds_until,
    run_rounds,
    select,
)
from clickpose_app.evaluation.truth import LabelledPerson, labelled_people
from clickpose_app.formats.coco import read_coco
from clickpose_app.network.clickpose import ClickPose, Detections, Memory
from tests.network.golden_cases import FOLDER, load, require_golden

RULES = OfficialRules(people=4, selected=8)
PIXELS = 2e-2
TOLERANCE = 1e-4


@dataclass
class PublishedLoop:
    """The published model in the loop: everybody is refined, and clicks may drift.

    Attributes:
        model: the network.
        memory: of the image.
        inputs: what each refinement was given.
        outputs: what is scored in each round.
    """

    model: ClickPose
    memory: Memory
    inputs: list[Round] = field(default_factory=list)
    outputs: list[Round] = field(default_factory=list)

    def start(self, people: int) -> Round:
        with torch.inference_mode():
            found = as_round(self.model.detect(self.memory))
        best = np.argsort(-found.scores.max(axis=1), kind="stable")[:people]
        self.outputs.append(
            Round(found.scores[best], found.boxes[best], found.keypoints[best]),
        )
        return self.outputs[-1]

    def refine(self, before: Round, clicked: Round, clicks: BoolArray) -> Round:
        del before
        self.inputs.append(clicked)
        with torch.inference_mode():
            found = self.model.refine(
                self.memory,
                torch.from_numpy(clicked.boxes).float()[None],
                torch.from_numpy(clicked.keypoints).float()[None],
                torch.from_numpy(clicks)[None],
                hold_pinned=False,
            )
        self.outputs.append(as_round(found))
        return self.outputs[-1]


def as_round(found: Detections) -> Round:
    return Round(
        found.logits[0].sigmoid().double().numpy(),
        found.boxes[0].double().numpy(),
        found.keypoints[0].double().numpy(),
    )


@dataclass(frozen=True)
class GoldenImage:
    """One image of the golden run, and what came of it here."""

    truth: ImageTruth
    loop: PublishedLoop
    found: list[float]


@cache
def golden_facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((FOLDER / "golden_noc.json").read_text())
    return facts


def synthetic_image(height: int, width: int, seed: int) -> FloatArray:
    """The made-up picture of a seed, as the golden folder's recipe paints it."""
    spec = importlib.util.spec_from_file_location("fill_weights", FOLDER / "fill_weights.py")
    assert spec is not None and spec.loader is not None
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    picture: FloatArray = recipe.synthetic_image(height, width, seed)
    return picture


@cache
def golden_model() -> ClickPose:
    model = copy.deepcopy(load("reduced").model)
    factor = golden_facts()["weight_scale_after_fill"][0]["factor"]
    with torch.no_grad():
        for head in list(model.decoder.pose_heads)[:2]:
            last = list(head.parameters())[-2:]
            for parameter in last:
                parameter.mul_(factor)
    return model


@cache
def golden_image(number: int) -> GoldenImage:
    dataset = read_coco(FOLDER / "noc_gt.json")
    image = dataset.images[number]
    annotation = image.annotation
    truth = ImageTruth(
        labelled_people(annotation, dataset.skeleton, dataset.skeleton),
        list(truth_entries(annotation, 0, len(dataset.skeleton))),
        image.width,
        image.height,
        dataset.skeleton.sigma_array,
    )
    height, width = golden_facts()["image_hw"]
    seed = golden_facts()["image_seeds"][number]
    pixels = torch.from_numpy(synthetic_image(height, width, seed))[None]
    model = golden_model()
    with torch.inference_mode():
        memory = model.encode(pixels, None)
    loop = PublishedLoop(model, memory)
    return GoldenImage(truth, loop, run_rounds(loop.start(4), truth, loop.refine, RULES))


@pytest.fixture(params=[0, 1, 2])
def golden(request: pytest.FixtureRequest) -> tuple[int, GoldenImage]:
    require_golden()
    return request.param, golden_image(request.param)


@pytest.mark.parametrize(
    ("level", "rounds"),
    [(0.5, [0, 0, 10]), (0.75, [0, 0, 14]), (0.85, [0, 1, 17]), (0.95, [0, 2, 17])],
)
def test_the_published_rounds_come_out(level: float, rounds: list[int]) -> None:
    require_golden()
    assert [rounds_until(golden_image(i).found, level, RULES) for i in range(3)] == rounds


def test_ap_of_every_round_is_the_published_one(golden: tuple[int, GoldenImage]) -> None:
    number, image = golden
    expected = golden_facts()["results"]["NoC_thr=0.95"]["AP_per_round"][number]
    assert image.found == pytest.approx(expected, abs=1e-9)


def test_what_is_scored_in_every_round_is_what_was_published(
    golden: tuple[int, GoldenImage],
) -> None:
    number, image = golden
    with np.load(FOLDER / "golden_noc.npz") as arrays:
        scores, labels, flat, given_points, given_boxes = (
            arrays[f"img{number}_{name}"]
            for name in ("det_scores", "det_labels", "det_kpts", "round_in_kpts", "round_in_boxes")
        )
    chosen = [select(people, image.truth, RULES.selected) for people in image.loop.outputs]
    assert len(chosen) == len(scores)
    keypoints = flat.reshape(*flat.shape[:2], -1, 3)[..., :2]
    for i, found in enumerate(chosen):
        np.testing.assert_allclose(found.scores, scores[i], atol=TOLERANCE, rtol=0)
        assert found.labels == labels[i].tolist()
        np.testing.assert_allclose(found.keypoints, keypoints[i], atol=PIXELS, rtol=0)
    # The published loop refines once more after the last round, which nobody scores.
    for i, given in enumerate(image.loop.inputs):
        np.testing.assert_allclose(given.keypoints, given_points[i], atol=TOLERANCE, rtol=0)
        # It noted boxes behind its inverse sigmoid, which keeps off the borders.
        boxes = given.boxes.clip(0.001, 0.999)
        np.testing.assert_allclose(boxes, given_boxes[i], atol=TOLERANCE, rtol=0)


# the rules one by one


def somebody(shift: float = 0.0, count: int = 4) -> LabelledPerson:
    points = np.column_stack([20.0 + shift + 10.0 * np.arange(count), np.full(count, 30.0)])
    known = np.ones(count, dtype=np.bool_)
    return LabelledPerson(points, known, 900.0, Box.around(points), np.full(count, 0.05))


def picture(*people: LabelledPerson) -> ImageTruth:
    entries = [
        {
            "image_id": 0,
            "category_id": 1,
            "bbox": list(person.box.xywh),
            "area": person.area,
            "iscrowd": 0,
            "num_keypoints": 4,
            "keypoints": np.column_stack([person.keypoints, np.full(4, 2.0)]).ravel().tolist(),
        }
        for person in people
    ]
    return ImageTruth(people, entries, 200, 100, np.full(4, 0.05))


def seen(*poses: FloatArray) -> Round:
    """Poses in pixels as people of the loop, with falling scores and boxes of no size."""
    keypoints = np.array(poses) / np.array([200.0, 100.0])
    middle = keypoints.mean(axis=1)
    scores = np.linspace(0.9, 0.5, len(poses))[:, None]
    return Round(scores, np.concatenate([middle, 0 * middle], axis=1), keypoints)


def test_by_hand_each_round_puts_one_joint_of_everybody_in_place() -> None:
    truth = picture(somebody(), somebody(90.0))
    off = [person.keypoints + np.array([40.0, 30.0]) for person in truth.people]
    found = run_rounds(seen(*off), truth, by_hand, OfficialRules())
    # Of four joints two make an OKS of 0.5, the lowest of AP's ten levels; three make 0.75.
    assert found == pytest.approx([0, 0, 0.1, 0.6, 1])
    assert rounds_until(found, 0.85, OfficialRules()) == 4


def test_people_who_are_right_are_clicked_too_and_false_alarms_hold_ap_down() -> None:
    truth = picture(somebody())
    alarm = somebody().keypoints + np.array([100.0, 50.0])
    people = seen(alarm, somebody().keypoints + np.array([0.01, 0.0]))
    found = run_rounds(people, truth, by_hand, OfficialRules())
    assert found == [pytest.approx(0.5)] * 18
    assert rounds_until(found, 0.85, OfficialRules()) == 17


def test_without_anybody_to_find_ap_is_minus_one_and_all_rounds_count() -> None:
    found = run_rounds(seen(somebody().keypoints), picture(), by_hand, OfficialRules())
    assert rounds_until(found, 0.85, OfficialRules()) == 17
    assert set(found) == {-1.0}


def test_the_nearest_pose_is_matched_whatever_its_place() -> None:
    truth = picture(somebody(), somebody(90.0))
    people = seen(somebody(92.0).keypoints, somebody(45.0).keypoints, somebody(1.0).keypoints)
    assert match(people, truth) == [(0, 1), (2, 0)]


def test_a_click_grows_the_box_and_leaves_the_unmatched_alone() -> None:
    truth = picture(somebody())
    poses = [somebody(2.0).keypoints, somebody(90.0).keypoints]
    poses[0][3, 1] += 20.0
    people = seen(*poses)
    after, clicks = click(people, truth, [(0, 0)])
    assert np.argwhere(clicks).tolist() == [[0, 3]]
    assert after.keypoints[0, 3] * truth.size == pytest.approx([50.0, 30.0])
    low, high = (
        after.boxes[0, :2] - after.boxes[0, 2:] / 2,
        after.boxes[0, :2] + after.boxes[0, 2:] / 2,
    )
    assert (low <= after.keypoints[0].min(axis=0) + 1e-12).all()
    assert (high >= after.keypoints[0].max(axis=0) - 1e-12).all()
    assert np.array_equal(after.keypoints[1], people.keypoints[1])
    assert np.array_equal(after.boxes[1], people.boxes[1])


def test_a_pose_without_error_gets_no_click() -> None:
    truth = picture(somebody())
    _, clicks = click(seen(somebody().keypoints), truth, [(0, 0)])
    assert not clicks.any()


def test_scores_of_all_classes_compete_for_their_place() -> None:
    people = seen(somebody().keypoints, somebody(90.0).keypoints)
    scores = np.array([[0.3, 0.8], [0.6, 0.1]])
    selected: Selected = select(Round(scores, people.boxes, people.keypoints), picture(), 3)
    assert selected.scores.tolist() == [0.8, 0.6, 0.3]
    assert selected.labels == [1, 0, 0]
