"""What tiles and a second, closer encoding are worth on people under 96 pixels, and cost.

    python benchmarks/small_people.py ../shared/data/people/eval_public.tar [--scenes 4]
        [--weights FILE] [--rows natural 60 mixed click]

The scenes are of 24 megapixels (see large_scenes.py), their people 60 pixels tall, or 40 to 95.
The natural people are those under 96 pixels in the photos themselves. Clicks are counted by the
annotator's protocol (evaluation/noc_person.py): somebody who is missed costs a box of two clicks,
and the corrections of what appears in it. "Second" is a predictor that has encoded the person
once more, closer, by their second click, as the window does it in the background.

Found and false people are those that the window shows, from SCORE_THRESHOLD on.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from large_scenes import PEOPLE, Scene, make_scenes, read_photos

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.engine.encoded_image import TorchEncodedImage
from clickpose_app.engine.input_size import PEOPLE_SIZE
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.search import Search
from clickpose_app.engine.tiles import Tiling
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.evaluation.noc_person import OKS_LEVELS, PersonRules, count_clicks
from clickpose_app.evaluation.truth import LabelledPerson
from clickpose_app.gui.spare_memory import resident_bytes

SMALL = 96
"""Long side in pixels below which somebody counts as small."""


class Annotating:
    """The predictor as the window asks it, with or without the second encoding.

    Args:
        one: who is asked.
        from_click: the click by which the closer look is there; 0 for never.
    """

    def __init__(self, one: TorchPredictor, from_click: int) -> None:
        self._one, self._from = one, from_click

    @property
    def skeleton(self) -> Skeleton:
        """As TorchPredictor, and so are all that follow."""
        return self._one.skeleton

    @property
    def description(self) -> str:
        """What runs where."""
        return self._one.description

    def encode(self, image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> EncodedImage:
        """The first looks."""
        return self._one.encode(image)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """Everybody found."""
        return self._one.detect(encoded)

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        """The pose in a drawn box."""
        return self._one.pose_in_box(encoded, box)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """A correction followed, after a closer look at the person where it is there by then."""
        if self._from and query.pinned.sum() >= self._from:
            self._one.look_closer(encoded, query.box, lambda: False)
        return self._one.refine(encoded, query)


@dataclass
class Row:
    """One way to work, summed over all images."""

    name: str
    clicks: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = field(default_factory=list)
    found: int = 0
    people: int = 0
    false: int = 0
    seconds: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    grown: list[float] = field(default_factory=list)

    def told(self) -> str:
        """As a line of a table."""
        clicks = np.concatenate(self.clicks)
        costs = "  ".join(f"{value:5.2f}" for value in clicks.mean(0))
        cost = f"{statistics.median(self.seconds):7.2f}" if self.seconds else "      -"
        kept = f"{statistics.median(self.kept):6.0f}" if self.kept else "     -"
        grown = f"{max(self.grown):6.0f}" if self.grown else "     -"
        return (
            f"{self.name:34s} {self.found:4d}/{self.people:<4d} {self.false:5d}   {costs}   "
            f"{cost} {kept} {grown}"
        )


def search(one: TorchPredictor, encoded: TorchEncodedImage) -> float:
    """Go through all tiles; how much memory it took beyond what there was, in MB."""
    before = most = resident_bytes() / 1e6
    while True:
        news = one.search_on(encoded, lambda: False)
        most = max(most, resident_bytes() / 1e6)
        if news is None or news.done == news.total:
            return most - before


def count(
    row: Row, way: Annotating, encoded: TorchEncodedImage, people: list[LabelledPerson]
) -> None:
    """Annotate one image by the protocol."""
    own = replace(encoded, looks=list(encoded.looks), added=list(encoded.added))
    poses = way.detect(own)
    rules = PersonRules(score_threshold=SCORE_THRESHOLD)
    clicks = count_clicks(people, poses, rules, (way, own))
    assert clicks.refined is not None
    row.clicks.append(clicks.refined)
    row.found += int(clicks.found.sum())
    row.people += len(people)
    sure = [pose for pose in poses if pose.score >= rules.score_threshold]
    row.false += sum(all(p.box.iou(pose.box) < 0.1 for p in people) for pose in sure)
    row.kept.append(own.nbytes / 1e6)


def on_scenes(weights: Path | None, scenes: Iterable[Scene]) -> Iterator[list[Row]]:
    """Rows for large scenes, after each: the first looks alone, then with tiles, then with both."""
    one = load_predictor(weights, "cpu")
    blind = load_predictor(weights, "cpu")
    assert PEOPLE_SIZE.closer is not None
    blind._size = replace(PEOPLE_SIZE, closer=replace(PEOPLE_SIZE.closer, least_trust=0.0))
    names = ("first looks", "tiles, no second encoding", "tiles, second by click 1")
    rows = [Row(name) for name in (*names, "tiles, second by click 2")]
    ways = [Annotating(blind, 0), Annotating(blind, 0), Annotating(one, 1), Annotating(blind, 2)]
    for scene in scenes:
        begin = time.process_time()
        encoded = one.encode(scene.pixels)
        first = time.process_time() - begin
        rows[0].seconds.append(first)
        count(rows[0], ways[0], encoded, scene.people)
        grown = search(one, encoded)
        spent = time.process_time() - begin
        for row, way in zip(rows[1:], ways[1:], strict=True):
            count(row, way, encoded, scene.people)
            row.seconds.append(spent)
            row.grown.append(grown)
        yield rows


def on_photos(weights: Path | None, photos: Path) -> Iterator[list[Row]]:
    """Rows for the small people of the photos as they are, who are seen at full size; so far."""
    one = load_predictor(weights, "cpu")
    assert one.closer is not None
    tiling = Tiling(finest=2.0)
    rows = [Row("first looks"), Row("second by click 2"), Row("tiles at twice the size")]
    ways = [Annotating(one, 0), Annotating(one, 2), Annotating(one, 2)]
    for photo in read_photos(photos):
        small = [p for p in photo.people if max(p.box.width, p.box.height) < SMALL]
        if not small:
            continue
        begin = time.process_time()
        encoded = one.encode(photo.pixels)
        seconds = time.process_time() - begin
        for row, way in zip(rows, ways, strict=True):
            if row is rows[-1]:
                scale = encoded.scale
                encoded.search = Search(
                    photo.pixels, encoded.people, scale, one.closer, one.sigmas, tiling
                )
                begin = time.process_time()
                search(one, encoded)
                seconds += time.process_time() - begin
            count(row, way, encoded, small)
            row.seconds.append(seconds)
            row.false = 0  # larger people of these photos are not asked for
        yield rows


def _has_come(moment: float) -> bool:
    return time.perf_counter() > moment


def show_giving_way(weights: Path | None, scene: Scene, rounds: int = 30) -> None:
    """Print how long a part that is being looked at still takes once a click waits for it."""
    one, rng = load_predictor(weights, "cpu"), np.random.default_rng(0)
    encoded = one.encode(scene.pixels)
    one.search_on(encoded, lambda: False)
    waits: list[float] = []
    whole: list[float] = []
    while len(waits) < rounds:
        begin = time.perf_counter()
        if len(whole) < rounds // 3:
            one.search_on(encoded, lambda: False)
            whole.append(1000 * (time.perf_counter() - begin))
            continue
        click = begin + float(rng.uniform(0, statistics.median(whole) / 1000))
        if one.search_on(encoded, partial(_has_come, click)) is None:
            waits.append(1000 * (time.perf_counter() - click))
    print("\nA click while a part is looked at, in milliseconds")
    print(f"a whole part takes                  {statistics.median(whole):7.0f}")
    print(f"it stops after, median and longest  {statistics.median(waits):7.1f} {max(waits):7.1f}")


def show(title: str, after_each: Iterable[list[Row]]) -> None:
    """Print one table; on the way how many people are done."""
    levels = "  ".join(f"@{level:.2f}" for level in OKS_LEVELS)
    print(f"\n{title}")
    print(f"{'':34s} {'found':>9s} {'false':>5s}   {levels}   CPU s  kept  grown (MB)")
    rows: list[Row] = []
    for rows in after_each:
        print(f"  {rows[0].people} people", file=sys.stderr, flush=True)
        if rows[0].people % PEOPLE == 0:
            for row in rows:
                print(row.told(), file=sys.stderr, flush=True)
    for row in rows:
        print(row.told(), flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("photos", type=Path)
    parser.add_argument("--scenes", type=int, default=4)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--rows", nargs="+", default=["natural", "60", "mixed", "click"])
    options = parser.parse_args()
    torch.set_num_threads(1)
    if "natural" in options.rows:
        show("Natural people under 96 pixels", on_photos(options.weights, options.photos))
    for name, tall in (("60", (60, 60)), ("mixed", (40, 95))):
        if name in options.rows:
            scenes = make_scenes(read_photos(options.photos), tall, options.scenes, seed=tall[1])
            show(
                f"24 megapixels, people of {tall[0]} to {tall[1]} pixels",
                on_scenes(options.weights, scenes),
            )

    if "click" in options.rows:
        (scene,) = make_scenes(read_photos(options.photos), (60, 60), 1)
        show_giving_way(options.weights, scene)


if __name__ == "__main__":
    main()
