"""Write labelme's files, as labelme reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_entries import image_entry, json_text
from clickpose_app.formats.coco_records import writing_image
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.folders import staged_folder
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.found_images import image_fields, note_lost_extra
from clickpose_app.formats.json_reading import head_of
from clickpose_app.formats.labelme_schema import (
    CROWD,
    LABELS_FILE,
    OCCLUDED,
    OTHERS,
    POINT_EXTRAS,
    SHAPE_FIELDS,
    SKELETON_FILE,
    TOP_FIELDS,
    VERSION,
    looks_like_labelme,
)
from clickpose_app.formats.person_fields import carried, check_keypoints, person_fields
from clickpose_app.storage.skeletons import write_skeleton


def write_labelme(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:
    """Write a file for each image into a folder, and labels and skeleton for those who need them.

    Files find their images in the image folder, where that is known, else beside them.

    Raises:
        FormatError: naming the image whose name or values labelme cannot take, or a file of
            somebody else that would be lost.
    """
    losses = Losses("labelme")
    targets: dict[str, str | Words] = {SKELETON_FILE: Words("the skeleton")}
    with staged_folder(path) as stage:
        for image in dataset.images:
            target = str(PurePosixPath(image.file_name).with_suffix(".json"))
            with writing_image(path, image.file_name):
                # labelme looks for a.json whether the image is a.jpg or a.png.
                if target in targets:
                    raise Flaw(
                        "file_name",
                        Words(
                            "would share {target} with {other}",
                            target=target,
                            other=targets[target],
                        ),
                    )
                targets[target] = image.file_name
                text = json_text(_file(image, dataset.skeleton, path / target, context, losses))
            _check_replaceable(path / target)
            file = stage / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text + b"\n")
        write_skeleton(stage / SKELETON_FILE, dataset.skeleton)
        labels = "\n".join((PERSON, *dataset.skeleton.keypoints, ""))
        (stage / LABELS_FILE).write_bytes(labels.encode())
    note_lost_extra(dataset, (), losses)
    return losses.sentences()


def _check_replaceable(target: Path) -> None:
    if target.exists() and not looks_like_labelme(head_of(target)):
        raise FormatError(
            Words("{target} is there already, and is no file of labelme.", target=target),
            Words("Choose another folder."),
        )


def _file(
    image: DatasetImage, skeleton: Skeleton, target: Path, context: Context, losses: Losses
) -> dict[str, Any]:
    annotation = image.annotation
    image_entry(image, annotation)  # raises Flaw for a name or size that no tool takes
    fields = image_fields(image, annotation, losses)
    others = fields.pop(OTHERS, None)
    flags = _flags(fields)
    shapes = [
        shape
        for group, person in enumerate(annotation.people, 1)
        for shape in _shapes(person, group, skeleton, losses)
    ]
    known = {
        "version": VERSION,
        "flags": flags,
        "shapes": shapes + (others if isinstance(others, list) else []),
        "imagePath": _image_path(image.file_name, target, context.images),
        "imageData": None,
        "imageHeight": image.height,
        "imageWidth": image.width,
    }
    return known | carried(fields, TOP_FIELDS, losses, Words("of images"))


def _image_path(file_name: str, target: Path, images: Path | None) -> str:
    """The image as seen from its file's folder."""
    beside = PurePosixPath(file_name).name
    if images is None:
        return beside
    try:
        relative = os.path.relpath(images / file_name, target.parent)
    except ValueError:
        return beside  # on another drive of Windows
    return Path(relative).as_posix()


def _shapes(
    person: Person, group: int, skeleton: Skeleton, losses: Losses
) -> Iterator[dict[str, Any]]:
    check_keypoints(person, len(skeleton))
    fields = person_fields(person, losses)
    is_crowd = bool(fields.pop("iscrowd", 0))
    further = fields.pop(POINT_EXTRAS, None)
    further = further if isinstance(further, dict) else {}
    flags = _flags(fields) | ({CROWD: True} if is_crowd else {})
    box = person.box
    corners = [[float(box.x1), float(box.y1)], [float(box.x2), float(box.y2)]]
    yield _shape(PERSON, corners, "rectangle", group, flags, fields, losses)
    for name, keypoint in zip(skeleton.keypoints, person.keypoints, strict=bool(person.keypoints)):
        if keypoint.labelled:
            own = further.get(name)
            own = dict(own) if isinstance(own, dict) else {}
            flags = _flags(own) | {OCCLUDED: keypoint.visibility is Visibility.OCCLUDED}
            if own.get("difficult") is True:
                own["difficult"] = flags[OCCLUDED]
            place = [[float(keypoint.x), float(keypoint.y)]]
            yield _shape(name, place, "point", group, flags, own, losses)


def _shape(
    label: str,
    points: list[list[float]],
    kind: str,
    group: int,
    flags: Mapping[str, bool],
    fields: dict[str, Any],
    losses: Losses,
) -> dict[str, Any]:
    description = fields.pop("description", "")
    known = {
        "label": label,
        "points": points,
        "group_id": group,
        "description": description if isinstance(description, str) else "",
        "shape_type": kind,
        "flags": dict(flags),
        "mask": None,
    }
    return known | carried(fields, SHAPE_FIELDS, losses, Words("of people"))


def _flags(fields: dict[str, Any]) -> dict[str, bool]:
    """Take flags out of the fields, as far as labelme takes them: names that are true or false."""
    flags = fields.get("flags")
    if not isinstance(flags, dict) or not all(type(flag) is bool for flag in flags.values()):
        return {}
    del fields["flags"]
    return dict(flags)
