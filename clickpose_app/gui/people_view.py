"""A picture with its people, and what of them lies under a place; nothing here moves them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.drag import kept
from clickpose_app.gui.handles import Handle, HandlesItem
from clickpose_app.gui.hit import REACH, Hit, HitIndex
from clickpose_app.gui.motion import Motion
from clickpose_app.gui.people_layer import PeopleLayer
from clickpose_app.gui.pyramid import Pyramid
from clickpose_app.gui.widgets import rect_of
from clickpose_app.gui.zoom_view import ZoomView


class PeopleView(ZoomView):
    """Draws people over a picture, with handles around the selected one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no picture and no people."""
        super().__init__(parent)
        self._skeleton: Skeleton | None = None
        self._annotation = ImageAnnotation()
        self._index = HitIndex(())
        self._selected: str | None = None
        self._keypoint: int | None = None
        self._fresh = True
        self._layer = PeopleLayer(self.scene())
        self._motion = Motion(self._layer, self)
        self._handles = HandlesItem()
        self.scene().addItem(self._handles)
        self.pixel_changed.connect(self._layer.set_pixel)
        self.pixel_changed.connect(self._on_view_changed)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._on_view_changed)

    # What is shown

    def show_picture(self, image: QImage | Pyramid | None, skeleton: Skeleton | None) -> None:
        """Show another picture, or none; its people come by show_annotation."""
        self._skeleton = skeleton
        self._motion.stop()
        self._fresh = True
        self.show_image(image)

    def show_annotation(self, annotation: ImageAnnotation) -> None:
        """Show the people as they are now; those who just followed glide there."""
        # Before the picture is there, poses would hang in the air.
        self._annotation = ImageAnnotation() if self.image_size.isEmpty() else annotation
        self._index = HitIndex(self._annotation.people)
        self._layer.show_people(self._skeleton, self._annotation.people)
        self._layer.show_selection(self._selected, self._keypoint)
        self._motion.start()
        self._show_handles()
        if self._fresh and not self.image_size.isEmpty():
            # Joints beside the picture are known only now. Later ones do not move the view.
            self._fresh = False
            self.refit()

    def show_selection(self, person_id: str | None, keypoint: int | None) -> None:
        """Show which person and which keypoint are selected."""
        self._selected, self._keypoint = person_id, keypoint
        self._layer.show_selection(person_id, keypoint)
        self._show_handles()

    def note_followed(self, before: Person) -> None:
        """Let the next show_annotation move this person visibly."""
        self._motion.note(before)

    def shown_xy(self, person_id: str) -> FloatArray:
        """Where a person's joints are drawn now [K, 2], in image pixels."""
        return self._layer.shown_xy(person_id)

    @property
    def people_layer(self) -> PeopleLayer:
        """Who is drawn, and how."""
        return self._layer

    def hide_people(self, hidden: bool) -> None:
        """Hide everything but the picture, to see what is there."""
        self._layer.set_visible(not hidden)
        self._show_handles()

    def handle_spot(self, handle: Handle) -> QPointF | None:
        """Where a handle of the selected person lies in the viewport; None without it."""
        place = self._handles.place(handle)
        return None if place is None else self.viewportTransform().map(place)

    def show_held(self, handles: frozenset[Handle]) -> None:
        """Mark the handles that the keys hold; none for an empty set."""
        self._handles.show_held(handles)

    def fit_rect(self) -> QRectF:
        """The picture, and the joints beside it as far as half a picture away."""
        w, h = float(self.image_size.width()), float(self.image_size.height())
        extent = self._index.extent(Box(0.0, 0.0, w, h))
        box = extent.clipped_to(Box(-w / 2, -h / 2, 1.5 * w, 1.5 * h))
        return rect_of(box)

    def inside(self, spot: QPointF) -> QPointF:
        """The place in the picture that is nearest to one, in image pixels."""
        size = self.image_size
        return QPointF(
            min(max(spot.x(), 0.0), float(size.width())),
            min(max(spot.y(), 0.0), float(size.height())),
        )

    def kept_inside(self, x: float, y: float, dx: float, dy: float) -> tuple[float, float]:
        """Where something at (x, y) comes to lie: in the picture, unless it was outside."""
        place = kept(self.inside, QPointF(x, y), QPointF(x + dx, y + dy))
        return place.x(), place.y()

    # What is under a place

    def _hit(self, at: QPointF) -> Hit | None:
        if not self._layer.visible:
            return None
        spot, index = self.to_image(at), self._index
        if self._layer.isolated is not None:
            # Hidden people take no clicks.
            index = HitIndex(self._layer.drawn(self._annotation.people))
        return index.at(self._selected, spot.x(), spot.y(), REACH * self.pixel)

    def _handle_at(self, at: QPointF, hit: Hit | None) -> Handle | None:
        """The handle at a viewport position, unless a joint is: that goes first."""
        if hit is not None and hit.keypoint is not None:
            return None
        return self._handles.at(self.to_image(at))

    # Handles

    def _handles_wanted(self) -> bool:
        """Whether handles are of use now."""
        return self._layer.visible

    def _show_handles(self) -> None:
        person = None
        if (
            self._selected is not None
            and self._handles_wanted()
            and self._layer.has(self._selected)
        ):
            person = self._layer.person(self._selected)
        inverse, _ = self.viewportTransform().inverted()
        seen = inverse.mapRect(QRectF(self.viewport().rect()))
        self._handles.show_for(person, self.pixel, seen)

    def _on_view_changed(self) -> None:
        self._show_handles()
