"""The network that learns, and its state on disk, from which a stopped run goes on."""

from __future__ import annotations

import copy
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch

from clickpose_app.adaptation.guard import Guard
from clickpose_app.adaptation.labels import Labels
from clickpose_app.adaptation.plan import Course, Plan, Tell
from clickpose_app.adaptation.recipe import Creature, Recipe
from clickpose_app.adaptation.transfer import adapted, extends
from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import skeleton_of
from clickpose_app.errors import CheckpointError, ClickPoseError, Words
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.mobilenet import MobileNetPyramid
from clickpose_app.training.losses import Losses
from clickpose_app.training.run_state import STATE_FILE, writing

# What starts from next to nothing learns faster than what knows its work already.
_NEW_PARTS = (
    "heat_head.output",
    "heat_head.correction",
    "decoder.keypoint_content",
    "decoder.keypoint_label_content",
    "decoder.keypoint_size",
    "decoder.linked_corrections",
    "decoder.skeleton_bias",
    "queries.pose_head.layers.2",
    "queries.mean_pose",
)
# What rests while the pose layers learn alone.
_FEATURES = ("backbone.", "input_projection.", "fine_projection.", "fine_context.", "encoder.")
# Room for people beside the labelled ones, so that the box layers learn whom to leave out.
_SPARE = 1
_DAMAGE = (OSError, EOFError, RuntimeError, KeyError, ValueError, TypeError, AttributeError)


@dataclass(slots=True, eq=False)
class Learner:
    """What learns.

    Attributes:
        model: in training mode.
        average: its running average, which is measured and written.
        optimiser: over all parameters, those that rest have no gradient.
        guard: lets only what belongs to new keypoints learn; None where everything may.
    """

    model: ClickPose
    average: ClickPose
    optimiser: torch.optim.AdamW
    guard: Guard | None = None

    def choose(self, pose_layers_alone: bool, recipe: Recipe) -> None:
        """Let those parameters learn that a stage trains, and no others."""
        if self.guard is not None:
            return  # the same throughout
        self.model.requires_grad_(True)
        if isinstance(self.model.backbone, MobileNetPyramid):
            self.model.backbone.freeze_through(recipe.frozen_stride)
        if pose_layers_alone:
            for name, parameter in self.model.named_parameters():
                if name.startswith(_FEATURES):
                    parameter.requires_grad_(False)

    def learn(self, terms: Losses, rate: float, clip: float, step: int, ema: float) -> Losses:
        """Take one step along the gradient, and let the average follow.

        Args:
            terms: the losses, of which "total" is minimised.
            rate: share of each group's peak rate.
            clip: largest norm of the gradient.
            step: how many were taken before.
            ema: how slowly the average follows.

        Returns:
            The losses without those of single layers, detached.
        """
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        torch.autograd.backward(terms["total"])
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._follow(step, ema)
        return {name: value.detach() for name, value in terms.items() if "/" not in name}

    def _follow(self, step: int, ema: float) -> None:
        """Move the average after a step."""
        decay = min(ema, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.parameters()), list(self.model.parameters()), 1 - decay
            )
            for kept, now in zip(self.average.buffers(), self.model.buffers(), strict=True):
                kept.copy_(now)

    def forget(self, plan: Plan) -> None:
        """Remove what a run goes on from: there is nothing left to do."""
        shutil.rmtree(plan.folder, ignore_errors=True)


def new_learner(plan: Plan, skeleton: Skeleton, creature: Creature, recipe: Recipe) -> Learner:
    """A network for the skeleton, before its first step.

    Raises:
        CheckpointError: the base is missing, damaged or of a kind that cannot be taught.
    """
    base, old = teachable(plan.base)
    c = base.config
    people = creature.most + _SPARE
    guarded = bool(recipe.guard) and extends(skeleton, old)
    model = adapted(
        base,
        old,
        skeleton,
        creature.mean_pose,
        people=people,
        seed=plan.seed,
        guarded=guarded,
        skeleton_attention=recipe.skeleton_attention,
        expected_errors=recipe.expected_errors and _is_strange(skeleton, old),
    )
    average = copy.deepcopy(model).eval().requires_grad_(False)
    groups: dict[str, list[torch.nn.Parameter]] = {"new": [], "known": [], "backbone": []}
    for name, parameter in model.named_parameters():
        new = name.startswith(_NEW_PARTS)
        part = "new" if new else "backbone" if name.startswith("backbone.") else "known"
        groups[part].append(parameter)
    rates = {"new": recipe.new_rate, "known": recipe.rate, "backbone": recipe.backbone_rate}
    optimiser = torch.optim.AdamW(
        [{"params": groups[name], "peak": rate} for name, rate in rates.items()],
        lr=recipe.rate,
        # Decay would change even what has no gradient.
        weight_decay=0.0 if guarded else 1e-4,
    )
    guard = Guard.of(model, c.groups)
    if guard is not None:
        guard.choose(model)
    return Learner(model, average, optimiser, guard)


def teachable(path: Path) -> tuple[ClickPose, Skeleton]:
    """A network that can be taught, and its skeleton.

    Raises:
        CheckpointError: it is missing, damaged or of a kind that cannot be taught.
    """
    if path.suffix != ".safetensors":
        raise CheckpointError(
            Words("{path} cannot be taught another skeleton.", path=path),
            Words("Take weights of ClickPose's own."),
        )
    base, old = load_checkpoint(path), skeleton_of(path)
    c = base.config
    if not (c.person_pose and c.shared_keypoint_content and c.heat_maps):
        raise CheckpointError(
            Words(
                "{path} holds a network of a kind that cannot be taught another skeleton.",
                path=path,
            ),
            Words("Take models/clickpose-s.safetensors."),
        )
    return base, old


def _is_strange(skeleton: Skeleton, old: Skeleton) -> bool:
    """Whether most keypoints are none that the base knows, with learned shares of corrections."""
    known = [place is not None for place in match_names(skeleton.keypoints, old.keypoints)]
    return sum(known) < len(known) / 2


def save_state(learner: Learner, course: Course, labels: Labels) -> None:
    """Write the state beside the weights; a kill at any moment leaves the old or the new one.

    Raises:
        ClickPoseError: naming the file, if it cannot be written.
    """
    folder = course.plan.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClickPoseError(
            Words(
                "The folder {folder} cannot be made: {error}.",
                folder=folder,
                error=error.strerror or error,
            ),
            Words("Choose another --out."),
        ) from error
    course.look()
    with writing(folder / STATE_FILE) as file:
        torch.save(
            {
                "of": fingerprint(course.plan, labels),
                "step": course.step,
                "spent": course.spent,
                "model": learner.model.state_dict(),
                "average": learner.average.state_dict(),
                "optimiser": learner.optimiser.state_dict(),
            },
            file,
        )


def load_state(learner: Learner, course: Course, labels: Labels, tell: Tell) -> bool:
    """Go on from the state beside the weights, if there is one of the same work.

    A state of other labels, of another base or that cannot be read is left behind: the run
    begins anew and says so.
    """
    path = course.plan.folder / STATE_FILE
    if not path.exists():
        return False
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["of"] != fingerprint(course.plan, labels):
            tell({"event": "anew", "because": "the labels or the options are others"})
            return False
        learner.model.load_state_dict(state["model"])
        learner.average.load_state_dict(state["average"])
        learner.optimiser.load_state_dict(state["optimiser"])
        course.step, course.spent = int(state["step"]), float(state["spent"])
    except _DAMAGE:
        tell({"event": "anew", "because": f"{path} cannot be read"})
        return False
    return True


def fingerprint(plan: Plan, labels: Labels) -> str:
    """What a state belongs to: labels, base and seed; not how long the run takes."""
    digest = hashlib.sha256()
    said = (str(plan.base), plan.seed, plan.held_out, labels.skeleton.keypoints)
    digest.update(msgspec.json.encode(said))
    for sample in labels.samples:
        digest.update(sample.name.encode())
        for part in (sample.boxes, sample.keypoints, sample.visibility):
            digest.update(part.tobytes())
    return digest.hexdigest()
