"""The log of the window."""

from __future__ import annotations

import faulthandler
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from clickpose_app import log_file


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level, kept_quiet = log_file.log.level, logging.raiseExceptions
    yield tmp_path / "log"
    log_file.log.setLevel(level)
    logging.raiseExceptions = kept_quiet
    faulthandler.enable()


def test_what_happens_is_in_the_log_with_its_place_in_the_program(folder: Path) -> None:
    with log_file.logging_to(folder) as path:
        assert path is not None
        try:
            raise ValueError("größer als gedacht")
        except ValueError as error:
            logging.getLogger("clickpose_app.gui").info("dragging", exc_info=error)
        assert log_file.last_lines(1) == "ValueError: größer als gedacht"
    text = path.read_text(encoding="utf-8")
    assert "dragging" in text
    assert "ValueError: größer als gedacht" in text
    assert "test_log_file.py" in text


def test_it_never_grows_beyond_two_files(folder: Path) -> None:
    with log_file.logging_to(folder):
        for _ in range(40):
            log_file.log.info("x" * 100_000)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == 3  # two of the log, and the one for crashes
    assert max(sizes) <= 1 << 20


def test_old_starts_are_forgotten(folder: Path) -> None:
    folder.mkdir()
    for day in range(10, 30):
        (folder / f"clickpose-202601{day}-120000-7.log").touch()
        (folder / f"clickpose-202601{day}-120000-7.log.crash").touch()
    (folder / "something else.log").touch()
    with log_file.logging_to(folder) as path:
        assert path is not None
    names = {each.name for each in folder.iterdir()}
    assert path.name in names
    assert "something else.log" in names
    assert "clickpose-20260129-120000-7.log.crash" in names
    assert len([name for name in names if name.endswith("-7.log")]) == 9
    assert "clickpose-20260120-120000-7.log" not in names


def test_without_a_place_to_write_the_program_runs_on(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with log_file.logging_to(blocked / "log") as path:
        assert path is None
        assert log_file.last_lines() == ""
