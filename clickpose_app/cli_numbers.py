"""The numbers command: options only; the counting is done in storage/work.py."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("project", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--csv",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one row an image and person to this file, too.",
)
def numbers(project: Path, out: Path | None) -> int:
    """Show time and clicks that a project took, also while the window has it open.

    Clicks are compared with one click for each labelled joint. People count as finished when
    their image was accepted or they were corrected; pauses over 30 seconds count for nobody.

    \b
    Example:
      clickpose numbers photos/annotations.clickpose --csv work.csv
    """
    from clickpose_app.formats.work_csv import write_work_csv
    from clickpose_app.storage.work import read_numbers

    found = read_numbers(project)
    states = ", ".join(f"{n:,} {state.value}" for state, n in found.states.items() if n)
    click.echo(f"{sum(found.states.values()):,} images: {states or 'none'}")
    click.echo(f"{'':28}{'today':>12}{'overall':>12}")
    today, overall = found.today, found.overall
    for name, a, b, digits in (
        ("images finished", today.images, overall.images, 0),
        ("people finished", today.people, overall.people, 0),
        ("active minutes", today.seconds / 60, overall.seconds / 60, 1),
        ("seconds a person, median", today.person_seconds, overall.person_seconds, 1),
        ("seconds an image, median", today.image_seconds, overall.image_seconds, 1),
        ("clicks", today.clicks, overall.clicks, 0),
        ("clicks a person", today.clicks_per_person, overall.clicks_per_person, 2),
        ("clicks by hand", today.by_hand, overall.by_hand, 0),
        ("clicks saved", today.saved, overall.saved, 0),
        ("clicks saved, %", _percent(today.saved_share), _percent(overall.saved_share), 1),
    ):
        click.echo(f"{name:28}{_figure(a, digits):>12}{_figure(b, digits):>12}")
    if out is not None:
        rows = write_work_csv(out, found.people)
        click.echo(f"{rows:,} rows: {out}")
    return 0


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _figure(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"
