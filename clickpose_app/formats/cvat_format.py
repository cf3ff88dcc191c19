"""CVAT for images 1.1: one XML file with skeletons, and boxes beside them."""

from __future__ import annotations

import re
from pathlib import Path

from clickpose_app.formats.cvat_read import read_cvat
from clickpose_app.formats.cvat_write import write_cvat
from clickpose_app.formats.format import Format
from clickpose_app.formats.json_reading import head_of

_ROOT = re.compile(rb"<annotations[\s>]")


def _claims(path: Path) -> bool:
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    return _ROOT.search(head_of(path)) is not None


CVAT = Format("cvat", "CVAT for images 1.1", (".xml",), _claims, read_cvat, write_cvat)
