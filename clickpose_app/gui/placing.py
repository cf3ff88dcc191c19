"""Joint by joint: each click places the next joint, whose name is at the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from clickpose_app.core import placing
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.cursor_label import CursorLabel
from clickpose_app.gui.joint_steps import JointSteps
from clickpose_app.gui.joint_walk import JointWalk
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_HINT_SPOT = QPoint(24, 48)  # viewport pixels, for the words while the cursor is elsewhere


class Placing(QObject):
    """While it is active, clicks on the canvas place joints and a few keys are its own.

    Everything else works as ever: zoom, pan, undo. Any other edit ends it.
    """

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, session: Session, browser: Browser, canvas: Canvas) -> None:
        """Be ready; nothing is placed yet."""
        super().__init__(canvas)
        self._session, self._browser, self._canvas = session, browser, canvas
        self._steps = JointSteps(session, browser)
        self._walk: JointWalk | None = None
        self._acting = False
        self._label: CursorLabel | None = None
        self._at = _HINT_SPOT
        canvas.viewport().installEventFilter(self)
        canvas.installEventFilter(self)
        canvas.tool_changed.connect(self._on_canvas_tool_changed)
        session.annotation_changed.connect(self._on_session_annotation_changed)
        session.selection_changed.connect(self._on_session_selection_changed)
        session.joints_wanted.connect(self.begin)
        browser.image_opened.connect(self.end)
        browser.project_opened.connect(self.end)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        return {"new_person_joints": self.begin_new, "place_missing": self.begin_selected}

    @property
    def active(self) -> bool:
        """Whether clicks place joints now."""
        return self._walk is not None

    @property
    def next_joint(self) -> int | None:
        """The keypoint that the next click places."""
        return None if self._walk is None else self._walk.next_joint

    @property
    def words(self) -> str:
        """What stands at the cursor; empty while nothing is placed."""
        walk, k = self._walk, self.next_joint
        if walk is None or k is None:
            return ""
        joint = self._session.joint_name(k)
        if walk.occluded:
            return tr("Click: {joint}, occluded · Q: visible · Esc: done").format(joint=joint)
        return tr("Click: {joint} · Right click: not visible · Esc: done").format(joint=joint)

    # Beginning and end

    def begin_new(self) -> None:
        """Place the joints of a new person in the order of the skeleton."""
        project = self._browser.project
        if project is None or self._canvas.image_size.isEmpty():
            self.notice.emit(tr("Open an image first."))
            return
        self._begin(JointWalk(self._session, tuple(range(len(project.skeleton)))))

    def begin_selected(self) -> None:
        """Place the joints that the selected person lacks."""
        person = self._session.chosen_person()
        if person is not None:
            self.begin(person.id)

    def begin(self, person_id: str) -> None:
        """Place the joints that a person lacks; if none, those that no hand has placed."""
        order = placing.joints_to_place(self._session.annotation.person(person_id))
        if order:
            self._begin(JointWalk(self._session, order, person_id))
        else:
            self.notice.emit(tr("Every joint of this person was placed by hand already."))

    def end(self) -> None:
        """Let clicks mean what they mean otherwise; what was placed stays."""
        walk, self._walk = self._walk, None
        if walk is None:
            return
        if self._label is not None:
            self._label.hide()
        if self._canvas.tool is not Tool.SELECT:
            return  # another tool took over, with the joint that is selected
        self._canvas.use_tool(Tool.SELECT)  # gives the cursor its shape back
        if walk.person_id is not None and self._session.person_id == walk.person_id:
            self._session.select(walk.person_id)

    def _begin(self, walk: JointWalk) -> None:
        self.end()
        self._canvas.use_tool(Tool.SELECT)
        self._walk = walk
        self._canvas.setFocus()
        self._show()
        self.notice.emit(
            tr("S or right click: not visible · Q: occluded · Backspace: one back · Enter: done")
        )

    # What the hand does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take clicks and a few keys while placing; leave all others to the canvas."""
        if isinstance(event, QKeyEvent) and watched is self._canvas:
            if self._walk is not None and event.type() in _KEYS:
                return self._take_key(event)
        elif isinstance(event, QMouseEvent) and watched is self._canvas.viewport():
            self._at = event.position().toPoint()
            if self._walk is not None and not self._canvas.panning:
                return self._take_mouse(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Backspace: self.take_back,
            Qt.Key.Key_S: self.skip,
            Qt.Key.Key_Q: self.toggle_occluded,
            Qt.Key.Key_Escape: self.end,
            Qt.Key.Key_Return: self.end,
            Qt.Key.Key_Enter: self.end,
        }
        act = acts.get(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if act is None or plain:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            act()
        return True

    def _take_mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._show()
            return True
        pan = event.button() == Qt.MouseButton.MiddleButton or self._canvas.space_held
        if pan or event.type() not in _PRESSES:
            return False
        if event.button() == Qt.MouseButton.LeftButton:
            self._place(self._canvas.to_image(event.position()))
        elif event.button() == Qt.MouseButton.RightButton:
            self.skip()
        return True

    def _place(self, spot: QPointF) -> None:
        walk, k = self._walk, self.next_joint
        if walk is None or k is None:
            return
        spot = self._canvas.inside(spot)
        left_out = tuple(walk.passed) if walk.whose is None else ()

        def place() -> bool:
            person_id = self._steps.place(
                walk.whose, k, spot.x(), spot.y(), occluded=walk.occluded, left_out=left_out
            )
            walk.person_id = person_id or walk.person_id
            return person_id is not None

        self._step(walk, place)

    def skip(self) -> None:
        """The next joint cannot be seen: leave it out and go on."""
        walk, k = self._walk, self.next_joint
        if walk is None or k is None:
            return
        whose = walk.whose
        if whose is not None:
            self._step(walk, lambda: self._steps.leave_out(whose, k))
        elif walk.pass_over(k):
            self._show()

    def toggle_occluded(self) -> None:
        """Something hides the next joint, or not."""
        if self._walk is not None:
            self._walk.occluded = not self._walk.occluded
            self._show()

    def take_back(self) -> None:
        """Undo the joint that was placed or left out last."""
        walk = self._walk
        if walk is None:
            return
        if walk.count > 0:
            self._session.undo()
        elif walk.passed:
            walk.passed.pop()
            self._show()

    def _step(self, walk: JointWalk, act: Callable[[], bool]) -> None:
        """Make one step of the history, and go on to the next joint."""
        self._acting = True
        try:
            made = act()
        finally:
            self._acting = False
        if not made:
            self.end()
            return
        walk.go_on()
        self._show()

    # What follows from it

    def _show(self) -> None:
        """Select the next joint and say its name at the cursor; end after the last one."""
        walk = self._walk
        if walk is None:
            return
        if self.next_joint is None:
            self.end()
            self.notice.emit(tr("All joints are gone through. Drag one to correct it."))
            return
        whose = walk.whose
        self._acting = True
        self._session.select(whose, None if whose is None else self.next_joint)
        self._acting = False
        if self._label is None:
            self._label = CursorLabel(self._canvas.viewport())
        self._label.say(self.words, self._at)
        self._canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def _on_session_annotation_changed(self) -> None:
        walk = self._walk
        if walk is None or self._acting:
            return
        if walk.left:
            self.end()
        else:
            self._show()

    def _on_session_selection_changed(self) -> None:
        walk = self._walk
        if walk is None or self._acting:
            return
        if self._session.person_id != walk.whose:
            self.end()

    def _on_canvas_tool_changed(self, tool: Tool) -> None:
        if tool is not Tool.SELECT:
            self.end()
