"""Memory and time of what a run writes besides the network's work: data sets, report, previews.

People are made up, two an image; what grows with the number of images would show in the memory.
Each row runs in a process of its own.

    python benchmarks/results.py [IMAGES [PREVIEWS]]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from clickpose_app.batch.report import ReportRequest
from clickpose_app.batch.results import Results
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import builtin_skeleton

KINDS = ("json", "parquet", "json + tracks", "json + report", "previews")
PHOTO = resources_dir() / "samples" / "astronaut.jpg"


def images(count: int) -> Iterator[tuple[Path, DatasetImage]]:
    """Images of two people who wander about."""
    rng = np.random.default_rng(1)
    for number in range(count):
        people = []
        for x in (20.0, 260.0):
            points = rng.uniform(0, 200, (17, 2)) + x
            joints = tuple(Keypoint(float(a), float(b), confidence=0.5) for a, b in points)
            score = float(rng.uniform(0.3, 1))
            people.append(Person(f"{number}-{x}", joints, Box(x, x, x + 200, x + 220), score=score))
        found = ImageAnnotation(tuple(people), ImageState.PREDICTED)
        yield PHOTO, DatasetImage(number + 1, f"{number:09}.jpg", 512, 512, found)


def row(kind: str, count: int) -> None:
    """Write, and print one row of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / ("out.parquet" if kind == "parquet" else "out.json")
        results = Results(
            preview=folder / "drawn" if kind == "previews" else None,
            report=ReportRequest(folder / "r.html", "", {}) if "report" in kind else None,
            tracked=frozenset({PHOTO.parent}) if "tracks" in kind else frozenset(),
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        results.write(out, builtin_skeleton(), images(count), ())
        took = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = out.stat().st_size / 1e6
    print(
        f"{kind:<16}{count:>10,}{took:>10.1f}{1e3 * took / count:>12.3f}"
        f"{(peak - before) / 1024:>14.0f}{size:>12.1f}",
        flush=True,
    )


def main() -> None:
    """Print the table, or one row of it for oneself."""
    if len(sys.argv) == 4 and sys.argv[1] == "row":
        row(KINDS[int(sys.argv[2])], int(sys.argv[3]))
        return
    count = int(sys.argv[1]) if sys.argv[1:] else 20_000
    previews = int(sys.argv[2]) if sys.argv[2:] else 100
    print(
        f"{'what':<16}{'images':>10}{'seconds':>10}{'ms/image':>12}{'MB more':>14}{'MB file':>12}",
        flush=True,
    )
    for number, kind in enumerate(KINDS):
        for size in (previews,) if kind == "previews" else (count // 10, count):
            subprocess.run([sys.executable, __file__, "row", str(number), str(size)], check=True)


if __name__ == "__main__":
    main()
