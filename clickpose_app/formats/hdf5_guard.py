"""Look into an HDF5 file before a library reads it: nothing in it may run code or reach outside.

HDF5 can point to other files, and PyTables, which pandas reads with, unpickles attributes and
whole arrays. Pickles can run code, so only those that name nothing but numpy's own values pass.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.optional_library import optional_library

SIGNATURE = b"\x89HDF\r\n\x1a\n"
"""How every HDF5 file of these programs begins."""

_MOST_BYTES = 1 << 30
_HARMLESS = {
    (module, name)
    for core in ("numpy.core", "numpy._core")
    for module, name in (
        (f"{core}.multiarray", "_reconstruct"),
        (f"{core}.multiarray", "scalar"),
        (f"{core}.numeric", "_frombuffer"),
        ("numpy", "ndarray"),
        ("numpy", "dtype"),
        ("_codecs", "encode"),
    )
}


def is_hdf5(path: Path) -> bool:
    """Whether the file begins like HDF5."""
    try:
        with path.open("rb") as file:
            return file.read(len(SIGNATURE)) == SIGNATURE
    except OSError:
        return False


def check_hdf5(path: Path, *, extra: str, unread: str = "") -> None:
    """Refuse a file that is no HDF5, too large to read, or that does more than hold values.

    Args:
        path: the file.
        extra: of ClickPose, that brings the library h5py.
        unread: what the names of parts begin with that nobody is going to read.

    Raises:
        FormatError: naming the file and the part of it.
    """
    h5py = optional_library("h5py", extra=extra, path=path)
    if not path.is_file():
        raise FormatError(
            Words("{path} is not a file that can be read.", path=path), Words("Check the name.")
        )
    if not is_hdf5(path):
        raise FormatError(
            Words("{path} is not an HDF5 file, or its beginning is missing.", path=path),
            Words("Copy it again from where it came."),
        )
    try:
        with h5py.File(path, "r") as file:
            _Guard(path, h5py, unread).check(file)
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise FormatError(
            Words("{path} is damaged or cut short ({error}).", path=path, error=error),
            Words("Copy it again from where it came."),
        ) from error


class _Guard:
    """Walks through one open file."""

    def __init__(self, path: Path, h5py: Any, unread: str) -> None:
        self._path = path
        self._h5py = h5py
        self._unread = unread
        self._bytes = 0

    def check(self, file: Any) -> None:
        """Raise FormatError for the first part that is not harmless."""
        self._check_attributes("/", file)
        for name, part in self._parts(file, set()):
            self._check_attributes(name, part)
            if isinstance(part, self._h5py.Dataset):
                self._check_dataset(name, part)

    def _parts(self, group: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
        for name in group:
            full = f"{group.name.rstrip('/')}/{name}"
            if self._unread and full.lstrip("/").startswith(self._unread):
                continue
            link = group.get(name, getlink=True)
            if isinstance(link, self._h5py.ExternalLink):
                raise FormatError(
                    Words("{path}: {full} points to another file.", path=self._path, full=full)
                )
            part = group.get(name)
            if part is None:
                raise FormatError(
                    Words("{path}: {full} points to nothing.", path=self._path, full=full)
                )
            # Links may lead in circles.
            if part.id in seen:
                continue
            seen.add(part.id)
            yield full, part
            if isinstance(part, self._h5py.Group):
                yield from self._parts(part, seen)

    def _check_dataset(self, name: str, dataset: Any) -> None:
        if dataset.external or dataset.is_virtual:
            raise FormatError(
                Words(
                    "{path}: {name} keeps its values in another file.", path=self._path, name=name
                )
            )
        self._bytes += int(dataset.size or 0) * dataset.dtype.itemsize
        if self._bytes > _MOST_BYTES:
            raise FormatError(
                Words(
                    "{path}: {name} says that it holds more than a gigabyte of numbers.",
                    path=self._path,
                    name=name,
                ),
                Words("Split the file, or copy it again if it should be small."),
            )
        if _bytes_of(dataset.attrs.get("PSEUDOATOM")) == b"object":
            for row in dataset[()]:
                self._check_pickle(name, np.asarray(row).tobytes())

    def _check_attributes(self, name: str, part: Any) -> None:
        for key, value in part.attrs.items():
            data = _bytes_of(value)
            if data is not None and data.endswith(b"."):
                self._check_pickle(f"{name}, attribute {key}", data)

    def _check_pickle(self, where: str, data: bytes) -> None:
        try:
            # What only ends like a pickle is text, and stays text for PyTables as well.
            with suppress(Exception):
                _Harmless(io.BytesIO(data)).load()
        except _NotHarmlessError as error:
            raise FormatError(
                Words(
                    "{path}: {where} holds a pickle that could run code ({error}).",
                    path=self._path,
                    where=where,
                    error=error,
                ),
                Words("Do not open it with other programs either."),
            ) from error


class _NotHarmlessError(BaseException):
    """A pickle names something that is no plain value."""


class _Harmless(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Numpy's own constructors; nothing else may be called."""
        if (module, name) not in _HARMLESS:
            raise _NotHarmlessError(".".join((module, name)))
        return super().find_class(module, name)


def _bytes_of(value: object) -> bytes | None:
    if isinstance(value, np.ndarray) and value.shape == ():
        value = value[()]
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if isinstance(value, np.void):
        return value.tobytes()
    return bytes(value) if isinstance(value, bytes) else None
