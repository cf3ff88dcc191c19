"""A refined pose glides into place, and the pose that was fades away."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.gui.items import GhostItem
from clickpose_app.gui.people_layer import PeopleLayer

GLIDE_MS = 120
FADE_MS = 900
_GHOST_OPACITY = 0.7


class Motion:
    """Moves the people of a layer; the annotation itself is never halfway."""

    def __init__(self, layer: PeopleLayer, parent: QObject) -> None:
        """Animate that layer."""
        self._layer = layer
        self._noted: dict[str, tuple[Person, FloatArray]] = {}
        self._moving: dict[str, tuple[FloatArray, FloatArray]] = {}
        self._ghosts: list[GhostItem] = []
        self._glide = QVariantAnimation(parent)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._on_glide_moved)
        self._glide.finished.connect(self._moving.clear)
        self._fade = QVariantAnimation(parent)
        self._fade.setStartValue(_GHOST_OPACITY)
        self._fade.setEndValue(0.0)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.InQuad)
        self._fade.valueChanged.connect(self._on_fade_moved)
        self._fade.finished.connect(self._drop_ghosts)

    def note(self, before: Person) -> None:
        """Remember where a person is drawn, before they are shown elsewhere."""
        if self._layer.has(before.id) and before.labelled.any():
            self._noted[before.id] = (before, self._layer.shown_xy(before.id).copy())

    def start(self) -> None:
        """Move those who were noted from there to where they are drawn now."""
        noted, self._noted = self._noted, {}
        # Whoever glides already and was not noted again has just been put in place.
        self._moving.clear()
        self._drop_ghosts()
        for person_id, (before, start) in noted.items():
            if not self._layer.has(person_id):
                continue
            self._moving[person_id] = (start, self._layer.person(person_id).xy)
            ghost = self._layer.add_ghost(before)
            if ghost is not None:
                ghost.setOpacity(_GHOST_OPACITY)
                self._ghosts.append(ghost)
        self._glide.stop()
        self._fade.stop()
        if self._moving:
            self._on_glide_moved(0.0)
            self._glide.start()
            self._fade.start()

    def stop(self) -> None:
        """Put everybody where they belong, at once."""
        self._glide.stop()
        for person_id, (_, end) in self._moving.items():
            self._layer.show_xy(person_id, end)
        self._moving.clear()
        self._fade.stop()
        self._drop_ghosts()

    def _on_glide_moved(self, part: float) -> None:
        for person_id, (start, end) in self._moving.items():
            self._layer.show_xy(person_id, start + (end - start) * part)

    def _on_fade_moved(self, opacity: float) -> None:
        for ghost in self._ghosts:
            ghost.setOpacity(opacity)

    def _drop_ghosts(self) -> None:
        for ghost in self._ghosts:
            self._layer.remove_ghost(ghost)
        self._ghosts.clear()
