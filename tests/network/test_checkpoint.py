from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import pytest
import safetensors.torch
import torch

from clickpose_app.errors import CheckpointError
from clickpose_app.network.checkpoint import (
    from_published,
    load_checkpoint,
    read_metadata,
    save_checkpoint,
)
from clickpose_app.network.clickpose import ClickPose
from tests.network.golden_cases import load, require_golden
from tests.network.small_model import OURS, PUBLISHED_LIKE, make_model


@pytest.fixture(scope="module")
def model() -> ClickPose:
    return make_model(OURS)


def published_state() -> dict[str, torch.Tensor]:
    """The reduced golden network under the published names, heads doubled as in the original."""
    require_golden()
    names = {
        "backbone.": "backbone.0.body.",
        "input_projection.levels.": "input_proj.",
        "encoder.": "transformer.encoder.",
        "queries.output_norm.": "transformer.enc_output_norm.",
        "queries.output.": "transformer.enc_output.",
        "queries.class_head.": "transformer.enc_out_class_embed.",
        "queries.box_head.": "transformer.enc_out_bbox_embed.",
        "decoder.reference_head.": "transformer.decoder.ref_point_head.",
        "decoder.keypoint_size": "transformer.decoder.hw.weight",
        "decoder.keypoint_content": "transformer.decoder.keypoint_embed.weight",
        "decoder.label_content": "label_enc.weight",
        "decoder.keypoint_label_content": "label_enc_pose.weight",
        "decoder.box_heads.": "bbox_embed.",
        "decoder.class_heads.": "class_embed.",
        "decoder.pose_heads.": "pose_embed.",
        "decoder.pose_size_head.": "pose_hw_embed.0.",
        "decoder.": "transformer.decoder.",
    }
    state = {}
    for name, tensor in load("reduced").model.state_dict().items():
        if name == "encoder.level_embed":
            state["transformer.level_embed"] = tensor
            continue
        ours = next(prefix for prefix in names if name.startswith(prefix))
        published = names[ours] + name.removeprefix(ours)
        state[published] = tensor
        if published.startswith(("bbox_embed", "class_embed", "pose_embed", "pose_hw_embed")):
            state[f"transformer.decoder.{published}"] = tensor.clone()
    return state


def test_own_weights_come_back_with_their_configuration(tmp_path: Path, model: ClickPose) -> None:
    path = tmp_path / "own.safetensors"
    save_checkpoint(path, model, {"name": "own"}, torch.float32)
    loaded = load_checkpoint(path)
    assert loaded.config == OURS
    for name, tensor in model.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], tensor), name
    assert read_metadata(path)["name"] == "own"


def test_another_configuration_than_the_files_own_is_named(
    tmp_path: Path, model: ClickPose
) -> None:
    path = tmp_path / "own.safetensors"
    save_checkpoint(path, model, {})
    with pytest.raises(CheckpointError, match=r"own\.safetensors .*backbone is mobilenet-pyramid"):
        load_checkpoint(path, PUBLISHED_LIKE)


@pytest.mark.parametrize("key", ["model", "ema_model"])
@pytest.mark.parametrize("prefix", ["", "module."])
def test_a_published_checkpoint_loads(tmp_path: Path, key: str, prefix: str) -> None:
    path = tmp_path / "published.pth"
    state = {prefix + name: tensor for name, tensor in published_state().items()}
    options = argparse.Namespace(lr=1e-4, epochs=100)
    torch.save({key: state, "epoch": 3, "args": options, "optimizer": {"step": 1}}, path)
    golden = load("reduced").model
    loaded = load_checkpoint(path, golden.config)
    for name, tensor in golden.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], tensor), name


def test_a_published_checkpoint_needs_its_configuration(tmp_path: Path) -> None:
    path = tmp_path / "published.pth"
    torch.save({"model": {}}, path)
    with pytest.raises(CheckpointError, match=r"published\.pth does not say which model"):
        load_checkpoint(path)


def test_missing_unexpected_and_misshapen_weights_are_all_named(tmp_path: Path) -> None:
    state = published_state()
    del state["label_enc.weight"]
    state["transformer.level_embed"] = torch.zeros(3, 256)
    state["tail"] = torch.zeros(1)
    path = tmp_path / "published.pth"
    torch.save({"model": state}, path)
    with pytest.raises(CheckpointError) as caught:
        load_checkpoint(path, load("reduced").model.config)
    message = caught.value.message
    assert "missing: decoder.label_content" in message
    assert "unexpected: tail" in message
    assert "encoder.level_embed is (3, 256) instead of (4, 256)" in message


def test_copies_of_a_head_that_differ_are_refused() -> None:
    state = published_state()
    state["transformer.decoder.class_embed.0.bias"] = state["class_embed.0.bias"] + 1
    with pytest.raises(CheckpointError, match="differs from its copy"):
        from_published(state, Path("x.pth"))


def test_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.safetensors"
    spoilt = make_model(OURS)
    with torch.no_grad():
        spoilt.decoder.norm.weight[0] = torch.nan
    save_checkpoint(path, spoilt, {})
    with pytest.raises(CheckpointError, match=r"decoder\.norm\.weight"):
        load_checkpoint(path)


class Trap:
    """Unpickling it would run code."""

    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("code ran",))


def test_code_in_a_checkpoint_is_never_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trap.pth"
    torch.save({"model": Trap()}, path)
    with pytest.raises(CheckpointError, match=r"trap\.pth"):
        load_checkpoint(path, OURS)
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(CheckpointError, match=r"trap\.pth"):
        load_checkpoint(path, OURS)
    assert "code ran" not in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\xff" * 4096])
@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="damaged"):
        load_checkpoint(path, OURS)


def test_a_truncated_file_is_named(tmp_path: Path, model: ClickPose) -> None:
    path = tmp_path / "cut.safetensors"
    save_checkpoint(path, model, {})
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(CheckpointError, match=r"cut\.safetensors"):
        load_checkpoint(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"nowhere\.safetensors"):
        load_checkpoint(tmp_path / "nowhere.safetensors")


def test_foreign_safetensors_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "foreign.safetensors"
    safetensors.torch.save_file({"weight": torch.zeros(3)}, path)
    with pytest.raises(CheckpointError, match=r"foreign\.safetensors does not hold"):
        load_checkpoint(path)


def test_a_checkpoint_without_a_table_of_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.pth"
    torch.save([1, 2, 3], path)
    with pytest.raises(CheckpointError, match="no table of weights"):
        load_checkpoint(path, OURS)
