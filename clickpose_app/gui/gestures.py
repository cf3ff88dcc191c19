"""What a hand and its keys ask of an existing person, besides dragging one joint."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from clickpose_app.core import edits
from clickpose_app.core.annotation import Person, Source, new_person_id
from clickpose_app.core.geometry import Box
from clickpose_app.core.limbs import hanging_from, limb_mirrored
from clickpose_app.core.pose_edits import Similarity, fit_box, transform_pose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.grip import KeyGrip
from clickpose_app.gui.nudging import Nudging
from clickpose_app.gui.session import Session
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool

_DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class Gestures(QObject):
    """Turns what the canvas tells, and the actions beside it, into edits of the session."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, session: Session, browser: Browser, canvas: Canvas) -> None:
        """Listen to the canvas."""
        super().__init__(canvas)
        self._session, self._browser, self._canvas = session, browser, canvas
        self._nudging = Nudging(session, browser, self)
        self.grip = KeyGrip(session, canvas)
        self.grip.notice.connect(self.notice)
        canvas.pose_transformed.connect(self._on_canvas_pose_transformed)
        canvas.crowd_drawn.connect(self._on_canvas_crowd_drawn)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action of these does."""
        found: dict[str, Callable[[], object]] = {
            "fit_box": self.fit_box,
            "new_crowd": lambda: self._canvas.use_tool(Tool.CROWD),
            "swap_limb": self.swap_limb,
            "next_handle": lambda: self.grip.step(1),
            "previous_handle": lambda: self.grip.step(-1),
        }
        for name, (x, y) in _DIRECTIONS.items():
            found[f"nudge_{name}"] = partial(self.nudge, x, y)
            found[f"nudge_far_{name}"] = partial(self.nudge, 10 * x, 10 * y)
        return found

    def fit_box(self) -> None:
        """Put the selected person's box around their joints."""
        person, size = self._session.chosen_person(), self._canvas.image_size
        if person is None:
            return
        if not person.labelled.any():
            self.notice.emit(tr("There are no joints to fit the box to."))
        elif not size.isEmpty():
            changed = fit_box(self._session.annotation, person.id, size.width(), size.height())
            self._session.apply(changed, tr("Fit box to joints"))

    def swap_limb(self) -> None:
        """Exchange what hangs from the selected joint with its other side."""
        skeleton, chosen = self._skeleton, self._session.chosen_joint()
        if skeleton is None or chosen is None:
            return
        person, k = chosen
        limb = hanging_from(skeleton, k)
        if not limb:
            name = joint_name(skeleton.keypoints[k])
            self.notice.emit(tr("The {joint} has no other side to swap with.").format(joint=name))
            return
        order = limb_mirrored(skeleton, k)
        changed = edits.swap_sides(self._session.annotation, person.id, order)
        if self._session.apply(changed, tr("Swap limb")):
            names = ", ".join(joint_name(skeleton.keypoints[joint]) for joint in limb)
            self.notice.emit(tr("Swapped with the other side: {joints}.").format(joints=names))

    def nudge(self, dx: float, dy: float) -> None:
        """Move the handle that the keys hold, else the selected joint, by a few image pixels."""
        if self.grip.nudge(dx, dy):
            return
        chosen = self._session.chosen_joint()
        if chosen is None:
            return
        person, k = chosen
        keypoint = person.keypoints[k]
        x, y = self._canvas.kept_inside(keypoint.x, keypoint.y, dx, dy)
        self._nudging.nudge(person.id, k, x, y)

    @property
    def _skeleton(self) -> Skeleton | None:
        project = self._browser.project
        return None if project is None else project.skeleton

    def _on_canvas_pose_transformed(self, person_id: str, similarity: Similarity) -> None:
        changed = transform_pose(self._session.annotation, person_id, similarity)
        self._session.apply(changed, _label(similarity))

    def _on_canvas_crowd_drawn(self, box: Box) -> None:
        region = Person(new_person_id(), (), box, Source.HUMAN, is_crowd=True)
        changed = edits.add_person(self._session.annotation, region)
        if self._session.apply(changed, tr("Add crowd region")):
            self._session.select(region.id)


def _label(similarity: Similarity) -> str:
    if similarity.angle:
        return tr("Turn pose")
    return tr("Move pose") if math.isclose(similarity.scale, 1.0) else tr("Scale pose")
