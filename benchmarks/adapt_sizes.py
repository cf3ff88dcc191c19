"""What does a network of many keypoints cost? It is ``adapt.py sizes``.

The shipped network is carried over to COCO (17), Halpe (26) and COCO-WholeBody (133), without
being taught, which changes no time. A row tells what one refinement of a person costs after one
joint was moved, what finding everybody costs, and how much memory an encoded image takes and the
network itself. Times are medians of processor time of this process, on --threads cores, for an
image with one person.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.transfer import adapted, extends
from clickpose_app.core.predictor import PoseQuery
from clickpose_app.engine.loading import skeleton_of, small_predictor
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.paths import resources_dir
from clickpose_app.storage.skeletons import builtin_skeleton

_SKELETONS = ("coco-17", "halpe-26", "coco-wholebody-133")
_MB = 1e6


def size_rows(options: argparse.Namespace, recipe: Recipe) -> None:
    """Print a row for each skeleton; nothing is taught, so the recipe plays no part."""
    del recipe
    photo = cv2.imread(str(resources_dir() / "samples" / "grace_hopper.jpg"))
    assert photo is not None
    image = np.ascontiguousarray(photo[..., ::-1], dtype=np.uint8)
    print(f"{'skeleton':20} {'joints':>6} {'refine':>9} {'detect':>9} {'encode':>9}", end="")
    print(f" {'image':>8} {'network':>8}")
    old, base = skeleton_of(options.base), load_checkpoint(options.base)
    for name in _SKELETONS:
        new, model = builtin_skeleton(name), base
        if new.keypoints != old.keypoints:
            guarded = extends(new, old)
            mean = np.zeros((len(new), 2))
            people = base.config.groups
            model = adapted(base, old, new, mean, people=people, seed=1, guarded=guarded).eval()
        predictor = small_predictor(model, new, name)
        encoded = predictor.encode(image)
        person = predictor.detect(encoded)[0]
        pinned = np.zeros(len(new), dtype=np.bool_)
        pinned[0] = True
        moved = np.where(pinned[:, None], 8.0, 0.0)
        query = PoseQuery(person.keypoints + moved, pinned, person.box, person.keypoints)
        refine = _median_ms(partial(predictor.refine, encoded, query), 30)
        detect = _median_ms(partial(predictor.detect, encoded), 5)
        encode = _median_ms(partial(predictor.encode, image), 5)
        size = sum(t.numel() * t.element_size() for t in model.state_dict().values())
        print(
            f"{name:20} {len(new):6} {refine:6.1f} ms {detect:6.1f} ms {encode:6.1f} ms"
            f" {encoded.nbytes / _MB:5.1f} MB {size / _MB:5.1f} MB",
            flush=True,
        )


def _median_ms(act: Callable[[], object], times: int) -> float:
    act()
    taken = []
    for _ in range(times):
        began = time.process_time()
        act()
        taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)
