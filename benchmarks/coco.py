"""How long and how much memory does a large COCO file take, beside json.load?

Makes a file of the given size by repeating people, then reads it, reads it with all people
built one image after another, and writes it again; each in a process of its own, because
peak memory never falls.

    python benchmarks/coco.py --megabytes 100
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.storage.skeletons import builtin_skeleton

PEOPLE_PER_IMAGE = 3


def make_file(path: Path, megabytes: float) -> None:
    """Write a COCO file of about that size, with the mix of visibilities that COCO has."""
    chance = random.Random(0)
    names = list(builtin_skeleton().keypoints)
    category = {"id": 1, "name": "person", "supercategory": "person", "keypoints": names}
    with path.open("w") as file:
        file.write(f'{{"categories": {json.dumps([category])}, "annotations": [')
        count = 0
        while file.tell() < megabytes * 0.9e6:
            count += 1
            ids = {"id": count, "image_id": (count - 1) // PEOPLE_PER_IMAGE + 1}
            file.write(("," if count > 1 else "") + json.dumps(ids | person(chance)))
        images = (
            {"id": i, "file_name": f"{i:012d}.jpg", "width": 640, "height": 480, "license": 3}
            for i in range(1, count // PEOPLE_PER_IMAGE + 2)
        )
        file.write('], "images": [' + ",".join(map(json.dumps, images)) + "]}")


def person(chance: random.Random) -> dict[str, object]:
    """One annotation with a polygon, like those of COCO, without ids."""
    keypoints: list[float] = []
    for _ in range(17):
        v = chance.choice((0, 1, 2, 2))
        x, y = round(chance.uniform(0, 640), 2), round(chance.uniform(0, 480), 2)
        keypoints += (x, y, v) if v else (0, 0, 0)
    return {
        "category_id": 1,
        "segmentation": [[round(chance.uniform(0, 480), 2) for _ in range(40)]],
        "bbox": [10.5, 20.25, 100.0, 200.0],
        "area": 8000.5,
        "iscrowd": 0,
        "num_keypoints": sum(v > 0 for v in keypoints[2::3]),
        "keypoints": keypoints,
    }


def with_json(path: Path) -> None:
    """The standard library's way."""
    with path.open() as file:
        json.load(file)


def read(path: Path) -> None:
    """Check all of the file."""
    read_coco(path)


def read_and_build(path: Path) -> None:
    """As an import into a project does: every person once."""
    for image in read_coco(path).images:
        _ = image.annotation


def read_and_write(path: Path) -> None:
    """As a conversion does."""
    write_coco(path.with_name("written.json"), read_coco(path))


def nothing(path: Path) -> None:
    """The imports alone."""


def measure(task: Callable[[Path], None], path: Path) -> tuple[float, float, float]:
    """Seconds on the clock, of the processor, and peak memory in MB, in a fresh process."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(task, path, sending))
    process.start()
    found: tuple[float, float, float] = receiving.recv()
    process.join()
    return found


def _measured(task: Callable[[Path], None], path: Path, sending: Connection) -> None:
    start, computed = time.perf_counter(), time.process_time()
    task(path)
    seconds, computed = time.perf_counter() - start, time.process_time() - computed
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    sending.send((seconds, computed, peak / (1e6 if sys.platform == "darwin" else 1e3)))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--megabytes", type=float, default=100)
    megabytes = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.json"
        make_file(path, megabytes)
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        print(f"{'':22}{'seconds':>9}{'peak MB':>9}")
        for task in (nothing, with_json, read, read_and_build, read_and_write):
            seconds, _, peak = measure(task, path)
            print(f"{task.__name__.replace('_', ' '):22}{seconds:9.2f}{peak:9.0f}")


if __name__ == "__main__":
    main()
