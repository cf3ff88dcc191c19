"""Which gesture begins where the left button goes down on a person or a handle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.geometry import Box
from clickpose_app.core.pose_edits import Similarity, pose_centre
from clickpose_app.gui.drag import Gesture, Inside, JointDrag, Keys
from clickpose_app.gui.handles import SIDES, Handle
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.people_layer import PeopleLayer
from clickpose_app.gui.pose_drag import BoxDrag, Held, PoseDrag


@dataclass(frozen=True)
class Tells:
    """Who hears what a gesture did: the canvas's signals.

    Attributes:
        joint: person id, keypoint, x, y, whether others may follow.
        box: person id and new box.
        pose: person id and what was done to the pose.
    """

    joint: Callable[[str, int, float, float, bool], object]
    box: Callable[[str, Box], object]
    pose: Callable[[str, Similarity], object]


class Hand:
    """Takes hold of joints, boxes and poses."""

    def __init__(
        self,
        layer: PeopleLayer,
        annotation: Callable[[], ImageAnnotation],
        inside: Inside,
        tells: Tells,
    ) -> None:
        """Work on the people of that layer, who are annotated so."""
        self._layer, self._annotation = layer, annotation
        self._inside, self._tells = inside, tells

    def take(
        self,
        hit: Hit | None,
        handle: Handle | None,
        selected: str | None,
        spot: QPointF,
        keys: Keys,
    ) -> Gesture | None:
        """What a drag from here does; None beside everything, where it moves the view.

        Args:
            hit: joint or box under the hand.
            handle: of the selected person, if one is under the hand.
            selected: id of the selected person, or None.
            spot: where the hand is, in image pixels.
            keys: Alt takes a pose as a whole.
        """
        if handle is not None and selected is not None:
            return self._take_handle(handle, selected, spot, keys)
        if keys & Keys.AltModifier:
            person_id = self._pose_under(hit, spot, selected)
            return None if person_id is None else self._take_pose(person_id, spot)
        if hit is None or hit.keypoint is None:
            return None
        return self._take_joint(hit, spot)

    def _take_joint(self, hit: Hit, spot: QPointF) -> Gesture:
        """Drag a joint."""
        return JointDrag(self._layer, hit, spot, self._inside, self._tells.joint)

    def _take_handle(self, handle: Handle, person_id: str, spot: QPointF, keys: Keys) -> Gesture:
        """Drag a handle of the box or of the pose; Alt at the box takes what it holds."""
        alt = bool(keys & Keys.AltModifier)
        if handle not in SIDES:
            return self._take_pose(person_id, spot, handle)
        x, y = SIDES[handle]
        held = self._held(person_id)
        if not alt:
            return BoxDrag(held, (x, y), spot, self._tells.box)
        if not (x and y):
            return BoxDrag(held, None, spot, self._tells.box)
        box = held.person.box
        opposite = QPointF(box.x2 if x < 0 else box.x1, box.y2 if y < 0 else box.y1)
        return PoseDrag(held, Handle.SCALE, spot, opposite, self._tells.pose)

    def _take_pose(self, person_id: str, spot: QPointF, kind: Handle = Handle.MOVE) -> Gesture:
        """Move, turn or scale a pose as a whole; who has no joints is moved as a box."""
        held = self._held(person_id)
        if kind is Handle.MOVE and not held.person.labelled.any():
            return BoxDrag(held, None, spot, self._tells.box)
        return PoseDrag(held, kind, spot, QPointF(*pose_centre(held.person)), self._tells.pose)

    def _pose_under(self, hit: Hit | None, spot: QPointF, selected: str | None) -> str | None:
        """Whose pose is meant at a place: the selected person's before anybody else's."""
        own = self._annotation().find(selected)
        if own is not None and own.box.contains(spot.x(), spot.y()):
            return own.id
        return None if hit is None else hit.person_id

    def _held(self, person_id: str) -> Held:
        return Held(person_id, self._annotation, self._layer.show_person, self._inside)
