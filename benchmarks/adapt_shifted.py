"""Does a network become better in pictures of another kind, without a label? ``adapt.py shifted``.

Some training photos, without their labels, and labelled photos that are never trained on are made
to look as from another camera: at night, or from one for heat. The base is adapted to the former
and measured on the latter, before and after: AP, and clicks a person to OKS 0.90. Its accuracy on
the photos as they were shows what it has forgotten for that.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from adapt_superset import printing, some_photos
from numpy.typing import NDArray

from clickpose_app.adaptation.plan import Plan
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.adaptation.source_free import adapt_to_pictures
from clickpose_app.engine.loading import load_predictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.evaluation.measure import measure_predictor
from clickpose_app.evaluation.noc_person import PersonRules
from clickpose_app.training.data_samples import decode, read_shards

Pixels = NDArray[np.uint8]
_CLICKS = ("noc_person", "noc_person_manual")


def night(photo: Pixels) -> Pixels:
    """A tenth of the light, lifted again, with the noise of a sensor."""
    dice = np.random.default_rng(photo.shape[0] * 10_007 + photo.shape[1])
    seen = dice.poisson(np.asarray(photo, np.float64) * 0.05) + dice.normal(0, 0.6, photo.shape)
    return np.clip(8.0 * seen, 0, 255).astype(np.uint8)


def heat(photo: Pixels) -> Pixels:
    """One channel, what is dark in the photo bright, and little sharpness."""
    grey = cv2.GaussianBlur(255 - cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY), (0, 0), 1.5)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


SHIFTS: dict[str, Callable[[Pixels], Pixels]] = {"night": night, "heat": heat}


def shifted_rows(options: argparse.Namespace, recipe: Recipe) -> None:
    """Print AP and clicks of the base, and of the base made at home in each kind of pictures."""
    del recipe  # of labels
    people = options.data.parent / "people"
    print(f"{'pictures':10} {'network':8} {'minutes':>7} {'AP':>6} {'AP50':>6}", end="")
    print(f" {'clicks':>7} {'by hand':>8}", flush=True)
    with tempfile.TemporaryDirectory(prefix="clickpose-shifted-") as scratch:
        plain = Path(scratch) / "plain"
        plain.mkdir()
        truth = some_photos(people, plain, options.photos)
        for name in options.shifts:
            folder = Path(scratch) / name
            shifted = _shifted(truth, folder / "photos", SHIFTS[name])
            _row(name, "base", 0.0, options.base, shifted, clicks=True)
            pictures = _unlabelled(people, folder / "pictures", options.pictures, SHIFTS[name])
            out = (options.keep or folder) / f"{name}.safetensors"
            plan = Plan(
                options.base,
                out,
                options.minutes,
                seed=options.seed,
                unlabelled=pictures,
                clock=time.process_time,
            )
            began = time.process_time()
            try:
                adapt_to_pictures(plan, printing(options.verbose))
            except ClickPoseError as error:
                print(f"{name:10} {error}", flush=True)
                continue
            minutes = (time.process_time() - began) / 60
            _row(name, "at home", minutes, out, shifted, clicks=True)
            _row("as taken", "at home", minutes, out, truth, clicks=False)
        _row("as taken", "base", 0.0, options.base, truth, clicks=False)


def _shifted(truth: Path, folder: Path, shift: Callable[[Pixels], Pixels]) -> Path:
    """The same photos of another kind, with the same labels."""
    folder.mkdir(parents=True)
    content = json.loads(truth.read_text(encoding="utf-8"))
    for image in content["images"]:
        photo = np.asarray(cv2.imread(str(truth.parent / image["file_name"])), np.uint8)
        image["file_name"] = f"{image['id']}.png"
        cv2.imwrite(str(folder / image["file_name"]), shift(photo))
    path = folder / "truth.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _unlabelled(people: Path, folder: Path, count: int, shift: Callable[[Pixels], Pixels]) -> Path:
    """Some training photos with people, of another kind, without anything beside them."""
    folder.mkdir(parents=True)
    samples = [s for s in read_shards([people / "train-000.tar"]) if len(s.boxes)]
    order = np.random.default_rng(5).permutation(len(samples))[:count]
    for i in order:
        cv2.imwrite(str(folder / f"{i}.png"), shift(decode(samples[i], halved=False)))
    return folder


def _row(
    pictures: str, network: str, minutes: float, weights: Path, truth: Path, *, clicks: bool
) -> None:
    rules = PersonRules() if clicks else None
    report = measure_predictor(load_predictor(weights, "cpu"), truth, truth.parent, noc=rules)
    ap = report.figures
    print(f"{pictures:10} {network:8} {minutes:7.1f} {ap['AP']:6.3f} {ap['AP50']:6.3f}", end="")
    if clicks:
        refined, by_hand = (report.clicks[each]["90"] for each in _CLICKS)
        print(f" {refined:7.2f} {by_hand:8.2f}", end="")
    print(flush=True)
