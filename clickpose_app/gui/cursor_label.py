"""A few words beside the cursor: the joint under it, or what the tool waits for."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from clickpose_app.core.annotation import Keypoint
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr

_OFFSET = QPoint(16, -30)  # screen pixels, so that the words hide nothing under the cursor


class CursorLabel(QLabel):
    """Follows the cursor inside its parent, and lets all clicks through."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("cursorLabel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str, at: QPoint) -> None:
        """Show the words beside a place of the parent; hide when there are none."""
        if text:
            self.setText(text)
            self.adjustSize()
            wanted = at + _OFFSET
            right = self._parent.width() - self.width()
            self.move(min(wanted.x(), right), max(0, wanted.y()))
        self.setVisible(bool(text))


def joint_words(name: str, keypoint: Keypoint) -> str:
    """The name of a joint, and who placed it how surely."""
    name = joint_name(name)
    if keypoint.pinned:
        return tr("{joint} · placed").format(joint=name)
    if keypoint.confidence is None:
        return name
    return f"{name} · {keypoint.confidence:.0%}"
