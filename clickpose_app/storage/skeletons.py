"""Read skeleton definitions from JSON files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.paths import resources_dir


class _SkeletonFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    keypoints: list[str]
    limbs: list[tuple[str, str]]
    pairs: list[tuple[str, str]]
    sigmas: list[float]


def read_skeleton(path: Path) -> Skeleton:
    """The skeleton in a JSON file, whose limbs and pairs name their keypoints.

    Raises:
        FormatError: naming the file and what is wrong in it.
    """
    try:
        record = msgspec.json.decode(path.read_bytes(), type=_SkeletonFile)
        index = {name: i for i, name in enumerate(record.keypoints)}
        return Skeleton(
            name=record.name,
            keypoints=tuple(record.keypoints),
            limbs=tuple((index[a], index[b]) for a, b in record.limbs),
            pairs=tuple((index[a], index[b]) for a, b in record.pairs),
            sigmas=tuple(record.sigmas),
        )
    except KeyError as error:
        raise FormatError(f"{path}: a limb or pair names the unknown keypoint {error}.") from error
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise FormatError(f"{path} is not a skeleton file: {error}.") from error


@cache
def builtin_skeleton(name: str = "coco-17") -> Skeleton:
    """A skeleton shipped in resources/skeletons, by its name."""
    return read_skeleton(resources_dir() / "skeletons" / f"{name}.json")
