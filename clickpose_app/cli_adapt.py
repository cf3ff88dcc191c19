"""The adapt command: its options and its progress; the work is done in adaptation/."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from clickpose_app.errors import ClickPoseError, Words

if TYPE_CHECKING:
    from clickpose_app.adaptation.plan import Event

EXIT_STOPPED = 3


@click.command()
@click.argument("labels", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--images",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder or tar shard with the images of a COCO file; may be given several times. "
    "The file's own folder if not given.",
)
@click.option(
    "--base",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Weights to start from; the shipped ones if not given.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The weights file to write (.safetensors).",
)
@click.option(
    "--unlabelled",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of more pictures, without labels: what the network is sure of there is learned "
    "from, too. Without LABELS: the pictures to make it at home in.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=15.0,
    show_default=True,
    help="How long it may take, looking at the images and measuring included.",
)
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    help="Learn for so many steps instead of minutes, to come to the same result each time.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of everything random.")
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    help="How many processor cores to learn on; all but one if not given.",
)
@click.option(
    "--priority",
    type=click.Choice(("usual", "low")),
    default="usual",
    show_default=True,
    help="low: whatever else runs on this machine comes first.",
)
@click.option(
    "--stop-file",
    type=click.Path(path_type=Path),
    help="Stop as soon as this file is there; the same command goes on later.",
)
@click.option(
    "--progress",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json: one JSON object a line on standard output, for other programs.",
)
def adapt(
    labels: Path | None,
    images: tuple[Path, ...],
    base: Path | None,
    out: Path,
    unlabelled: Path | None,
    minutes: float,
    steps: int | None,
    seed: int,
    threads: int | None,
    priority: str,
    stop_file: Path | None,
    form: str,
) -> int:
    """Teach the network a new skeleton from a few labelled images.

    LABELS is a project or a COCO JSON file with any keypoints, of people or of any other
    creature. At least four images must be labelled; ten to fifty make a beginning, and no GPU is
    needed. One image in eight, at least two, are held out: they are not learned from, and the
    figures that are printed come from them alone.

    The skeleton is that of the labels. A keypoint whose name the base knows starts from what it
    knows. Where the skeleton has all keypoints of the base and more, such as feet beside COCO's
    17, only the new ones are learned, and the others stay as good as they were.

    The weights appear as soon as there is a useful model, and are replaced by better ones. They
    carry the skeleton and the figures, and serve as --weights of every other command and in
    the window.

    A run that is stopped (Ctrl-C, a signal, the --stop-file) writes its best and goes on where
    it was when it is started again in the same way (exit code 3 until it is done).

    Without LABELS, --unlabelled names pictures of another kind than the base knows, such as dark
    ones: from what it is sure of there it learns to be sure of more. Weights are written only if
    they agree with the base on pictures that were held out; such a run begins anew each time.

    \b
    Examples:
      clickpose adapt bees.json --images photos/ --out bees.safetensors
      clickpose adapt mice.clickpose --out mice.safetensors --minutes 5
      clickpose prelabel photos/ --weights bees.safetensors --out predictions.json
      clickpose adapt --unlabelled night/ --out night.safetensors
    """
    if out.suffix != ".safetensors":
        raise click.BadParameter("the name must end in .safetensors.", param_hint="--out")
    if labels is None and (unlabelled is None or images):
        raise click.UsageError("Give LABELS, or pictures without labels: --unlabelled alone.")
    tell = _json if form == "json" else _Text()
    with _stopping(stop_file) as stop:
        try:
            from clickpose_app.adaptation.labels import read_labels
            from clickpose_app.adaptation.plan import Plan
            from clickpose_app.adaptation.source_free import adapt_to_pictures
            from clickpose_app.adaptation.teach import teach
            from clickpose_app.adaptation.threads import step_back, use_threads
            from clickpose_app.paths import default_weights

            use_threads(threads)
            if priority == "low":
                step_back()
            weights = base or default_weights()
            plan = Plan(weights, out, minutes, steps, seed, unlabelled, stop=stop)
            if labels is None:
                finished = adapt_to_pictures(plan, tell)
            else:
                finished = teach(read_labels(labels, images), plan, tell).finished
        except ClickPoseError as error:
            if form == "json":
                _json(_error_event(error))
            raise
    return 0 if finished else EXIT_STOPPED


def _error_event(error: ClickPoseError) -> Event:
    """An error for another program: in English, and as it is translated where it is Words."""
    said = {
        f"{name}_words": part.to_mapping()
        for name, part in zip(("message", "hint"), error.said, strict=True)
        if isinstance(part, Words)
    }
    return {"event": "error", "message": error.message, "hint": error.hint, **said}


def _json(event: Event) -> None:
    click.echo(json.dumps(event))


class _Text:
    """Events as lines that a person reads, on standard error."""

    def __init__(self) -> None:
        self._encoded = -1
        self._without_labels = False

    def __call__(self, event: Event) -> None:
        say: Callable[[Any], str | None] | None = getattr(self, f"_{event['event']}", None)
        line = None if say is None else say(event)
        if line:
            click.echo(line, err=True)

    def _started(self, event: Any) -> str:
        again = " Going on where it was." if event["resumed"] else ""
        return (
            f"{event['creatures']:,} labelled on {event['images']:,} images, "
            f"{event['keypoints']} keypoints; {event['held_out']} images held out.{again}"
        )

    def _anew(self, event: Any) -> str:
        return f"Beginning anew: {event['because']}."

    def _encoding(self, event: Any) -> str | None:
        quarter = 4 * event["done"] // max(1, event["of"])
        if quarter == self._encoded:
            return None
        self._encoded = quarter
        return f"looking at the images: {25 * quarter} %"

    def _step(self, event: Any) -> str | None:
        if event["step"] % 50:
            return None
        return (
            f"step {event['step']:,} ({event['stage']}), {event['left'] / 60:.1f} minutes left: "
            f"loss {event['loss']:.2f}"
        )

    def _measured(self, event: Any) -> str:
        kept = "the best so far" if event["better"] else "not better"
        return f"after {event['share']:.0%}: {_figures(event['figures'])}; {kept}"

    def _unlabelled(self, event: Any) -> str:
        sure = f"sure on {event['sure']} of {event['looked_at']} pictures without labels"
        return "\n  ".join([sure, *event["failures"]])

    def _pictures(self, event: Any) -> str:
        self._without_labels = True
        return f"{event['images']:,} pictures without labels."

    def _agreed(self, event: Any) -> str:
        verdict = "taken" if event["taken"] else "not taken"
        return (
            f"after {event['share']:.0%}: on held-out pictures OKS {event['with_base']:.3f} with "
            f"the base, {event['steadiness']:.2f} times as many sure joints; {verdict}"
        )

    def _finished(self, event: Any) -> str:
        if event["weights"] is None:
            when = "anything was better" if self._without_labels else "the first step"
            return f"Stopped before {when}. The same command begins again."
        if event["reason"] == "stopped":
            again = "begins anew" if self._without_labels else "goes on"
            return f"Stopped; the same command {again}. The best so far: {event['weights']}"
        if self._without_labels:
            return f"At home in these pictures: {event['weights']}"
        return f"Taught: {event['weights']}: {_figures(event['figures'])}"


def _figures(figures: dict[str, float]) -> str:
    parts = [
        f"found {figures['found']:.0%}",
        f"OKS {figures['oks']:.3f}",
        f"PCK@5% {figures['pck']:.3f}",
    ]
    if "clicks" in figures:
        parts.append(
            f"{figures['clicks']:.2f} clicks to OKS 0.90, by hand {figures['by_hand']:.2f}, "
            f"of {figures['joints']:.1f} joints"
        )
    return ", ".join(parts)


@contextmanager
def _stopping(stop_file: Path | None) -> Iterator[Callable[[], bool]]:
    """Whether somebody wants the run to stop: by a file, or by a first Ctrl-C or SIGTERM."""
    asked = []

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        asked.append(number)
        # A second one ends the program as ever.
        signal.signal(number, old[number])

    old: dict[int, Any] = {n: signal.signal(n, ask) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked) or (stop_file is not None and stop_file.exists())
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
