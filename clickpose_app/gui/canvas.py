"""The canvas: people over their picture, and the hand that corrects them.

It changes nothing itself: it emits what the person did, named in the past tense.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPen,
)
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.cursor_label import CursorLabel, joint_words
from clickpose_app.gui.hit import Hit, hit_test
from clickpose_app.gui.motion import Motion
from clickpose_app.gui.people_layer import PeopleLayer
from clickpose_app.gui.zoom_view import ZoomView

_REACH = 11.0  # screen pixels around a joint that still grab it
_DRAG_FROM = 3.0  # screen pixels that make a click a drag
_SMALLEST_BOX = 8.0  # image pixels; a smaller box was a slip of the hand


class Tool(enum.Enum):
    """What the left button does."""

    SELECT = "select"
    NEW_PERSON = "new person"
    BOX = "box"
    PLACE = "place"


@dataclass
class _Press:
    """A left button that is down: where it went down, and on what."""

    at: QPointF
    hit: Hit | None
    offset: QPointF
    last: QPointF
    dragging: bool = False


class Canvas(ZoomView):
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
    beside_clicked = Signal(float, float)
    """x and y in image pixels of a click that took no joint."""
    people_hidden = Signal(bool)
    """Whether everything but the picture is hidden now."""
    dragging_changed = Signal(bool)
    """Whether a hand is moving something now."""
    tool_changed = Signal(object)
    """The Tool that is active now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no picture and no people."""
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Picture with poses")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._skeleton: Skeleton | None = None
        self._annotation = ImageAnnotation()
        self._selected: str | None = None
        self._keypoint: int | None = None
        self._press: _Press | None = None
        self._space = False
        self._tool = Tool.SELECT
        self._layer = PeopleLayer(self.scene())
        self._motion = Motion(self._layer, self)
        self._band = QGraphicsRectItem()
        self._band.setZValue(3)
        self._band.hide()
        self.scene().addItem(self._band)
        self._label = CursorLabel(self.viewport())
        self.pixel_changed.connect(self._layer.set_pixel)

    # What is shown

    def show_picture(self, image: QImage | None, skeleton: Skeleton | None) -> None:
        """Show another picture, or none; its people come by show_annotation."""
        self._skeleton = skeleton
        self._cancel_press()
        self._motion.stop()
        self._label.hide()
        self.show_image(image)

    def show_annotation(self, annotation: ImageAnnotation) -> None:
        """Show the people as they are now; those who just followed glide there."""
        # Before the picture is there, poses would hang in the air.
        self._annotation = ImageAnnotation() if self.image_size.isEmpty() else annotation
        self._layer.show_people(self._skeleton, self._annotation.people)
        self._layer.show_selection(self._selected, self._keypoint)
        self._motion.start()
        press = self._press
        if press is not None and press.hit is not None:
            # An earlier refinement arrives while the hand is at the next joint already.
            self._motion.stop()
            if not self._layer.has(press.hit.person_id):
                self._cancel_press()
            elif press.dragging:
                self._drag(press, press.last)

    def show_selection(self, person_id: str | None, keypoint: int | None) -> None:
        """Show which person and which keypoint are selected."""
        self._selected, self._keypoint = person_id, keypoint
        self._layer.show_selection(person_id, keypoint)
        if self._tool is Tool.PLACE and keypoint is None:
            self.use_tool(Tool.SELECT)

    def note_followed(self, before: Person) -> None:
        """Let the next show_annotation move this person visibly."""
        self._motion.note(before)

    def shown_xy(self, person_id: str) -> FloatArray:
        """Where a person's joints are drawn now [K, 2], in image pixels."""
        return self._layer.shown_xy(person_id)

    def hide_people(self, hidden: bool) -> None:
        """Hide everything but the picture, to see what is there."""
        self._layer.set_visible(not hidden)
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
        cross = tool is not Tool.SELECT
        if cross:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.viewport().unsetCursor()
        self._label.hide()
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

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Left: the tool; middle or Space and left: pan; right: visibility."""
        at, button = event.position(), event.button()
        event.accept()
        if button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and self._space
        ):
            self.start_pan(at)
        elif self._press is not None:
            return
        elif button == Qt.MouseButton.RightButton:
            hit = self._hit(at)
            if hit is not None and hit.keypoint is not None:
                self.visibility_clicked.emit(hit.person_id, hit.keypoint)
        elif button == Qt.MouseButton.LeftButton:
            self._press_left(at, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Pan, drag, draw, or say what lies under the cursor."""
        at = event.position()
        event.accept()
        if self.pan_to(at):
            return
        press = self._press
        if press is None:
            self._hover(at)
            return
        moved = at - press.at
        if not press.dragging and max(abs(moved.x()), abs(moved.y())) >= _DRAG_FROM:
            press.dragging = True
            self._start_drag(press)
        press.last = at
        if press.dragging:
            self._drag(press, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drop what was dragged, or take the click for what it was."""
        event.accept()
        press = self._press
        if self.panning and event.button() in (
            Qt.MouseButton.MiddleButton,
            Qt.MouseButton.LeftButton,
        ):
            self.end_pan()
            self._press = None
            self._refresh_cursor()
            return
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._press = None
        if press.dragging:
            alone = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._drop(press, event.position(), follow=not alone)
            self.dragging_changed.emit(False)
        elif self._tool is Tool.SELECT and (press.hit is None or press.hit.keypoint is None):
            if press.hit is None:
                self.target_clicked.emit(None, None)
            spot = self.to_image(event.position())
            self.beside_clicked.emit(spot.x(), spot.y())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Keys that are held over the picture are meant for it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    # Keys that are held; all others are actions

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Space to pan, H to hide."""
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._refresh_cursor()
        elif event.key() == Qt.Key.Key_H and not event.modifiers():
            self.hide_people(True)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """As before the key went down."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._refresh_cursor()
        elif event.key() == Qt.Key.Key_H:
            self.hide_people(False)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Keys held while the focus leaves are released elsewhere."""
        self._space = False
        self.hide_people(False)
        super().focusOutEvent(event)

    # Gestures

    def _press_left(self, at: QPointF, shift: bool) -> None:
        selected, k = self._selected, self._keypoint
        if (self._tool is Tool.PLACE or shift) and selected is not None and k is not None:
            spot = self._inside(self.to_image(at))
            self.use_tool(Tool.SELECT)
            self.keypoint_dropped.emit(selected, k, spot.x(), spot.y(), True)
            return
        if self._tool is not Tool.SELECT:
            self._press = _Press(at, None, QPointF(), at)
            return
        hit = self._hit(at)
        offset = QPointF()
        if hit is not None and hit.keypoint is not None:
            self._motion.stop()
            x, y = self._layer.shown_xy(hit.person_id)[hit.keypoint]
            offset = QPointF(x, y) - self.to_image(at)
        self._press = _Press(at, hit, offset, at)
        if hit is not None:
            self.target_clicked.emit(hit.person_id, hit.keypoint)

    def _start_drag(self, press: _Press) -> None:
        self._label.hide()
        if self._tool is Tool.SELECT and (press.hit is None or press.hit.keypoint is None):
            # Beside the joints, a drag moves the view, never a person.
            self.start_pan(press.at)
            return
        self.dragging_changed.emit(True)

    def _drag(self, press: _Press, at: QPointF) -> None:
        if self.pan_to(at):
            return
        if press.hit is not None and press.hit.keypoint is not None:
            spot = self._inside(self.to_image(at) + press.offset)
            self._layer.show_joint(press.hit.person_id, press.hit.keypoint, spot.x(), spot.y())
        elif self._tool in (Tool.NEW_PERSON, Tool.BOX):
            box = self._drawn_box(press.at, at)
            self._band.setPen(QPen(palette.RIGHT, 1.5 * self.pixel))
            self._band.setRect(QRectF(box.x1, box.y1, box.width, box.height))
            self._band.show()

    def _drop(self, press: _Press, at: QPointF, *, follow: bool) -> None:
        self._band.hide()
        if press.hit is not None and press.hit.keypoint is not None:
            spot = self._inside(self.to_image(at) + press.offset)
            self.keypoint_dropped.emit(
                press.hit.person_id, press.hit.keypoint, spot.x(), spot.y(), follow
            )
            return
        tool, box = self._tool, self._drawn_box(press.at, at)
        if tool is Tool.SELECT:
            return
        self.use_tool(Tool.SELECT)
        if min(box.width, box.height) < _SMALLEST_BOX:
            return
        if tool is Tool.NEW_PERSON:
            self.box_drawn.emit(box)
        elif tool is Tool.BOX and self._selected is not None:
            self.box_redrawn.emit(self._selected, box)

    def _cancel_press(self) -> None:
        press, self._press = self._press, None
        self._band.hide()
        if press is None:
            return
        if self.panning:
            self.end_pan()
        elif press.dragging:
            self._layer.show_people(self._skeleton, self._annotation.people)
            self.dragging_changed.emit(False)

    def _hover(self, at: QPointF) -> None:
        hit = self._hit(at) if self._tool is Tool.SELECT else None
        self._layer.show_hover(hit)
        self._label.say(self._label_text(hit) if self._layer.visible else "", at.toPoint())
        if self._tool is Tool.SELECT and not self._space:
            over = hit is not None and hit.keypoint is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    def _label_text(self, hit: Hit | None) -> str:
        if self._skeleton is None:
            return ""
        if self._tool is Tool.NEW_PERSON:
            return "Draw a box around the new person"
        if self._tool is Tool.BOX:
            return "Draw the person's box anew"
        if self._tool is Tool.PLACE and self._keypoint is not None:
            return "Click: " + self._skeleton.keypoints[self._keypoint].replace("_", " ")
        if hit is None or hit.keypoint is None:
            return ""
        keypoint = self._annotation.person(hit.person_id).keypoints[hit.keypoint]
        return joint_words(self._skeleton.keypoints[hit.keypoint], keypoint)

    def _refresh_cursor(self) -> None:
        if self._space:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool is Tool.SELECT:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def _hit(self, at: QPointF) -> Hit | None:
        if not self._layer.visible:
            return None
        spot = self.to_image(at)
        reach = _REACH * self.pixel
        return hit_test(self._annotation.people, self._selected, spot.x(), spot.y(), reach)

    def _inside(self, spot: QPointF) -> QPointF:
        size = self.image_size
        return QPointF(
            min(max(spot.x(), 0.0), float(size.width())),
            min(max(spot.y(), 0.0), float(size.height())),
        )

    def _drawn_box(self, start: QPointF, end: QPointF) -> Box:
        a, b = self._inside(self.to_image(start)), self._inside(self.to_image(end))
        return Box.from_corners(a.x(), a.y(), b.x(), b.y())
