"""The report of a run: one page that needs nothing beside it, to be opened in any browser."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from clickpose_app import __version__
from clickpose_app.batch.charts import Bar, bar_chart
from clickpose_app.batch.preview import draw_preview, encode_jpeg
from clickpose_app.batch.summary import SCORE_BINS, Doubtful, Summary, height_of
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.paths import resources_dir

SHOWN_FAILURES = 1000
"""Failures that are listed; a page of a million lines opens nowhere."""

_TILE, _TILE_TEXT = 480, 1.5  # shown smaller than it is
_QUALITY = 80
_CROWD = 10


@dataclass(frozen=True)
class ReportRequest:
    """What is to be written where.

    Attributes:
        path: the HTML file.
        title: of the page.
        facts: settings, weights and the like, by name, as they are to be read.
    """

    path: Path
    title: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class _Tile:
    """An image in the report: data URL of its thumbnail (empty with a reason why), and words."""

    name: str
    need: float
    people: int
    lowest: float | None
    picture: str
    reason: str


def check_report(path: Path) -> None:
    """Raise ClickPoseError if a report can certainly not be written there; before the work."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise ClickPoseError(
            f"The report cannot be written to {path}: "
            + ("that is a folder." if path.is_dir() else "its folder does not exist."),
            "Name a file such as report.html in a folder that is there.",
        )


def write_report(request: ReportRequest, summary: Summary, failures: Sequence[str]) -> None:
    """Write the report.

    Args:
        request: where, and what it says besides.
        summary: what was found.
        failures: one sentence for each thing that did not work.

    Raises:
        FormatError: if it cannot be written; what was there before stays.
    """
    environment = Environment(
        loader=FileSystemLoader(resources_dir() / "report"),
        autoescape=True,  # file names may say anything
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html").render(
        title=request.title,
        facts=request.facts,
        version=__version__,
        written=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
        summary=summary,
        score_chart=_score_chart(summary),
        height_chart=_height_chart(summary),
        people_chart=_people_chart(summary),
        joints=_joint_rows(summary),
        tiles=[_tile(doubtful, summary.skeleton) for doubtful in summary.least_certain],
        failures=failures[:SHOWN_FAILURES],
        more_failures=max(len(failures) - SHOWN_FAILURES, 0),
        failure_count=len(failures),
    )
    with atomic_file(request.path) as file:
        # A name may hold what UTF-8 cannot.
        file.write(page.encode("utf-8", "backslashreplace"))


def _score_chart(summary: Summary) -> Markup:
    bars = [
        Bar(f"{i / SCORE_BINS:.2f} to {(i + 1) / SCORE_BINS:.2f}", summary.scores[i])
        for i in range(SCORE_BINS)
    ]
    marks: dict[float, str] = {
        i: f"{i / SCORE_BINS:g}" for i in range(0, SCORE_BINS + 1, SCORE_BINS // 5)
    }
    return bar_chart(bars, marks, what="people")


def _height_chart(summary: Summary) -> Markup:
    if not summary.heights:
        return bar_chart([], {}, what="people")
    first, last = min(summary.heights), max(summary.heights)
    # Whole octaves, so that both ends have a number.
    first, last = first - first % 2, last + (last + 1) % 2
    bars = [
        Bar(f"{height_of(i):.0f} to {height_of(i + 1):.0f} pixels", summary.heights[i])
        for i in range(first, last + 1)
    ]
    marks: dict[float, str] = {i - first: f"{height_of(i):.0f}" for i in range(first, last + 2, 2)}
    return bar_chart(bars, marks, what="people")


def _people_chart(summary: Summary) -> Markup:
    counts: Counter[int] = Counter()
    for number, images in summary.per_image.items():
        counts[min(number, _CROWD)] += images
    highest = max(counts, default=0)
    names = [f"{n} or more" if n == _CROWD else str(n) for n in range(highest + 1)]
    bars = [Bar(f"{name} people", counts[n]) for n, name in enumerate(names)]
    marks = {n + 0.5: f"{n}+" if n == _CROWD else str(n) for n in range(highest + 1)}
    return bar_chart(bars, marks, what="images")


def _joint_rows(summary: Summary) -> list[tuple[str, float, float, float, float | None]]:
    """Name; shares of people on whom it is visible, occluded, not labelled; mean confidence."""
    rows = []
    for k, name in enumerate(summary.skeleton.keypoints):
        missing, occluded, visible = summary.joints[k]
        total = max(missing + occluded + visible, 1)
        certain, count = summary.confidences[k]
        mean = certain / count if count else None
        rows.append((name, visible / total, occluded / total, missing / total, mean))
    return rows


def _tile(doubtful: Doubtful, skeleton: Skeleton) -> _Tile:
    annotation = doubtful.image.annotation
    scores = [person.score for person in annotation.people if person.score is not None]
    picture, reason = "", ""
    try:
        drawn = draw_preview(
            *(doubtful.path, annotation, skeleton),
            longest=_TILE,
            shortest=_TILE,
            least_text=_TILE_TEXT,
        )
        encoded = base64.b64encode(encode_jpeg(drawn, _QUALITY)).decode()
        picture = f"data:image/jpeg;base64,{encoded}"
    except ImageError as error:
        reason = str(error)
    name, people = doubtful.image.file_name, len(annotation.people)
    return _Tile(name, doubtful.need, people, min(scores, default=None), picture, reason)
