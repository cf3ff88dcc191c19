"""Digits choose a person from the lists as well."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class ListKeys(QObject):
    """Keeps lists from looking for rows that begin with a digit: the window needs those keys."""

    def __init__(self, *views: QAbstractItemView) -> None:
        """Watch the lists; lives as long as the first of them."""
        super().__init__(views[0])
        for view in views:
            view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let a plain digit go on to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _DIGITS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
