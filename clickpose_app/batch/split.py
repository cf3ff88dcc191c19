"""One COCO data set as several: by image, by folder or by annotator."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import write_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.folders import make_folder

NOBODY = "nobody"
"""The part of people of whom the file does not say who annotated them."""

_UNSAFE = re.compile(r"[^\w.-]+")


def by_image(dataset: Dataset, shares: Sequence[float], seed: int) -> dict[str, Dataset]:
    """Random parts of given shares, each in file order.

    Args:
        dataset: that is split.
        shares: of the parts, in any unit.
        seed: the same seed makes the same parts.

    Raises:
        ClickPoseError: if a share is not above 0.
    """
    if not shares or min(shares) <= 0:
        raise ClickPoseError("Each share must be above 0.", "Write for example --shares 80,10,10.")
    order = list(range(len(dataset.images)))
    random.Random(seed).shuffle(order)
    parts, start, done = {}, 0, 0.0
    for number, share in enumerate(shares, start=1):
        done += share
        end = round(len(order) * done / sum(shares))
        parts[str(number)] = _part(dataset, [dataset.images[i] for i in sorted(order[start:end])])
        start = end
    return parts


def by_folder(dataset: Dataset) -> dict[str, Dataset]:
    """One part for each folder that images lie in."""
    folders: dict[str, list[DatasetImage]] = {}
    for image in dataset.images:
        folder = str(PurePosixPath(image.file_name).parent)
        folders.setdefault("" if folder == "." else folder, []).append(image)
    return {name: _part(dataset, images) for name, images in folders.items()}


def by_annotator(dataset: Dataset, field: str) -> dict[str, Dataset]:
    """One part for each value of a field of the annotations, with the people who have it.

    Images without people are in no part.

    Args:
        dataset: that is split.
        field: name of the field, such as "annotator".
    """
    parts: dict[str, list[DatasetImage]] = {}
    for image in dataset.images:
        people = image.annotation.people
        names = [str(person.extra.get(field, NOBODY)) for person in people]
        for name in dict.fromkeys(names):
            own = tuple(p for p, n in zip(people, names, strict=True) if n == name)
            annotation = ImageAnnotation(own, inferred_state(own))
            parts.setdefault(name, []).append(replace(image, annotation=annotation))
    return {name: _part(dataset, images) for name, images in parts.items()}


def write_parts(parts: dict[str, Dataset], source: Path, folder: Path) -> list[Path]:
    """Write each part as ``<source>-<name>.json`` in a folder, which is made.

    Raises:
        ClickPoseError: if two parts would get the same file name, or one cannot be written.
    """
    files: dict[Path, str] = {}
    for name in parts:
        tail = f"-{_UNSAFE.sub('_', name).strip('_')}" if name else ""
        path = folder / f"{source.stem}{tail or '-top'}.json"
        if path in files:
            raise ClickPoseError(
                f"The parts {files[path]!r} and {name!r} would both be {path.name}.",
                "Rename one of them first.",
            )
        files[path] = name
    make_folder(folder)
    for path, name in files.items():
        write_coco(path, parts[name])
    return list(files)


def _part(dataset: Dataset, images: Sequence[DatasetImage]) -> Dataset:
    return replace(dataset, images=tuple(images))
