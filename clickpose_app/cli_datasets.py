"""Commands for the usual work with annotation files: validate, merge, split, stats, agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import click

from clickpose_app.cli_options import EXIT_ERROR

_SHOWN = 100

_file = click.Path(dir_okay=False, path_type=Path)
_json_option = click.option("--json", "out", type=_file, help="Also write the figures here.")


@click.command()
@click.argument("file", type=_file)
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


@click.command()
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--out", required=True, type=_file, help="The COCO JSON file to write.")
@click.option(
    "--same-image",
    type=click.Choice(["refuse", "first", "all"]),
    default="refuse",
    show_default=True,
    help="Of an image that several files have: refuse to merge, take the people of the first of "
    "these files, or all people.",
)
def merge(files: tuple[Path, ...], out: Path, same_image: Literal["refuse", "first", "all"]) -> int:
    """Write several COCO keypoint files as one.

    They must have the same keypoints. Images and people keep their ids where these are free,
    and get new ones where not.

    \b
    Examples:
      clickpose merge monday.json tuesday.json --out week.json
      clickpose merge part*.json --out predictions.json
      clickpose merge corrected.json predicted.json --same-image first --out all.json
    """
    from clickpose_app.batch.merge import merge_coco

    report = merge_coco(files, out, same_image)
    shared = f" ({report.shared:,} were in several files)" if report.shared else ""
    click.echo(f"{report.people:,} people on {report.images:,} images{shared}: {out}")
    for sentence in report.left_out:
        click.echo(f"  not in it: {sentence}", err=True)
    return 0


@click.command()
@click.argument("file", type=_file)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the parts: FILE-1.json, FILE-2.json, or named after folder or annotator.",
)
@click.option(
    "--by",
    type=click.Choice(["image", "folder", "annotator"]),
    default="image",
    show_default=True,
    help="What belongs together in a part: images at random, a folder, or what one person made.",
)
@click.option(
    "--shares",
    metavar="NUMBERS",
    default="80,20",
    show_default=True,
    help="With --by image: how the parts share the images.",
)
@click.option("--seed", default=0, show_default=True, help="With --by image: chooses the mix.")
@click.option(
    "--field",
    default="annotator",
    show_default=True,
    metavar="NAME",
    help="With --by annotator: the field of an annotation that says who made it.",
)
def split(file: Path, out: Path, by: str, shares: str, seed: int, field: str) -> int:
    """Write a COCO keypoint file as several.

    \b
    Examples:
      clickpose split people.json --out parts/ --shares 80,10,10
      clickpose split people.json --out parts/ --by folder
      clickpose split people.json --out parts/ --by annotator --field annotator
    """
    from clickpose_app.batch import split as work
    from clickpose_app.formats.coco import read_coco

    dataset = read_coco(file)
    if by == "folder":
        parts = work.by_folder(dataset)
    elif by == "annotator":
        parts = work.by_annotator(dataset, field)
    else:
        parts = work.by_image(dataset, _numbers(shares), seed)
    written = work.write_parts(parts, file, out)
    for path, part in zip(written, parts.values(), strict=True):
        click.echo(f"{len(part.images):>9,} images: {path}")
    return 0


@click.command(short_help="Count what is in a COCO keypoint file.")
@click.argument("file", type=_file)
@_json_option
def stats(file: Path, out: Path | None) -> int:
    """Count what is in a COCO keypoint file: images, people, their sizes, each joint.

    \b
    Example:
      clickpose stats people.json
    """
    from clickpose_app.batch.statistics import count
    from clickpose_app.formats.coco import read_coco

    found = count(read_coco(file))
    click.echo(found.as_text())
    _write_json(out, found.as_json())
    return 0


@click.command(short_help="Compare two annotators, joint by joint.")
@click.argument("first", type=_file)
@click.argument("second", type=_file)
@click.option("--images", "most", default=10, show_default=True, help="Images to name.")
@_json_option
def agree(first: Path, second: Path, most: int, out: Path | None) -> int:
    """Compare two annotators' COCO files of the same images, joint by joint.

    People are paired so that their OKS is highest. The images on which the two differ most are
    named, somebody whom only one of them has counting 0.

    \b
    Example:
      clickpose agree anna.json ben.json
    """
    from clickpose_app.evaluation.agreement import agreement
    from clickpose_app.formats.coco import read_coco

    found = agreement(read_coco(first), read_coco(second), (first, second))
    click.echo(found.as_text(most))
    _write_json(out, found.as_json())
    return 0


COMMANDS = (validate, merge, split, stats, agree)


def _write_json(path: Path | None, content: dict[str, Any]) -> None:
    from clickpose_app.formats.atomic_file import atomic_file

    if path is not None:
        with atomic_file(path) as file:
            file.write(json.dumps(content, indent=2, ensure_ascii=False).encode())


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no list such as 80,10,10") from error


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
