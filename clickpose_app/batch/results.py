"""All that a run writes of what it has found: the data set, pictures with poses, a report.

This is the one place through which finished images go, in the order of the images and after the
network's work is done, so that a run that was stopped comes to the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clickpose_app.batch.preview import check_previews, open_previews
from clickpose_app.batch.report import ReportRequest, check_report, write_report
from clickpose_app.batch.summary import Summary
from clickpose_app.batch.tracking import Tracker, TrackIds
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.coco import CocoWriter, coco_writer
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.formats.people_parquet import (
    ParquetWriter,
    check_parquet,
    is_parquet_path,
    parquet_writer,
)


@dataclass(frozen=True)
class Written:
    """What came of it.

    Attributes:
        people: how many were written.
        not_drawn: one sentence for each preview that could not be drawn.
    """

    people: int
    not_drawn: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """What a run writes, besides the data set that it always writes.

    Attributes:
        preview: folder for pictures with the poses drawn; None for none.
        report: the report to write; None for none.
        tracked: folders whose images are frames, in order, so that people are followed through
            them.
        fields: what the data set says besides of an image, by its file.
        failures: what went wrong before the images were looked at, for the report.
    """

    preview: Path | None = None
    report: ReportRequest | None = None
    tracked: frozenset[Path] = frozenset()
    fields: Mapping[Path, Mapping[str, Any]] = field(default_factory=dict)
    failures: tuple[str, ...] = ()

    def check(
        self, out: Path | None, skeleton: Skeleton, images: Iterable[tuple[Path, str]]
    ) -> None:
        """Find out before the work what would fail after it.

        Args:
            out: the data set, if one is written.
            skeleton: of the people.
            images: where each image is, and how the data set calls it.

        Raises:
            ClickPoseError: naming what is missing or in the way.
        """
        if out is not None and is_parquet_path(out):
            check_parquet()
        if self.tracked:
            Tracker(skeleton, TrackIds())
        if self.report is not None:
            check_report(self.report.path)
        if self.preview is not None:
            check_previews(self.preview, images)

    def write(
        self,
        out: Path | None,
        skeleton: Skeleton,
        found: Iterable[tuple[Path, DatasetImage]],
        failures: Sequence[str],
    ) -> Written:
        """Write all, image by image; memory does not grow with their number.

        Args:
            out: the data set: COCO JSON, or Parquet if its name ends so; None for none.
            skeleton: of the people.
            found: each labelled image with its file, in order.
            failures: one sentence for each image that could not be read, for the report.

        Raises:
            FormatError: if a file cannot be written; what was there before stays.
            ClickPoseError: if a folder cannot be made.
        """
        people, not_drawn = 0, []
        summary = Summary(skeleton)
        with ExitStack() as stack:
            data_set = out and stack.enter_context(_data_set(out, skeleton))
            previews = self.preview and stack.enter_context(open_previews(self.preview, skeleton))
            for path, image in self._told(found, skeleton):
                if data_set:
                    data_set.add(image)
                people += len(image.annotation.people)
                if previews:
                    previews.add(path, image)
                if self.report:
                    summary.add(path, image)
            if previews:
                previews.end()
                not_drawn = previews.failures
        if self.report:
            write_report(self.report, summary, [*self.failures, *failures, *not_drawn])
        return Written(people, tuple(not_drawn))

    def _told(
        self, found: Iterable[tuple[Path, DatasetImage]], skeleton: Skeleton
    ) -> Iterator[tuple[Path, DatasetImage]]:
        """The images with all that is said of them: tracks of people, and other fields."""
        ids = TrackIds()
        trackers: dict[Path, Tracker] = {}
        for path, image in found:
            annotation = image.annotation
            folder = path.parent
            if folder in self.tracked:
                if folder not in trackers:
                    trackers[folder] = Tracker(skeleton, ids)
                annotation = trackers[folder].follow(annotation)
            extra = {**image.extra, **self.fields.get(path, {})}
            yield path, replace(image, annotation=annotation, extra=extra)


@contextmanager
def _data_set(out: Path, skeleton: Skeleton) -> Iterator[CocoWriter | ParquetWriter]:
    writer = parquet_writer if is_parquet_path(out) else coco_writer
    with writer(out, skeleton) as data_set:
        yield data_set
