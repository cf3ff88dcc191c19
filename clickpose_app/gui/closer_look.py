"""A second, closer encoding of the person who is worked on, ready for their next correction."""

from __future__ import annotations

from PySide6.QtCore import QObject

from clickpose_app.core.geometry import Box
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.session import Session

_SAME = 0.8  # intersection over union from which a box has not changed


class CloserLook(QObject):
    """Asks for it as soon as somebody is selected, and again when their box has changed.

    It gives way to corrections: a click is answered from the looks that there are.
    """

    def __init__(self, session: Session, browser: Browser, inference: Inference) -> None:
        """Follow the selection."""
        super().__init__(session)
        self._session, self._browser, self._inference = session, browser, inference
        self._seen: dict[tuple[int, str], Box] = {}
        session.selection_changed.connect(self._look)
        session.annotation_changed.connect(self._look)
        browser.image_opened.connect(self._seen.clear)
        inference.ready.connect(self._seen.clear)

    def _look(self) -> None:
        record, source, person = self._browser.record, self._browser.source, self._session.person
        if record is None or source is None or person is None or person.is_crowd:
            return
        if self._inference.facts is None or not self._session.network.has_network:
            return
        # Whoever gets a pose in a drawn box is looked at closer by that.
        if not self._session.refining or not person.labelled.any():
            return
        key, box = (record.id, person.id), person.box
        seen = self._seen.get(key)
        if seen is not None and seen.iou(box) >= _SAME:
            return
        self._seen[key] = box

        def done(looked: bool | None) -> None:
            if looked is None and self._seen.get(key) == box:
                del self._seen[key]
                self._look()

        self._inference.look_closer(source, box, done)
