"""Decode parts of a COCO file, and name the file, the record and the field of what is wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.storage.json_text import exact_value

Record = TypeVar("Record", bound=msgspec.Struct)

_NOT_FINITE = re.compile(rb"-?\b(?:NaN|Infinity)\b")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 20

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])

# msgspec's sentence, and the place in the record that it is about.
_MESSAGE = re.compile(r"(?P<problem>.*?)(?: - at `\$\.?(?P<place>.*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<field>.*)`")
_QUOTED = re.compile(r"`([^`]*)`")
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`")
_AN_OBJECT = Words("an object")
_KINDS = {
    "float": Words("a number"),
    "int": Words("a whole number"),
    "str": Words("a text"),
    "array": Words("a list"),
    "object": _AN_OBJECT,
    "bool": Words("true or false"),
    "null": Words("null"),
}
_RECORDS = {
    "annotation": Words("annotation"),
    "image": Words("image"),
    "category": Words("category"),
}


def unreadable(path: Path, error: OSError | UnicodeError) -> FormatError:
    """The error for a file or folder that the system does not let us read."""
    reason = error.strerror if isinstance(error, OSError) else None
    return FormatError(Words("{path} cannot be read: {reason}.", path=path, reason=reason or error))


def not_json(path: Path, error: msgspec.DecodeError) -> FormatError:
    """The error for a file that is no JSON at all."""
    return FormatError(
        Words("{path} is not valid JSON: {error}.", path=path, error=error),
        Words("It may be cut short or damaged; copy it again."),
    )


def read_text(path: Path) -> bytes:
    """The file's bytes, which are known to be UTF-8, without a byte order mark.

    In memory rather than mapped: a mapped file that somebody cuts short kills the process.

    Raises:
        FormatError: naming the file, if it cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
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
            Words("{path} is not UTF-8 text ({reason}).", path=path, reason=error.reason),
            Words("Save it as UTF-8."),
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
                Words("{path} is a list, not a COCO data set.", path=path),
                Words(
                    "A list of detections needs the images and categories of the data set "
                    "around it."
                ),
            ) from error
        raise wrong_record(path, None, error) from error
    except msgspec.DecodeError as error:
        raise not_json(path, error) from error


def too_deep(path: Path) -> FormatError:
    """The error for values inside values inside values ..., which only an attack holds."""
    return FormatError(
        Words("{path} is nested too deeply to be read.", path=path),
        Words("It is damaged or of another program."),
    )


def without_constants(data: bytes) -> bytes | None:
    """A copy in which NaN and Infinity, which JSON does not have, are empty objects.

    A typed decoder then stumbles over them in the very record and field where they are.
    None if there are no such words.
    """
    if _NOT_FINITE.search(data) is None:
        return None
    return _NOT_FINITE.sub(lambda found: b"{}".ljust(len(found[0])), data)


def constant_named(error: FormatError) -> FormatError:
    """The error about a file that went through without_constants, said of the one that it had."""
    message, hint = error.said
    assert isinstance(message, Words)
    return FormatError(_instead_of_an_object(message), hint)


def _instead_of_an_object(words: Words) -> Words:
    fields = {
        name: _instead_of_an_object(value) if isinstance(value, Words) else value
        for name, value in words.fields.items()
    }
    if words.fields.get("found") is _AN_OBJECT:
        fields["found"] = Words("NaN or Infinity")
    return Words(words.template, **fields)


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
        raise wrong_record(path, record_name(kind, position, raw), error) from error


def record_name(kind: str, position: int, raw: msgspec.Raw) -> Words:
    """How an entry is called in an error: by its id, or by its place if it has none."""
    try:
        return numbered(kind, bytes(_fields.decode(raw)["id"]).decode())
    except (msgspec.DecodeError, KeyError, RecursionError):
        record, number = _RECORDS[kind], position + 1
        return Words("{record} number {number} of the list", record=record, number=number)


def numbered(kind: str, record_id: int | str) -> Words:
    """How an entry is called in an error, by its id; kind as for decode_record."""
    return Words("{record} {id}", record=_RECORDS[kind], id=record_id)


def image_named(file_name: str) -> Words:
    """How an image is called in an error, by its file name."""
    return Words("image {name!r}", name=file_name)


def flawed(path: Path, where: Words, flaw: Exception) -> FormatError:
    """The error for a record that decodes but says something that it may not say."""
    words = flaw.words if isinstance(flaw, Flaw) else Words("{problem}", problem=flaw)
    return FormatError(Words("{path}: {where}: {flaw}.", path=path, where=where, flaw=words))


@contextmanager
def writing_image(path: Path, file_name: str) -> Iterator[None]:
    """Raise FormatError, naming file and image, for what cannot be written of an image."""
    try:
        yield
    except (Flaw, ValueError, TypeError, RecursionError) as error:
        raise flawed(path, image_named(file_name), error) from error


def unknown_fields(raw: msgspec.Raw | bytes, known: Collection[str]) -> dict[str, Any]:
    """The fields of an object that are not known; whole numbers of any length stay whole.

    Raises:
        Flaw: if one of them cannot be held in memory as a value.
    """
    unknown = {}
    try:
        fields = _fields.decode(raw)
    except RecursionError as error:
        raise Flaw("", Words("is nested too deeply")) from error
    for name, value in fields.items():
        if name not in known:
            try:
                unknown[name] = exact_value(bytes(value))
            except (ValueError, RecursionError) as error:
                raise Flaw(name, Words("cannot be read: {error}", error=error)) from error
    return unknown


def wrong_record(path: Path, where: Words | None, error: msgspec.DecodeError) -> FormatError:
    """The error for a record that does not decode; where is None for the file as a whole."""
    found = _MESSAGE.fullmatch(str(error))
    said, place = (found["problem"], found["place"]) if found else (str(error), None)
    missing = _MISSING.fullmatch(said)
    if missing:
        field = f"{place}.{missing['field']}" if place else missing["field"]
        problem = Words("the field {field} is missing", field=field)
    else:
        problem = _in_words(said)
        if place:
            problem = Words("{place}: {problem}", place=place, problem=problem)
    if where is None:
        return FormatError(Words("{path}: {problem}.", path=path, problem=problem))
    return FormatError(
        Words("{path}: {where}: {problem}.", path=path, where=where, problem=problem)
    )


def _in_words(said: str) -> Words:
    """What the decoder says of a value: of another type, or (rarely) something else."""
    expected = _EXPECTED.fullmatch(said)
    if expected is None:
        plain = _QUOTED.sub(lambda kinds: str(_kinds(kinds[1])), said)
        return Words("{problem}", problem=plain[:1].lower() + plain[1:])
    wanted, found = _kinds(expected["wanted"]), _kinds(expected["found"])
    return Words("expected {wanted}, got {found}", wanted=wanted, found=found)


def _kinds(names: str) -> Words:
    """Types as a person calls them: ``int | null``."""
    kinds = [_KINDS.get(name, Words("{name}", name=name)) for name in names.split(" | ")]
    words = kinds[0]
    for kind in kinds[1:]:
        words = Words("{one} or {other}", one=words, other=kind)
    return words
