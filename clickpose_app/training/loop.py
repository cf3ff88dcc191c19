"""The training loop: resumable at any step, with averaged weights."""

from __future__ import annotations

import contextlib
import itertools
import math
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.config import Stage, TrainingConfig
from clickpose_app.training.data import Batch, Sample, TrainingWindows, normalise
from clickpose_app.training.data_coco import read_coco_folder
from clickpose_app.training.data_samples import read_shards
from clickpose_app.training.evaluation_photos import evaluation_photos
from clickpose_app.training.processes import Processes
from clickpose_app.training.recorder import Progress, Recorder
from clickpose_app.training.run_state import STATE_FILE, Run
from clickpose_app.training.stages import (
    AnyObjective,
    choose_learners,
    objective_of,
    rate_at,
    stage_at,
)
from clickpose_app.training.start_weights import load_start_weights

ALONE = Processes()


def start_run(config: TrainingConfig, folder: Path) -> Run:
    """A fresh run with its start weights."""
    torch.manual_seed(config.seed)
    model = ClickPose(config.model_config)
    for start in config.start:
        load_start_weights(model, (folder / start).resolve())
    average = ClickPose(config.model_config)
    average.load_state_dict(model.state_dict())
    average.requires_grad_(False)
    choose_learners(model, Stage(steps=1, size=32, batch=1), config.frozen_stride)
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
    progress: Progress,
    *,
    workers: int = 1,
    processes: Processes = ALONE,
    accept_changes: bool = False,
) -> Path:
    """Train, or go on training, and return the averaged weights' file.

    Args:
        config: of the run.
        folder: that the configuration's paths are relative to.
        out: folder for the state, the log, its curves and the weights; a state in it is gone
            on from.
        skeleton: of the labels.
        progress: called with the step after each one, and with what was logged or measured
            then: mean losses, seconds a step, AP.
        workers: background processes that make windows; 0 for none.
        processes: who takes part; only the first writes files and reports.
        accept_changes: go on although the run began with another configuration.

    Raises:
        ClickPoseError: naming data that are missing or wrong, a state of another
            configuration, or a file that cannot be written.
    """
    with contextlib.ExitStack() as stack:
        photos = None
        if config.evaluate is not None and processes.first:
            photos = stack.enter_context(evaluation_photos(config.evaluate, folder, skeleton))
        samples = read_samples(config, folder, skeleton)
        run = start_run(config, folder)
        run.to(processes.device)
        _resume(run, config, out, accept_changes)
        processes.agree(run.step, "state")
        recorder = None
        if processes.first:
            device = processes.device.type
            recorder = Recorder(config, out, skeleton, photos, device, progress, run.step)
        sigmas = torch.tensor(skeleton.sigmas, device=processes.device)
        run.model.train()
        meter, current = _Meter(), None
        for batch in _batches(samples, config, skeleton, run.step, workers, processes):
            stage, _ = stage_at(config, run.step)
            if stage is not current:
                choose_learners(run.model, stage, config.frozen_stride)
                objective, current = objective_of(config, stage, skeleton, sigmas), stage
            meter.add(_step(run, config, objective, batch, processes))
            means = meter.means(processes) if run.step % config.log_every == 0 else {}
            if recorder is not None:
                recorder.after_step(run, means)
        if recorder is not None:
            recorder.finish(run, samples)
    return out / f"{config.name}.safetensors"


def read_samples(config: TrainingConfig, folder: Path, skeleton: Skeleton) -> list[Sample]:
    """All labelled photos of a configuration whose paths are relative to a folder.

    Raises:
        FormatError: naming the file and what is wrong with it.
    """
    samples = read_shards([(folder / shard).resolve() for shard in config.shards])
    for each in config.coco:
        samples += read_coco_folder(
            (folder / each.json).resolve(), (folder / each.images).resolve(), skeleton, each.source
        )
    return samples


def _resume(run: Run, config: TrainingConfig, out: Path, accept_changes: bool) -> None:
    """Go on from the state in the folder, which is made if it is not there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClickPoseError(
            f"The folder {out} cannot be made: {error.strerror or error}.", "Choose another --out."
        ) from error
    state = out / STATE_FILE
    if state.exists():
        run.load(state, config, accept_changes=accept_changes)


def _batches(
    samples: list[Sample],
    config: TrainingConfig,
    skeleton: Skeleton,
    step: int,
    workers: int,
    processes: Processes,
) -> Iterator[Batch]:
    """This process's share of the batches of the steps that are left, stage after stage."""
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
                share=(processes.rank, processes.count),
            )
            begin = max(step, first) - first
            yield from itertools.islice(windows.batches(begin), stage.steps - begin)
        first = last


def _step(
    run: Run, config: TrainingConfig, objective: AnyObjective, batch: Batch, processes: Processes
) -> dict[str, Tensor]:
    """One optimiser step on a batch; this process's part of each loss term."""
    device = processes.device
    rate = rate_at(config, run.step)
    for group in run.optimiser.param_groups:
        group["lr"] = group["peak"] * rate
    images = normalise(batch.images.to(device)).contiguous(memory_format=torch.channels_last)
    targets = [target.to(device) for target in batch.targets]
    # Simulated annotators of several processes must not all do the same.
    seed = config.seed * 1_000_003 + run.step + 7_919_000_003 * processes.rank
    generator = torch.Generator(device).manual_seed(seed)
    # What the loss makes anew is made on a GPU, too; on the processor that goes without saying.
    placed = contextlib.nullcontext() if device.type == "cpu" else device
    with placed, torch.autocast(device.type, torch.bfloat16, enabled=config.bfloat16):
        terms = objective(run.model, images, targets, generator)
    # Each process divides by its own people; together they divide by all.
    people = sum(len(target.boxes) for target in targets)
    share = max(1, people) / max(1.0, processes.total(people))
    total = terms["total"] * share
    if not math.isfinite(float(total.detach())):
        raise ClickPoseError(
            f"The loss stopped being a number at step {run.step}.",
            "Lower the learning rate and start again from the last state.",
        )
    torch.autograd.backward(total)
    processes.add_gradients(run.model.parameters())
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
    return {name: value.detach() * share for name, value in terms.items()}


class _Meter:
    """Mean losses of the steps since they were last asked for."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps = 0
        self._began = time.perf_counter()

    def add(self, terms: Mapping[str, Tensor]) -> None:
        """Count one step."""
        for name, value in terms.items():
            self._sums[name] = self._sums.get(name, 0.0) + float(value)
        self._steps += 1

    def means(self, processes: Processes) -> dict[str, float]:
        """The means over all processes, and the seconds that a step took; begins anew."""
        sums = processes.total_by_name(self._sums)
        means = {name: total / self._steps for name, total in sums.items()}
        means["seconds"] = (time.perf_counter() - self._began) / self._steps
        self._sums, self._steps, self._began = {}, 0, time.perf_counter()
        return means
