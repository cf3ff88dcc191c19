"""What clicks do, as a picture: people before any click and after one and two.

Each row of three shows one labelled person: the prediction, then the worst joint placed (a
square) and the others having followed, then the next. The number is the OKS. With
--no-photos the true joints (white rings) stand in for pictures that may not be passed on.

    python benchmarks/contact_sheet.py SHEET.jpg GROUND_TRUTH=IMAGES [GROUND_TRUTH=IMAGES ...]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from clickpose_app.batch.drawing import draw_people
from clickpose_app.core import edits
from clickpose_app.core.annotation import Person, Source
from clickpose_app.core.geometry import BoolArray, Box
from clickpose_app.core.predictor import ImageArray, PredictedPose, Predictor
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.engine.loading import load_predictor
from clickpose_app.evaluation.noc_person import PersonRules, Refining, match_people, worst_joint
from clickpose_app.evaluation.truth import LabelledPerson, each_image, labelled_people
from clickpose_app.formats.coco import read_coco

CLICKS = 2
TILE, COLUMNS = 220, 3
MARGIN = 0.15
_BACK, _INK = 32, (245, 245, 245)


def steps(
    predictor: Predictor, pixels: ImageArray, people: list[LabelledPerson], chosen: int
) -> Iterator[tuple[Person, str]]:
    """The person as predicted and after each click, with what is written on the tile."""
    rules, person = PersonRules(), people[chosen]
    encoded = predictor.encode(pixels)
    sure = [p for p in predictor.detect(encoded) if p.score >= rules.score_threshold]
    answer = match_people(people, sure, rules.found_at)[chosen]
    pose = predictor.pose_in_box(encoded, person.box) if answer is None else sure[answer]
    refining = Refining(predictor, encoded, pose.box, drawn=answer is None)
    pinned = np.zeros(len(pose.keypoints), dtype=np.bool_)
    note = " box drawn" if answer is None else ""
    keypoints = pose.keypoints
    for click in range(CLICKS + 1):
        text = f"{click} clicks{note}  OKS {person.similarity(keypoints):.2f}"
        yield _as_person(replace(pose, keypoints=keypoints), pinned), text
        k = worst_joint(person, keypoints, pinned, rules.worst)
        clicked = keypoints.copy()
        clicked[k], pinned[k] = person.keypoints[k], True
        keypoints = refining.follow(keypoints, clicked, pinned)


def tile(
    pixels: ImageArray, person: Person, skeleton: Skeleton, frame: Box, text: str
) -> ImageArray:
    """The part of an image around a person, with their pose, as a square of TILE pixels."""
    side = max(frame.width, frame.height) * (1 + 2 * MARGIN)
    scale = TILE / side
    origin = np.array([(frame.x1 + frame.x2 - side) / 2, (frame.y1 + frame.y2 - side) / 2])
    matrix = np.column_stack([np.eye(2) * scale, -scale * origin + (scale - 1) / 2])
    cut = cv2.warpAffine(pixels, matrix, (TILE, TILE), borderValue=(_BACK,) * 3)

    def placed(x: float, y: float) -> tuple[float, float]:
        return (x - origin[0]) * scale, (y - origin[1]) * scale

    keypoints = tuple(
        replace(k, x=placed(k.x, k.y)[0], y=placed(k.x, k.y)[1]) for k in person.keypoints
    )
    box = Box(*placed(person.box.x1, person.box.y1), *placed(person.box.x2, person.box.y2))
    moved = replace(person, keypoints=keypoints, box=box)
    drawn = draw_people(np.asarray(cut, np.uint8), [moved], skeleton)
    cv2.rectangle(drawn, (0, TILE - 18), (TILE, TILE), (_BACK,) * 3, cv2.FILLED)
    font, place = cv2.FONT_HERSHEY_SIMPLEX, (6, TILE - 5)
    cv2.putText(drawn, text, place, font, 0.42, _INK, 1, cv2.LINE_AA)
    return drawn


def true_joints(pixels: ImageArray, person: LabelledPerson) -> ImageArray:
    """An image of that size that shows nothing but where a person's joints are."""
    blank = np.full_like(pixels, _BACK)
    reach = max(2, round(0.02 * max(person.box.width, person.box.height)))
    for x, y in person.keypoints[person.labelled]:
        cv2.circle(blank, (round(x), round(y)), reach, _INK, max(1, reach // 3), cv2.LINE_AA)
    return blank


def _as_person(pose: PredictedPose, pinned: BoolArray) -> Person:
    person = edits.person_from_pose(pose)
    keypoints = tuple(
        replace(k, source=Source.HUMAN) if held else k
        for k, held in zip(person.keypoints, pinned, strict=True)
    )
    return replace(person, keypoints=keypoints)


def main() -> None:
    """Read the command line, draw, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sheet", type=Path, help="picture to write")
    parser.add_argument("sets", nargs="+", metavar="GROUND_TRUTH=IMAGES")
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--no-photos", action="store_true", help="draw the true joints instead")
    parser.add_argument("--people", type=int, default=24, help="in all (24)")
    options = parser.parse_args()
    predictor = load_predictor(options.weights, "cpu")
    each = options.people // len(options.sets)
    rows = []
    for pair in options.sets:
        truth, folder = (Path(part) for part in pair.split("=", 1))
        dataset = read_coco(truth)
        # Every n-th image, so that nobody chose the good ones.
        wanted = dataset.images[:: max(1, len(dataset.images) // each)][:each]
        part = replace(dataset, images=wanted)
        for image, pixels in each_image(part, truth, folder, None):
            people = labelled_people(image.annotation, dataset.skeleton, predictor.skeleton)
            if not people:
                continue
            chosen = max(range(len(people)), key=lambda i: people[i].area)
            tiles = list(steps(predictor, pixels, people, chosen))
            frame = people[chosen].box
            if options.no_photos:
                pixels = true_joints(pixels, people[chosen])
            skeleton = predictor.skeleton
            rows.append(np.hstack([tile(pixels, p, skeleton, frame, t) for p, t in tiles]))
    while len(rows) % COLUMNS:
        rows.append(np.full_like(rows[0], _BACK))
    gap = np.full((TILE, 8, 3), 255, np.uint8)
    lines = [
        np.hstack([part for row in rows[i : i + COLUMNS] for part in (row, gap)][:-1])
        for i in range(0, len(rows), COLUMNS)
    ]
    sheet = cv2.cvtColor(np.vstack(lines), cv2.COLOR_RGB2BGR)
    if not cv2.imwrite(str(options.sheet), sheet, [cv2.IMWRITE_JPEG_QUALITY, 82]):
        raise SystemExit(f"{options.sheet} cannot be written: choose another place.")
    print(f"{len(rows)} people: {options.sheet}")


if __name__ == "__main__":
    main()
