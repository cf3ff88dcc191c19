"""ModelConfig: every choice that shapes a Click-Pose network, in one frozen value.

The defaults are the published ResNet-50 model; the fields below the line "ours"
switch on what the published model lacks, and are off by default so that
published weights load.
"""

from __future__ import annotations

import dataclasses
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clickpose_app.errors import CheckpointError, Words

BACKBONES = ("resnet18-half", "resnet18", "resnet34", "resnet50", "mobilenet-pyramid")

# The published configuration's own names, and where they go.
_PUBLISHED_NAMES = {
    "backbone": "backbone",
    "hidden_dim": "d_model",
    "nheads": "heads",
    "enc_layers": "encoder_layers",
    "dec_layers": "decoder_layers",
    "num_box_decoder_layers": "box_layers",
    "dim_feedforward": "feedforward",
    "num_queries": "queries",
    "num_group": "groups",
    "num_group_refine": "refine_groups",
    "num_select": "select",
    "num_body_points": "keypoints",
    "num_classes": "classes",
    "num_feature_levels": "feature_levels",
    "enc_n_points": "encoder_points",
    "dec_n_points": "decoder_points",
    "dn_labelbook_size": "denoising_labels",
}

# Far beyond any network that somebody trains, and still built in a moment.
_MOST, _MOST_LAYERS = 100_000, 100
_FEW = ("_layers", "_levels", "_points", "heads")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of a Click-Pose network.

    Attributes:
        backbone: one of BACKBONES.
        d_model: width of every token and query; divisible by 8 and by heads.
        heads: attention heads.
        encoder_layers: deformable encoder layers.
        decoder_layers: decoder layers in all.
        box_layers: how many of them (the first) see one query a person.
        feedforward: hidden width of the feed-forward blocks.
        queries: tokens that the encoder proposes as people.
        groups: people kept after the box layers.
        refine_groups: people that the published interactive loop carries on.
        select: detections that post-processing keeps.
        keypoints: K, keypoints a person.
        classes: C, classes scored; the last one is "person" (index 1 when published).
        feature_levels: levels of the feature pyramid that the encoder sees.
        encoder_points: samples a level and head in the encoder.
        decoder_points: samples a level and head in the decoder.
        denoising_labels: rows of the box label embedding, less one.
        fine_level: ours; a level of stride 4 that only the decoder looks at.
        shared_keypoint_content: ours; one learned content a keypoint instead of one for
            every rank and keypoint, which little data leaves starved.
        person_pose: ours; the first pose is regressed at the token that proposes the person
            instead of being one learned template.
        relative_steps: ours; boxes and keypoints move in units of the person's box and
            proposals have a size in cells, so that what is learned at one image size
            holds at another.
        peak_proposals: ours; only tokens that score best among their neighbours propose, so
            that one person does not fill the queries.
        pin_embedding: ours; the decoder is told which keypoints a person placed.
        keypoint_quality: ours; a head that predicts each keypoint's expected OKS.
        heat_maps: ours; a heat map of every keypoint at stride 4, which the pose layers read
            around each keypoint (see network/heat_maps.py); needs fine_level.
        person_frame: ours; pose queries are also told where they are in the person's box, so
            that a pose looks the same wherever in the image it is.
        correction_embedding: ours; the decoder is told how far a pinned keypoint was moved.
        linked_corrections: ours; the others first follow a correction by learned shares (see
            network/corrections.py).
        keypoint_visibility: ours; a head that tells whether each keypoint is outside the
            picture, hidden or visible.
        guarded: ours; keypoints that were learned later are not looked at by those that were
            there before, which so stay where they were.
        skeleton_attention: ours; keypoints attend to each other by the limbs between them (see
            network/skeleton_attention.py).
        expected_errors: ours; the others first follow corrections as the errors go together that
            the network made while it learned (see network/expected_errors.py); takes the place of
            linked_corrections.
    """

    backbone: str = "resnet50"
    d_model: int = 256
    heads: int = 8
    encoder_layers: int = 6
    decoder_layers: int = 6
    box_layers: int = 2
    feedforward: int = 2048
    queries: int = 900
    groups: int = 50
    refine_groups: int = 20
    select: int = 50
    keypoints: int = 17
    classes: int = 2
    feature_levels: int = 4
    encoder_points: int = 4
    decoder_points: int = 4
    denoising_labels: int = 100
    # ours
    fine_level: bool = False
    shared_keypoint_content: bool = False
    person_pose: bool = False
    relative_steps: bool = False
    peak_proposals: bool = False
    pin_embedding: bool = False
    keypoint_quality: bool = False
    heat_maps: bool = False
    person_frame: bool = False
    correction_embedding: bool = False
    linked_corrections: bool = False
    keypoint_visibility: bool = False
    guarded: bool = False
    skeleton_attention: bool = False
    expected_errors: bool = False

    def __post_init__(self) -> None:
        """Refuse a shape that no network can have; ValueError names the field."""
        if self.backbone not in BACKBONES:
            raise ValueError(f"backbone {self.backbone!r} is none of {', '.join(BACKBONES)}")
        self._check_range()
        if self.d_model % 8 or self.d_model % self.heads:
            raise ValueError(f"d_model {self.d_model} must be divisible by 8 and by heads")
        if not 0 < self.box_layers < self.decoder_layers:
            raise ValueError("box_layers must leave at least one of decoder_layers for poses")
        if self.person_pose and not self.relative_steps:
            raise ValueError("person_pose is expressed in box units and needs relative_steps")
        if self.fine_level and self.backbone != "mobilenet-pyramid":
            raise ValueError("fine_level needs a backbone with a map of stride 4")
        if self.heat_maps and not (self.fine_level and self.relative_steps):
            raise ValueError("heat_maps needs fine_level and relative_steps")

    def _check_range(self) -> None:
        """A file may say anything, and a network of a million layers is built for hours."""
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if type(value) is not int:
                continue
            if value < (0 if field.name == "encoder_layers" else 1):
                raise ValueError(f"{field.name} must be at least 1, not {value}")
            most = _MOST_LAYERS if field.name.endswith(_FEW) else _MOST
            if value > most:
                raise ValueError(f"{field.name} must be at most {most}, not {reprlib.repr(value)}")

    @property
    def pose_layers(self) -> int:
        """Decoder layers that see a person as one box query and K keypoint queries."""
        return self.decoder_layers - self.box_layers

    @classmethod
    def from_published(cls, mapping: Mapping[str, Any]) -> ModelConfig:
        """The configuration that the published software's own names describe.

        Args:
            mapping: e.g. ``{"nheads": 4, "enc_layers": 1}``; absent names take the values
                of the published ResNet-50 model, names that do not shape the network
                (learning rates, denoising, ...) are passed over.

        Raises:
            ValueError: a value that no network can have.
        """
        ours = {new: mapping[old] for old, new in _PUBLISHED_NAMES.items() if old in mapping}
        return cls(**ours)

    def to_mapping(self) -> dict[str, Any]:
        """Plain values by field name, for a checkpoint's metadata."""
        return dataclasses.asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> ModelConfig:
        """The inverse of to_mapping.

        Raises:
            CheckpointError: naming the field that is unknown or has an impossible value.
        """
        known = {field.name: field for field in dataclasses.fields(cls)}
        unknown = sorted(set(mapping) - set(known))
        if unknown:
            raise CheckpointError(
                Words(
                    "The model configuration has unknown fields: {names}.",
                    names=reprlib.repr(unknown)[1:-1],
                ),
                Words("The weights may come from a newer ClickPose: update it."),
            )
        for name, value in mapping.items():
            if type(value) is not type(known[name].default):
                raise CheckpointError(
                    Words(
                        "The model configuration's {name} cannot be {value}.",
                        name=name,
                        value=reprlib.repr(value),
                    ),
                    Words("The weights file is damaged or was not written by ClickPose."),
                )
        try:
            return cls(**mapping)
        except ValueError as error:
            raise CheckpointError(
                Words("The model configuration is impossible: {error}.", error=error)
            ) from error
