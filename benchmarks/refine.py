"""How long one click takes, and the first pass before it.

One person, one click, the published ResNet-50 model (random weights: speed does not
depend on them) on an 800 x 1066 image, and the shipped model at its own size.

    python benchmarks/refine.py [--threads 2] [--rounds 20] [--images FOLDER]

With a folder of photos: what the application waits for, closer looks included.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from clickpose_app.core.predictor import PoseQuery
from clickpose_app.engine.devices import cpu_has_bfloat16
from clickpose_app.engine.torch_predictor import load_predictor
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.paths import default_weights
from clickpose_app.storage.images import read_image

PHOTOS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Case:
    """What is measured: a network, its input's height and width, and the number type."""

    name: str
    model: ClickPose
    height: int
    width: int
    bfloat16: bool = False


def median_ms(work: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Least, median and largest milliseconds of work, after two runs to warm up."""
    work()
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return min(times), statistics.median(times), max(times)


@torch.inference_mode()
def measure(case: Case, rounds: int) -> None:
    """Print one row a step."""
    model, k = case.model, case.model.config.keypoints
    image = torch.randn(1, 3, case.height, case.width).contiguous(memory_format=torch.channels_last)

    def encode() -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16, enabled=case.bfloat16):
            memory = model.encode(image, None).float()
        return model.detect(memory).keypoints

    with torch.autocast("cpu", torch.bfloat16, enabled=case.bfloat16):
        memory = model.encode(image, None).float()
    boxes, keypoints = torch.tensor([[[0.5, 0.5, 0.3, 0.6]]]), 0.3 + 0.4 * torch.rand(1, 1, k, 2)
    pinned = torch.zeros(1, 1, k, dtype=torch.bool)
    pinned[0, 0, 9] = True

    steps: list[tuple[str, Callable[[], object], int]] = [
        ("first pass", encode, max(3, rounds // 4)),
        ("one click", lambda: model.refine(memory, boxes, keypoints, pinned), rounds * 5),
    ]
    for step, work, times in steps:
        least, middle, most = median_ms(work, times)
        print(f"{case.name:32} {step:11} {middle:9.1f} {least:9.1f} {most:9.1f}  {times}")


def measure_photos(folder: Path, most: int) -> None:
    """Print what the predictor takes on photos: encoding with its looks, and a click."""
    predictor = load_predictor(None, "cpu")
    opening, clicks, looks = [], [], []
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in PHOTOS)[:most]:
        pixels = read_image(path)
        begin = time.perf_counter()
        encoded = predictor.encode(pixels)
        people = predictor.detect(encoded)
        opening.append((time.perf_counter() - begin) * 1000)
        looks.append(len(encoded.looks))
        if people:
            pinned = np.arange(len(people[0].keypoints)) == 9
            query = PoseQuery(people[0].keypoints, pinned, people[0].box, people[0].keypoints + 3)
            begin = time.perf_counter()
            predictor.refine(encoded, query)
            clicks.append((time.perf_counter() - begin) * 1000)
    print(f"{len(opening)} photos, {statistics.mean(looks):.1f} looks each on average")
    for step, times in (("encode and detect", opening), ("one click", clicks)):
        middle = statistics.median(times)
        print(
            f"  {step:18} median {middle:.1f} ms, 9 in 10 within {np.quantile(times, 0.9):.1f} ms"
        )


def main() -> None:
    """Run every case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--images", type=Path, help="photos for the whole predictor")
    parser.add_argument("--photos", type=int, default=60, help="at most so many of them (60)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"{platform.machine()}, {options.threads} threads, torch {torch.__version__}")
    print(f"{'network':32} {'step':11} {'median ms':>9} {'least':>9} {'most':>9}  runs")
    torch.manual_seed(0)
    resnet = ClickPose(ModelConfig()).eval()
    cases = [Case("ResNet-50 800x1066 float32", resnet, 800, 1066)]
    if cpu_has_bfloat16():
        cases.append(Case("ResNet-50 800x1066 bfloat16", resnet, 800, 1066, bfloat16=True))
    if default_weights().exists():
        cases.append(
            Case("shipped model 512x512 float32", load_checkpoint(default_weights()), 512, 512)
        )
    for case in cases:
        measure(case, options.rounds)
    if options.images is not None:
        measure_photos(options.images, options.photos)


if __name__ == "__main__":
    main()
