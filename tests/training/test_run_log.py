"""The log holds one row a step, whatever is added when."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from clickpose_app.errors import ClickPoseError
from clickpose_app.training.run_log import CURVES_FILE, LOG_FILE, RunLog


def lines(folder: Path) -> list[str]:
    return (folder / LOG_FILE).read_text().splitlines()


def test_new_columns_join_the_old_ones(tmp_path: Path) -> None:
    log = RunLog(tmp_path, 0)
    log.add(10, {"total": 2.0})
    log.add(20, {"total": 1.5, "heat": 0.25})
    assert lines(tmp_path) == ["step,total,heat", "10,2,", "20,1.5,0.25"]


def test_what_is_measured_joins_the_row_of_its_step(tmp_path: Path) -> None:
    log = RunLog(tmp_path, 0)
    log.add(10, {"total": 2.0})
    log.add(10, {"AP": 0.5})
    assert lines(tmp_path) == ["step,total,AP", "10,2,0.5"]


def test_steps_that_will_be_taken_again_are_forgotten(tmp_path: Path) -> None:
    log = RunLog(tmp_path, 0)
    for step in (10, 20, 30):
        log.add(step, {"total": 2.0})
    again = RunLog(tmp_path, 20)
    assert lines(tmp_path) == ["step,total", "10,2", "20,2"]
    again.add(30, {"total": 1.0})
    assert lines(tmp_path)[-1] == "30,1"


def test_a_half_written_row_of_a_killed_run_is_read(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).write_text("step,total,AP\n10,2,\n20,1")
    RunLog(tmp_path, 20).add(30, {"total": 3.0})
    assert lines(tmp_path)[1:] == ["10,2,", "20,1,", "30,3,"]


def test_a_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).write_text("step,total\nten,2\n")
    with pytest.raises(ClickPoseError, match=LOG_FILE):
        RunLog(tmp_path, 0)


def test_a_measurement_gets_a_panel_of_its_own(tmp_path: Path) -> None:
    log = RunLog(tmp_path, 0)
    log.add(10, {"dense": 2.0, "dense/box": 2.0, "total": 2.0})
    log.draw()
    before = cv2.imread(str(tmp_path / CURVES_FILE))
    log.add(20, {"AP": 0.5, "AP50": 0.7})
    log.draw()
    after = cv2.imread(str(tmp_path / CURVES_FILE))
    assert before is not None and after is not None
    assert after.shape[0] > before.shape[0]


def test_an_empty_log_draws_nothing(tmp_path: Path) -> None:
    RunLog(tmp_path, 0).draw()
    assert not (tmp_path / CURVES_FILE).exists()
