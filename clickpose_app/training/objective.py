"""One training step's loss: first pass, dense tokens and refinement together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import ClickPose, Memory
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.data import Targets
from clickpose_app.training.heat import heat_loss
from clickpose_app.training.losses import (
    Losses,
    LossWeights,
    box_losses,
    dense_losses,
    focal,
    gather_truth,
    head_losses,
    layer_losses,
    pose_losses,
)
from clickpose_app.training.matching import PERSON, match
from clickpose_app.training.simulation import (
    RefinementTask,
    click_counts,
    click_worst,
    errors_of,
    go_on,
    own_predictions,
    spoilt_poses,
)


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """What the network is trained for.

    Attributes:
        config: of the run.
        pairs: left and right keypoints of the skeleton.
        sigmas: tolerances of the skeleton [K].
        stage: of the run; None for the run's own choices.
    """

    config: TrainingConfig
    pairs: tuple[tuple[int, int], ...]
    sigmas: Tensor
    stage: Stage | None = None

    def __call__(
        self,
        model: ClickPose,
        images: Tensor,
        targets: list[Targets],
        generator: torch.Generator,
    ) -> Losses:
        """Weighted loss terms of a batch; ``total`` is their sum.

        Args:
            model: in training mode.
            images: [B, 3, H, W], normalised, without padding.
            targets: of each image.
            generator: of the simulated annotator.
        """
        return self.of_memory(model, model.encode(images, None), targets, generator)

    def of_memory(
        self, model: ClickPose, memory: Memory, targets: list[Targets], generator: torch.Generator
    ) -> Losses:
        """The same for images that are already encoded."""
        weights = self.config.losses
        people = max(1, sum(len(t.boxes) for t in targets))
        found = model.first_pass(memory)
        terms: Losses = {}
        if memory.heat is not None:
            heat: Losses = {"heat": heat_loss(memory.heat.logits, targets)}
            _add(terms, "heat", heat, weights, 1.0)
        # Where only the pose layers learn, these have no gradient; the log still shows them.
        dense = dense_losses(found.proposals, targets, self.sigmas)
        _add(terms, "dense", dense, weights, weights.dense / people)
        pairs: list[Tensor] = []
        for part, outputs in (
            ("box_layers", found.box_outputs),
            ("pose_layers", found.pose_outputs),
        ):
            for output in outputs:
                pairs = match(output, targets, self.sigmas)
                losses = layer_losses(output, targets, pairs, self.sigmas)
                _add(terms, part, losses, weights, 1 / people)
        last = found.pose_outputs[-1]
        for losses in self._refine(model, memory, last, pairs, targets, generator):
            _add(terms, "refine", losses, weights, weights.refine)
        terms["total"] = torch.stack([v for name, v in terms.items() if "/" not in name]).sum()
        return terms

    def _refine(
        self,
        model: ClickPose,
        memory: Memory,
        last: LayerOutput,
        pairs: list[Tensor],
        targets: list[Targets],
        generator: torch.Generator,
    ) -> Iterable[Losses]:
        """Losses of every pose layer in the rounds of a simulated annotator.

        The people are spoilt true ones and the network's own predictions. Unlike in the
        published loop every round is supervised, and what was clicked once stays pinned.
        """
        template = model.template(last.boxes.new_tensor([[[0.5, 0.5, 1.0, 1.0]]]))
        spoilt = spoilt_poses(
            targets,
            self.config.refine_slots,
            template[0, 0].detach() - 0.5,
            self.pairs,
            self.sigmas,
            self.config.errors,
            generator,
        )
        own = own_predictions(last, pairs, targets)
        if model.decoder.expected_errors is not None:
            model.decoder.expected_errors.observe(*errors_of(own, targets))
        counts = click_counts(generator, own.person.shape, len(self.sigmas))
        task = spoilt.and_then(click_worst(own, targets, counts))
        rounds = self.config.refine_rounds
        if self.stage is not None and self.stage.rounds is not None:
            rounds = self.stage.rounds
        for number in range(rounds):
            outputs = model.refine_layers(
                memory, task.boxes, task.keypoints, task.pinned, task.moved
            )
            for output in outputs:
                losses = refinement_losses(output, task, targets, self.sigmas)
                yield {name: value / rounds for name, value in losses.items()}
            if number + 1 < rounds:
                counts = click_counts(generator, task.person.shape, len(self.sigmas))
                left = go_on(task, outputs[-1])
                task = click_worst(left, targets, counts)


def refinement_losses(
    output: LayerOutput, task: RefinementTask, targets: list[Targets], sigmas: Tensor
) -> Losses:
    """Losses of one pose layer on people to refine, a person's mean."""
    real = task.person >= 0
    rows = [task.person[i][real[i]] for i in range(len(targets))]
    truth = gather_truth(targets, rows)
    count = max(1, int(real.sum()))
    wanted = torch.zeros_like(output.logits)
    wanted[..., PERSON] = real.float()
    counted = (task.person > -2).float()[..., None]
    assert output.keypoints is not None
    losses: Losses = {"classes": focal(output.logits, wanted, counted)}
    losses.update(box_losses(output.boxes[real], truth.boxes))
    losses.update(pose_losses(output.keypoints[real], truth, sigmas, task.pinned[real]))
    chosen = real.nonzero(as_tuple=True)
    losses.update(head_losses(output, (chosen[0], chosen[1]), truth, sigmas))
    return {name: value / count for name, value in losses.items()}


def _add(terms: Losses, part: str, losses: Losses, weights: LossWeights, scale: float) -> None:
    """Add weighted losses to the part's sum, and keep each kind for the log."""
    for name, value in losses.items():
        weighted = value * (getattr(weights, name) * scale)
        terms[part] = terms[part] + weighted if part in terms else weighted
        key = f"{part}/{name}"
        kept = weighted.detach()
        terms[key] = terms[key] + kept if key in terms else kept
