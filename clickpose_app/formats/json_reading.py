"""Read JSON of any tool, and name the record of what is wrong, NaN and endless nesting too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_records import (
    constant_named,
    not_json,
    read_text,
    without_constants,
    wrong_record,
)

Value = TypeVar("Value")
Record = TypeVar("Record")


def read_json(path: Path, build: Callable[[bytes], Value]) -> Value:
    """What build makes of a file's text.

    Args:
        path: the file.
        build: decodes and checks all of it; may raise FormatError.

    Raises:
        FormatError: naming the file and, also for NaN and Infinity, record and field.
    """
    data = read_text(path)
    try:
        return build(data)
    except RecursionError as error:
        raise FormatError(
            Words("{path} is nested too deeply to be annotations.", path=path)
        ) from error
    except FormatError:
        # The words may also stand in a text of a file that is wrong in another way.
        patched = None if _is_json(data) else without_constants(data)
        if patched is None:
            raise
    try:
        build(patched)
    except FormatError as error:
        raise constant_named(error) from error
    raise FormatError(Words("{path} holds NaN or Infinity, which JSON does not have.", path=path))


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def decoded(path: Path, raw: bytes | msgspec.Raw, kind: type[Record], where: Words) -> Record:
    """One record.

    Args:
        path: the file, for errors.
        raw: its text.
        kind: what it must be, as msgspec has it.
        where: what it is called in an error.

    Raises:
        FormatError: naming file, record and field.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except RecursionError as error:
        raise FormatError(
            Words("{path}: {where}: is nested too deeply.", path=path, where=where)
        ) from error
    except msgspec.ValidationError as error:
        raise wrong_record(path, where, error) from error
    except msgspec.DecodeError as error:
        raise not_json(path, error) from error


def head_of(path: Path) -> bytes:
    """The beginning of a file, to see what it is; nothing if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError:
        return b""
