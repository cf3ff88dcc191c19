"""Commands between formats: import and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from clickpose_app.cli_options import listed
from clickpose_app.formats.catalogue import NAMES, format_named

if TYPE_CHECKING:
    from clickpose_app.core.skeleton import Skeleton

_path = click.Path(path_type=Path)

_images_option = click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that file names are relative to; looked for beside SOURCE if not given.",
)
_skeleton_option = click.option(
    "--skeleton",
    help="Keypoints where SOURCE names none: a shipped skeleton such as coco-17, or a JSON file.",
)
_source_format_option = click.option(
    "--from",
    "source_format",
    type=click.Choice(NAMES),
    help="The format of SOURCE; found out if not given.",
)


_coco_option = click.option(
    "--coco",
    type=click.Path(dir_okay=False, path_type=Path),
    help="For COCO results: the COCO file that lists the images which SOURCE has only ids of.",
)


@click.command("import")
@click.argument("source", type=_path)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The project (.clickpose) or COCO JSON file (.json) to write.",
)
@_source_format_option
@_images_option
@_skeleton_option
@_coco_option
def import_(
    source: Path,
    out: Path,
    source_format: str | None,
    images: Path | None,
    skeleton: str | None,
    coco: Path | None,
) -> int:
    """Read annotations of another program, as a project or as COCO JSON.

    \b
    Examples:
      clickpose import task.xml --images photos/ --out photos.clickpose
      clickpose import dataset/data.yaml --out people.json
      clickpose import results.json --coco val.json --out predicted.clickpose
    """
    from clickpose_app.batch.conversion import opened, write, write_project
    from clickpose_app.formats.coco_format import COCO
    from clickpose_app.storage.project import PROJECT_SUFFIX

    chosen = format_named(source_format) if source_format else None
    with opened(
        source, format=chosen, images=images, skeleton=_skeleton(skeleton), described_by=coco
    ) as found:
        if out.suffix.lower() == PROJECT_SUFFIX:
            report = write_project(found, out)
        else:
            report = write(found, out, COCO)
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    for finding in report.findings:
        click.echo(f"  {finding}", err=True)
    return 0


@click.command()
@click.argument("source", type=_path)
@click.option("--out", required=True, type=_path, help="The file or folder to write.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(NAMES),
    default="coco",
    show_default=True,
    help="What to write.",
)
@_images_option
@click.option(
    "--keypoint-shift",
    type=float,
    default=0.0,
    show_default=True,
    help="For COCO: added to each x and y of a keypoint; -0.5 for programs that take them for "
    "pixel indices. Ours are continuous: (0, 0) is the corner of the first pixel.",
)
def export(
    source: Path, out: Path, format_name: str, images: Path | None, keypoint_shift: float
) -> int:
    """Write a project, or annotations in any format, in a format of your choice.

    A project may be open in a window meanwhile. What the format cannot hold is named. COCO
    files are checked as by clickpose validate; what was imported and breaks a rule is listed.

    \b
    Examples:
      clickpose export photos/annotations.clickpose --out people.json
      clickpose export people.json --format yolo-pose --images photos/ --out yolo/
    """
    from clickpose_app.batch.conversion import opened, write

    with opened(source, images=images) as found:
        report = write(found, out, format_named(format_name), keypoint_shift=keypoint_shift)
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    for sentence in (*report.losses, *report.findings):
        click.echo(f"  {sentence}", err=True)
    return listed("are not in it, because their size is unknown", map(str, report.left_out))


def _skeleton(name: str | None) -> Skeleton | None:
    from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton, read_skeleton

    if name is None:
        return None
    return builtin_skeleton(name) if name in BUILTIN_NAMES else read_skeleton(Path(name))
