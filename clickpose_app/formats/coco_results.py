"""COCO results: poses that a tool has found, as COCO scores them; a list of one object each.

Source: cocodataset.org, Results Format, keypoint detection.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.coco_check_person import is_number
from clickpose_app.formats.coco_records import not_json, read_text
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.file_ends import ends_of_json
from clickpose_app.formats.format import Context, DescriptionUnknownError, Format, Losses
from clickpose_app.formats.image_files import images_below
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton

_TITLE = "COCO results"
_KNOWN = frozenset({"image_id", "category_id", "keypoints", "score", "bbox"})
_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def _claims(path: Path) -> bool:
    ends = ends_of_json(path)
    return ends.startswith(b"[") and b'"image_id"' in ends and b'"keypoints"' in ends


class _Detection(msgspec.Struct):
    image_id: int
    keypoints: list[int | float]
    score: float
    category_id: int | None = None
    bbox: tuple[float, float, float, float] | None = None


def _read(path: Path, context: Context) -> Dataset:
    """All detections as people whom a network has found.

    * The third number of a keypoint is its confidence, unless it is a whole number: COCO asks
      for a 1 there that says nothing. A keypoint of three zeros was not found.
    * Names and sizes of the images are those of a COCO file or, without one, of the images in
      a folder whose names end in the ids, as COCO's own do.
    """
    found = list(_detections(path))
    described, order = _described(path, context, found)
    category_id = described.category_extra.get("id", 1)
    by_image: dict[int, list[_Detection]] = {image.id: [] for image in described.images}
    for number, detection in enumerate(found, start=1):
        problem = _problem(detection, by_image, category_id, len(described.skeleton))
        if problem:
            raise FormatError(
                Words(
                    "{path}: detection {number}: {problem}.",
                    path=path,
                    number=number,
                    problem=problem,
                )
            )
        by_image[detection.image_id].append(detection)
    images = tuple(
        replace(image, annotation=partial(_annotation, by_image[image.id], order, uuid.uuid4()))
        for image in described.images
    )
    return replace(described, images=images)


def _detections(path: Path) -> Iterator[_Detection]:
    data = read_text(path)
    try:
        raws = msgspec.json.decode(data, type=list[msgspec.Raw])
    except msgspec.ValidationError as error:
        raise FormatError(
            Words("{path} is no list of detections.", path=path),
            Words("A whole data set is read with --from coco."),
        ) from error
    except msgspec.DecodeError as error:
        raise not_json(path, error) from error
    decoder = msgspec.json.Decoder(_Detection)
    for number, raw in enumerate(raws, start=1):
        try:
            yield decoder.decode(raw)
        except msgspec.DecodeError as error:
            raise FormatError(
                Words("{path}: detection {number}: {error}.", path=path, number=number, error=error)
            ) from error


def _described(
    path: Path, context: Context, found: Sequence[_Detection]
) -> tuple[Dataset, Sequence[int]]:
    """The data set without its people, and where each keypoint of its skeleton stands."""
    if context.described_by is not None:
        dataset = read_coco(context.described_by)
        names = dataset.category_extra.get("keypoints", dataset.skeleton.keypoints)
        own = {name: v for name, v in dataset.extra.items() if name in ("info", "licenses")}
        order = [list(names).index(name) for name in dataset.skeleton.keypoints]
        return replace(dataset, extra=own), order
    if context.images is None:
        raise DescriptionUnknownError(
            Words("{path} knows its images only by their ids.", path=path),
            Words(
                "Name the COCO file that lists them with --coco FILE, or their folder with "
                "--images."
            ),
        )
    skeleton = context.skeleton or _skeleton_of(path, found)
    images = tuple(_images_in(path, context, context.images, {d.image_id for d in found}))
    return Dataset(skeleton, images), range(len(skeleton))


def _skeleton_of(path: Path, found: Sequence[_Detection]) -> Skeleton:
    count = len(found[0].keypoints) // 3 if found else len(builtin_skeleton())
    fitting = [s for s in map(builtin_skeleton, BUILTIN_NAMES) if len(s) == count]
    if len(fitting) == 1:
        return fitting[0]
    raise FormatError(
        Words("{path} does not say what its {count} keypoints are.", path=path, count=count),
        Words("Name their skeleton with --skeleton."),
    )


def _images_in(
    path: Path, context: Context, folder: Path, wanted: set[int]
) -> Iterator[DatasetImage]:
    files: dict[int, Path] = {}
    for file in images_below(folder):
        number = _LAST_NUMBER.search(file.stem)
        if number is None:
            continue  # no name with an id, so none that a detection can speak of
        image_id = int(number[1])
        if image_id in files and image_id in wanted:
            raise FormatError(
                Words(
                    "{path}: image {image_id} may be {name} or {file}.",
                    path=path,
                    image_id=image_id,
                    name=files[image_id].name,
                    file=file.name,
                ),
                Words("Name the COCO file that lists the images with --coco FILE."),
            )
        files[image_id] = file
    missing = sorted(wanted - files.keys())
    if missing:
        raise FormatError(
            Words(
                "{path}: no image in {folder} has a name that ends in the id {first}.",
                path=path,
                folder=folder,
                first=missing[0],
            ),
            Words("Name the COCO file that lists the images with --coco FILE."),
        )
    for image_id, file in files.items():
        name = file.relative_to(folder).as_posix()
        yield DatasetImage(image_id, name, *context.image_size(name), ImageAnnotation())


def _problem(
    detection: _Detection, by_image: dict[int, Any], category_id: int, count: int
) -> Words | None:
    flat, box = detection.keypoints, detection.bbox
    if detection.image_id not in by_image:
        return Words("image_id {id} is none of the images", id=detection.image_id)
    if detection.category_id not in (None, category_id):
        return Words(
            "category_id {id} is not that of the people, {expected}",
            id=detection.category_id,
            expected=category_id,
        )
    if len(flat) != 3 * count or not all(map(is_number, flat)):
        return Words("keypoints are not 3 numbers for each of the {count}", count=count)
    if box is not None and min(box[2:]) < 0:
        return Words("bbox has a negative size")
    if box is None and not any(flat):
        return Words("it has neither a keypoint nor a bbox")
    return None


def _annotation(
    found: Sequence[_Detection], order: Sequence[int], namespace: uuid.UUID
) -> ImageAnnotation:
    # Ids that nobody else has, yet the same at each access.
    people = tuple(
        _person(uuid.uuid5(namespace, str(number)).hex, detection, order)
        for number, detection in enumerate(found)
    )
    return ImageAnnotation(people, inferred_state(people))


def _person(person_id: str, detection: _Detection, order: Sequence[int]) -> Person:
    triples = [tuple(detection.keypoints[3 * k : 3 * k + 3]) for k in order]
    if detection.bbox is not None:
        box = Box.from_xywh(*detection.bbox)
    else:
        box = Box.around(np.array([t[:2] for t in triples if any(t)], dtype=np.float64))
    unknown = Keypoint((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED)
    keypoints = tuple(
        Keypoint(float(x), float(y), confidence=_confidence(s)) if x or y or s else unknown
        for x, y, s in triples
    )
    return Person(person_id, keypoints, box, Source.PREDICTED, detection.score)


def _confidence(third: float) -> float | None:
    return None if isinstance(third, int) else min(max(third, 0.0), 1.0)


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    losses = Losses(_TITLE)
    writer = _Writer(dataset, losses)
    with atomic_file(path) as file:
        file.write(b"[")
        separator = b"\n"
        for image in dataset.images:
            people = image.annotation.people
            losses.note(Words("images without people"), int(not people))
            for entry in filter(None, (writer.entry(image.id, person) for person in people)):
                file.write(separator + msgspec.json.encode(entry))
                separator = b",\n"
        file.write(b"\n]\n")
    losses.note(Words("names and sizes of images"), len(dataset.images))
    return losses.sentences()


@dataclass(frozen=True)
class _Writer:
    dataset: Dataset
    losses: Losses

    def entry(self, image_id: int, person: Person) -> dict[str, Any] | None:
        """The person as a detection; None for what is none."""
        labelled = [k for k in person.keypoints if k.labelled]
        if person.is_crowd or not labelled:
            unlabelled = Words("people without a labelled joint")
            self.losses.note(Words("crowd regions") if person.is_crowd else unlabelled)
            return None
        self._note(person, labelled)
        names = self.dataset.category_extra.get("keypoints", self.dataset.skeleton.keypoints)
        by_name = dict(zip(self.dataset.skeleton.keypoints, person.keypoints, strict=True))
        flat: list[float] = []
        for keypoint in (by_name[name] for name in names):
            if not keypoint.labelled:
                flat += (0, 0, 0)
            else:
                certain = 1 if keypoint.confidence is None else float(keypoint.confidence)
                flat += (float(keypoint.x), float(keypoint.y), certain)
        return {
            "image_id": image_id,
            "category_id": self.dataset.category_extra.get("id", 1),
            "keypoints": flat,
            "score": 1.0 if person.score is None else float(person.score),
        }

    def _note(self, person: Person, labelled: Sequence[Keypoint]) -> None:
        note = self.losses.note
        note(_BOXES)
        note(_UNSCORED, int(person.score is None))
        note(_OCCLUDED, sum(k.visibility == 1 for k in labelled))
        note(_PINNED, sum(k.pinned for k in labelled))
        note(_FURTHER, int(bool(person.extra.keys() - _OF_COCO)))


# Made once, because each person is asked about all of them.
_BOXES = Words("boxes of people beside their joints")
_UNSCORED = Words("that a person has no score; 1 is written")
_OCCLUDED = Words("joints that are occluded")
_PINNED = Words("joints that a person placed")
_FURTHER = Words("further fields of people")
_OF_COCO = _KNOWN | {"id", "area"}

COCO_RESULTS = Format("coco-results", _TITLE, (".json",), _claims, _read, _write)
