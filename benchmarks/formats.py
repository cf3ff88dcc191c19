"""How long does the usual work with a COCO file of 100,000 images take, beside json.load?

Makes a file by repeating people, about two an image, as COCO has them: a polygon, 17 joints of
every visibility. Each task runs in a process of its own, because peak memory never falls, and
all run in turn several times, because a machine is not equally quick all the time.

    python benchmarks/formats.py --images 100000 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from pathlib import Path

from coco import measure, person

from clickpose_app.batch.conversion import export_project, opened, write_project
from clickpose_app.batch.merge import merge_coco
from clickpose_app.batch.statistics import count
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_check import check_coco
from clickpose_app.storage.skeletons import builtin_skeleton

_DIFFERENT = 1000  # images; then they repeat


def people_of(image: int, chance: random.Random) -> list[dict[str, object]]:
    """None to four people, two on average, without ids."""
    return [person(chance) for _ in range(image % 5)]


def make_file(path: Path, first: int, last: int) -> None:
    """Write a COCO file of the images first to last."""
    chance = random.Random(0)
    sample = [people_of(image, chance) for image in range(_DIFFERENT)]
    skeleton = builtin_skeleton()
    category = {"id": 1, "name": "person", "keypoints": list(skeleton.keypoints)}
    category["skeleton"] = [[a + 1, b + 1] for a, b in skeleton.limbs]
    with path.open("w") as file:
        file.write(f'{{"info": {{}}, "licenses": [], "categories": {json.dumps([category])}')
        images = (
            {"id": i, "file_name": f"{i:012d}.jpg", "width": 640, "height": 480, "license": 3}
            for i in range(first, last + 1)
        )
        file.write(', "images": [' + ",".join(map(json.dumps, images)) + '], "annotations": [')
        separator = ""
        for image in range(first, last + 1):
            for number, person in enumerate(sample[image % _DIFFERENT]):
                entry = {"id": 10 * image + number, "image_id": image} | person
                file.write(separator + json.dumps(entry))
                separator = ","
        file.write("]}")


def nothing(folder: Path) -> None:
    """The imports alone."""


def json_load(folder: Path) -> None:
    """The standard library's way."""
    with (folder / "all.json").open() as file:
        json.load(file)


def import_(folder: Path) -> None:
    """Clickpose import, into a project."""
    with opened(folder / "all.json", images=folder) as source:
        write_project(source, folder / "all.clickpose")


def export(folder: Path) -> None:
    """Clickpose export of that project, with the check that belongs to it."""
    export_project(folder / "all.clickpose", folder / "out.json")


def validate(folder: Path) -> None:
    """Clickpose validate."""
    for finding in check_coco(folder / "all.json"):
        raise ValueError(finding)


def merge(folder: Path) -> None:
    """Clickpose merge, of its two halves."""
    merge_coco([folder / "half-1.json", folder / "half-2.json"], folder / "merged.json", "refuse")


def stats(folder: Path) -> None:
    """Clickpose stats."""
    count(read_coco(folder / "all.json"))


TASKS = (nothing, json_load, import_, export, validate, merge, stats)


def main() -> None:
    """Print a table of medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, images = Path(name), arguments.images
        make_file(folder / "all.json", 1, images)
        make_file(folder / "half-1.json", 1, images // 2)
        make_file(folder / "half-2.json", images // 2 + 1, images)
        print(f"{images:,} images, {(folder / 'all.json').stat().st_size / 1e6:.0f} MB")
        found: dict[str, list[tuple[float, float, float]]] = {t.__name__: [] for t in TASKS}
        for _ in range(arguments.rounds):
            (folder / "all.clickpose").unlink(missing_ok=True)
            for task in TASKS:
                found[task.__name__].append(measure(task, folder))
    print_table(found)


def print_table(found: dict[str, list[tuple[float, float, float]]]) -> None:
    """Medians of the seconds and what they are in json.load; the highest memory."""
    clock_unit, cpu_unit = (
        statistics.median(values) for values in list(zip(*found["json_load"], strict=True))[:2]
    )
    print(f"{'':10}{'seconds':>9}{'x json.load':>13}{'CPU s':>9}{'x json.load':>13}{'peak MB':>9}")
    for name, runs in found.items():
        clock, cpu, peaks = zip(*runs, strict=True)
        a, b = statistics.median(clock), statistics.median(cpu)
        print(
            f"{name.strip('_'):10}{a:9.1f}{a / clock_unit:13.1f}{b:9.1f}{b / cpu_unit:13.1f}"
            f"{max(peaks):9.0f}"
        )


if __name__ == "__main__":
    main()
