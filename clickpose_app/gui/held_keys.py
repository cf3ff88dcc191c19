"""Keys that mean something while they are held over the picture; all others are actions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_TAP_MS = 300  # a key held longer was not tapped


def is_plain_space(event: QEvent) -> bool:
    """Whether a key event is about Space, without Shift and the like."""
    return (
        isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and not event.modifiers()
    )


class HeldKeys:
    """Space, which pans while it is held and can be tapped, and H, which hides all poses.

    Attributes:
        space: whether Space is down.
    """

    def __init__(
        self,
        hide: Callable[[bool], object],
        space_changed: Callable[[], object],
        space_tapped: Callable[[], object],
    ) -> None:
        """Start with no key down.

        Args:
            hide: told whether H is down.
            space_changed: told that Space went down or up.
            space_tapped: told that Space went down and up at once, and nothing was panned.
        """
        self.space = False
        self._tap_from: int | None = None
        self._hide = hide
        self._space_changed, self._space_tapped = space_changed, space_tapped

    def press(self, event: QKeyEvent, *, busy: bool) -> bool:
        """Take a key that goes down; False if it is another one.

        Args:
            event: of the key.
            busy: whether the hand holds something, so that Space is not tapped.
        """
        if event.key() == Qt.Key.Key_Space:
            self.space = True
            if not event.isAutoRepeat():
                self._tap_from = None if busy else event.timestamp()
            self._space_changed()
        elif event.key() == Qt.Key.Key_H and not event.modifiers():
            self._hide(True)
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """As before the key went down; False if it is another one."""
        if event.isAutoRepeat():
            return True
        if event.key() == Qt.Key.Key_Space:
            self.space = False
            self._space_changed()
            start, self._tap_from = self._tap_from, None
            if start is not None and event.timestamp() - start < _TAP_MS:
                self._space_tapped()
        elif event.key() == Qt.Key.Key_H:
            self._hide(False)
        else:
            return False
        return True

    def note_pan(self) -> None:
        """Something is panned: Space will not have been tapped."""
        self._tap_from = None

    def let_go(self) -> None:
        """Keys held while the focus leaves are released elsewhere."""
        self.space = False
        self._tap_from = None
        self._hide(False)
