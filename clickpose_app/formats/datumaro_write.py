"""Write Datumaro's JSON, as its own library reads it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.coco_category import DEFAULT_SIGMA, PERSON
from clickpose_app.formats.coco_entries import bbox_and_area, image_entry, json_text
from clickpose_app.formats.coco_records import writing_image
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.datumaro_schema import DEFAULT_SUBSET, LABELS, OTHERS, SUBSET
from clickpose_app.formats.folders import make_folder
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.found_images import image_fields
from clickpose_app.formats.person_fields import carried, person_fields

_VERSION = "1.0"
_IMAGE = 2  # of Datumaro's media types


def write_datumaro(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    """Write annotations/SUBSET.json into a folder, or one subset as a file if path ends so.

    Raises:
        FormatError: naming the image whose name or values cannot be written.
    """
    losses = Losses("Datumaro")
    categories, person_label = _categories(dataset)
    infos = _infos(dataset, losses)
    subsets: dict[str, list[DatasetImage]] = {}
    for image in dataset.images:
        subsets.setdefault(_subset(path, image), []).append(image)
    single = path.suffix.lower() == ".json"
    if single and len(subsets) > 1:
        raise FormatError(
            Words(
                "{path} cannot hold the subsets {names} at once.",
                path=path,
                names=", ".join(sorted(subsets)),
            ),
            Words("Name a folder."),
        )
    for subset, images in (subsets or {DEFAULT_SUBSET: []}).items():
        file = path if single else path / "annotations" / f"{subset}.json"
        make_folder(file.parent)
        head = {
            "dm_format_version": _VERSION,
            "media_type": _IMAGE,
            "infos": infos,
            "categories": categories,
        }
        with atomic_file(file) as out:
            out.write(json_text(head)[:-1] + b', "items": [')
            for n, text in enumerate(_items(path, images, person_label, losses)):
                out.write((b",\n" if n else b"\n") + text)
            out.write(b"\n]}\n")
    return losses.sentences()


def _subset(path: Path, image: DatasetImage) -> str:
    subset = image.extra.get(SUBSET, DEFAULT_SUBSET)
    if (
        not isinstance(subset, str)
        or PurePosixPath(subset).name != subset
        or set(subset) & set('\\:*?"<>|\0')
    ):
        raise FormatError(
            Words(
                "{path}: image {file_name!r}: {field} {subset!r} is no name of a file.",
                path=path,
                file_name=image.file_name,
                field=SUBSET,
                subset=subset,
            )
        )
    return subset


def _categories(dataset: Dataset) -> tuple[dict[str, Any], int]:
    """Labels and keypoints, and the person's label; labels of others keep their places."""
    kept = dataset.extra.get(LABELS)
    labels = list(kept) if isinstance(kept, list) else []
    name = str(dataset.category_extra.get("name", PERSON))
    names = [label.get("name") if isinstance(label, dict) else None for label in labels]
    if name in names:
        person = names.index(name)
    else:
        person = len(labels)
        labels.append({"name": name, "parent": "", "attributes": []})
    skeleton = dataset.skeleton
    points = {
        "label_id": person,
        "labels": list(skeleton.keypoints),
        # Counted from 1, because Datumaro hands COCO's edges through as they are.
        "joints": [[a + 1, b + 1] for a, b in skeleton.limbs],
        "positions": [],
    }
    return {
        "label": {"labels": labels, "label_groups": [], "attributes": []},
        "points": {"items": [points]},
    }, person


def _infos(dataset: Dataset, losses: Losses) -> dict[str, Any]:
    extra = {name: value for name, value in dataset.extra.items() if name != LABELS}
    # Entries of a COCO file that are about other things than people.
    losses.note(Words("annotations of other categories"), len(extra.pop("annotations", ())))
    extra.pop("categories", None)
    category = carried(dataset.category_extra, (), losses, Words("of the category"))
    ours: dict[str, Any] = {"category": category} if category else {}
    ours |= _anatomy(dataset.skeleton)
    infos = carried(extra, ("clickpose",), losses, Words("of the data set"))
    return infos | ({"clickpose": ours} if ours else {})


def _anatomy(skeleton: Skeleton) -> dict[str, Any]:
    anatomy: dict[str, Any] = {}
    if skeleton.pairs:
        anatomy["flip_pairs"] = [[a + 1, b + 1] for a, b in skeleton.pairs]
    if set(skeleton.sigmas) != {DEFAULT_SIGMA}:
        anatomy["sigmas"] = list(skeleton.sigmas)
    return anatomy


def _items(path: Path, images: list[DatasetImage], label: int, losses: Losses) -> Iterator[bytes]:
    stems = Counter(_stem(image.file_name) for image in images)
    seen: set[str] = set()
    # Counted through all images: Datumaro makes COCO's ids of them.
    groups = itertools.count(1)
    for image in images:
        # Names the item in Datumaro, so a.jpg and a.png need their whole names.
        stem = _stem(image.file_name)
        item_id = stem if stems[stem] == 1 else image.file_name
        with writing_image(path, image.file_name):
            if item_id in seen:
                raise Flaw("file_name", Words("{file_name!r} is there twice", file_name=item_id))
            seen.add(item_id)
            text = json_text(_item(image, item_id, label, groups, losses))
        yield text


def _stem(file_name: str) -> str:
    return str(PurePosixPath(file_name).with_suffix(""))


def _item(
    image: DatasetImage, item_id: str, label: int, groups: Iterator[int], losses: Losses
) -> dict[str, Any]:
    annotation = image.annotation
    image_entry(image, annotation)  # raises Flaw for a name or size that no tool takes
    fields = image_fields(image, annotation, losses)
    fields.pop(SUBSET, None)
    others = fields.pop(OTHERS, [])
    annotations: list[Any] = []
    others = others if isinstance(others, list) else []
    taken = {other.get("group") for other in others if isinstance(other, dict)}
    for person in annotation.people:
        group = next(group for group in groups if group not in taken)
        annotations += _person(person, group, label, losses)
    return {
        "id": item_id,
        "annotations": annotations + others,
        "attr": fields,
        "image": {"path": image.file_name, "size": [image.height, image.width]},
    }


def _person(person: Person, group: int, label: int, losses: Losses) -> Iterator[dict[str, Any]]:
    fields = person_fields(person, losses)
    is_crowd = bool(fields.pop("iscrowd", 0))
    common = {"id": group, "group": group, "label_id": label, "z_order": 0}
    yield {
        "type": "bbox",
        "attributes": fields | {"is_crowd": is_crowd},
        **common,
        "bbox": bbox_and_area(person)[0],
    }
    if person.keypoints:
        points = [(k.x, k.y) if k.labelled else (0.0, 0.0) for k in person.keypoints]
        yield {
            "type": "points",
            "attributes": {"is_crowd": is_crowd},
            **common,
            "points": [float(value) for point in points for value in point],
            "visibility": [keypoint.visibility.value for keypoint in person.keypoints],
        }
