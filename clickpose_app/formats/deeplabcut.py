"""DeepLabCut's labels and predictions as one format among others."""

from __future__ import annotations

from pathlib import Path

from clickpose_app.errors import Words
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.deeplabcut_config import looks_like_config
from clickpose_app.formats.deeplabcut_read import is_table_h5, read_deeplabcut, tables
from clickpose_app.formats.deeplabcut_write import write_deeplabcut
from clickpose_app.formats.format import Context, Format
from clickpose_app.formats.hdf5_guard import is_hdf5
from clickpose_app.formats.trial import try_reading

_LOOKED_AT = 1 << 16


def _claims(path: Path) -> bool:
    try:
        return path.is_file() and _looks_like_it(path)
    except OSError:
        return False


def _looks_like_it(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml"):
        return looks_like_config(path)
    if suffix in (".h5", ".hdf5"):
        return is_hdf5(path)
    if suffix != ".csv":
        return False
    with path.open("rb") as file:
        lines = file.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").splitlines()
    return bool(lines) and lines[0].startswith(b"scorer,")


def _read(path: Path, context: Context) -> Dataset:
    for table in tables(path):
        if is_table_h5(table):
            try_reading(table, "clickpose_app.formats.deeplabcut_h5", "read_h5")
    return read_deeplabcut(path, context)


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    return write_deeplabcut(path, dataset)


DEEPLABCUT = Format("deeplabcut", "DeepLabCut", (".csv", ".h5"), _claims, _read, _write)
