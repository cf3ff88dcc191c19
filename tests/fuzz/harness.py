"""What all fuzz tests share: how long they search, and what counts as surviving an input.

``make test`` tries a few inputs, the same each time. ``make fuzz`` tries many new ones:
CLICKPOSE_FUZZ_EXAMPLES says how many a test, and what falls is printed with its seed.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings

from clickpose_app.errors import ClickPoseError

Result = TypeVar("Result")

CORPUS = Path(__file__).parent / "corpus"

TALLY: dict[str, list[int]] = {}
"""By test: how many inputs were tried, and how many of them refused."""

_GIVEN = os.environ.get("CLICKPOSE_FUZZ_EXAMPLES", "")
_HANGING = 60  # seconds after which an input counts as endless
_MOST_BYTES = 2 << 30


def examples(short: int) -> settings:
    """Settings of a fuzz test: that many examples in the short run, always the same ones."""
    return settings(
        max_examples=int(_GIVEN) if _GIVEN else short,
        derandomize=not _GIVEN,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def survived(path: Path, action: Callable[[], Result]) -> Result | None:
    """The result of an action, or None if it refused its input as it should.

    It should raise a ClickPoseError of one sentence that names the file. Any other exception
    falls through; an action that hangs ends the test run, and one that needs more memory than
    there may be fails.
    """
    count = TALLY.setdefault(_running_test(), [0, 0])
    count[0] += 1
    with _in_time_and_memory():
        try:
            return action()
        except ClickPoseError as error:
            count[1] += 1
            check_error(path, error)
            return None


def check_error(path: Path, error: ClickPoseError) -> None:
    """Fail unless the error is one line that names the file."""
    assert path.name in error.message, f"names no file: {error.message}"
    assert error.message == error.message.strip()
    assert len(error.message.splitlines()) == 1, f"several lines: {error.message!r}"
    assert len(error.message) < 1500, f"too long: {error.message[:200]!r}"
    assert error.message.endswith((".", "?", "!")), f"no sentence: {error.message!r}"


@contextmanager
def _in_time_and_memory() -> Iterator[None]:
    before = _peak_bytes()
    # Into a file, because pytest keeps what is printed by a process that ends like this.
    with (Path(tempfile.gettempdir()) / "clickpose-fuzz-hangs.txt").open("w") as trace:
        faulthandler.dump_traceback_later(_HANGING, exit=True, file=trace)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
    assert _peak_bytes() - before < _MOST_BYTES, "needs more than two gigabytes"


def _running_test() -> str:
    """File and name of the test, as pytest has them."""
    name = os.environ.get("PYTEST_CURRENT_TEST", "outside of a test")
    return name.split("/")[-1].rsplit(" ", 1)[0]


def _peak_bytes() -> int:
    """The most memory that this process has had so far; 0 where nobody says."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
