"""Read labelme's files; people are built when they are asked for."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import msgspec

from clickpose_app.core.annotation import Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_records import flawed, unknown_fields
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context, ImagesUnknownError
from clickpose_app.formats.found_images import FoundImage, found_dataset, skeleton_of_used
from clickpose_app.formats.json_reading import decoded, read_json
from clickpose_app.formats.labelme_schema import (
    CROWD,
    LABELS_FILE,
    OCCLUDED_NAMES,
    OTHERS,
    POINT_EXTRAS,
    SHAPE_FIELDS,
    SKELETON_FILE,
    TOP_FIELDS,
    File,
    Shape,
)
from clickpose_app.formats.person_fields import built_person
from clickpose_app.storage.skeletons import read_skeleton


def read_labelme(path: Path, context: Context) -> Dataset:
    """The people in a folder of labelme's files, or in one of them.

    Points of one group are a person, and a rectangle in the group is their box. Without groups
    an image shows one person at most. A rectangle called person without points is a person of
    whom only the box is known. Other shapes are kept with their image, to be written back.

    Raises:
        FormatError: naming the file, and the shape and field that are wrong.
    """
    folder, files = path.parent, [path]
    if path.is_dir():
        folder = path
        found = (f for f in path.rglob("*.json") if not f.name.startswith("."))
        files = sorted(file for file in found if file.name != SKELETON_FILE)
    images = [read_json(file, partial(_Image, file, folder, context)) for file in files]
    skeleton = _skeleton(path, folder, context, images)
    return found_dataset(path, skeleton, [image.found(skeleton) for image in images])


def _skeleton(path: Path, folder: Path, context: Context, images: Sequence[_Image]) -> Skeleton:
    if context.skeleton is not None:
        return context.skeleton
    if (folder / SKELETON_FILE).is_file():
        return read_skeleton(folder / SKELETON_FILE)
    used = {name: None for image in images for name in image.joint_names}
    order = _label_order(folder / LABELS_FILE)
    return skeleton_of_used(path, sorted(used, key=lambda name: order.get(name, len(order))))


def _label_order(path: Path) -> dict[str, int]:
    """The names in labelme's list of labels by their places, if there is one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {line.strip(): n for n, line in enumerate(lines)}


@dataclass
class _Parts:
    """What an image says of one person."""

    box: Shape | None = None
    box_extra: dict[str, Any] = field(default_factory=dict)
    joints: dict[str, tuple[Shape, dict[str, Any]]] = field(default_factory=dict)


class _Image:
    """One file."""

    def __init__(self, path: Path, folder: Path, context: Context, data: bytes) -> None:
        self._path = path
        file = decoded(path, data, File, Words("the file"))
        try:
            self._fields = unknown_fields(data, TOP_FIELDS)
        except Flaw as flaw:
            raise flawed(path, Words("the file"), flaw) from flaw
        if file.flags:
            self._fields["flags"] = file.flags
        # Copied out, so that pixels inside the file are not kept in memory.
        self._shapes = file.shapes.copy()
        self._name = _file_name(path, file.imagePath, folder, context.images)
        if file.imageWidth is None or file.imageHeight is None:
            context.required_images(path)
            self._width, self._height = context.image_size(self._name)
        else:
            self._width, self._height = file.imageWidth, file.imageHeight
        self._namespace = uuid.uuid4()
        # Decodes all shapes, so that the file itself is known to be sound.
        self.joint_names = [s.label for s, _, _ in self._decoded() if s.shape_type == "point"]

    def found(self, skeleton: Skeleton) -> FoundImage:
        """The image with its people, who are checked."""
        fields = dict(self._fields)
        _, others = self._people_and_others(skeleton)
        if others:
            fields[OTHERS] = others
        people = partial(self._people, skeleton)
        return FoundImage(self._name, self._width, self._height, people, fields)

    def _people(self, skeleton: Skeleton) -> tuple[Person, ...]:
        return self._people_and_others(skeleton)[0]

    def _decoded(self) -> Iterator[tuple[Shape, msgspec.Raw, Words]]:
        raws = decoded(self._path, self._shapes, list[msgspec.Raw], Words("the field shapes"))
        for n, raw in enumerate(raws):
            where = Words("shape number {number}", number=n + 1)
            yield decoded(self._path, raw, Shape, where), raw, where

    def _people_and_others(
        self, skeleton: Skeleton
    ) -> tuple[tuple[Person, ...], list[dict[str, Any]]]:
        shapes = list(self._decoded())
        posed = {shape.group_id for shape, _, _ in shapes if shape.shape_type == "point"}
        parts: dict[tuple[str, int], _Parts] = {}
        others = []
        for n, (shape, raw, where) in enumerate(shapes):
            joined = shape.group_id is not None or shape.group_id in posed
            key = ("group", -1 if shape.group_id is None else shape.group_id)
            key = key if joined else ("alone", n)
            try:
                extra = unknown_fields(raw, SHAPE_FIELDS)
                if shape.shape_type == "point":
                    self._add_joint(parts.setdefault(key, _Parts()), shape, extra, skeleton)
                elif shape.shape_type == "rectangle" and (
                    shape.label == PERSON or shape.group_id in posed
                ):
                    self._add_box(parts.setdefault(key, _Parts()), shape, extra)
                else:
                    others.append(unknown_fields(raw, ()))
            except Flaw as flaw:
                raise flawed(self._path, where, flaw) from flaw
        people = []
        for n, each in enumerate(parts.values()):
            try:
                people.append(self._person(uuid.uuid5(self._namespace, str(n)).hex, each, skeleton))
            except Flaw as flaw:
                raise flawed(
                    self._path, Words("person number {number}", number=n + 1), flaw
                ) from flaw
        return tuple(people), others

    def _add_joint(
        self, parts: _Parts, shape: Shape, extra: dict[str, Any], skeleton: Skeleton
    ) -> None:
        if shape.label not in skeleton.keypoints:
            raise Flaw(
                "label",
                Words(
                    "{label!r} is none of the keypoints of {name}",
                    label=shape.label,
                    name=skeleton.name,
                ),
            )
        if shape.label in parts.joints:
            raise Flaw("label", _twice(shape))
        if len(shape.points) != 1:
            raise Flaw("points", Words("has {count} places, not 1", count=len(shape.points)))
        parts.joints[shape.label] = (shape, extra)

    def _add_box(self, parts: _Parts, shape: Shape, extra: dict[str, Any]) -> None:
        if parts.box is not None:
            raise Flaw("group_id", Words("has a second rectangle"))
        if len(shape.points) < 2:
            raise Flaw(
                "points", Words("has {count} places; a rectangle needs 2", count=len(shape.points))
            )
        parts.box, parts.box_extra = shape, extra

    def _person(self, person_id: str, parts: _Parts, skeleton: Skeleton) -> Person:
        fields = dict(parts.box_extra)
        box = None
        if parts.box is not None:
            flags = dict(parts.box.flags or {})
            if flags.pop(CROWD, False):
                fields["iscrowd"] = 1
            if flags:
                fields["flags"] = flags
            if parts.box.description:
                fields["description"] = parts.box.description
            xs, ys = zip(*parts.box.points, strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
        further = {}
        places: dict[int, tuple[float, float, Visibility]] = {}
        for name, (shape, extra) in parts.joints.items():
            places[skeleton.index(name)], left = _joint(shape, extra)
            if left:
                further[name] = left
        if further:
            fields[POINT_EXTRAS] = further
        return built_person(person_id, len(skeleton), places, box, fields)


def _twice(shape: Shape) -> Words:
    if shape.group_id is None:
        return Words(
            "{label!r} is there twice without a group; each person needs a group_id",
            label=shape.label,
        )
    return Words(
        "{label!r} is there twice of group {group}; each person needs a group_id",
        label=shape.label,
        group=shape.group_id,
    )


def _joint(
    shape: Shape, extra: dict[str, Any]
) -> tuple[tuple[float, float, Visibility], dict[str, Any]]:
    """Place and visibility of a joint, and what its shape says besides."""
    flags = dict(shape.flags or {})
    said = [flags.pop(name) for name in OCCLUDED_NAMES if name in flags]
    extra = dict(extra)
    occluded = any(said) or extra.get("difficult") is True
    if flags:
        extra["flags"] = flags
    if shape.description:
        extra["description"] = shape.description
    ((x, y),) = shape.points
    return (x, y, Visibility.OCCLUDED if occluded else Visibility.VISIBLE), extra


def _file_name(path: Path, image_path: str, folder: Path, images: Path | None) -> str:
    """The image's name relative to the image folder, or else to the folder of the files."""
    slashed = image_path.replace("\\", "/")
    if not slashed.strip("/") or "\0" in slashed:
        raise flawed(
            path,
            Words("the file"),
            Flaw("imagePath", Words("{name!r} names no file", name=image_path)),
        )
    target = os.path.normpath(Path(path.parent.absolute(), slashed))
    for root in (images, folder):
        if root is None:
            continue
        absolute = os.path.normpath(root.absolute())
        if PurePath(target).is_relative_to(absolute):
            return plain_file_name(PurePath(target).relative_to(absolute).as_posix())
    if images is None:
        raise ImagesUnknownError(
            Words("{path}: imagePath {name!r} leaves the folder.", path=path, name=image_path),
            Words("Say where the images are with --images FOLDER."),
        )
    raise FormatError(
        Words(
            "{path}: imagePath {name!r} is not in {folder}.",
            path=path,
            name=image_path,
            folder=images,
        ),
        Words("Choose a folder that all images are in."),
    )
