"""Pre-labelling: poses for many images, written as one COCO data set."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeAlias

from clickpose_app.batch.journal import Journal, open_journal
from clickpose_app.batch.labelling import Looker, Progress, label
from clickpose_app.batch.looking import Seen
from clickpose_app.batch.results import Results, Written
from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.predictor import ImageArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.formats.atomic_file import remove_leftovers
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.storage.images import find_images, read_image


@dataclass(frozen=True)
class ImageFile:
    """One image to be labelled.

    Attributes:
        path: where it is.
        file_name: how the data set calls it, relative to the folder of all.
        id: in the data set.
    """

    path: Path
    file_name: str
    id: int


@dataclass(frozen=True)
class Selection:
    """What was found at the paths that were given.

    Attributes:
        images: to be labelled, in order.
        failures: one sentence for each path at which there is no image.
        left_out: how many images have no id among those given.
    """

    images: tuple[ImageFile, ...]
    failures: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class PrelabelReport:
    """What came of it.

    Attributes:
        images: how many were labelled and written.
        people: how many people were found on them.
        failures: one sentence for each image that could not be read.
        not_drawn: one sentence for each preview that could not be drawn.
    """

    images: int
    people: int
    failures: tuple[str, ...]
    not_drawn: tuple[str, ...] = ()


Watch: TypeAlias = Callable[[ImageFile, ImageArray | None, ImageAnnotation], object]
"""Called with an image, its upright RGB pixels [H, W, 3] (None where another process has them:
read them from the file) and the people found on it."""


def select_images(
    paths: Iterable[Path], *, recursive: bool = False, image_ids: Mapping[str, int] | None = None
) -> Selection:
    """Find the images at the given paths, and give each a name and an id.

    Names are relative to the folder that holds all of them. Ids are those of image_ids where
    it is given (by the relative name, else by the last part of it); else the numbers that
    the files are called, if all are called by a number and no two by the same; else 1 to N.

    Args:
        paths: images, and folders of images.
        recursive: also look into folders in folders.
        image_ids: id by file name, as in the data set that the result is to be compared with.

    Raises:
        ClickPoseError: if there is nothing to label.
    """
    found: dict[Path, None] = {}
    roots: list[Path] = []
    failures: list[str] = []
    for path in paths:
        try:
            images = find_images(path.absolute(), recursive)
        except ImageError as error:
            failures.append(str(error))
            continue
        if not images:
            failures.append(f"{path} holds no images.")
        for image in images:
            if _is_unicode(image):
                found[image] = None
            else:
                failures.append(f"{image!r}: its name is not valid Unicode. Rename it.")
        roots.append(path.absolute() if path.is_dir() else path.absolute().parent)
    if not found:
        raise ClickPoseError(
            " ".join(failures) or "No images were named.",
            "Name images or folders of images (--recursive looks into folders in folders).",
        )
    root = Path(os.path.commonpath(roots))
    names = {path: path.relative_to(root).as_posix() for path in found}
    ids = _given_ids(names, image_ids) if image_ids is not None else own_ids(names)
    if not ids:
        raise ClickPoseError(
            f"None of the {len(names)} images is in the data set that the ids are taken from.",
            "Name the images that belong to it.",
        )
    selected = tuple(ImageFile(path, names[path], image_id) for path, image_id in ids.items())
    return Selection(selected, tuple(failures), len(names) - len(selected))


def prelabel(
    images: Sequence[ImageFile],
    looker: Looker,
    out: Path,
    *,
    score_threshold: float = SCORE_THRESHOLD,
    read: Callable[[Path], ImageArray] = read_image,
    watch: Watch | None = None,
    progress: Progress | None = None,
    results: Results | None = None,
) -> PrelabelReport:
    """Find people on images and write them as a COCO data set with scores, or as Parquet.

    Images are decoded ahead of the network, and what it finds is written while it looks at the
    next ones; see looking.py. Each image that is done is noted beside the result, so that a run
    that was stopped, even by kill -9, goes on where it was; images that changed since or could
    not be read are looked at again.

    Args:
        images: what to look at.
        looker: who looks.
        out: the COCO JSON or Parquet file; it appears when all is done.
        score_threshold: people less certain than this are left out.
        read: gives the upright RGB pixels of an image's path, or raises ImageError.
        watch: called with each image that was looked at, in order; not with those that an
            earlier run has done.
        progress: called at the start and after each image with how many of how many are done.
        results: what is written besides.

    Raises:
        FormatError: if the file cannot be written.
        ClickPoseError: if none of the images can be read (no file is written then), or if the
            unfinished work beside the result is of another network or threshold.
    """
    results = results or Results()
    results.check(out, looker.skeleton, ((image.path, image.file_name) for image in images))
    by_path = {image.path: image for image in images}
    settings = f"{looker.description}, score threshold {score_threshold:g}"
    with open_journal(out, settings) as journal:

        def keep(seen: Seen[Path], found: ImageAnnotation) -> None:
            journal.add(seen.item, seen.width, seen.height, found)
            if watch:
                watch(by_path[seen.item], seen.pixels, found)

        waiting = [path for path in by_path if not journal.has(path)]
        failures = label(
            waiting,
            looker,
            keep,
            score_threshold=score_threshold,
            read=read,
            missed=journal.forget,
            before=len(by_path) - len(waiting),
            progress=progress,
        )
        if len(failures) == len(by_path):
            journal.remove()
            raise ClickPoseError(f"None of the images can be read. {' '.join(failures[:3])}")
        written = finish(images, looker.skeleton, out, journal, results, failures)
    labelled = len(by_path) - len(failures)
    return PrelabelReport(labelled, written.people, tuple(failures), written.not_drawn)


def finish(
    images: Sequence[ImageFile],
    skeleton: Skeleton,
    out: Path,
    journal: Journal,
    results: Results | None = None,
    failures: Sequence[str] = (),
) -> Written:
    """Write what the journal holds as a data set, and take the journal away.

    Args:
        images: in the order of the result; those that are not done are left out.
        skeleton: of all people.
        out: the COCO JSON or Parquet file.
        journal: of the run.
        results: what is written besides.
        failures: one sentence for each image that could not be read, for the report.
    """
    written = (results or Results()).write(out, skeleton, _done(images, journal), failures)
    remove_leftovers(out)
    journal.remove()
    return written


def _done(images: Sequence[ImageFile], journal: Journal) -> Iterator[tuple[Path, DatasetImage]]:
    """Each labelled image with its file, in the order of the images."""
    for image in images:
        found = journal.get(image.path)
        if found is not None:
            width, height, annotation = found
            yield image.path, DatasetImage(image.id, image.file_name, width, height, annotation)


def share_of(images: Sequence[ImageFile], number: int, count: int) -> tuple[ImageFile, ...]:
    """One of several equal parts of the images, for as many machines.

    Args:
        images: all of them, the same on every machine.
        number: of the part, from 1.
        count: of all parts.
    """
    return tuple(images[number - 1 :: count])


def _is_unicode(path: Path) -> bool:
    """Whether a JSON file can hold the name; Linux allows any bytes in it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def own_ids(names: Mapping[Path, str]) -> dict[Path, int]:
    """An id for each image by its name: the number it is called by, or 1 to N."""
    stems = [PurePath(name).stem for name in names.values()]
    if all(stem.isascii() and stem.isdecimal() for stem in stems):
        numbers = [int(stem) for stem in stems]
        if len(set(numbers)) == len(numbers):
            return dict(zip(names, numbers, strict=True))
    return {path: i for i, path in enumerate(names, start=1)}


def _given_ids(names: Mapping[Path, str], image_ids: Mapping[str, int]) -> dict[Path, int]:
    by_last_part: dict[str, list[int]] = {}
    for name, image_id in image_ids.items():
        by_last_part.setdefault(PurePath(name).name, []).append(image_id)
    ids: dict[Path, int] = {}
    for path, name in names.items():
        candidates = by_last_part.get(path.name, [])
        if name in image_ids:
            ids[path] = image_ids[name]
        elif len(candidates) == 1:
            ids[path] = candidates[0]
    twice = len(ids) - len(set(ids.values()))
    if twice:
        raise ClickPoseError(
            "Several images have the name of the same image of the data set.",
            "Name only the folder that belongs to it.",
        )
    return ids
