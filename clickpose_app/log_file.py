"""The log of the window: what happened, for whoever has to find out why it went wrong.

It says which project was open, what failed and where in the program; never what is on a
picture or in an annotation. It stays on this computer until somebody copies it.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

_KEPT = 10  # files, a start each
_BYTES = 1 << 20  # of one file, then its older half is dropped
_PATTERN = "clickpose-*.log*"

log = logging.getLogger("clickpose_app")


@contextmanager
def logging_to(folder: Path) -> Iterator[Path | None]:
    """Log to a file of this start's own, and throw away the files of old starts.

    Two windows that wrote to one file would rotate it away from each other. Gives the file, or
    None if it cannot be written: then the program runs without.

    Args:
        folder: where; made if it is not there.
    """
    path = folder / f"clickpose-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    with ExitStack() as opened:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _drop_oldest(folder)
            handler = RotatingFileHandler(
                path, maxBytes=_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace"
            )
            opened.callback(handler.close)
            crashes = opened.enter_context(path.with_suffix(".log.crash").open("w"))
        except OSError:
            yield None
            return
        handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        log.addHandler(handler)
        opened.callback(log.removeHandler, handler)
        log.setLevel(logging.INFO)
        # A full disk must not stop anybody from working, nor fill the terminal.
        logging.raiseExceptions = False
        # Where each thread was, should a library take the whole process down.
        faulthandler.enable(crashes)
        opened.callback(faulthandler.disable)
        yield path


def last_lines(count: int = 200) -> str:
    """The end of this start's log; empty if there is none."""
    for handler in log.handlers:
        if isinstance(handler, RotatingFileHandler):
            with suppress(OSError):
                text = Path(handler.baseFilename).read_text(encoding="utf-8", errors="replace")
                return "\n".join(text.splitlines()[-count:])
    return ""


def _drop_oldest(folder: Path) -> None:
    starts = sorted({path.name.partition(".log")[0] for path in folder.glob(_PATTERN)})
    for old in starts[: max(0, len(starts) - _KEPT + 1)]:
        for path in folder.glob(f"{old}.log*"):
            with suppress(OSError):
                path.unlink()
