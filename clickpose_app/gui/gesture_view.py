"""People over their picture, and the gestures that take hold of them.

Nothing is changed here: what a gesture did is emitted, named in the past tense.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.cursor_label import CursorLabel
from clickpose_app.gui.drag import Band, Gesture
from clickpose_app.gui.hand import Hand, Tells
from clickpose_app.gui.magnifier import Magnifier
from clickpose_app.gui.people_view import PeopleView
from clickpose_app.gui.press import Press
from clickpose_app.gui.pyramid import Pyramid
from clickpose_app.gui.tools import Tool


class GestureView(PeopleView):
    """Knows the active tool, and what is in the hand from press to release."""

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
    tool_changed = Signal(object)
    """The Tool that is active now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty hand."""
        self._press: Press | None = None
        self._tool = Tool.SELECT
        super().__init__(parent)
        self._band = QGraphicsRectItem()
        self._band.setZValue(3)
        self._band.hide()
        self.scene().addItem(self._band)
        self._label = CursorLabel(self.viewport())
        tells = Tells(self.keypoint_dropped.emit, self.box_redrawn.emit, self.pose_transformed.emit)
        self._hand = Hand(self._layer, lambda: self._annotation, self.inside, tells)
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

    # Gestures

    def _press_left(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        selected, k = self._selected, self._keypoint
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        spot = self.to_image(at)
        if (self._tool is Tool.PLACE or shift) and selected is not None and k is not None:
            spot = self.inside(spot)
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
        return Band(self._band, spot, self.inside, lambda: self.pixel, tells[self._tool])

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
