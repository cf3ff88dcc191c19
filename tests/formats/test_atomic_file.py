"""Either the old file or the complete new one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clickpose_app.errors import FormatError
from clickpose_app.formats.atomic_file import atomic_file, remove_leftovers
from tests.storage.permissions import read_only


@contextmanager
def full_disk(megabytes: int) -> Iterator[None]:
    """Inside, the system refuses files that are larger."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes << 20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with atomic_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(KeyError), atomic_file(path) as file:
        file.write(b"new")
        raise KeyError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_content_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with (
        pytest.raises(FormatError, match=r"a\.json cannot be written: File too large"),
        full_disk(megabytes=1),
        atomic_file(path) as file,
    ):
        for _ in range(3):
            file.write(b"x" * (1 << 20))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(FormatError, match="cannot be written: No such file"),
        atomic_file(tmp_path / "gone" / "a.json"),
    ):
        pass


def test_a_folder_that_is_closed_is_named(tmp_path: Path) -> None:
    with (
        read_only(tmp_path),
        pytest.raises(FormatError, match="cannot be written: Permission denied"),
        atomic_file(tmp_path / "a.json"),
    ):
        pass


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    with (
        pytest.raises(FormatError, match="not a file that can be replaced"),
        atomic_file(tmp_path),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with atomic_file(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_stay_and_new_files_have_the_usual_ones(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.write_bytes(b"")
    old.chmod(0o640)
    usual.write_bytes(b"")
    for path in (old, new):
        with atomic_file(path):
            pass
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


def test_leftovers_of_killed_writers_go_away_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with atomic_file(path):
        (growing,) = [p for p in tmp_path.iterdir() if p != path]
    left = [growing, growing.with_name(growing.name.replace("-", "-0"))]
    others = [tmp_path / ".other.json-1.tmp", tmp_path / ".out.json-notes", path]
    for file in (*left, *others):
        file.write_bytes(b"x")
    remove_leftovers(path)
    assert sorted(tmp_path.iterdir()) == sorted(others)
