"""Says at the end of a long run how many inputs were tried."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.harness import TALLY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each test, where CLICKPOSE_FUZZ_EXAMPLES asked for a long run."""
    if not os.environ.get("CLICKPOSE_FUZZ_EXAMPLES"):
        return
    terminalreporter.section("inputs tried, and refused in one sentence")
    for test in sorted(TALLY):
        tried, refused = TALLY[test]
        terminalreporter.write_line(f"{tried:>9,} {refused:>9,}  {test}")
