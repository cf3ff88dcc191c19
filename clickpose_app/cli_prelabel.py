"""``clickpose prelabel``: poses for many images, as COCO JSON or into a project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clickpose_app.cli_media import MediaOptions, media_options
from clickpose_app.cli_options import (
    DEVICES,
    EXIT_PARTIAL,
    GroupedCommand,
    listed,
    progress_bar,
    weights_option,
)
from clickpose_app.core.thresholds import SCORE_THRESHOLD

if TYPE_CHECKING:
    from clickpose_app.batch.labelling import Looker
    from clickpose_app.engine.many import ManyPredictor

_HEADINGS = {
    "Results": ("out", "into", "report", "preview"),
    "Images and people": ("recursive", "score_threshold", "again", "image_ids"),
    "Videos": ("fps", "every", "track", "frames", "no_frames"),
    "The network": ("weights", "devices", "tiles"),
    "Several machines": ("shard", "ray"),
}
_EPILOG = """\b
Good to know:
  - The result opens in the window, to be corrected, and pycocotools reads it.
  - A run that was stopped goes on where it was when it is started again in
    the same way.
  - Images that cannot be read are listed at the end (exit code 3); all
    others are written.
  - Ids of images are those of --image-ids, else the numbers in the files'
    names where all are numbers (000000000139.jpg is 139), else 1, 2, 3...

\b
More examples:
  clickpose prelabel photos/ --out predictions.json --device cuda:0,cuda:1
  clickpose prelabel photos/ --out part1.json --shard 1/4
  clickpose prelabel s3://bucket/shard-0.tar --out predictions.json --ray
"""

_SHARE = re.compile(r"(\d+)/(\d+)")
_GPU = re.compile(r"cuda:\d+")


@click.command(
    cls=GroupedCommand,
    headings=_HEADINGS,
    epilog=_EPILOG,
    short_help="Find people and their poses on many images.",
)
@click.argument("images", nargs=-1)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: COCO JSON or, if it ends in .parquet, Parquet, a row a person.",
)
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PROJECT",
    help="Instead of --out: a project to put the predictions into. Its own images are looked "
    "at; what somebody edited or reviewed is never touched.",
)
@click.option(
    "--again",
    is_flag=True,
    help="With --into: also renew predictions that nobody has touched.",
)
@weights_option
@click.option(
    "--device",
    "devices",
    metavar="DEVICE[,...]",
    default="auto",
    show_default=True,
    callback=lambda _context, _option, value: _devices(value),
    help=f"Where it runs: {', '.join(DEVICES)}, or several, as in cuda:0,cuda:1; auto takes "
    "the fastest there is.",
)
@click.option(
    "--score-threshold",
    type=click.FloatRange(0, 1),
    metavar="NUMBER",
    default=SCORE_THRESHOLD,
    show_default=True,
    help="Leave out people whom the network is less certain of.",
)
@click.option(
    "--tiles",
    is_flag=True,
    help="Also search large images part by part for people who are small in them: 12 megapixels "
    "cost some 40 parts, 24 some 90, each as much as a whole small image.",
)
@click.option("--recursive", is_flag=True, help="Look into folders in folders, too.")
@click.option(
    "--shard",
    metavar="I/N",
    help="Do only part I of N; clickpose merge puts the files together.",
)
@click.option(
    "--ray",
    is_flag=False,
    flag_value="",
    metavar="[ADDRESS]",
    help="Work on the Ray cluster at ADDRESS (auto: the one of this machine); without ADDRESS, "
    "as the last option, on one that is started here. IMAGES may then also be Parquet files "
    "with a column of images, WebDataset shards (.tar) and addresses such as s3://bucket/folder.",
)
@click.option(
    "--image-ids",
    type=click.Path(dir_okay=False, path_type=Path),
    help="COCO JSON file whose images these are: their ids are taken by file name, and images "
    "that it does not list are left out.",
)
@media_options
def prelabel(
    images: tuple[str, ...],
    out: Path | None,
    into: Path | None,
    again: bool,
    weights: Path | None,
    devices: tuple[str, ...],
    score_threshold: float,
    tiles: bool,
    recursive: bool,
    shard: str | None,
    ray: str | None,
    image_ids: Path | None,
    media: MediaOptions,
) -> int:
    """Find the people on many images, and their poses, without a window.

    IMAGES are image files, folders of images, and videos.

    \b
    Examples:
      clickpose prelabel photos/ --out predictions.json
      clickpose prelabel --into photos/annotations.clickpose
      clickpose prelabel clip.mp4 --fps 5 --out clip.json
      clickpose prelabel photos/ --out people.parquet --report report.html --preview drawn/
    """
    if (out is None) == (into is None):
        raise click.UsageError("Give either --out or --into, and not both.")
    if (into is None) != bool(images):
        raise click.UsageError(
            "Name images or folders of images." if into is None else "--into takes no IMAGES."
        )
    paths = [Path(image) for image in images]
    media.check(paths, into, shard, image_ids, ray)
    if ray is not None:
        if out is None or shard or image_ids or devices != ("auto",):
            raise click.UsageError(
                "--ray goes with --out, and without --shard, --image-ids and --device."
            )
        return _on_ray(images, ray, weights, out, recursive, score_threshold, tiles)
    if out is None:
        assert into is not None
        with _looker(weights, devices, tiles) as looker:
            return _into(into, looker, again, score_threshold, weights, media)
    from clickpose_app.batch import prelabel as work
    from clickpose_app.batch.sources import Sources, remove_passing, split_videos
    from clickpose_app.formats.coco import read_image_ids

    ids = None if image_ids is None else read_image_ids(image_ids)
    videos, others = split_videos(paths)
    if not videos:
        selection = work.select_images(paths, recursive=recursive, image_ids=ids)
        sources = Sources(selection)
    else:
        sources = media.sources(videos, others, out, recursive=recursive)
        selection = sources.selection
    if selection.left_out:
        click.echo(f"{selection.left_out:,} images are not in {image_ids}: left out.", err=True)
    chosen = selection.images if shard is None else work.share_of(selection.images, *_part(shard))
    with _looker(weights, devices, tiles) as looker:
        click.echo(f"{len(chosen):,} images, {looker.description}.", err=True)
        facts = _facts(looker, score_threshold, out) | ({"Share": shard} if shard else {})
        facts["Images from"] = ", ".join(images)
        results = media.results(sources, facts, weights)
        with progress_bar() as progress:
            report = work.prelabel(
                *(chosen, looker, out),
                score_threshold=score_threshold,
                progress=progress,
                results=results,
            )
    remove_passing(out)
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    drawn = listed("could not be drawn", report.not_drawn)
    read = listed("could not be read", (*selection.failures, *report.failures))
    return drawn or read or (EXIT_PARTIAL if sources.shortcomings else 0)


def _into(
    project: Path,
    looker: Looker,
    again: bool,
    score_threshold: float,
    weights: Path | None,
    media: MediaOptions,
) -> int:
    from clickpose_app.batch.into_project import prelabel_project
    from clickpose_app.batch.project_results import write_project_results

    with progress_bar() as progress:
        report = prelabel_project(
            project, looker, again=again, score_threshold=score_threshold, progress=progress
        )
    kept = f"; {report.kept:,} left as they are" if report.kept else ""
    click.echo(f"{report.people:,} people on {report.images:,} images{kept}: {project}")
    results = media.results(None, _facts(looker, score_threshold, project), weights)
    drawn = listed("could not be drawn", write_project_results(project, results, report.failures))
    return listed("could not be read", report.failures) or drawn


def _facts(looker: Looker, score_threshold: float, result: Path) -> dict[str, str]:
    """What a report says of a run."""
    return {
        "Network": looker.description,
        "Skeleton": looker.skeleton.name,
        "Score threshold": f"{score_threshold:g}",
        "Result": str(result),
    }


def _on_ray(
    addresses: tuple[str, ...],
    address: str,
    weights: Path | None,
    out: Path,
    recursive: bool,
    score_threshold: float,
    tiles: bool,
) -> int:
    from clickpose_app.batch.on_ray import connect, prelabel_on_ray
    from clickpose_app.engine.many import makers

    with connect(address) as cluster:
        kind = "a GPU" if cluster.gpus else "a core"
        networks = "network" if cluster.actors == 1 else "networks"
        click.echo(f"Ray: {cluster.actors} {networks}, each with {kind}.", err=True)
        with progress_bar() as progress:
            report = prelabel_on_ray(
                addresses,
                cluster,
                makers(weights, ["cpu"], cores=1, load=_loader(tiles)),
                out,
                recursive=recursive,
                score_threshold=score_threshold,
                progress=progress,
            )
    click.echo(f"{report.people:,} people on {report.images:,} images: {out}")
    return listed("could not be read", report.failures)


@contextmanager
def _looker(weights: Path | None, devices: tuple[str, ...], tiles: bool) -> Iterator[Looker]:
    """Who looks: a network in this process, or one in a process for each of several devices."""
    from clickpose_app.core.predictor import images_at_once
    from clickpose_app.engine.devices import choose_device
    from clickpose_app.engine.many import makers

    if len(devices) > 1:
        from clickpose_app.batch.workers import start_workers

        with start_workers(makers(weights, devices, load=_loader(tiles)), devices) as workers:
            yield workers
        return
    predictor = _loader(tiles)(weights, devices[0])
    if devices[0] == "auto" and choose_device("auto").type == "cpu":
        click.echo("No GPU was found: the network runs on the processor.", err=True)
    begun_with = images_at_once(predictor)
    yield predictor
    if images_at_once(predictor) < begun_with:
        now = images_at_once(predictor)
        click.echo(f"The GPU's memory took {now} images at a time, not {begun_with}.", err=True)


def _loader(tiles: bool) -> Callable[..., ManyPredictor]:
    from clickpose_app.engine.many import load_for_many
    from clickpose_app.engine.many_tiles import load_with_tiles

    return load_with_tiles if tiles else load_for_many


def _devices(text: str) -> tuple[str, ...]:
    devices = tuple(part.strip() for part in text.split(","))
    for device in devices:
        if device not in DEVICES and not _GPU.fullmatch(device):
            raise click.BadParameter(
                f"{device!r} is none of {', '.join(DEVICES)} or cuda:0, cuda:1 and so on."
            )
    return devices


def _part(text: str) -> tuple[int, int]:
    found = _SHARE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(f"{text!r} is no part such as 1/4.", param_hint="--shard")
    return int(found[1]), int(found[2])
