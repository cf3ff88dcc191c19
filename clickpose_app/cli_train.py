"""The train command: its options and its progress; the work is done in training/."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from clickpose_app.errors import ClickPoseError

EXTRA = {
    "yaml": "PyYAML",
    "tflite": "tflite",
    "matplotlib": "Matplotlib",
}
"""Modules that come with the train extra, and the names of their packages."""

_FIGURES = ("AP", "AP50", "AP75", "APM", "APL", "AR")


@click.command()
@click.argument("config", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for everything that the run makes; a run that was stopped in it goes on.",
)
@click.option(
    "--device",
    type=click.Choice(("auto", "cpu", "cuda")),
    default="auto",
    show_default=True,
    help="Where to train; auto takes a CUDA GPU if there is one.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Background processes that cut and spoil training windows; a fast GPU needs more.",
)
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Go on although CONFIG was changed since the run began.",
)
def train(config: Path, out: Path, device: str, workers: int, accept_changes: bool) -> int:
    """Train a network, or go on training one that was stopped.

    CONFIG is a YAML file that holds the whole run: the photos (shards: WebDataset tars; coco:
    COCO JSON files with their folders of images), the network, and how long to train.
    models/clickpose-s.yaml made the shipped weights; copy it, and name your own photos. Paths
    in it are relative to it.

    \b
    In the --out folder there will be
      NAME.safetensors  the weights so far, for --weights of the other commands
      log.csv           losses, and the AP on the photos of "evaluate", by step
      curves.png        the same, drawn
      state.pt          what a run goes on from, whenever and however it was stopped

    The extra packages come with: pip install 'clickpose-app[train]'

    \b
    Examples:
      clickpose train models/clickpose-s.yaml --out runs/s
      torchrun --nproc-per-node 2 -m clickpose_app train CONFIG.yaml --out runs/s
                        the same run, each batch shared by two GPUs (or two processes)
    """
    check_extra()
    from clickpose_app.storage.skeletons import builtin_skeleton
    from clickpose_app.training import loop
    from clickpose_app.training.config import read_config
    from clickpose_app.training.processes import joined

    run = read_config(config)
    with joined(device) as processes, _progress(run.steps, shown=processes.first) as progress:
        try:
            weights = loop.train(
                run,
                config.parent,
                out,
                builtin_skeleton(),
                progress,
                workers=workers,
                processes=processes,
                accept_changes=accept_changes,
            )
        except KeyboardInterrupt:
            if processes.first:
                steps = f"{run.save_every:,} steps"
                click.echo(
                    f"The same command goes on from the last state, at most {steps} back.", err=True
                )
            raise
    if processes.first:
        click.echo(f"Trained: {weights}")
    return 0


def check_extra(modules: Collection[str] | None = None) -> None:
    """Make sure that what training alone needs is installed.

    Args:
        modules: those of EXTRA that are needed; None for all.

    Raises:
        ClickPoseError: naming the packages that are not.
    """
    wanted = EXTRA if modules is None else modules
    missing = [EXTRA[name] for name in wanted if importlib.util.find_spec(name) is None]
    if missing:
        raise ClickPoseError(
            f"Training needs packages that are not installed: {', '.join(missing)}.",
            "Run: pip install 'clickpose-app[train]'",
        )


@contextmanager
def _progress(steps: int, *, shown: bool) -> Iterator[Callable[[int, Mapping[str, float]], None]]:
    """A bar on a terminal; lines where standard error is a file, which a bar would fill."""
    if not shown:
        yield lambda _step, _numbers: None
        return
    if not sys.stderr.isatty():
        yield lambda step, numbers: _line(step, steps, numbers)
        return
    from tqdm import tqdm

    with tqdm(total=steps, unit="step", dynamic_ncols=True, smoothing=0.05) as bar:

        def show(step: int, numbers: Mapping[str, float]) -> None:
            if bar.n == 0 and step > 1:  # a run that goes on
                bar.initial = bar.n = step - 1
            bar.update(step - bar.n)
            if "total" in numbers:
                bar.set_postfix_str(f"loss {numbers['total']:.2f}")
            if "AP" in numbers:
                bar.write(f"step {step:,}: {_figures(numbers)}", file=sys.stderr)

        yield show


def _line(step: int, steps: int, numbers: Mapping[str, float]) -> None:
    if "total" in numbers:
        left = (steps - step) * numbers["seconds"] / 60
        names = [name for name in numbers if "/" not in name and name not in _FIGURES]
        parts = " ".join(f"{name} {numbers[name]:.2f}" for name in names)
        click.echo(f"step {step:,} of {steps:,}, {left:.0f} minutes left: {parts}", err=True)
    if "AP" in numbers:
        click.echo(f"step {step:,} of {steps:,}: {_figures(numbers)}", err=True)


def _figures(numbers: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {numbers[name]:.3f}" for name in _FIGURES if name in numbers)
