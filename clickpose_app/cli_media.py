"""Options of ``clickpose prelabel`` for videos, previews and the report."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clickpose_app.cli_options import progress_bar
from clickpose_app.paths import default_weights

if TYPE_CHECKING:
    from clickpose_app.batch.results import Results
    from clickpose_app.batch.sources import Sources

_OPTIONS = (
    click.option(
        "--every",
        type=click.IntRange(min=1),
        metavar="N",
        help="Take every Nth frame; all frames if neither --every nor --fps is given.",
    ),
    click.option(
        "--fps",
        type=click.FloatRange(min=0, min_open=True),
        metavar="NUMBER",
        help="Take so many frames a second.",
    ),
    click.option(
        "--frames",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for the pictures of the frames, a folder for each video; beside the "
        "result if not given.",
    ),
    click.option("--no-frames", is_flag=True, help="Keep no pictures of the frames."),
    click.option(
        "--track/--no-track",
        default=None,
        help="Give each person a track_id that stays from frame to frame; without either, in "
        "videos but not in folders of images.",
    ),
    click.option(
        "--preview",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder to write copies of the images to, with the poses drawn.",
    ),
    click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        help="HTML page to write: counts, histograms, the least certain images, failures.",
    ),
)


@dataclass(frozen=True)
class MediaOptions:
    """What the options say; see their help."""

    every: int | None
    fps: float | None
    frames: Path | None
    no_frames: bool
    track: bool | None
    preview: Path | None
    report: Path | None

    def check(
        self,
        images: Sequence[Path],
        into: Path | None,
        shard: str | None,
        image_ids: Path | None,
        ray: str | None,
    ) -> None:
        """Refuse what does not go together, as click.UsageError."""
        from clickpose_app.batch.sources import split_videos

        videos, _ = split_videos(images)
        if self.every is not None and self.fps is not None:
            raise click.UsageError("Give either --every or --fps, and not both.")
        if self.frames is not None and self.no_frames:
            raise click.UsageError("Give either --frames or --no-frames, and not both.")
        of_videos = (self.every, self.fps, self.frames, self.no_frames or None)
        if not videos and any(option is not None for option in of_videos):
            raise click.UsageError("--every, --fps, --frames and --no-frames are about videos.")
        if ray is not None and (videos or self.track or self.preview or self.report):
            raise click.UsageError("--ray goes without videos, --track, --preview and --report.")
        if videos and image_ids is not None:
            raise click.UsageError("--image-ids does not go with videos, whose frames have none.")
        if into is not None and self.track:
            raise click.UsageError("--track goes with --out, and not with --into.")
        if shard is not None and (videos or self.track):
            raise click.UsageError(
                "--shard takes frames apart, and nobody can be followed through them; give each "
                "machine videos of its own."
            )

    def sources(
        self, videos: Sequence[Path], others: Sequence[Path], out: Path, *, recursive: bool
    ) -> Sources:
        """The images, once frames of the videos are written."""
        from clickpose_app.batch import sources as work
        from clickpose_app.storage.videos import Pace

        folder = work.passing_folder(out) if self.no_frames else self.frames or out.parent
        click.echo(f"Frames of {len(videos):,} video{'s' * (len(videos) != 1)}:", err=True)
        with progress_bar() as progress:
            found = work.with_videos(
                *(videos, others, folder, Pace(self.every or 1, self.fps)),
                root=None if self.no_frames else out.parent,
                recursive=recursive,
                progress=progress,
            )
        for sentence in found.shortcomings:
            click.echo(sentence, err=True)
        return found

    def tracked(self, sources: Sources) -> frozenset[Path]:
        """Folders of frames through which people are followed."""
        if self.track is None:
            return sources.clip_folders
        return sources.folders if self.track else frozenset()

    def results(
        self, sources: Sources | None, facts: Mapping[str, str], weights: Path | None
    ) -> Results:
        """What is to be written besides the data set."""
        from clickpose_app.batch.report import ReportRequest
        from clickpose_app.batch.results import Results
        from clickpose_app.doctor import sha256_of

        request = None
        if self.report is not None:
            path = weights or default_weights()
            of_weights = {"Weights": path.name, "SHA-256 of the weights": sha256_of(path)}
            told = {**facts, **of_weights, **self._facts()}
            request = ReportRequest(self.report, "Pre-labelling report", told)
        if sources is None:
            return Results(self.preview, request)
        failures = (*sources.selection.failures, *sources.shortcomings)
        return Results(self.preview, request, self.tracked(sources), sources.fields, failures)

    def _facts(self) -> dict[str, str]:
        """What these options say, for the report."""
        told = {
            "Frames of videos": f"every {self.every}" if self.every else None,
            "Frames a second": f"{self.fps:g}" if self.fps else None,
            "Previews": str(self.preview) if self.preview else None,
        }
        return {name: value for name, value in told.items() if value}


def media_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command these options, as one MediaOptions called ``media``."""

    @functools.wraps(command)
    def packed(*args: Any, **options: Any) -> int:
        names = MediaOptions.__dataclass_fields__
        media = MediaOptions(**{name: options.pop(name) for name in names})
        return command(*args, media=media, **options)

    for option in reversed(_OPTIONS):
        packed = option(packed)
    return packed
