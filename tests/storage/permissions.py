"""Take away permission to write, for the time of a test."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65534
_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def read_only(*paths: Path) -> Iterator[None]:
    """Inside, these files and folders cannot be written, not even by a test that runs as root."""
    if sys.platform == "win32":
        pytest.skip("Windows has no folders without permission to write")
    modes = [path.stat().st_mode for path in paths]
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode & ~_WRITE | stat.S_IROTH)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(NOBODY)
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)
