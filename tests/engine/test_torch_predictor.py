from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.predictor import ImageArray, PoseQuery, Predictor
from clickpose_app.engine.input_size import PEOPLE_SIZE, SMALL_SIZE, InputSize
from clickpose_app.engine.loading import MIRROR_FIELD, SKELETON_FIELD, load_predictor
from clickpose_app.engine.looks import Closer
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.errors import CheckpointError
from clickpose_app.network.checkpoint import load_checkpoint, save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.paths import default_weights, resources_dir
from clickpose_app.storage.images import read_image
from clickpose_app.storage.skeletons import builtin_skeleton, encode_skeleton
from tests.network.small_model import OURS, make_model


@pytest.fixture(scope="module")
def predictor() -> TorchPredictor:
    return TorchPredictor(
        make_model(dataclasses.replace(OURS, keypoints=17)),
        builtin_skeleton(),
        name="small",
        device=torch.device("cpu"),
        dtype=torch.float32,
        size=InputSize(128, 128),
    )


def photo(width: int = 200, height: int = 130) -> ImageArray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_it_keeps_the_protocol(predictor: TorchPredictor) -> None:
    held: Predictor = predictor
    assert held.skeleton.name == "coco-17"
    assert held.description.startswith("small on CPU")


def test_detections_are_in_image_pixels_best_first(predictor: TorchPredictor) -> None:
    encoded = predictor.encode(photo())
    poses = predictor.detect(encoded)
    assert encoded.nbytes > 0
    scores = [pose.score for pose in poses]
    assert scores == sorted(scores, reverse=True)
    for pose in poses:
        assert pose.keypoints.shape == (17, 2)
        assert ((pose.confidence >= 0) & (pose.confidence <= 1)).all()
        assert pose.box == pose.box.clipped(200, 130)


def test_pinned_points_come_back_bit_for_bit_even_outside_the_image(
    predictor: TorchPredictor,
) -> None:
    encoded = predictor.encode(photo())
    start = predictor.detect(encoded)[0]
    keypoints = start.keypoints.copy()
    keypoints[3] = (-12.3, 140.7)
    keypoints[9] = (1 / 3, 77.7)
    pinned = np.zeros(17, np.bool_)
    pinned[[3, 9]] = True
    refined = predictor.refine(encoded, PoseQuery(keypoints, pinned, start.box))
    assert np.array_equal(refined.keypoints[pinned], keypoints[pinned])
    assert not np.array_equal(refined.keypoints[~pinned], keypoints[~pinned])


def test_refining_is_repeatable(predictor: TorchPredictor) -> None:
    encoded = predictor.encode(photo())
    start = predictor.detect(encoded)[0]
    query = PoseQuery(start.keypoints, np.ones(17, np.bool_) & (np.arange(17) < 2), start.box)
    first, second = predictor.refine(encoded, query), predictor.refine(encoded, query)
    assert np.array_equal(first.keypoints, second.keypoints)


def test_a_drawn_box_gets_a_pose_and_stays_as_drawn(predictor: TorchPredictor) -> None:
    encoded = predictor.encode(photo())
    box = Box(20.0, 10.0, 90.0, 120.0)
    pose = predictor.pose_in_box(encoded, box)
    assert pose.box == box
    assert np.isfinite(pose.keypoints).all()


def test_an_image_encoded_by_another_predictor_is_refused(predictor: TorchPredictor) -> None:
    class Foreign:
        nbytes = 0

    with pytest.raises(TypeError, match="another predictor"):
        predictor.detect(Foreign())


def test_own_weights_load_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.safetensors"
    save_checkpoint(path, make_model(dataclasses.replace(OURS, keypoints=17)), {})
    assert load_predictor(path, "cpu").description.startswith("mine on CPU")


def test_weights_for_another_number_of_keypoints_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "five.safetensors"
    save_checkpoint(path, make_model(OURS), {})
    with pytest.raises(CheckpointError, match=r"five\.safetensors places 5 keypoints"):
        load_predictor(path, "cpu")


def sized(closer: Closer | None, certain: float = 5.0) -> TorchPredictor:
    """A predictor that is as certain of everybody, and knows people of some size."""
    model = make_model(dataclasses.replace(OURS, keypoints=17))
    head = model.decoder.class_heads[-1]
    assert isinstance(head, torch.nn.Linear)
    with torch.no_grad():
        head.bias.fill_(certain)
    return TorchPredictor(
        model,
        builtin_skeleton(),
        name="small",
        device=torch.device("cpu"),
        dtype=torch.float32,
        size=InputSize(192, 192, enlarge=False, closer=closer),
    )


UNKNOWN = Closer(side=64, person=40, known=(1000, 1001))
KNOWN = Closer(side=64, person=40, known=(0, 1000))


def test_people_of_an_unknown_size_are_looked_at_once_more() -> None:
    image = photo(190, 190)
    once, again = sized(None).encode(image), sized(UNKNOWN).encode(image)
    closer = [look for look in again.looks if not look.whole]
    assert len(once.looks) == 1 and closer
    assert all(look.window.width == pytest.approx(64 / look.scale) for look in closer)


def test_people_of_a_known_size_are_looked_at_once() -> None:
    assert len(sized(KNOWN).encode(photo(190, 190)).looks) == 1


def test_of_an_image_in_which_nobody_is_shown_only_the_pixels_are_kept() -> None:
    predictor = sized(KNOWN, certain=-5.0)
    encoded = predictor.encode(photo(190, 190))
    assert encoded.looks == [] and encoded.nbytes == encoded.image.nbytes
    box = Box(20.0, 30.0, 40.0, 60.0)
    pose = predictor.pose_in_box(encoded, box)
    assert pose.box == box and len(encoded.looks) == 1
    predictor.refine(encoded, PoseQuery(pose.keypoints, np.arange(17) == 4, box))
    assert len(encoded.looks) == 1


def test_a_picture_and_its_mirror_image_agree_more_on_the_pose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    predictor = load_predictor(None, "cpu")
    image = read_image(resources_dir() / "samples" / "grace_hopper.jpg")
    mirrored = np.ascontiguousarray(image[:, ::-1])

    def disagreement() -> float:
        one, other = (predictor.detect(predictor.encode(i))[0] for i in (image, mirrored))
        back = other.keypoints[list(predictor.skeleton.mirrored)]
        back[:, 0] = image.shape[1] - back[:, 0]
        return float(np.linalg.norm(one.keypoints - back, axis=1)[:5].mean())

    both = disagreement()
    monkeypatch.setattr(Closer, "mirrored_looks", lambda *_: [])
    assert both < 0.8 * disagreement()


def test_what_was_taught_something_else_is_asked_in_the_mirror_if_that_helps(
    tmp_path: Path,
) -> None:
    shipped = default_weights()
    assert load_predictor(shipped, "cpu").closer == PEOPLE_SIZE.closer
    skeleton = {SKELETON_FIELD: encode_skeleton(builtin_skeleton()).decode()}
    helps = {**skeleton, MIRROR_FIELD: "helps"}
    config = load_checkpoint(shipped).config
    for guarded, metadata, size in (
        (False, skeleton, SMALL_SIZE),
        (False, helps, PEOPLE_SIZE),
        (True, skeleton, PEOPLE_SIZE),
    ):
        taught = ClickPose(dataclasses.replace(config, guarded=guarded))
        save_checkpoint(tmp_path / "taught.safetensors", taught, metadata)
        assert load_predictor(tmp_path / "taught.safetensors", "cpu").closer == size.closer


def test_a_drawn_box_of_an_unknown_size_is_looked_at_closely_and_then_followed_there() -> None:
    predictor = sized(dataclasses.replace(UNKNOWN, least_chance=1.0))
    encoded = predictor.encode(photo(190, 190))
    assert len(encoded.looks) == 1
    box = Box(20.0, 30.0, 40.0, 60.0)
    drawn = predictor.pose_in_box(encoded, box)
    assert len(encoded.looks) == 2
    pinned = np.arange(17) == 4
    predictor.refine(encoded, PoseQuery(drawn.keypoints, pinned, box))
    assert len(encoded.looks) == 2


def test_how_far_a_joint_was_moved_changes_the_answer() -> None:
    predictor = sized(None)
    encoded = predictor.encode(photo())
    start = predictor.detect(encoded)[0]
    pinned = np.arange(17) == 4
    query = PoseQuery(start.keypoints, pinned, start.box)
    moved = dataclasses.replace(query, before=start.keypoints + 20.0)
    still, followed = predictor.refine(encoded, query), predictor.refine(encoded, moved)
    assert np.array_equal(still.keypoints[pinned], followed.keypoints[pinned])
    assert not np.array_equal(still.keypoints[~pinned], followed.keypoints[~pinned])


def test_a_pose_of_several_looks_does_not_fall_back_to_one_with_the_first_correction() -> None:
    encoded = sized(KNOWN).encode(photo())
    start = sized(KNOWN).detect(encoded)[0]
    hidden = np.arange(17) == 4
    clicked = start.keypoints.copy()
    clicked[4] += 1e-6  # says nothing new
    query = PoseQuery(clicked, hidden, start.box, before=start.keypoints)
    plain, kept = sized(None).refine(encoded, query), sized(KNOWN).refine(encoded, query)
    assert np.array_equal(kept.keypoints[4], clicked[4])
    far, near = (
        np.linalg.norm((pose.keypoints - start.keypoints)[~hidden]) for pose in (plain, kept)
    )
    assert 0 < near < 0.8 * far


def test_a_small_image_is_not_enlarged() -> None:
    small, large = sized(None).encode(photo(64, 64)), sized(None).encode(photo(190, 190))
    assert small.nbytes < large.nbytes / 4


def test_what_is_kept_of_an_image_is_what_refining_needs(predictor: TorchPredictor) -> None:
    for look in predictor.encode(photo()).looks:
        kept = look.memory
        assert kept.encoded.tokens.numel() == kept.seen.tokens.numel() == 0
        needed = sum(values.nbytes for values in kept.pose_values)
        needed += 0 if kept.heat is None else kept.heat.raised.nbytes
        assert kept.nbytes == needed > 0


def test_what_is_kept_takes_half_the_memory_and_answers_corrections_as_the_whole_did(
    predictor: TorchPredictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = predictor.encode(photo())
    monkeypatch.setattr(Tensor, "bfloat16", lambda values: values)
    whole = predictor.encode(photo())
    assert kept.nbytes - kept.image.nbytes < 0.6 * (whole.nbytes - whole.image.nbytes)
    start = predictor.detect(whole)[0]
    moved = start.keypoints.copy()
    moved[4] += 15
    query = PoseQuery(moved, np.arange(17) == 4, start.box, before=start.keypoints)
    answers = [predictor.refine(encoded, query).keypoints for encoded in (whole, kept)]
    assert np.abs(answers[0] - start.keypoints)[5:].max() > 1
    np.testing.assert_allclose(answers[1], answers[0], rtol=0, atol=0.5)


def test_somebody_can_be_refined_between_the_looks_at_another_image() -> None:
    predictor = sized(UNKNOWN)
    shown = predictor.encode(photo(190, 190))
    start = predictor.detect(shown)[0]
    query = PoseQuery(start.keypoints, np.arange(17) == 4, start.box)
    alone = predictor.refine(shown, query)
    meanwhile: list[FloatArray] = []
    following = photo(180, 170)
    encoded = predictor.encode_in_steps(
        following, lambda: meanwhile.append(predictor.refine(shown, query).keypoints)
    )
    assert meanwhile and all(np.array_equal(each, alone.keypoints) for each in meanwhile)
    undisturbed = predictor.detect(predictor.encode(following))
    for pose, same in zip(predictor.detect(encoded), undisturbed, strict=True):
        assert np.array_equal(pose.keypoints, same.keypoints)
