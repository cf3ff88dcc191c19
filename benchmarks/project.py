"""How long one edit takes to be safe on the disk, and a large project to open.

    python benchmarks/project.py [--images N] [--edits N] [--folder DIR]

Fills a project with images that each hold three predicted people, then times single edits
of random images through Project.write, each one a durable transaction.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.edits import move_keypoint, predicted_annotation
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton


def annotation(rng: np.random.Generator) -> ImageAnnotation:
    """Three people as a network would place them: float32 numbers, all digits used."""
    poses = []
    for _ in range(3):
        xy = rng.uniform(0, 1000, (17, 2)).astype(np.float32).astype(np.float64)
        confidence = rng.uniform(0, 1, 17).astype(np.float32).astype(np.float64)
        poses.append(PredictedPose(xy, confidence, Box.around(xy), 0.9))
    return predicted_annotation(poses, score_threshold=0)


def milliseconds(step: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1e3


def row(name: str, times: list[float]) -> None:
    """Print one line of the table."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name:<34}{statistics.median(times):>11.2f}{p95:>11.2f}{ordered[-1]:>11.2f}")


def edit_times(project: Project, images: int, edits: int) -> list[float]:
    """Times of single edits of random images; reading the image before is left out."""
    rng = random.Random(0)
    times = []
    for _ in range(edits):
        image_id = rng.randint(1, images)
        before = project.annotation(image_id)
        after = move_keypoint(before, before.people[0].id, 9, rng.uniform(0, 999), 5.5)

        times.append(milliseconds(partial(project.write, image_id, after)))
    return times


def main() -> None:
    """Make the project, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    options = parser.parse_args()
    count = options.images
    numbers = np.random.default_rng(0)
    names = [(f"day{i // 1000:03}/frame{i:06}.jpg", 1920, 1080) for i in range(count)]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder).resolve() / "big.clickpose"
        print(f"{'milliseconds':<34}{'median':>11}{'p95':>11}{'max':>11}")
        with Project.create(path, image_root=path.parent, skeleton=builtin_skeleton()) as project:
            row(f"add {count} images", [milliseconds(lambda: project.add_images(names))])
            people = ((i + 1, annotation(numbers)) for i in range(count))
            row(f"write {count} predictions", [milliseconds(lambda: project.write_many(people))])
        row("open", [milliseconds(lambda: Project.open(path).close()) for _ in range(20)])
        with Project.open(path) as project:
            row(f"list {count} images", [milliseconds(project.images) for _ in range(10)])
            some = range(1, count, max(1, count // 200))
            reads = [milliseconds(partial(project.annotation, i)) for i in some]
            row("read one annotation", reads)
            row("one edit", edit_times(project, count, options.edits))
        print(f"file: {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
