"""One training step's loss: first pass, dense tokens and refinement together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import ClickPose, Memory
from clickpose_app.network.decoder import LayerOutput
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import (
    Losses,
    LossWeights,
    box_losses,
    dense_losses,
    focal,
    gather_truth,
    layer_losses,
    pose_losses,
    quality_loss,
)
from clickpose_app.training.matching import PERSON, match
from clickpose_app.training.simulation import (
    RefinementTask,
    corrected_predictions,
    spoilt_poses,
)


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """What the network is trained for.

    Attributes:
        config: of the run.
        pairs: left and right keypoints of the skeleton.
        sigmas: tolerances of the skeleton [K].
    """

    config: TrainingConfig
    pairs: tuple[tuple[int, int], ...]
    sigmas: Tensor

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
        weights = self.config.losses
        people = max(1, sum(len(t.boxes) for t in targets))
        memory = model.encode(images, None)
        found = model.first_pass(memory)
        terms: Losses = {}
        dense = dense_losses(found.proposals, targets, self.sigmas)
        _add(terms, "dense", dense, weights, weights.dense / people)
        for output in found.box_outputs:
            pairs = match(output, targets, self.sigmas)
            losses = layer_losses(output, targets, pairs, self.sigmas)
            _add(terms, "box_layers", losses, weights, 1 / people)
        pairs = []
        for output in found.pose_outputs:
            pairs = match(output, targets, self.sigmas)
            losses = layer_losses(output, targets, pairs, self.sigmas)
            _add(terms, "pose_layers", losses, weights, 1 / people)
        last = found.pose_outputs[-1]
        for name, losses in self._refine(model, memory, last, pairs, targets, generator):
            _add(terms, name, losses, weights, weights.refine)
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
    ) -> Iterable[tuple[str, Losses]]:
        """Losses of every pose layer on spoilt poses and on corrected own predictions."""
        template = model.template(last.boxes.new_tensor([[[0.5, 0.5, 1.0, 1.0]]]))
        task = spoilt_poses(
            targets,
            self.config.refine_slots,
            template[0, 0].detach() - 0.5,
            self.pairs,
            self.config.errors,
            generator,
        ).and_then(corrected_predictions(last, pairs, targets, generator))
        for output in model.refine_layers(memory, task.boxes, task.keypoints, task.pinned):
            yield "refine", refinement_losses(output, task, targets, self.sigmas)


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
    if output.quality is not None:
        image, slot = real.nonzero(as_tuple=True)
        losses["quality"] = quality_loss(output, (image, slot), truth, sigmas)
    return {name: value / count for name, value in losses.items()}


def _add(terms: Losses, part: str, losses: Losses, weights: LossWeights, scale: float) -> None:
    """Add weighted losses to the part's sum, and keep each kind for the log."""
    for name, value in losses.items():
        weighted = value * (getattr(weights, name) * scale)
        terms[part] = terms[part] + weighted if part in terms else weighted
        key = f"{part}/{name}"
        kept = weighted.detach()
        terms[key] = terms[key] + kept if key in terms else kept
