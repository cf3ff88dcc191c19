"""Write COCO keypoint JSON that every consumer accepts, image by image."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec

from clickpose_app import __version__
from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.coco_category import DEFAULT_SIGMA
from clickpose_app.formats.coco_entries import image_entry, json_text, person_entry
from clickpose_app.formats.coco_schema import COORDINATES, OUR_INFO, TOP_FIELDS, Flaw
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.skeletons import builtin_skeleton

# Up to here what waits for the end of the file stays in memory, beyond on the disk.
_IN_MEMORY = 32 << 20


def write_coco(path: Path, dataset: Dataset, *, keypoint_shift: float = 0.0) -> None:
    """Write a whole data set; as coco_writer()."""
    with coco_writer(
        path,
        dataset.skeleton,
        extra=dataset.extra,
        category_extra=dataset.category_extra,
        keypoint_shift=keypoint_shift,
    ) as writer:
        for image in dataset.images:
            writer.add(image)


@contextmanager
def coco_writer(
    path: Path,
    skeleton: Skeleton,
    *,
    extra: Mapping[str, Any] | None = None,
    category_extra: Mapping[str, Any] | None = None,
    keypoint_shift: float = 0.0,
) -> Iterator[CocoWriter]:
    """Write a data set image by image; the file appears when the block ends well.

    Rules where COCO leaves a choice:

    * An imported annotation id is written back if it is above 0 and free; all others get new
      ids above every imported one.
    * "area" is the imported one while the box is as it was imported, because correcting a
      joint does not change how much of the image a body covers; else 0.53 times the box.
    * A box without extent becomes one around the labelled keypoints, at least a pixel wide.
    * An imported segmentation is kept as far as it is valid (polygons of 6 or more numbers).
    * The category keeps an imported id; our own is 1.

    Args:
        path: where; an existing file is replaced.
        skeleton: of all people.
        extra: as Dataset.extra.
        category_extra: as Dataset.category_extra.
        keypoint_shift: added to each keypoint's x and y, for consumers whose convention is
            another one (-0.5 for those that take coordinates for pixel indices).

    Raises:
        FormatError: naming the file, if it cannot be written or a value is not valid in COCO;
            what was there before stays.
    """
    folder = str(path.absolute().parent)
    with (
        atomic_file(path) as file,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder) as images,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder) as waiting,
    ):
        writer = CocoWriter(path, skeleton, file, images, waiting, keypoint_shift)
        writer._begin(extra or {}, category_extra or {})
        yield writer
        writer._end()


class CocoWriter:
    """Takes images one after another; made by coco_writer()."""

    def __init__(
        self,
        path: Path,
        skeleton: Skeleton,
        file: BinaryIO,
        images: IO[bytes],
        waiting: IO[bytes],
        keypoint_shift: float,
    ) -> None:
        """Write to file; images and waiting take what comes at its end."""
        self._path = path
        self._skeleton = skeleton
        self._file = file
        self._images = images
        self._waiting = waiting
        self._shift = keypoint_shift
        self._category_id = 1
        self._image_ids: set[int] = set()
        self._file_names: set[str] = set()
        self._annotation_ids: set[int] = set()
        self._separator = b"\n"

    def add(self, image: DatasetImage) -> None:
        """Write one image and its people.

        Raises:
            FormatError: naming the image; nothing of it is written then.
        """
        annotation = image.annotation
        try:
            if image.id in self._image_ids:
                raise Flaw("id", Words("{id} is there twice", id=image.id))
            if image.file_name in self._file_names:
                raise Flaw("file_name", Words("is there twice"))
            entry = json_text(image_entry(image, annotation))
            texts = [self._person(image.id, person) for person in annotation.people]
        except (Flaw, ValueError, TypeError, RecursionError) as error:
            raise FormatError(
                Words(
                    "{path}: image {file_name!r}: {error}.",
                    path=self._path,
                    file_name=image.file_name,
                    error=error.words if isinstance(error, Flaw) else error,
                )
            ) from error
        self._images.write((b",\n" if self._image_ids else b"\n") + entry)
        self._image_ids.add(image.id)
        self._file_names.add(image.file_name)
        ids = [self._claimed_id(person) for person in annotation.people]
        for annotation_id, text in zip(ids, texts, strict=True):
            if all(ids):
                self._write_annotation(annotation_id, text)
            else:
                # New ids come after all imported ones, which are known only at the end.
                self._waiting.write(b"%d %b\n" % (annotation_id, text))

    def _begin(self, extra: Mapping[str, Any], category_extra: Mapping[str, Any]) -> None:
        """Write everything but images and annotations."""
        imported_id = category_extra.get("id")
        self._category_id = imported_id if type(imported_id) is int else 1
        top: dict[str, Any] = {
            "info": OUR_INFO,
            "licenses": [],
        }
        top |= {name: value for name, value in extra.items() if name not in TOP_FIELDS}
        top["clickpose"] = {
            "version": __version__,
            "coordinates": COORDINATES,
            "keypoint_shift": self._shift,
        }
        top["categories"] = [self._category(category_extra), *extra.get("categories", ())]
        try:
            fields = [
                b"%b: %b" % (json_text(name), json_text(value)) for name, value in top.items()
            ]
            others = [json_text(other) for other in extra.get("annotations", ())]
        except (ValueError, TypeError, RecursionError) as error:
            raise FormatError(
                Words("{path}: the top level: {error}.", path=self._path, error=error)
            ) from error
        self._file.write(b"{" + b",\n".join(fields) + b',\n"annotations": [')
        for other in others:
            self._write_entry(other)
        self._annotation_ids.update(_ids_of(extra.get("annotations", ())))

    def _end(self) -> None:
        """Write what had to wait, and the images."""
        new_id = max(0, max(self._annotation_ids, default=0))
        self._waiting.seek(0)
        for line in self._waiting:
            claimed, text = line.rstrip(b"\n").split(b" ", 1)
            annotation_id = int(claimed)
            if not annotation_id:
                new_id = annotation_id = new_id + 1
            self._write_annotation(annotation_id, text)
        self._file.write(b'\n],\n"images": [')
        self._images.seek(0)
        shutil.copyfileobj(self._images, self._file)
        self._file.write(b"\n]}\n")

    def _category(self, category_extra: Mapping[str, Any]) -> dict[str, Any]:
        category = dict(category_extra) or {"name": "person", "supercategory": "person"}
        if self._skeleton.anatomy != builtin_skeleton().anatomy:
            self._describe_skeleton(category)
        category = {"id": self._category_id} | category
        category["keypoints"] = list(self._skeleton.keypoints)
        # Counted from 1, as pycocotools expects.
        category["skeleton"] = [[a + 1, b + 1] for a, b in self._skeleton.limbs]
        return category

    def _describe_skeleton(self, category: dict[str, Any]) -> None:
        """Add what other programs do not know about keypoints that are not COCO's."""
        pairs = [[a + 1, b + 1] for a, b in self._skeleton.pairs]
        if pairs:
            category.setdefault("flip_pairs", pairs)
        if set(self._skeleton.sigmas) != {DEFAULT_SIGMA}:
            category.setdefault("sigmas", list(self._skeleton.sigmas))

    def _person(self, image_id: int, person: Person) -> bytes:
        entry = person_entry(
            person,
            image_id=image_id,
            category_id=self._category_id,
            keypoint_count=len(self._skeleton),
            shift=self._shift,
        )
        return msgspec.json.encode(entry)

    def _claimed_id(self, person: Person) -> int:
        """The id that the person came with, if it is valid and still free; else 0."""
        claimed = person.extra.get("id")
        if type(claimed) is not int or claimed < 1 or claimed in self._annotation_ids:
            return 0
        self._annotation_ids.add(claimed)
        return claimed

    def _write_annotation(self, annotation_id: int, text: bytes) -> None:
        self._write_entry(b'{"id":%d,%b' % (annotation_id, text[1:]))

    def _write_entry(self, text: bytes) -> None:
        self._file.write(self._separator + text)
        self._separator = b",\n"


def _ids_of(annotations: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    for annotation in annotations:
        if type(annotation.get("id")) is int:
            yield annotation["id"]
