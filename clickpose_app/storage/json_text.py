"""JSON values to text and back quickly, where that is exact; the standard library judges the rest.

msgspec is several times as fast, but writes NaN as null and knows no lone surrogates.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def quick_text(value: object) -> bytes | None:
    """The value as UTF-8 JSON, or None if only the standard encoder can tell whether it is any."""
    try:
        text = _encoder.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    return None if b"null" in text else text


def exact_value(text: bytes) -> Any:
    """The value of a JSON text; whole numbers of any length stay whole.

    Raises:
        ValueError: if it is no JSON.
        RecursionError: if it is nested deeper than Python can hold.
    """
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return json.loads(text.decode())  # which accepts more, such as lone surrogates
