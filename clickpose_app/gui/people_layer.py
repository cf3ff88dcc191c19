"""Keeps one item for every person of the annotation that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGraphicsScene

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.items import GhostItem, PersonItem
from clickpose_app.gui.joint_names import JointNames

_MANY = 25  # people who are drawn less prettily while the zoom changes
_CALM_MS = 120  # without a change of the zoom, until they are pretty again


class PeopleLayer:
    """The people drawn in a scene, by their ids."""

    def __init__(self, scene: QGraphicsScene) -> None:
        """Start with nobody."""
        self._scene = scene
        self._items: dict[str, PersonItem] = {}
        self._skeleton: Skeleton | None = None
        self._pixel = 1.0
        self._hovered: str | None = None
        self.visible = True
        self._selected: str | None = None
        self._keypoint: int | None = None
        self._isolated = False
        self._names = JointNames()
        self._names.hide()
        scene.addItem(self._names)
        self._calm = QTimer(scene)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(lambda: self._set_quick(False))

    def show_people(self, skeleton: Skeleton | None, people: Iterable[Person]) -> None:
        """Draw exactly these people, numbered from 1 in their order."""
        people = tuple(people) if skeleton is not None else ()
        stale = skeleton is not self._skeleton
        self._skeleton = skeleton
        kept = set() if stale else {person.id for person in people}
        for person_id in [i for i in self._items if i not in kept]:
            self._scene.removeItem(self._items.pop(person_id))
        for number, person in enumerate(people, start=1):
            item = self._items.get(person.id)
            if item is None and skeleton is not None:
                item = PersonItem(skeleton, person)
                item.set_pixel(self._pixel)
                self._scene.addItem(item)
                self._items[person.id] = item
            if item is not None:
                item.show_person(person, number)
        self._mark_selection()

    def show_selection(self, person_id: str | None, keypoint: int | None) -> None:
        """Draw one person, and one of their joints, as selected, and all others dimmer."""
        self._selected, self._keypoint = person_id, keypoint
        self._mark_selection()

    @property
    def isolated(self) -> str | None:
        """Who alone is drawn; None while everybody is."""
        return self._selected if self._isolated and self._selected in self._items else None

    def isolate(self, on: bool) -> None:
        """Draw nobody but the selected person, whoever that is; everybody if nobody is."""
        self._isolated = on
        self._mark_selection()

    def drawn(self, people: Iterable[Person]) -> list[Person]:
        """Those of them whom a hand can reach: hidden people take no clicks."""
        alone = self.isolated
        return [person for person in people if alone is None or person.id == alone]

    def name_joints(self, on: bool) -> None:
        """Write the names beside the joints of the selected person."""
        self._names.wanted = on
        self._mark_selection()

    def _mark_selection(self) -> None:
        chosen_one, alone = self._selected, self.isolated
        somebody = chosen_one in self._items
        for item_id, item in self._items.items():
            chosen = item_id == chosen_one
            keypoint = self._keypoint if chosen else None
            item.show_selection(chosen, keypoint, dimmed=somebody and not chosen)
            item.setVisible(self.visible and (alone is None or chosen))
        self._show_names()

    def _show_names(self) -> None:
        item = self._items.get(self._selected or "")
        if item is None or self._skeleton is None or not self.visible:
            self._names.hide()
        else:
            self._names.show_person(self._skeleton, item.person, item.shown_xy, self._pixel)

    def show_hover(self, hit: Hit | None) -> None:
        """Draw the joint under the cursor as grabbable."""
        if self._hovered is not None and self._hovered in self._items:
            self._items[self._hovered].show_hover(None)
        self._hovered = hit.person_id if hit is not None else None
        if hit is not None and hit.person_id in self._items:
            self._items[hit.person_id].show_hover(hit.keypoint)

    def show_joint(self, person_id: str, k: int, x: float, y: float) -> None:
        """Draw one joint elsewhere, while it is dragged."""
        item = self._items.get(person_id)
        if item is not None:
            xy = item.shown_xy.copy()
            xy[k] = x, y
            self.show_xy(person_id, xy)

    def show_person(self, person: Person) -> None:
        """Draw a person as they would be, while a hand has their pose or their box."""
        item = self._items.get(person.id)
        if item is not None:
            item.show_person(person, item.number)

    def show_xy(self, person_id: str, xy: FloatArray) -> None:
        """Draw all joints of a person elsewhere [K, 2], while they glide."""
        item = self._items.get(person_id)
        if item is not None:
            item.show_xy(xy)
            if person_id == self._selected:
                self._show_names()

    def shown_xy(self, person_id: str) -> FloatArray:
        """Where a person's joints are drawn now [K, 2]; KeyError if they are not."""
        return self._items[person_id].shown_xy

    def has(self, person_id: str) -> bool:
        """Whether the person is drawn."""
        return person_id in self._items

    def person(self, person_id: str) -> Person:
        """The person as drawn; KeyError if they are not."""
        return self._items[person_id].person

    def add_ghost(self, before: Person) -> GhostItem | None:
        """Draw the pose that was, to fade away."""
        if self._skeleton is None:
            return None
        ghost = GhostItem(self._skeleton, before, self._pixel)
        ghost.setVisible(self.visible)
        self._scene.addItem(ghost)
        return ghost

    def remove_ghost(self, ghost: GhostItem) -> None:
        """Draw it no longer."""
        self._scene.removeItem(ghost)

    def set_pixel(self, pixel: float) -> None:
        """Tell how many image pixels one screen pixel covers."""
        if pixel != self._pixel and len(self._items) > _MANY:
            self._set_quick(True)
            self._calm.start()
        self._pixel = pixel
        for item in self._items.values():
            item.set_pixel(pixel)
        self._show_names()

    def _set_quick(self, quick: bool) -> None:
        for item in self._items.values():
            item.set_quick(quick)

    def set_visible(self, visible: bool) -> None:
        """Hide all people, or show them again."""
        self.visible = visible
        self._mark_selection()
