"""Walk one joint through all people and all listed images, a click each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from clickpose_app.core.annotation import ImageState, Person
from clickpose_app.core.geometry import Box
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool

Key = Qt.Key
_ONWARD = (Key.Key_Return, Key.Key_Enter, Key.Key_Right, Key.Key_Tab)
_BACK = (Key.Key_Left, Key.Key_Backtab)
_ZOOM_BOX = 0.35  # half of the view, in longer sides of the person's box


class SameJointBar(QFrame):
    """Says which joint of whom comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("sameJointBar")
        self.said = QLabel(self)
        self.said.setWordWrap(True)  # a long sentence must not push the panels together
        self.zooming = QCheckBox(tr("Zoom to the joint"), self)
        self.leave = QPushButton(tr("Leave (Esc)"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.zooming)
        layout.addWidget(self.leave)
        self.hide()


class SameJoint(QObject):
    """A mode: the joint of the next person waits for a click, then that of the one after."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, session: Session, browser: Browser, canvas: Canvas) -> None:
        """Start outside the mode.

        Args:
            session: takes the clicks, by way of the canvas.
            browser: goes on to the next image.
            canvas: where it is clicked, and whose keys skip and leave.
        """
        super().__init__(canvas)
        self._session, self._browser, self._canvas = session, browser, canvas
        self._k: int | None = None
        self._waiting = False
        self._from_end = False
        self.bar = SameJointBar()
        self.bar.leave.clicked.connect(self.leave)
        self.bar.zooming.toggled.connect(self._on_bar_zooming_toggled)

    def listen(self) -> None:
        """Follow the others from now on: after the window, which shows what is clicked on."""
        session, browser, canvas = self._session, self._browser, self._canvas
        canvas.installEventFilter(self)
        canvas.keypoint_dropped.connect(self._on_canvas_keypoint_dropped)
        canvas.tool_changed.connect(self._on_canvas_tool_changed)
        session.annotation_changed.connect(self._on_session_annotation_changed)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)
        browser.project_opened.connect(self.leave)

    @property
    def active(self) -> bool:
        """Whether the mode is on."""
        return self._k is not None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions of this part do."""
        return {"same_joint": self.start}

    def start(self) -> None:
        """Take the selected joint, and begin with the selected person, or the first."""
        if self.active:
            self.leave()
            return
        session = self._session
        if session.keypoint is None:
            self.notice.emit(
                tr("Select the joint first: click one, or choose it in the list of joints.")
            )
            return
        self._k = session.keypoint
        self.bar.show()
        self._canvas.setFocus()
        people = self._people()
        ids = [person.id for person in people]
        self._show_person(ids.index(session.person_id) if session.person_id in ids else 0)

    def leave(self) -> None:
        """Leave the mode; what was placed stays."""
        if self.active:
            self._k, self._waiting = None, False
            self.bar.hide()
            if self._canvas.tool is Tool.PLACE:
                self._canvas.use_tool(Tool.SELECT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The keys of the mode, before they are anything else's."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not self.active or event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key not in (*_ONWARD, *_BACK, Key.Key_Escape):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if key == Key.Key_Escape:
                self.leave()
            else:
                self._step(1 if key in _ONWARD else -1)
        return True

    # From person to person

    def _people(self) -> list[Person]:
        k = -1 if self._k is None else self._k
        return [p for p in self._session.annotation.people if 0 <= k < len(p.keypoints)]

    def _step(self, by: int) -> None:
        ids = [person.id for person in self._people()]
        person_id = self._session.person_id
        at = ids.index(person_id) if person_id in ids else (-1 if by > 0 else len(ids))
        if 0 <= at + by < len(ids):
            self._show_person(at + by)
        else:
            self._step_image(by)

    def _step_image(self, by: int) -> None:
        self._from_end = by < 0
        if self._browser.go(by):
            return
        if by > 0:
            self.leave()
            self.notice.emit(tr("That was the last person of the last image."))

    def _show_person(self, at: int) -> None:
        people = self._people()
        if not people:
            self._wait_for_people()
            return
        self._waiting = False
        person = people[at]
        self._session.select(person.id, self._k)
        self._canvas.use_tool(Tool.PLACE)
        self._zoom(person)
        self._say(at, len(people))

    def _wait_for_people(self) -> None:
        self._waiting = True
        state, picture = self._session.annotation.state, self._browser.picture
        if state is ImageState.NEW or picture is None:
            self.bar.said.setText(tr("Waiting for the people of this image… Enter skips it."))
            return
        # Not at once: whoever told us of this image has to finish first.
        image = self._browser.row
        QTimer.singleShot(0, lambda: self._skip_empty(image))

    def _skip_empty(self, row: int) -> None:
        if self.active and self._waiting and self._browser.row == row and not self._people():
            self._step_image(-1 if self._from_end else 1)

    def _zoom(self, person: Person) -> None:
        if not self.bar.zooming.isChecked() or self._k is None:
            return
        keypoint = person.keypoints[self._k]
        half = max(_ZOOM_BOX * max(person.box.width, person.box.height), 12.0)
        x, y = keypoint.x, keypoint.y
        self._canvas.zoom_to(Box(x - half, y - half, x + half, y + half), room=0.0)

    def _say(self, at: int, count: int) -> None:
        images = self._browser.images
        if self._k is None:
            return
        said = tr(
            "Click the {joint}: person {person} of {people}, image {image:,} of {images:,}. "
            "Enter skips."
        )
        self.bar.said.setText(
            said.format(
                joint=self._session.joint_name(self._k),
                person=at + 1,
                people=count,
                image=images.place(self._browser.row) + 1,
                images=len(images.shown),
            )
        )

    # What others tell

    def _on_canvas_keypoint_dropped(self, _person_id: str, k: int) -> None:
        if self.active and k == self._k:
            self._step(1)

    def _on_canvas_tool_changed(self, tool: Tool) -> None:
        if self.active and tool is not Tool.PLACE:
            # A click leaves the tool as well, but the next person takes it up at once.
            QTimer.singleShot(0, self._leave_if_idle)

    def _leave_if_idle(self) -> None:
        if self.active and not self._waiting and self._canvas.tool is not Tool.PLACE:
            self.leave()

    def _on_session_annotation_changed(self) -> None:
        if self._waiting:
            self._enter_image()

    def _on_browser_image_opened(self) -> None:
        self._waiting = self.active

    def _on_browser_picture_ready(self) -> None:
        if self._waiting:
            self._enter_image()

    def _enter_image(self) -> None:
        if self._browser.picture is None:
            return
        people = self._people()
        self._show_person(len(people) - 1 if self._from_end else 0)

    def _on_bar_zooming_toggled(self, zooming: bool) -> None:
        person = self._session.person
        if not zooming:
            self._canvas.fit()
        elif self.active and person is not None:
            self._zoom(person)
