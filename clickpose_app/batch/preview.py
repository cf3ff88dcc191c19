"""Pictures with the poses drawn, for a quick look at what a run has found."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from clickpose_app.batch.drawing import draw_people, write_label
from clickpose_app.batch.tracking import FIELD
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import ImageArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError, FormatError, ImageError
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.formats.folders import make_folder
from clickpose_app.storage.annotation_json import encode_people
from clickpose_app.storage.images import image_size, read_image_reduced

LONGEST = 1920
"""Pixels of the long side up to which a preview is as large as its image."""

SHORTEST = 640
"""Pixels of the long side up to which a small image is enlarged, so that joints are told apart."""

_MARK = b"clickpose preview "
_JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")
_QUALITY = 90
_AT_ONCE = min(os.cpu_count() or 1, 8)


class Previews:
    """Draws in the background, in a bounded number of threads; made by open_previews()."""

    def __init__(self, folder: Path, skeleton: Skeleton, pool: ThreadPoolExecutor) -> None:
        """Draw into a folder."""
        self._folder, self._skeleton, self._pool = folder, skeleton, pool
        self._waiting: deque[Future[str]] = deque()
        self.failures: list[str] = []

    def add(self, path: Path, image: DatasetImage) -> None:
        """Draw one image, soon."""
        target = self._folder / preview_name(image.file_name)
        task = (path, image.annotation, self._skeleton, target)
        self._waiting.append(self._pool.submit(_drawn, *task))
        if len(self._waiting) > 2 * _AT_ONCE:
            self._take()

    def end(self) -> None:
        """Wait until all are drawn."""
        while self._waiting:
            self._take()

    def _take(self) -> None:
        failure = self._waiting.popleft().result()
        if failure:
            self.failures.append(failure)


@contextmanager
def open_previews(folder: Path, skeleton: Skeleton) -> Iterator[Previews]:
    """A folder of previews, made if it is not there; all are drawn when the block ends.

    Raises:
        ClickPoseError: if the folder cannot be made or a preview cannot be written.
    """
    make_folder(folder)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="preview") as pool:
        previews = Previews(folder, skeleton, pool)
        yield previews
        previews.end()


def check_previews(folder: Path, images: Iterable[tuple[Path, str]]) -> None:
    """Make the folder, and refuse one in which a preview would replace an image itself.

    Args:
        folder: for the previews.
        images: where each image is, and how the data set calls it.

    Raises:
        ClickPoseError: naming an image, or the folder if it cannot be made.
    """
    make_folder(folder)
    inside = Path(os.path.realpath(folder))
    for path, name in images:
        target = inside / preview_name(name)
        if target == path or (target.exists() and target.samefile(path)):
            raise ClickPoseError(
                f"The preview of {path} would replace it.",
                "Choose another folder for the previews.",
            )


def preview_name(file_name: str) -> str:
    """Name of the preview of an image, with the same folders: always a JPEG."""
    return file_name if file_name.lower().endswith(_JPEG) else f"{file_name}.jpg"


def draw_preview(
    path: Path,
    annotation: ImageAnnotation,
    skeleton: Skeleton,
    *,
    longest: int,
    shortest: int,
    least_text: float = 1.0,
) -> ImageArray:
    """An image with the poses of its people, at a size at which they can be seen.

    Args:
        path: of the image.
        annotation: who is on it.
        skeleton: of the people.
        longest: a larger image is scaled down to this long side, in pixels.
        shortest: a smaller image is scaled up to this long side.
        least_text: as for write_label.

    Raises:
        ImageError: if the image cannot be read (any more).
    """
    width, height = image_size(path)
    side = max(width, height)
    scale = min(longest / side, max(shortest / side, 1.0))
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    pixels = read_image_reduced(path, *size)
    if pixels.shape[1::-1] != size:
        kind = cv2.INTER_AREA if pixels.shape[1] > size[0] else cv2.INTER_CUBIC
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=kind), np.uint8)
    sx, sy = size[0] / width, size[1] / height
    people = [_scaled(person, sx, sy) for person in annotation.people]
    drawn = draw_people(pixels, people, skeleton)
    for person in people:
        write_label(drawn, person.box, label_of(person), least=least_text)
    return drawn


def label_of(person: Person) -> str:
    """What is written at a person: the track and how certain the network is."""
    track = person.extra.get(FIELD)
    parts = [] if track is None else [f"#{track}"]
    return " ".join(parts + ([] if person.score is None else [f"{person.score:.2f}"]))


def encode_jpeg(pixels: ImageArray, quality: int) -> bytes:
    """RGB pixels [H, W, 3] as a JPEG file."""
    there, encoded = cv2.imencode(
        ".jpg", np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    assert there
    return encoded.tobytes()


def _drawn(path: Path, annotation: ImageAnnotation, skeleton: Skeleton, target: Path) -> str:
    """Draw one image, unless just that is there already; one sentence if it cannot be done."""
    try:
        mark = _mark(path, annotation, skeleton)
        there = _mark_of(target)
        if there == mark:
            return ""
        if there is not None and not there.startswith(_MARK):
            return f"{target} is there and no preview of ours: not replaced."
        drawn = draw_preview(path, annotation, skeleton, longest=LONGEST, shortest=SHORTEST)
        target.parent.mkdir(parents=True, exist_ok=True)
        jpeg = encode_jpeg(drawn, _QUALITY)
        with atomic_file(target) as file:
            # A comment behind the first segment, which JFIF wants to be its own.
            start = 4 + int.from_bytes(jpeg[4:6], "big")
            comment = b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark
            file.write(jpeg[:start] + comment + jpeg[start:])
    except (ImageError, FormatError) as error:
        return f"No preview: {error}"
    except OSError as error:
        return f"No preview: {target} cannot be written: {error.strerror or error}."
    return ""


def _mark(path: Path, annotation: ImageAnnotation, skeleton: Skeleton) -> bytes:
    """What a preview shows, so that a run that is repeated need not draw it again."""
    facts = path.stat()
    # The ids of people are new in each run, and are not drawn.
    people = tuple(replace(person, id="") for person in annotation.people)
    found = encode_people(replace(annotation, people=people))
    shown = f"{facts.st_size} {facts.st_mtime_ns} {skeleton.name} {found}"
    return _MARK + hashlib.sha256(shown.encode()).hexdigest().encode()


def _mark_of(target: Path) -> bytes | None:
    """The mark of a file; empty if it has none of ours, None if there is no file."""
    try:
        with Image.open(target, formats=("JPEG",)) as image:
            comment = image.info.get("comment", b"")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, SyntaxError):
        return b""
    return comment if isinstance(comment, bytes) else b""


def _scaled(person: Person, sx: float, sy: float) -> Person:
    box = person.box
    return replace(
        person,
        box=Box(box.x1 * sx, box.y1 * sy, box.x2 * sx, box.y2 * sy),
        keypoints=tuple(replace(k, x=k.x * sx, y=k.y * sy) for k in person.keypoints),
    )
