"""The order in which a person would number file names."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]+")
_WIDTH = 24  # digits; longer numbers sort as text


def natural_order(name: str) -> str:
    """A key to sort by: ``img2.jpg`` before ``IMG10.jpg``, folder by folder.

    Args:
        name: with forward slashes between folders. Names that differ only in case or in
            leading zeros have the same key.
    """
    # Numbers of one width sort by their value; a folder's files come before its namesakes.
    padded = _NUMBER.sub(lambda number: number[0].lstrip("0").zfill(_WIDTH), name.casefold())
    return padded.replace("/", "\0")
