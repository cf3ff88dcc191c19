from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from torch import Tensor

from clickpose_app.errors import CheckpointError
from clickpose_app.network.convolution import SameConv
from clickpose_app.network.mobilenet import MobileNetPyramid
from clickpose_app.training.start_weights import (
    balanced_state,
    imagenet_backbone_state,
    movenet_backbone_state,
    read_tflite_convolutions,
)

PEERS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "peers"
MOVENET = PEERS / "movenet_single_pose_lightning_ptq.tflite"
MOBILENET = PEERS / "mobilenet_v2_1.0_224_int8.tflite"


@pytest.fixture
def network() -> MobileNetPyramid:
    torch.manual_seed(0)
    return MobileNetPyramid().eval()


def peer(path: Path) -> Path:
    if not path.exists() and os.environ.get("CI") != "true":
        pytest.skip(f"{path.name} is not in ../shared/data/peers")
    return path


def maps(network: MobileNetPyramid, images: Tensor) -> list[Tensor]:
    with torch.inference_mode():
        features: list[Tensor] = network(images)
    return features


@pytest.mark.parametrize("size", [(32, 32), (64, 160), (96, 224)])
def test_maps_have_the_promised_channels_and_strides(
    network: MobileNetPyramid, size: tuple[int, int]
) -> None:
    height, width = size
    shapes = [tuple(m.shape) for m in maps(network, torch.randn(2, 3, height, width))]
    assert network.strides == (4, 8, 16, 32)
    assert shapes == [
        (2, c, height // s, width // s)
        for c, s in zip(network.channels, network.strides, strict=True)
    ]


def test_the_same_image_gives_the_same_maps_alone_and_in_a_batch(
    network: MobileNetPyramid,
) -> None:
    images = torch.randn(2, 3, 64, 64)
    together, again = maps(network, images), maps(network, images)
    alone = maps(network, images[1:])
    for a, b, c in zip(together, again, alone, strict=True):
        assert torch.equal(a, b)
        torch.testing.assert_close(a[1:], c, rtol=1e-4, atol=1e-5)


def test_a_strided_convolution_sees_nothing_left_of_or_above_its_cell() -> None:
    convolution = SameConv(1, 1, 3, stride=2)
    torch.nn.init.ones_(convolution.weight)
    image = torch.arange(16.0).reshape(1, 1, 4, 4)
    with torch.inference_mode():
        sums = convolution(image)[0, 0] - convolution(torch.zeros_like(image))[0, 0]
    cell = image[0, 0]
    wanted = [
        [cell[0:3, 0:3].sum(), cell[0:3, 2:4].sum()],
        [cell[2:4, 0:3].sum(), cell[2:4, 2:4].sum()],
    ]
    torch.testing.assert_close(sums, torch.tensor(wanted))


def test_padding_is_mid_grey(network: MobileNetPyramid) -> None:
    mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    grey = ((0.5 - mean) / deviation)[None, :, None, None].expand(1, 3, 64, 64)
    features = []
    network.stem.register_forward_hook(lambda _module, _input, output: features.append(output))
    maps(network, grey)
    torch.testing.assert_close(features[0], features[0][:, :, :1, :1].expand_as(features[0]))


def test_a_network_built_without_memory_works_once_its_state_is_assigned(
    network: MobileNetPyramid,
) -> None:
    with torch.device("meta"):
        empty = MobileNetPyramid().eval()
    empty.load_state_dict(network.state_dict(), assign=True)
    images = torch.randn(1, 3, 32, 32)
    for a, b in zip(maps(empty, images), maps(network, images), strict=True):
        assert torch.equal(a, b)


def test_freezing_leaves_the_pyramid_and_the_coarser_blocks_learning(
    network: MobileNetPyramid,
) -> None:
    network.freeze_through(4)
    sum(m.sum() for m in network(torch.randn(1, 3, 64, 64))).backward()
    without = {name.rsplit(".", 1)[0] for name, p in network.named_parameters() if p.grad is None}
    blocks = [f"blocks.{i}.{part}" for i in (1, 2) for part in ("expand", "depthwise", "project")]
    assert without == {"stem", "blocks.0.depthwise", "blocks.0.project", *blocks}


def test_balancing_only_changes_the_scale_of_each_map(network: MobileNetPyramid) -> None:
    # Doubled weights keep enough signal in 17 blocks for a wrong factor to show.
    state = {name: value * 2 for name, value in network.state_dict().items()}
    network.load_state_dict(state)
    images = torch.randn(1, 3, 64, 64)
    p2, p3, p4, c5 = maps(network, images)
    network.load_state_dict(balanced_state(state))
    expected = [
        p2 * 2,
        torch.cat((p3[:, :24] / 8, p3[:, 24:]), 1),
        torch.cat((p4[:, :32] / 8, p4[:, 32:] / 4), 1),
        torch.cat((c5[:, :64] / 32, c5[:, 64:] / 2), 1),
    ]
    for actual, wanted in zip(maps(network, images), expected, strict=True):
        assert wanted.std() > 1e-4
        torch.testing.assert_close(actual, wanted, rtol=1e-4, atol=1e-6)


def test_movenet_weights_fit_without_a_gap(network: MobileNetPyramid) -> None:
    network.load_state_dict(movenet_backbone_state(peer(MOVENET)), strict=True)
    for m in maps(network, torch.randn(1, 3, 64, 64)):
        assert m.isfinite().all() and m.std() > 0


def test_imagenet_weights_fill_all_but_the_pyramid(network: MobileNetPyramid) -> None:
    state = imagenet_backbone_state(peer(MOBILENET))
    missing, unexpected = network.load_state_dict(state, strict=False)
    assert not unexpected
    assert {name.split(".")[0] for name in missing} == {"reduce", "laterals", "merges"}


def test_weights_of_another_network_are_refused() -> None:
    with pytest.raises(CheckpointError, match="is not the network"):
        movenet_backbone_state(peer(MOBILENET))


def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "weights.tflite"
    path.write_bytes(b"not a model at all")
    with pytest.raises(CheckpointError, match=r"weights\.tflite is not a TensorFlow Lite model"):
        read_tflite_convolutions(path)
