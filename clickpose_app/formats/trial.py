"""Read a file in another process first, because a damaged one can crash the library that reads.

HDF5 does not survive every flipped bit: the process ends, and with it a window full of work. So
the same reading is tried where nothing is lost, and repeated here only if it went well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from clickpose_app.bounded_process import bound_this_process
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.optional_library import first_line

_SECONDS = 120
_SECONDS_A_MEGABYTE = 1.0
_REFUSED, _FAILED = 3, 4


def try_reading(path: Path, module: str, function: str) -> None:
    """Call a function of one of our modules with the path, in a process of its own.

    Args:
        path: of the file, which must be there.
        module: dotted name.
        function: takes the path, and raises FormatError for what it does not like.

    Raises:
        FormatError: what the function raised; or that the file is damaged, if the process ended
            or did not come to an end.
    """
    if getattr(sys, "frozen", False):
        return  # there is no Python to start, and none of these libraries either
    damaged = FormatError(
        Words(
            "{path} is damaged: the library that reads such files cannot cope with it.", path=path
        ),
        Words("Copy it again from where it came."),
    )
    try:
        limit = _SECONDS + _SECONDS_A_MEGABYTE * path.stat().st_size / 1e6
        done = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import main; main()", module, function, path],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise damaged from error
    except OSError as error:
        raise FormatError(
            Words("{path} cannot be read: {value}.", path=path, value=error.strerror or error)
        ) from error
    if done.returncode in (_REFUSED, _FAILED):
        raise FormatError(*json.loads(done.stdout))
    if done.returncode:
        raise damaged


def main() -> None:
    """What the other process does; its answer is its exit code, and JSON about an error."""
    module, function, path = sys.argv[1:]
    bound_this_process()
    try:
        getattr(import_module(module), function)(Path(path))
    except FormatError as error:
        print(json.dumps([error.message, error.hint]))
        sys.exit(_REFUSED)
    except Exception as error:  # which the library did not turn into one of ours
        print(json.dumps([f"{path} cannot be read: {first_line(error)}.", "Copy it again."]))
        sys.exit(_FAILED)
