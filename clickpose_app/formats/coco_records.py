"""Decode parts of a COCO file, and name the file, the record and the field of what is wrong."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from clickpose_app.errors import FormatError
from clickpose_app.formats.coco_schema import Flaw

Record = TypeVar("Record", bound=msgspec.Struct)

_NOT_FINITE = re.compile(rb"-?\b(?:NaN|Infinity)\b")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 20

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])

# msgspec's sentence, and the place in the record that it is about.
_MESSAGE = re.compile(r"(?P<problem>.*?)(?: - at `\$\.?(?P<place>.*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<field>.*)`")
_QUOTED = re.compile(r"`([^`]*)`")
_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "a text",
    "array": "a list",
    "object": "an object",
    "bool": "true or false",
    "null": "null",
}


def read_text(path: Path) -> bytes:
    """The file's bytes, which are known to be UTF-8, without a byte order mark.

    In memory rather than mapped: a mapped file that somebody cuts short kills the process.

    Raises:
        FormatError: naming the file, if it cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}.") from error
    if data.startswith(_BYTE_ORDER_MARK):
        data = data[len(_BYTE_ORDER_MARK) :]
    if not data.isascii():
        _check_utf8(path, data)
    return data


def _check_utf8(path: Path, data: bytes) -> None:
    # Piece by piece, because the text of a large file would take up to four times its size.
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path} is not UTF-8 text ({error.reason}).", "Save it as UTF-8."
        ) from error


def decode_file(path: Path, data: bytes, record: type[Record]) -> Record:
    """The top level of the file.

    Raises:
        FormatError: naming the file, if it is not JSON or not a COCO data set.
    """
    try:
        return msgspec.json.decode(data, type=record)
    except RecursionError as error:
        raise too_deep(path) from error
    except msgspec.ValidationError as error:
        if data.lstrip()[:1] == b"[":
            raise FormatError(
                f"{path} is a list, not a COCO data set.",
                "A list of detections needs the images and categories of the data set around it.",
            ) from error
        raise _wrong(path, "", error) from error
    except msgspec.DecodeError as error:
        raise FormatError(
            f"{path} is not valid JSON: {error}.", "It may be cut short or damaged; copy it again."
        ) from error


def too_deep(path: Path) -> FormatError:
    """The error for values inside values inside values ..., which only an attack holds."""
    return FormatError(
        f"{path} is nested too deeply to be read.", "It is damaged or of another program."
    )


def without_constants(data: bytes) -> bytes | None:
    """A copy in which NaN and Infinity, which JSON does not have, are empty objects.

    A typed decoder then stumbles over them in the very record and field where they are.
    None if there are no such words.
    """
    if _NOT_FINITE.search(data) is None:
        return None
    return _NOT_FINITE.sub(lambda found: b"{}".ljust(len(found[0])), data)


def decode_record(path: Path, kind: str, position: int, raw: msgspec.Raw, decoder: Any) -> Any:
    """One entry of a list of the file.

    Args:
        path: the file, for errors.
        kind: what the entry is: ``annotation``, ``image`` ...
        position: its place in the list, from 0.
        raw: its text.
        decoder: of msgspec, for its type.

    Raises:
        FormatError: naming file, record and field.
    """
    try:
        return decoder.decode(raw)
    except RecursionError as error:
        raise too_deep(path) from error
    except msgspec.DecodeError as error:
        raise _wrong(path, record_name(kind, position, raw), error) from error


def record_name(kind: str, position: int, raw: msgspec.Raw) -> str:
    """How an entry is called in an error: by its id, or by its place if it has none."""
    try:
        return f"{kind} {bytes(_fields.decode(raw)['id']).decode()}"
    except (msgspec.DecodeError, KeyError, RecursionError):
        return f"{kind} number {position + 1} of the list"


def flawed(path: Path, where: str, flaw: Flaw) -> FormatError:
    """The error for a record that decodes but says something that it may not say."""
    return FormatError(f"{path}: {where}: {flaw}.")


def unknown_fields(raw: msgspec.Raw | bytes, known: Collection[str]) -> dict[str, Any]:
    """The fields of an object that are not known; whole numbers of any length stay whole.

    Raises:
        Flaw: if one of them cannot be held in memory as a value.
    """
    unknown = {}
    try:
        fields = _fields.decode(raw)
    except RecursionError as error:
        raise Flaw("", "is nested too deeply") from error
    for name, value in fields.items():
        if name not in known:
            try:
                unknown[name] = json.loads(bytes(value).decode())
            except (ValueError, RecursionError) as error:
                raise Flaw(name, f"cannot be read: {error}") from error
    return unknown


def _wrong(path: Path, where: str, error: msgspec.DecodeError) -> FormatError:
    found = _MESSAGE.fullmatch(str(error))
    problem, place = (found["problem"], found["place"]) if found else (str(error), None)
    missing = _MISSING.fullmatch(problem)
    if missing:
        field = f"{place}.{missing['field']}" if place else missing["field"]
        problem = f"the field {field} is missing"
    else:
        problem = _QUOTED.sub(_in_words, problem)
        problem = problem[:1].lower() + problem[1:]
        problem = f"{place}: {problem}" if place else problem
    return FormatError(f"{path}: {where}: {problem}." if where else f"{path}: {problem}.")


def _in_words(kinds: re.Match[str]) -> str:
    return " or ".join(_KINDS.get(kind, kind) for kind in kinds[1].split(" | "))
