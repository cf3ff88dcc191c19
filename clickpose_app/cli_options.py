"""What several commands share: options of the network, and the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


_WIDEST = 26  # characters; a longer name of an option stands in a line of its own


class GroupedCommand(click.Command):
    """A command whose help lists its options under headings."""

    def __init__(
        self, *args: Any, headings: Mapping[str, Sequence[str]] | None = None, **fields: Any
    ) -> None:
        """As click.Command; headings: the names of the options under each, in their order.

        Options that stand under none come last, under "More".
        """
        super().__init__(*args, **fields)
        self._headings = dict(headings or {})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of a command's help."""
        records = {
            param.name: record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        }
        width = min(_WIDEST, max(len(option) for option, _ in records.values()))
        named = {name for names in self._headings.values() for name in names}
        others = [name for name in records if name not in named]
        for heading, names in {**self._headings, "More": others}.items():
            rows = [records[name] for name in names if name in records]
            rows = [(option.ljust(width), text) for option, text in rows]  # columns line up
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


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
