"""labelme: a folder with one JSON file an image; a person is a group of shapes."""

from __future__ import annotations

from pathlib import Path

from clickpose_app.formats.format import Format
from clickpose_app.formats.json_reading import head_of
from clickpose_app.formats.labelme_read import read_labelme
from clickpose_app.formats.labelme_schema import SKELETON_FILE, looks_like_labelme
from clickpose_app.formats.labelme_write import write_labelme


def _claims(path: Path) -> bool:
    if path.is_dir():
        # Also without any image: then it is the skeleton that says so.
        files = (file for file in path.rglob("*.json") if not file.name.startswith("."))
        first = next(files, None)
        return first is not None and (first.name == SKELETON_FILE or _claims(first))
    return path.suffix.lower() == ".json" and looks_like_labelme(head_of(path))


LABELME = Format("labelme", "labelme", (), _claims, read_labelme, write_labelme)
