"""Pre-labelling: poses for many images, written as one COCO data set."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from clickpose_app.batch.decode_ahead import decode_ahead
from clickpose_app.core.edits import predicted_annotation
from clickpose_app.core.predictor import ImageArray, Predictor
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.formats.coco import CocoImage, CocoWriter, coco_writer
from clickpose_app.storage.images import find_images


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
    """

    images: int
    people: int
    failures: tuple[str, ...]


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
    ids = _given_ids(names, image_ids) if image_ids is not None else _own_ids(names)
    if not ids:
        raise ClickPoseError(
            f"None of the {len(names)} images is in the data set that the ids are taken from.",
            "Name the images that belong to it.",
        )
    selected = tuple(ImageFile(path, names[path], image_id) for path, image_id in ids.items())
    return Selection(selected, tuple(failures), len(names) - len(selected))


def prelabel(
    images: Sequence[ImageFile],
    predictor: Predictor,
    out: Path,
    *,
    score_threshold: float = SCORE_THRESHOLD,
    progress: Callable[[int, int], object] | None = None,
) -> PrelabelReport:
    """Find people on images and write them as a COCO data set with scores.

    Images are decoded ahead of the network, results are written as they come; memory does
    not grow with the number of images.

    Args:
        images: what to look at.
        predictor: who looks.
        out: the COCO JSON file; it appears when all is done.
        score_threshold: people less certain than this are left out.
        progress: called at the start and after each image with how many of how many are done.

    Raises:
        FormatError: if the file cannot be written.
        ClickPoseError: if none of the images can be read; no file is written then.
    """
    by_path = {image.path: image for image in images}
    people = 0
    failures: list[str] = []
    if progress:
        progress(0, len(by_path))
    with coco_writer(out, predictor.skeleton) as writer:
        for done, (path, pixels) in enumerate(decode_ahead(by_path), start=1):
            if isinstance(pixels, ImageError):
                failures.append(str(pixels))
            else:
                people += _label(by_path[path], pixels, predictor, score_threshold, writer)
            if progress:
                progress(done, len(by_path))
        if len(failures) == len(by_path):
            raise ClickPoseError(f"None of the images can be read. {' '.join(failures[:3])}")
    return PrelabelReport(len(by_path) - len(failures), people, tuple(failures))


def _label(
    image: ImageFile,
    pixels: ImageArray,
    predictor: Predictor,
    score_threshold: float,
    writer: CocoWriter,
) -> int:
    poses = predictor.detect(predictor.encode(pixels))
    annotation = predicted_annotation(poses, score_threshold=score_threshold)
    height, width = pixels.shape[:2]
    writer.add(CocoImage(image.id, image.file_name, width, height, annotation))
    return len(annotation.people)


def _is_unicode(path: Path) -> bool:
    """Whether a JSON file can hold the name; Linux allows any bytes in it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _own_ids(names: Mapping[Path, str]) -> dict[Path, int]:
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
