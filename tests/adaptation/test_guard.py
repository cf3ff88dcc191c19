"""Keypoints that are added to a network leave those that it knows where they were."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import safetensors.torch
import torch

from clickpose_app.adaptation.labels import Labels, read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.teach import teach
from clickpose_app.adaptation.transfer import adapted, extends
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import SKELETON_FIELD, load_predictor
from clickpose_app.network.checkpoint import save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.storage.skeletons import builtin_skeleton, encode_skeleton
from tests.adaptation.creatures import write_creatures
from tests.network.small_model import OURS, make_model

COCO = builtin_skeleton()
TINY = Recipe(size=64, batch=2, variants=2, warmup=1)
KNOWN = ("right_fin", "snout", "left_fin")  # of the creatures; the tail is new


def with_feet() -> tuple[Skeleton, list[int], list[int]]:
    """COCO's joints and two more, mixed; where the old ones and the new ones are."""
    order = [int(k) for k in np.random.default_rng(1).permutation(19)]
    every = (*COCO.keypoints, "left_heel", "right_heel")
    names = tuple(every[k] for k in order)
    limbs = ((names.index("left_heel"), names.index("left_ankle")),)
    skeleton = Skeleton("feet", names, limbs, (), (0.05,) * 19)
    return skeleton, [order.index(k) for k in range(17)], [order.index(17), order.index(18)]


def extended(base: ClickPose, seed: int = 1) -> ClickPose:
    skeleton, _, _ = with_feet()
    mean = np.random.default_rng(2).uniform(-0.5, 0.5, (19, 2))
    return adapted(base, COCO, skeleton, mean, people=6, seed=seed, guarded=True).eval()


@pytest.fixture
def base() -> ClickPose:
    return make_model(dataclasses.replace(OURS, keypoints=17))


def test_a_skeleton_extends_another_that_lies_in_it() -> None:
    feet, _, _ = with_feet()
    assert extends(feet, COCO)
    assert not extends(COCO, feet) and not extends(COCO, COCO)
    assert extends(builtin_skeleton("coco-wholebody-133"), COCO)
    assert not extends(builtin_skeleton("mpii-16"), COCO)


def test_known_keypoints_are_found_where_the_base_finds_them(base: ClickPose) -> None:
    model, (_, known, _) = extended(base), with_feet()
    images = torch.randn(1, 3, 96, 96)
    with torch.no_grad():
        wanted = base.detect(base.encode(images, None))
        found = model.detect(model.encode(images, None))
    torch.testing.assert_close(found.keypoints[:, :, known], wanted.keypoints)
    torch.testing.assert_close(found.boxes, wanted.boxes)
    torch.testing.assert_close(found.logits, wanted.logits)
    assert wanted.quality is not None and found.quality is not None
    torch.testing.assert_close(found.quality[:, :, known], wanted.quality)


def test_known_keypoints_follow_a_click_on_one_of_them_as_before(base: ClickPose) -> None:
    model, (_, known, _) = extended(base), with_feet()
    images = torch.randn(1, 3, 96, 96)
    boxes, old = torch.tensor([[[0.5, 0.5, 0.6, 0.8]]]), torch.rand(1, 1, 17, 2)
    keypoints = torch.rand(1, 1, 19, 2)
    keypoints[:, :, known] = old
    pinned = torch.zeros(1, 1, 17, dtype=torch.bool)
    pinned[..., 5] = True
    moved = 0.1 * pinned[..., None].expand(-1, -1, -1, 2)
    both = torch.zeros(1, 1, 19, dtype=torch.bool), torch.zeros(1, 1, 19, 2)
    both[0][:, :, known], both[1][:, :, known] = pinned, moved
    with torch.no_grad():
        wanted = base.refine(base.encode(images, None), boxes, old, pinned, moved)
        found = model.refine(model.encode(images, None), boxes, keypoints, *both)
    torch.testing.assert_close(found.keypoints[:, :, known], wanted.keypoints)


def test_more_keypoints_still_are_added_to_those_that_were_added(base: ClickPose) -> None:
    feet, _, _ = with_feet()
    more = Skeleton("more", (*feet.keypoints, "tip"), (), (), (0.05,) * 20)
    mean = np.zeros((20, 2))
    once = extended(base)
    twice = adapted(once, feet, more, mean, people=6, seed=3, guarded=True).eval()
    images = torch.randn(1, 3, 96, 96)
    with torch.no_grad():
        wanted = once.detect(once.encode(images, None))
        found = twice.detect(twice.encode(images, None))
    torch.testing.assert_close(found.keypoints[:, :, :19], wanted.keypoints)
    # And a network for other creatures can be made of it.
    other = adapted(once, feet, more, mean, people=6, seed=3)
    assert not other.config.guarded and "decoder.generation" not in other.state_dict()


# Taught


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    return read_labels(write_creatures(tmp_path))


def taught(folder: Path, labels: Labels, recipe: Recipe) -> tuple[Path, Path, list[Any]]:
    """A base for three joints, the network of four that was taught from it, and what was told."""
    base = folder / "base.safetensors"
    skeleton = Skeleton("fins", KNOWN, (), (), (0.05,) * 3)
    config = ModelConfig.from_mapping({**OURS.to_mapping(), "keypoints": 3})
    save_checkpoint(base, make_model(config), {SKELETON_FIELD: encode_skeleton(skeleton).decode()})
    asked = Plan(base, folder / "more.safetensors", steps=30)
    events: list[Any] = []
    assert teach(labels, asked, events.append, recipe).finished
    return base, asked.out, events


def test_after_teaching_a_tail_the_other_joints_of_a_photo_stay_where_they_were(
    tmp_path: Path, labels: Labels
) -> None:
    before, after, events = taught(tmp_path, labels, TINY)
    image = cv2.imread(str(tmp_path / "fish 1 ü.png"))
    assert image is not None
    found = []
    for weights in (before, after):
        predictor = load_predictor(weights, "cpu")
        places = [predictor.skeleton.index(name) for name in KNOWN]
        poses = predictor.detect(predictor.encode(np.asarray(image, np.uint8)))
        found.append(np.array(sorted(pose.keypoints[places].ravel().tolist() for pose in poses)))
    assert found[0].shape == found[1].shape and len(found[0]) > 0
    np.testing.assert_allclose(found[1], found[0], atol=0.01)  # pixels
    # And the tail was learned, from features that were kept on disk alone.
    losses = [event["loss"] for event in events if event["event"] == "step"]
    assert losses[-1] < losses[0]
    assert {e["stage"] for e in events if e["event"] == "step"} == {"pose layers"}


def test_only_what_belongs_to_the_new_keypoint_is_learned(tmp_path: Path, labels: Labels) -> None:
    before, after, _ = taught(tmp_path, labels, TINY)
    old, new = safetensors.torch.load_file(before), safetensors.torch.load_file(after)
    places = [labels.skeleton.index(name) for name in KNOWN]
    tail = labels.skeleton.index("tail")
    same = [n for n in old if old[n].shape == new[n].shape]
    assert [n for n in same if not torch.equal(old[n], new[n])] == []
    content = new["decoder.keypoint_content"]
    torch.testing.assert_close(content[places], old["decoder.keypoint_content"], rtol=0, atol=0)
    heat = "heat_head.output.conv.weight"
    heat = heat if heat in new else next(n for n in new if n.startswith("heat_head.output."))
    torch.testing.assert_close(new[heat][places], old[heat], rtol=0, atol=0)
    assert new[heat][tail].abs().sum() > 0


def test_without_the_guard_everything_is_learned(tmp_path: Path, labels: Labels) -> None:
    before, after, _ = taught(tmp_path, labels, dataclasses.replace(TINY, guard=False))
    old, new = safetensors.torch.load_file(before), safetensors.torch.load_file(after)
    assert not torch.equal(old["encoder.level_embed"], new["encoder.level_embed"])


def test_joints_that_nobody_labelled_are_unknown_whatever_data_set_the_photos_are_of(
    tmp_path: Path,
) -> None:
    path = write_creatures(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    for image in content["images"]:
        image["source"] = "coco"  # whose people have every joint that can be seen
    for annotation in content["annotations"]:
        annotation["keypoints"][-3:] = [0, 0, 0]
        annotation["num_keypoints"] = 3
    path.write_text(json.dumps(content), encoding="utf-8")
    samples = read_labels(path).samples
    assert {sample.source for sample in samples} == {""}
    assert all(sample.visibility[0, -1] == 0 for sample in samples)
