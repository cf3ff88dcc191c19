"""Windows that are no larger than the screen that they open on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

# What the system draws around a window, in pixels of every desk that we know.
_SIDES = 16
_TITLE = 44


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or what the screen has room for; its frame counts."""
    screen = window.screen().availableSize()
    wanted = QSize(width, height).boundedTo(screen - QSize(_SIDES, _TITLE))
    window.resize(wanted.expandedTo(window.minimumSizeHint()))
