"""Ways in which bytes and JSON values go wrong, as Hypothesis strategies."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from hypothesis import strategies as st

HOSTILE_TEXTS = (
    *("", " ", ".", "..", "/", "../../etc/passwd", "/etc/passwd", "C:\\x.png", "a\0b.png"),
    *("é", "\u202egnp.exe", "😀.png", "\ud800", "nan", "null", "x" * 5000, "a\nb", "con.png"),
)
HOSTILE_NUMBERS = (
    *(0, -1, 1, 2, 3, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**40, 10**400),
    *(0.5, -0.0, 1e-320, 1e308, 1e400, float("nan"), float("inf"), float("-inf")),
)

hostile_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(HOSTILE_NUMBERS)
    | st.sampled_from(HOSTILE_TEXTS)
    | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=6,
)


@st.composite
def damaged_bytes(draw: st.DrawFn, seed: bytes) -> bytes:
    """The seed with some of it cut off, flipped, repeated, moved or overwritten."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        if not data:
            break
        place = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, min(64, len(data))))
        kind = draw(st.sampled_from(("flip", "cut", "drop", "repeat", "overwrite", "fill")))
        if kind == "flip":
            data[place] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del data[place:]
        elif kind == "drop":
            del data[place : place + length]
        elif kind == "repeat":
            data[place:place] = data[place : place + length]
        elif kind == "overwrite":
            new = draw(st.binary(min_size=1, max_size=8))
            data[place : place + len(new)] = new
        else:
            data[place : place + length] = draw(st.sampled_from((b"\0", b"\xff"))) * length
    return bytes(data)


@st.composite
def damaged_json(draw: st.DrawFn, seed: Any) -> Any:
    """The seed with some values replaced by hostile ones, fields removed, entries repeated."""
    value = copy.deepcopy(seed)
    for _ in range(draw(st.integers(1, 3))):
        owner, key = draw(st.sampled_from(_places(value)))
        kind = draw(st.sampled_from(("replace", "replace", "replace", "remove", "repeat", "add")))
        if kind == "replace":
            owner[key] = draw(hostile_values)
        elif kind == "remove":
            del owner[key]
        elif kind == "repeat" and isinstance(owner, list):
            owner.insert(key, copy.deepcopy(owner[key]))
        elif isinstance(owner, dict):
            owner[draw(st.sampled_from(("x", "score", "bbox_source", "", "é")))] = draw(
                hostile_values
            )
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """(container, key) of every value in it; of the whole, if there is none."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        here = waiting.pop()
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        for key in keys:
            found.append((here, key))
            if isinstance(here[key], dict | list):
                waiting.append(here[key])
    return found or [({"": value}, "")]


def json_bytes(value: Any, *, mark: bool = False) -> bytes:
    """As Python's writer does, NaN and lone surrogates included; with a byte order mark."""
    return b"\xef\xbb\xbf" * mark + json.dumps(value).encode()


HOSTILE_CELLS = (
    *("", " ", "0", "-1", "1e999", "nan", "inf", "-inf", "9" * 5000, "1,5", "0x10", "1_0", "٣"),
    *("x", '"', "'", "<", "&", "&amp;", "\0", "../x.png", "/etc/passwd", "a\nb", "person", "é"),
)


@st.composite
def damaged_cells(draw: st.DrawFn, seed: bytes, between: str) -> bytes:
    """A text whose parts between certain characters are replaced, dropped, repeated or moved.

    Args:
        draw: Hypothesis's.
        seed: the text, UTF-8.
        between: a regular expression of one group, e.g. ``([,\\n])`` for CSV.
    """
    parts = re.split(between, seed.decode())
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(parts) - 1))
        kind = draw(st.sampled_from(("replace", "replace", "drop", "repeat", "swap")))
        if kind == "replace":
            parts[place] = draw(st.sampled_from(HOSTILE_CELLS) | st.text(max_size=6))
        elif kind == "drop" and len(parts) > 1:
            del parts[place]
        elif kind == "repeat":
            parts.insert(place, parts[place])
        else:
            other = draw(st.integers(0, len(parts) - 1))
            parts[place], parts[other] = parts[other], parts[place]
    return "".join(parts).encode("utf-8", "surrogatepass")
