"""Datumaro's JSON: a folder with annotations/SUBSET.json, or one such file.

Our own reader and writer of the documented files, because the library brings OpenCV with a
window system, pandas and network clients along. A person is a bbox and points in one group.
"""

from __future__ import annotations

import re
from pathlib import Path

from clickpose_app.formats.datumaro_read import read_datumaro
from clickpose_app.formats.datumaro_write import write_datumaro
from clickpose_app.formats.format import Format
from clickpose_app.formats.json_reading import head_of

# COCO has lists under both names.
_CATEGORIES = re.compile(rb'"categories"\s*:\s*\{')
_VERSION = b'"dm_format_version"'


def _claims(path: Path) -> bool:
    if path.is_dir():
        return any(map(_claims, sorted(path.glob("annotations/*.json"))[:1]))
    if path.suffix.lower() != ".json":
        return False
    head = head_of(path)
    return _VERSION in head or _CATEGORIES.search(head) is not None


DATUMARO = Format("datumaro", "Datumaro", (), _claims, read_datumaro, write_datumaro)
