"""Where Ultralytics keeps what: data.yaml, images by split, and a label file for each image.

Source: docs.ultralytics.com, Pose Estimation Datasets Overview.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import DEFAULT_SIGMA
from clickpose_app.formats.coco_records import unreadable
from clickpose_app.formats.image_files import images_below, is_image_name
from clickpose_app.formats.yaml_reading import read_yaml
from clickpose_app.presence import is_file, is_folder
from clickpose_app.storage.skeletons import builtin_skeleton, known_skeleton, with_known_looks

SPLITS = ("train", "val", "test")
NAMES = ("data.yaml", "dataset.yaml", "data.yml", "dataset.yml")
"""What the file that describes a data set is usually called."""

MOST = 10_000
"""Keypoints, and classes, that anybody has; more would fill memory."""

_LOOKED_AT = 1 << 16


@dataclass(frozen=True)
class DataYaml:
    """What data.yaml says.

    Attributes:
        path: the file.
        classes: their names by index.
        person: index of the class that is worked on.
        dims: numbers a keypoint: x, y or x, y, visibility.
        skeleton: of the class.
        splits: folders or lists of images, as written.
        root: what the entry "path" says; empty for nothing.
    """

    path: Path
    classes: dict[int, str]
    person: int
    dims: int
    skeleton: Skeleton
    splits: dict[str, list[str]] = field(default_factory=dict)
    root: str = ""


def data_yaml_at(path: Path) -> Path | None:
    """The file that describes the data set at a path, which may be its folder; None if none."""
    candidates = [path / name for name in NAMES] if path.is_dir() else [path]
    for candidate in candidates:
        if candidate.suffix.lower() in (".yaml", ".yml") and candidate.is_file():
            try:
                with candidate.open("rb") as file:
                    if b"kpt_shape" in file.read(_LOOKED_AT):
                        return candidate
            except OSError:
                continue
    return None


def read_data_yaml(path: Path, skeleton: Skeleton | None) -> DataYaml:
    """What data.yaml says.

    Args:
        path: the file.
        skeleton: what its keypoints are, if it does not name them.

    Raises:
        FormatError: naming the file and the entry that is wrong.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise FormatError(Words("{path} holds no entries such as kpt_shape and names.", path=path))
    shape = content.get("kpt_shape")
    if (
        not isinstance(shape, list)
        or len(shape) != 2
        or not all(type(n) is int and 0 < n <= MOST for n in shape)
        or shape[1] not in (2, 3)
    ):
        raise FormatError(
            Words(
                "{path}: kpt_shape is {shape}, not a number of keypoints and 2 or 3.",
                path=path,
                shape=shape,
            ),
            Words("Write for example kpt_shape: [17, 3]."),
        )
    classes = _classes(path, content)
    person = _person_class(path, classes)
    names = _keypoint_names(path, content, person, classes[person], shape[0])
    flips = content.get("flip_idx")
    return DataYaml(
        path,
        classes,
        person,
        shape[1],
        _skeleton(path, classes[person], shape[0], names, flips, skeleton),
        {split: _entries(path, split, content.get(split)) for split in SPLITS},
        str(content.get("path") or ""),
    )


def _classes(path: Path, content: dict[Any, Any]) -> dict[int, str]:
    names = content.get("names")
    if isinstance(names, list):
        names = dict(enumerate(names))
    count = content.get("nc")
    if names is None and type(count) is int and count <= MOST:
        names = {index: f"class_{index}" for index in range(count)}
    if not isinstance(names, dict) or not names or not all(type(n) is int for n in names):
        raise FormatError(
            Words("{path}: names is no list of classes.", path=path),
            Words("Write names: {{0: person}}."),
        )
    return {index: str(name) for index, name in names.items()}


def _person_class(path: Path, classes: dict[int, str]) -> int:
    people = [i for i, name in classes.items() if name.lower() == "person"] or list(classes)
    if len(people) == 1:
        return people[0]
    raise FormatError(
        Words(
            "{path} has several classes ({classes}), and none called person.",
            path=path,
            classes=", ".join(classes.values()),
        ),
        Words("Split it: ClickPose works on one at a time."),
    )


def _keypoint_names(
    path: Path, content: dict[Any, Any], index: int, name: str, count: int
) -> tuple[str, ...]:
    given = content.get("kpt_names")
    if isinstance(given, dict):
        given = given.get(index, given.get(name))
    elif isinstance(given, list) and given and isinstance(given[0], list):
        given = given[index] if index < len(given) else None
    if given is None:
        return ()
    names = tuple(map(str, given)) if isinstance(given, list) else ()
    if len(names) != count or len(set(names)) != count:
        raise FormatError(
            Words(
                "{path}: kpt_names does not name {count} keypoints of class {index}.",
                path=path,
                count=count,
                index=index,
            )
        )
    return names


def _skeleton(
    path: Path, name: str, count: int, names: Sequence[str], flips: Any, given: Skeleton | None
) -> Skeleton:
    if given is not None and not names:
        if len(given) != count:
            raise FormatError(
                Words(
                    "{path} has {count} keypoints, but {given} has {other}.",
                    path=path,
                    count=count,
                    given=given.name,
                    other=len(given),
                ),
                Words("Name another skeleton, or none."),
            )
        return given
    pairs = _pairs(path, flips, count)
    shipped = builtin_skeleton()
    if not names and count == len(shipped):
        return shipped  # Ultralytics' own pose models have COCO's keypoints
    if tuple(names) == shipped.keypoints:
        return shipped
    names = names or tuple(f"joint {k + 1}" for k in range(count))
    known = known_skeleton(names)
    if known is not None:
        place = [names.index(keypoint) for keypoint in known.keypoints]
        limbs = tuple((place[a], place[b]) for a, b in known.limbs)
        pairs = pairs or tuple((place[a], place[b]) for a, b in known.pairs)
        sigmas = tuple(known.sigmas[known.index(keypoint)] for keypoint in names)
    else:
        limbs, sigmas = (), (DEFAULT_SIGMA,) * count
    return with_known_looks(Skeleton(name, tuple(names), limbs, pairs, sigmas))


def _pairs(path: Path, flips: Any, count: int) -> tuple[tuple[int, int], ...]:
    if flips is None or flips == []:
        return ()
    whole = isinstance(flips, list) and all(type(k) is int for k in flips)
    if not whole or sorted(flips) != list(range(count)) or any(flips[flips[k]] != k for k in flips):
        raise FormatError(
            Words(
                "{path}: flip_idx does not exchange the {count} keypoints in pairs.",
                path=path,
                count=count,
            ),
            Words("It names for each keypoint the one that it becomes in a mirror."),
        )
    return tuple((k, twin) for k, twin in enumerate(flips) if k < twin)


def _entries(path: Path, split: str, given: Any) -> list[str]:
    entries = given if isinstance(given, list) else [] if given is None else [given]
    if not all(isinstance(entry, str) for entry in entries):
        raise FormatError(Words("{path}: {split} is no path to images.", path=path, split=split))
    return list(entries)


def image_root(data: DataYaml, images: Path | None) -> Path:
    """The folder that all of a data set's paths begin at.

    Args:
        data: what data.yaml says.
        images: what the person says, which counts more.
    """
    if images is not None:
        return images
    here = data.path.parent
    said = _inside(here, data.root) if data.root else here
    # Data sets are moved about, and their entry "path" stays behind. What lies elsewhere is
    # looked at only if a person says so: data.yaml may come from anybody.
    return said if said is not None and is_folder(said) else here


def _inside(folder: Path, name: str) -> Path | None:
    """What a name from a file leads to from a folder; None if it leads out of the folder."""
    if "\0" in name:
        return None
    place = folder / name
    home = os.path.normpath(folder.absolute())
    return place if Path(os.path.normpath(place.absolute())).is_relative_to(home) else None


def split_images(data: DataYaml, root: Path) -> Iterator[tuple[str, Path]]:
    """(split, image file) of all images, each file once, in the order of the splits.

    Raises:
        FormatError: if a folder or list that data.yaml names is not there, or a listed image.
    """
    seen: set[Path] = set()
    for split, entries in data.splits.items():
        for entry in entries:
            for file in _images_of(data.path, root, entry):
                if file not in seen:
                    seen.add(file)
                    yield split, file


def _images_of(path: Path, root: Path, entry: str) -> Iterator[Path]:
    # Roboflow writes ../train/images for what lies in train/images.
    for place in (_inside(root, entry), _inside(root, entry.removeprefix("../"))):
        if place is not None and is_folder(place):
            yield from images_below(place)
            return
        if place is not None and is_file(place):
            yield from _listed(place, root)
            return
    raise FormatError(
        Words("{path} names {entry}, which is not in {root}.", path=path, entry=entry, root=root),
        Words("Say with --images which folder the data set is in."),
    )


def _listed(listing: Path, root: Path) -> Iterator[Path]:
    try:
        lines = listing.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(listing, error) from error
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if not name:
            continue
        # "./" means beside the list; anything else begins at the root.
        file = listing.parent / name[2:] if name.startswith("./") else root / name
        if _inside(root, str(file.absolute())) is None:
            raise FormatError(
                Words(
                    "{listing}, line {number}: {file} lies outside {root}.",
                    listing=listing,
                    number=number,
                    file=file,
                    root=root,
                ),
                Words("Say with --images which folder all images are in."),
            )
        if not is_image_name(file.name) or not is_file(file):
            raise FormatError(
                Words(
                    "{listing}, line {number}: there is no image {file}.",
                    listing=listing,
                    number=number,
                    file=file,
                )
            )
        yield file


def label_file(image: Path) -> Path:
    """Where the label file of an image is: the last folder ``images`` becomes ``labels``."""
    parts = list(image.parts[:-1])
    for k in range(len(parts) - 1, -1, -1):
        if parts[k] == "images":
            parts[k] = "labels"
            break
    return Path(*parts, image.stem + ".txt")


def split_of(file_name: str) -> tuple[str, str]:
    """The split that a file name tells of, and the name in it.

    From ``images/val/a.jpg`` or, as Roboflow has it, ``val/images/a.jpg``; else it is train.
    """
    parts = _without_images(PurePosixPath(file_name).parts)
    if len(parts) > 1 and parts[0] in SPLITS:
        return parts[0], "/".join(_without_images(parts[1:]))
    return SPLITS[0], "/".join(parts)


def _without_images(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[1:] if len(parts) > 1 and parts[0] == "images" else parts
