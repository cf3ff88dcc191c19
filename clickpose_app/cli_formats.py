"""Commands between formats: import and export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clickpose_app.cli_options import GroupedCommand, listed
from clickpose_app.formats.catalogue import NAMES, format_named

if TYPE_CHECKING:
    from clickpose_app.core.skeleton import Skeleton

_LIST = ", ".join(NAMES)
_READING = ("images", "source_format", "skeleton", "coco")

_path = click.Path(path_type=Path)

_images_option = click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that the images are in; looked for beside SOURCE if not given.",
)
_skeleton_option = click.option(
    "--skeleton",
    metavar="NAME",
    help="The keypoints, where SOURCE does not name them: a shipped skeleton such as coco-17, or "
    "a JSON file.",
)
_source_format_option = click.option(
    "--from",
    "source_format",
    type=click.Choice(NAMES),
    metavar="FORMAT",
    help=f"The format of SOURCE, found out if not given: {_LIST}.",
)


_coco_option = click.option(
    "--coco",
    type=click.Path(dir_okay=False, path_type=Path),
    help="For COCO results, which know only ids: the COCO file that lists the images.",
)


def _reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command what may have to be said to read SOURCE."""
    for option in (_coco_option, _skeleton_option, _source_format_option, _images_option):
        command = option(command)
    return command


@click.command("import", short_help="Read annotations of another program.")
@click.argument("source", type=_path)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The project (.clickpose) or COCO JSON file (.json) to write.",
)
@_reading_options
def import_(
    source: Path,
    out: Path,
    source_format: str | None,
    images: Path | None,
    skeleton: str | None,
    coco: Path | None,
) -> int:
    """Read annotations of another program, as a project or as COCO JSON.

    SOURCE is a file or folder of any format below, or a project.

    \b
    Examples:
      clickpose import task.xml --images photos/ --out photos.clickpose
      clickpose import dataset/data.yaml --out people.json
      clickpose import results.json --coco val.json --out predicted.clickpose
    """
    from clickpose_app.batch.conversion import opened, write, write_project
    from clickpose_app.formats.coco_format import COCO
    from clickpose_app.storage.project import PROJECT_SUFFIX

    given = _given(source_format, images, skeleton, coco)
    with opened(source, **given) as found:
        if out.suffix.lower() == PROJECT_SUFFIX:
            report = write_project(found, out)
        else:
            report = write(found, out, COCO)
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    for finding in report.findings:
        click.echo(f"  {finding}", err=True)
    return 0


@click.command(
    cls=GroupedCommand,
    short_help="Write annotations in a format of your choice.",
    headings={
        "What to write": ("out", "format_name", "keypoint_shift"),
        "How to read SOURCE, where it does not say enough": _READING,
    },
)
@click.argument("source", type=_path)
@click.option("--out", required=True, type=_path, help="The file or folder to write.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(NAMES),
    metavar="FORMAT",
    default="coco",
    show_default=True,
    help=f"One of {_LIST}.",
)
@_reading_options
@click.option(
    "--keypoint-shift",
    type=float,
    default=0.0,
    show_default=True,
    metavar="NUMBER",
    help="For coco: added to each x and y of a keypoint; -0.5 for programs that take them for "
    "pixel indices. Ours are continuous: (0, 0) is the corner of the first pixel.",
)
def export(
    source: Path,
    out: Path,
    format_name: str,
    source_format: str | None,
    images: Path | None,
    skeleton: str | None,
    coco: Path | None,
    keypoint_shift: float,
) -> int:
    """Write a project, or annotations of any format, in the format of your choice.

    SOURCE is a project, which may be open in a window meanwhile, or a file or folder of any
    format. What the new format cannot hold is named. COCO files are checked as by clickpose
    validate, and what breaks a rule is listed.

    \b
    Examples:
      clickpose export photos/annotations.clickpose --out people.json
      clickpose export people.json --format yolo-pose --images photos/ --out yolo/
    """
    from clickpose_app.batch.conversion import opened, write

    given = _given(source_format, images, skeleton, coco)
    with opened(source, **given) as found:
        report = write(found, out, format_named(format_name), keypoint_shift=keypoint_shift)
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    for sentence in (*report.losses, *report.findings):
        click.echo(f"  {sentence}", err=True)
    return listed("are not in it, because their size is unknown", map(str, report.left_out))


def _given(
    source_format: str | None, images: Path | None, skeleton: str | None, coco: Path | None
) -> dict[str, Any]:
    """What was said about SOURCE, as opened() takes it."""
    return {
        "format": format_named(source_format) if source_format else None,
        "images": images,
        "skeleton": _skeleton(skeleton),
        "described_by": coco,
    }


def _skeleton(name: str | None) -> Skeleton | None:
    from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton, read_skeleton

    if name is None:
        return None
    return builtin_skeleton(name) if name in BUILTIN_NAMES else read_skeleton(Path(name))
