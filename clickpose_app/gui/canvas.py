"""The canvas: what mouse and keys do to the people over their picture.

It changes nothing itself: it emits what the person did, named in the past tense.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clickpose_app.gui.gesture_view import GestureView
from clickpose_app.gui.handles import WORDS
from clickpose_app.gui.held_keys import HeldKeys, is_plain_space
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.hover import shape_at, tool_words, words_at
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool


class Canvas(GestureView):
    """Shows a picture and its people; tells what the person does with them."""

    space_tapped = Signal()
    """Space went down and up at once, and nothing was panned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no picture and no people."""
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Picture with poses"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._held = HeldKeys(self.hide_people, self._refresh_cursor, self.space_tapped.emit)

    @property
    def space_held(self) -> bool:
        """Whether Space is down, so that a drag pans."""
        return self._held.space

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Left: the tool; middle or Space and left: pan; right: visibility."""
        at, button = event.position(), event.button()
        event.accept()
        if button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and self._held.space
        ):
            self._held.note_pan()
            self.start_pan(at)
        elif self._press is not None or self.panning:
            return  # one thing at a time: a second button does not disturb the hand
        elif button == Qt.MouseButton.RightButton:
            hit = self._hit(at)
            if hit is not None and hit.keypoint is not None:
                self.visibility_clicked.emit(hit.person_id, hit.keypoint)
        elif button == Qt.MouseButton.LeftButton:
            self._press_left(at, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Pan, drag, draw, or say what lies under the cursor."""
        at = event.position()
        event.accept()
        press = self._press
        if press is not None:
            press.last, press.keys = at, event.modifiers()
        if self.pan_to(at):
            return
        if press is None:
            self._hover(at, event.modifiers())
            return
        if not press.dragging and press.far:
            press.dragging = True
            self._start_drag(press)
        if press.dragging:
            self._drag(press)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drop what was dragged, or take the click for what it was."""
        event.accept()
        press = self._press
        left = event.button() == Qt.MouseButton.LeftButton
        busy = press is not None and press.gesture is not None
        if self.panning and (event.button() == Qt.MouseButton.MiddleButton or (left and not busy)):
            self.end_pan()
            if not busy:
                self._press = None
            self._refresh_cursor()
            return
        if press is None or not left:
            return
        self._press = None
        if press.dragging:
            self._drop(press, event.position(), event.modifiers())
            self.dragging_changed.emit(False)
        elif (
            self._tool is Tool.SELECT
            and press.gesture is None
            and (press.hit is None or press.hit.keypoint is None)
        ):
            if press.hit is None:
                self.target_clicked.emit(None, None)
            spot = self.to_image(event.position())
            self.beside_clicked.emit(spot.x(), spot.y())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Keys that are held over the picture are meant for it."""
        # Words that are being written go on where they are written.
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    # Keys that are held; all others are actions

    def event(self, event: QEvent) -> bool:
        """Space is ours before it is an action's: held, it pans."""
        if event.type() == QEvent.Type.ShortcutOverride and is_plain_space(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Space to pan, H to hide."""
        if not self._held.press(event, busy=self._press is not None):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """As before the key went down."""
        if not self._held.release(event):
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Keys held while the focus leaves are released elsewhere."""
        self._cancel_press()  # the button may come up elsewhere, too
        self._held.let_go()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Nobody drops what they cannot see."""
        self._cancel_press()
        super().hideEvent(event)

    # What lies under the cursor

    def _hover(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        hit = self._hit(at) if self._tool is Tool.SELECT else None
        handle = self._handle_at(at, hit) if self._tool is Tool.SELECT else None
        self._layer.show_hover(hit if handle is None else None)
        self._handles.show_hover(handle)
        words = self._words_at(hit) if handle is None else tr(WORDS[handle])
        below = QPoint(0, 0 if handle is None else 56)  # words leave other handles free
        self._label.say(words if self._layer.visible else "", at.toPoint() + below)
        if self._tool is Tool.SELECT and not self._held.space:
            self.viewport().setCursor(shape_at(hit, handle, keys))

    def _words_at(self, hit: Hit | None) -> str:
        if self._tool is Tool.SELECT:
            return words_at(hit, self._annotation, self._skeleton)
        return tool_words(self._tool, self._skeleton, self._keypoint)

    def _refresh_cursor(self) -> None:
        if self._held.space:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool is Tool.SELECT:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
