"""The one category that is worked on, and the skeleton that its entry describes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_records import decode_record, flawed, numbered, unknown_fields
from clickpose_app.formats.coco_schema import CategoryRecord, Flaw
from clickpose_app.storage.skeletons import builtin_skeleton, known_skeleton, with_known_looks

PERSON = "person"

# For keypoints of which nobody has measured how exactly they can be placed: about the
# median of COCO's own 17.
DEFAULT_SIGMA = 0.07

_decoder = msgspec.json.Decoder(CategoryRecord)


@dataclass(frozen=True)
class Category:
    """The category that is worked on, and what else the file's list of categories holds.

    Attributes:
        id: of the category in the file.
        skeleton: the shipped one where the keypoint names are the same, else the file's own.
        order: for each keypoint of the skeleton its place among those of the file.
        extra: as Dataset.category_extra.
        others: the entries of all other categories, unchanged.
    """

    id: int
    skeleton: Skeleton
    order: tuple[int, ...]
    extra: dict[str, Any]
    others: dict[int, dict[str, Any]] = field(default_factory=dict)


def find_category(path: Path, raws: Sequence[msgspec.Raw]) -> Category:
    """The one category with keypoints, or the person without any.

    Raises:
        FormatError: naming file, category and field; also if no category can be meant, or
            several.
    """
    records: list[CategoryRecord] = [
        decode_record(path, "category", i, raw, _decoder) for i, raw in enumerate(raws)
    ]
    seen: set[int] = set()
    for record in records:
        if record.id in seen:
            where = numbered("category", record.id)
            raise flawed(path, where, Flaw("id", Words("is there twice")))
        seen.add(record.id)
    chosen = _choose(path, records)
    where = numbered("category", chosen.id)
    try:
        extra = unknown_fields(raws[records.index(chosen)], {"skeleton"})
        others = {
            record.id: unknown_fields(raw, ())
            for record, raw in zip(records, raws, strict=True)
            if record is not chosen
        }
        skeleton, order = described_skeleton(chosen, extra)
    except Flaw as flaw:
        raise flawed(path, where, flaw) from flaw
    if order == tuple(range(len(order))):
        extra.pop("keypoints", None)
    return Category(chosen.id, skeleton, order, extra, others)


def _choose(path: Path, records: list[CategoryRecord]) -> CategoryRecord:
    posed = [record for record in records if record.keypoints]
    candidates = posed or records
    if len(candidates) > 1:
        candidates = [record for record in candidates if record.name == PERSON]
    if len(candidates) == 1 and (posed or candidates[0].name == PERSON):
        return candidates[0]
    names = ", ".join(record.name for record in posed or records) or Words("none")
    if posed:
        raise FormatError(
            Words(
                "{path} has several categories with keypoints ({names}).", path=path, names=names
            ),
            Words("Split it: ClickPose works on one at a time."),
        )
    raise FormatError(
        Words(
            "{path} has no category with keypoints, and none that is called person ({names}).",
            path=path,
            names=names,
        ),
        Words("Add the names of the keypoints to the category."),
    )


def described_skeleton(
    record: CategoryRecord, extra: Mapping[str, Any]
) -> tuple[Skeleton, tuple[int, ...]]:
    """The skeleton that a category's entry describes, the shipped one if its keypoints are.

    Args:
        record: the entry; its edges count from 1, or from 0 as some programs write them.
        extra: its further fields, of which "flip_pairs" and "sigmas" are used if valid.

    Returns:
        The skeleton, and for each of its keypoints the place among those of the entry.

    Raises:
        Flaw: naming the field that is wrong.
    """
    shipped = builtin_skeleton()
    # Without any names, a person's keypoints are those of COCO, in COCO's order.
    names = tuple(record.keypoints or shipped.keypoints)
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise Flaw("keypoints", Words("names {names} twice", names=", ".join(twice)))
    if set(names) == set(shipped.keypoints):
        return shipped, tuple(names.index(name) for name in shipped.keypoints)
    known = known_skeleton(names)
    try:
        skeleton = Skeleton(
            name=record.name,
            keypoints=names,
            limbs=_limbs(record.skeleton or [], len(names)) or _known_limbs(known, names),
            pairs=_given_pairs(extra.get("flip_pairs"), len(names))
            or _known_pairs(known, names)
            or _pairs(names),
            sigmas=_sigmas(extra.get("sigmas"), names, known),
        )
    except ValueError as error:
        raise (
            error
            if isinstance(error, Flaw)
            else Flaw("skeleton", Words("is wrong: {error}", error=error))
        ) from error
    return with_known_looks(skeleton), tuple(range(len(names)))


def _limbs(edges: list[tuple[int, int]], count: int) -> tuple[tuple[int, int], ...]:
    """0-based limbs from edges that count from 1, or from 0 as some programs write them."""
    first = 0 if any(0 in edge for edge in edges) else 1
    for edge in edges:
        if not all(first <= end < count + first for end in edge) or edge[0] == edge[1]:
            raise Flaw(
                "skeleton",
                Words("has the edge {edge}, which joins no two keypoints", edge=list(edge)),
            )
    return tuple((a - first, b - first) for a, b in edges)


def _pairs(names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Keypoints whose names differ in nothing but left and right."""
    place = {name: k for k, name in enumerate(names)}
    pairs: dict[int, int] = {}
    for name, k in place.items():
        for left, right in (("left", "right"), ("Left", "Right"), ("LEFT", "RIGHT")):
            twin = place.get(name.replace(left, right)) if left in name else None
            if twin is not None and not {k, twin} & {*pairs.keys(), *pairs.values()}:
                pairs[k] = twin
    return tuple(pairs.items())


def _given_pairs(given: object, count: int) -> tuple[tuple[int, int], ...]:
    """The file's own pairs, counted from 1 there, where it has a valid list of them."""
    try:
        pairs = msgspec.convert(given, list[tuple[int, int]])
    except msgspec.ValidationError:
        return ()
    ends = [end for pair in pairs for end in pair]
    valid = len(set(ends)) == len(ends) and all(1 <= end <= count for end in ends)
    return tuple((a - 1, b - 1) for a, b in pairs) if valid else ()


def _known_limbs(known: Skeleton | None, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The limbs of the shipped skeleton of these keypoints, if there is one."""
    return () if known is None else _renumbered(known.limbs, known, names)


def _known_pairs(known: Skeleton | None, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The pairs of the shipped skeleton of these keypoints, if there is one."""
    return () if known is None else _renumbered(known.pairs, known, names)


def _renumbered(
    edges: Iterable[tuple[int, int]], known: Skeleton, names: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    place = [names.index(name) for name in known.keypoints]
    return tuple((place[a], place[b]) for a, b in edges)


def _sigmas(given: object, names: Sequence[str], known: Skeleton | None) -> tuple[float, ...]:
    """The file's own sigmas, where it has one for each keypoint; else those that are known."""
    if (
        isinstance(given, list)
        and len(given) == len(names)
        and all(type(sigma) in (int, float) and 0 < sigma < math.inf for sigma in given)
    ):
        return tuple(float(sigma) for sigma in given)
    if known is not None:
        return tuple(known.sigmas[known.index(name)] for name in names)
    return (DEFAULT_SIGMA,) * len(names)
