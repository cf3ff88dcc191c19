"""Bounds for a process that tries what may be damaged, so that it harms nobody but itself."""

from __future__ import annotations

import sys

_MEMORY = 6 << 30  # address space in bytes: libraries map far more than they use


def bound_this_process() -> None:
    """Let this process take no more than some memory, and leave no core file when it crashes.

    Windows knows no such bounds; there a crash is all that it is protected from.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
