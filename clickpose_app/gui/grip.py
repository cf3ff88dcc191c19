"""The handles of the selected person, taken and moved by keys: what a hand can do, keys can."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal

from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.pose_edits import Similarity, pose_centre, transform_pose
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.handles import SIDES, Handle
from clickpose_app.gui.pose_drag import BoxDrag, Held, PoseDrag
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import text, tr

PAUSE_MS = 1000
"""A run of nudges ends when no other one comes for so long."""

_DEGREE = math.pi / 180
_PERCENT = 1.01
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class Grip(enum.Enum):
    """What the keys hold, in the order in which it is taken."""

    MOVE = "move"
    ROTATE = "rotate"
    SCALE = "scale"
    BOX = "box"
    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


_POSE = (Grip.MOVE, Grip.ROTATE, Grip.SCALE)

_LABELS = {
    Grip.MOVE: text("Move pose"),
    Grip.ROTATE: text("Turn pose"),
    Grip.SCALE: text("Scale pose"),
}
_BOX_LABEL = text("Change box")

WORDS = {
    Grip.MOVE: text("Nudge keys move the whole pose now."),
    Grip.ROTATE: text("Nudge keys turn the pose now: right or left, by 1° or 10°."),
    Grip.SCALE: text("Nudge keys scale the pose now: up or down, by 1 % or 10 %."),
    Grip.BOX: text("Nudge keys move the box alone now; the joints stay."),
    Grip.LEFT: text("Nudge keys move the left edge of the box now."),
    Grip.TOP: text("Nudge keys move the top edge of the box now."),
    Grip.RIGHT: text("Nudge keys move the right edge of the box now."),
    Grip.BOTTOM: text("Nudge keys move the bottom edge of the box now."),
}
"""What the person is told when they take it."""

HANDLES: dict[Grip, frozenset[Handle]] = {
    grip: frozenset(SIDES) if grip is Grip.BOX else frozenset({Handle(grip.value)}) for grip in Grip
}
"""Which handles of the picture are in the keys."""


@dataclass(frozen=True)
class _Run:
    """Nudges so far, which are one step.

    Attributes:
        grip: of what.
        annotation: after the last of them; anything else has been done to it by others.
        depth: steps of the history with the run's own.
        about: what stays in place while turning and scaling, so that back is where it was.
    """

    grip: Grip
    annotation: ImageAnnotation
    depth: int
    about: tuple[float, float]


class KeyGrip(QObject):
    """Takes one handle of the selected person after the other, and moves it by nudges."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        """Edit by that session; the canvas shows what is held."""
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._grip: Grip | None = None
        self._run: _Run | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._end_run)
        session.selection_changed.connect(self.leave)

    @property
    def held(self) -> Grip | None:
        """What the keys hold, if anything."""
        return self._grip

    def step(self, by: int) -> None:
        """Take the next handle (by 1) or the one before (by -1); after the last one, none."""
        person = self._session.chosen_person()
        if person is None:
            return
        grips: list[Grip | None] = [None, *_grips(person)]
        at = grips.index(self._grip) if self._grip in grips else 0
        wanted = grips[(at + by) % len(grips)]
        self._session.select(person.id)  # a joint and a handle are not both in the keys
        self._take(wanted)
        self.notice.emit(
            tr(WORDS[wanted]) if wanted else tr("Nudge keys move the selected joint again.")
        )

    def leave(self) -> bool:
        """Let go of the handle; False if none was held."""
        held = self._grip is not None
        self._take(None)
        return held

    def nudge(self, dx: float, dy: float) -> bool:
        """Move what is held by image pixels, degrees or per cent; False if nothing is."""
        person, grip = self._session.person, self._grip
        if person is None or grip is None:
            return False
        run = self._run if self._goes_on(grip) else None
        about = pose_centre(person) if run is None else run.about
        move = self._pose if grip in _POSE else self._box
        for changed, label in move(person, grip, QPointF(dx, dy), about):
            if self._session.apply(changed, label, joins=run is not None):
                self._run = _Run(grip, changed, self._session.history.depth, about)
                self._pause.start(PAUSE_MS)
        return True

    def _goes_on(self, grip: Grip) -> bool:
        """Whether nothing else was done since the last nudge of this handle."""
        run, history = self._run, self._session.history
        return (
            run is not None
            and run.grip is grip
            and run.annotation is self._session.annotation
            and run.depth == history.depth
            and not history.can_redo
        )

    def _pose(
        self, person: Person, grip: Grip, by: QPointF, about: tuple[float, float]
    ) -> list[tuple[ImageAnnotation, str]]:
        """What a nudge makes of the whole pose, and how that is called; nothing at the edge."""
        found = []

        def tell(person_id: str, similarity: Similarity) -> None:
            changed = transform_pose(self._session.annotation, person_id, similarity)
            found.append((changed, tr(_LABELS[grip])))

        if grip is Grip.MOVE:
            at = QPointF(*pose_centre(person))
            PoseDrag(self._held(person), Handle.MOVE, at, at, tell).drop(at + by, _NO_KEYS)
        elif grip is Grip.ROTATE:
            tell(person.id, Similarity(*about, angle=(by.x() + by.y()) * _DEGREE))
        else:
            tell(person.id, Similarity(*about, scale=_PERCENT ** (by.x() - by.y())))
        return found

    def _box(
        self, person: Person, grip: Grip, by: QPointF, _about: tuple[float, float]
    ) -> list[tuple[ImageAnnotation, str]]:
        """What a nudge makes of the box; nothing across the way of its edge."""
        found = []

        def tell(person_id: str, box: Box) -> None:
            found.append((edits.set_box(self._session.annotation, person_id, box), tr(_BOX_LABEL)))

        sides = None if grip is Grip.BOX else SIDES[Handle(grip.value)]
        BoxDrag(self._held(person), sides, QPointF(), tell).drop(by, _NO_KEYS)
        return found

    def _held(self, person: Person) -> Held:
        return Held(
            person.id, lambda: self._session.annotation, lambda _person: None, self._canvas.inside
        )

    def _take(self, grip: Grip | None) -> None:
        self._end_run()
        self._grip = grip
        self._canvas.show_held(HANDLES[grip] if grip else frozenset())

    def _end_run(self) -> None:
        self._run = None


def _grips(person: Person) -> tuple[Grip, ...]:
    """What of a person can be taken; whoever has no joints is a box."""
    return tuple(grip for grip in Grip if person.labelled.any() or grip not in _POSE)
