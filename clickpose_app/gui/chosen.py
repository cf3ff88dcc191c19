"""What is asked of whoever is selected, and selecting somebody with the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool


class Chosen(QObject):
    """Actions on the selected person or joint."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        """Act by that session; some actions are tools of the canvas."""
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._actions: Mapping[str, QAction] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        session, canvas = self._session, self._canvas
        return {
            "new_person": lambda: canvas.use_tool(Tool.NEW_PERSON),
            "box": lambda: self._for_person(lambda _: canvas.use_tool(Tool.BOX)),
            "next_person": lambda: self._step_person(1),
            "previous_person": lambda: self._step_person(-1),
            "swap": lambda: self._for_person(session.swap_sides),
            "delete": lambda: self._for_person(session.delete_person),
            "visibility": lambda: self._for_joint(session.cycle_visibility),
            "place": lambda: self._for_joint(lambda _p, _k: canvas.use_tool(Tool.PLACE)),
            "unpin": lambda: self._for_joint(session.unpin),
            "refine": lambda: self._for_person(session.refine_again),
            "refining": self._on_refining_toggled,
        }

    def take_actions(self, actions: Mapping[str, QAction]) -> None:
        """Know the actions: one of them is a switch."""
        self._actions = actions
        actions["refining"].setChecked(True)

    def choose(self, number: int) -> bool:
        """Select a person by their number, counted from 1; False if there is no such person."""
        ids = [person.id for person in self._session.annotation.people]
        if not 1 <= number <= min(9, len(ids)):
            return False
        self._session.select(ids[number - 1])
        return True

    def leave(self) -> bool:
        """Deselect the joint, else the person; False if nothing is selected."""
        session = self._session
        if session.keypoint is not None:
            session.select(session.person_id)
        elif session.person_id is not None:
            session.select(None)
        else:
            return False
        return True

    def _for_person(self, act: Callable[[str], object]) -> None:
        person = self._session.chosen_person()
        if person is not None:
            act(person.id)

    def _for_joint(self, act: Callable[[str, int], object]) -> None:
        chosen = self._session.chosen_joint()
        if chosen is not None:
            person, k = chosen
            act(person.id, k)

    def _step_person(self, step: int) -> None:
        ids = [person.id for person in self._session.annotation.people]
        if ids:
            # From nobody, the first step forward is the first person and back is the last.
            nobody = -1 if step > 0 else 0
            at = ids.index(self._session.person_id) if self._session.person_id in ids else nobody
            self._session.select(ids[(at + step) % len(ids)])

    def _on_refining_toggled(self) -> None:
        self._session.refining = self._actions["refining"].isChecked()
        if self._session.refining:
            self.notice.emit(tr("Other joints follow each correction."))
        else:
            self.notice.emit(tr("Other joints stay where they are."))
