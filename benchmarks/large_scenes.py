"""Large pictures with small people in them, made from photos whose people are labelled.

The ground is laid of mirrored pieces of the photos in which nobody is labelled; people whose
surroundings show nobody else are cut out with them, scaled down and laid upon it with soft
edges. So every person is known to the pixel, and nobody else is there. The pictures are made
anew whenever they are wanted and are never kept.

    python benchmarks/large_scenes.py PHOTOS.tar FOLDER [--scenes 2]

writes some of them as files, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.geometry import AREA_OF_BOX, Box
from clickpose_app.core.predictor import ImageArray
from clickpose_app.evaluation.truth import LabelledPerson
from clickpose_app.storage.skeletons import builtin_skeleton

SIZE = (6000, 4000)
"""Width and height of a scene: 24 megapixels."""

PEOPLE = 24
"""How many people are on a scene."""

_AROUND = 0.35  # how far a cut-out reaches beyond the box, in long sides
_PIECE = 160  # side of the pieces of ground, in pixels of the photos
_ZOOM = 4.0  # how much the pieces are enlarged: large pictures are softer than thumbnails
_SEAM = 0.15  # soft part of an edge


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A picture [H, W, 3], RGB, and everybody on it."""

    pixels: ImageArray
    people: list[LabelledPerson]


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo with its labelled people; boxes of all that is marked on it, xyxy [N, 4]."""

    pixels: ImageArray
    people: list[LabelledPerson]
    marked: NDArray[np.float64]


def read_photos(path: Path) -> list[Photo]:
    """All photos of a tar of pairs of JSON and WebP."""
    notes: dict[str, dict[str, object]] = {}
    files: dict[str, bytes] = {}
    with tarfile.open(path) as tar:
        for member in tar:
            handle = tar.extractfile(member)
            if handle is None:
                continue
            name, _, kind = member.name.rpartition(".")
            if kind == "json":
                notes[name] = json.load(handle)
            else:
                files[name] = handle.read()
    return [_photo(files[name], note["annotations"]) for name, note in notes.items()]


def _photo(file: bytes, annotations: object) -> Photo:
    assert isinstance(annotations, list)
    decoded = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    pixels = np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
    sigmas = np.array(builtin_skeleton().sigmas)
    people, marked = [], []
    for note in annotations:
        x, y, width, height = note["bbox"]
        marked.append((x, y, x + width, y + height))
        points = np.array(note.get("keypoints", []), float).reshape(-1, 3)
        if not note["iscrowd"] and (points[:, 2] > 0).any():
            box, area = Box(x, y, x + width, y + height), float(note["area"])
            people.append(LabelledPerson(points[:, :2], points[:, 2] > 0, area, box, sigmas))
    return Photo(pixels, people, np.array(marked, float).reshape(-1, 4))


def make_scenes(
    photos: list[Photo], tall: tuple[int, int], count: int, seed: int = 0
) -> Iterator[Scene]:
    """Scenes, one after the other; everybody on them has a long side within these pixels."""
    rng = np.random.default_rng(seed)
    cuts = [(photo, person) for photo in photos for person in photo.people if _alone(photo, person)]
    order = rng.permutation(len(cuts))
    for number in range(count):
        pixels = _ground(photos, rng)
        people: list[LabelledPerson] = []
        taken: list[Box] = []
        for i in range(PEOPLE):
            photo, person = cuts[order[(number * PEOPLE + i) % len(cuts)]]
            people.append(_paste(pixels, photo, person, float(rng.uniform(*tall)), taken, rng))
        yield Scene(pixels, people)


def _surroundings(person: LabelledPerson) -> Box:
    rim = _AROUND * max(person.box.width, person.box.height)
    box = person.box
    return Box(box.x1 - rim, box.y1 - rim, box.x2 + rim, box.y2 + rim)


def _alone(photo: Photo, person: LabelledPerson) -> bool:
    """Whether somebody can be cut out whole, large enough to be scaled down, and nobody else."""
    around = _surroundings(person)
    if max(person.box.width, person.box.height) < 100 or person.labelled.sum() < 8:
        return False
    others = [Box(*row) for row in photo.marked if Box(*row) != person.box]
    return all(around.shared_area(other) < 0.15 * other.area for other in others)


def _ground(photos: list[Photo], rng: np.random.Generator) -> ImageArray:
    """Pieces of photos without anybody, enlarged, mirrored and laid side by side."""
    width, height = SIZE
    side = int(_PIECE * _ZOOM)
    ground = np.zeros((height, width, 3), np.float32)
    weight = np.full((height, width, 1), 1e-6, np.float32)
    soft = _soft(side, side)
    for y in range(-side // 4, height, int(side * (1 - _SEAM))):
        for x in range(-side // 4, width, int(side * (1 - _SEAM))):
            piece = _empty_piece(photos, rng)
            piece = np.asarray(cv2.resize(piece, (side, side), interpolation=cv2.INTER_CUBIC))
            x1, y1, x2, y2 = max(0, x), max(0, y), min(width, x + side), min(height, y + side)
            part = np.s_[y1 - y : y2 - y, x1 - x : x2 - x]
            ground[y1:y2, x1:x2] += piece[part] * soft[part]
            weight[y1:y2, x1:x2] += soft[part]
    ground /= weight
    return np.asarray(np.clip(ground, 0, 255), np.uint8)


def _empty_piece(photos: list[Photo], rng: np.random.Generator) -> ImageArray:
    while True:
        photo = photos[rng.integers(len(photos))]
        height, width = photo.pixels.shape[:2]
        if min(height, width) < _PIECE:
            continue
        x, y = int(rng.integers(width - _PIECE + 1)), int(rng.integers(height - _PIECE + 1))
        piece = Box(x, y, x + _PIECE, y + _PIECE)
        if all(piece.shared_area(Box(*row)) == 0 for row in photo.marked):
            return photo.pixels[y : y + _PIECE, x : x + _PIECE][:, :: int(rng.choice([-1, 1]))]


def _paste(
    pixels: ImageArray,
    photo: Photo,
    person: LabelledPerson,
    tall: float,
    taken: list[Box],
    rng: np.random.Generator,
) -> LabelledPerson:
    """Lay a person upon the ground, where nobody is yet; says where they are now."""
    around = _surroundings(person).clipped(photo.pixels.shape[1], photo.pixels.shape[0])
    x1, y1, x2, y2 = (int(v) for v in (around.x1, around.y1, around.x2, around.y2))
    scale = tall / max(person.box.width, person.box.height)
    size = max(8, round((x2 - x1) * scale)), max(8, round((y2 - y1) * scale))
    cut = cv2.resize(photo.pixels[y1:y2, x1:x2], size, interpolation=cv2.INTER_AREA)
    while True:
        x, y = (
            int(rng.integers(40, side - 40 - part)) for side, part in zip(SIZE, size, strict=True)
        )
        spot = Box(x, y, x + size[0], y + size[1])
        if all(spot.shared_area(other) == 0 for other in taken):
            break
    taken.append(spot)
    soft = _soft(size[0], size[1])
    under = pixels[y : y + size[1], x : x + size[0]]
    under[:] = np.asarray(cut * soft + under * (1 - soft), np.uint8)
    zoom = np.array([size[0] / (x2 - x1), size[1] / (y2 - y1)])
    keypoints = (person.keypoints - [x1, y1]) * zoom + [x, y]
    low = (np.array([person.box.x1, person.box.y1]) - [x1, y1]) * zoom + [x, y]
    high = (np.array([person.box.x2, person.box.y2]) - [x1, y1]) * zoom + [x, y]
    box = Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    area = AREA_OF_BOX * box.area
    return LabelledPerson(keypoints, person.labelled, area, box, person.sigmas)


def _soft(width: int, height: int) -> NDArray[np.float32]:
    """1 inside, falling to 0 towards the edges [H, W, 1]."""

    def ramp(side: int) -> NDArray[np.float64]:
        at = (np.arange(side) + 0.5) / side
        return np.clip(np.minimum(at, 1 - at) / _SEAM, 0, 1)

    return np.asarray((ramp(height)[:, None] * ramp(width)[None])[..., None], np.float32)


def main() -> None:
    """Write scenes to be looked at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("photos", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenes", type=int, default=2)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for i, scene in enumerate(make_scenes(read_photos(options.photos), (60, 60), options.scenes)):
        path = options.folder / f"scene{i}.jpg"
        cv2.imwrite(str(path), cv2.cvtColor(scene.pixels, cv2.COLOR_RGB2BGR))
        print(path, len(scene.people), "people")


if __name__ == "__main__":
    main()
