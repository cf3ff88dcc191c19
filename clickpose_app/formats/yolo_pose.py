"""Ultralytics YOLO pose: a folder with data.yaml, images and a text file of rows for each.

Source: docs.ultralytics.com, Pose Estimation Datasets Overview. A row is a class, the box as
cxcywh and the keypoints, all divided by width and height of the upright image.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_records import unreadable
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.format import Context, Format
from clickpose_app.formats.yolo_layout import (
    DataYaml,
    data_yaml_at,
    image_root,
    label_file,
    read_data_yaml,
    split_images,
)
from clickpose_app.formats.yolo_write import OTHER_CLASSES, OTHER_ROWS, TITLE, write_yolo
from clickpose_app.presence import is_file

_VISIBILITIES = {float(visibility): visibility for visibility in Visibility}

# Shares of the image; joints a little outside are read, numbers of pixels are not.
_LEAST, _MOST = -1.0, 2.0


@dataclass(frozen=True)
class _Row:
    class_index: int
    text: str
    numbers: tuple[float, ...]


def _claims(path: Path) -> bool:
    return data_yaml_at(path) is not None


def _read(path: Path, context: Context) -> Dataset:
    """All splits as one data set; file names tell which is which.

    * Sizes are those of the image files, which have to be there.
    * Everything is a person's work: nothing in these files says otherwise.
    * A keypoint with visibility 0, or at 0, 0 or below where there are no visibilities, is not
      labelled.
    * Rows of other classes than the person are kept, and written back.

    Args:
        path: data.yaml, or its folder.
        context: its image folder counts more than the entry "path" of data.yaml.
    """
    found = data_yaml_at(path)
    if found is None:
        raise FormatError(
            Words("{path} has no kpt_shape, so it describes no YOLO pose data set.", path=path),
            Words("Name its data.yaml, or the folder that it is in."),
        )
    data = read_data_yaml(found, context.skeleton)
    root = image_root(data, context.images)
    files = [file for _, file in split_images(data, root)]
    _check_labels(data, root, files)
    namespace = uuid.uuid4()
    images = tuple(
        _image(number, file, root, data, context, namespace)
        for number, file in enumerate(files, start=1)
    )
    name = data.classes[data.person]
    extra = {}
    if len(data.classes) > 1:
        others = [[i, n] for i, n in data.classes.items() if i != data.person]
        extra[OTHER_CLASSES] = {"person": data.person, "others": others}
    return Dataset(data.skeleton, images, extra, {} if name == "person" else {"name": name})


def _check_labels(data: DataYaml, root: Path, files: Sequence[Path]) -> None:
    """Raise FormatError for a label file without an image: its people would be lost."""
    if any(is_file(root / entry) for entries in data.splits.values() for entry in entries):
        return  # a list may name some images on purpose
    wanted: dict[Path, Path] = {}
    for file in files:
        label = label_file(file)
        if wanted.setdefault(label, file) != file:
            raise FormatError(
                Words(
                    "{other} and {file} share the label file {label}.",
                    other=wanted[label],
                    file=file,
                    label=label,
                )
            )
    for folder in dict.fromkeys(label.parent for label in wanted):
        for label in sorted(folder.glob("*.txt")):
            if label not in wanted and label.name != "classes.txt":
                raise FormatError(
                    Words("{label} has no image of its name.", label=label),
                    Words("Add the image, or remove the label file."),
                )


def _image(
    number: int, file: Path, root: Path, data: DataYaml, context: Context, namespace: uuid.UUID
) -> DatasetImage:
    try:
        name = file.relative_to(root).as_posix()
    except ValueError as error:
        raise FormatError(
            Words("{path}: {file} lies outside {root}.", path=data.path, file=file, root=root),
            Words("Say with --images which folder all images are in."),
        ) from error
    width, height = context.image_size(str(file.absolute()))
    label = label_file(file)
    text = _text(label)
    rows = list(_rows(label, text, data))
    others = [row.text for row in rows if row.class_index != data.person]
    for number_of_row, row in enumerate(rows, start=1):
        if row.class_index not in data.classes:
            raise FormatError(
                Words(
                    "{label}: class {class_index} of row {number_of_row} is none of {path}.",
                    label=label,
                    class_index=row.class_index,
                    number_of_row=number_of_row,
                    path=data.path,
                )
            )
    build = partial(_annotation, label, text, data, (width, height), namespace, number)
    return DatasetImage(number, name, width, height, build, {OTHER_ROWS: others} if others else {})


def _text(label: Path) -> bytes:
    try:
        return label.read_bytes()
    except FileNotFoundError:
        return b""  # nobody is on the image
    except OSError as error:
        raise unreadable(label, error) from error


def _rows(label: Path, text: bytes, data: DataYaml) -> Iterator[_Row]:
    count = len(data.skeleton)
    try:
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FormatError(
            Words("{label} is not text ({reason}).", label=label, reason=error.reason)
        ) from error
    for number, line in enumerate(lines, start=1):
        parts = line.split()
        if not parts:
            continue
        where = Words("{file}, line {number}", file=label, number=number)
        try:
            class_index, numbers = float(parts[0]), tuple(map(float, parts[1:]))
        except ValueError as error:
            raise FormatError(Words("{where}: {error}.", where=where, error=error)) from error
        if len(numbers) != 4 + count * data.dims:
            raise FormatError(
                Words(
                    "{where}: {found} numbers, not a class, a box and {dims} for each of the "
                    "{count} keypoints.",
                    where=where,
                    found=len(parts),
                    dims=data.dims,
                    count=count,
                )
            )
        if class_index != class_index // 1:
            raise FormatError(
                Words("{where}: the class {other} is no whole number.", where=where, other=parts[0])
            )
        _check_row(where, numbers, data.dims)
        yield _Row(int(class_index), line.strip(), numbers)


def _check_row(where: Words, numbers: Sequence[float], dims: int) -> None:
    seen = numbers[6::3] if dims == 3 else ()
    for v in seen:
        if v not in _VISIBILITIES:
            raise FormatError(
                Words("{where}: the visibility {v:g} is none of 0, 1 and 2.", where=where, v=v)
            )
    places = [*numbers[:4], *(_without_third(numbers[4:]) if dims == 3 else numbers[4:])]
    for place in places:
        if not _LEAST <= place <= _MOST:
            raise FormatError(
                Words(
                    "{where}: {place:g} is no share of the image; all places lie in 0 to 1.",
                    where=where,
                    place=place,
                ),
                Words("Divide x by the image's width and y by its height."),
            )
    if min(numbers[2:4]) < 0:
        raise FormatError(Words("{where}: the box has a negative size.", where=where))


def _without_third(numbers: Sequence[float]) -> Iterator[float]:
    return (n for k, n in enumerate(numbers) if k % 3 != 2)


def _annotation(
    label: Path,
    text: bytes,
    data: DataYaml,
    size: tuple[int, int],
    namespace: uuid.UUID,
    image: int,
) -> ImageAnnotation:
    people = tuple(
        # Ids that nobody else has, yet the same at each access.
        _person(uuid.uuid5(namespace, f"{image} {number}").hex, row.numbers, data.dims, size)
        for number, row in enumerate(_rows(label, text, data))
        if row.class_index == data.person
    )
    return ImageAnnotation(people, inferred_state(people))


def _person(person_id: str, numbers: Sequence[float], dims: int, size: tuple[int, int]) -> Person:
    width, height = size
    cx, cy, w, h = numbers[0] * width, numbers[1] * height, numbers[2] * width, numbers[3] * height
    unknown = Keypoint(cx, cy, Visibility.UNLABELLED)
    keypoints = []
    for k in range(4, len(numbers), dims):
        x, y = numbers[k], numbers[k + 1]
        if dims == 3:
            seen = _VISIBILITIES[numbers[k + 2]]
        else:
            missing = x < 0 or y < 0 or x == y == 0
            seen = Visibility.UNLABELLED if missing else Visibility.VISIBLE
        labelled = Keypoint(x * width, y * height, seen, Source.HUMAN)
        keypoints.append(labelled if seen else unknown)
    box = Box(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
    return Person(person_id, tuple(keypoints), box, Source.HUMAN)


YOLO_POSE = Format("yolo-pose", TITLE, (), _claims, _read, write_yolo)
