"""Undo and redo without limit, over immutable snapshots of one image."""

from __future__ import annotations

from clickpose_app.core.annotation import ImageAnnotation


class History:
    """The steps that led to the current annotation, and those that were taken back.

    Snapshots share whatever did not change between them, so keeping all of them is cheap.
    """

    def __init__(self, current: ImageAnnotation) -> None:
        """Start from an annotation that cannot be undone."""
        self._current = current
        # Each entry is (what the gesture was called, the annotation on its other side).
        self._undo: list[tuple[str, ImageAnnotation]] = []
        self._redo: list[tuple[str, ImageAnnotation]] = []

    @property
    def current(self) -> ImageAnnotation:
        """The annotation as it stands."""
        return self._current

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was taken back."""
        return bool(self._redo)

    @property
    def depth(self) -> int:
        """How many steps led here, those not counted that were taken back."""
        return len(self._undo)

    @property
    def undo_label(self) -> str:
        """What undo would take back, or an empty string."""
        return self._undo[-1][0] if self._undo else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or an empty string."""
        return self._redo[-1][0] if self._redo else ""

    def record(self, annotation: ImageAnnotation, label: str) -> None:
        """Add a step: what the annotation became, and what the gesture is called."""
        self._undo.append((label, self._current))
        self._redo.clear()
        self._current = annotation

    def amend(self, annotation: ImageAnnotation) -> bool:
        """Let the newest step end in another annotation: a refinement joins its drag.

        Before any step this replaces the start, as when the first prediction arrives.
        After an undo there is nothing to join, and nothing changes.

        Returns:
            Whether the annotation was taken.
        """
        if self._redo:
            return False
        self._current = annotation
        return True

    def undo(self) -> ImageAnnotation:
        """Take back the newest step; IndexError if there is none."""
        label, before = self._undo.pop()
        self._redo.append((label, self._current))
        self._current = before
        return before

    def redo(self) -> ImageAnnotation:
        """Do again what was undone last; IndexError if there is nothing."""
        label, after = self._redo.pop()
        self._undo.append((label, self._current))
        self._current = after
        return after
