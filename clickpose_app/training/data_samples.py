"""Photos with labelled people, kept in memory as they lie on disk: encoded."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from clickpose_app.errors import FormatError

LEAST_JOINTS = 3
"""A person with fewer labelled joints is nobody to learn from, only a place to ignore."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One encoded photo and its labels, in pixels of the photo (the package's convention).

    Attributes:
        name: for messages.
        source: data set that it came from; sources are balanced against each other.
        encoded: bytes of the image file.
        width, height: of the photo in pixels.
        boxes: of people that count, xyxy [P, 4] float32.
        keypoints: [P, K, 2] float32.
        visibility: [P, K] uint8; 0 unknown, 1 hidden, 2 visible.
        human: whether a person placed the keypoint [P, K] bool.
        ignore: regions where people may be that nobody labelled, xyxy [M, 4] float32.
    """

    name: str
    source: str
    encoded: bytes
    width: int
    height: int
    boxes: NDArray[np.float32]
    keypoints: NDArray[np.float32]
    visibility: NDArray[np.uint8]
    human: NDArray[np.bool_]
    ignore: NDArray[np.float32]


def read_shards(paths: Sequence[Path]) -> list[Sample]:
    """The samples of WebDataset tars, in which each KEY.json lies beside its KEY.<image>.

    Raises:
        FormatError: naming the shard and what is wrong in it.
    """
    return [sample for path in paths for sample in _read_shard(path)]


def _read_shard(path: Path) -> list[Sample]:
    records: dict[str, bytes] = {}
    photos: dict[str, bytes] = {}
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isfile() else None
                if file is None:
                    continue
                name = PurePosixPath(member.name)
                part = records if name.suffix == ".json" else photos
                part[str(name.with_suffix(""))] = file.read()
    except (OSError, tarfile.TarError) as error:
        raise FormatError(f"{path} cannot be read as a tar shard: {error}.") from error
    lone = sorted(records.keys() ^ photos.keys())
    if lone:
        raise FormatError(f"{path}: {lone[0]} has a JSON file or an image, but not both.")
    samples = []
    for key, text in records.items():
        where = f"{path}: {key}.json"
        try:
            record = msgspec.json.decode(text, type=dict[str, Any])
            samples.append(_sample(record["image"], record["annotations"], photos[key], where))
        except KeyError as error:
            raise FormatError(f"{where} has no field {error}.") from error
        except msgspec.DecodeError as error:
            raise FormatError(f"{where} is not JSON: {error}.") from error
    return samples


def read_coco_folder(json_path: Path, image_dir: Path) -> list[Sample]:
    """The samples of a COCO keypoint file whose images lie in a folder.

    Raises:
        FormatError: naming the file and what is wrong with it.
    """
    try:
        record = msgspec.json.decode(json_path.read_bytes(), type=dict[str, Any])
        annotations: dict[int, list[Record]] = {image["id"]: [] for image in record["images"]}
        for annotation in record["annotations"]:
            annotations[annotation["image_id"]].append(annotation)
        return [
            _sample(
                image,
                annotations[image["id"]],
                (image_dir / image["file_name"]).read_bytes(),
                f"{json_path}: image {image['id']}",
            )
            for image in record["images"]
        ]
    except KeyError as error:
        raise FormatError(f"{json_path} lacks the field or image {error}.") from error
    except (OSError, msgspec.DecodeError) as error:
        raise FormatError(f"{json_path} cannot be read for training: {error}.") from error


def _sample(image: Record, annotations: list[Record], encoded: bytes, where: str) -> Sample:
    try:
        people = [a for a in annotations if _counts(a)]
        others = [a for a in annotations if not _counts(a)]
        flat = np.array([a["keypoints"] for a in people], dtype=np.float32)
        points = flat.reshape(len(people), -1, 3) if people else np.zeros((0, 0, 3), np.float32)
        return Sample(
            name=str(image["file_name"]),
            source=str(image.get("source", "")),
            encoded=encoded,
            width=int(image["width"]),
            height=int(image["height"]),
            boxes=_corners(people),
            keypoints=points[..., :2].copy(),
            visibility=points[..., 2].astype(np.uint8),
            human=np.array([_human(a) for a in people], dtype=bool).reshape(points.shape[:2]),
            ignore=_corners(others),
        )
    except (ValueError, TypeError) as error:
        raise FormatError(f"{where} has labels that do not fit together: {error}.") from error


def _counts(annotation: Record) -> bool:
    labelled = sum(v > 0 for v in annotation.get("keypoints", [])[2::3])
    return not annotation.get("iscrowd", 0) and labelled >= LEAST_JOINTS


def _human(annotation: Record) -> list[bool]:
    """Whether a person placed each keypoint; a scored person without sources is a model's."""
    k = len(annotation["keypoints"]) // 3
    letters = annotation.get("keypoint_sources")
    return [letter == "h" for letter in letters] if letters else [not annotation.get("score")] * k


def _corners(annotations: list[Record]) -> NDArray[np.float32]:
    boxes = np.array([a["bbox"] for a in annotations], dtype=np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    return boxes
