"""Label Studio's JSON: a list of tasks, with annotations or predictions."""

from __future__ import annotations

import re
from pathlib import Path

from clickpose_app.formats.format import Format
from clickpose_app.formats.json_reading import head_of
from clickpose_app.formats.label_studio_read import read_label_studio
from clickpose_app.formats.label_studio_write import write_label_studio

_DATA = re.compile(rb'"data"\s*:\s*\{')


def _claims(path: Path) -> bool:
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    head = head_of(path).lstrip(b"\xef\xbb\xbf \t\r\n")
    # Somebody's empty list is a list of no tasks.
    return head[:1] == b"[" and (_DATA.search(head) is not None or head[1:].strip() == b"]")


LABEL_STUDIO = Format(
    "label-studio", "Label Studio", (".json",), _claims, read_label_studio, write_label_studio
)
