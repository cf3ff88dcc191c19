"""How well is a new skeleton learned from few labels, and how many clicks does that save?

    python benchmarks/adapt.py bee --labels 10 20 50 --minutes 15
    python benchmarks/adapt.py mouse face --labels 20 100 --minutes 5 --recipe first_share=0
    python benchmarks/adapt.py superset --labels 50 --minutes 3 --photos 80
    python benchmarks/adapt.py sizes
    python benchmarks/adapt.py shifted --minutes 8 --photos 80

Data: bee (32 joints; 30 images of its training set are held out, and the rest is learned from),
mouse (4 joints) and face (68 joints), both with a test set of their own, as COCO JSON files and
tar shards in --data. Minutes are those of the processor, summed over its cores, with all
measuring on the way. All sigmas are 0.05; a joint is right within 5 % of the longer side of the
box; clicks are counted to OKS 0.90 with refinement and by hand on the same predictions, and
compared with placing every joint. What "superset", "sizes" and "shifted" measure is said in
adapt_superset.py, adapt_sizes.py and adapt_shifted.py.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from adapt_shifted import SHIFTS, shifted_rows
from adapt_sizes import size_rows
from adapt_superset import printing, superset_rows

from clickpose_app.adaptation.figures import Figures, measure
from clickpose_app.adaptation.labels import Labels, read_labels
from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.teach import teach
from clickpose_app.adaptation.threads import use_threads
from clickpose_app.engine.loading import load_predictor
from clickpose_app.paths import default_weights
from clickpose_app.training.data_samples import Sample

SIGMA = 0.05
HELD_OUT = 30
SETS = ("bee", "mouse", "face")
OTHERS = {"superset": superset_rows, "sizes": size_rows, "shifted": shifted_rows}


def main() -> None:
    """Print a table row for each number of labels."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", nargs="+", choices=(*SETS, *OTHERS))
    parser.add_argument("--labels", nargs="+", default=["10", "20", "50", "all"])
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/adapt"))
    parser.add_argument("--base", type=Path, default=default_weights())
    parser.add_argument(
        "--by-animal", action="store_true", help="hold out whole bees, not single images"
    )
    parser.add_argument("--recipe", nargs="*", default=[], metavar="FIELD=VALUE")
    parser.add_argument(
        "--unlabelled", action="store_true", help="give the other pictures without their labels"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--test", type=int, help="measure on so many test images; all if left out")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument(
        "--photos", type=int, default=0, help="measure people on so many photos; 0: on all"
    )
    parser.add_argument("--shifts", nargs="+", choices=SHIFTS, default=list(SHIFTS))
    parser.add_argument("--pictures", type=int, default=150, help="of shifted, without labels")
    parser.add_argument("--keep", type=Path, help="folder for the weights")
    parser.add_argument("--log", type=Path, help="file that gets a JSON line a row")
    options = parser.parse_args()
    use_threads(options.threads)
    for name in OTHERS:
        if name in options.sets:
            OTHERS[name](options, recipe_of(options.recipe))
    options.sets = [name for name in options.sets if name in SETS]
    if not options.sets:
        return
    print(f"{'set':6} {'labels':>6} {'minutes':>7} {'found':>6} {'PCK@5%':>7} {'OKS':>6}", end="")
    print(f" {'clicks':>7} {'by hand':>8} {'joints':>7} {'share':>6}", flush=True)
    for name in options.sets:
        labels, test = read_set(options.data, name, options.by_animal)
        for count in options.labels:
            row(name, labels, chosen(labels, count), test[: options.test], options)


def read_set(data: Path, name: str, by_animal: bool) -> tuple[Labels, list[Sample]]:
    """What may be learned from, and what is measured on."""

    def part(which: str) -> Labels:
        path = data / f"{name}_{which}.json"
        labels = read_labels(path, [path.with_suffix(".tar")])
        tolerances = (SIGMA,) * len(labels.skeleton)
        return dataclasses.replace(
            labels, skeleton=dataclasses.replace(labels.skeleton, sigmas=tolerances)
        )

    learned = part("train")
    if (data / f"{name}_test.json").exists():
        return learned, list(part("test").samples)
    samples = list(learned.samples)
    rng = np.random.default_rng(7)
    if by_animal:
        animals = sorted({animal(s) for s in samples})
        rng.shuffle(animals)
        held: list[Sample] = []
        while len(held) < HELD_OUT:
            one = animals.pop()
            held += [s for s in samples if animal(s) == one]
    else:
        held = [samples[i] for i in rng.permutation(len(samples))[:HELD_OUT]]
    names = {s.name for s in held}
    left = tuple(s for s in samples if s.name not in names)
    return dataclasses.replace(learned, samples=left), held


def animal(sample: Sample) -> str:
    """Which bee an image shows: names end in the number of the frame."""
    return sample.name.rpartition("_f")[0]


def chosen(labels: Labels, count: str) -> Labels:
    """Some of the labelled images, the smaller numbers among the larger ones."""
    if count == "all":
        return labels
    order = np.random.default_rng(11).permutation(len(labels.samples))[: int(count)]
    return dataclasses.replace(labels, samples=tuple(labels.samples[i] for i in order))


def recipe_of(changes: Sequence[str]) -> Recipe:
    """The recipe with some fields changed."""
    fields: dict[str, float] = {}
    for change in changes:
        name, _, value = change.partition("=")
        fields[name] = int(value) if value.isdecimal() else float(value)
        if isinstance(getattr(Recipe(), name, None), bool):
            fields[name] = bool(fields[name])
    return dataclasses.replace(Recipe(), **fields)  # type: ignore[arg-type]


def unpacked(labels: Labels, known: Labels, folder: Path) -> Path:
    """The pictures of a set that are not among those whose labels are known, as files."""
    names = {sample.name for sample in known.samples}
    folder.mkdir()
    for sample in labels.samples:
        if sample.name not in names:
            (folder / sample.name).write_bytes(sample.photo.read())
    return folder


def row(
    name: str, every: Labels, labels: Labels, test: list[Sample], options: argparse.Namespace
) -> None:
    """Teach, measure on the test images and print."""
    with tempfile.TemporaryDirectory(prefix="clickpose-adapt-") as scratch:
        folder = options.keep or Path(scratch)
        out = folder / f"{name}-{len(labels.samples)}.safetensors"
        unlabelled = None
        if options.unlabelled:
            unlabelled = unpacked(every, labels, Path(scratch) / "pictures")
        plan = Plan(
            options.base,
            out,
            options.minutes,
            seed=options.seed,
            unlabelled=unlabelled,
            clock=time.process_time,
        )
        began = time.process_time()
        teach(labels, plan, printing(options.verbose), recipe_of(options.recipe))
        minutes = (time.process_time() - began) / 60
        figures = measure(load_predictor(out, "cpu"), test)
    show(name, len(labels.samples), minutes, figures)
    if options.log:
        line = {"set": name, "labels": len(labels.samples), "minutes": round(minutes, 2)}
        line |= {"recipe": options.recipe, "unlabelled": options.unlabelled}
        line |= {"by_animal": options.by_animal, **figures.to_mapping()}
        with options.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def show(name: str, labels: int, minutes: float, figures: Figures) -> None:
    """One row."""
    print(
        f"{name:6} {labels:6} {minutes:7.1f} {figures.found:6.2f} {figures.pck:7.3f} "
        f"{figures.oks:6.3f} {figures.clicks:7.2f} {figures.by_hand:8.2f} "
        f"{figures.joints:7.1f} {figures.clicks / max(1e-9, figures.joints):6.0%}",
        flush=True,
    )


if __name__ == "__main__":
    main()
