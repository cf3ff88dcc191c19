"""Shards are read, and batches come out the same wherever a run goes on."""

from __future__ import annotations

import io
import itertools
import json
import os
import pickle
import tarfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from clickpose_app.errors import FormatError, ImageError
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.data import (
    Batch,
    Sample,
    TrainingWindows,
    decode,
    normalise,
)
from clickpose_app.training.data_coco import read_coco_folder
from clickpose_app.training.data_order import NEGATIVES, SampleOrder
from clickpose_app.training.data_samples import read_shards

SKELETON = builtin_skeleton()
K = len(SKELETON)
SIZE = 64
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "people"


def annotation(labelled: int = K, **fields: Any) -> dict[str, Any]:
    flat: list[float] = []
    for k in range(K):
        flat += [30 + k, 20 + 2 * k, 2] if k < labelled else [0, 0, 0]
    return {"bbox": [25, 15, 30, 45], "keypoints": flat, "iscrowd": 0, **fields}


def record(name: str, annotations: list[dict[str, Any]], source: str = "a") -> dict[str, Any]:
    image = {"file_name": f"{name}.png", "width": 90, "height": 70, "source": source}
    return {"image": image, "annotations": annotations}


def photo(seed: int = 0) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 256, (70, 90, 3)).astype(np.uint8)
    return bytes(cv2.imencode(".png", pixels)[1])


def write_tar(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def broken(**fields: Any) -> dict[str, bytes]:
    """The files of a shard with one person of whom something is wrong."""
    return {"x.json": json.dumps(record("x", [annotation(**fields)])).encode(), "x.png": b""}


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    files: dict[str, bytes] = {}
    for i in range(12):
        people = [annotation(), annotation(bbox=[50, 5, 35, 60])] if i % 3 else []
        files[f"p{i}.json"] = json.dumps(record(f"p{i}", people, "ab"[i % 2])).encode()
        files[f"p{i}.png"] = photo(i)
    return read_shards([write_tar(tmp_path / "shard.tar", files)])


def windows(
    samples: list[Sample], seed: int = 5, workers: int = 0, share: tuple[int, int] = (0, 1)
) -> TrainingWindows:
    return TrainingWindows(
        samples, size=SIZE, batch=4, seed=seed, skeleton=SKELETON, workers=workers, share=share
    )


def take(stream: TrainingWindows, start: int, count: int) -> list[Batch]:
    return list(itertools.islice(stream.batches(start), count))


def equal(a: Batch, b: Batch) -> bool:
    return torch.equal(a.images, b.images) and all(
        torch.equal(getattr(x, field), getattr(y, field))
        for x, y in zip(a.targets, b.targets, strict=True)
        for field in vars(x)
    )


def test_a_sample_keeps_the_encoded_photo_and_its_labels(tmp_path: Path) -> None:
    person = annotation(keypoint_sources="h" * 10 + "p" * 7)
    files = {"x.json": json.dumps(record("x", [person])).encode(), "x.png": photo()}
    (sample,) = read_shards([write_tar(tmp_path / "s.tar", files)])
    assert sample.photo.read() == photo() and (sample.width, sample.height) == (90, 70)
    assert sample.boxes.tolist() == [[25, 15, 55, 60]]
    assert sample.keypoints.shape == (1, K, 2)
    assert sample.human[0].tolist() == [True] * 10 + [False] * 7


def test_crowds_and_people_of_two_joints_are_regions_to_ignore(tmp_path: Path) -> None:
    people = [annotation(3), annotation(2, bbox=[1, 2, 3, 4]), annotation(iscrowd=1)]
    files = {"x.json": json.dumps(record("x", people)).encode(), "x.png": photo()}
    (sample,) = read_shards([write_tar(tmp_path / "s.tar", files)])
    assert len(sample.boxes) == 1
    assert sample.ignore.tolist() == [[1, 2, 4, 6], [25, 15, 55, 60]]


def test_a_scored_person_without_sources_is_a_models(tmp_path: Path) -> None:
    people = [annotation(score=0.9), annotation()]
    files = {"x.json": json.dumps(record("x", people)).encode(), "x.png": photo()}
    (sample,) = read_shards([write_tar(tmp_path / "s.tar", files)])
    assert not sample.human[0].any() and sample.human[1].all()


def write_coco(
    path: Path,
    annotations: list[dict[str, Any]],
    names: tuple[str, ...] = SKELETON.keypoints,
    **image: Any,
) -> Path:
    """A COCO file of one image, x.png."""
    content = {
        "images": [{"id": 7, **record("x", [])["image"], **image}],
        "categories": [{"id": 1, "name": "person", "keypoints": names}],
        "annotations": [
            {"id": i, "image_id": 7, "category_id": 1, **a} for i, a in enumerate(annotations)
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_coco_folder_gives_the_same_samples_as_a_shard(tmp_path: Path) -> None:
    people = [annotation(keypoint_sources="h" * 10 + "p" * 7), annotation(iscrowd=1)]
    files = {"x.json": json.dumps(record("x", people)).encode(), "x.png": photo()}
    (packed,) = read_shards([write_tar(tmp_path / "s.tar", files)])
    (tmp_path / "x.png").write_bytes(photo())
    (loose,) = read_coco_folder(write_coco(tmp_path / "c.json", people), tmp_path, SKELETON)
    assert loose.photo.read() == packed.photo.read()
    assert (loose.name, loose.source) == (packed.name, packed.source)
    for field in ("boxes", "keypoints", "visibility", "human", "ignore"):
        assert np.array_equal(getattr(loose, field), getattr(packed, field)), field


def test_coco_keypoints_in_another_order_are_matched_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(photo())
    path = write_coco(tmp_path / "c.json", [annotation()], SKELETON.keypoints[::-1])
    (sample,) = read_coco_folder(path, tmp_path, SKELETON)
    assert sample.keypoints[0, 0].tolist() == [30 + K - 1, 20 + 2 * (K - 1)]


def test_images_that_somebody_rejected_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(photo())
    path = write_coco(tmp_path / "c.json", [annotation()], clickpose_state="rejected")
    assert read_coco_folder(path, tmp_path, SKELETON) == []


def test_a_coco_file_of_another_skeleton_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(photo())
    paw = annotation(keypoints=[1, 2, 2] * 4)
    path = write_coco(tmp_path / "c.json", [paw], ("a", "b", "c", "d"))
    with pytest.raises(FormatError, match=r"c\.json has other keypoints"):
        read_coco_folder(path, tmp_path, SKELETON)


def test_a_photo_of_another_size_than_its_labels_say_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(photo())
    path = write_coco(tmp_path / "c.json", [annotation()], width=180, height=140)
    samples = read_coco_folder(path, tmp_path, SKELETON)
    with pytest.raises(ImageError, match=r"x\.png has about 90 x 70 .* say 180 x 140"):
        decode(samples[0], halved=False)


def test_samples_travel_without_their_photos(samples: list[Sample]) -> None:
    assert len(pickle.dumps(samples[0])) < 2000 < len(samples[0].photo.read())


@pytest.mark.parametrize("workers", [0, 1])
def test_a_photo_that_vanished_is_named_in_one_sentence(tmp_path: Path, workers: int) -> None:
    (tmp_path / "x.png").write_bytes(photo())
    samples = read_coco_folder(write_coco(tmp_path / "c.json", [annotation()]), tmp_path, SKELETON)
    (tmp_path / "x.png").unlink()
    with pytest.raises(ImageError) as error:
        take(windows(samples, workers=workers), 0, 1)
    assert error.value.message == f"{tmp_path / 'x.png'} cannot be read: No such file or directory."
    assert error.value.hint


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"x.json": b"{}"}, "x has a JSON file or an image, but not both"),
        ({"x.json": b"{}", "x.png": b""}, "no field 'image'"),
        ({"x.json": b"nonsense", "x.png": b""}, "not JSON"),
        (
            {
                "x.json": json.dumps(record("x", [annotation(keypoints=[1, 2, 2] * 3 + [1])])),
                "x.png": b"",
            },
            "labels that do not fit together",
        ),
        (broken(keypoints=[1, 2, 3] * K), "none of 0, 1 and 2"),
        (broken(bbox=[1, 2, 0, 4]), "the box of a person has no area"),
        (broken(bbox=None), "labels that do not fit together"),
    ],
)
def test_a_bad_shard_is_refused_by_name(tmp_path: Path, files: dict[str, Any], says: str) -> None:
    encoded = {name: c.encode() if isinstance(c, str) else c for name, c in files.items()}
    path = write_tar(tmp_path / "bad.tar", encoded)
    with pytest.raises(FormatError, match=says) as error:
        read_shards([path])
    assert "bad.tar" in error.value.message


def test_a_missing_shard_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.tar"):
        read_shards([tmp_path / "none.tar"])


def test_missing_images_of_a_coco_file_are_named(tmp_path: Path) -> None:
    path = write_coco(tmp_path / "c.json", [])
    with pytest.raises(FormatError, match=r"1 of 1 images of .*c\.json are not in .*: x\.png\."):
        read_coco_folder(path, tmp_path, SKELETON)
    path.write_text(path.read_text().replace("x.png", "x" * 5000 + ".png"))
    with pytest.raises(FormatError, match=r"1 of 1 images of .*c\.json are not in .*: xxx"):
        read_coco_folder(path, tmp_path, SKELETON)


def test_a_resumed_stream_gives_the_same_batches_bit_for_bit(samples: list[Sample]) -> None:
    through = take(windows(samples), 0, 8)
    resumed = take(windows(samples), 5, 3)
    assert all(equal(a, b) for a, b in zip(through[5:], resumed, strict=True))


def test_shares_of_a_batch_are_together_the_whole(samples: list[Sample]) -> None:
    whole = windows(samples).raw_batch(3)
    for count in (2, 3):
        for rank in range(count):
            part = windows(samples, share=(rank, count)).raw_batch(3)
            assert np.array_equal(part[0], whole[0][rank::count])
            for a, b in zip(part[1], whole[1][rank::count], strict=True):
                assert np.array_equal(a.keypoints, b.keypoints)


def test_a_batch_too_small_to_be_shared_is_refused(samples: list[Sample]) -> None:
    with pytest.raises(FormatError, match="batch of 4 cannot be shared by 5"):
        windows(samples, share=(0, 5))


@pytest.mark.filterwarnings("ignore:This DataLoader will create")  # on a single core
def test_workers_give_the_same_batches_in_the_same_order(samples: list[Sample]) -> None:
    here = take(windows(samples), 3, 4)
    there = take(windows(samples, workers=2), 3, 4)
    assert all(equal(a, b) for a, b in zip(here, there, strict=True))


def test_a_started_stream_leaves_the_trainings_random_numbers_alone(samples: list[Sample]) -> None:
    before = torch.get_rng_state()
    take(windows(samples), 0, 1)
    assert torch.equal(torch.get_rng_state(), before)


def test_another_seed_and_another_batch_differ(samples: list[Sample]) -> None:
    first, second = take(windows(samples), 0, 2)
    (other,) = take(windows(samples, seed=6), 0, 1)
    assert not equal(first, second) and not equal(first, other)


def test_targets_are_shares_of_the_window(samples: list[Sample]) -> None:
    people = 0
    for batch in take(windows(samples), 0, 10):
        assert batch.images.shape == (4, 3, SIZE, SIZE) and batch.images.dtype == torch.uint8
        for target in batch.targets:
            n = len(target.boxes)
            people += n
            assert target.keypoints.shape == (n, K, 2) and target.ignore.shape[1] == 4
            low, high = target.boxes[:, :2] - target.boxes[:, 2:] / 2, target.boxes[:, :2]
            assert (low >= -1e-6).all() and (high <= 1).all()
            assert ((target.keypoints >= 0) & (target.keypoints <= 1)).all()
            assert ((target.weights > 0) == (target.visibility > 0)).all()
            assert ((target.visibility > 0).sum(1) >= 3).all()
            assert target.presence.dtype == torch.int64 and target.presence.shape == (n, K)
            assert (target.presence[target.visibility == 2] == 2).all()
            assert torch.allclose(target.area, 0.53 * target.boxes[:, 2] * target.boxes[:, 3])
    assert people > 0


def test_the_imagenet_mean_is_zero_once_normalised() -> None:
    images = torch.tensor([124, 116, 104], dtype=torch.uint8)[None, :, None, None]
    assert normalise(images).abs().max() < 0.02
    assert normalise(torch.full((1, 3, 2, 2), 255, dtype=torch.uint8))[0, 0, 0, 0] == pytest.approx(
        (1 - 0.485) / 0.229
    )


def test_photos_without_people_get_their_share_and_sources_are_balanced(
    samples: list[Sample],
) -> None:
    order = SampleOrder(samples, 0, {"a": 3.0}, 0.1)
    assert order.shares[NEGATIVES] == pytest.approx(0.1)
    assert order.shares["a"] == pytest.approx(3 * order.shares["b"])
    drawn = [samples[order[i]] for i in range(order.length)]
    assert sum(len(s.boxes) == 0 for s in drawn) / len(drawn) == pytest.approx(0.1, abs=0.011)


def test_a_source_shows_all_its_photos_before_one_comes_again(samples: list[Sample]) -> None:
    order = SampleOrder(samples, 0, None, 0.05)
    drawn = [order[i] for i in range(3 * order.length)]
    for source in "ab":
        members = {i for i, s in enumerate(samples) if s.source == source and len(s.boxes)}
        times = [drawn.count(i) for i in members]
        assert min(times) > 0 and max(times) - min(times) <= 1


def test_a_photo_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    files = {"x.json": json.dumps(record("x", [annotation()])).encode(), "x.png": b"no photo"}
    broken = read_shards([write_tar(tmp_path / "s.tar", files)])
    with pytest.raises(ImageError, match=r"x\.png"):
        take(windows(broken), 0, 1)


def test_labels_of_another_skeleton_are_refused(samples: list[Sample]) -> None:
    faces = builtin_skeleton()
    smaller = type(faces)("three", ("a", "b", "c"), (), (), (1.0, 1.0, 1.0))
    with pytest.raises(FormatError, match="three has 3"):
        TrainingWindows(samples, size=SIZE, batch=1, seed=0, skeleton=smaller)


def test_no_photos_at_all_are_refused() -> None:
    with pytest.raises(FormatError, match="no photos"):
        windows([])


@pytest.mark.skipif(
    not REAL.is_dir() and os.environ.get("CI") != "true", reason=f"no photos of people in {REAL}"
)
def test_real_shards_give_windows_with_people() -> None:
    photos = read_shards([REAL / "train-003.tar"])
    assert len(photos) > 100
    stream = TrainingWindows(
        photos, size=128, batch=16, seed=0, skeleton=SKELETON, negatives=0.05, workers=0
    )
    batches = take(stream, 0, 4)
    shown = [len(target.boxes) > 0 for batch in batches for target in batch.targets]
    assert sum(shown) > 0.75 * len(shown)
