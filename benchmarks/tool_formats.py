"""How long it takes to write and read the formats of other tools, and how much memory.

Every format runs in a process of its own over the same data set of three people an image, made
by repetition. Reading is without building people, then with building everybody.

    python benchmarks/tool_formats.py --images 10000
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context
from clickpose_app.storage.skeletons import builtin_skeleton

FORMATS = ("coco", "cvat", "labelme", "label-studio", "datumaro")


def annotation(number: int) -> ImageAnnotation:
    """Three people, of whom every third joint is not labelled and every third occluded."""
    people = []
    for i in range(3):
        keypoints = tuple(
            Keypoint(10.125 * i + k, (number % 97) / 7 + k, Visibility(k % 3), Source.HUMAN)
            for k in range(17)
        )
        people.append(Person(f"{number}-{i}", keypoints, Box(1.5, 2.5, 99.25, 150.5), Source.HUMAN))
    return ImageAnnotation(tuple(people))


def data_set(count: int) -> Dataset:
    """That many images, whose people are made when they are asked for."""
    images = tuple(
        DatasetImage(n, f"{n // 1000:03d}/{n:07d}.jpg", 640, 480, partial(annotation, n))
        for n in range(count)
    )
    return Dataset(builtin_skeleton(), images)


def measure(name: str, count: int) -> None:
    """Print a row of the table."""
    chosen = format_named(name)
    assert chosen.write is not None
    assert chosen.read is not None
    context = Context(None, lambda _: (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{chosen.suffixes[0] if chosen.suffixes else ''}"
        start = time.perf_counter()
        chosen.write(path, data_set(count), context)
        wrote = time.perf_counter()
        dataset = chosen.read(path, context)
        read = time.perf_counter()
        people = sum(len(image.annotation.people) for image in dataset.images)
        built = time.perf_counter()
        files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file()]
        size = sum(file.stat().st_size for file in files) / 1e6
    assert people == 3 * count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{name:14} {size:8.1f} {wrote - start:8.2f} {read - wrote:8.2f} {built - read:8.2f} "
        f"{peak:9.0f}",
        flush=True,
    )


def main() -> None:
    """Every format in its own process, so that each has its own peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--only", choices=FORMATS)
    given = parser.parse_args()
    if given.only:
        measure(given.only, given.images)
        return
    print(f"{given.images:,} images")
    print("format               MB  write s   read s  build s   peak MB")
    for name in FORMATS:
        own = [sys.executable, __file__, "--images", str(given.images), "--only", name]
        subprocess.run(own, check=True)


if __name__ == "__main__":
    main()
