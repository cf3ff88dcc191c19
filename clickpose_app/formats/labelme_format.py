"""labelme: a folder with one JSON file an image; a person is a group of shapes."""

from __future__ import annotations

import itertools
from pathlib import Path

from clickpose_app.formats.format import Format
from clickpose_app.formats.json_reading import head_of
from clickpose_app.formats.labelme_read import read_labelme
from clickpose_app.formats.labelme_schema import SKELETON_FILE, looks_like_labelme
from clickpose_app.formats.labelme_write import write_labelme

_TRIED = 5


def _claims(path: Path) -> bool:
    if path.is_dir():
        # Not deeper, so that it stays quick in any folder.
        files = itertools.chain(path.glob("*.json"), path.glob("*/*.json"))
        return any(
            file.name == SKELETON_FILE or looks_like_labelme(head_of(file))
            for file in itertools.islice(files, _TRIED)
        )
    return path.suffix.lower() == ".json" and looks_like_labelme(head_of(path))


LABELME = Format("labelme", "labelme", (), _claims, read_labelme, write_labelme)
