"""What every test shares: no screen, no clock, and no log line that nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Before Qt is loaded by anyone; a person who wants to watch sets it otherwise.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "clickpose",
    deadline=None,
    derandomize=True,
    # Both measure time, which on a busy machine says nothing about the code.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("clickpose")


@pytest.fixture(autouse=True)
def no_unexpected_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning; one that expects it calls ``caplog.clear()`` at its end."""
    yield
    unexpected = [
        r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.WARNING
    ]
    assert not unexpected
