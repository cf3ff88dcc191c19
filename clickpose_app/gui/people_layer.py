"""Keeps one item for every person of the annotation that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGraphicsScene

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.items import GhostItem, PersonItem


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
                item.setVisible(self.visible)
                self._scene.addItem(item)
                self._items[person.id] = item
            if item is not None:
                item.show_person(person, number)

    def show_selection(self, person_id: str | None, keypoint: int | None) -> None:
        """Draw one person, and one of their joints, as selected."""
        for item_id, item in self._items.items():
            chosen = item_id == person_id
            item.show_selection(chosen, keypoint if chosen else None)

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
            item.show_xy(xy)

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
        self._pixel = pixel
        for item in self._items.values():
            item.set_pixel(pixel)

    def set_visible(self, visible: bool) -> None:
        """Hide all people, or show them again."""
        self.visible = visible
        for item in self._items.values():
            item.setVisible(visible)
