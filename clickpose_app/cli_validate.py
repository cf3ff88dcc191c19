"""``clickpose validate``: will every consumer read this COCO file as it was meant?"""

from __future__ import annotations

from pathlib import Path

import click

EXIT_ERROR = 1

_SHOWN = 100


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "show_all", is_flag=True, help=f"Show more than {_SHOWN} findings.")
def validate(file: Path, show_all: bool) -> int:
    """Check a COCO keypoint file against what its consumers expect.

    One line for each finding, with the id of the record. Errors make pycocotools, MMPose,
    Detectron2, Ultralytics, torchvision or FiftyOne fail or read something else than was meant
    (exit code 1); warnings are worth a look.

    \b
    Example:
      clickpose validate people.json
    """
    from clickpose_app.formats.coco_check import check_coco

    errors = warnings = 0
    for finding in check_coco(file):
        errors += finding.error
        warnings += not finding.error
        if show_all or errors + warnings <= _SHOWN:
            click.echo(str(finding))
    if errors + warnings > _SHOWN and not show_all:
        click.echo(f"... and {errors + warnings - _SHOWN:,} more (--all shows them)")
    if errors + warnings == 0:
        click.echo(f"{file}: nothing wrong.")
    else:
        click.echo(f"{file}: {_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    return EXIT_ERROR if errors else 0


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
