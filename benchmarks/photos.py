"""What a person waits for on photos of their own: opening them, closer looks included, and a click.

bench.py measures the stages behind it.

    python benchmarks/photos.py FOLDER [--photos 60] [--weights F]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from measuring import HEADER, Measured, Taken, line, take

from clickpose_app.core.predictor import PoseQuery
from clickpose_app.engine.loading import load_predictor
from clickpose_app.storage.images import find_images, read_image

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, Taken]:
    """What some work makes, and what it took."""
    made: list[T] = []
    taken = take(lambda: made.append(work()))
    return made[0], taken


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=60, help="at most so many of them (60)")
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    predictor = load_predictor(options.weights, "cpu")
    opened: list[Taken] = []
    clicked: list[Taken] = []
    looks = 0
    for path in find_images(options.folder)[: options.photos]:
        pixels = read_image(path)
        encoded, taken = timed(partial(predictor.encode, pixels))
        opened.append(taken)
        looks += len(encoded.looks)
        people = predictor.detect(encoded)
        if people:
            moved = people[0].keypoints.copy()
            moved[9] += 3
            pinned = np.arange(len(moved)) == 9
            query = PoseQuery(moved, pinned, people[0].box, people[0].keypoints)
            clicked.append(take(partial(predictor.refine, encoded, query)))
    print(f"{len(opened)} photos, {looks / max(1, len(opened)):.1f} looks each")
    print(HEADER)
    for name, times in (("encode and detect", opened), ("one click", clicked)):
        print(line(Measured(name, times), "wall"))


if __name__ == "__main__":
    main()
