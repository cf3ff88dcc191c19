"""The canvas: people over their picture, and the hand that corrects them.

It changes nothing itself: it emits what the person did, named in the past tense.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QLineEdit, QWidget

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.cursor_label import CursorLabel
from clickpose_app.gui.drag import Band, Gesture
from clickpose_app.gui.hand import Hand, Tells
from clickpose_app.gui.handles import WORDS
from clickpose_app.gui.held_keys import HeldKeys, is_plain_space
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.hover import shape_at, tool_words, words_at
from clickpose_app.gui.magnifier import Magnifier
from clickpose_app.gui.people_view import PeopleView
from clickpose_app.gui.press import Press
from clickpose_app.gui.pyramid import Pyramid
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool


class Canvas(PeopleView):
    """Shows a picture and its people; tells what the person does with them."""

    target_clicked = Signal(object, object)
    """Person id and keypoint index; each may be None."""
    keypoint_dropped = Signal(str, int, float, float, bool)
    """Person id, keypoint index, x, y in image pixels, whether others may follow."""
    visibility_clicked = Signal(str, int)
    """Person id and keypoint index, by the right button."""
    box_drawn = Signal(object)
    """The Box of a new person."""
    box_redrawn = Signal(str, object)
    """Person id and their new Box."""
    crowd_drawn = Signal(object)
    """The Box of a new region to ignore."""
    pose_transformed = Signal(str, object)
    """Person id and the Similarity that moved, turned or scaled their whole pose."""
    beside_clicked = Signal(float, float)
    """x and y in image pixels of a click that took no joint."""
    people_hidden = Signal(bool)
    """Whether everything but the picture is hidden now."""
    dragging_changed = Signal(bool)
    """Whether a hand is moving something now."""
    space_tapped = Signal()
    """Space went down and up at once, and nothing was panned."""
    tool_changed = Signal(object)
    """The Tool that is active now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no picture and no people."""
        self._press: Press | None = None
        self._tool = Tool.SELECT
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Picture with poses"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._held = HeldKeys(self.hide_people, self._refresh_cursor, self.space_tapped.emit)
        self._band = QGraphicsRectItem()
        self._band.setZValue(3)
        self._band.hide()
        self.scene().addItem(self._band)
        self._label = CursorLabel(self.viewport())
        tells = Tells(self.keypoint_dropped.emit, self.box_redrawn.emit, self.pose_transformed.emit)
        self._hand = Hand(self._layer, lambda: self._annotation, self._inside, tells)
        self.magnifier = Magnifier(self.viewport(), self.picture)

    # What is shown

    def show_picture(self, image: QImage | Pyramid | None, skeleton: Skeleton | None) -> None:
        """Show another picture, or none; its people come by show_annotation."""
        self._cancel_press()
        self._label.hide()
        super().show_picture(image, skeleton)

    def show_annotation(self, annotation: ImageAnnotation) -> None:
        """Show the people as they are now; what is in the hand stays there."""
        super().show_annotation(annotation)
        press = self._press
        if press is not None and press.person_id is not None:
            # An earlier refinement arrives while the hand is at the next joint already.
            self._motion.stop()
            if not self._layer.has(press.person_id):
                self._cancel_press()
            elif press.dragging:
                self._drag(press)

    def show_selection(self, person_id: str | None, keypoint: int | None) -> None:
        """Show which person and which keypoint are selected."""
        super().show_selection(person_id, keypoint)
        if self._tool is Tool.PLACE and keypoint is None:
            self.use_tool(Tool.SELECT)

    def hide_people(self, hidden: bool) -> None:
        """Hide everything but the picture, to see what is there."""
        super().hide_people(hidden)
        self.people_hidden.emit(hidden)

    # Tools

    @property
    def tool(self) -> Tool:
        """What the left button does now."""
        return self._tool

    def use_tool(self, tool: Tool) -> None:
        """Let the left button do something else."""
        if self.image_size.isEmpty():
            tool = Tool.SELECT
        self._cancel_press()
        self._tool = tool
        if tool is not Tool.SELECT:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.viewport().unsetCursor()
        self._label.hide()
        self._show_handles()
        self.tool_changed.emit(tool)

    def escape(self) -> bool:
        """Give up a drag or leave a tool; False if there was neither."""
        if self._press is not None:
            self._cancel_press()
            return True
        if self._tool is not Tool.SELECT:
            self.use_tool(Tool.SELECT)
            return True
        return False

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

    # Gestures

    def _press_left(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        selected, k = self._selected, self._keypoint
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        spot = self.to_image(at)
        if (self._tool is Tool.PLACE or shift) and selected is not None and k is not None:
            spot = self._inside(spot)
            self.use_tool(Tool.SELECT)
            self.keypoint_dropped.emit(selected, k, spot.x(), spot.y(), True)
            return
        if self._tool is not Tool.SELECT:
            self._press = Press(at, None, self._band_gesture(spot), at, keys)
            return
        self._motion.stop()
        hit = self._hit(at)
        handle = self._handle_at(at, hit)
        gesture = self._hand.take(hit, handle, selected, spot, keys)
        press = self._press = Press(at, None if handle else hit, gesture, at, keys)
        if handle is None and press.person_id is not None:
            own = hit is not None and hit.person_id == press.person_id
            self.target_clicked.emit(press.person_id, hit.keypoint if hit and own else None)

    def _band_gesture(self, spot: QPointF) -> Gesture | None:
        """What drawing with the active tool does; None for a tool that draws nothing."""
        selected = self._selected
        tells: dict[Tool, Callable[[Box], object]] = {
            Tool.NEW_PERSON: self.box_drawn.emit,
            Tool.CROWD: self.crowd_drawn.emit,
        }
        if selected is not None:
            tells[Tool.BOX] = lambda box: self.box_redrawn.emit(selected, box)
        if self._tool not in tells:
            return None
        return Band(self._band, spot, self._inside, lambda: self.pixel, tells[self._tool])

    def _start_drag(self, press: Press) -> None:
        self._label.hide()
        if self._tool is Tool.SELECT and press.gesture is None:
            # Beside the joints, a drag moves the view, never a person.
            self.start_pan(press.at)
            return
        self._show_handles()
        self.dragging_changed.emit(True)

    def _drag(self, press: Press) -> None:
        if press.gesture is None:
            self.pan_to(press.last)
            return
        press.gesture.move(self.to_image(press.last), press.keys)
        if press.gesture.target is not None:
            spot = press.gesture.target
            self.magnifier.look_at(spot, self.mapFromScene(spot), 1.0 / self.pixel)
        self._label.say(press.gesture.words, press.last.toPoint())

    def _drop(self, press: Press, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._band.hide()
        self.magnifier.hide()
        self._label.hide()
        spot = self.to_image(at)
        if self._tool is not Tool.SELECT:
            self.use_tool(Tool.SELECT)
        if press.gesture is not None:
            press.gesture.drop(spot, keys)
            self._put_back()  # what was dropped where it came from

    def _cancel_press(self) -> None:
        press, self._press = self._press, None
        self._band.hide()
        self.magnifier.hide()
        if press is None:
            return
        if self.panning:
            self.end_pan()
        if press.gesture is not None and press.dragging:
            self._label.hide()
            self._put_back()
            self.dragging_changed.emit(False)

    def _put_back(self) -> None:
        """Draw everybody as they are."""
        self._layer.show_people(self._skeleton, self._annotation.people)
        self._show_handles()

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

    def _handles_wanted(self) -> bool:
        """Not while a tool waits, and out of the way of a hand that drags."""
        press = self._press
        dragging = press is not None and press.dragging and press.gesture is not None
        return super()._handles_wanted() and self._tool is Tool.SELECT and not dragging

    def _on_view_changed(self) -> None:
        """What is in the hand stays under the cursor while the view is zoomed or moved."""
        super()._on_view_changed()
        press = self._press
        if press is not None and press.dragging and press.gesture is not None:
            self._drag(press)
