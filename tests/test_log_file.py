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
    before, level = list(log_file.log.handlers), log_file.log.level
    yield tmp_path / "log"
    for handler in log_file.log.handlers[:]:
        if handler not in before:
            log_file.log.removeHandler(handler)
            handler.close()
    log_file.log.setLevel(level)
    logging.raiseExceptions = True
    log_file.stop_noting_crashes()
    faulthandler.enable()


def test_what_happens_is_in_the_log_with_its_place_in_the_program(folder: Path) -> None:
    path = log_file.start(folder)
    assert path is not None
    try:
        raise ValueError("größer als gedacht")
    except ValueError as error:
        logging.getLogger("clickpose_app.gui").info("dragging", exc_info=error)
    text = path.read_text(encoding="utf-8")
    assert "dragging" in text
    assert "ValueError: größer als gedacht" in text
    assert "test_log_file.py" in text
    assert log_file.last_lines(1) == "ValueError: größer als gedacht"


def test_it_never_grows_beyond_two_files(folder: Path) -> None:
    assert log_file.start(folder) is not None
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
    path = log_file.start(folder)
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
    assert log_file.start(blocked / "log") is None
    assert log_file.last_lines() == ""
