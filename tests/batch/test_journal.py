"""What a run has done, where the file that says so is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from clickpose_app.batch.journal import journal_path, open_journal
from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import ClickPoseError


class StoppedError(Exception):
    pass


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A result that is not there yet; its journal knows of one image."""
    out = tmp_path / "out.json"
    with pytest.raises(StoppedError), open_journal(out, "settings") as journal:
        journal.add(tmp_path / "a.jpg", 4, 3, ImageAnnotation())
        raise StoppedError
    return out


def test_what_was_done_is_known_again(out: Path) -> None:
    with open_journal(out, "settings") as journal:
        assert len(journal) == 1 and journal.has(out.with_name("a.jpg"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"CREATE TABLE done", b"CREATE TABL\xcb done"),
        (b"CREATE TABLE done", b"CREATE TABLX done"),
        (b"SQLite format 3", b"SQLite format 4"),
    ],
)
def test_a_damaged_one_is_named_with_the_way_out(out: Path, before: bytes, after: bytes) -> None:
    path = journal_path(out)
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after))
    says = pytest.raises(ClickPoseError, match=r"out\.json\.work.* damaged")
    with says as caught, open_journal(out, "settings"):
        pass
    assert caught.value.hint == "Delete it to start afresh."
