"""Take away permissions, for the time of a test."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

NOBODY = 65534


def read_only(*paths: Path) -> AbstractContextManager[None]:
    """Inside, these files and folders cannot be written, not even by a test that runs as root."""
    return _modes(paths, lambda mode: mode & ~0o222 | 0o004)


def unreadable(*paths: Path) -> AbstractContextManager[None]:
    """Inside, these files and folders cannot be read, not even by a test that runs as root."""
    return _modes(paths, lambda mode: mode & ~0o444)


@contextmanager
def _modes(paths: tuple[Path, ...], change: Callable[[int], int]) -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("Windows has no such permissions")
    modes = [path.stat().st_mode for path in paths]
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(change(mode))
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
