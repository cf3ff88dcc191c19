"""Photos with labelled people: the labels in memory, the pixels read when they are needed."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from clickpose_app.errors import FormatError, ImageError, Words

LEAST_JOINTS = 3
"""A person with fewer labelled joints is nobody to learn from, only a place to ignore."""

Record = Mapping[str, Any]
_LEAVE_OUT = "Correct it, or leave it out of the training data."


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """Where the bytes of an encoded photo lie: a file, or a stretch of a tar shard.

    Attributes:
        path: of the file or of the shard.
        start: first byte.
        size: bytes; -1 for all to the end.
    """

    path: Path
    start: int = 0
    size: int = -1

    def read(self) -> bytes:
        """The encoded photo.

        Raises:
            ImageError: naming the file.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(self.start)
                return file.read(self.size)
        except OSError as error:
            raise ImageError(
                Words(
                    "{path} cannot be read: {error}.",
                    path=self.path,
                    error=error.strerror or error,
                ),
                Words("Leave the training data in place while a run needs it."),
            ) from error


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo and its labels, in pixels of the photo (the package's convention).

    Attributes:
        name: for messages.
        source: data set that it came from; sources are balanced against each other.
        photo: where its encoded pixels are; small, so that samples travel between processes.
        width, height: of the photo in pixels.
        boxes: of people that count, xyxy [P, 4] float32.
        keypoints: [P, K, 2] float32.
        visibility: [P, K] uint8; 0 unknown, 1 hidden, 2 visible.
        human: whether a person placed the keypoint [P, K] bool.
        ignore: regions where people may be that nobody labelled, xyxy [M, 4] float32.
    """

    name: str
    source: str
    photo: PhotoFile
    width: int
    height: int
    boxes: NDArray[np.float32]
    keypoints: NDArray[np.float32]
    visibility: NDArray[np.uint8]
    human: NDArray[np.bool_]
    ignore: NDArray[np.float32]


def decode(sample: Sample, *, halved: bool) -> NDArray[np.uint8]:
    """The photo [H, W, 3] in OpenCV's channel order, or at half its size.

    Raises:
        ImageError: naming the photo, which is missing, unreadable or of another size than its
            labels say.
    """
    flag = cv2.IMREAD_REDUCED_COLOR_2 if halved else cv2.IMREAD_COLOR
    encoded = np.frombuffer(sample.photo.read(), dtype=np.uint8)
    photo = cv2.imdecode(encoded, flag) if encoded.size else None
    if photo is None:
        raise ImageError(
            Words("{name} cannot be decoded.", name=sample.name),
            Words("Leave it out of the training data."),
        )
    height, width = (2 * side if halved else side for side in photo.shape[:2])
    if max(abs(height - sample.height), abs(width - sample.width)) > (2 if halved else 0):
        raise ImageError(
            Words(
                "{name} has about {width} x {height} pixels, but its labels say {wide} x {high}.",
                name=sample.name,
                width=width,
                height=height,
                wide=sample.width,
                high=sample.height,
            ),
            Words("Take the photos that the labels were made on."),
        )
    return np.asarray(photo, dtype=np.uint8)


def read_shards(paths: Sequence[Path]) -> list[Sample]:
    """The samples of WebDataset tars, in which each KEY.json lies beside its KEY.<image>.

    Raises:
        FormatError: naming the shard and what is wrong in it.
    """
    return [
        _sample(record["image"], record["annotations"], photo, where)
        for path in paths
        for where, record, photo in read_shard(path)
    ]


def read_shard(path: Path) -> list[tuple[str, dict[str, Any], PhotoFile]]:
    """The records of one shard: a name for messages, ``image`` and ``annotations``, the photo.

    Raises:
        FormatError: naming the shard and what is wrong in it.
    """
    records: dict[str, bytes] = {}
    photos: dict[str, PhotoFile] = {}
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                name = PurePosixPath(member.name)
                key = str(name.with_suffix(""))
                file = tar.extractfile(member) if member.isfile() else None
                if file is not None and name.suffix == ".json":
                    records[key] = file.read()
                elif file is not None:
                    photos[key] = PhotoFile(path, member.offset_data, member.size)
    except FileNotFoundError as error:
        raise FormatError(
            f"There is no shard {path}.",
            "Correct the path in the configuration; it is relative to the configuration's folder.",
        ) from error
    except (OSError, tarfile.TarError) as error:
        raise FormatError(
            f"{path} cannot be read as an uncompressed tar shard: {error}.",
            "Fetch it again, or pack it without compression.",
        ) from error
    lone = sorted(records.keys() ^ photos.keys())
    if lone:
        raise FormatError(f"{path}: {lone[0]} has a JSON file or an image, but not both.")
    return [
        (f"{path}: {key}.json", _record(text, f"{path}: {key}.json"), photos[key])
        for key, text in records.items()
    ]


def _record(text: bytes, where: str) -> dict[str, Any]:
    try:
        record = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise FormatError(f"{where} is not JSON: {error}.") from error
    for field in ("image", "annotations"):
        if field not in record:
            raise FormatError(f"{where} has no field {field!r}.")
    return record


def _sample(image: Record, annotations: Sequence[Record], photo: PhotoFile, where: str) -> Sample:
    try:
        people = [a for a in annotations if _counts(a)]
        others = [a for a in annotations if not _counts(a)]
        flat = np.array([a["keypoints"] for a in people], dtype=np.float32)
        points = flat.reshape(len(people), -1, 3) if people else np.zeros((0, 0, 3), np.float32)
        human = np.array([_human(a) for a in people], dtype=bool).reshape(points.shape[:2])
        sample = Sample(
            name=str(image["file_name"]),
            source=str(image.get("source", "")),
            photo=photo,
            width=int(image["width"]),
            height=int(image["height"]),
            boxes=_corners(people),
            keypoints=points[..., :2].copy(),
            visibility=points[..., 2].astype(np.uint8),
            human=human,
            ignore=_corners(others),
        )
        _check(sample, points[..., 2])
    except KeyError as error:
        raise FormatError(f"{where} has no field {error}.", _LEAVE_OUT) from error
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise FormatError(
            f"{where} has labels that do not fit together: {error}.", _LEAVE_OUT
        ) from error
    return sample


def _check(sample: Sample, visibility: NDArray[np.float32]) -> None:
    if sample.width < 1 or sample.height < 1:
        raise ValueError(f"the photo has {sample.width} x {sample.height} pixels")
    if not (np.isfinite(sample.keypoints).all() and np.isfinite(sample.boxes).all()):
        raise ValueError("a coordinate is not a finite number")
    if not np.isin(visibility, (0, 1, 2)).all():
        raise ValueError("the visibility of a keypoint is none of 0, 1 and 2")
    if (sample.boxes[:, 2:] <= sample.boxes[:, :2]).any():
        raise ValueError("the box of a person has no area")


def _counts(annotation: Record) -> bool:
    labelled = sum(v > 0 for v in annotation.get("keypoints", [])[2::3])
    return not annotation.get("iscrowd", 0) and labelled >= LEAST_JOINTS


def _human(annotation: Record) -> list[bool]:
    """Whether a person placed each keypoint; a scored person without sources is a model's."""
    k = len(annotation["keypoints"]) // 3
    letters = annotation.get("keypoint_sources")
    return [letter == "h" for letter in letters] if letters else [not annotation.get("score")] * k


def _corners(annotations: Sequence[Record]) -> NDArray[np.float32]:
    boxes = np.array([a["bbox"] for a in annotations], dtype=np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    return boxes
