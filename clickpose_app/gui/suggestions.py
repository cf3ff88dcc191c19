"""People whom the network is not sure of: shown faintly, accepted by one click, never stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QAction

from clickpose_app.core import edits
from clickpose_app.core.annotation import Person
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.suggestions import suggestions
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.cursor_label import CursorLabel
from clickpose_app.gui.hit import REACH, hit_test
from clickpose_app.gui.placing import Placing
from clickpose_app.gui.pointer import Pointer
from clickpose_app.gui.session import Session
from clickpose_app.gui.suggestion_item import SuggestionItem, suggestion_at
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool


class Suggestions(QObject):
    """What the network found beside the people of the annotation that is shown."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, session: Session, browser: Browser, canvas: Canvas, pointer: Pointer, placing: Placing
    ) -> None:
        """Follow the session; silent while joints are placed one by one."""
        super().__init__(canvas)
        self._session, self._browser, self._canvas = session, browser, canvas
        self._placing = placing
        self._poses: tuple[PredictedPose, ...] = ()
        self._dismissed: dict[int, list[Person]] = {}
        self._items: list[SuggestionItem] = []
        self._hovered: SuggestionItem | None = None
        self._label: CursorLabel | None = None
        self._wanted = True
        self._hidden = False
        session.network.poses_found.connect(self.offer)
        self._alone = False
        self._dragging = False
        session.selection_changed.connect(self._show_items)
        session.annotation_changed.connect(self._refresh)
        session.person_deleted.connect(self._on_session_person_deleted)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.project_opened.connect(self._on_browser_project_opened)
        canvas.beside_clicked.connect(self._on_canvas_beside_clicked)
        canvas.pixel_changed.connect(self._on_canvas_pixel_changed)
        canvas.people_hidden.connect(self._on_canvas_people_hidden)
        canvas.dragging_changed.connect(self._on_canvas_dragging_changed)
        pointer.moved.connect(self._on_pointer_moved)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        return {"accept_suggestion": self.accept_next, "suggestions": self.toggle}

    def take_actions(self, actions: Mapping[str, QAction]) -> None:
        """Know the actions: the switch is on at first."""
        actions["suggestions"].setChecked(True)

    @property
    def shown(self) -> tuple[PredictedPose, ...]:
        """The poses that are offered on the screen now, most certain first."""
        return tuple(item.pose for item in self._items if item.isVisible())

    def toggle(self) -> None:
        """Show suggestions, or show them no longer."""
        self._wanted = not self._wanted
        self._show_items()
        if self._wanted:
            self.notice.emit(tr("Suggestions are shown: click one, or press Y, to accept it."))
        else:
            self.notice.emit(tr("Suggestions are not shown."))

    def offer(self, poses: tuple[PredictedPose, ...]) -> None:
        """Show what of all that is found on this image belongs to nobody of the annotation."""
        self._poses = poses
        self._refresh()

    def make_way(self, alone: bool) -> None:
        """Show none, or all again, while somebody is selected and alone on the screen."""
        self._alone = alone
        self._show_items()

    def accept_next(self) -> None:
        """Accept the suggestion under the cursor, else the most certain one."""
        shown = [item for item in self._items if item.isVisible()]
        if not shown:
            self.notice.emit(tr("There is no suggestion on this image."))
            return
        self._accept((self._hovered if self._hovered in shown else None) or shown[0])

    def _accept(self, item: SuggestionItem) -> None:
        person = edits.person_from_pose(item.pose)
        changed = edits.add_person(self._session.annotation, person)
        if self._session.apply(changed, tr("Accept suggestion")):
            self._session.select(person.id)
            left = len(self.shown)
            self.notice.emit(tr("Accepted; %n suggestion(s) left.", left))

    # What is drawn

    def _refresh(self) -> None:
        project, record = self._browser.project, self._browser.record
        for item in self._items:
            self._canvas.scene().removeItem(item)
        self._items = []
        self._show_hover(None)
        if project is None or record is None or project.read_only:
            return
        offered = suggestions(
            self._poses,
            self._session.annotation.people,
            project.skeleton.sigma_array,
            self._dismissed.get(record.id, []),
        )
        for pose in offered:
            item = SuggestionItem(project.skeleton, pose)
            item.set_pixel(self._canvas.pixel)
            self._canvas.scene().addItem(item)
            self._items.append(item)
        self._show_items()

    def _show_items(self) -> None:
        alone = self._alone and self._session.person is not None
        for item in self._items:
            item.setVisible(self._wanted and not self._hidden and not alone)

    def _item_at(self, x: float, y: float) -> SuggestionItem | None:
        people, pixel = self._session.annotation.people, self._canvas.pixel
        hit = hit_test(people, self._session.person_id, x, y, REACH * pixel)
        if hit is not None and hit.keypoint is not None:
            return None
        around = [p.box.area for p in people if p.box.contains(x, y)]
        shown = [item for item in self._items if item.isVisible()]
        return suggestion_at(shown, x, y, pixel, min(around, default=float("inf")))

    # What others tell

    def _on_session_person_deleted(self, person: Person) -> None:
        record = self._browser.record
        if record is not None:
            self._dismissed.setdefault(record.id, []).append(person)
            self._refresh()

    def _on_browser_image_opened(self) -> None:
        self._poses = ()
        self._refresh()

    def _on_browser_project_opened(self) -> None:
        self._dismissed.clear()
        self._on_browser_image_opened()

    def _on_canvas_beside_clicked(self, x: float, y: float) -> None:
        item = self._item_at(x, y)
        if item is not None:
            self._accept(item)

    def _on_canvas_pixel_changed(self, pixel: float) -> None:
        for item in self._items:
            item.set_pixel(pixel)

    def _on_canvas_people_hidden(self, hidden: bool) -> None:
        self._hidden = hidden
        self._show_items()

    def _on_canvas_dragging_changed(self, dragging: bool) -> None:
        # Whoever has a joint in the hand is offered nobody.
        self._dragging = dragging
        if dragging:
            self._show_hover(None)

    def _on_pointer_moved(self, spot: QPointF | None) -> None:
        busy = self._placing.active or self._dragging
        able = self._canvas.tool is Tool.SELECT and not busy
        item = self._item_at(spot.x(), spot.y()) if spot is not None and able else None
        self._show_hover(item)
        if item is None or spot is None:
            return
        if self._label is None:
            self._label = CursorLabel(self._canvas.viewport())
        words = tr("Suggestion, {score} · Click or Y: accept")
        at = self._canvas.viewportTransform().map(spot).toPoint()
        self._label.say(words.format(score=f"{item.pose.score:.0%}"), at)

    def _show_hover(self, item: SuggestionItem | None) -> None:
        if item is None and self._label is not None:
            self._label.hide()
        if item is not self._hovered:
            if self._hovered is not None:
                self._hovered.show_hover(False)
            self._hovered = item
            if item is not None:
                item.show_hover(True)
