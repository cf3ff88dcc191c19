"""A process that tries what may be damaged takes no more than its share."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such bounds")

_DEVOURS = """
from clickpose_app.bounded_process import bound_this_process
import resource
bound_this_process()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
bytearray(1 << 20)
try:
    bytearray(64 << 30)
except MemoryError:
    print("refused")
"""


def test_a_bounded_process_gets_some_memory_and_not_all() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DEVOURS], capture_output=True, text=True, check=True
    )
    assert done.stdout == "refused\n"
