"""How many processor cores learning takes, and who else comes first."""

from __future__ import annotations

import os
import sys

import cv2
import torch

_BEHIND = 10  # how nice Unix lets a process be that works behind the others


def step_back() -> None:
    """Let other programs have the processor first, whenever they need it."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(_BEHIND)


def use_threads(count: int | None) -> None:
    """Compute on so many cores; all but one if None, so that the window stays quick."""
    chosen = count if count is not None else max(1, (os.cpu_count() or 2) - 1)
    torch.set_num_threads(chosen)
    cv2.setNumThreads(1)
