"""``clickpose prelabel``: poses for many images, as COCO JSON or into a project."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clickpose_app.cli_media import MediaOptions, media_options
from clickpose_app.cli_options import (
    EXIT_PARTIAL,
    device_option,
    listed,
    progress_bar,
    weights_option,
)
from clickpose_app.core.thresholds import SCORE_THRESHOLD

if TYPE_CHECKING:
    from clickpose_app.core.predictor import Predictor

_SHARE = re.compile(r"(\d+)/(\d+)")


@click.command()
@click.argument("images", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: COCO JSON or, if its name ends in .parquet, Parquet.",
)
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A project to put the predictions into, instead of --out; what somebody edited or "
    "reviewed there is never touched.",
)
@click.option(
    "--again",
    is_flag=True,
    help="With --into: also renew predictions that nobody has touched.",
)
@weights_option
@device_option
@click.option(
    "--score-threshold",
    type=click.FloatRange(0, 1),
    default=SCORE_THRESHOLD,
    show_default=True,
    help="Leave out people whom the network is less certain of.",
)
@click.option("--recursive", is_flag=True, help="Look into folders in folders, too.")
@click.option(
    "--shard",
    metavar="I/N",
    help="Do only part I of N, for as many machines; clickpose merge puts the files together.",
)
@click.option(
    "--image-ids",
    type=click.Path(dir_okay=False, path_type=Path),
    help="COCO JSON file to take the ids of the images from, by file name.",
)
@media_options
def prelabel(
    images: tuple[Path, ...],
    out: Path | None,
    into: Path | None,
    again: bool,
    weights: Path | None,
    device: str,
    score_threshold: float,
    recursive: bool,
    shard: str | None,
    image_ids: Path | None,
    media: MediaOptions,
) -> int:
    """Find the people on many images and write them as COCO JSON, or into a project.

    IMAGES are image files, folders of images, and videos, whose frames are written as
    pictures beside the result; with --into, the images are those of the project.

    The result opens in the window, to be corrected there, and pycocotools reads it; each
    person has a score. Images that cannot be read are listed at the end (exit code 3), all
    others are written.

    A run that was stopped goes on where it was when it is started again in the same way.

    Ids of images are taken from --image-ids, else from the files' names where all of them
    are numbers (000000000139.jpg is 139), else they count from 1.

    \b
    Examples:
      clickpose prelabel photos/ --out predictions.json
      clickpose prelabel photos/ --recursive --out predictions.json --score-threshold 0.5
      clickpose prelabel photos/ --out people.parquet --report report.html --preview drawn/
      clickpose prelabel clip.mp4 --fps 5 --out clip.json
      clickpose prelabel photos/ --out part1.json --shard 1/4
      clickpose prelabel --into photos/annotations.clickpose
    """
    if (out is None) == (into is None):
        raise click.UsageError("Give either --out or --into, and not both.")
    if (into is None) != bool(images):
        raise click.UsageError(
            "Name images or folders of images." if into is None else "--into takes no IMAGES."
        )
    media.check(images, into, shard, image_ids)
    if out is None:
        assert into is not None
        return _into(into, _predictor(weights, device), again, score_threshold, weights, media)
    from clickpose_app.batch import prelabel as work
    from clickpose_app.batch.sources import Sources, remove_passing, split_videos
    from clickpose_app.formats.coco import read_image_ids

    ids = None if image_ids is None else read_image_ids(image_ids)
    videos, others = split_videos(images)
    if not videos:
        selection = work.select_images(images, recursive=recursive, image_ids=ids)
        sources = Sources(selection)
    else:
        sources = media.sources(videos, others, out, recursive=recursive)
        selection = sources.selection
    if selection.left_out:
        click.echo(f"{selection.left_out:,} images are not in {image_ids}: left out.", err=True)
    chosen = selection.images if shard is None else work.share_of(selection.images, *_part(shard))
    predictor = _predictor(weights, device)
    click.echo(f"{len(chosen):,} images, {predictor.description}.", err=True)
    facts = _facts(predictor, score_threshold, out) | ({"Share": shard} if shard else {})
    facts["Images from"] = ", ".join(map(str, images))
    results = media.results(sources, facts, weights)
    with progress_bar() as progress:
        report = work.prelabel(
            *(chosen, predictor, out),
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
    predictor: Predictor,
    again: bool,
    score_threshold: float,
    weights: Path | None,
    media: MediaOptions,
) -> int:
    from clickpose_app.batch.into_project import prelabel_project
    from clickpose_app.batch.project_results import write_project_results

    with progress_bar() as progress:
        report = prelabel_project(
            project, predictor, again=again, score_threshold=score_threshold, progress=progress
        )
    kept = f"; {report.kept:,} left as they are" if report.kept else ""
    click.echo(f"{report.people:,} people on {report.images:,} images{kept}: {project}")
    results = media.results(None, _facts(predictor, score_threshold, project), weights)
    drawn = listed("could not be drawn", write_project_results(project, results, report.failures))
    return listed("could not be read", report.failures) or drawn


def _facts(predictor: Predictor, score_threshold: float, result: Path) -> dict[str, str]:
    """What a report says of a run."""
    return {
        "Network": predictor.description,
        "Skeleton": predictor.skeleton.name,
        "Score threshold": f"{score_threshold:g}",
        "Result": str(result),
    }


def _predictor(weights: Path | None, device: str) -> Predictor:
    from clickpose_app.engine.torch_predictor import load_predictor

    return load_predictor(weights, device)


def _part(text: str) -> tuple[int, int]:
    found = _SHARE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(f"{text!r} is no part such as 1/4.", param_hint="--shard")
    return int(found[1]), int(found[2])
