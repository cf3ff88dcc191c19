"""Work with very many records at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Let Python not look for reference cycles while the block lasts.

    Records are trees, which reference counting frees. The search, begun again and again as
    their number grows, would look at all of them in vain.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
