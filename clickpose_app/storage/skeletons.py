"""Skeleton definitions in JSON files, those that are shipped among them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec

from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.paths import resources_dir

BUILTIN_NAMES = (
    "coco-17",
    "lsp-14",
    "crowdpose-14",
    "mpii-16",
    "human-art-21",
    "halpe-26",
    "coco-wholebody-133",
    "hand-21",
    "face-68",
)
"""Skeletons shipped in resources/skeletons, in the order in which they are offered."""


class _SkeletonFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    keypoints: list[str]
    limbs: list[tuple[str, str]]
    pairs: list[tuple[str, str]]
    sigmas: list[float]
    colours: dict[str, str] = {}
    figure: list[tuple[float, float]] = []
    notes: str = ""


def read_skeleton(path: Path) -> Skeleton:
    """The skeleton in a JSON file, whose limbs, pairs and colours name their keypoints.

    Raises:
        FormatError: naming the file and what is wrong in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(
            Words("{path} is not a skeleton file: {error}.", path=path, error=error)
        ) from error
    return decode_skeleton(data, path)


def decode_skeleton(data: bytes | str, path: Path) -> Skeleton:
    """The skeleton in the text of a skeleton file; path is named in errors, as read_skeleton."""
    try:
        record = msgspec.json.decode(data, type=_SkeletonFile)
        index = {name: i for i, name in enumerate(record.keypoints)}
        for name in record.colours:
            index[name]  # a colour of no keypoint is as wrong as a limb of none
        return Skeleton(
            name=record.name,
            keypoints=tuple(record.keypoints),
            limbs=tuple((index[a], index[b]) for a, b in record.limbs),
            pairs=tuple((index[a], index[b]) for a, b in record.pairs),
            sigmas=tuple(record.sigmas),
            colours=tuple(record.colours.get(name, "") for name in record.keypoints)
            if record.colours
            else (),
            figure=tuple(record.figure),
        )
    except KeyError as error:
        raise FormatError(
            Words(
                "{path}: a limb, pair or colour names the unknown keypoint {error}.",
                path=path,
                error=error,
            )
        ) from error
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise FormatError(
            Words("{path} is not a skeleton file: {error}.", path=path, error=error)
        ) from error


def encode_skeleton(skeleton: Skeleton) -> bytes:
    """The text that decode_skeleton reads, in one line."""
    names = skeleton.keypoints
    record = _SkeletonFile(
        name=skeleton.name,
        keypoints=list(names),
        limbs=[(names[a], names[b]) for a, b in skeleton.limbs],
        pairs=[(names[a], names[b]) for a, b in skeleton.pairs],
        sigmas=list(skeleton.sigmas),
        colours={n: c for n, c in zip(names, skeleton.colours, strict=False) if c},
        figure=list(skeleton.figure),
    )
    return msgspec.json.encode(record)


def write_skeleton(path: Path, skeleton: Skeleton) -> None:
    """Write what read_skeleton reads, for people to read too; the old or the whole new file.

    Raises:
        FormatError: naming the file, if it cannot be written.
    """
    growing = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        growing.write_bytes(msgspec.json.format(encode_skeleton(skeleton), indent=2) + b"\n")
        growing.replace(path)
    except OSError as error:
        with suppress(OSError):
            growing.unlink(missing_ok=True)
        raise FormatError(
            Words("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error),
            Words("What was there before is unchanged."),
        ) from error


@cache
def builtin_skeleton(name: str = "coco-17") -> Skeleton:
    """A skeleton shipped in resources/skeletons, by its name."""
    return read_skeleton(resources_dir() / "skeletons" / f"{name}.json")


def known_skeleton(keypoints: Sequence[str]) -> Skeleton | None:
    """The shipped skeleton of exactly these keypoints, whatever their order, or None."""
    names = set(keypoints)
    shipped = (builtin_skeleton(name) for name in BUILTIN_NAMES)
    return next((skeleton for skeleton in shipped if set(skeleton.keypoints) == names), None)


def with_known_looks(skeleton: Skeleton) -> Skeleton:
    """The skeleton with a figure, where it has none and shipped ones tell enough of one.

    Projects written before there were figures have none, and neither have imported files.
    """
    if skeleton.figure:
        return skeleton
    twin = known_skeleton(skeleton.keypoints)
    if twin is not None:
        order = [twin.index(name) for name in skeleton.keypoints]
        colours = skeleton.colours or tuple(twin.colours[k] for k in order if twin.colours)
        return replace(skeleton, colours=colours, figure=tuple(twin.figure[k] for k in order))
    for name in BUILTIN_NAMES:
        twin = builtin_skeleton(name)
        places = match_names(skeleton.keypoints, twin.keypoints)
        if None not in places:
            figure = tuple(twin.figure[place] for place in places if place is not None)
            return replace(skeleton, figure=figure)
    return skeleton
