from __future__ import annotations

import sys
from pathlib import Path

import pytest
from measuring import (
    HEADER,
    Measured,
    Taken,
    chosen,
    in_own_process,
    line,
    spread,
    table,
    take_often,
)

from clickpose_app.errors import ClickPoseError


def test_a_row_shows_the_median_and_the_quartiles_an_image() -> None:
    row = Measured("first pass", [Taken(t, 2 * t) for t in (10.0, 20, 30, 40, 50)], images=10)
    assert (spread(row, "wall").low, spread(row, "wall").median) == (2.0, 3.0)
    assert spread(row, "cpu").high == 8.0
    assert line(row, "wall").split() == ["first", "pass", "3.00", "2.00", "-", "4.00", "6.00"]


def test_the_ratio_to_the_floor_is_of_the_clock_that_is_shown() -> None:
    row = Measured("detect", [Taken(30.0, 12.0)], gflop=2.0, floor=Taken(10.0, 6.0))
    assert line(row, "wall").split()[-4:] == ["2.00", "10.0", "3.0", "33%"]
    assert line(row, "cpu").split()[-4:] == ["2.00", "6.00", "2.0", "50%"]


def test_several_images_share_the_floor_and_the_arithmetic_of_their_call() -> None:
    row = Measured("batch", [Taken(80.0, 80.0)], images=8, gflop=16.0, floor=Taken(40.0, 40.0))
    assert line(row, "wall").split()[-4:] == ["2.00", "5.00", "2.0", "50%"]


def test_a_row_that_failed_says_why() -> None:
    text = table([Measured("click", [], failure="no such weights")], "wall")
    assert text.splitlines()[0] == HEADER
    assert text.endswith("no such weights")


def test_columns_of_the_table_line_up_with_their_header() -> None:
    whole = Measured("x" * 46, [Taken(123.4, 9.9)], gflop=1.0, floor=Taken(1.0, 1.0))
    assert len(line(whole, "wall")) == len(HEADER)


def test_work_is_done_at_least_as_often_as_asked_and_no_more_than_allowed() -> None:
    done: list[int] = []
    assert len(take_often(lambda: done.append(1), 0.0, least=4)) == len(done) == 4
    assert len(take_often(lambda: done.append(1), 60.0, most=5)) == 5


def test_rows_are_chosen_by_parts_of_their_names_in_the_order_of_the_table() -> None:
    names = ["decode", "shipped refine 1", "ResNet-50 refine 1"]
    assert chosen(names, []) == names
    assert chosen(names, ["ResNet", "decode"]) == ["decode", "ResNet-50 refine 1"]
    with pytest.raises(ClickPoseError, match="'rifine'"):
        chosen(names, ["decode", "rifine"])


def test_a_row_can_be_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    script = tmp_path / "row.py"
    script.write_text("import sys\nprint('warming up')\nprint('[{\"wall\": 1.5, \"cpu\": 1}]')\n")
    assert in_own_process(script, ["--row", "x"]) == [Taken(1.5, 1.0)]


def test_a_process_that_falls_is_named_with_what_it_said(tmp_path: Path) -> None:
    script = tmp_path / "row.py"
    script.write_text("import sys\nsys.exit('no display')\n")
    with pytest.raises(ClickPoseError, match=r"row\.py failed: no display"):
        in_own_process(script, [])
    assert sys.executable
