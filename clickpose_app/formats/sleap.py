"""SLEAP's projects as one format among others."""

from __future__ import annotations

from pathlib import Path

from clickpose_app.errors import Words
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context, Format
from clickpose_app.formats.sleap_read import read_sleap
from clickpose_app.formats.sleap_write import write_sleap
from clickpose_app.formats.trial import try_reading


def _claims(path: Path) -> bool:
    return path.suffix.lower() == ".slp" and path.is_file()


def _read(path: Path, context: Context) -> Dataset:
    try_reading(path, "clickpose_app.formats.sleap_read", "read_labels")
    return read_sleap(path, context)


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:
    return write_sleap(path, dataset, context)


SLEAP = Format("sleap", "SLEAP", (".slp",), _claims, _read, _write)
