"""Read DeepLabCut: one table of points, or all those of a project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.deeplabcut_config import ProjectConfig, config_near, read_config
from clickpose_app.formats.deeplabcut_csv import read_csv
from clickpose_app.formats.deeplabcut_frames import Sizes, file_names, image_root
from clickpose_app.formats.deeplabcut_h5 import read_h5
from clickpose_app.formats.deeplabcut_people import PeopleOfTable
from clickpose_app.formats.deeplabcut_table import UNIQUE, Places, PointTable, check_values, places
from clickpose_app.formats.format import Context
from clickpose_app.formats.hdf5_guard import is_hdf5
from clickpose_app.formats.named_skeleton import named_skeleton
from clickpose_app.presence import is_file

FIELD = "deeplabcut"
"""Under which Dataset.extra keeps scorer, individuals and unique body parts."""


def read_deeplabcut(path: Path, context: Context) -> Dataset:
    """The data set in a table of points, or in all labelled tables of a project.

    Rules where the files leave a choice:

    * Points count from the middle of the first pixel, so half a pixel is added.
    * What has a number is labelled and visible; NaN or nothing is not labelled.
    * A table with likelihoods was predicted, any other was labelled by a person.
    * An individual's name is kept as "track_id"; one without any point is not there.
    * A person's box is the one around their points.

    Args:
        path: CollectedData_*.csv or .h5, a file of predictions, or config.yaml of a project.
        context: as for every format. Sizes come from the images.

    Raises:
        FormatError: naming file, frame and body part.
        ImageError: if an image is damaged.
    """
    config = read_config(path) if _is_project(path) else config_near(path)
    read = [(table, _table(table)) for table in tables(path)]
    bodyparts = _bodyparts(read, config)
    skeleton, order = _skeleton(path, bodyparts, config)
    images: list[DatasetImage] = []
    for file, table in read:
        images += _images(file, table, [bodyparts[k] for k in order], context, len(images))
    return Dataset(skeleton, tuple(images), _extra(read, config))


def tables(path: Path) -> list[Path]:
    """The tables that read_deeplabcut() reads for a path; FormatError if a project has none."""
    return _labelled_tables(read_config(path)) if _is_project(path) else [path]


def is_table_h5(path: Path) -> bool:
    """Whether a table is HDF5: by its suffix, or by how it begins."""
    return path.suffix.lower() != ".csv" or is_hdf5(path)


def _is_project(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml")


def _labelled_tables(config: ProjectConfig) -> list[Path]:
    """The table of each folder of labelled frames: its CSV, or its H5 where there is no other."""
    folder = config.path.parent / "labeled-data"
    if not folder.is_dir():
        raise FormatError(
            Words("{path}: there is no folder labeled-data beside it.", path=config.path)
        )
    found: list[Path] = []
    for video in sorted(p for p in folder.iterdir() if p.is_dir()):
        candidates = [video / f"CollectedData_{config.scorer}{end}" for end in (".csv", ".h5")]
        found += [path for path in candidates if is_file(path)][:1]
    if not found:
        raise FormatError(
            Words(
                "{path}: no folder of labeled-data holds CollectedData_{scorer}.csv or .h5.",
                path=config.path,
                scorer=config.scorer,
            ),
            Words("Label some frames first, or correct the scorer."),
        )
    return found


def _table(path: Path) -> PointTable:
    return read_h5(path) if is_table_h5(path) else read_csv(path)


def _bodyparts(
    read: Sequence[tuple[Path, PointTable]], config: ProjectConfig | None
) -> tuple[str, ...]:
    """All body parts, in the project's order where there is one."""
    found = list(dict.fromkeys(c.bodypart for _, table in read for c in table.columns))
    if config is None:
        return tuple(found)
    known = (*config.bodyparts, *config.unique)
    for path, table in read:
        for column in table.columns:
            if column.bodypart not in known:
                raise FormatError(
                    Words(
                        "{path}: the body part {bodypart} is none of those in {path2}.",
                        path=path,
                        bodypart=column.bodypart,
                        path2=config.path,
                    ),
                    Words("Add it there, or rename it."),
                )
    return known


def _skeleton(
    path: Path, bodyparts: Sequence[str], config: ProjectConfig | None
) -> tuple[Skeleton, tuple[int, ...]]:
    place = {name: k for k, name in enumerate(bodyparts)}
    limbs = [(place[a], place[b]) for a, b in config.limbs] if config else []
    return named_skeleton(path, "deeplabcut", bodyparts, limbs)


def _images(
    path: Path, table: PointTable, bodyparts: Sequence[str], context: Context, before: int
) -> list[DatasetImage]:
    found: tuple[Places, ...] = places(path, table, bodyparts)
    check_values(path, table, found)
    people = PeopleOfTable(table, found)
    names = file_names(path, table.frames, context)
    sizes = Sizes(path, image_root(path, names, context), names, context)
    return [
        DatasetImage(before + row + 1, name, *sizes.size(name), partial(people.annotation, row))
        for row, name in enumerate(names)
    ]


def _extra(read: Sequence[tuple[Path, PointTable]], config: ProjectConfig | None) -> dict[str, Any]:
    """What the writer needs to write the same header again."""
    columns = [column for _, table in read for column in table.columns]
    several = any(table.several for _, table in read)
    own: dict[str, Any] = {"scorer": read[0][1].scorer}
    if several:
        listed = (*(config.individuals if config else ()), *(c.individual for c in columns))
        own["individuals"] = list(dict.fromkeys(listed))
        unique = {c.bodypart for c in columns if c.individual == UNIQUE}
        unique -= {c.bodypart for c in columns if c.individual != UNIQUE}
        own["unique"] = sorted(unique)
    return {FIELD: own}
