"""Whether pre-labelling keeps the network busy, and what memory it takes.

The network's calls (first looks, closer looks) are recorded once; then, in turns, the bare
network is given those tensors, already in memory, and `prelabel` does the whole job on the same
images: decoding, looking, writing. Medians of the rounds, both in one run.

    python benchmarks/prelabel.py FOLDER [--images 40] [--rounds 5] [--device auto] [--cores 2]

    python benchmarks/prelabel.py FOLDER --memory 500 5000

The second form runs as many images as named, each in a process of its own, with a network
that answers at once, and prints the peak memory: all that grows with the number is seen.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import cv2
from measuring import CLOCKS, Taken, take
from torch import Tensor

from clickpose_app.batch.looking import Seen, look_at
from clickpose_app.batch.prelabel import ImageFile, prelabel, select_images
from clickpose_app.core.predictor import ImageArray, PredictedPose
from clickpose_app.engine.many import ManyPredictor, load_for_many
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.storage.images import read_image

Call = tuple[Tensor, Tensor | None]


class Recorder:
    """Notes what the network is called with while it looks at images."""

    def __init__(self, predictor: TorchPredictor) -> None:
        """Of a predictor, whose calls it passes on."""
        self._run = predictor._run
        self.calls: list[Call] = []

    def __call__(self, images: Tensor, padding: Tensor | None) -> Any:
        """In place of the predictor's own."""
        self.calls.append((images, padding))
        return self._run(images, padding)


def record(many: ManyPredictor, images: Sequence[ImageFile]) -> list[Call]:
    """What prelabel gives the network for these images, on the network's device."""
    one = many._one
    recorder = Recorder(one)
    one._run = recorder  # type: ignore[method-assign]
    for result in look_at([image.path for image in images], many, read_image):
        assert isinstance(result, Seen), "the images must be readable"
    one._run = recorder._run  # type: ignore[method-assign]
    device = one.device
    return [(x.to(device), None if m is None else m.to(device)) for x, m in recorder.calls]


def compare(images: Sequence[ImageFile], device: str, cores: int | None, rounds: int) -> None:
    """Print both rates, and their ratio."""
    many = load_for_many(None, device, cores)
    print(f"{many.description}; {many.lanes} lanes, batches of {many.at_once}", flush=True)
    calls = record(many, images)
    windows = sum(len(x) for x, _ in calls) - len(images)
    print(f"{len(images)} images, {windows / len(images):.1f} closer looks each")
    times: dict[str, list[Taken]] = {"bare network": [], "prelabel": []}
    with ExitStack() as stack:
        lanes = stack.enter_context(ThreadPoolExecutor(many.lanes))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        works: dict[str, Callable[[], object]] = {
            "bare network": lambda: list(lanes.map(lambda call: many._one.found_in(*call), calls)),
            "prelabel": lambda: prelabel(images, many, folder / "out.json"),
        }
        for turn in range(rounds):
            # Other programs come and go: who is first takes turns as well.
            for name in sorted(works, reverse=bool(turn % 2)):
                times[name].append(take(works[name]))
                wall, cpu = (times[name][-1].on(clock) / len(images) for clock in CLOCKS)
                print(f"  {name:<13}{wall:8.0f} ms, {cpu:6.0f} ms of processors", flush=True)
    medians = {name: statistics.median(t.wall for t in taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<13}{len(images) / median * 1e3:8.2f} images/s")
    ratio = medians["bare network"] / medians["prelabel"]
    pairs = [a.wall / b.wall for a, b in zip(times["bare network"], times["prelabel"], strict=True)]
    print(f"prelabel has {ratio:.1%} of the rate; of each round:", *(f"{p:.0%}" for p in pairs))
    bare, whole = (statistics.median(t.cpu for t in taken) for taken in times.values())
    print(f"of the processors' time, which others disturb less: {bare / whole:.1%}")


class Instant(ManyPredictor):
    """Answers at once: what memory is left is that of everything but the network."""

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        """One person of the first call, for all."""
        if not hasattr(self, "_answer"):
            self._answer = super().detect_many(images[:1])[0]
        return [self._answer] * len(images)


def peak_memory(folder: Path, count: int) -> None:
    """Label the images of a folder, over and over by links, and print the peak memory."""
    found = [image.path for image in select_images([folder], recursive=True).images]
    real = load_for_many(None, "cpu")
    instant = Instant(real._one, lanes=real.lanes, at_once=real.at_once)
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "links").mkdir()
        for number in range(count):
            source = found[number % len(found)]
            (place / "links" / f"{number}{source.suffix}").symlink_to(source)
        images = select_images([place / "links"]).images
        before = peak()
        begin = time.perf_counter()
        prelabel(images, instant, place / "out.json")
        took = time.perf_counter() - begin
        size = (place / "out.json").stat().st_size
    print(
        f"{count:>8,} images: peak {peak():,.0f} MB (before the work {before:,.0f} MB), "
        f"{took:.1f} s, a file of {size / 1e6:.1f} MB"
    )


def peak() -> float:
    """Most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--cores", type=int)
    parser.add_argument("--memory", type=int, nargs="+")
    chosen = parser.parse_args()
    if chosen.memory and len(chosen.memory) == 1:
        peak_memory(chosen.folder, chosen.memory[0])
    elif chosen.memory:
        for count in chosen.memory:
            again = [sys.executable, __file__, str(chosen.folder), "--memory", str(count)]
            subprocess.run(again, check=True)
    else:
        print(
            platform.processor() or platform.machine(), f"{os.cpu_count()} cores", cv2.__version__
        )
        images = select_images([chosen.folder], recursive=True).images[: chosen.images]
        compare(images, chosen.device, chosen.cores, chosen.rounds)


if __name__ == "__main__":
    main()
