"""A few tries of what make torture does by the hundred."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.torture import disks, exchanging, kills, meddling, slow_reads
from tests.torture.table import Fault, RefusedError, Row, table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        (kills.kill_export, 3),
        (exchanging.kill_exchange, 4),
        (kills.kill_migration, 2),
        (disks.full_under_window, 1),
        (disks.full_under_export, 1),
        (meddling.FAULTS["all-deleted"], 1),
        (meddling.clock_set_back, 1),
        (slow_reads.slow_images, 1),
    ],
    ids=[
        "export",
        "exchange",
        "migration",
        "full-window",
        "full-export",
        "all-deleted",
        "clock",
        "slow-images",
    ],
)
def test_nothing_is_lost(tmp_path: Path, fault: Fault, tries: int) -> None:
    row = fault(tmp_path, tries, 7)
    if row.skipped:
        pytest.skip(row.skipped)
    assert (row.tries, row.lost, row.refused) == (tries, 0, 0), row.findings


def test_the_table_counts_what_was_lost_and_what_was_refused() -> None:
    row = Row("fire")
    with row.counting():
        pass
    with row.counting():
        raise AssertionError("an edit is gone")
    with row.counting():
        raise RefusedError("no word")
    with row.counting():
        row.check_said("Traceback (most recent call last)")
    assert table([row]).splitlines()[-1] == "| fire | 4 | 1 | 2 |"
    assert row.findings[0] == "try 2: an edit is gone"
    assert "needs root" in table([Row("mount", skipped="needs root")])
