"""What a library may do with a file; each is tried in a process of its own."""

from __future__ import annotations

import os
import time
from pathlib import Path

from clickpose_app.errors import FormatError


def succeed(path: Path) -> None:
    """Nothing is wrong."""
    assert path.is_file()


def refuse(path: Path) -> None:
    """Our own error."""
    raise FormatError(f"{path} is of last year.", "Wait für this year's.")


def stumble(path: Path) -> None:
    """An error of a library."""
    raise KeyError(path.name)


def crash(path: Path) -> None:  # noqa: ARG001
    """The end of the process, as by a segmentation fault."""
    os.abort()


def hang(path: Path) -> None:  # noqa: ARG001
    """No end at all."""
    time.sleep(600)


def devour(path: Path) -> None:  # noqa: ARG001
    """More memory than there may be."""
    bytearray(1 << 40)
