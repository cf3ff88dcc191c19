"""A skeleton from nothing but names and limbs, as other programs keep them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import find_category


def named_skeleton(
    path: Path,
    name: str,
    keypoints: Sequence[str],
    limbs: Iterable[tuple[int, int]] = (),
    pairs: Iterable[tuple[int, int]] = (),
) -> tuple[Skeleton, tuple[int, ...]]:
    """The skeleton of these keypoints, by the rules that hold for COCO files as well.

    What is not given comes from the shipped skeleton of the same names, if there is one; left
    and right then from the names.

    Args:
        path: the file that names them, for errors.
        name: of the skeleton.
        keypoints: K names.
        limbs: 0-based.
        pairs: 0-based (left, right).

    Returns:
        The skeleton, and for each of its keypoints its place among those given.

    Raises:
        FormatError: naming the file, if there are none, or one twice.
    """
    if not keypoints:
        raise FormatError(Words("{path}: it names no keypoints.", path=path))
    twice = sorted(name for name, count in Counter(keypoints).items() if count > 1)
    if twice:
        raise FormatError(
            Words("{path}: the keypoint {name!r} is there twice.", path=path, name=twice[0])
        )
    entry = {
        "id": 1,
        "name": name,
        "keypoints": list(keypoints),
        "skeleton": [[a + 1, b + 1] for a, b in limbs],
        "flip_pairs": [[a + 1, b + 1] for a, b in pairs],
    }
    try:
        category = find_category(path, [msgspec.Raw(msgspec.json.encode(entry))])
    except UnicodeEncodeError as error:
        raise FormatError(
            Words("{path}: the name of a keypoint is not valid Unicode.", path=path)
        ) from error
    return category.skeleton, category.order
