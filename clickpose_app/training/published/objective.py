"""The published objective of one training step.

Published names: the final decoder layer's terms have no suffix, those of the layers before it
are ``_0``, ``_1`` ..., those of the last round's pose layers go on counting, and the encoder's
are ``_interm``. Terms beside those in LOSS_WEIGHTS are for the log.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import torch
from torch import Tensor

from clickpose_app.errors import ClickPoseError
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import Losses
from clickpose_app.training.published.denoising import (
    Denoising,
    DenoisingNoise,
    draw_denoising,
)
from clickpose_app.training.published.forward import FirstPass, first_pass
from clickpose_app.training.published.interaction import Round, click_rounds
from clickpose_app.training.published.losses import (
    MatchedPeople,
    class_error,
    denoising_terms,
    matching_terms,
    no_denoising_terms,
    weighted_total,
)
from clickpose_app.training.published.matching import Match, match
from clickpose_app.training.simulation import click_counts

# Additions of ours that do not change how the decoder computes; all others are refused.
_HARMLESS = ("fine_level", "shared_keypoint_content", "peak_proposals")


@dataclass(frozen=True, slots=True)
class PublishedOptions:
    """What may be chosen about the published objective.

    Attributes:
        interactive: whether rounds of clicks are trained (the paper's interactive model) or the
            first pass alone.
        denoising: how the denoising queries are drawn.
    """

    interactive: bool = True
    denoising: DenoisingNoise = field(default_factory=DenoisingNoise)


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """Everything random in a step: the denoising queries, and the rounds of clicks (0: none)."""

    denoising: Denoising
    rounds: int


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What the network says in a step: its first pass, and every round of clicks."""

    first: FirstPass
    rounds: list[Round]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedObjective:
    """The published training objective, called like objective.Objective.

    Attributes:
        options: what is trained.
        sigmas: tolerances of the skeleton [K].
    """

    options: PublishedOptions
    sigmas: Tensor

    def __call__(
        self,
        model: ClickPose,
        images: Tensor,
        targets: list[Targets],
        generator: torch.Generator,
    ) -> Losses:
        """Unweighted loss terms of a batch by their published names; ``total`` is what counts.

        Args:
            model: in training mode.
            images: [B, 3, H, W], normalised, without padding.
            targets: of each image.
            generator: of the noise and the number of clicks.

        Raises:
            ClickPoseError: the model has parts that the published objective does not train.
        """
        _refuse_extensions(model.config)
        draw = draw_step(model.config, targets, self.options, generator)
        step = run_step(model, images, None, targets, draw, self.sigmas)
        terms, _ = loss_terms(step, targets, draw, self.sigmas)
        total = weighted_total(terms)
        return {**{name: value.detach() for name, value in terms.items()}, "total": total}


def draw_step(
    config: ModelConfig,
    targets: list[Targets],
    options: PublishedOptions,
    generator: torch.Generator,
) -> Draw:
    """Everything random in a step; one number of rounds holds for the whole batch."""
    noise, clicks = options.denoising, options.interactive
    denoising = draw_denoising(targets, config, noise, generator, corrected=clicks)
    return Draw(denoising, int(click_counts(generator, (), config.keypoints)) if clicks else 0)


def run_step(
    model: ClickPose,
    images: Tensor,
    padding_mask: Tensor | None,
    targets: list[Targets],
    draw: Draw,
    sigmas: Tensor,
) -> Step:
    """The network's outputs on a batch; arguments as in ClickPose.encode() and above."""
    memory = model.encode(images, padding_mask)
    first = first_pass(model, memory, draw.denoising)
    last = first.layers[-1].matching
    if draw.rounds == 0:
        return Step(first, [])
    return Step(first, click_rounds(model, memory, last, targets, draw.rounds, sigmas))


def loss_terms(
    step: Step, targets: list[Targets], draw: Draw, sigmas: Tensor
) -> tuple[Losses, dict[str, Match]]:
    """Unweighted terms, and the matching of each output, by suffix ("" of the final layer)."""
    people = max(1, sum(len(target.boxes) for target in targets))
    terms: Losses = {}
    matches: dict[str, Match] = {}

    def add(suffix: str, output: LayerOutput, more: Losses) -> None:
        found = matches[suffix] = match(output, targets, sigmas)
        matched = MatchedPeople.of(targets, found.pairs)
        losses = matching_terms(output, matched, people, sigmas) | more | found.means
        if not suffix:
            losses["class_error"] = class_error(output, matched)
        terms.update({f"{name}{suffix}": value for name, value in losses.items()})

    *before, final = step.first.layers
    add("", final.matching, denoising_terms(final.denoising, draw.denoising))
    for number, layer in enumerate(before):
        add(f"_{number}", layer.matching, denoising_terms(layer.denoising, draw.denoising))
    if step.rounds:
        for number, output in enumerate(step.rounds[-1].outputs, len(before)):
            add(f"_{number}", output, no_denoising_terms(output.logits))
    add("_interm", step.first.proposals, {})
    return terms, matches


def _refuse_extensions(config: ModelConfig) -> None:
    switches = (field.name for field in fields(config) if type(field.default) is bool)
    extra = [name for name in switches if getattr(config, name) and name not in _HARMLESS]
    if extra:
        raise ClickPoseError(
            f"The published objective does not train a model with {', '.join(extra)}.",
            "Leave those fields of the model out, or choose our own objective.",
        )
