"""The heading of a panel, with its icon."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from clickpose_app.gui import icons

_ICON = 16
_LEFT = 8


class PanelTitle(QLabel):
    """A label with room for an icon before its words."""

    def __init__(self, panel: str, words: str) -> None:
        """Head the panel of that name in PANEL_ICONS."""
        super().__init__(words)
        self._icon = icons.PANEL_ICONS[panel]
        self.setObjectName("panelTitle")
        self.setContentsMargins(_ICON + _LEFT, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The words, then the icon; it follows the theme by itself."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(_LEFT, (self.height() - _ICON) // 2, _ICON, _ICON)
        icons.icon(self._icon).paint(painter, place)
        painter.end()
