"""The stopwatch: counts clicks and active time, for each person and image."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.work import Spell
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import told_error
from clickpose_app.storage.work import record_work

PAUSE_S = 30.0
"""Longer without any input is a pause, which counts for nobody."""

_WRITE_AFTER_MS = 14_000  # so much is lost at most when the process is killed
_LEAVE_AFTER_MS = 500  # out of the way of the gesture that leaves a person
_LEAST_S = 0.5  # a glance that is not worth a row by itself
_JUDGED = (ImageState.REVIEWED, ImageState.REJECTED)
_INPUT = frozenset(
    {
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.TouchUpdate,
    }
)


@dataclass
class _Spent:
    """What somebody on the image took since the last row was written."""

    seconds: float = 0.0
    clicks: int = 0
    placed: int = 0


class Stopwatch(QObject):
    """Writes down what the work takes; nothing is shown and nothing is asked.

    A click is a gesture that makes, takes back or repeats a step of the history, or accepts or
    rejects the image. It goes to the person whom it changed, else to the image as a whole.
    """

    failed = Signal(str, str)
    """A sentence and a way out."""

    def __init__(
        self,
        window: QWidget,
        browser: Browser,
        session: Session,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Listen to the window's input, the browser and the session.

        Args:
            window: whose input is work.
            browser: which image is shown.
            session: what is done there.
            clock: seconds that never jump.
            now: Unix seconds.
        """
        super().__init__(window)
        self._browser, self._session = browser, session
        self._clock, self._now = clock, now
        self._image_id: int | None = None
        self._annotation = ImageAnnotation()
        self._depth = 0
        self._person_id: str | None = None
        self._spent: defaultdict[str, _Spent] = defaultdict(_Spent)
        self._last = -PAUSE_S
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        session.annotation_changed.connect(self._on_session_annotation_changed)
        session.selection_changed.connect(self._on_session_selection_changed)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.closing.connect(self._leave)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Notice input, wherever in the window it goes."""
        if event.type() in _INPUT:
            self.note_input()
        elif event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            # All input of the window passes here, once, before widgets share it out.
            handle = watched.window().windowHandle()
            if handle is not None:
                handle.installEventFilter(self)
        return False

    def note_input(self) -> None:
        """Count the time since the last input, unless it was a pause."""
        now = self._clock()
        gap, self._last = now - self._last, now
        if self._image_id is not None and 0 < gap <= PAUSE_S:
            self._spent[self._person_id or ""].seconds += gap
            self._write_within(_WRITE_AFTER_MS)

    def write(self) -> None:
        """Write down what has been counted; the rest stays for the next time."""
        project, image_id = self._browser.project, self._image_id
        if project is None or image_id is None or project.read_only:
            self._spent.clear()
            return
        worth = {
            person_id: spent
            for person_id, spent in self._spent.items()
            if spent.clicks or spent.placed or spent.seconds >= _LEAST_S
        }
        ended = self._now()
        spells = [
            Spell(image_id, person_id, ended, s.seconds, s.clicks, s.placed)
            for person_id, s in worth.items()
        ]
        # Before the attempt: a disk that refuses is told of once, not every few seconds.
        for person_id in worth:
            del self._spent[person_id]
        try:
            record_work(project, spells)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))

    def _on_session_annotation_changed(self, annotation: ImageAnnotation) -> None:
        record = self._browser.record
        depth = self._session.history.depth
        if record is None or record.id != self._image_id:
            return
        before, steps = self._annotation, depth - self._depth
        self._annotation, self._depth = annotation, depth
        judged = annotation.state is not before.state and annotation.state in _JUDGED
        # What the network adds to a step, or finds at first, is nobody's click.
        if steps or judged:
            self.note_input()
            changed = _changed(before, annotation)
            self._spent[changed[0] if len(changed) == 1 else ""].clicks += 1
            for person_id in changed:
                placed = _placed(annotation, person_id) - _placed(before, person_id)
                self._spent[person_id].placed += placed
            self._write_within(_WRITE_AFTER_MS)

    def _on_session_selection_changed(self) -> None:
        if self._session.person_id != self._person_id:
            self.note_input()
            self._person_id = self._session.person_id
            if self._spent:
                self._write_within(_LEAVE_AFTER_MS)

    def _on_browser_image_opened(self) -> None:
        self._leave()
        record = self._browser.record
        self._image_id = None if record is None else record.id
        self._annotation = self._session.annotation
        self._depth = self._session.history.depth
        self._person_id = self._session.person_id

    def _leave(self) -> None:
        self.note_input()
        self._timer.stop()
        self.write()
        self._spent.clear()
        self._image_id = None

    def _write_within(self, milliseconds: int) -> None:
        if not self._timer.isActive() or self._timer.remainingTime() > milliseconds:
            self._timer.start(milliseconds)

    def _on_timer_timeout(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(_LEAVE_AFTER_MS)  # never in the way of a hand that drags
        else:
            self.write()


def _changed(before: ImageAnnotation, after: ImageAnnotation) -> list[str]:
    """Ids of the people who changed, came or went."""
    old = {person.id: person for person in before.people}
    new = {person.id: person for person in after.people}
    return [i for i in {**old, **new} if old.get(i) != new.get(i)]


def _placed(annotation: ImageAnnotation, person_id: str) -> int:
    """How many labelled joints of a person a hand has placed; none of somebody who is not there."""
    people = (person for person in annotation.people if person.id == person_id)
    return sum(int((person.labelled & person.pinned).sum()) for person in people)
