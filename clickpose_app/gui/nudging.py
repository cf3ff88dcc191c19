"""Nudges of one joint in quick succession: one undo step, followed once when the hand rests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer

from clickpose_app.core import edits
from clickpose_app.core.annotation import Keypoint
from clickpose_app.core.geometry import FloatArray
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr

PAUSE_MS = 300
"""A run of nudges ends when no other one comes for so long."""


@dataclass(frozen=True)
class _Run:
    """Nudges so far.

    Attributes:
        image_id: where.
        person_id: whose joint.
        k: which.
        depth: steps of the history with the run's own.
        last: where the joint is now; anything else has been done to it by others.
        before: keypoints before the run [K, 2].
    """

    image_id: int
    person_id: str
    k: int
    depth: int
    last: Keypoint
    before: FloatArray


class Nudging(QObject):
    """Moves a joint little by little; each nudge is stored at once."""

    def __init__(self, session: Session, browser: Browser, parent: QObject) -> None:
        """Edit by that session."""
        super().__init__(parent)
        self._session, self._browser = session, browser
        self._run: _Run | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause_timeout)

    def nudge(self, person_id: str, k: int, x: float, y: float) -> None:
        """Put the joint there; the others follow after a pause."""
        session, record = self._session, self._browser.record
        if record is None:
            return
        run = self._run if self._goes_on(person_id, k) else None
        person = session.annotation.person(person_id)
        changed = edits.move_keypoint(session.annotation, person_id, k, x, y)
        label = tr("Nudge {joint}").format(joint=session.joint_name(k))
        if not session.apply(changed, label, joins=run is not None):
            return
        last = changed.person(person_id)
        # A joint that was not placed yet has not been wrong either.
        before = np.where(person.labelled[:, None], person.xy, last.xy)
        self._run = _Run(
            record.id,
            person_id,
            k,
            session.history.depth,
            last.keypoints[k],
            before if run is None else run.before,
        )
        self._pause.start(PAUSE_MS)

    def _goes_on(self, person_id: str, k: int) -> bool:
        """Whether nothing else was done since the last nudge of this joint."""
        run, history = self._run, self._session.history
        return (
            run is not None
            and (run.person_id, run.k) == (person_id, k)
            and history.depth == run.depth
            and self._stands(run)
        )

    def _stands(self, run: _Run) -> bool:
        """Whether the joint is where the last nudge put it, and not taken back."""
        session, record = self._session, self._browser.record
        if record is None or record.id != run.image_id or session.history.can_redo:
            return False
        person = session.annotation.find(run.person_id)
        if person is None:
            return False
        keypoint = person.keypoints[run.k]
        return keypoint.pinned and (keypoint.x, keypoint.y) == (run.last.x, run.last.y)

    def _on_pause_timeout(self) -> None:
        run, self._run = self._run, None
        if run is not None and self._stands(run):
            self._session.follow(run.person_id, run.before)
