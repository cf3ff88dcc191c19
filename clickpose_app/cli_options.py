"""What several commands share: options of the network, and the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

EXIT_ERROR = 1
EXIT_PARTIAL = 3

DEVICES = ("auto", "cpu", "cuda", "mps")

weights_option = click.option(
    "--weights",
    type=click.Path(path_type=Path),
    help="Weights of the network (.safetensors or .pth); the shipped ones if not given.",
)
device_option = click.option(
    "--device",
    type=click.Choice(DEVICES),
    default="auto",
    show_default=True,
    help="Where the network runs; auto takes the fastest there is.",
)


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left on standard error; told how many of how many are done."""
    from tqdm import tqdm

    with tqdm(unit="image", dynamic_ncols=True) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def listed(what: str, failures: Iterable[str]) -> int:
    """Name on standard error the images that did not work; the exit code."""
    failures = list(failures)
    if not failures:
        return 0
    click.echo(f"{len(failures):,} {'image' if len(failures) == 1 else 'images'} {what}:", err=True)
    for failure in failures:
        click.echo(f"  {failure}", err=True)
    return EXIT_PARTIAL
