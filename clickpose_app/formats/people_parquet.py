"""Write people as Parquet: one row a person, for Polars, DuckDB, Spark and their like.

| column | type | what |
| --- | --- | --- |
| image, image_id | string, int64 | file name and id, as a COCO file has them |
| width, height | int32 | of the upright image, in pixels |
| person | int32 | number of the person on the image, from 0, in order of the annotation |
| track | int32 | track id; null where nobody was tracked |
| score | float32 | certainty that this is a person; null if no network said any |
| box_x1, box_y1, box_x2, box_y2 | float32 | in pixels |
| keypoints | list of 3K float32 | x, y, v as in COCO; an unlabelled keypoint is 0, 0, 0 |
| NAME_x, NAME_y, NAME_confidence | float32 | each keypoint by name; x and y null where v is 0 |
| NAME_v | int8 | 0 not labelled, 1 occluded, 2 visible |

Images without people have no row; how many images there were is in the file's metadata
(``clickpose.images``), beside the skeleton (``clickpose.skeleton``, JSON).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clickpose_app import __version__
from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.coco_schema import COORDINATES
from clickpose_app.formats.dataset import DatasetImage

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 8192
"""Rows of a group: what waits in memory, and what a reader can skip."""


def is_parquet_path(path: Path) -> bool:
    """Whether a result of that name is written as Parquet."""
    return path.suffix.lower() == ".parquet"


@contextmanager
def parquet_writer(path: Path, skeleton: Skeleton) -> Iterator[ParquetWriter]:
    """Write image by image; the file appears when the block ends well.

    Args:
        path: where; an existing file is replaced.
        skeleton: of all people.

    Raises:
        FormatError: if pyarrow is missing, or the file cannot be written.
    """
    check_parquet()
    import pyarrow.parquet as pq

    schema = _schema(skeleton)
    with atomic_file(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as target:
        writer = ParquetWriter(target, schema, skeleton)
        yield writer
        writer._end()


def check_parquet() -> None:
    """Raise FormatError if pyarrow is not installed; before work begins that it is to hold."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise FormatError(
            Words("Writing Parquet needs pyarrow, which is not installed."),
            Words("Install clickpose-app[parquet], or write to a .json file."),
        ) from error


class ParquetWriter:
    """Takes images one after another; made by parquet_writer()."""

    def __init__(self, target: Any, schema: pa.Schema, skeleton: Skeleton) -> None:
        """Write to an open pyarrow.parquet.ParquetWriter."""
        self._target, self._schema, self._skeleton = target, schema, skeleton
        self._images = 0
        self._heads: list[tuple[Any, ...]] = []
        self._joints: list[np.ndarray[Any, np.dtype[np.float32]]] = []

    def add(self, image: DatasetImage) -> None:
        """Write the people of one image; crowd regions, which are nobody, are left out."""
        self._images += 1
        for number, person in enumerate(image.annotation.people):
            if person.is_crowd:
                continue
            box = person.box
            self._heads.append(
                (
                    *(image.file_name, image.id, image.width, image.height, number),
                    *(_track(person), person.score, box.x1, box.y1, box.x2, box.y2),
                )
            )
            self._joints.append(_joints(person, len(self._skeleton)))
        if len(self._heads) >= ROWS:
            self._flush()

    def _end(self) -> None:
        self._flush()
        self._target.add_key_value_metadata({"clickpose.images": str(self._images)})

    def _flush(self) -> None:
        """Write what waits as one row group."""
        import pyarrow as pa

        if not self._heads:
            return
        joints = np.stack(self._joints)  # [N, K, 4]: x, y, v, confidence
        names = self._schema.names
        columns: list[Any] = [
            pa.array(values, self._schema.field(name).type)
            for name, values in zip(names, zip(*self._heads, strict=True), strict=False)
        ]
        flat = pa.array(joints[:, :, :3].ravel(), pa.float32())
        columns.append(pa.FixedSizeListArray.from_arrays(flat, 3 * len(self._skeleton)))
        hidden = joints[:, :, 2] == 0
        for k in range(len(self._skeleton)):
            for part in (0, 1):
                columns.append(pa.array(joints[:, k, part], pa.float32(), mask=hidden[:, k]))
            columns.append(pa.array(joints[:, k, 2].astype(np.int8)))
            unknown = np.isnan(joints[:, k, 3])
            columns.append(pa.array(joints[:, k, 3], pa.float32(), mask=unknown))
        self._target.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._heads, self._joints = [], []


def _schema(skeleton: Skeleton) -> pa.Schema:
    import pyarrow as pa

    fields = [
        ("image", pa.string()),
        ("image_id", pa.int64()),
        *((name, pa.int32()) for name in ("width", "height", "person", "track")),
        *((name, pa.float32()) for name in ("score", "box_x1", "box_y1", "box_x2", "box_y2")),
        ("keypoints", pa.list_(pa.float32(), 3 * len(skeleton))),
    ]
    for keypoint in skeleton.keypoints:
        fields += [(f"{keypoint}_{part}", pa.float32()) for part in ("x", "y")]
        fields += [(f"{keypoint}_v", pa.int8()), (f"{keypoint}_confidence", pa.float32())]
    described = {
        "name": skeleton.name,
        "keypoints": skeleton.keypoints,
        "limbs": skeleton.limbs,
        "pairs": skeleton.pairs,
        "sigmas": skeleton.sigmas,
    }
    return pa.schema(
        fields,
        metadata={
            "clickpose.version": __version__,
            "clickpose.coordinates": COORDINATES,
            "clickpose.skeleton": json.dumps(described),
        },
    )


def _joints(person: Person, count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """x, y, v, confidence of each keypoint [K, 4]; 0, 0, 0 for an unlabelled one."""
    rows = np.zeros((count, 4), np.float32)
    rows[:, 3] = np.nan
    for k, keypoint in enumerate(person.keypoints):
        if keypoint.labelled:
            rows[k, :3] = keypoint.x, keypoint.y, keypoint.visibility
        if keypoint.confidence is not None:
            rows[k, 3] = keypoint.confidence
    return rows


def _track(person: Person) -> int | None:
    track = person.extra.get("track_id")
    return track if type(track) is int else None
