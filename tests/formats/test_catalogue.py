"""Every format is found by its name, and by what its files look like."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import (
    MODULES,
    NAMES,
    format_named,
    formats,
    recognised,
    recognised_around,
)
from tests.formats import coco_samples as coco


def test_every_format_has_its_name_and_module() -> None:
    assert [each.name for each in formats()] == list(NAMES)
    for module in MODULES:
        import_module(module)
    assert len({each.title for each in formats()}) == len(NAMES)


def test_plain_coco_is_taken_for_nothing_else(tmp_path: Path) -> None:
    path = coco.written(tmp_path / "people.json", coco.data_set())
    assert recognised(path) is format_named("coco")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", "[1]"), ("b.json", "{}"), ("c.yaml", "a: 1"), ("d.json", ""), ("e", "\x00")],
)
def test_other_files_are_claimed_by_nobody(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(FormatError, match="looks like none of the formats"):
        recognised(tmp_path / name)
    with pytest.raises(FormatError, match="looks like none of the formats"):
        recognised_around(tmp_path / name)


def test_a_file_stands_for_the_data_set_around_it(tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text("kpt_shape: [17, 3]")
    (tmp_path / "notes.txt").write_text("")
    assert recognised_around(tmp_path / "notes.txt") == (tmp_path, format_named("yolo-pose"))
