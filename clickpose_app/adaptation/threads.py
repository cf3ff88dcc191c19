"""How many processor cores learning takes."""

from __future__ import annotations

import os

import cv2
import torch


def use_threads(count: int | None) -> None:
    """Compute on so many cores; all but one if None, so that the window stays quick."""
    chosen = count if count is not None else max(1, (os.cpu_count() or 2) - 1)
    torch.set_num_threads(chosen)
    cv2.setNumThreads(1)
