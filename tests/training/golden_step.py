"""One training step of the published model: its golden numbers, and the same step by us."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from clickpose_app.network.checkpoint import from_published
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.data import Targets
from clickpose_app.training.losses import Losses
from clickpose_app.training.published.denoising import Denoising
from clickpose_app.training.published.losses import weighted_total
from clickpose_app.training.published.matching import Match
from clickpose_app.training.published.objective import Draw, Step, loss_terms, run_step
from tests.network.golden_cases import FOLDER, load

SIGMAS = torch.tensor(builtin_skeleton().sigmas)


@dataclass(frozen=True)
class GoldenStep:
    """The published step's numbers, and what we compute from the same draws.

    Attributes:
        facts: golden_reduced_train.json.
        arrays: golden_reduced_train.npz.
        draw: the published draws.
        step: our outputs.
        terms: our loss terms of the interactive step.
        matches: our matchings, by suffix.
        total: of the terms.
        gradients: norms of the total's gradients, by published parameter name.
    """

    facts: dict[str, Any]
    arrays: dict[str, Any]
    draw: Draw
    step: Step
    terms: Losses
    matches: dict[str, Match]
    total: Tensor
    gradients: dict[str, float]

    def __getitem__(self, name: str) -> Tensor:
        """An expected array."""
        return torch.from_numpy(self.arrays[name])

    @property
    def targets(self) -> list[Targets]:
        """The people of both images."""
        return golden_targets(self.arrays)


@cache
def golden_step() -> GoldenStep:
    """The reduced training case."""
    facts = json.loads((FOLDER / "golden_reduced_train.json").read_text())
    with np.load(FOLDER / "golden_reduced_train.npz") as file:
        arrays = {name: file[name] for name in file.files}
    case = load("reduced")
    model, targets = copy.deepcopy(case.model).train(), golden_targets(arrays)
    draw = golden_draw(arrays, targets)
    step = run_step(model, case.images, case.padding, targets, draw, SIGMAS)
    terms, matches = loss_terms(step, targets, draw, SIGMAS)
    total = weighted_total(terms)
    torch.autograd.backward(total)
    parameters = dict(model.named_parameters())
    norms = {}
    for name in facts["grad_norms_total_loss"]:
        (ours,) = from_published({name: torch.zeros(())}, Path("golden"))
        gradient = parameters[ours].grad
        norms[name] = 0.0 if gradient is None else float(gradient.double().norm())
    return GoldenStep(facts, arrays, draw, step, terms, matches, total, norms)


def golden_targets(arrays: dict[str, Any]) -> list[Targets]:
    """The people of both images."""
    targets = []
    for image in (0, 1):
        numbers = torch.from_numpy(arrays[f"gt{image}_keypoints"])
        visibility = numbers[:, 34:].long()
        targets.append(
            Targets(
                boxes=torch.from_numpy(arrays[f"gt{image}_boxes"]),
                keypoints=torch.unflatten(numbers[:, :34], 1, (17, 2)),
                visibility=visibility,
                weights=visibility.float(),
                area=torch.from_numpy(arrays[f"gt{image}_area"]),
                ignore=torch.zeros(0, 4),
                presence=torch.full_like(visibility, -1),
            )
        )
    return targets


def golden_draw(arrays: dict[str, Any], targets: list[Targets]) -> Draw:
    """What the published software drew."""
    given = {name: torch.from_numpy(array) for name, array in arrays.items()}
    pose = given["out_dn_pose_input"]
    classes = torch.nn.functional.one_hot(given["out_dn_class_input"], 2).float()
    denoising = Denoising(
        labels=given["dn_label_ids"],
        keypoint_labels=given["dn_kpt_label_ids"],
        boxes=given["dn_box"],
        keypoints=torch.unflatten(given["dn_kpt"], -1, (17, 2)),
        people=torch.tensor([len(t.boxes) for t in targets]),
        true_classes=classes,
        true_boxes=given["out_dn_bbox_input"],
        true_keypoints=torch.unflatten(pose[..., :34], -1, (17, 2)),
        true_weights=pose[..., 34:],
    )
    return Draw(denoising, int(given["click_rounds"]))
