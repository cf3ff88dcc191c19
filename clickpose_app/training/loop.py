"""The training loop: resumable at any step, with averaged weights."""

from __future__ import annotations

import copy
import csv
import dataclasses
import itertools
import math
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError
from clickpose_app.network.checkpoint import save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.mobilenet import MobileNetPyramid
from clickpose_app.training.calibration import calibrate
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data import (
    Batch,
    Sample,
    Targets,
    TrainingWindows,
    normalise,
)
from clickpose_app.training.data_samples import read_shards
from clickpose_app.training.objective import Objective
from clickpose_app.training.start_weights import load_start_weights

STATE_FILE, LOG_FILE = "state.pt", "log.csv"


@dataclass(slots=True, eq=False)
class Run:
    """What a run carries from step to step, and what its state on disk holds."""

    model: ClickPose
    average: ClickPose
    optimiser: torch.optim.AdamW
    step: int = 0

    def save(self, path: Path, config: TrainingConfig) -> None:
        """Write the state so that a kill at any moment leaves the old or the new one."""
        part = path.with_suffix(".part")
        torch.save(
            {
                "config": msgspec.json.encode(config).decode(),
                "step": self.step,
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
            },
            part,
        )
        part.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a state on disk."""
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
            self.model.load_state_dict(state["model"])
            self.average.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step = int(state["step"])
        except (OSError, RuntimeError, KeyError, ValueError, pickle.UnpicklingError) as error:
            raise ClickPoseError(
                f"{path} is not a state of this run: {str(error).splitlines()[0]}",
                "Train into another folder, or remove the file to start anew.",
            ) from error


def start_run(config: TrainingConfig, folder: Path) -> Run:
    """A fresh run with its start weights."""
    torch.manual_seed(config.seed)
    model = ClickPose(config.model_config)
    for start in config.start:
        load_start_weights(model, (folder / start).resolve())
    average = ClickPose(config.model_config)
    average.load_state_dict(model.state_dict())
    average.requires_grad_(False)
    if isinstance(model.backbone, MobileNetPyramid):
        model.backbone.freeze_through(config.frozen_stride)
    backbone = [p for p in model.backbone.parameters() if p.requires_grad]
    ids = {id(p) for p in model.backbone.parameters()}
    others = [p for p in model.parameters() if id(p) not in ids]
    optimiser = torch.optim.AdamW(
        [
            {"params": others, "peak": config.learning_rate},
            {"params": backbone, "peak": config.backbone_rate},
        ],
        lr=config.learning_rate,
        weight_decay=config.weight_decay,
    )
    return Run(model, average, optimiser)


def train(
    config: TrainingConfig,
    folder: Path,
    out: Path,
    skeleton: Skeleton,
    progress: Callable[[int, dict[str, float]], None],
    *,
    workers: int = 1,
) -> Path:
    """Train, or go on training, and return the averaged weights' file.

    Args:
        config: of the run.
        folder: that the configuration's paths are relative to.
        out: folder for the state, the log and the weights; a state in it is gone on from.
        skeleton: of the labels.
        progress: called with the step and the mean losses whenever they are logged.
        workers: background processes that make windows; 0 for none.

    Raises:
        ClickPoseError: the state belongs to another configuration.
    """
    out.mkdir(parents=True, exist_ok=True)
    run = start_run(config, folder)
    state = out / STATE_FILE
    if state.exists():
        run.load(state)
    samples = read_shards([(folder / shard).resolve() for shard in config.shards])
    objective = Objective(config, skeleton.pairs, torch.tensor(skeleton.sigmas))
    run.model.train()
    sums: dict[str, float] = {}
    began = time.perf_counter()
    for batch in _batches(samples, config, skeleton, run.step, workers):
        terms = _step(run, config, objective, normalise(batch.images), batch.targets)
        for name, value in terms.items():
            sums[name] = sums.get(name, 0.0) + float(value)
        if run.step % config.log_every == 0:
            means = {name: total / config.log_every for name, total in sums.items()}
            means["seconds"] = (time.perf_counter() - began) / config.log_every
            _log(out / LOG_FILE, run.step, means)
            progress(run.step, means)
            sums, began = {}, time.perf_counter()
        if run.step % config.save_every == 0 or run.step == config.steps:
            run.save(state, config)
            _ship(run, config, out)
    chosen = np.random.default_rng(config.seed).permutation(len(samples))
    photos = [samples[i] for i in chosen[: config.calibration_photos]]
    return _ship(run, config, out, photos, skeleton)


def _batches(
    samples: list[Sample], config: TrainingConfig, skeleton: Skeleton, step: int, workers: int
) -> Iterator[Batch]:
    """Batches of the steps that are left, stage after stage."""
    first = 0
    for number, stage in enumerate(config.stages):
        last = first + stage.steps
        if step < last:
            windows = TrainingWindows(
                samples,
                size=stage.size,
                batch=stage.batch,
                seed=config.seed + number,
                skeleton=skeleton,
                options=config.windows,
                workers=workers,
            )
            begin = max(step, first) - first
            yield from itertools.islice(windows.batches(begin), stage.steps - begin)
        first = last


def _step(
    run: Run, config: TrainingConfig, objective: Objective, images: Tensor, targets: list[Targets]
) -> dict[str, Tensor]:
    rate = _rate(run.step, config)
    for group in run.optimiser.param_groups:
        group["lr"] = group["peak"] * rate
    generator = torch.Generator().manual_seed(config.seed * 1_000_003 + run.step)
    with torch.autocast("cpu", torch.bfloat16, enabled=config.bfloat16):
        terms = objective(
            run.model, images.contiguous(memory_format=torch.channels_last), targets, generator
        )
    total = terms["total"]
    if not math.isfinite(float(total.detach())):
        raise ClickPoseError(
            f"The loss stopped being a number at step {run.step}.",
            "Lower the learning rate and start again from the last state.",
        )
    torch.autograd.backward(total)
    nn.utils.clip_grad_norm_(run.model.parameters(), config.clip)
    run.optimiser.step()
    run.optimiser.zero_grad(set_to_none=True)
    run.step += 1
    # Early on the average follows closely, or it would remember the random start.
    decay = min(config.ema, (1 + run.step) / (10 + run.step))
    with torch.no_grad():
        torch._foreach_lerp_(
            list(run.average.parameters()), list(run.model.parameters()), 1 - decay
        )
    return {name: value.detach() for name, value in terms.items()}


def _rate(step: int, config: TrainingConfig) -> float:
    """Share of the peak learning rate: a linear rise, then a cosine to zero."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    done = (step - config.warmup) / max(1, config.steps - config.warmup)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def _ship(
    run: Run,
    config: TrainingConfig,
    out: Path,
    calibration: Sequence[Sample] = (),
    skeleton: Skeleton | None = None,
) -> Path:
    """Write the averaged weights, calibrated on photos if there are any."""
    shipped = copy.deepcopy(run.average).eval()
    if shipped.config.shared_keypoint_content:
        shipped.config = dataclasses.replace(shipped.config, groups=config.shipped_people)
        shipped.decoder.groups = config.shipped_people
    if calibration and skeleton is not None:
        calibrate(shipped, calibration, skeleton)
    path = out / f"{config.name}.safetensors"
    metadata = {
        "name": config.name,
        "step": str(run.step),
        "training": msgspec.json.encode(config).decode(),
    }
    save_checkpoint(path, shipped, metadata)
    return path


def _log(path: Path, step: int, means: dict[str, float]) -> None:
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow(["step", *means])
        writer.writerow([step, *(f"{value:.5g}" for value in means.values())])
