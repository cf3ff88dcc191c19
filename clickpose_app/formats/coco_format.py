"""COCO keypoint JSON as one format among others."""

from __future__ import annotations

from pathlib import Path

from clickpose_app.errors import Words
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context, Format

_LOOKED_AT = 1 << 16


def _claims(path: Path) -> bool:
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    # Whichever list comes first, an object that begins with one of these is COCO or of its kin.
    return any(b'"%s"' % key in head for key in (b"annotations", b"images", b"categories"))


def _read(path: Path, context: Context) -> Dataset:  # noqa: ARG001 (COCO says everything itself)
    return read_coco(path)


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    write_coco(path, dataset)
    return ()


COCO = Format("coco", "COCO keypoints", (".json",), _claims, _read, _write, is_coco=True)
