from __future__ import annotations

import json

import pytest

from clickpose_app.errors import CheckpointError
from clickpose_app.network.config import ModelConfig
from tests.network.golden_cases import FOLDER, require_golden
from tests.network.small_model import OURS


def test_absent_names_take_the_published_r50_values() -> None:
    config = ModelConfig.from_published({})
    assert config == ModelConfig()
    assert (config.backbone, config.d_model, config.queries) == ("resnet50", 256, 900)
    assert (config.groups, config.refine_groups, config.pose_layers) == (50, 20, 4)


def test_the_published_names_of_a_golden_file_are_understood() -> None:
    require_golden()
    facts = json.loads((FOLDER / "golden_reduced_eval.json").read_text())
    config = ModelConfig.from_published(facts["config"])
    assert (config.heads, config.encoder_layers, config.decoder_layers) == (4, 1, 3)
    assert (config.box_layers, config.feedforward, config.queries) == (1, 128, 60)
    assert (config.groups, config.refine_groups, config.select) == (10, 4, 8)


def test_a_mapping_and_back_is_the_same() -> None:
    assert ModelConfig.from_mapping(json.loads(json.dumps(OURS.to_mapping()))) == OURS


def test_a_field_of_a_newer_version_is_named() -> None:
    with pytest.raises(CheckpointError, match="wings"):
        ModelConfig.from_mapping({"wings": 2})


@pytest.mark.parametrize(
    ("field", "value"), [("d_model", "wide"), ("queries", True), ("fine_level", 1), ("heads", 2.0)]
)
def test_a_value_of_another_type_is_named(field: str, value: object) -> None:
    with pytest.raises(CheckpointError, match=field):
        ModelConfig.from_mapping({field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("backbone", "vgg"),
        ("d_model", 100),
        ("box_layers", 6),
        ("queries", 0),
        ("keypoints", -1),
        ("fine_level", True),
        ("person_pose", True),
    ],
)
def test_an_impossible_shape_is_refused(field: str, value: object) -> None:
    with pytest.raises(CheckpointError, match=field):
        ModelConfig.from_mapping({field: value})
