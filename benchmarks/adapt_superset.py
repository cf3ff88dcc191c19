"""Do the joints of people stay as good when feet are added to them? It is ``adapt.py superset``.

The base model is taught COCO's 17 joints and six of the feet on some training photos; then its
17 joints are measured on labelled photos of people that are never trained on, as those of the
base are. No feet are labelled in the data at hand, so theirs are invented: the heel below the
ankle in the direction of the shin, the toes in front of it. They show what becomes of the other
joints, and say nothing of how well real feet are learned. Ankles that nobody labelled have no
feet, as in photos labelled for COCO alone.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from clickpose_app.adaptation.labels import Labels
from clickpose_app.adaptation.plan import Event, Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.teach import teach
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import load_predictor
from clickpose_app.evaluation.measure import measure_predictor
from clickpose_app.storage.skeletons import builtin_skeleton
from clickpose_app.training.data_samples import Sample, read_shards

_FEET = ("big_toe", "small_toe", "heel")
# From the ankle, in shin lengths: along the shin, and to the front.
_OFFSETS = np.array([(0.14, 0.36), (0.12, 0.30), (0.16, -0.06)])
_SIGMA = 0.08


def feet_skeleton() -> Skeleton:
    """COCO's joints, and toes and heels."""
    coco = builtin_skeleton()
    names = (*coco.keypoints, *(f"{side}_{part}" for side in ("left", "right") for part in _FEET))
    ankles = [coco.index("left_ankle")] * 3 + [coco.index("right_ankle")] * 3
    limbs = (*coco.limbs, *((17 + i, ankle) for i, ankle in enumerate(ankles)))
    pairs = (*coco.pairs, (17, 20), (18, 21), (19, 22))
    return Skeleton("coco-17-feet", names, limbs, pairs, (*coco.sigmas, *[_SIGMA] * 6))


def with_feet(sample: Sample) -> Sample:
    """A sample with the invented joints of every foot whose ankle and knee are labelled."""
    coco = builtin_skeleton()
    xy, v = sample.keypoints.astype(np.float64), sample.visibility
    points, seen = [xy], [v]
    for side in ("left", "right"):
        knee, ankle = coco.index(f"{side}_knee"), coco.index(f"{side}_ankle")
        known = (v[:, knee] > 0) & (v[:, ankle] > 0)
        points.append(_foot(xy[:, knee], xy[:, ankle], _facing(xy, v)))
        seen.append(np.repeat(np.where(known, v[:, ankle], 0)[:, None], 3, 1))
    made = np.concatenate(points, 1).astype(np.float32)
    visibility = np.concatenate(seen, 1).astype(np.uint8)
    human = np.concatenate([sample.human, visibility[:, 17:] > 0], 1)
    return dataclasses.replace(
        sample, keypoints=made, visibility=visibility, human=human, source=""
    )


def _facing(xy: FloatArray, v: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> FloatArray:
    """Where people look [P]: -1 to the left, 1 to the right, by nose and ears."""
    coco = builtin_skeleton()
    nose = coco.index("nose")
    ears = [coco.index("left_ear"), coco.index("right_ear")]
    known = (v[:, ears] > 0).sum(1)
    middle = (xy[:, ears, 0] * (v[:, ears] > 0)).sum(1) / np.maximum(known, 1)
    turned: FloatArray = np.where(
        (known > 0) & (v[:, nose] > 0), np.sign(xy[:, nose, 0] - middle), 1.0
    )
    return turned


def _foot(knee: FloatArray, ankle: FloatArray, facing: FloatArray) -> FloatArray:
    shin = ankle - knee
    front = facing[:, None] * np.stack([np.abs(shin[:, 1]), -np.sign(shin[:, 1]) * shin[:, 0]], 1)
    along, across = _OFFSETS.T
    made: FloatArray = (
        ankle[:, None] + along[:, None] * shin[:, None] + across[:, None] * front[:, None]
    )
    return made


def labelled_feet(people: Path, count: int) -> Labels:
    """Training photos whose joints a person placed at least in part, with feet."""
    samples = [s for s in read_shards([people / "train-000.tar"]) if s.human.any()]
    order = np.random.default_rng(5).permutation(len(samples))
    chosen = [with_feet(samples[i]) for i in order]
    chosen = [s for s in chosen if (s.visibility[:, 17:] > 0).any()][:count]
    return Labels(feet_skeleton(), tuple(chosen), "train-000.tar")


def superset_rows(options: argparse.Namespace, recipe: Recipe) -> None:
    """Print the AP of the 17 joints: of the base, and of it with feet for each count of labels.

    The last column is the OKS of all 23 joints on labelled photos that were held out. With
    ``--recipe guard=0`` everything learns, as it does for any other skeleton.
    """
    people = options.data.parent / "people"
    print(f"{'network':24} {'labels':>6} {'minutes':>7} {'AP':>6} {'AP50':>6} {'held out':>9}")
    with tempfile.TemporaryDirectory(prefix="clickpose-superset-") as scratch:
        folder = Path(scratch)
        truth = some_photos(people, folder, options.photos)
        _row("base", 0, 0.0, options.base, truth, "")
        for count in options.labels:
            labels = labelled_feet(people, 10_000 if count == "all" else int(count))
            out = folder / "feet.safetensors"
            plan = Plan(
                options.base, out, options.minutes, seed=options.seed, clock=time.process_time
            )
            began = time.process_time()
            outcome = teach(labels, plan, printing(options.verbose), recipe)
            minutes = (time.process_time() - began) / 60
            assert outcome.figures is not None
            name = "feet" if recipe.guard else "feet, all learns"
            found = f"{outcome.figures.oks:.3f}"
            _row(name, len(labels.samples), minutes, out, truth, found)


def printing(verbose: bool) -> Callable[[Event], None]:
    """Prints what a run tells, if that is wanted; of encoding it tells too much."""

    def tell(event: Event) -> None:
        if verbose and event["event"] != "encoding":
            print(json.dumps(event), flush=True)

    return tell


def some_photos(people: Path, folder: Path, count: int) -> Path:
    """The first photos of the evaluation set by name of each source in turn, as a COCO file."""
    content = json.loads((people / "eval_public.json").read_text(encoding="utf-8"))
    images = content["images"]
    step = max(1, len(images) // max(1, count))
    content["images"] = images[::step][:count] if count else images
    ids = {image["id"] for image in content["images"]}
    content["annotations"] = [a for a in content["annotations"] if a["image_id"] in ids]
    names = {image["file_name"] for image in content["images"]}
    with tarfile.open(people / "eval_public.tar") as tar:
        for member in tar:
            if member.name in names:
                tar.extract(member, folder, filter="data")
    path = folder / "truth.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _row(name: str, labels: int, minutes: float, weights: Path, truth: Path, found: str) -> None:
    report = measure_predictor(load_predictor(weights, "cpu"), truth, truth.parent)
    ap = report.figures
    print(
        f"{name:24} {labels:6} {minutes:7.1f} {ap['AP']:6.3f} {ap['AP50']:6.3f} {found:>9}",
        flush=True,
    )
