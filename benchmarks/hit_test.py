"""How long it takes to find what is under the cursor, by the number of people in the picture.

    python benchmarks/hit_test.py

Prints medians in milliseconds: what an edit costs once (noting where everybody is), and what
each move of the mouse costs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from clickpose_app.core.annotation import Keypoint, Person
from clickpose_app.core.geometry import Box
from clickpose_app.gui.hit import HitIndex

JOINTS = 17
ROUNDS = 200


def crowd(count: int) -> list[Person]:
    """People strewn over a picture of 1000 by 1000 pixels."""
    rng = np.random.default_rng(count)
    return [
        Person(
            str(i),
            tuple(Keypoint(float(x), float(y)) for x, y in rng.uniform(0, 1000, (JOINTS, 2))),
            Box(0.0, 0.0, 500.0 + i, 500.0 + i),
        )
        for i in range(count)
    ]


def median_ms(run: Callable[[], object]) -> float:
    """Median duration of a call."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    print(f"{'people':>8} {'edit ms':>10} {'mouse move ms':>15}")
    for count in (1, 10, 100, 500):
        people = crowd(count)
        index = HitIndex(people)
        noted = median_ms(partial(HitIndex, people))
        # Nothing is near, so that every joint and every box is looked at.
        asked = median_ms(partial(index.at, "0", 900.0, 900.0, 1e-6))
        print(f"{count:>8} {noted:>10.3f} {asked:>15.3f}")


if __name__ == "__main__":
    main()
