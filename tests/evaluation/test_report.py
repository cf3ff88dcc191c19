"""A report: its keys, its table, and what saving means."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from clickpose_app.errors import FormatError
from clickpose_app.evaluation.bootstrap import resample_images
from clickpose_app.evaluation.report import Report, write_report

# Two images: two people on the first, one on the second.
MANUAL = [np.array([[4.0, 5.0, 8.0], [2.0, 3.0, 4.0]]), np.array([[3.0, 4.0, 6.0]])]
REFINED = [clicks / 2 for clicks in MANUAL]


def report() -> Report:
    made, resamples = Report(), resample_images(2)
    made.add_figures({"AP": 0.5}, {"AP": np.linspace(0.4, 0.6, 1001)})
    made.add_clicks("noc_person", REFINED, resamples)
    made.add_clicks("noc_person_manual", MANUAL, resamples)
    made.add_saved("noc_person_saved", REFINED, MANUAL, resamples)
    made.counts |= {"people": 3, "people_found": 2}
    return made


def test_figures_and_intervals_stand_under_the_same_names(tmp_path: Path) -> None:
    write_report(tmp_path / "r.json", report())
    content = json.loads((tmp_path / "r.json").read_text())
    assert content["AP"] == 0.5
    assert content["ci95"]["AP"] == pytest.approx([0.405, 0.595])
    assert content["noc_person_manual"] == {"85": 3.0, "90": 4.0, "95": 6.0}
    assert content["noc_person"]["95"] == 3.0
    assert content["ci95"]["noc_person_manual"]["95"] == [6.0, 6.0]
    assert (content["people"], content["people_found"]) == (3, 2)


def test_what_is_saved_is_a_ratio_on_the_same_people() -> None:
    made = report()
    assert made.clicks["noc_person_saved"] == {"85": 0.5, "90": 0.5, "95": 0.5}
    # However the images are drawn, half is saved.
    assert made.ci95["noc_person_saved"] == dict.fromkeys(("85", "90", "95"), (0.5, 0.5))


def test_where_no_click_was_needed_there_is_no_ratio() -> None:
    made, nothing = Report(), [np.zeros((1, 3))]
    made.add_saved("noc_person_saved", nothing, nothing, resample_images(1))
    assert made.clicks["noc_person_saved"]["85"] == -1
    assert made.ci95["noc_person_saved"] == dict.fromkeys(("85", "90", "95"), (-1.0, -1.0))


def test_a_data_set_without_people_has_no_mean() -> None:
    made = Report()
    made.add_clicks("noc_person", [np.zeros((0, 3))], resample_images(1))
    assert made.clicks["noc_person"]["95"] == -1


def test_the_table_says_it_to_people() -> None:
    lines = report().as_text().splitlines()
    assert lines[0] == "AP    0.5000 [0.4050, 0.5950]"
    assert lines[2].split() == ["clicks", "at", "85", "%", "at", "90", "%", "at", "95", "%"]
    assert lines[4].startswith("by hand ")
    assert "6.00 [6.00, 6.00]" in lines[4]
    assert lines[-1] == "2 of 3 people found."


def test_a_report_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        write_report(tmp_path / "nowhere" / "r.json", report())
