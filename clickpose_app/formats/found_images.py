"""Images as a tool's file tells of them, gathered into a data set."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import DEFAULT_SIGMA, PERSON, described_skeleton
from clickpose_app.formats.coco_records import flawed, image_named
from clickpose_app.formats.coco_schema import OUR_INFO, CategoryRecord, Flaw, plain_file_name
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.format import Losses
from clickpose_app.formats.person_fields import carried
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton

Parts = TypeVar("Parts")

IMAGE_FIELDS = ("id", "clickpose_state", "clickpose_note")


@dataclass(frozen=True)
class FoundImage:
    """One image of a file.

    Attributes:
        file_name: as the file has it; made plain here.
        width: of the upright image, in pixels.
        height: of the upright image, in pixels.
        people: builds them, the same ones each time; what is wrong has been raised before.
        fields: as image_fields() gives them, and any others.
    """

    file_name: str
    width: int
    height: int
    people: Callable[[], tuple[Person, ...]]
    fields: Mapping[str, Any] = field(default_factory=dict)


def image_fields(
    image: DatasetImage, annotation: ImageAnnotation, losses: Losses
) -> dict[str, Any]:
    """Id, state and note of an image, and what an imported file said besides."""
    fields: dict[str, Any] = {"id": image.id}
    if annotation.state is not inferred_state(annotation.people):
        fields["clickpose_state"] = annotation.state.value
    if annotation.note:
        fields["clickpose_note"] = annotation.note
    extra = {name: value for name, value in image.extra.items() if name != "id"}
    return fields | carried(extra, IMAGE_FIELDS, losses, Words("of images"))


def found_dataset(
    path: Path,
    skeleton: Skeleton,
    found: Sequence[FoundImage],
    extra: Mapping[str, Any] | None = None,
    category_extra: Mapping[str, Any] | None = None,
) -> Dataset:
    """All images, with plain file names and ids that nobody else has.

    An image keeps the id that its fields name; others get new ones above all of those.

    Raises:
        FormatError: naming the image whose name, size or state is wrong or there twice.
    """
    claimed = [image.fields.get("id") for image in found]
    free = max((i for i in claimed if type(i) is int), default=0) + 1
    free = max(free, 1)
    ids: set[int] = set()
    names: set[str] = set()
    images = []
    for image, claim in zip(found, claimed, strict=True):
        try:
            name = checked_name(image.file_name, names)
            for side, size in (("width", image.width), ("height", image.height)):
                if size < 1:
                    raise Flaw(side, Words("must be above 0, not {size}", size=size))
            if type(claim) is int and claim not in ids:
                image_id = claim
            else:
                image_id, free = free, free + 1
            ids.add(image_id)
            images.append(_image(image, image_id, name))
        except Flaw as flaw:
            raise flawed(path, image_named(image.file_name), flaw) from flaw
    return Dataset(skeleton, tuple(images), dict(extra or {}), dict(category_extra or {}))


def checked_name(name: str, names: set[str]) -> str:
    """The plain form of a file name that is not among the names, which it joins; else Flaw."""
    plain = plain_file_name(name)
    try:
        plain.encode()
    except UnicodeEncodeError as error:
        raise Flaw("file_name", Words("is not valid Unicode")) from error
    if plain in names:
        raise Flaw("file_name", Words("is there twice"))
    names.add(plain)
    return plain


def _image(image: FoundImage, image_id: int, name: str) -> DatasetImage:
    extra = dict(image.fields)
    state = extra.pop("clickpose_state", None)
    note = extra.pop("clickpose_note", "")
    if state is not None and state not in [each.value for each in ImageState]:
        raise Flaw("clickpose_state", Words("is {state!r}, which is no state", state=str(state)))
    if not isinstance(note, str):
        raise Flaw("clickpose_note", Words("must be a text"))
    extra["id"] = image_id
    known = ImageState(state) if state is not None else None
    annotation = partial(_annotation, image.people, known, note)
    return DatasetImage(image_id, name, image.width, image.height, annotation, extra)


def _annotation(
    build: Callable[[], tuple[Person, ...]], state: ImageState | None, note: str
) -> ImageAnnotation:
    people = build()
    return ImageAnnotation(people, state or inferred_state(people), note)


def numbered_people(
    path: Path,
    where: Words,
    namespace: uuid.UUID,
    parts: Iterable[Parts],
    build: Callable[[str, Parts], Person],
) -> tuple[Person, ...]:
    """The people of an image, each with an id that is the same at each access.

    Args:
        path: the file, for errors.
        where: what the image is called in an error.
        namespace: of the ids, one for each reading of a file.
        parts: what the file says of each person.
        build: makes a person of an id and that; may raise Flaw.

    Raises:
        FormatError: naming the file, the person and the field.
    """
    people = []
    for n, each in enumerate(parts):
        try:
            people.append(build(uuid.uuid5(namespace, f"{where}/{n}").hex, each))
        except Flaw as flaw:
            person = Words("{where}: person number {number}", where=where, number=n + 1)
            raise flawed(path, person, flaw) from flaw
    return tuple(people)


def named_skeleton(
    path: Path,
    name: str,
    keypoints: Sequence[str],
    limbs: Sequence[tuple[int, int]] = (),
    extra: Mapping[str, Any] | None = None,
) -> Skeleton:
    """The skeleton of these keypoints, in the shipped order if it is a shipped one.

    Args:
        path: the file that names them, for errors.
        name: of the skeleton, where nobody knows it by its keypoints.
        keypoints: their names.
        limbs: pairs of their indices, from 0; those of a known skeleton if there are none.
        extra: "flip_pairs" and "sigmas" as in our COCO files, where the file has them.

    Raises:
        FormatError: if a name is there twice or a limb joins no two keypoints.
    """
    if not keypoints:
        raise FormatError(
            Words("{path} names no keypoints.", path=path),
            Words("Say which they are with --skeleton NAME."),
        )
    edges = [(a + 1, b + 1) for a, b in limbs]
    try:
        skeleton, _ = described_skeleton(
            CategoryRecord(1, name, list(keypoints), edges), extra or {}
        )
    except Flaw as flaw:
        raise flawed(path, Words("skeleton {name!r}", name=name), flaw) from flaw
    return skeleton


def skeleton_of_used(path: Path, used: Sequence[str]) -> Skeleton:
    """The skeleton of a file that names keypoints only where it has one.

    The first shipped one that has all of them, because somebody who is partly in the picture
    names few; else one of these names in their order.

    Raises:
        FormatError: if there are none.
    """
    for name in BUILTIN_NAMES if used else ():
        shipped = builtin_skeleton(name)
        if set(used) <= set(shipped.keypoints):
            return shipped
    return named_skeleton(path, PERSON, used)


def note_lost_anatomy(skeleton: Skeleton, read_back: Skeleton, losses: Losses) -> None:
    """Note what of a skeleton is otherwise in the one that readers of a file make of it."""
    losses.note(Words("limbs"), sorted(read_back.limbs) != sorted(skeleton.limbs))
    losses.note(Words("which keypoints mirror each other"), read_back.pairs != skeleton.pairs)
    default = (DEFAULT_SIGMA,) * len(skeleton)
    losses.note(
        Words("tolerances of keypoints"), skeleton.sigmas not in (read_back.sigmas, default)
    )


# Of a category's entry: what its skeleton says as well, and what nobody else asks for.
_OF_SKELETON = ("keypoints", "skeleton", "flip_pairs", "sigmas", "id", "supercategory")


def note_lost_extra(dataset: Dataset, held: Collection[str], losses: Losses) -> None:
    """Note what an imported data set said besides, except for empty and for held fields."""
    extra = {name: v for name, v in dataset.extra.items() if v and name not in held}
    losses.note(Words("annotations of other categories"), len(extra.pop("annotations", ())))
    extra.pop("categories", None)
    if extra.get("info") == OUR_INFO:
        del extra["info"]
    for name in extra:
        losses.note(Words("the field {name!r} of the data set", name=name))
    for name in dataset.category_extra.keys() - {*_OF_SKELETON, *held}:
        if (name, dataset.category_extra[name]) != ("name", PERSON):
            losses.note(Words("the field {name!r} of the category", name=name))
